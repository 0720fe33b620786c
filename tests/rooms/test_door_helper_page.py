"""A page at the door: two buttons, nothing about the caller, and only a press changes anything."""

import re
from collections.abc import Iterator

import pytest

from stepitup.calls import actions
from stepitup.calls.models import Asked, Call
from stepitup.calls.models import Seat as SeatRow
from stepitup.calls.told import Number, Told
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.vocabulary import Kind
from stepitup.paging.links import page_key
from stepitup.paging.models import Page
from stepitup.roster import actions as roster
from stepitup.roster.models import Helper
from tests.rooms.door_night import ON_CALL, Phone, Rosa, demo_night

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def night() -> Iterator[HandClock]:
    with demo_night() as hand:
        yield hand


def test_a_page_opens_with_two_buttons_and_nothing_about_the_caller() -> None:
    rosa = Rosa(Told(shown=("divorce",), number=Number("+13035550199")))
    sam = Phone().opens(f"/p/{rosa.keys[0]}")
    assert sam.status == 200
    assert "I can take it" in sam.screen
    assert "I can’t" in sam.screen
    assert "I can’t: I was there" in sam.screen
    assert "Saying no is fine. Nobody asks why, and the next helper is asked at once." in sam.screen
    for secret in ("divorce", "0199", "separation", str(rosa.call), rosa.opened.token):
        assert secret not in sam.screen


def test_opening_a_link_changes_nothing_however_often_a_scanner_opens_it() -> None:
    rosa = Rosa()
    before = Call.objects.values().get(), list(SeatRow.objects.values())
    for key in rosa.keys:
        for address in (f"/p/{key}", f"/p/{key}/acknowledge", f"/p/{key}/decline"):
            Phone().opens(address)
            Phone()._client.head(address, secure=True)
    assert (Call.objects.values().get(), list(SeatRow.objects.values())) == before


def test_a_page_is_not_stored_and_its_key_is_told_to_nobody() -> None:
    sam = Phone().opens(f"/p/{Rosa().keys[0]}")
    assert sam.headers["Cache-Control"] == "no-store"
    assert sam.headers["Referrer-Policy"] == "no-referrer"


def test_sam_takes_it_and_is_sent_to_the_seat() -> None:
    rosa = Rosa()
    sam = Phone().takes(rosa.keys[0])
    assert "Someone is waiting. They are reading the limits." in sam.screen
    assert rosa.state() == "acknowledged"


def test_a_phone_without_cookies_walks_to_the_end() -> None:
    rosa = Rosa()
    sam = Phone(keeps_cookies=False).takes(rosa.keys[0])
    assert "They are reading the limits" in sam.screen
    rosa.reads_the_limits()
    sam.presses("/seat", seat=sam.hidden("seat"))
    sam.presses("/seat/joined", seat=sam.hidden("seat"))
    assert "You are with them" in sam.screen
    sam.presses("/seat/finished", seat=sam.hidden("seat"))
    assert "How are you?" in sam.screen
    assert rosa.state() == "closed"


def test_the_page_of_yesterday_still_works_without_its_mark() -> None:
    rosa = Rosa()
    sam = Phone().presses(f"/p/{rosa.keys[0]}/acknowledge")
    assert sam.status in {200, 303}
    assert rosa.state() == "acknowledged"


def test_a_double_tap_gives_the_same_seat_again() -> None:
    rosa, sam = Rosa(), Phone()
    sam.opens(f"/p/{rosa.keys[0]}")
    press = sam.hidden("press")
    sam.presses(f"/p/{rosa.keys[0]}/acknowledge", press=press)
    first = sam.cookies["__Host-seat"]
    sam.presses(f"/p/{rosa.keys[0]}/acknowledge", press=press)
    assert sam.cookies["__Host-seat"] == first
    assert SeatRow.objects.count() == 1


def test_the_second_helper_is_thanked() -> None:
    rosa = Rosa()
    Phone().takes(rosa.keys[0])
    ines = Phone().presses(f"/p/{rosa.keys[1]}/acknowledge", press="x" * 22)
    assert ines.status == 409
    assert "Someone has it, thank you" in ines.screen
    assert ON_CALL in ines.screen
    assert "__Host-seat" not in ines.cookies
    assert "Someone has it, thank you" in Phone().opens(f"/p/{rosa.keys[1]}").screen


def test_nobody_elses_press_opens_the_seat_that_was_taken() -> None:
    rosa = Rosa()
    Phone().takes(rosa.keys[0])
    thief = Phone().presses(f"/p/{rosa.keys[0]}/acknowledge", press="somebody else's press")
    assert "__Host-seat" not in thief.cookies
    assert "answered on another phone" in thief.screen


