"""A page is answered: by one, by two, late, twice, from the wrong phone; or it is not, and somebody else comes."""

from stepitup.calls import actions as calls
from stepitup.calls.models import Turn
from stepitup.ground.deeds import deed
from tests.stories.night import Night
from tests.stories.people import Helper, Rosa


def test_the_second_peer_to_answer_is_thanked_and_released(rosa: Rosa, sam: Helper, ines: Helper) -> None:
    rosa.presses()
    hers, his = ines.gets_a_page(), sam.gets_a_page()
    hers.opens()
    his.answers()
    assert "Someone has it, thank you" in ines.phone.presses("I can take it").words
    assert "There is no seat on this phone" in ines.phone.opens("/seat").words
    rosa.sees("Sam K. has answered")


def test_a_late_yes_from_the_first_step_wins_when_nobody_else_has_it(
    night: Night, rosa: Rosa, sam: Helper, okafor: Helper
) -> None:
    rosa.presses()
    page = sam.gets_a_page()
    night.passes(minutes=2)
    theirs = okafor.gets_a_page()
    page.answers()
    rosa.sees("Sam K. has answered")
    assert theirs.somebody_has_it()


def test_a_no_pages_the_next_helper_at_once(night: Night, rosa: Rosa) -> None:
    night.crowd(4)
    rosa.presses()
    first = next(one for one in night.helpers.values() if one.unread())
    before = len(night.messages())
    assert "Thank you for saying so" in first.gets_a_page().declines()
    assert len(night.messages()) == before + 1


