"""The log book on a screen: names for as long as people are here, and a card to keep elsewhere."""

from collections.abc import Iterator

import pytest
from django.db import connection

from stepitup.desk.checking.log_book import about_the_log_book
from stepitup.ground import clock, log_book
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.log_book import What, guard
from stepitup.roster import actions as roster
from stepitup.roster.models import Account, Helper
from stepitup.roster.sign_in.facts import Role
from tests.rooms.coordinator import somebody, stranger
from tests.rooms.door_night import NIGHT
from tests.rooms.roster_builders import file_with, helper_in_file
from tests.stories.browser import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hand() -> Iterator[HandClock]:
    with clock.use(HandClock(NIGHT)) as ours:
        assert isinstance(ours, HandClock)
        deed(roster.import_roster, file_with(helper_in_file("sam", named="Sam K.")))
        yield ours


@pytest.fixture
def maria() -> Browser:
    return somebody()


def suspended_sam() -> None:
    who, about = Account.objects.get(name="maria").pk, Helper.objects.get(key="sam").pk
    deed(log_book.note, who=log_book.account(who), what=What.SUSPENDED, about=log_book.helper(about))


def test_a_new_house_has_nothing_written_yet(maria: Browser) -> None:
    assert "Nothing is written here yet." in maria.opens("/team/log-book").words


def test_a_line_is_read_with_names_and_without_them_when_they_were_deleted(maria: Browser, hand: HandClock) -> None:
    suspended_sam()
    read = maria.opens("/team/log-book").words
    assert "2 · Wednesday, March 4, 10:04 UTC · maria Suspended: Sam K." in read
    assert "All 2 lines are as they were written." in read
    Helper.objects.filter(key="sam").update(removed_at=NIGHT)
    hand.wind(hours=24 * 31)
    deed(roster.forget)
    read = somebody().opens("/team/log-book").words
    assert "Sam K." not in read
    assert "Suspended: somebody who is not here any more (helper " in read


def test_the_card_on_the_screen_is_the_card_in_the_file_and_holds_later(maria: Browser) -> None:
    suspended_sam()
    maria.opens("/team/log-book")
    shown = maria.screen.words
    kept = maria.opens("/team/log-book/card?year=2026").raw
    assert all(line in shown for line in kept.split("\n") if line)
    suspended_sam()
    assert list(about_the_log_book(NIGHT, {"card": kept})) == []  # type: ignore[dict-item]  # a name is enough here


def test_a_book_that_somebody_touched_says_so(maria: Browser) -> None:
    suspended_sam()
    with guard.taken_down(), connection.cursor() as cursor:
        cursor.execute("UPDATE ground_logbookentry SET what = 'added' WHERE number = 2")
    assert "This book is not as it was written" in maria.opens("/team/log-book").words


def test_many_lines_are_read_screen_by_screen_and_year_by_year(maria: Browser, hand: HandClock) -> None:
    for _ in range(31):
        suspended_sam()
    hand.wind(hours=24 * 365)
    suspended_sam()
    maria = somebody()
    assert "Log book of 2027" in maria.opens("/team/log-book").headings
    maria.taps("Log book of 2026")
    assert maria.screen.raw.count("<dt>") == 30
    maria.taps("Older")
    assert maria.screen.raw.count("<dt>") == 2
    assert "Kept through December 31, 2028, then deleted" in maria.screen.words
    assert maria.opens("/team/log-book?year=2019").status == 404
    assert maria.opens(f"/team/log-book/card?year={'9' * 5000}").status == 404


def test_it_is_for_the_clinical_lead_and_the_operator_too_and_for_nobody_else(maria: Browser) -> None:
    suspended_sam()
    for role in (Role.CLINICAL_LEAD, Role.OPERATOR):
        assert somebody(role=role, name=str(role)).opens("/team/log-book").status == 200
    for one in (somebody(role=None, name="sam", helper="sam"), somebody(name="cedars", agency="cedar")):
        for address in ("/team/log-book", "/team/log-book/card"):
            assert one.opens(address).status == 403
    assert stranger().opens("/team/log-book").headings == ["Sign in to your team"]


def test_reading_writes_nothing(maria: Browser) -> None:
    suspended_sam()
    before = log_book.entries(2026).count()
    maria.opens("/team/log-book")
    maria.opens("/team/log-book/card")
    assert log_book.entries(2026).count() == before
