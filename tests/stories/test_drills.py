"""A drill: would a page reach us tonight? Nobody off duty is woken, nobody is shamed, and no call waits for it."""

from datetime import timedelta

import pytest

from stepitup.drills.a_drill import begin, begin_by_hand
from stepitup.drills.errors import DrillUnderWay
from stepitup.drills.facts import DrillSeen, NotReached, NotReachedWhy
from stepitup.drills.models import Drill, DrillAsked
from stepitup.drills.questions import drills, newest_drill
from stepitup.drills.timetable import THE_TIMETABLE, begin_by_timetable
from stepitup.ground import log_book
from stepitup.ground.deeds import deed
from stepitup.ground.log_book import What
from stepitup.ground.models import LogBookEntry
from stepitup.ground.team import DrillSettings
from stepitup.paging.facts import Then
from stepitup.paging.models import Page
from stepitup.paging.tests_of_ways import KEPT_FOR
from stepitup.roster import actions as roster
from stepitup.roster.models import Helper as HelperRow
from stepitup.roster.models import Way
from tests.stories import cast
from tests.stories.night import START, Night, a_night
from tests.stories.people import Helper, Rosa


def drill(night: Night, *, also_off_duty: bool = False) -> DrillSeen:
    deed(begin, by_hand=True, also_off_duty=also_off_duty)
    night.watch.work()
    return seen()


def seen() -> DrillSeen:
    newest = newest_drill()
    assert newest is not None
    return newest


def test_who_answers_is_reached_and_who_does_not_is_named(night: Night, sam: Helper, ines: Helper) -> None:
    assert drill(night).not_reached == tuple(
        NotReached(one.id, NotReachedWhy.SILENT) for one in sorted((sam, ines), key=lambda one: one.id)
    )
    sam.gets_a_page().says_it_reached_me()
    ines.gets_a_page()
    now = seen()
    assert (now.asked, now.reached, now.left_out) == (2, 1, 0)
    assert now.not_reached == (NotReached(ines.id, NotReachedWhy.SILENT),)
    assert now.is_settled


def test_what_a_coordinator_is_given_holds_no_time_of_anybody(night: Night, sam: Helper) -> None:
    drill(night)
    night.passes(minutes=7)
    sam.gets_a_page().says_it_reached_me()
    told = repr(seen())
    assert "seconds" not in told
    assert str(7 * 60) not in told
    assert not [field.name for field in DrillAsked._meta.get_fields() if field.name.endswith("_at")]


def test_two_ways_go_at_once_with_a_link_each_and_the_one_that_was_pressed_counts(night: Night) -> None:
    sam = night.joins(cast.SAM, ways=("text", "voice"))
    Way.objects.update(confirmed_on=None)
    drill(night)
    first, second = sam.gets_a_page(), sam.gets_a_page()
    assert first.message.link != second.message.link
    second.says_it_reached_me()
    confirmed = Way.objects.filter(helper=sam.id, confirmed_on__isnull=False)
    [came_by] = [name for name, network in night.networks.items() if second.message in network.delivered]
    assert [way.carrier for way in confirmed] == [came_by]
    assert seen().reached == 1


def test_whoever_rests_or_is_off_duty_or_sits_with_somebody_sleeps_on(
    night: Night, rosa: Rosa, sam: Helper, ines: Helper, theo: Helper
) -> None:
    night.joins(cast.DANIEL, duty='["Mon-Fri 09:00-17:00"]')
    rosa.presses()
    for one in (ines, theo):
        one.gets_a_page().declines()
    sam.gets_a_page().answers()
    deed(roster.rest_until, ines.id, night.clock.now() + timedelta(days=1))
    now = drill(night)
    assert (now.asked, now.left_out) == (1, 3)
    theo.gets_a_page().says_it_reached_me()
    for one in (sam, ines, night.helpers["daniel"]):
        one.gets_nothing()


def test_a_team_may_say_that_a_drill_wakes_everybody(night: Night) -> None:
    daniel = night.joins(cast.DANIEL, duty='["Mon-Fri 09:00-17:00"]')
    assert drill(night, also_off_duty=True).asked == 1
    daniel.gets_a_page()


@pytest.mark.parametrize("also_off_duty", [False, True])
def test_no_setting_of_a_team_wakes_anybody_in_quiet_hours_or_on_a_break(
    night: Night, sam: Helper, ines: Helper, also_off_duty: bool
) -> None:
    HelperRow.objects.filter(pk=sam.id).update(quiet=["daily 22:00-07:00"])
    deed(roster.rest_until, ines.id, night.clock.now() + timedelta(hours=4))
    asleep = drill(night, also_off_duty=also_off_duty)
    assert (asleep.asked, asleep.left_out) == (0, 2)
    night.passes(hours=5)  # 08:04
    assert drill(night, also_off_duty=also_off_duty).asked == 2
    for one in (sam, ines):
        one.gets_a_page()


def test_a_drill_counts_as_no_page_and_takes_nobodys_turn(night: Night, rosa: Rosa, sam: Helper) -> None:
    HelperRow.objects.filter(pk=sam.id).update(pages_in_a_row=1)
    before = HelperRow.objects.values().get(pk=sam.id)
    drill(night)
    sam.gets_a_page().says_it_reached_me()
    assert HelperRow.objects.values().get(pk=sam.id) == before
    rosa.presses()
    sam.gets_a_page().answers()
    rosa.sees("Sam K. has answered")


