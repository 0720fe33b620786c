"""The screen on which a helper turns on notices in a browser of their own."""

import json
from dataclasses import replace

import pytest
from django.test import Client
from pytest_django import Settings

from stepitup.ground.deeds import deed
from stepitup.ground.subscription import read_subscription
from stepitup.ground.team import PushSettings
from stepitup.paging.carriers.push.identity import public_key
from stepitup.paging.carriers.push.tests.browser import Browser
from stepitup.paging.facts import Words
from stepitup.paging.models import Attempt
from stepitup.roster import actions as roster
from stepitup.roster.browsers import MOST, add_browser, has_nothing_else, own_browsers, take_off_browser
from stepitup.roster.errors import NoSuchHelper, NoSuchWay
from stepitup.roster.models import Helper, Way
from tests.rooms.calls_house import NIGHT, hire
from tests.rooms.team_door import signed_in

pytestmark = pytest.mark.django_db

HERE = "/team/me/push"
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def house(settings: Settings) -> None:
    settings.TEAM = replace(settings.TEAM, push=PushSettings(contact="pages@lodge12.example"))


@pytest.fixture
def sam(client: Client) -> int:
    """Sam is on the roster, has a number for texts, and is signed in."""
    helper = hire("Sam")
    signed_in(client, helper="sam")
    return helper


def a_browser(at: str = "https://push.example/wp/one") -> dict[str, str]:
    """What the script puts into the form."""
    shape = json.loads(Browser().subscription(at))
    return {"endpoint": shape["endpoint"], **shape["keys"]}


def reads(client: Client) -> str:
    return client.get(HERE).content.decode()


def test_a_stranger_signs_in_first(client: Client) -> None:
    assert client.get(HERE).headers["Location"].startswith("/team/sign-in")


def test_turned_on_it_counts_only_after_a_test_was_answered(client: Client, sam: int) -> None:
    answer = client.post(HERE, a_browser(), headers=OURS)
    assert (answer.status_code, answer.headers["Location"]) == (303, HERE)
    (browser,) = own_browsers(sam)
    assert browser.confirmed_on is None
    test = Attempt.objects.get()
    assert (test.carrier, test.page.words) == ("push", Words.TEST)
    assert "no test was answered yet" in reads(client)
    deed(roster.mark_reachable, browser.id)
    assert "so it counts" in reads(client)


def test_the_screen_holds_the_houses_key_and_no_address_of_a_browser(client: Client, sam: int) -> None:
    client.post(HERE, a_browser(), headers=OURS)
    shown = reads(client)
    assert f'data-push="{public_key()}"' in shown
    assert "push.example" not in shown
    assert "Never rely on it alone" in shown


def test_whoever_has_nothing_else_reads_it(client: Client, sam: int) -> None:
    assert "Nothing else reaches you" not in reads(client)
    Way.objects.filter(carrier="text").delete()
    assert has_nothing_else(sam)
    assert "Nothing else reaches you now" in reads(client)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"endpoint": "https://127.0.0.1/x"},
        {"endpoint": "http://push.example/x"},
        {"p256dh": "zz"},
        {"auth": ""},
        {"endpoint": "x" * 5000},
    ],
)
def test_what_no_browser_says_is_refused_in_words_and_kept_nowhere(
    client: Client, sam: int, said: dict[str, str]
) -> None:
    answer = client.post(HERE, a_browser() | said if said else {}, headers=OURS)
    assert answer.status_code == 400
    assert "Press the button once more" in answer.content.decode()
    assert own_browsers(sam) == []


def test_turned_on_twice_it_is_one_browser_and_a_fifth_lets_the_oldest_go(client: Client, sam: int) -> None:
    for _ in range(2):
        client.post(HERE, a_browser(), headers=OURS)
    assert len(own_browsers(sam)) == 1
    first = own_browsers(sam)[0].id
    for number in range(MOST):
        client.post(HERE, a_browser(f"https://push.example/wp/{number}"), headers=OURS)
    assert len(own_browsers(sam)) == MOST
    assert first not in {browser.id for browser in own_browsers(sam)}


def test_turned_off_it_is_gone_and_nobody_turns_off_anothers(client: Client, sam: int) -> None:
    ines = hire("Ines")
    mine = deed(add_browser, sam, read_subscription(Browser().subscription("https://push.example/wp/sam")))
    hers = deed(add_browser, ines, read_subscription(Browser().subscription("https://push.example/wp/ines")))
    for way in (hers, mine, "nonsense"):
        assert client.post(f"{HERE}/off", {"way": way}, headers=OURS).status_code == 303
    assert own_browsers(sam) == []
    assert [browser.id for browser in own_browsers(ines)] == [hers]
    with pytest.raises(NoSuchWay):
        deed(take_off_browser, sam, hers)


def test_looking_sends_and_deletes_nothing(client: Client, sam: int) -> None:
    way = deed(add_browser, sam, read_subscription(Browser().subscription("https://push.example/wp/sam")))
    for verb in ("test", "off"):
        client.get(f"{HERE}/{verb}", {"way": way})
    assert [browser.id for browser in own_browsers(sam)] == [way]
    assert not Attempt.objects.exists()


def test_a_second_test_at_once_is_not_sent_and_says_why(client: Client, sam: int) -> None:
    client.post(HERE, a_browser(), headers=OURS)
    (browser,) = own_browsers(sam)
    answer = client.post(f"{HERE}/test", {"way": browser.id}, follow=True, headers=OURS)
    assert "A test is on its way already" in answer.content.decode()
    assert Attempt.objects.count() == 1


def test_the_list_of_ways_names_it_without_its_address_and_says_when_it_is_alone(client: Client, sam: int) -> None:
    way = deed(add_browser, sam, read_subscription(Browser().subscription("https://push.example/wp/sam")))
    deed(roster.mark_reachable, way)
    shown = client.get("/team/me/ways").content.decode()
    assert "Notice in a browser" in shown
    assert "push.example" not in shown
    assert "It can be muted" not in shown
    Way.objects.filter(carrier="text").delete()
    assert "It can be muted" in client.get("/team/me/ways").content.decode()


def test_where_the_house_sends_none_the_screen_says_so(client: Client, sam: int, settings: Settings) -> None:
    settings.TEAM = replace(settings.TEAM, push=None)
    assert "sends no notices" in reads(client)
    assert "data-push" not in reads(client)
    client.post(HERE, a_browser(), headers=OURS)
    assert own_browsers(sam) == []


def test_whoever_left_gets_none(client: Client, sam: int) -> None:
    Helper.objects.filter(pk=sam).update(removed_at=NIGHT)
    with pytest.raises(NoSuchHelper):
        deed(add_browser, sam, read_subscription(Browser().subscription("https://push.example/wp/sam")))
