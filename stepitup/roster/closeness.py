"""How close a helper is to what the caller said matters: points, and the sentences that say why.

Points order people; they never drop anybody. What nobody asked for counts little (the same work, a near rank, the same
state, whose law protects both) or not at all (faith, a unit, a lived event).
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from stepitup.ground.vocabulary import UNKNOWN
from stepitup.roster.agency_names import Same, same_unit
from stepitup.roster.facts import HelperFacts, Wishes
from stepitup.roster.shared_ground import HOW_MUCH, SHARED_GROUND

_HEIGHT: Final = {"line": 0, "supervisor": 1, "command": 2}
_SAME_WORK: Final = 2
_SAME_STATE: Final = 1
_FAMILY: Final = 8
_YEARS_A_STEP: Final = 5
_FAR: Final = 2


class Closeness:
    """The measure of one call, ready to be laid on many helpers."""

    def __init__(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._same_unit = cache(same_unit)
        self._strength = {what: HOW_MUCH[how] for what, how in wishes.matters.items() if how in HOW_MUCH}
        self._points = {
            what: SHARED_GROUND[what].weight * strength
            for what, strength in self._strength.items()
            if what in SHARED_GROUND and SHARED_GROUND[what].told_by_helper
        }
        self._services = {wishes.work_service} - {UNKNOWN}

    def points(self, helper: HelperFacts) -> int:
        """More points: closer."""
        total = sum(self._points.get(share.what, 0) for share in helper.shares) if self._points else 0
        if not self._services.isdisjoint(helper.services):
            total += _SAME_WORK + self._asked("service")
        if self._wishes.family and "families" in helper.services:
            total += _FAMILY
        if helper.state != UNKNOWN and helper.state == self._wishes.work_state:
            total += _SAME_STATE
        if "unit" in self._strength and self._same_kind_of_unit(helper):
            total += self._asked("unit")
        return (
            total + self._near("rank_band", self._rank_apart(helper)) + self._near("years", self._years_apart(helper))
        )

    def reasons(self, helper: HelperFacts) -> tuple[str, ...]:
        """The words of SHARED_GROUND that the two have in common, the weightiest first.

        A share "for matching only" moves a helper forward and is never given as a reason: the caller would learn it.
        """
        found = [share.what for share in helper.shares if share.shown and share.what in self._points]
        found.sort(key=lambda what: (-self._points[what], what))
        if not self._services.isdisjoint(helper.services):
            found.append("service")
        found += ["unit"] if "unit" in self._strength and self._same_kind_of_unit(helper) else []
        found += ["rank_band"] if "rank_band" in self._strength and self._rank_apart(helper) == 0 else []
        found += ["years"] if "years" in self._strength and self._years_apart(helper) == 0 else []
        return tuple(found)

    def _asked(self, what: str) -> int:
        return SHARED_GROUND[what].weight * self._strength.get(what, 0)

    def _near(self, what: str, apart: int) -> int:
        return (_FAR - min(apart, _FAR)) * (1 + self._strength.get(what, 0))

    def _rank_apart(self, helper: HelperFacts) -> int:
        return _distance(self._wishes.mine_rank_band, helper.rank_band, heights=_HEIGHT)

    def _years_apart(self, helper: HelperFacts) -> int:
        if self._wishes.mine_years is None or helper.years is None:
            return _FAR
        return abs(self._wishes.mine_years - helper.years) // _YEARS_A_STEP

    def _same_kind_of_unit(self, helper: HelperFacts) -> bool:
        return (
            bool(self._wishes.mine_unit and helper.unit)
            and self._same_unit(self._wishes.mine_unit, helper.unit) != Same.NO
        )


def _distance(mine: str, theirs: str, *, heights: Mapping[str, int]) -> int:
    """Steps between two bands. Civilians are near each other and a step from everybody else; unknown is far."""
    if UNKNOWN in {mine, theirs}:
        return _FAR
    if mine == theirs:
        return 0
    return abs(heights[mine] - heights[theirs]) if mine in heights and theirs in heights else 1
