"""An equal, not a stranger: whom to ask first. Plain values in, plain values out.

Closeness to what the caller said matters, then rest, then chance drawn from a seed. Never-rules are absolute and come
before all of it. Nobody is dropped for lack of closeness: somebody always comes.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache

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
    rules, measure, chance = NeverRules(wishes, helpers), Closeness(wishes), chance_from(seed)
    words = cache(in_words)  # thousands share the same reasons
    places, excluded = list[tuple[int, date, int, int]](), set[int]()
    why, same_agency = dict[int, str](), dict[int, bool]()
    for helper in helpers:
        left_out, same = rules.judge(helper)
        if left_out:
            excluded.add(helper.id)
            continue
        points, reasons = measure.of(helper)
        places.append((-points, _rested(helper.last_talk_at), chance(helper.id), helper.id))
        why[helper.id] = words(reasons)
        if same is not None:
            same_agency[helper.id] = same
    return Matched(
        order=tuple([place[-1] for place in sorted(places)]),
        excluded=frozenset(excluded),
        unsure=rules.unsure,
        why=why,
        same_agency=same_agency,
    )


def _rested(last_talk: datetime | None) -> date:
    """The longest rested come first: by the day, or nothing is left to chance."""
    return last_talk.date() if last_talk else date.min


def in_words(reasons: tuple[str, ...]) -> str:
    """Whole sentences side by side, so that no language has to be glued."""
    if not reasons:
        return _("Free and rested.")
    return " ".join(str(SHARED_GROUND[reason].both) for reason in reasons)
