"""How close a helper is to what the caller said matters: points, and the sentences that say why.

Points order people; they never drop anybody. What nobody asked for counts little (the same work, a near rank, the same
state, whose law protects both) or not at all (faith, a unit, a lived event).
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from stepitup.ground.vocabulary import UNKNOWN
from stepitup.roster.agency_names import Same, same_unit
from stepitup.roster.facts import HelperFacts, Share, Wishes
from stepitup.roster.shared_ground import HOW_MUCH, SHARED_GROUND

_HEIGHT: Final = {"line": 0, "supervisor": 1, "command": 2}
_SAME_WORK: Final = 2
_SAME_STATE: Final = 1
_FAMILY: Final = 8
_YEARS_A_STEP: Final = 5
_FAR: Final = 2

# Points, and the words that say why.
_Part = tuple[int, tuple[str, ...]]


class Closeness:
    """The measure of one call, ready to be laid on many helpers."""

    def __init__(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._strength = {what: HOW_MUCH[how] for what, how in wishes.matters.items() if how in HOW_MUCH}
        self._points = {
            what: SHARED_GROUND[what].weight * strength
            for what, strength in self._strength.items()
            if what in SHARED_GROUND and SHARED_GROUND[what].told_by_helper
        }
        self._services = {wishes.work_service} - {UNKNOWN}
        # Thousands of helpers share a few units and ranks: each is weighed once a call.
        self._by_job, self._by_years = cache(self._job), cache(self._years)

    def of(self, helper: HelperFacts) -> tuple[int, tuple[str, ...]]:
        """Points (more: closer), and the words of SHARED_GROUND that the two have in common, the weightiest first.

        A share "for matching only" moves a helper forward and is never given as a reason: the caller would learn it.
        """
        lived, reasons = self._lived(helper.shares) if self._points else (0, ())
        job, of_job = self._by_job(*_used(helper))
        years, of_years = self._by_years(None if "years" in helper.not_told else helper.years)
        told = reasons + of_job + of_years
        if helper.told_silently:
            told = tuple(word for word in told if word not in helper.told_silently)
        return lived + job + years, told

    def _lived(self, shares: Iterable[Share]) -> _Part:
        points, told = 0, []
        for share in shares:
            weight = self._points.get(share.what, 0)
            points += weight
            if weight and share.shown:
                told.append((-weight, share.what))
        return points, tuple([what for _weight, what in sorted(told)]) if told else ()

    def _job(self, services: frozenset[str], unit: str, rank_band: str, state: str) -> _Part:
        parts = (self._work(services), self._unit(unit), self._rank(rank_band))
        same_state = _SAME_STATE if state != UNKNOWN and state == self._wishes.work_state else 0
        return same_state + sum(points for points, _ in parts), tuple(word for _, words in parts for word in words)

    def _work(self, services: frozenset[str]) -> _Part:
        family = _FAMILY if self._wishes.family and "families" in services else 0
        if self._services.isdisjoint(services):
            return family, ()
        return family + _SAME_WORK + self._asked("service"), ("service",)

    def _unit(self, unit: str) -> _Part:
        alike = "unit" in self._strength and bool(self._wishes.mine_unit and unit)
        if not alike or same_unit(self._wishes.mine_unit, unit) == Same.NO:
            return 0, ()
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


def _used(helper: HelperFacts) -> tuple[frozenset[str], str, str, str]:
    """Kind of work, unit, rank and state, less what the helper wants not to be used."""
    kept_back = helper.not_told
    if not kept_back:
        return helper.services, helper.unit, helper.rank_band, helper.state
    return (
        frozenset() if "service" in kept_back else helper.services,
        "" if "unit" in kept_back else helper.unit,
        UNKNOWN if "rank_band" in kept_back else helper.rank_band,
        helper.state,
    )


def _distance(mine: str, theirs: str, *, heights: Mapping[str, int]) -> int:
    """Steps between two bands. Civilians are near each other and a step from everybody else; unknown is far."""
    if UNKNOWN in {mine, theirs}:
        return _FAR
    if mine == theirs:
        return 0
    return abs(heights[mine] - heights[theirs]) if mine in heights and theirs in heights else 1
