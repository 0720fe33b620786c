"""Sam and Rosa came together, hours pass, and nobody says that they have finished: he is asked, and nothing ends."""

import pytest

from stepitup.calls.actions import ask_whether_still_there
from stepitup.calls.models import Seat
from stepitup.calls.timing import STILL_THERE
from stepitup.ground import timers
from stepitup.ground.deeds import deed
from stepitup.paging.facts import NoticeWords
from stepitup.roster.models import Helper as HelperRow
from tests.stories import cast
from tests.stories.network import Message
from tests.stories.night import Night
from tests.stories.people import Helper, Rosa

pytestmark = pytest.mark.only_on("sqlite")  # about words and hours


def with_sam(rosa: Rosa, sam: Helper) -> None:
    """The two are in contact."""
    rosa.presses()
    sam.gets_a_page().answers()
    rosa.reads_the_limits()
    sam.presses("I’m with them")
    rosa.sees("Sam K. is with you")


def asked(sam: Helper) -> Message:
    """The one message that came, and where its link leads."""
    (message,) = sam.unread()
    assert message.words is NoticeWords.STILL_THERE
    assert message.text == f"No hurry. If you have finished, say so here. Until then no page comes: {message.link}"
    sam.may_be_paged()
    return message


def test_after_three_hours_sam_is_asked_and_finishes_with_one_press(night: Night, rosa: Rosa, sam: Helper) -> None:
    with_sam(rosa, sam)
    night.passes(hours=2, minutes=59)
    sam.gets_nothing()
    sam.does_not_see("Have you two finished?")
    night.passes(minutes=1)
    question = asked(sam)
    assert "Have you two finished?" in sam.phone.opens("/s/" + question.link.rpartition("/s/")[2]).words
    sam.phone.presses("Yes, we are finished")
    other = night.rosa()
    other.presses()
    assert sam.unread()[-1].words == "page", "and is paged for somebody else"


def test_whoever_is_still_talking_says_nothing_and_stays_and_is_not_asked_again(
    night: Night, rosa: Rosa, sam: Helper
) -> None:
    with_sam(rosa, sam)
    night.passes(hours=3)
    asked(sam)
    night.passes(hours=20)
    assert len(sam.unread()) == 1
    rosa.sees("Sam K. is with you")


def test_whoever_has_finished_is_not_asked(night: Night, rosa: Rosa, sam: Helper) -> None:
    with_sam(rosa, sam)
    sam.presses("Yes, we are finished")
    assert timers.armed_for(STILL_THERE, Seat.objects.get().pk) is None
    night.passes(hours=4)
    sam.gets_nothing()


def test_a_question_that_comes_too_late_asks_nobody_and_does_not_come_again(rosa: Rosa, sam: Helper) -> None:
    with_sam(rosa, sam)
    sam.presses("Yes, we are finished")
    sam.presses("24 hours")
    seat = Seat.objects.get().pk
    deed(ask_whether_still_there, seat)
    assert timers.armed_for(STILL_THERE, seat) is None


def test_on_another_phone_the_link_opens_the_seat_too(night: Night, rosa: Rosa, sam: Helper) -> None:
    with_sam(rosa, sam)
    night.passes(hours=3)
    question = asked(sam)
    phone = night.browser()
    phone.opens("/s/" + question.link.rpartition("/s/")[2])
    assert "Have you two finished?" in phone.presses("Go to your seat").words


def test_nobody_is_woken_for_it_who_could_not_be_paged_now(night: Night, rosa: Rosa, sam: Helper) -> None:
    with_sam(rosa, sam)
    HelperRow.objects.filter(pk=sam.id).update(quiet=["daily 04:00-08:00"])
    night.passes(hours=4, minutes=55)
    sam.gets_nothing()
    night.passes(hours=1)
    asked(sam)


def test_whoever_can_only_be_rung_is_asked_on_the_line_alone(night: Night, rosa: Rosa) -> None:
    ines = night.joins(cast.INES, ways=("voice",))
    rosa.presses()
    rosa.leaves_a_number("+13035550177")
    rosa.reads_the_limits()
    ines.phone.rings().presses(1)
    ring = ines.phone.rings_to_join()
    ring.is_picked_up()
    ring.caller_presses(1)
    night.passes(hours=3, minutes=59)
    ines.gets_nothing()
