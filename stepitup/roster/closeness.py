"""How close a helper is to what the caller said matters: points, and the sentences that say why.

Points order people; they never drop anybody. What nobody asked for counts little (the same work, a near rank, the same
state, whose law protects both) or not at all (faith, a unit, a lived event).
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from operator import add, attrgetter
from typing import Any, Final, NamedTuple

from stepitup.ground.vocabulary import UNKNOWN
from stepitup.roster.agency_names import Same, same_unit
from stepitup.roster.facts import HelperFacts, Share, Wishes
from stepitup.roster.shared_ground import HOW_MUCH, MATTERS, SHARED_GROUND

_HEIGHT: Final = {"line": 0, "supervisor": 1, "command": 2}
_SAME_WORK: Final = 2
_SAME_STATE: Final = 1
_FAMILY: Final = 8
_YEARS_A_STEP: Final = 5
_FAR: Final = 2

# Points, and the words that say why.
_Part = tuple[int, tuple[str, ...]]
_NOTHING: Final[_Part] = (0, ())


class _Aspect(NamedTuple):
    """One thing about a helper's job: what it is, where it stands, and what each value of it is worth to the caller."""

    what: str
    value_of: Callable[[HelperFacts], Hashable]
    worth: Callable[[Any], _Part]


class Closeness:
    """The measure of one call, ready to be laid on many helpers."""

    def __init__(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._strength = {what: HOW_MUCH[how] for what, how in wishes.matters.items() if how in HOW_MUCH}
        self._lived = {
            what: SHARED_GROUND[what].weight * strength
            for what, strength in self._strength.items()
            if what in SHARED_GROUND and SHARED_GROUND[what].told_by_helper
        }

    def _aspects(self) -> Iterator[_Aspect]:
        """Only what the caller told can make anybody closer."""
        mine = self._wishes
        if mine.language:
            yield _Aspect("language", attrgetter("languages"), self._language)
        if mine.work_service != UNKNOWN or mine.family:
            yield _Aspect("service", attrgetter("services"), self._work)
        if mine.mine_unit and "unit" in self._strength:
            yield _Aspect("unit", attrgetter("unit"), self._unit)
        if mine.mine_rank_band != UNKNOWN:
            yield _Aspect("rank_band", attrgetter("rank_band"), self._rank)
        if mine.mine_years is not None:
            yield _Aspect("years", attrgetter("years"), self._years)
        if mine.work_state != UNKNOWN:
            yield _Aspect("state", attrgetter("state"), self._state)

    def points_of(self, helpers: Sequence[HelperFacts]) -> list[int]:
        """For each of these helpers how close they are: more points, closer."""
        points = [self._points_of_life(helper.shares) for helper in helpers] if self._lived else [0] * len(helpers)
        for aspect in self._aspects():
            points = list(map(add, points, _column(aspect, helpers)))
        return points

    def reasons_for(self, helper: HelperFacts) -> tuple[str, ...]:
        """The words of SHARED_GROUND that the two have in common, the weightiest first.

        A share "for matching only" moves a helper forward and is never given as a reason: the caller would learn it.
        """
        lived = sorted(
            (-self._lived[one.what], one.what) for one in helper.shares if one.shown and one.what in self._lived
        )
        job = [
            word
            for aspect in self._aspects()
            if aspect.what not in helper.not_told | helper.told_silently
            for word in aspect.worth(aspect.value_of(helper))[1]
        ]
        return (*[what for _points, what in lived], *job)

    def _points_of_life(self, shares: Iterable[Share]) -> int:
        points = 0
        for share in shares:
            points += self._lived.get(share.what, 0)
        return points

    def _state(self, state: str) -> _Part:
        return (_SAME_STATE, ()) if state == self._wishes.work_state else _NOTHING

    def _language(self, spoken: frozenset[str]) -> _Part:
        """Asked for by naming it: it need not be ticked as well. `es` is also the Spanish of one country."""
        if self._wishes.language.partition("-")[0] not in {one.partition("-")[0] for one in spoken}:
            return _NOTHING
        return SHARED_GROUND["language"].weight * self._strength.get("language", HOW_MUCH[MATTERS]), ("language",)

    def _work(self, services: frozenset[str]) -> _Part:
        family = _FAMILY if self._wishes.family and "families" in services else 0
        mine = self._wishes.work_service
        if mine == UNKNOWN or mine not in services:
            return family, ()
        return family + _SAME_WORK + self._asked("service"), ("service",)

    def _unit(self, unit: str) -> _Part:
        if not unit or same_unit(self._wishes.mine_unit, unit) is Same.NO:
            return _NOTHING
        return self._asked("unit"), ("unit",)

    def _rank(self, rank_band: str) -> _Part:
        return self._near("rank_band", _distance(self._wishes.mine_rank_band, rank_band, heights=_HEIGHT))

    def _years(self, years: int | None) -> _Part:
        mine = self._wishes.mine_years
        return self._near("years", _FAR if mine is None or years is None else abs(mine - years) // _YEARS_A_STEP)

    def _near(self, what: str, apart: int) -> _Part:
        strength = self._strength.get(what, 0)
        return (_FAR - min(apart, _FAR)) * (1 + strength), (what,) if strength and not apart else ()

    def _asked(self, what: str) -> int:
        return SHARED_GROUND[what].weight * self._strength.get(what, 0)


def _column(aspect: _Aspect, helpers: Sequence[HelperFacts]) -> list[int]:
    """What each helper's value is worth; what somebody wants not to be used is worth nothing."""
    values = list(map(aspect.value_of, helpers))
    worth = {value: aspect.worth(value)[0] for value in set(values)}
    column = [worth[value] for value in values]
    for place, helper in enumerate(helpers):
        if helper.not_told and aspect.what in helper.not_told:
            column[place] = 0
    return column


def _distance(mine: str, theirs: str, *, heights: Mapping[str, int]) -> int:
    """Steps between two bands. Civilians are near each other and a step from everybody else; unknown is far."""
    if UNKNOWN in {mine, theirs}:
        return _FAR
    if mine == theirs:
        return 0
    return abs(heights[mine] - heights[theirs]) if mine in heights and theirs in heights else 1
