"""An equal, not a stranger: whom to ask first. Plain values in, plain values out.

Closeness to what the caller said matters, then rest, then chance drawn from a seed. Never-rules are absolute and come
before all of it. Nobody is dropped for lack of closeness: somebody always comes.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime

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
    "in_turn",
    "put_in_order",
]

_Turn = tuple[date, bytes]
_Place = tuple[int, _Turn]


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


def in_turn(fit: Iterable[Fit], *, seed: int) -> tuple[int, ...]:
    """The order for a caller who said nothing, as `put_in_order` gives it without wishes: rest, then chance.

    Internal affairs never, since nobody said whose call it is. No look at agencies, posts and relatives is needed, so
    a bare press reads the roster once.
    """
    places = {one.id: _turn(one.id, one.rested_since, seed=seed) for one in fit if not one.internal_affairs}
    return tuple(sorted(places, key=places.__getitem__))


def _place(helper: HelperFacts, measure: Closeness, *, seed: int) -> _Place:
    """Smaller comes first: the closest, and among equals whose turn it is."""
    return -measure.points(helper), _turn(helper.id, helper.last_talk_at, seed=seed)


def _turn(helper_id: int, last_talk: datetime | None, *, seed: int) -> _Turn:
    """The longest rested (by the day, or nothing is left to chance), then chance."""
    chance = hashlib.blake2b(f"{seed}:{helper_id}".encode(), digest_size=8).digest()
    return last_talk.date() if last_talk else date.min, chance


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
