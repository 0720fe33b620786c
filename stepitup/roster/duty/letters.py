"""Who is to be told by mail: coordinators of gaps, once a day; of a swap both sides, once each."""

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
_AN_ANSWER_IS_NEWS: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class ToTell:
    """Somebody who is to be told, and where."""

    letter: int
    address: str
    key: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Whoever asked for a swap is to be told what was said. `to_tell.letter` is the swap's number."""

    to_tell: ToTell
    is_yes: bool


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
        # Whoever takes it moves its next try: another watch that saw it as due changes no row.
        due = DutyLetter.objects.filter(pk=row.pk, next_try_at__lte=now)
        if due.update(next_try_at=now + _TRY_AGAIN_AFTER, tries=F("tries") + 1):
            key = fingerprint(secret_for("letter about gaps", f"{row.helper_id} {day}"))[:32]
            taken.append(ToTell(row.pk, addresses[row.helper_id], key))
    return taken


def claim_swap_letters(now: datetime) -> list[ToTell]:
    """Take the letters about swaps that nobody told the helper who is asked of. `letter` is the swap's number."""
    here = DutySwap.objects.filter(asker__removed_at=None, asked__removed_at=None)
    waiting = here.filter(state="asked", told_at=None, starts_at__gt=now)
    taken = []
    for swap in waiting.order_by("pk"):
        address = _mail_of(swap.asked_id)
        if address and DutySwap.objects.filter(pk=swap.pk, told_at=None).update(told_at=now):
            taken.append(_about_a_swap("letter about a swap", swap, address))
    return taken


def claim_swap_answers(now: datetime) -> list[Answer]:
    """Take the letters to those who asked and were answered. The answer stands on their own screen all the same.

    One that is days old, or whose duty has begun, is no news any more.
    """
    fresh = DutySwap.objects.filter(state__in=("agreed", "declined"), answer_told_at=None, asker__removed_at=None)
    taken = []
    for swap in fresh.filter(starts_at__gt=now, answered_at__gt=now - _AN_ANSWER_IS_NEWS).order_by("pk"):
        address = _mail_of(swap.asker_id)
        if address and DutySwap.objects.filter(pk=swap.pk, answer_told_at=None).update(answer_told_at=now):
            taken.append(Answer(_about_a_swap("letter with an answer", swap, address), swap.state == "agreed"))
    return taken


def swap_letter_came_back(now: datetime, swap: int) -> None:
    """The mail server did not take it: somebody tries again."""
    DutySwap.objects.filter(pk=swap).update(told_at=None)


def swap_answer_came_back(now: datetime, swap: int) -> None:
    """The mail server did not take the answer: somebody tries again."""
    DutySwap.objects.filter(pk=swap).update(answer_told_at=None)


def _mail_of(helper: int) -> str:
    """The first mail address of a helper that works, or nothing."""
    way = Way.objects.filter(USABLE_WAYS, carrier="mail", helper=helper).order_by("position").first()
    return opened(ADDRESS, way.address_sealed) if way else ""


def _about_a_swap(use: str, swap: DutySwap, address: str) -> ToTell:
    return ToTell(swap.pk, address, fingerprint(secret_for(use, swap.pk))[:32])


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
