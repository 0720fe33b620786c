"""Who is to be told by mail: coordinators of gaps, once a day; a helper who is asked for a swap, once a question."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import F

from stepitup.ground.keys import fingerprint, secret_for
from stepitup.ground.team import team
from stepitup.roster.models import DutyLetter, DutySwap, Helper, Way
from stepitup.roster.reading import ADDRESS, USABLE_WAYS, opened

NOT_BEFORE: Final = time(8)  # by the team's clock: nobody is woken for next week
TRIES: Final = 5
_TRY_AGAIN_AFTER: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class ToTell:
    """Somebody who is to be told, and where."""

    letter: int
    address: str
    key: str


def is_anybody_to_be_told(now: datetime) -> bool:
    """Is it day, and is there a coordinator with mail who was not told yet today? Asked before anything costly."""
    day = _today(now)
    return day is not None and bool(_addresses(now, day))


def claim_letters(now: datetime) -> list[ToTell]:
    """Take the letters of today that are due, for half an hour. Whoever comes second gets none of them."""
    day = _today(now)
    if day is None:
        return []
    addresses = _addresses(now, day)
    fresh = [DutyLetter(helper_id=helper, day=day, next_try_at=now) for helper in addresses]
    DutyLetter.objects.bulk_create(fresh, ignore_conflicts=True)
    taken = []
    for row in DutyLetter.objects.filter(day=day, helper__in=addresses):
        due = DutyLetter.objects.filter(pk=row.pk, sent_at=None, next_try_at__lte=now, tries__lt=TRIES)
        if due.update(next_try_at=now + _TRY_AGAIN_AFTER, tries=F("tries") + 1):
            key = fingerprint(secret_for("letter about gaps", f"{row.helper_id} {day}"))[:32]
            taken.append(ToTell(row.pk, addresses[row.helper_id], key))
    return taken


def claim_swap_letters(now: datetime) -> list[ToTell]:
    """Take the letters about swaps that nobody told the helper who is asked of. `letter` is the swap's number."""
    waiting = DutySwap.objects.filter(state="asked", told_at=None, starts_at__gt=now, asked__removed_at=None)
    taken = []
    for swap in waiting.order_by("pk"):
        way = Way.objects.filter(USABLE_WAYS, carrier="mail", helper=swap.asked_id).order_by("position").first()
        if way and DutySwap.objects.filter(pk=swap.pk, told_at=None).update(told_at=now):
            key = fingerprint(secret_for("letter about a swap", swap.pk))[:32]
            taken.append(ToTell(swap.pk, opened(ADDRESS, way.address_sealed), key))
    return taken


def swap_letter_came_back(now: datetime, swap: int) -> None:
    """The mail server did not take it: somebody tries again."""
    DutySwap.objects.filter(pk=swap).update(told_at=None)


def note_letter_sent(now: datetime, letter: int) -> None:
    """The mail server has it: this coordinator is told for today."""
    DutyLetter.objects.filter(pk=letter).update(sent_at=now)


def _today(now: datetime) -> date | None:
    here = now.astimezone(team().zone)
    return here.date() if here.time() >= NOT_BEFORE else None


def _addresses(now: datetime, day: date) -> dict[int, str]:
    """Coordinators who were not told today, or may be tried again, and the first mail address of each that works."""
    told = DutyLetter.objects.filter(day=day).exclude(sent_at=None, next_try_at__lte=now, tries__lt=TRIES)
    here = Helper.objects.filter(is_coordinator=True, removed_at=None, suspended_at=None)
    ways = Way.objects.filter(USABLE_WAYS, carrier="mail", helper__in=here).exclude(helper__in=told.values("helper"))
    found: dict[int, str] = {}
    for way in ways.order_by("helper", "position"):
        found.setdefault(way.helper_id, opened(ADDRESS, way.address_sealed))
    return found
