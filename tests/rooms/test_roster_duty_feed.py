"""A helper's duty in the calendar of their phone: planned hours, and nothing of a page or a caller."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from stepitup.roster import actions
from stepitup.roster.duty.feeds import end_feed, feed_text, renew_feed, secret_of_feed, whose_feed
from stepitup.roster.errors import NoSuchHelper
from stepitup.roster.models import DutyFeed, Helper
from tests.rooms.duty_house import DENVER, NOON, TONIGHT, number_of, off, sam_and_ines, team_of
from tests.rooms.roster_builders import helper_in_file

pytestmark = pytest.mark.django_db


def told(helper: int, *, later: timedelta = timedelta()) -> list[str]:
    """What another program reads in the feed: the first events."""
    events = Calendar.from_ical(feed_text(NOON + later, helper)).walk("VEVENT")
    spans = [
        (event.decoded("dtstart").astimezone(DENVER), event.decoded("dtend").astimezone(DENVER)) for event in events
    ]
    return [f"{start:%a %d %H:%M}-{end:%a %d %H:%M}" for start, end in spans if start >= NOON - timedelta(days=1)]


def test_another_program_reads_when_sam_is_on_duty() -> None:
    sam, ines = sam_and_ines()
    assert told(sam)[:2] == ["Mon 23 18:00-Tue 24 06:00", "Tue 24 18:00-Wed 25 06:00"]
    off(sam, TONIGHT)
    assert told(sam)[:2] == ["Mon 23 18:00-Tue 24 06:00", "Wed 25 18:00-Thu 26 06:00"]
    assert told(ines)[0] == "Tue 24 06:00-Tue 24 18:00"
    assert len(told(sam)) > 60


def test_the_feed_names_nobody_and_reads_the_same_on_the_night_of_a_page() -> None:
    sam, _ines = sam_and_ines()
    before = feed_text(NOON, sam)
    assert not any(word in before.lower() for word in (b"sam", b"cedar", b"call", b"page", b"location", b"description"))
    actions.note_talk(NOON, sam)
    actions.rest_until(NOON, sam, NOON + timedelta(hours=20))
    assert feed_text(NOON + timedelta(hours=3), sam) == before


def test_events_keep_their_names_from_day_to_day_so_that_a_phone_does_not_double_them() -> None:
    sam, _ines = sam_and_ines()
    today, tomorrow = (
        {str(event["uid"]) for event in Calendar.from_ical(feed_text(NOON + timedelta(days=n), sam)).walk("VEVENT")}
        for n in (0, 1)
    )
    assert len(today - tomorrow) <= 1
    assert len(tomorrow - today) <= 1


def test_a_link_is_made_when_asked_for_and_renewed_the_old_one_finds_nothing() -> None:
    sam, _ines = sam_and_ines()
    assert secret_of_feed(sam) is None
    first = renew_feed(NOON, sam)
    assert (whose_feed(first), secret_of_feed(sam)) == (sam, first)
    second = renew_feed(NOON, sam)
    assert (whose_feed(first), whose_feed(second)) == (None, sam)
    assert second not in str(DutyFeed.objects.values_list())
    end_feed(NOON, sam)
    assert (whose_feed(second), whose_feed("guessed")) == (None, None)


def test_whoever_was_taken_off_or_suspended_has_an_empty_calendar_or_none() -> None:
    sam, _ines = sam_and_ines()
    secret = renew_feed(NOON, sam)
    actions.suspend(NOON, sam)
    assert told(sam) == []
    Helper.objects.filter(pk=sam).update(removed_at=NOON)
    assert whose_feed(secret) is None
    with pytest.raises(NoSuchHelper):
        renew_feed(NOON, sam)


def test_each_helper_has_a_link_of_their_own_and_ends_their_own() -> None:
    sam, ines = sam_and_ines()
    his, hers = renew_feed(NOON, sam), renew_feed(NOON, ines)
    assert (secret_of_feed(sam), secret_of_feed(ines)) == (his, hers)
    assert (whose_feed(his), whose_feed(hers)) == (sam, ines)
    end_feed(NOON, sam)
    assert (whose_feed(his), whose_feed(hers)) == (None, ines)


def test_on_the_phone_duty_is_private_and_takes_up_no_time_and_is_looked_at_again() -> None:
    sam, _ines = sam_and_ines()
    calendar = Calendar.from_ical(feed_text(NOON, sam))
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    assert calendar["refresh-interval"] is not None
    for event in calendar.walk("VEVENT"):
        assert (str(event["summary"]), event["class"], event["transp"]) == ("Duty", "PRIVATE", "TRANSPARENT")
        assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=12)  # never a part of one
        assert event.decoded("dtstamp") <= NOON


def test_whoever_is_always_on_duty_has_no_event_as_long_as_the_calendar() -> None:
    team_of(helper_in_file("sam"))
    assert Calendar.from_ical(feed_text(NOON, number_of("sam"))).walk("VEVENT") == []
