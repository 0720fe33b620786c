"""Nobody answers. The call goes on, step by step, and says true things all the while."""

from datetime import timedelta

from stepitup.ground import clock
from stepitup.ground.team import team
from tests.stories.night import Night
from tests.stories.people import Helper, Rosa

OUR_FAILURE = "Nobody has answered yet. That is our failure, not yours."


def test_nobody_answers_so_five_more_are_paged_after_two_minutes(night: Night, rosa: Rosa) -> None:
    night.crowd(9)
    rosa.presses()
    rosa.sees("3 peers were paged.", "in 2 minutes (03:06 MST)")
    night.passes(minutes=2)
    rosa.sees("8 peers were paged.")


def test_each_step_brings_another_kind_of_help_and_at_the_right_minute(
    night: Night, rosa: Rosa, okafor: Helper, maria: Helper
) -> None:
    night.crowd(9)
    rosa.presses()
    night.passes(minutes=3, seconds=59)
    okafor.gets_nothing()
    night.passes(seconds=1)
    okafor.gets_a_page()
    maria.gets_nothing()
    night.passes(minutes=1)
    assert maria.gets_a_page().says.startswith("A page is unanswered. Find a helper.")
    rosa.sees("1 clinician was paged.", "1 coordinator was asked to find somebody.", "in 1 minute (03:10 MST)")


def test_from_minute_two_a_line_that_answers_is_the_main_action(night: Night, rosa: Rosa) -> None:
    night.crowd(9)
    rosa.presses()
    night.passes(minutes=1, seconds=59)
    rosa.looks()
    assert "988" not in rosa.phone.screen.main_action
    night.passes(seconds=1)
    rosa.sees("We are looking for somebody", "You need not wait for us.")
    assert "988" in rosa.phone.screen.main_action


def test_nobody_answers_for_an_hour_paging_continues_the_hotline_stays_the_main_action_the_times_stay_true(
    night: Night, rosa: Rosa, sam: Helper
) -> None:
    rosa.presses()
    sam.gets_a_page()
    night.passes(minutes=10)
    sam.may_be_paged()
    for _ in range(10):
        rosa.sees(OUR_FAILURE, "If you close this and left no number, we cannot reach you.")
        assert "988" in rosa.phone.screen.main_action
        said = _next_try(rosa)
        before = len(night.messages())
        _wait_until(night, said)
        assert len(night.messages()) == before + 1


def test_after_an_hour_a_late_yes_still_counts(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    first = sam.gets_a_page()
    night.passes(hours=1)
    assert sam.gets_it_again().path == first.path
    sam.may_be_paged()
    first.answers()
    rosa.sees("Sam K. has answered")


def test_everybody_says_no_and_the_call_goes_on_at_once(rosa: Rosa, sam: Helper, ines: Helper, okafor: Helper) -> None:
    rosa.presses()
    sam.gets_a_page().declines()
    okafor.gets_nothing()
    ines.gets_a_page().declines()
    okafor.gets_a_page()
    rosa.sees("1 clinician was paged.")


def test_an_empty_roster_tells_the_truth(night: Night, rosa: Rosa) -> None:
    rosa.presses()
    rosa.reads("Your call is open", "Nobody can be paged at this moment. That is our failure, not yours.")
    rosa.sees(OUR_FAILURE, "988")
    night.passes(minutes=7)
    rosa.sees(OUR_FAILURE, "next try 03:14 MST")


def test_whoever_comes_on_duty_later_is_paged_at_the_next_try(night: Night, rosa: Rosa, sam: Helper) -> None:
    night.joins(sam.part, duty='["daily 03:15-12:00"]')
    rosa.presses()
    night.passes(minutes=10)
    sam.gets_nothing()
    night.passes(minutes=5)
    sam.gets_a_page()


def test_after_twelve_hours_the_call_has_run_out_and_says_so(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    page = sam.gets_a_page()
    sam.may_be_paged()
    night.passes(hours=12)
    rosa.sees("This call has run out", "If you still want somebody, press again.")
    assert page.is_over()
    quiet = len(night.messages())
    night.passes(hours=1)
    assert len(night.messages()) == quiet


def test_two_who_are_talking_at_the_twelfth_hour_are_left_alone(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    sam.gets_a_page().answers()
    rosa.reads_the_limits()
    sam.presses("I’m with them")
    sam.may_be_paged()  # he is asked whether they have finished: another story
    night.passes(hours=13)
    rosa.sees("Sam K. is with you")
    night.passes(hours=11)
    rosa.sees("This call has run out")


def test_on_the_day_of_deletion_nothing_of_it_is_left(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    page = sam.gets_a_page()
    rosa.sees("deleted on Thursday, March 12.")
    page.answers()
    rosa.reads_the_limits()
    sam.presses("Yes, we are finished")
    night.passes(hours=8 * 24)
    assert "We see no call on this phone" in rosa.phone.opens("/call").words
    assert page.is_over()
    assert "There is no seat on this phone" in sam.phone.opens("/seat").words


def _next_try(rosa: Rosa) -> str:
    return rosa.phone.screen.words.partition("next try ")[2].partition(" MST")[0]


def _wait_until(night: Night, wall_clock: str) -> None:
    hours, minutes = map(int, wall_clock.split(":"))
    target = clock.now().astimezone(team().zone).replace(hour=hours, minute=minutes, second=0)
    night.passes(seconds=(target - clock.now() + timedelta(seconds=1)).total_seconds())
