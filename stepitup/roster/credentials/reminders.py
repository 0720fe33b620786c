"""Telling a helper in time that a credential ends: 90, 30 and 7 days ahead, and on the day after, once each."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Q

from stepitup.ground.team import team
from stepitup.roster.duty.changed import A_FEW
from stepitup.roster.models import Credential, Way
from stepitup.roster.reading import ADDRESS, USABLE_WAYS, opened

AHEAD: Final = (90, 30, 7)
LAPSED: Final = 0
_FORGOTTEN_AFTER: Final = 30  # days: whoever let it lapse for a month knows
_OUR_MAIL: Final = USABLE_WAYS & Q(carrier="mail", employer_owned=False)
_NOT_BEFORE: Final = time(8)  # by the team's clock: nobody is woken for a date


@dataclass(frozen=True, slots=True)
class Reminder:
    """One letter that is due: to whom, how many days ahead, and what was sent before."""

    credential: int
    address: str
    days_ahead: int
    before: int | None

    @property
    def has_lapsed(self) -> bool:
        """Has it ended?"""
        return self.days_ahead == LAPSED


def step_for(days_left: int) -> int | None:
    """Which reminder fits so many days before the end: 90, 30, 7 or lapsed; None while it is far off."""
    if days_left < 0:
        return LAPSED
    return min((step for step in AHEAD if days_left <= step), default=None)


def claim_reminders(now: datetime) -> list[Reminder]:
    """Take the letters that are due, so that no other watch writes them too. By day only.

    Whoever has no mail that works reads it on their own screen; the letter then waits until they have.
    """
    here = now.astimezone(team().zone)
    if here.time() < _NOT_BEFORE:
        return []
    return [one for one in _due(here.date()) if _claimed(one)]


def give_back(now: datetime, one: Reminder) -> None:
    """It could not be sent: it is due again."""
    Credential.objects.filter(pk=one.credential, reminded=one.days_ahead).update(reminded=one.before)


def _due(today: date) -> list[Reminder]:
    near = Q(expires__lte=today + timedelta(days=max(AHEAD))) & Q(expires__gte=today - timedelta(days=_FORGOTTEN_AFTER))
    rows = Credential.objects.filter(near, helper__removed_at=None, helper__suspended_at=None).exclude(checked_how="")
    due = []
    for pk, helper, expires, reminded in rows.values_list("pk", "helper_id", "expires", "reminded").order_by("pk"):
        step = step_for((expires - today).days) if expires else None
        if step is not None and (reminded is None or step < reminded):
            due.append((pk, helper, step, reminded))
    addresses = _addresses({helper for _pk, helper, _step, _before in due})
    return [Reminder(pk, addresses[helper], step, before) for pk, helper, step, before in due if helper in addresses]


def _claimed(one: Reminder) -> bool:
    return bool(Credential.objects.filter(pk=one.credential, reminded=one.before).update(reminded=one.days_ahead))


def whom_letters_reach(helpers: set[int]) -> set[int]:
    """Those of these helpers who have a mail address that works and is not the employer's."""
    reached = Way.objects.filter(_OUR_MAIL).values_list("helper_id", flat=True)
    return helpers & set(reached.filter(helper__in=helpers) if len(helpers) <= A_FEW else reached)


def _addresses(helpers: set[int]) -> dict[int, str]:
    """The first mail address of each that works and is not the employer's: the employer must not read this."""
    found: dict[int, str] = {}
    for way in Way.objects.filter(_OUR_MAIL).order_by("helper", "position"):
        if way.helper_id in helpers and way.helper_id not in found:
            found[way.helper_id] = opened(ADDRESS, way.address_sealed)
    return found
