"""What a mail server's refusal means for a page: again, by another way, or never until the roster is mended.

Two mistakes weigh differently. To give a way up too early costs a repeat; to call a helper unreachable who is not
takes them off the pages until somebody notices. So only codes that speak of the mailbox itself (RFC 3463) count as
unreachable: a bare 550 is as often a spam filter's mood.
"""

import re
import smtplib
import ssl

from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Then

# Bad mailbox, bad domain, bad syntax, moved, no mail taken there (RFC 3463, RFC 7505), and disabled.
_NO_SUCH_MAILBOX = re.compile(rb"\b5\.(?:1\.(?:1|2|3|6|10)|2\.1)\b")


def what_it_means(trouble: Exception, *, out_of_time: bool) -> CannotSend:
    """Put what smtplib raised into our three words. None of the server's own text goes on: it may quote the address."""
    if out_of_time or isinstance(trouble, TimeoutError):
        # It has cost its whole time already, and may even have arrived: the next way must not wait for more of that.
        return CannotSend("out of time", Then.NEXT_WAY)
    if isinstance(trouble, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(trouble.recipients.values()))
        return _of_recipient(code, answer)
    if isinstance(trouble, smtplib.SMTPAuthenticationError):
        return CannotSend(f"sign-in, code {trouble.smtp_code}", _by_code(trouble.smtp_code))
    if isinstance(trouble, smtplib.SMTPResponseException):
        return CannotSend(f"code {trouble.smtp_code}", _by_code(trouble.smtp_code))
    return _of_connection(trouble)


def is_no_such_mailbox(status: str) -> bool:
    """Whether this status (RFC 3463) speaks of the mailbox itself."""
    return bool(_NO_SUCH_MAILBOX.search(status.encode("ascii", "replace")))


def _of_recipient(code: int, answer: bytes) -> CannotSend:
    if 500 <= code <= 599 and _NO_SUCH_MAILBOX.search(answer):
        return CannotSend(f"no such mailbox, code {code}", Then.UNREACHABLE)
    return CannotSend(f"recipient, code {code}", _by_code(code))


def _by_code(code: int) -> Then:
    """4xx is "not now" (RFC 5321, 4.2.1). Everything else, nonsense included, is "not by this way"."""
    return Then.TRY_AGAIN if 400 <= code <= 499 else Then.NEXT_WAY


def _of_connection(trouble: Exception) -> CannotSend:
    if isinstance(trouble, ssl.SSLError):
        return CannotSend("no secure line", Then.NEXT_WAY)
    if isinstance(trouble, smtplib.SMTPServerDisconnected):
        return CannotSend("cut off", Then.TRY_AGAIN)
    if isinstance(trouble, smtplib.SMTPNotSupportedError):
        return CannotSend("server cannot do it", Then.NEXT_WAY)
    if isinstance(trouble, smtplib.SMTPException | UnicodeError):
        # No way to sign in that both know, or a password that cannot be said in their letters.
        return CannotSend("sign-in", Then.NEXT_WAY)
    # Refused, reset, no route, name not found: quick to fail, and gone in seconds when a server restarts.
    return CannotSend("no connection", Then.TRY_AGAIN)
