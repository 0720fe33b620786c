"""What a provider's refusal means for a page: again, by another way or provider, or never until the roster is mended.

As with mail, two mistakes weigh differently: to give a way up too early costs a repeat, to call a helper unreachable
who is not takes them off the pages until somebody notices. So only codes that speak of the number itself count as
unreachable; a phone that is off, a filter's mood, a queue that is full do not. Codes: twilio.com/docs/api/errors, read
in November 2026. A code that nobody knows here is "not by this way".
"""

from datetime import timedelta
from types import MappingProxyType

import httpcore

from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Outcome, Then

# Not a number, a landline, premium, one that asked us to stop, no longer in service.
_NO_SUCH_PHONE = frozenset({
    21211, 21214, 21217, 21265, 21421, 21610, 21614, 21635, 30005, 30010, 13223, 13224,
})  # fmt: skip
# Not processed, and safe to ask again in a moment: too many at once, a queue that is full, an outage of theirs.
_IN_A_MOMENT = frozenset({20429, 20500, 20503, 30001, 30008, 30017, 21611})
# Worth a word of its own for the operator: nothing goes out until somebody mends it.
_IN_WORDS = MappingProxyType({
    20003: "sign-in",
    20404: "no such account",
    21606: "sender",
    21659: "sender",
    21660: "sender",
    30002: "account suspended",
    30032: "sender not registered",
    30034: "sender not registered",
    30036: "too late",
})  # fmt: skip
_LONGEST_PAUSE = timedelta(seconds=10)


class ProviderTrouble(CannotSend):
    """A provider did not take it. `is_its_own`: nothing would get through there now, whoever it is for.

    `line_was_old`: it hung up on a line that was kept from an earlier request, which says nothing of a new one.
    """

    def __init__(
        self,
        why: str,
        then: Then,
        *,
        is_its_own: bool = False,
        after: timedelta | None = None,
        line_was_old: bool = False,
    ) -> None:
        super().__init__(why, then, after=after)
        self.is_its_own = is_its_own
        self.line_was_old = line_was_old


def by_code(code: int) -> Outcome:
    """What one of the provider's own codes means, in an answer or in a delivery note."""
    why = _IN_WORDS.get(code, f"code {code}")
    if code in _NO_SUCH_PHONE:
        return Outcome.unreachable(why)
    return Outcome.try_again(why) if code in _IN_A_MOMENT else Outcome.next_way(why)


def of_answer(status: int, code: int, retry_after: str) -> ProviderTrouble:
    """What an answer other than "taken" means."""
    if status == 429:
        return _rate_limited(retry_after)
    if status in {401, 403}:
        return ProviderTrouble("sign-in", Then.NEXT_WAY, is_its_own=True)
    if status >= 500 or status in {408, 425}:
        return ProviderTrouble(f"status {status}", Then.TRY_AGAIN, is_its_own=True)
    if not code:
        return ProviderTrouble(f"status {status}", Then.NEXT_WAY, is_its_own=True)
    meant = by_code(code)
    assert meant.then is not None, "a code is never good news"
    return ProviderTrouble(meant.why, meant.then, is_its_own=code in {*_IN_A_MOMENT, *_IN_WORDS})


def of_line(trouble: Exception, *, out_of_time: bool, line_was_kept: bool = False) -> ProviderTrouble:
    """What it means that there was no answer at all."""
    if out_of_time or isinstance(trouble, httpcore.TimeoutException):
        # It has cost its whole time, and may even have arrived: the next way must not wait for more of that.
        return ProviderTrouble("out of time", Then.NEXT_WAY, is_its_own=True)
    if "SSL" in str(trouble) or "certificate" in str(trouble):
        return ProviderTrouble("no secure line", Then.NEXT_WAY, is_its_own=True)
    if isinstance(trouble, httpcore.ConnectError):
        return ProviderTrouble("no connection", Then.TRY_AGAIN, is_its_own=True)
    return ProviderTrouble("cut off", Then.TRY_AGAIN, is_its_own=True, line_was_old=line_was_kept)


def _rate_limited(retry_after: str) -> ProviderTrouble:
    """Not processed, so safe to ask again; a pause longer than a helper's other ways would take is no pause."""
    pause = timedelta(seconds=int(retry_after)) if retry_after.isdigit() and len(retry_after) < 6 else timedelta()
    then = Then.TRY_AGAIN if pause <= _LONGEST_PAUSE else Then.NEXT_WAY
    return ProviderTrouble("too many at once", then, is_its_own=True, after=pause)
