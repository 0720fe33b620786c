"""May this helper be paged, and if not, why not: plain values, no database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from stepitup.ground.vocabulary import Kind
from stepitup.roster.credentials.record import EVERY_ROLE, Held
from stepitup.roster.duty import Duty
from stepitup.roster.fitness import Standing, is_fit, may_be_woken, what_stands_in_the_way

pytestmark = pytest.mark.only_on("sqlite")

NIGHT = datetime(2026, 3, 4, 10, 4, tzinfo=UTC)  # Wednesday 03:04 in Denver
TODAY = date(2026, 3, 4)
DENVER = ZoneInfo("America/Denver")


def held(role: str = EVERY_ROLE, *, since: date = date(2024, 1, 1), until: date = date(2028, 12, 31)) -> Held:
    return Held(role, since, until)


SAM = Standing(
    kinds=frozenset({Kind.PEER}),
    duty=Duty((), DENVER),
    quiet=None,
    removed=False,
    suspended=False,
    off_until=None,
    has_usable_way=True,
    held=(held(),),
)


def why(sam: Standing) -> str:
    stopped = what_stands_in_the_way(sam, NIGHT)
    return stopped.in_words() if stopped else ""


def test_of_two_certificates_that_lapsed_the_later_one_is_told() -> None:
    lapsed = (held(until=date(2025, 6, 30)), held(until=date(2026, 3, 3)), held(until=date(2024, 6, 30)))
    assert why(replace(SAM, held=lapsed)) == "Has a credential that lapsed after 2026-03-03."


def test_of_two_certificates_still_to_come_the_earlier_one_is_told() -> None:
    coming = (held(since=date(2027, 1, 1)), held(since=date(2026, 3, 5)))
    assert why(replace(SAM, held=coming)) == "Has a credential that holds only from 2026-03-05."


def test_a_certificate_for_another_role_that_ends_today_has_not_lapsed_today() -> None:
    assert why(replace(SAM, held=(held("chaplain", until=TODAY),))) == (
        "Has a credential, but none for a role in which they help."
    )


def test_a_certificate_holds_on_its_first_and_on_its_last_day() -> None:
    assert is_fit(replace(SAM, held=(held(since=TODAY, until=TODAY),)), NIGHT)


def test_a_break_is_over_at_the_very_minute_it_was_set_to() -> None:
    assert is_fit(replace(SAM, off_until=NIGHT), NIGHT)
    assert not is_fit(replace(SAM, off_until=NIGHT + timedelta(seconds=1)), NIGHT)


@pytest.mark.parametrize("gone", [replace(SAM, removed=True), replace(SAM, suspended=True)])
def test_a_drill_wakes_nobody_who_is_suspended_or_off_the_roster(gone: Standing) -> None:
    for off_duty_too in (True, False):
        assert may_be_woken(SAM, NIGHT, also_off_duty=off_duty_too)
        assert not may_be_woken(gone, NIGHT, also_off_duty=off_duty_too)


def test_a_drill_that_wakes_everybody_still_wakes_only_the_certified() -> None:
    off_duty = replace(SAM, duty=Duty(("Thu 08:00-16:00",), DENVER))
    assert may_be_woken(off_duty, NIGHT, also_off_duty=True)
    assert not may_be_woken(off_duty, NIGHT, also_off_duty=False)
    assert not may_be_woken(replace(off_duty, held=()), NIGHT, also_off_duty=True)


def test_what_was_said_first_is_what_no_ringing_round_can_change() -> None:
    """Off the roster, suspended, without a certificate, without a way, off until: in this order."""
    off = replace(SAM, off_until=NIGHT + timedelta(days=1))
    unreachable = replace(off, has_usable_way=False)
    uncertified = replace(unreachable, held=())
    suspended = replace(uncertified, suspended=True)
    said = [why(one) for one in (replace(suspended, removed=True), suspended, uncertified, unreachable, off)]
    assert [words.split(" ")[1] for words in said] == ["no", "suspended.", "no", "be", "off"]
