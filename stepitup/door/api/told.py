"""What programs are told, field by field: these are also what the published description is made of."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

CallStates = Literal["waiting", "acknowledged", "joined", "closed"]


class HotlineShape(TypedDict):
    """A line outside the team. `phone` and `text_to` are what `tel:` and `sms:` carry; the others are printed."""

    id: str
    name: str
    phone: str | None
    phone_display: str | None
    text_to: str | None
    text_keyword: str | None
    serves: list[str]
    who_answers: str
    hours: str
    rescue: str
    region: str
    seen: str
    checked: str
    checked_on: str | None


class LawShape(TypedDict):
    """The law behind the limits, as far as somebody read it."""

    name: str
    citations: list[str]
    sources: list[str]
    as_of: str
    partial: bool


class LimitsShape(TypedDict):
    """The limits for one kind of helper. The text is shown before the first word; the version says that it was."""

    kind: str
    version: str
    text: str


class WholeLimitsShape(LimitsShape):
    """The same with the law behind them."""

    law: NotRequired[LawShape]
    universal_warning: str


class HelperShape(TypedDict):
    """A helper as the caller may see them. The team number only once the limits were read."""

    role: str
    display_name: str
    same_agency: bool | None
    sworn: bool | None
    shares: list[str]
    in_common: list[str]
    certified_since: str | None
    joined: bool
    words_may_pass: bool
    team_number: str | None


class CallShape(TypedDict):
    """A call as its caller sees it."""

    id: str
    version: int
    state: CallStates
    ending: str | None
    last_step: bool
    paged: int
    not_reached: int
    paged_by_kind: dict[str, int]
    step: int
    next_at: str | None
    next_kinds: list[str]
    limits_due: list[LimitsShape]
    helper: NotRequired[HelperShape]
    helpers: list[HelperShape]
    suggested: str | None
    turns: int
    expires_at: str
    deleted_on: str
    hotlines: list[HotlineShape]


class ChangedCallShape(CallShape):
    """A call after something was said. `unsure`: never-rules that could not be decided and so left somebody out."""

    unsure: list[str]


class OpenedShape(TypedDict):
    """A call that is open. The token is said once; the receipt brings the caller back with eight words."""

    id: str
    token: str
    receipt: str
    status_url: str
    events_url: str
    limits_due: list[LimitsShape]
    unsure: list[str]
    hotlines: list[HotlineShape]


class PageShape(TypedDict):
    """A page as whoever holds its key sees it: nothing about the caller.

    `test` says that nobody is waiting: such a page is `open`, `reached` or `over`, and its role is `test`.
    """

    state: Literal["open", "yours", "taken", "reached", "over"]
    role: str
    test: bool


class NumberShape(TypedDict):
    """How the helper may reach the caller. Never by voicemail."""

    phone: str
    if_lost: str


class SeatShape(TypedDict):
    """A call as the helper who sits sees it. Before the limits were read there is nothing of the caller in it."""

    state: str
    role: str
    call: CallStates
    ending: str | None
    joined: bool
    join_by: str | None
    words_may_pass: bool
    shown: list[str]
    number: NumberShape | None
    place: str
    same_agency: bool | None
    limits: LimitsShape | None
    suggested: str | None
    others: int
    version: int


class SeatedShape(SeatShape):
    """The seat of whoever was first. `seat` alone opens it."""

    seat: str
