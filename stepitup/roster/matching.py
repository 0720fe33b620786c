"""An equal, not a stranger: whom to ask first. Plain values in, plain values out.

Closeness to what the caller said matters, then rest, then chance drawn from a seed. Never-rules are absolute and come
before all of it. Nobody is dropped for lack of closeness: somebody always comes.
"""

import hashlib
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from stepitup.roster.closeness import Closeness
from stepitup.roster.facts import Fit, HelperFacts, HelperShown, Matched, Share, WayFacts, Wishes
from stepitup.roster.never import NeverRules
from stepitup.roster.shared_ground import A_LOT, MATTERS, SHARED_GROUND, SHARES

__all__ = [
    "A_LOT",
    "MATTERS",
    "SHARED_GROUND",
    "SHARES",
    "Fit",
    "HelperFacts",
    "HelperShown",
    "Matched",
    "Share",
    "WayFacts",
    "Wishes",
    "put_in_order",
]

_Place = tuple[int, date, bytes]


def put_in_order(helpers: Sequence[HelperFacts], wishes: Wishes, *, seed: int) -> Matched:
    """Put helpers in the order in which to ask them, best first.

    1. Leave out everybody a never-rule names or may name.
    2. Order the others by closeness, then by rest, then by chance. The same seed gives the same order, and taking one
       helper out moves nobody else.
    3. Say in a sentence why each is close.
    """
    rules, measure = NeverRules(wishes, helpers), Closeness(wishes)
    excluded = frozenset(helper.id for helper in helpers if rules.leave_out(helper))
    welcome = [helper for helper in helpers if helper.id not in excluded]
    places = {helper.id: _place(helper, measure, seed=seed) for helper in welcome}
    return Matched(
        order=tuple(sorted(places, key=places.__getitem__)),
        excluded=excluded,
        unsure=rules.unsure,
        why=_why(welcome, measure),
        same_agency={helper.id: same for helper in welcome if (same := rules.is_colleague(helper)) is not None},
    )


def _place(helper: HelperFacts, measure: Closeness, *, seed: int) -> _Place:
    """Smaller comes first: closest, then longest rested (by the day, or nothing is left to chance), then chance."""
    last_talk = helper.last_talk_at.date() if helper.last_talk_at else date.min
    chance = hashlib.blake2b(f"{seed}:{helper.id}".encode(), digest_size=8).digest()
    return -measure.points(helper), last_talk, chance


def _why(helpers: Sequence[HelperFacts], measure: Closeness) -> dict[int, str]:
    """A few sentences a helper. Thousands share the same reasons, so each set of reasons is put into words once."""
    told: dict[tuple[str, ...], str] = {}
    why = {}
    for helper in helpers:
        reasons = measure.reasons(helper)
        if reasons not in told:
            told[reasons] = _in_words(reasons)
        why[helper.id] = told[reasons]
    return why


def _in_words(reasons: tuple[str, ...]) -> str:
    """Whole sentences side by side, so that no language has to be glued."""
    if not reasons:
        return _("Free and rested.")
    return " ".join(str(SHARED_GROUND[reason].both) for reason in reasons)