def test_a_lost_phone_can_be_handed_back_from_the_link() -> None:
    rosa = Rosa()
    Phone().takes(rosa.keys[0])
    other = Phone().opens(f"/p/{rosa.keys[0]}")
    assert "Hand it back" in other.screen
    other.presses(f"/p/{rosa.keys[0]}/decline")
    assert rosa.state() == "waiting"


def test_the_phone_that_answered_is_shown_the_way_to_its_seat() -> None:
    rosa = Rosa()
    sam = Phone().takes(rosa.keys[0])
    assert 'href="/seat"' in sam.opens(f"/p/{rosa.keys[0]}").screen


def test_one_browser_with_two_phones_is_not_sent_to_the_wrong_seat() -> None:
    first, second = Rosa(), Rosa()
    browser = Phone().takes(first.keys[0])
    browser.takes(second.keys[0])
    assert "another phone" in browser.opens(f"/p/{first.keys[0]}").screen


def test_saying_no_is_thanked_and_the_next_helper_is_asked() -> None:
    rosa = Rosa()
    asked = len(rosa.keys)
    sam = Phone().presses(f"/p/{rosa.keys[0]}/decline")
    assert "Thank you for saying so" in sam.screen
    assert len(rosa.keys) == asked + 1


def test_i_was_there_is_a_no_and_leaves_no_trace() -> None:
    rosa = Rosa()
    sam = Phone().presses(f"/p/{rosa.keys[0]}/decline", i_was_there="yes")
    assert "Thank you for saying so" in sam.screen
    assert "there" not in re.sub(r"<[^>]+>", "", repr(list(Call.objects.values())))


@pytest.mark.parametrize("key", ["x", "A" * 22, "%00", "%ff%fe", "🚒", "a" * 5000])
def test_a_key_that_never_was_is_a_page_that_is_over(key: str) -> None:
    for phone in (Phone().opens(f"/p/{key}"), Phone().presses(f"/p/{key}/acknowledge")):
        assert phone.status == 404
        assert "This page is over, thank you" in phone.screen


def test_after_rosa_stands_down_the_page_is_over() -> None:
    rosa = Rosa()
    deed(actions.stand_down, rosa.call)
    sam = Phone().opens(f"/p/{rosa.keys[0]}")
    assert "This page is over, thank you" in sam.screen
    late = Phone().presses(f"/p/{rosa.keys[0]}/acknowledge")
    assert late.status == 410
    assert "This page is over, thank you" in late.screen


def test_when_the_seat_is_over_so_is_the_page_that_was_answered() -> None:
    rosa = Rosa()
    Phone().takes(rosa.keys[0])
    deed(actions.stand_down, rosa.call)
    assert "This page is over" in Phone().opens(f"/p/{rosa.keys[0]}").screen


def test_a_helper_who_went_off_meanwhile_is_told_so_kindly(night: HandClock) -> None:
    rosa = Rosa()
    page = Page.objects.order_by("opened_at", "pk").first()
    assert page is not None
    deed(roster.suspend, page.helper)
    sam = Phone().presses(f"/p/{page_key(page.pk)}/acknowledge")
    assert sam.status == 409
    assert "This one goes to another helper" in sam.screen
    assert rosa.state() == "waiting"


def test_a_coordinator_who_cannot_sit_is_asked_to_find_somebody_and_has_nothing_to_press() -> None:
    key = _page_to_a_coordinator(also_peer=False)
    maria = Phone().opens(f"/p/{key}")
    assert "A page is unanswered. Find a helper." in maria.screen
    assert "Can you take one?" not in maria.screen
    assert "<button" not in maria.screen.partition("<main")[2].partition("</main")[0]
    assert "Only a certified helper can sit" in maria.presses(f"/p/{key}/acknowledge").screen


def test_a_coordinator_who_is_also_a_peer_may_take_it() -> None:
    key = _page_to_a_coordinator(also_peer=True)
    maria = Phone().opens(f"/p/{key}")
    assert "A page is unanswered. Find a helper." in maria.screen
    assert "They are reading the limits" in maria.takes(key).screen


def _page_to_a_coordinator(*, also_peer: bool) -> str:
    """Rosa's first page, as if it had gone to a coordinator."""
    rosa = Rosa()
    asked = Asked.objects.filter(turn__call=rosa.call).order_by("pk")[0]
    Asked.objects.filter(pk=asked.pk).update(kind=Kind.COORDINATOR)
    Helper.objects.filter(pk=asked.helper_id).update(is_peer=also_peer, is_coordinator=True)
    return page_key(asked.page_id)
