"""Sessions: under /team/ alone, without a machine's address, ended everywhere at a press."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client

from stepitup.ground import clock
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.roster import actions as roster
from stepitup.roster.models import SignedIn
from stepitup.roster.sign_in import actions
from stepitup.roster.sign_in.facts import Role
from tests.promises.every_screen import addresses
from tests.rooms.door_night import NIGHT
from tests.rooms.roster_builders import file_with, helper_in_file
from tests.rooms.team_door import signed_in
from tests.stories.the_disk import every_row


@pytest.fixture
def hand(db: None) -> Iterator[HandClock]:
    ours = HandClock(NIGHT)
    with clock.use(ours):
        deed(roster.import_roster, file_with(helper_in_file("sam")))
        yield ours


def browser() -> Client:
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


def test_a_stranger_is_asked_to_sign_in_and_comes_back(hand: HandClock) -> None:
    answer = browser().get("/team/", secure=True)
    assert answer.status_code == 303
    assert answer["Location"] == "/team/sign-in?next=/team/"


def test_sam_is_signed_in_as_a_helper_until_half_a_day_has_gone(hand: HandClock) -> None:
    client = browser()
    signed_in(client, helper="sam")
    assert "You are signed in as sam" in client.get("/team/", secure=True).text
    hand.wind(hours=12)
    assert client.get("/team/", secure=True).status_code == 303


def test_signed_out_everywhere_is_at_once_in_each_browser(hand: HandClock) -> None:
    at_home, at_work = browser(), browser()
    account = signed_in(at_home, role=Role.COORDINATOR)
    signed_in(at_work, role=Role.COORDINATOR)
    assert deed(actions.sign_out_everywhere, account.pk) == 2
    assert [one.get("/team/", secure=True).status_code for one in (at_home, at_work)] == [303, 303]


def test_a_session_that_was_ended_elsewhere_does_not_come_to_life_again(hand: HandClock) -> None:
    client = browser()
    account = signed_in(client, helper="sam")
    session = client.session
    assert session.get("a word") is None
    deed(actions.sign_out_everywhere, account.pk)
    session["a word"] = "kept"
    with pytest.raises(UpdateError, match="ended elsewhere"):
        session.save()
    assert not SignedIn.objects.exists()


def test_the_table_of_sessions_signs_nobody_in_and_the_watch_forgets_them(hand: HandClock) -> None:
    client = browser()
    signed_in(client, helper="sam")
    secret = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert secret not in str(every_row())
    hand.wind(hours=13)
    deed(roster.forget)
    assert not SignedIn.objects.exists()


def test_sign_out_is_a_press_and_a_press_comes_from_our_own_screen(hand: HandClock) -> None:
    client = browser()
    signed_in(client, helper="sam")
    elsewhere = client.post("/team/sign-out", secure=True, headers={"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.status_code == 403
    assert "That came from another site" in elsewhere.text
    assert client.get("/team/", secure=True).status_code == 200
    client.post("/team/sign-out", secure=True)
    assert client.get("/team/", secure=True).status_code == 303


def test_whoever_was_taken_off_the_roster_is_a_helper_no_more(hand: HandClock) -> None:
    client = browser()
    signed_in(client, helper="sam")
    deed(roster.import_roster, file_with(helper_in_file("ines")), remove_missing=True)
    assert "This screen is for others" in client.get("/team/", secure=True).text


def test_no_screen_but_the_teams_own_ever_meets_a_session(hand: HandClock) -> None:
    client = browser()
    signed_in(client, helper="sam")
    client.cookies[settings.SESSION_COOKIE_NAME]["path"] = "/"  # even if a browser brought it
    met = []
    for address in sorted(addresses()):
        if not address.startswith("/team/"):
            for answer in (client.get(address, secure=True), client.post(address, secure=True)):
                request = answer.wsgi_request
                met += [address] if hasattr(request, "session") or hasattr(request, "user") else []
                assert settings.SESSION_COOKIE_NAME not in answer.cookies
    assert met == []


def test_no_team_screen_is_kept_or_told_to_another_site(hand: HandClock) -> None:
    answer = browser().get("/team/sign-in", secure=True)
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "unsafe" not in answer["Content-Security-Policy"]