def test_nobody_whose_certificate_lapsed_or_who_is_suspended_is_asked(night: Night, sam: Helper) -> None:
    night.joins(cast.INES, certified_until="2026-03-03")
    deed(roster.suspend, sam.id)
    assert drill(night, also_off_duty=True).asked == 0


def test_whom_no_way_reaches_is_named(night: Night, sam: Helper, ines: Helper) -> None:
    deed(roster.mark_unreachable, Way.objects.get(helper=sam.id).pk)
    night.text.refuses(cast.INES.number, Then.NEXT_WAY)
    found = {one.helper: one.why for one in drill(night).not_reached}
    assert found == {sam.id: NotReachedWhy.NO_WAY, ines.id: NotReachedWhy.NOT_TAKEN}


def test_while_it_is_on_its_way_nobody_is_called_silent(night: Night, sam: Helper) -> None:
    night.watch.stop()
    assert drill(night).not_reached == (NotReached(sam.id, NotReachedWhy.ON_ITS_WAY),)
    assert not seen().is_settled


def test_a_call_in_the_middle_of_a_drill_goes_on_as_if_there_were_none(night: Night, rosa: Rosa, sam: Helper) -> None:
    drill(night)
    sam.gets_a_page()
    rosa.presses()
    sam.gets_a_page().answers()
    rosa.sees("Sam K. has answered")


def test_two_drills_at_once_are_one(night: Night, sam: Helper) -> None:
    drill(night)
    with pytest.raises(DrillUnderWay):
        drill(night)
    sam.gets_a_page()
    sam.gets_nothing()


def test_a_way_that_this_house_does_not_go_is_not_tried_and_counts_as_none(night: Night) -> None:
    sam = night.joins(cast.SAM, ways=("mail", "text", "voice"))
    ines = night.joins(cast.INES, ways=("mail",))
    assert drill(night).not_reached[1:] == (NotReached(ines.id, NotReachedWhy.NO_WAY),)
    asked = DrillAsked.objects.filter(page__isnull=False).values_list("helper", "page__attempts__carrier")
    assert sorted(asked) == [(sam.id, "text"), (sam.id, "voice")], "the two that go, not one of the first two"
    for _ in range(2):
        sam.gets_a_page()


def test_whoever_begins_one_by_hand_may_wake_those_off_duty_too(night: Night) -> None:
    daniel = night.joins(cast.DANIEL, duty='["Mon-Fri 09:00-17:00"]')
    deed(begin_by_hand, who=log_book.OPERATOR, also_off_duty=True)
    night.watch.work()
    daniel.gets_a_page()


def test_the_log_book_says_who_began_it_by_hand(night: Night, sam: Helper) -> None:
    deed(begin_by_hand, who=log_book.OPERATOR)
    line = LogBookEntry.objects.get(what=What.RAN_DRILL)
    assert (line.who, line.about) == ("operator", "roster")
    assert sam.unread() == []


def test_by_the_timetable_it_begins_by_itself_at_the_hour_of_the_team(db: None) -> None:
    with a_night(drills=DrillSettings("week", "wednesday", 19)) as night:
        sam = night.joins(cast.SAM)
        night.passes(hours=15, minutes=55)  # from 03:04
        sam.gets_nothing()
        night.passes(minutes=2)
        sam.gets_a_page().says_it_reached_me()
        assert not seen().by_hand
        night.passes(hours=7 * 24)
        sam.gets_a_page()
        assert len(drills()) == 2


def test_a_timetable_may_wake_those_off_duty_too_where_the_team_says_so(db: None) -> None:
    with a_night(drills=DrillSettings("week", "wednesday", 19, also_off_duty=True)) as night:
        daniel = night.joins(cast.DANIEL, duty='["Mon-Fri 09:00-17:00"]')
        deed(begin_by_timetable, THE_TIMETABLE)
        daniel.gets_nothing()
        night.passes(hours=16)
        daniel.gets_a_page()


def test_a_house_that_stood_still_at_the_hour_wakes_nobody_in_the_night(db: None) -> None:
    with a_night(drills=DrillSettings("week", "wednesday", 19)) as night:
        sam = night.joins(cast.SAM)
        night.watch.work()
        night.watch.stop()
        night.passes(hours=23)
        night.watch.start()
        sam.gets_nothing()
        night.passes(hours=7 * 24 - 5)
        sam.gets_a_page()


def test_after_thirty_five_days_nothing_of_it_is_left(night: Night, sam: Helper) -> None:
    sam.may_be_paged()
    drill(night)
    deed(roster.mark_unreachable, Way.objects.get(helper=sam.id).pk)
    night.passes(minutes=20)
    drill(night)
    assert night.clock.now() > START
    night.passes(hours=(KEPT_FOR + timedelta(hours=1)) / timedelta(hours=1))
    assert not Drill.objects.exists()
    assert not DrillAsked.objects.exists()
    assert not Page.objects.exists()
