"""Notices in browsers, Sam's and Ines's side by side: what reaches one of them says nothing about the other."""

import pytest

from stepitup.ground.subscription import Subscription, read_subscription
from stepitup.paging.carriers.push.tests.browser import Browser
from stepitup.roster import browsers
from stepitup.roster.browsers import add_browser, has_nothing_else, has_only_courtesies, own_browsers, take_off_browser
from stepitup.roster.errors import NoSuchHelper, NoSuchWay
from stepitup.roster.models import Helper, Way
from stepitup.roster.reading import ADDRESS, opened
from tests.rooms.calls_house import NIGHT, hire

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]


def subscription(of: str) -> Subscription:
    return read_subscription(Browser().subscription(f"https://push.example/wp/{of}"))


def test_a_new_browser_stands_behind_the_ways_of_its_helper() -> None:
    sam, _ines = hire("Sam", by=("text",)), hire("Ines", by=("text", "voice", "mail"))
    add_browser(NIGHT, sam, subscription("sam"))
    assert list(Way.objects.filter(helper=sam).order_by("position").values_list("position", "carrier")) == [
        (0, "text"),
        (1, "push"),
    ]
    nobody_yet = hire("Earl", by=())
    add_browser(NIGHT, nobody_yet, subscription("earl"))
    assert Way.objects.get(helper=nobody_yet).position == 0


def test_a_browser_that_comes_again_keeps_its_place_and_brings_its_new_keys() -> None:
    sam, ines = hire("Sam"), hire("Ines")
    first, hers = add_browser(NIGHT, sam, subscription("sam")), add_browser(NIGHT, ines, subscription("ines"))
    before = Way.objects.get(pk=hers).address_sealed
    new_keys = subscription("sam")
    assert add_browser(NIGHT, sam, new_keys) == first
    assert opened(ADDRESS, Way.objects.get(pk=first).address_sealed) == new_keys.written()
    assert Way.objects.get(pk=hers).address_sealed == before


def test_only_a_browser_of_ones_own_is_taken_off_here_and_no_other_way() -> None:
    sam = hire("Sam", by=("text",))
    one, other = (add_browser(NIGHT, sam, subscription(name)) for name in ("phone", "tablet"))
    with pytest.raises(NoSuchWay):
        take_off_browser(NIGHT, sam, Way.objects.get(carrier="text").pk)
    take_off_browser(NIGHT, sam, one)
    assert [browser.id for browser in own_browsers(sam)] == [other]


def test_whoever_is_reached_by_notices_alone_is_told_so_whatever_reaches_the_others() -> None:
    by_notice, by_text, by_nothing = hire("Sam", by=("push",)), hire("Ines", by=("text", "push")), hire("Earl", by=())
    assert [has_nothing_else(one) for one in (by_notice, by_text, by_nothing)] == [True, False, True]
    assert [has_only_courtesies(one) for one in (by_notice, by_text, by_nothing)] == [True, False, False]
    Way.objects.filter(helper=by_text, carrier="text").update(unreachable_since=NIGHT)
    assert has_only_courtesies(by_text)


def test_whoever_was_taken_off_the_roster_turns_no_notices_on() -> None:
    sam, ines = hire("Sam"), hire("Ines")
    Helper.objects.filter(pk=sam).update(removed_at=NIGHT)
    with pytest.raises(NoSuchHelper):
        add_browser(NIGHT, sam, subscription("sam"))
    add_browser(NIGHT, ines, subscription("ines"))
    assert browsers.MOST == 4
