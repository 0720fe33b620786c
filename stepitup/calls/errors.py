"""What can go wrong with a call.

CallTrouble
├── NoSuchCall               no call opens with this token or these words
├── CallIsOver               the call was closed; a new press opens a new one
├── OpeningKeyUsed           the same key with another body
├── LimitsChanged            the limits read are not the present ones; carries the present ones
├── LimitsNotRead            no word may pass yet
├── NobodyToRefuse           "not this person", but nobody has answered
├── NothingSuggested         the caller answers a suggestion that nobody made
├── PageTrouble
│   ├── NoSuchPage           no page opens with this key
│   ├── PageIsOver           it was withdrawn, declined or its call is over
│   ├── SomeoneHasIt         another helper was first, and this one is thanked
│   ├── AnsweredElsewhere    this page was answered from another press
│   └── CannotSit            this helper cannot take it: not fit now, with somebody else, or only coordinates
└── SeatTrouble
    ├── NoSuchSeat           no seat opens with this secret
    ├── SeatIsOver           the seat was left, finished or given back
    └── WayInUsed            the link to it opened it once already, by another press
"""

from collections.abc import Sequence

from stepitup.limits.notice import Notice


class CallTrouble(Exception):
    """Something with a call is not as whoever asked believed."""


class NoSuchCall(CallTrouble):
    """No call opens with this token or these words."""


class CallIsOver(CallTrouble):
    """The call was closed; a new press opens a new one."""


class OpeningKeyUsed(CallTrouble):
    """The same Idempotency-Key came with another body."""


class LimitsChanged(CallTrouble):
    """The limits that were read are not the present ones."""

    def __init__(self, present: Sequence[Notice]) -> None:
        super().__init__("the limits have changed; these are the present ones")
        self.present = tuple(present)


class LimitsNotRead(CallTrouble):
    """The caller has not read the limits for this kind of helper yet: no word may pass."""


class NobodyToRefuse(CallTrouble):
    """Nobody has answered, so there is nobody to say no to."""


class NothingSuggested(CallTrouble):
    """No helper has suggested a further kind of backup."""


class PageTrouble(CallTrouble):
    """A page cannot do what was asked of it."""


class NoSuchPage(PageTrouble):
    """No page opens with this key."""


class PageIsOver(PageTrouble):
    """The page was withdrawn or declined, or its call is over."""


class SomeoneHasIt(PageTrouble):
    """Another helper was first; this one is thanked."""


class AnsweredElsewhere(PageTrouble):
    """This page was answered by another press: the seat belongs to whoever pressed."""


class CannotSit(PageTrouble):
    """This helper cannot take the call now. `why` is a sentence for them."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class SeatTrouble(CallTrouble):
    """A seat cannot do what was asked of it."""


class NoSuchSeat(SeatTrouble):
    """No seat opens with this secret."""


class SeatIsOver(SeatTrouble):
    """The seat was left, finished or given back."""


class WayInUsed(SeatTrouble):
    """This link opened the seat once already, by another press; a fresh one is only a reply away."""
