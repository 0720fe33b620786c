"""What a coordinator needs to know today, gathered from the rooms. Nothing of it names a night or a caller."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from stepitup.door.health import how_ready
from stepitup.door.team.set_up.views import open_questions
from stepitup.door.team.who import Me
from stepitup.ground.team import team
from stepitup.ground.vocabulary import Kind
from stepitup.paging import carriers
from stepitup.paging import questions as paging
from stepitup.roster.duty.coming import coming_gaps
from stepitup.roster.duty.questions import planned
from stepitup.roster.duty.spans import at
from stepitup.roster.duty.told import from_until, who_is_missing
from stepitup.roster.keeping import questions as roster
from stepitup.roster.keeping.lapsing import Lapsing, lapsing
from stepitup.tally.actions import Counted
from stepitup.tally.questions import Week, weeks

_NAMED: Final = 24
_GAPS_SHOWN: Final = 4


@dataclass(frozen=True)
class OnDuty:
    """How many of one role are on duty by the plan, and some of their names."""

    kind: Kind
    how_many: int
    names: tuple[str, ...]

    @property
    def more(self) -> int:
        """How many are not named here."""
        return self.how_many - len(self.names)


@dataclass(frozen=True)
class Named:
    """Some people with a link to their sheets, and how many more there are."""

    shown: tuple[tuple[int, str], ...]
    more: int = 0


@dataclass(frozen=True)
class Today:
    """Everything on the screen."""

    engine: tuple[str, ...]
    carriers_in_trouble: tuple[str, ...]
    no_carrier: bool
    on_duty: tuple[OnDuty, ...]
    gaps: tuple[tuple[str, str], ...]
    more_gaps: int
    unreachable: Named
    only_rung: Named
    lapsing: tuple[Lapsing, ...]
    missed: tuple[Week, ...]
    to_settle: int


def today(now: datetime, me: Me) -> Today:
    """Look at the house once."""
    ours = tuple(carriers.in_use())
    gaps = coming_gaps(now, by=ours)
    zone = team().zone
    return Today(
        engine=how_ready().words,
        carriers_in_trouble=tuple(paging.carriers_in_trouble(now)),
        no_carrier=not ours,
        on_duty=_on_duty(now, me),
        gaps=tuple((who_is_missing(gap), from_until(gap.span.start, gap.span.end, zone)) for gap in gaps[:_GAPS_SHOWN]),
        more_gaps=max(len(gaps) - _GAPS_SHOWN, 0),
        unreachable=_named(roster.unreachable(agency=me.agency, by=ours)),
        only_rung=_named(roster.reached_only(agency=me.agency, by=("voice",), of=ours)),
        lapsing=tuple(lapsing(now, agency=me.agency, mail_goes="mail" in ours)[:_NAMED]),
        missed=tuple(week for week in weeks(now, Counted.MISSED_STEP) if week.how_many is not None),
        to_settle=len(open_questions()) if me.agency is None else 0,
    )


def _on_duty(now: datetime, me: Me) -> tuple[OnDuty, ...]:
    """By the plan, not by who can be paged this minute: somebody who went to rest after a talk must not be seen to."""
    mine = None if me.agency is None else set(roster.people(agency=me.agency).values_list("pk", flat=True))
    there = [one for one in planned(at(now)) if one.spans and (mine is None or one.helper in mine)]
    return tuple(_of_a_kind(kind, [one.name for one in there if kind in one.kinds]) for kind in Kind)


def _of_a_kind(kind: Kind, names: Sequence[str]) -> OnDuty:
    return OnDuty(kind, len(names), tuple(names[:_NAMED]))


def _named(people: Collection[tuple[int, str]]) -> Named:
    shown = tuple(people)[:_NAMED]
    return Named(shown, len(people) - len(shown))
