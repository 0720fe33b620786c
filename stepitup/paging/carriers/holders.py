"""Who holds something of a page beside us: the values, and what is the same for several ways.

Only what follows from how a way works, or what we cannot know and so say "ask them": no time for which a company keeps
something stands here, because none was read from a source of ours. `evidence` says which of the two it is.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Evidence(StrEnum):
    """Where a line comes from."""

    HOW_IT_WORKS = "how it works"  # it cannot be otherwise: the message passes there, in this form
    ASK = "ask them"  # it differs from company to company; nobody has told us


@dataclass(frozen=True)
class Holder:
    """Somebody who can see that a page came, and what they hold of it."""

    who: Promise
    sees: Promise
    how_long: Promise
    deleted: Promise
    ordered_by: Promise
    evidence: Evidence = Evidence.ASK


@dataclass(frozen=True)
class HeldByOthers:
    """One way, in words, and everybody who sees something of it."""

    way: Promise
    holders: tuple[Holder, ...]


ASK: Final = _("We do not know. Ask them.")
A_COURT: Final = _("A court can order it, or the police where the law allows it.")
ASK_TO_DELETE: Final = _("Ask them. They may have to keep it by law.")

PHONE_COMPANY: Final = Holder(
    who=_("The phone company of your helper"),
    sees=_("That a message or a ring came from our number, and when. It carries the words of the page."),
    how_long=ASK,
    deleted=ASK_TO_DELETE,
    ordered_by=_("A court can order it. Whoever pays for a work phone may see the bill."),
)
