"""Ines has a landline and nothing else: she takes a call by key where Rosa left a number, and hears all on the line."""

from stepitup.calls.models import Seat
from stepitup.roster.models import Helper as HelperRow
from tests.stories import cast
from tests.stories.night import Night
from tests.stories.people import Helper, Rosa

ROSAS = "+13035550177"


def ines_takes_it(night: Night, rosa: Rosa, *, number: str = ROSAS, has_read: bool = True) -> Helper:
    ines = night.joins(cast.INES, ways=("voice",))
    rosa.presses()
    if number:
        rosa.leaves_a_number(number)
    if has_read:
        rosa.reads_the_limits()
    assert "We ring you again" in ines.phone.rings().presses(1)
    rosa.sees("Ines M. has answered")
    return ines


def test_when_rosa_has_read_the_limits_the_house_rings_both(night: Night, rosa: Rosa) -> None:
    ines = ines_takes_it(night, rosa, has_read=False)
    ines.gets_nothing()
    rosa.reads_the_limits()
    ring = ines.phone.rings_to_join()
    assert ring.is_picked_up() == ROSAS
    ring.caller_presses(1)
    assert Seat.objects.get().joined_at is not None
    rosa.sees("Ines M.")


def test_her_key_brought_twice_rings_her_once(night: Night, rosa: Rosa) -> None:
    ines = night.joins(cast.INES, ways=("voice",))
    rosa.presses()
    rosa.leaves_a_number(ROSAS)
    rosa.reads_the_limits()
    ring = ines.phone.rings()
    assert ring.presses(1) == ring.presses(1)
    ines.phone.rings_to_join()
    ines.gets_nothing()


def test_where_she_has_read_them_already_it_rings_at_once(night: Night, rosa: Rosa) -> None:
    ines = ines_takes_it(night, rosa)
    assert ines.phone.rings_to_join().is_picked_up() == ROSAS


def test_without_a_number_the_next_one_is_asked_at_once(night: Night, rosa: Rosa) -> None:
    ines = night.joins(cast.INES, ways=("voice",))
    rosa.presses()
    theo = night.joins(cast.THEO)
    assert "You cannot take this one" in ines.phone.rings().presses(1)
    theo.gets_a_page()
    rosa.does_not_see("Ines M. has answered")


def test_after_the_talk_ines_is_asked_on_the_line_and_is_done(night: Night, rosa: Rosa) -> None:
    ines = ines_takes_it(night, rosa)
    ring = ines.phone.rings_to_join()
    ring.is_picked_up()
    ring.caller_presses(1)
    ring.ends()
    again = ines.phone.rings_to_join()
    assert "3 if you are done" in again.asks()
    assert "Your part is done" in again.helper_presses(3)
    assert Seat.objects.get().ended_at is not None
    again.ends()
    ines.gets_nothing()


def talk_and_hang_up(night: Night, rosa: Rosa) -> Helper:
    """The two have talked, and Ines has put the receiver down."""
    ines = ines_takes_it(night, rosa)
    ring = ines.phone.rings_to_join()
    ring.is_picked_up()
    ring.caller_presses(1)
    ring.ends()
    return ines


def test_ines_hangs_up_without_a_word_is_asked_twice_and_then_others_are_asked(night: Night, rosa: Rosa) -> None:
    ines = talk_and_hang_up(night, rosa)
    theo = night.joins(cast.THEO)
    hers = ines.phone.rings_to_join()
    assert hers.goes_to_voicemail() == ""
    hers.ends()
    night.passes(minutes=4)
    ines.gets_nothing()
    night.passes(minutes=1)
    again = ines.phone.rings_to_join()
    assert "3 if you are done" in again.asks()
    again.ends()
    night.passes(minutes=4)
    rosa.sees("Ines M. is with you")
    theo.gets_nothing()
    ines.may_be_paged()
    night.passes(minutes=1)
    theo.gets_a_page()
    rosa.sees("has left the line and did not say how it goes on", "If you need nobody now, stand down.")
    assert "They cannot be reached this way just now" in again.is_picked_up(), "a key that comes too late joins nobody"


def test_a_provider_that_tells_us_of_no_end_changes_nothing_in_that(night: Night, rosa: Rosa) -> None:
    ines = talk_and_hang_up(night, rosa)
    theo = night.joins(cast.THEO)
    ines.phone.rings_to_join()
    night.passes(minutes=5)
    ines.phone.rings_to_join()
    ines.may_be_paged()
    night.passes(minutes=5)
    theo.gets_a_page()


def test_a_line_of_which_we_never_hear_the_end_is_over_when_it_is_cut(night: Night, rosa: Rosa) -> None:
    ines = ines_takes_it(night, rosa)
    ring = ines.phone.rings_to_join()
    ring.is_picked_up()
    ring.caller_presses(1)
    night.passes(hours=3, minutes=59)
    ines.gets_nothing()
    night.passes(minutes=1)
    assert "3 if you are done" in ines.phone.rings_to_join().asks()
    ines.may_be_paged()
    night.passes(minutes=5)
    rosa.sees("has left the line and did not say how it goes on")


def test_joined_once_more_they_have_all_the_time_they_need_and_she_is_asked_anew(night: Night, rosa: Rosa) -> None:
    ines = talk_and_hang_up(night, rosa)
    again = ines.phone.rings_to_join()
    again.helper_presses(1)
    assert again.is_picked_up() == ROSAS
    night.passes(hours=1)
    ines.gets_nothing()
    again.ends()
    assert "Your part is done" in ines.phone.rings_to_join().helper_presses(3)
    night.passes(minutes=15)
    ines.gets_nothing()


def test_rosa_stands_down_meanwhile_and_nobody_is_rung_any_more(night: Night, rosa: Rosa) -> None:
    ines = talk_and_hang_up(night, rosa)
    ines.phone.rings_to_join()
    rosa.stands_down()
    night.passes(minutes=15)
    ines.gets_nothing()


def test_rosa_does_not_pick_up_and_ines_passes_her_on(night: Night, rosa: Rosa) -> None:
    ines = ines_takes_it(night, rosa)
    theo = night.joins(cast.THEO)
    ring = ines.phone.rings_to_join()
    ring.is_picked_up()
    assert ring.caller_does_not_pick_up().startswith("They cannot be reached just now.")
    assert "handed back" in ring.helper_presses(2)
    theo.gets_a_page()


def test_nobody_joined_and_somebody_else_is_asked(night: Night, rosa: Rosa) -> None:
    ines = ines_takes_it(night, rosa)
    ring = ines.phone.rings_to_join()
    theo = night.joins(cast.THEO)
    ines.may_be_paged()
    night.passes(minutes=15)
    theo.gets_a_page()
    assert "cannot be reached this way" in ring.is_picked_up(), "a ring that comes too late rings nobody"


def test_rosa_takes_her_number_back_and_is_not_rung(night: Night, rosa: Rosa) -> None:
    ines = ines_takes_it(night, rosa)
    rosa.phone.opens("/call/number")
    rosa.phone.presses("Delete my number now")
    assert "cannot be reached this way" in ines.phone.rings_to_join().is_picked_up()


def test_ines_hears_it_all_in_spanish(night: Night, rosa: Rosa) -> None:
    ines = ines_takes_it(night, rosa)
    HelperRow.objects.update(languages=["es"])
    ring = ines.phone.rings_to_join()
    ring.is_picked_up()
    assert ring.caller_does_not_pick_up().startswith("Por ahora no se les puede alcanzar.")
