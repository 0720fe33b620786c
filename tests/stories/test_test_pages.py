"""A test page: it reaches a phone as a page would, is never taken for one, and confirms the way it came by."""

import pytest

from stepitup.drills.errors import CarrierNotSetUp, EnoughTests, JustTested
from stepitup.drills.one_way import A_DAYS_TESTS, send_test
from stepitup.ground.deeds import deed
from stepitup.paging.facts import Then
from stepitup.paging.tests_of_ways import ANSWERABLE_FOR, KEPT_FOR, tried_of
from stepitup.roster import actions as roster
from stepitup.roster.models import Way
from tests.stories import cast
from tests.stories.night import START, Night
from tests.stories.people import Helper, Rosa


def way_of(helper: Helper) -> Way:
    return Way.objects.get(helper=helper.id)


def test_sam_presses_it_reached_me_and_the_way_counts(night: Night, sam: Helper) -> None:
    Way.objects.update(confirmed_on=None)
    night.tests(sam)
    page = sam.gets_a_page()
    assert page.says.startswith("TEST, nobody is waiting.")
    assert "TEST: nobody is waiting" in page.opens()
    assert way_of(sam).confirmed_on is None, "looking is not answering"
    night.passes(minutes=3)
    says = page.says_it_reached_me()
    assert "It reached you, thank you" in says
    assert "It took 3 minutes" in says
    assert way_of(sam).confirmed_on is not None


def test_a_way_that_was_out_of_order_is_mended_by_a_test_that_was_answered(night: Night, sam: Helper) -> None:
    deed(roster.mark_unreachable, way_of(sam).pk)
    night.tests(sam)
    sam.gets_a_page().says_it_reached_me()
    assert way_of(sam).unreachable_since is None


def test_a_test_that_nobody_answers_never_delays_a_call(night: Night, rosa: Rosa, sam: Helper) -> None:
    night.tests(sam)
    test = sam.gets_a_page()
    rosa.presses()
    page = sam.gets_a_page()
    assert "Can you take one?" in page.opens()
    test.says_it_reached_me()
    page.answers()
    rosa.sees("Sam K. has answered")


def test_with_the_key_of_a_test_nothing_else_can_be_pressed(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    sam.gets_a_page()
    night.tests(sam)
    test = sam.gets_a_page()
    for verb in ("acknowledge", "decline"):
        sam.phone.sends(f"{test.path}/{verb}", {})
        assert "TEST: nobody is waiting" in sam.phone.screen.words
    assert "There is no seat on this phone" in sam.phone.opens("/seat").words
    rosa.looks()
    rosa.does_not_see("has answered")


def test_it_reached_me_on_a_real_page_takes_nothing_and_ends_nothing(rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    page = sam.gets_a_page()
    sam.phone.sends(f"{page.path}/reached", {})
    assert "Can you take one?" in page.opens()
    page.answers()
    rosa.sees("Sam K. has answered")


def test_a_link_pressed_twice_or_a_day_late_does_no_harm(night: Night, sam: Helper) -> None:
    night.tests(sam)
    first = sam.gets_a_page()
    first.says_it_reached_me()
    sam.phone.sends(f"{first.path}/reached", {})
    assert "It reached you, thank you" in sam.phone.screen.words
    night.passes(minutes=2)
    night.tests(sam)
    second = sam.gets_a_page()
    night.passes(hours=ANSWERABLE_FOR.total_seconds() / 3600 + 1)
    assert "This test is over, thank you" in second.opens()
    assert way_of(sam).confirmed_on == START.date()


def test_whoever_was_taken_off_meanwhile_may_still_press(night: Night, sam: Helper) -> None:
    night.tests(sam)
    page = sam.gets_a_page()
    way_of(sam).delete()
    assert "It reached you, thank you" in page.says_it_reached_me()


def test_a_carrier_that_says_no_such_number_marks_the_way(night: Night, sam: Helper) -> None:
    night.text.refuses(cast.SAM.number, Then.UNREACHABLE)
    night.tests(sam)
    sam.gets_nothing()
    assert way_of(sam).unreachable_since == START
    (tried,) = tried_of(sam.id)
    assert tried.why == "not taken"


def test_a_watch_that_dies_after_sending_does_not_send_a_second_test(night: Night, sam: Helper) -> None:
    night.watch.crash_after_sending()
    night.tests(sam)
    night.watch.start()
    night.passes(minutes=1)
    sam.gets_a_page().says_it_reached_me()
    sam.gets_nothing()


def test_a_house_that_stood_still_wakes_nobody_for_an_old_test(night: Night, sam: Helper) -> None:
    night.watch.stop()
    night.tests(sam)
    night.passes(hours=1)
    night.watch.start()
    sam.gets_nothing()


def test_nobody_is_tested_on_and_on(night: Night, sam: Helper) -> None:
    sam.may_be_paged()
    night.tests(sam)
    with pytest.raises(JustTested):
        night.tests(sam)
    for _ in range(A_DAYS_TESTS - 1):
        night.passes(minutes=2)
        night.tests(sam)
    night.passes(minutes=2)
    with pytest.raises(EnoughTests):
        night.tests(sam)


def test_a_way_that_this_house_does_not_go_is_said_to_be_so(night: Night, sam: Helper) -> None:
    Way.objects.update(carrier="signal")
    with pytest.raises(CarrierNotSetUp, match="does not send by signal"):
        night.tests(sam)


def test_after_its_days_nothing_of_a_test_is_left(night: Night, sam: Helper) -> None:
    sam.may_be_paged()
    night.tests(sam)
    night.passes(hours=KEPT_FOR.total_seconds() / 3600 + 25)
    assert tried_of(sam.id) == []


def test_one_way_that_was_just_tried_holds_up_no_other_and_a_day_later_ten_more_may_go(night: Night) -> None:
    sam = night.joins(cast.SAM, ways=("text", "voice"))
    text, voice = Way.objects.filter(helper=sam.id).order_by("position")
    deed(send_test, text.pk)
    deed(send_test, voice.pk)
    with pytest.raises(JustTested):
        deed(send_test, text.pk)
    for _ in range(A_DAYS_TESTS - 2):
        night.passes(minutes=1)
        deed(send_test, text.pk)
    night.passes(minutes=1)
    with pytest.raises(EnoughTests):
        deed(send_test, text.pk)
    night.passes(hours=24)
    deed(send_test, text.pk)
    night.watch.work()
    for _ in range(1 + A_DAYS_TESTS):
        sam.gets_a_page()
