"""What a caller may tell us, all of it optional, and what is sealed of it until the call closes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from stepitup.calls.models import Call
from stepitup.ground.seal import seal, unseal
from stepitup.limits.notice import Situation
from stepitup.roster.facts import Matched, Wishes

IF_LOST = ("ring", "text", "neither")


@dataclass(frozen=True)
class Number:
    """A number at which the helper may reach the caller, and what to do if the two lose each other.

    `phone` is E.164. Voicemail is never spoken to: others may listen to it.
    """

    phone: str
    if_lost: str = "neither"


@dataclass(frozen=True)
class Ahead:
    """Who comes for these wishes, found before the deed: while a deed matches, nobody else presses or answers."""

    matched: Matched
    seed: int


@dataclass(frozen=True)
class Told:
    """What came with a press or later. None means "nothing said about this", never "nothing"."""

    wants: str | None = None
    situation: Situation | None = None
    wishes: Wishes | None = None
    shown: tuple[str, ...] | None = None
    number: Number | None = None
    ahead: Ahead | None = None


def sealed_columns(told: Told) -> dict[str, bytes | str]:
    """The columns of a call that keep what was told; the wishes are not among them: they are used once."""
    columns: dict[str, bytes | str] = {}
    if told.wants is not None:
        columns["wants"] = told.wants
    if told.situation is not None:
        columns["sealed_situation"] = seal("situation", dict[str, Any](asdict(told.situation)))
    if told.shown is not None:
        columns["sealed_shown"] = seal("shown", list(told.shown))
    if told.number is not None:
        columns["sealed_reach"] = seal("reach", dict[str, Any](asdict(told.number)))
    return columns


def situation_of(row: Call) -> Situation:
    """Where and for whom the caller works, as far as they said; unknown once the call is closed."""
    if row.sealed_situation is None:
        return Situation()
    return Situation(**_table(unseal("situation", row.sealed_situation)))


def shown_of(row: Call) -> tuple[str, ...]:
    """What the caller chose to show the helper."""
    if row.sealed_shown is None:
        return ()
    return tuple(str(word) for word in _list(unseal("shown", row.sealed_shown)))


def number_of(row: Call) -> Number | None:
    """The caller's number, if they gave one."""
    if row.sealed_reach is None:
        return None
    return Number(**_table(unseal("reach", row.sealed_reach)))


def place_of(row: Call) -> str:
    """Where the caller says they are, or nothing."""
    return "" if row.sealed_place is None else str(unseal("place", row.sealed_place))


@dataclass(frozen=True)
class Order:
    """What remains of the wishes after matching: whom to ask, best first, and who works where the caller does.

    `same_agency` holds only the helpers of whom that can be told for sure.
    """

    ids: tuple[int, ...]
    same_agency: Mapping[int, bool]


def seal_order(order: Order) -> bytes:
    """The order as it is kept on the call."""
    return seal("order", {"ids": list(order.ids), "same": [[who, same] for who, same in order.same_agency.items()]})


def order_of(row: Call) -> Order | None:
    """Whom to ask after matching; None when the caller said nothing to match by."""
    return opened_order(row.sealed_order)


def opened_order(sealed: bytes | memoryview | None) -> Order | None:
    """The same, from the seal alone."""
    if sealed is None:
        return None
    kept: Any = unseal("order", sealed)
    return Order(tuple(kept["ids"]), same_agency=dict(kept["same"]))


def _table(value: object) -> dict[str, str]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
