"""Notices: the first way that works, one after the other, and nothing of them is left when one was taken."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from stepitup.ground import bell, timers
from stepitup.ground.deeds import deed
from stepitup.ground.seal import seal
from stepitup.paging.facts import NoticeWords, Outcome, Outgoing, Reach
from stepitup.paging.models import Notice
from stepitup.paging.notices import forget_notices, notice_kind, prepare_notices, record_notice, write_notice
from tests.rooms.paging_house import NIGHT, SAM, House, a_house, reaches

pytestmark = pytest.mark.django_db

LINK = "https://help.example/s/1"
TAKEN, BUSY, HICCUP = Outcome.handed_over(), Outcome.next_way("busy"), Outcome.try_again("code 503")


@pytest.fixture
def house() -> Iterator[House]:
    with a_house() as ours:
        yield ours


def write(*ways: str) -> bool:
    return deed(write_notice, NoticeWords.YOURS, reaches(SAM, *ways), link=LINK)


def stands() -> Outgoing:
    """The one notice that is still to be sent, as its carrier would get it now."""
    [outgoing] = prepare_notices(list(Notice.objects.values_list("pk", flat=True)))
    return outgoing


def comes(outcome: Outcome) -> None:
    deed(record_notice, Notice.objects.get().pk, outcome)


def waits_for(carrier: str) -> datetime | None:
    return timers.armed_for(notice_kind(carrier), Notice.objects.get().pk)


def test_it_goes_by_the_first_way_of_this_house_at_once_and_is_gone_when_it_was_taken(house: House) -> None:
    assert write("push", "text", "mail")
    sent = stands()
    assert (sent.carrier, sent.to, sent.words, sent.link) == ("text", "text-of-4", NoticeWords.YOURS, LINK)
    assert LINK in sent.text
    assert waits_for("text") == NIGHT
    comes(TAKEN)
    assert not Notice.objects.exists()


def test_the_watch_hears_of_it_at_once(
    house: House, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    rings = list[str]()
    with bell.hearing(lambda topic, _about: rings.append(topic)), django_capture_on_commit_callbacks(execute=True):
        write("text")
    assert rings == ["timers"]


def test_where_this_house_goes_none_of_the_ways_nobody_is_told_and_that_is_said(house: House) -> None:
    assert not write("push")
    assert not write()
    assert not Notice.objects.exists()


def test_a_way_that_refuses_is_left_for_the_next_at_once_with_the_same_key(house: House) -> None:
    write("text", "mail")
    key = stands().key
    comes(BUSY)
    assert (stands().carrier, stands().to, stands().key) == ("mail", "mail-of-4", key)
    assert waits_for("mail") == NIGHT
    comes(BUSY)
    assert not Notice.objects.exists()


def test_a_hiccup_is_tried_three_times_with_a_breath_between_and_then_the_next_way_three_times(house: House) -> None:
    write("text", "mail")
    went = list[tuple[str, datetime | None]]()
    while Notice.objects.exists() and len(went) < 9:
        went.append((stands().carrier, waits_for(stands().carrier)))
        comes(HICCUP)
    breath = NIGHT + timedelta(seconds=5)
    assert went == [(carrier, at) for carrier in ("text", "mail") for at in (NIGHT, breath, breath)]


def test_what_is_an_hour_old_is_not_said_any_more(house: House) -> None:
    write("text", "mail")
    house.hands.wind(minutes=61)
    comes(HICCUP)
    assert not Notice.objects.exists()


def test_one_that_nobody_came_for_is_forgotten_with_its_timer_after_an_hour(house: House) -> None:
    write("text")
    notice = Notice.objects.get().pk
    house.hands.wind(minutes=59)
    assert deed(forget_notices) == 0
    house.hands.wind(minutes=2)
    assert deed(forget_notices) == 1
    assert timers.armed_for(notice_kind("text"), notice) is None


def test_one_that_is_gone_meanwhile_is_left_alone(house: House) -> None:
    deed(record_notice, 4711, TAKEN)
    assert prepare_notices([4711]) == []


def test_one_that_was_written_before_notices_had_a_language_is_read_in_english(house: House) -> None:
    write("text")
    Notice.objects.update(sealed=seal("notice", {"link": LINK, "ways": [["text", "text-of-4"]]}))
    assert stands().language == "en"
    assert stands().text.startswith("Thank you, it is yours.")


def test_it_speaks_the_language_of_the_first_way_that_this_house_goes(house: House) -> None:
    ways = [Reach(40, "push", "push-of-4", "en"), Reach(41, "text", "text-of-4", "es")]
    deed(write_notice, NoticeWords.YOURS, ways, link=LINK)
    assert stands().language == "es"
    assert not stands().text.startswith("Thank you")
