"""The log book: what coordinators did, written down so that nobody can quietly take it back.

    log_book.note(now, who=log_book.account(3), what=What.SUSPENDED, about=log_book.helper(17))

Every deed of a coordinator notes itself here, in its own transaction: both stand, or neither. One line holds who (a
number of ours), what (a word of a closed list), about whom or what (a number again), and when. There is no room in it
for a name, a number to ring, a reason or a caller; and nothing that knows a call may open it (an import contract).

Each year has a book of its own. A book is a hash tree in the manner of RFC 6962; its head, a line that fits on a
card, is what a sceptic keeps. `stepitup check --log-book` says in words what was changed, dropped or added since.
"""

from stepitup.ground.log_book.heads import head_now, heads_kept, keep_and_forget
from stepitup.ground.log_book.what import What
from stepitup.ground.log_book.who import OPERATOR, ROSTER, account, agency, helper
from stepitup.ground.log_book.writing import books, entries, note

__all__ = [
    "OPERATOR",
    "ROSTER",
    "What",
    "account",
    "agency",
    "books",
    "entries",
    "head_now",
    "heads_kept",
    "helper",
    "keep_and_forget",
    "note",
]