def test_whoever_said_no_is_not_asked_again(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    sam.gets_a_page().declines(i_was_there=True)
    night.passes(minutes=30)
    sam.gets_nothing()


def test_sam_hands_it_back_and_ines_is_paged_at_once(night: Night, rosa: Rosa, sam: Helper, ines: Helper) -> None:
    rosa.presses()
    ines.gets_a_page()
    sam.gets_a_page().answers()
    ines.gets_nothing()
    sam.presses("I can’t after all")
    sam.sees("Thank you for saying so")
    ines.gets_a_page().answers()
    rosa.sees("Ines M. has answered")
    rosa.does_not_see("Sam K.")


def test_sam_answers_and_nobody_joins_so_the_search_goes_on(
    night: Night, rosa: Rosa, sam: Helper, ines: Helper
) -> None:
    rosa.presses()
    ines.gets_a_page()
    sam.gets_a_page().answers()
    night.passes(minutes=4, seconds=59)
    ines.gets_nothing()
    night.passes(seconds=1)
    ines.gets_a_page().answers()
    sam.sees("Others are being asked", "You could not do more from here.")
    rosa.sees("Ines M. has answered")
    sam.may_be_paged()


def test_rosa_reads_slowly_and_sam_still_has_his_time(night: Night, rosa: Rosa, sam: Helper, ines: Helper) -> None:
    rosa.presses()
    ines.gets_a_page()
    sam.gets_a_page().answers()
    night.passes(minutes=4, seconds=50)
    rosa.reads_the_limits()
    night.passes(minutes=2)
    sam.presses("I’m with them")
    rosa.sees("Sam K. is with you")
    night.passes(hours=1)
    ines.gets_nothing()


def test_sam_taps_twice_and_has_one_seat(rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    page = sam.gets_a_page()
    page.opens()
    form = sam.phone.screen.form_with("I can take it")
    sam.phone.sends(form.action, {**form.fields})
    sam.phone.sends(form.action, {**form.fields})
    sam.sees("Someone is waiting. They are reading the limits.")


def test_somebody_who_finds_the_link_later_does_not_get_the_seat(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    page = sam.gets_a_page()
    page.answers()
    stranger = night.browser()
    assert "answered on another phone" in stranger.opens(page.path).words
    assert "There is no seat on this phone" in stranger.opens("/seat").words


def test_a_wrong_key_is_a_page_that_is_over(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    sam.gets_a_page()
    assert "This page is over, thank you" in night.browser().opens("/p/nobody-knows-this-one").words
    rosa.sees("1 peer was paged.")


def test_looking_at_a_page_answers_nothing(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    page = sam.gets_a_page()
    for _ in range(3):  # a mail scanner, a link preview, the phone itself
        night.browser().opens(page.path)
    rosa.sees("We are looking for somebody")


def test_ines_says_yes_to_two_calls_and_sits_with_the_first_alone(night: Night, rosa: Rosa, ines: Helper) -> None:
    other = night.rosa()
    rosa.presses()
    other.presses()
    ines.gets_a_page().answers()
    rosa.sees("Ines M. has answered")
    other.does_not_see("Ines M.")
    ines.gets_nothing()


def test_ines_comes_free_and_the_one_who_waits_longest_is_next(night: Night, rosa: Rosa, ines: Helper) -> None:
    second, third = night.rosa(), night.rosa()
    for caller in (rosa, second, third):
        caller.presses()
        night.passes(seconds=10)
    ines.gets_a_page().answers()
    rosa.reads_the_limits()
    ines.presses("Yes, we are finished")
    ines.gets_a_page().answers()
    second.sees("Ines M. has answered")
    third.does_not_see("Ines M.")


def test_a_prank_is_closed_kindly_and_whoever_is_in_earnest_presses_again(rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    sam.gets_a_page().answers()
    sam.presses("Yes, end it")
    rosa.sees("This call was closed", "If that is not so, press again: somebody else comes.")
    rosa.presses()
    sam.gets_a_page()


def test_twenty_prank_calls_ines_gets_one_page_at_a_time_and_rosa_is_answered(
    night: Night, rosa: Rosa, ines: Helper
) -> None:
    for _ in range(20):
        night.rosa().presses()
        night.passes(seconds=1)
    rosa.presses()
    for _ in range(20):
        ines.gets_a_page().answers()
        ines.gets_nothing()
        ines.presses("Yes, end it")
    ines.gets_a_page().answers()
    rosa.sees("Ines M. has answered")


def test_suspended_while_they_hold_a_page_it_is_withdrawn_and_another_is_asked(
    night: Night, rosa: Rosa, sam: Helper, okafor: Helper
) -> None:
    rosa.presses()
    page = sam.gets_a_page()
    night.suspends(sam)
    okafor.gets_a_page()
    assert page.is_over()


def test_suspended_while_they_sit_and_rosa_gets_somebody_else(
    night: Night, rosa: Rosa, sam: Helper, ines: Helper
) -> None:
    rosa.presses()
    ines.gets_a_page()
    sam.gets_a_page().answers()
    night.suspends(sam)
    ines.gets_a_page().answers()
    rosa.sees("Ines M. has answered")


def test_a_certificate_lapses_at_midnight_and_so_does_the_page(night: Night, rosa: Rosa, sam: Helper) -> None:
    night.joins(sam.part, certified_until="2026-03-04")
    night.passes(hours=20, minutes=55)
    rosa.presses()
    page = sam.gets_a_page()
    night.passes(seconds=30)
    assert "Can you take one?" in page.opens()
    night.passes(seconds=40)
    assert "This one goes to another helper" in sam.phone.presses("I can take it").words
    night.passes(minutes=30)
    sam.gets_nothing()


def test_after_a_hard_contact_sam_is_left_alone_until_he_said(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    sam.gets_a_page().answers()
    rosa.reads_the_limits()
    sam.presses("I’m with them")
    sam.presses("Yes, we are finished")
    assert "How are you?" in sam.phone.screen.headings
    sam.phone.presses("24 hours")
    rosa.presses()
    night.passes(minutes=30)
    sam.gets_nothing()
    rosa.stands_down()
    night.passes(hours=23, minutes=31)
    rosa.presses()
    sam.gets_a_page()


def test_stand_down_releases_everybody(rosa: Rosa, sam: Helper, ines: Helper) -> None:
    rosa.presses()
    pages = [sam.gets_a_page(), ines.gets_a_page()]
    rosa.stands_down()
    rosa.reads("You stood down. That is fine", "Nobody asks why.")
    assert all(page.is_over() for page in pages)


def test_rosa_stands_down_while_sam_sits_and_he_is_told_kindly(rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    sam.gets_a_page().answers()
    rosa.stands_down()
    sam.sees("They stood down", "Thank you for being there.")


def test_a_helper_who_never_opened_the_app_needs_nothing_but_the_link(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    page = sam.gets_a_page()
    borrowed = night.browser(keeps_cookies=False)
    borrowed.opens(page.path)
    borrowed.presses("I can take it")
    assert "Someone is waiting. They are reading the limits." in borrowed.screen.words
    rosa.reads_the_limits()
    borrowed.presses("Look again now")
    borrowed.presses("I’m with them")
    rosa.sees("Sam K. is with you")


def test_a_timer_that_comes_twice_changes_nothing(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    sam.gets_a_page()
    turn = Turn.objects.get()
    deed(calls.escalate, turn.pk)
    rosa.sees("1 peer was paged.", "in 2 minutes (03:06 MST)")
