"""Letters about credentials that end: to whom, when, and each once. Sam and Ines side by side."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from stepitup.roster import actions
from stepitup.roster.credentials.record import CredentialRow
from stepitup.roster.credentials.reminders import claim_reminders, give_back, step_for
from stepitup.roster.credentials.words import how_it_stands
from stepitup.roster.models import Credential, Helper
from tests.rooms.roster_builders import NIGHT, file_with, helper_in_file

NOON = datetime(2026, 3, 4, 19, tzinfo=UTC)
TODAY = NOON.date()


def by_mail(*names: str, until: str = "2026-04-01") -> None:
    helpers = [
        helper_in_file(name, f"certified_until = {until}", way=f'carrier = "mail"\naddress = "{name}@example.org"')
        for name in names
    ]
    report = actions.import_roster(NIGHT, file_with(*helpers))
    assert report.is_good, [str(mistake) for mistake in report.mistakes]


def written_to(now: datetime = NOON) -> list[str]:
    return sorted(one.address.partition("@")[0] for one in claim_reminders(now))


@pytest.mark.django_db
def test_a_letter_that_could_not_be_sent_is_due_again_and_nobody_elses_is() -> None:
    by_mail("sam", "ines")
    to_sam = next(one for one in claim_reminders(NOON) if one.address.startswith("sam"))
    assert written_to() == []
    give_back(NOON, to_sam)
    assert written_to() == ["sam"]


@pytest.mark.django_db
def test_a_letter_that_came_back_late_does_not_undo_the_next_one() -> None:
    by_mail("sam")
    [first] = claim_reminders(NOON)
    assert written_to(NOON + timedelta(days=22)) == ["sam"]
    give_back(NOON, first)
    assert written_to(NOON + timedelta(days=23)) == []


@pytest.mark.django_db
def test_whoever_is_suspended_off_the_roster_or_was_never_checked_gets_no_letter() -> None:
    by_mail("sam", "ines", "earl", "nora")
    actions.suspend(NIGHT, Helper.objects.get(key="ines").pk)
    Helper.objects.filter(key="earl").update(removed_at=NIGHT)
    Credential.objects.filter(helper__key="nora").update(checked_how="")
    assert written_to() == ["sam"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("until", "is_told"),
    [("2026-06-02", True), ("2026-06-03", False), ("2026-02-02", True), ("2026-02-01", False)],
)
def test_from_ninety_days_ahead_to_a_month_after(until: str, is_told: bool) -> None:
    by_mail("sam", until=until)
    assert bool(written_to()) is is_told


@pytest.mark.django_db
def test_letters_begin_at_eight_by_the_teams_clock() -> None:
    by_mail("sam")
    eight = datetime(2026, 3, 4, 8, tzinfo=timezone.get_default_timezone()).astimezone(UTC)
    assert written_to(eight - timedelta(seconds=1)) == []
    assert written_to(eight) == ["sam"]


@pytest.mark.django_db
def test_it_goes_to_the_first_mail_of_each() -> None:
    two = 'carrier = "mail"\naddress = "{0}@example.org"\n[[helper.way]]\ncarrier = "mail"\n'
    two += 'address = "zz-{0}@example.org"'
    until = "certified_until = 2026-04-01"
    helpers = [helper_in_file(name, until, way=two.format(name)) for name in ("sam", "ines")]
    assert actions.import_roster(NIGHT, file_with(*helpers, helper_in_file("earl"))).is_good
    assert written_to() == ["ines", "sam"]


@pytest.mark.parametrize(
    ("days_left", "step"), [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (0, 7), (-1, 0), (-400, 0)]
)
def test_which_letter_fits_so_many_days_before_the_end(days_left: int, step: int | None) -> None:
    assert step_for(days_left) == step


@pytest.mark.parametrize(
    ("granted", "expires", "said"),
    [
        (TODAY, TODAY, "It holds through 2026-03-04, 0 days more."),
        (TODAY, date(2026, 3, 5), "It holds through 2026-03-05, 1 day more."),
        (None, TODAY, "The day from or until which it holds is missing, so no page goes because of it."),
        (TODAY, None, "The day from or until which it holds is missing, so no page goes because of it."),
    ],
)
def test_on_its_own_first_and_last_day_a_credential_is_said_to_hold(
    granted: date | None, expires: date | None, said: str
) -> None:
    assert how_it_stands(CredentialRow("LCSW", granted=granted, expires=expires, checked_how="seen"), TODAY) == said
