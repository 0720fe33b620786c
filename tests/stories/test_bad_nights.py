"""The night everything breaks: carriers refuse, hang and double; the power goes; no watch, no carrier, no database."""

from pathlib import Path

import pytest

from stepitup.directory.actions import HOTLINES, TROUBLE, write_static
from stepitup.paging import carriers
from stepitup.paging.facts import Then
from tests.rooms.in_sight import has_a_number_in_sight
from tests.stories import cast
from tests.stories.browser import Browser
from tests.stories.network import Network
from tests.stories.night import Night, a_night
from tests.stories.people import Helper, Rosa


def test_a_carrier_refuses_so_the_same_helper_is_tried_another_way_at_once(night: Night, rosa: Rosa) -> None:
    sam = night.joins(cast.SAM, ways=("text", "voice"))
    night.text.refuses(sam.part.number)
    rosa.presses()
    sam.gets_a_page()
    assert night.text.delivered == []
    assert len(night.voice.delivered) == 1


def test_no_way_to_sam_works_so_the_next_helper_is_paged_at_once(night: Night, rosa: Rosa, okafor: Helper) -> None:
    sam = night.joins(cast.SAM, ways=("text", "voice"))
    night.text.refuses(sam.part.number)
    night.voice.refuses(sam.part.number, Then.UNREACHABLE)
    rosa.presses()
    sam.gets_nothing()
    okafor.gets_a_page()


def test_a_carrier_that_stumbles_is_tried_again_in_seconds(night: Night, rosa: Rosa, sam: Helper) -> None:
    night.text.refuses(sam.part.number, Then.TRY_AGAIN)
    rosa.presses()
    sam.gets_nothing()
    night.text.recovers()
    night.passes(seconds=2)
    sam.gets_a_page()


def test_a_carrier_that_hangs_delays_nobody_and_its_page_goes_the_next_way(
    night: Night, rosa: Rosa, ines: Helper
) -> None:
    sam = night.joins(cast.SAM, ways=("text", "voice"))
    night.text.hangs_for(sam.part.number)
    night.voice.refuses(sam.part.number)
    rosa.presses()
    ines.gets_a_page()
    sam.gets_nothing()
    night.passes(seconds=15)
    rosa.sees("1 peer was paged. 1 helper could not be reached. We try again.")
    night.passes(hours=1)
    ines.may_be_paged()


def test_a_message_that_arrives_twice_is_one_page(night: Night, rosa: Rosa, sam: Helper) -> None:
    night.text.doubles()
    rosa.presses()
    page = sam.gets_a_page()
    sam.gets_nothing()
    page.answers()
    assert "You took this one" in page.opens()
    rosa.sees("Sam K. has answered")


def test_the_power_goes_after_the_page_was_sent_and_sam_sees_one_page(night: Night, rosa: Rosa, sam: Helper) -> None:
    night.watch.crash_after_sending()
    rosa.presses()
    sam.gets_a_page()
    night.passes(seconds=30)
    night.watch.start()
    sam.gets_nothing()
    assert len(night.text.keys) == 2, "it was sent again, with the key by which the carrier knows it"


def test_the_power_goes_before_anything_was_sent_and_the_page_goes_when_it_is_back(
    night: Night, rosa: Rosa, sam: Helper
) -> None:
    night.watch.stop()
    rosa.presses()
    sam.gets_nothing()
    night.passes(minutes=1)
    night.watch.start()
    sam.gets_a_page()


def test_a_watch_that_is_dead_for_ten_seconds_is_no_secret(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    sam.gets_a_page()
    night.watch.stop()
    night.passes(seconds=9)
    rosa.does_not_see("Our paging has stopped.")
    night.passes(seconds=2)
    rosa.sees("Our paging has stopped. That is our failure, not yours.")
    assert "988" in rosa.phone.screen.main_action
    night.watch.start()
    rosa.does_not_see("Our paging has stopped.")


def test_a_house_without_carriers_opens_the_call_and_tells_the_truth(db: None) -> None:
    with a_night(with_carriers=False) as night:
        rosa = night.rosa()
        sam = night.joins(cast.SAM)
        rosa.presses()
        rosa.reads("Your call is open")
        rosa.sees("Nobody has answered yet. That is our failure, not yours.", "988")
        sam.gets_nothing()


def test_whoever_only_a_carrier_we_have_not_could_reach_takes_nobodys_place(
    night: Night, rosa: Rosa, okafor: Helper
) -> None:
    sam = night.joins(cast.SAM)
    with carriers.use(night.voice, Network("mail")):
        night.joins(cast.INES, ways=("voice",))
        rosa.presses()
        night.helpers["ines"].gets_a_page()
        sam.gets_nothing()
        rosa.sees("1 peer was paged.")
    okafor.may_be_paged()


def test_the_clock_steps_back_an_hour_and_the_call_still_goes_on(
    night: Night, rosa: Rosa, sam: Helper, okafor: Helper
) -> None:
    rosa.presses()
    sam.gets_a_page()
    night.clock.wind(hours=-1)
    rosa.looks()
    okafor.gets_a_page().answers()
    rosa.sees("Dr. Okafor has answered")


def test_the_hotlines_open_with_the_database_down(tmp_path: Path) -> None:
    write_static(tmp_path)
    for name in (HOTLINES, TROUBLE):
        page = (tmp_path / name).read_text(encoding="utf-8")
        assert has_a_number_in_sight(page)
        assert "sms:988" in page


@pytest.mark.parametrize("screen", ["danger", "worried", "hotlines", "family", "away", "who-runs-this"])
def test_the_screens_that_matter_most_open_with_the_database_down(screen: str) -> None:
    # This test has no database: whatever asked for it would fail.
    phone = Browser(then=lambda: None)
    raw = phone.opens(f"/{screen}").raw
    assert phone.screen.status == 200
    assert has_a_number_in_sight(raw) or screen in {"away", "who-runs-this"}
