"""An equal, not a stranger: whom to ask first. Plain values in, plain values out.

Closeness to what the caller said matters, then rest, then chance drawn from a seed. Never-rules are absolute and come
before all of it. Nobody is dropped for lack of closeness: somebody always comes.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from stepitup.roster.chance import chance_from
from stepitup.roster.closeness import Closeness
from stepitup.roster.facts import HelperFacts, HelperShown, Matched, Share, WayFacts, Wishes
from stepitup.roster.never import NeverRules
from stepitup.roster.shared_ground import A_LOT, MATTERS, SHARED_GROUND, SHARES

__all__ = [
    "A_LOT",
    "MATTERS",
    "SHARED_GROUND",
    "SHARES",
    "HelperFacts",
    "HelperShown",
    "Matched",
    "Share",
    "WayFacts",
    "Wishes",
    "put_in_order",
]


def put_in_order(helpers: Sequence[HelperFacts], wishes: Wishes, *, seed: int) -> Matched:
    """Put helpers in the order in which to ask them, best first.

    1. Leave out everybody a never-rule names or may name.
    2. Order the others by closeness, then by rest, then by chance. The same seed gives the same order, and taking one
       helper out moves nobody else.
    3. Say in a sentence why each is close.
    """
    rules, measure = NeverRules(wishes, helpers), Closeness(wishes)
    excluded = rules.who_is_left_out()
    allowed = [helper for helper in helpers if helper.id not in excluded]
    return Matched(
        order=_best_first(allowed, measure.points_of(allowed), seed=seed),
        excluded=excluded,
        unsure=rules.unsure,
        why=Why(measure, allowed),
        same_agency=rules.who_are_colleagues(besides=excluded),
    )


def _best_first(helpers: Sequence[HelperFacts], points: Sequence[int], *, seed: int) -> tuple[int, ...]:
    """What weighs least is sorted by first: who is equal in the next stays as they are. Half the time of one sort."""
    chance = chance_from(seed)
    by_chance = {helper.id: chance(helper.id) for helper in helpers}
    # The longest rested come first: by the day, or nothing is left to chance.
    rested = {helper.id: helper.last_talk_at.date() if helper.last_talk_at else date.min for helper in helpers}
    close = {helper.id: many for helper, many in zip(helpers, points, strict=True)}
    order = sorted(close)
    order.sort(key=by_chance.__getitem__)
    order.sort(key=rested.__getitem__)
    order.sort(key=close.__getitem__, reverse=True)
    return tuple(order)


class Why(Mapping[int, str]):
    """For each helper in the order why it may be them. A sentence is said when somebody asks: thousands never are."""

    def __init__(self, measure: Closeness, helpers: Sequence[HelperFacts]) -> None:
        self._measure, self._helpers = measure, helpers

    @cached_property
    def _by_number(self) -> dict[int, HelperFacts]:
        return {helper.id: helper for helper in self._helpers}

    def __getitem__(self, helper: int) -> str:
        return in_words(self._measure.reasons_for(self._by_number[helper]))

    def __iter__(self) -> Iterator[int]:
        return (helper.id for helper in self._helpers)

    def __len__(self) -> int:
        return len(self._helpers)


def in_words(reasons: tuple[str, ...]) -> str:
    """Whole sentences side by side, so that no language has to be glued."""
    if not reasons:
        return _("Free and rested.")
    return " ".join(str(SHARED_GROUND[reason].both) for reason in reasons)
