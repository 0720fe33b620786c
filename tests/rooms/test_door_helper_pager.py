"""The demonstration's phones: there only in the demonstration, and true to what was sent."""

import json
import re
from collections.abc import Iterator

import pytest

from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.paging import actions as paging
from stepitup.paging import questions
from stepitup.paging.models import Attempt
from stepitup.paging.sending import hand_over
from tests.rooms.door_night import Phone, Rosa, demo_night

pytestmark = pytest.mark.django_db


@pytest.fixture
def night() -> Iterator[HandClock]:
    with demo_night() as hand:
        yield hand


def the_watch_sends() -> None:
    """Hand every waiting attempt to its carrier, as the watch does."""
    for attempt in Attempt.objects.filter(state="waiting").order_by("pk"):
        for page in questions.prepare([attempt.pk]):
            deed(paging.record, attempt.pk, hand_over(page))


def test_each_of_the_24_helpers_has_a_phone_with_a_name_and_a_role(night: HandClock) -> None:
    screen = Phone().opens("/demo/pager").screen
    assert screen.count('aria-labelledby="phone-') == 24
    assert "Sam K." in screen
    for role in ("Peer", "Chaplain", "Clinician", "Coordinator"):
        assert role in screen
    assert "DEMO" in screen


def test_a_press_lights_up_the_phones_and_the_link_opens_the_two_buttons(night: HandClock) -> None:
    rosa = Rosa()
    the_watch_sends()
    pager = Phone().opens("/demo/pager")
    for key in rosa.keys:
        assert f'href="/p/{key}"' in pager.screen
    assert "I can take it" in pager.opens(f"/p/{rosa.keys[0]}").screen


def test_programs_read_the_same_with_the_newest_last(night: HandClock) -> None:
    rosa = Rosa()
    the_watch_sends()
    first = set(rosa.keys)
    night.wind(minutes=1)
    later = Rosa()
    the_watch_sends()
    told = json.loads(Phone().opens("/demo/pager.json").screen)
    assert all(set(one) == {"helper", "role", "way", "text", "link", "key", "at"} for one in told)
    assert [one["at"] for one in told] == sorted(one["at"] for one in told)
    assert {one["key"] for one in told} == first | set(later.keys)
    assert told[-1]["key"] in later.keys
    assert told[0]["link"].endswith(f"/p/{told[0]['key']}")
    assert told[0]["way"].startswith("pager:")
    assert told[0]["link"] in told[0]["text"]


def test_whoever_lit_up_last_stands_first_and_each_message_says_by_which_way_it_came(night: HandClock) -> None:
    Rosa()
    the_watch_sends()
    night.wind(minutes=1)
    later = Rosa()
    the_watch_sends()
    first = Phone().opens("/demo/pager").screen.partition('aria-labelledby="phone-1"')[2].partition("</section>")[0]
    assert any(key in first for key in later.keys)
    ways = re.findall(r"pager:[a-z]+-\d", first)
    assert len(set(ways)) == len(ways) == 2


def test_the_pager_looks_again_with_and_without_script(night: HandClock) -> None:
    screen = Phone().opens("/demo/pager").screen
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in screen
    assert 'data-again="3"' in screen


@pytest.mark.parametrize("address", ["/demo/pager", "/demo/pager.json"])
def test_a_real_house_has_no_such_phones(address: str) -> None:
    with demo_night(demo=False):
        assert Phone().opens(address).status == 404


def test_the_pager_is_never_stored(night: HandClock) -> None:
    for address in ("/demo/pager", "/demo/pager.json"):
        assert Phone().opens(address).headers["Cache-Control"] == "no-store"
