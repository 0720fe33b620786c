"""The addresses that a provider asks: replies, and what became of a message. Everybody else is turned away."""

from collections.abc import Iterator
from xml.etree import ElementTree as Tree

import pytest
from django.db import connection
from django.test import Client

from stepitup.calls.life import CallState
from stepitup.calls.models import Seat
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.paging import actions as paging
from stepitup.paging import carriers, questions
from stepitup.paging.facts import AttemptState, Outcome
from stepitup.paging.models import Attempt, Heard
from stepitup.roster.models import Way
from tests.rooms.calls_house import NIGHT, hire, life_of, open_pages, press
from tests.rooms.paging_house import FakeCarrier
from tests.rooms.provider_door import brings, provider_house

pytestmark = pytest.mark.django_db

SAM = "text:sam"


@pytest.fixture(autouse=True)
def hand() -> Iterator[HandClock]:
    with provider_house("text", "mail") as hands:
        yield hands


def replies(words: str, *, id: str = "SM1", number: str = SAM, **more: str) -> str:
    """Somebody replies, and this is what goes back to their phone."""
    response = brings("/replies/text", MessageSid=id, From=number, To="+15125550100", Body=words, **more)
    assert (response.status_code, response["Content-Type"]) == (200, "text/xml; charset=utf-8")
    return "".join(found.text or "" for found in Tree.fromstring(response.content).findall("Message"))


def test_a_yes_takes_the_call_and_the_link_goes_back_at_once() -> None:
    hire("Sam")
    call = press().id
    assert replies("1").startswith("Thank you, it is yours. Open this link to go on: https://help.example/s/")
    assert life_of(call).state is CallState.ACKNOWLEDGED


def test_the_provider_asks_twice_and_the_same_goes_back() -> None:
    hire("Sam")
    press()
    assert replies("1") == replies("1")
    assert Seat.objects.count() == Heard.objects.count() == 1


def test_behind_a_proxy_the_public_address_decides() -> None:
    hire("Sam")
    press()
    response = brings("/replies/text", host="inside.example", MessageSid="SM1", From=SAM, Body="1")
    assert b"it is yours" in response.content


@pytest.mark.parametrize("token", ["another", ""])
def test_whoever_does_not_know_the_token_does_nothing(token: str) -> None:
    hire("Sam")
    call = press().id
    response = brings("/replies/text", token=token, MessageSid="SM1", From=SAM, Body="1")
    assert response.status_code == 403
    assert b"for the provider" in response.content
    assert life_of(call).state is CallState.WAITING
    assert not Heard.objects.exists()


def test_without_a_signature_nothing_is_taken_either() -> None:
    assert Client().post("/replies/text", {"From": SAM, "Body": "1", "MessageSid": "SM1"}).status_code == 403
    assert Client().get("/replies/text").status_code == 405


def test_a_reply_without_a_number_is_none() -> None:
    assert brings("/replies/text", Body="1").status_code == 400


@pytest.mark.fault("clock skew in signatures")
def test_the_clock_may_be_wrong_by_years(hand: HandClock) -> None:
    hire("Sam")
    press()
    hand.wind(minutes=3)
    assert "yours" in replies("1"), "there is no time in a signature"


def test_a_provider_that_still_names_a_reply_as_it_once_did_is_understood() -> None:
    hire("Sam")
    press()
    response = brings("/replies/text", SmsSid="SM1", From=SAM, Body="1")
    assert b"it is yours" in response.content


def test_of_a_long_reply_only_the_beginning_is_read() -> None:
    hire("Sam")
    press()
    assert "yours" in replies("1" + " " * 600 + "but not now")


def test_what_the_provider_calls_stop_is_stop_and_nothing_goes_back() -> None:
    hire("Sam", by=("text", "mail"))
    assert replies("arrêt", OptOutType="STOP") == ""
    assert Way.objects.get(carrier="text").unreachable_since == NIGHT


def test_a_strange_number_learns_nothing() -> None:
    hire("Sam")
    press()
    assert replies("who is this?", number="+15125559999") == ""


def test_a_reply_of_a_thousand_letters_is_no_answer_and_is_not_kept() -> None:
    hire("Sam")
    press()
    assert replies("I was just thinking " * 50).startswith("We read only 1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM paging_heard")
        assert "thinking" not in str(cursor.fetchall())


# What became of a message.


def says(status: str, attempt: Attempt, code: str = "", *, id: str = "SM1") -> None:
    more = {"ErrorCode": code} if code else {}
    response = brings(f"/replies/text/status/{attempt.key}", MessageSid=id, MessageStatus=status, **more)
    assert (response.status_code, response.content) == (200, b"")


def page_with(state: AttemptState = AttemptState.HANDED_OVER) -> Attempt:
    """Sam's page by text, mail behind it; as it stands after the provider took it."""
    hire("Sam", by=("text", "mail", "voice"))
    press()
    first = Attempt.objects.get(carrier="text")
    if state is AttemptState.HANDED_OVER:
        deed(paging.record, first.pk, Outcome.handed_over("SM1"))
    return first


def stands(attempt: Attempt) -> tuple[str, str]:
    attempt.refresh_from_db()
    return attempt.state, attempt.note


def test_accepted_is_not_reached_and_neither_is_delivered() -> None:
    attempt = page_with()
    for status in ("accepted", "queued", "sending", "sent"):
        says(status, attempt)
    assert stands(attempt) == ("handed over", "")
    says("delivered", attempt)
    assert stands(attempt) == ("handed over", "arrived")
    assert open_pages(), "nobody has answered"


def test_what_a_modems_network_says_of_a_number_is_not_about_a_text_that_the_provider_sent() -> None:
    attempt = page_with()
    assert questions.newest_key_to(SAM) is None
    deed(paging.record, attempt.pk, Outcome.handed_over(attempt.key))  # as the modem names what it sent
    assert questions.newest_key_to(SAM) == attempt.key


@pytest.mark.fault("accepted and never delivered")
def test_never_delivered_lets_the_next_way_go_at_once() -> None:
    with carriers.use(FakeCarrier("text"), FakeCarrier("mail"), FakeCarrier("voice")):
        attempt = page_with()
        says("undelivered", attempt, "30003")
        assert stands(attempt) == ("failed", "not arrived")
        third = Attempt.objects.get(carrier="voice")
        assert (third.state, third.due_at) == ("waiting", NIGHT)
        assert Way.objects.get(carrier="text").unreachable_since is None, "a phone that is off comes on again"


@pytest.mark.parametrize("code", ["30005", "21610"])
def test_a_number_that_is_no_more_is_marked_for_the_coordinator(code: str) -> None:
    attempt = page_with()
    says("undelivered", attempt, code)
    assert Way.objects.get(carrier="text").unreachable_since == NIGHT


@pytest.mark.parametrize("code", ["", "soon", "9" * 40])
def test_a_note_without_a_code_that_can_be_read_counts_by_its_word(code: str) -> None:
    attempt = page_with()
    says("canceled", attempt, code)
    assert stands(attempt) == ("failed", "not arrived")
    assert attempt.why == "canceled"


def test_read_is_arrived() -> None:
    attempt = page_with()
    says("read", attempt)
    assert stands(attempt) == ("handed over", "arrived")


def test_no_way_left_and_the_next_helper_is_asked() -> None:
    hire("Sam")
    call = press().id
    late = hire("Daniel")
    attempt = Attempt.objects.get()
    deed(paging.record, attempt.pk, Outcome.handed_over("SM1"))
    says("failed", attempt, "30007")
    assert late in open_pages(call)


@pytest.mark.parametrize(
    ("first", "second", "note"),
    [("delivered", "undelivered", "arrived"), ("undelivered", "delivered", "arrived"), ("delivered", "sent", "arrived"),
     ("undelivered", "undelivered", "not arrived")],
)  # fmt: skip
def test_notes_come_in_any_order(first: str, second: str, note: str) -> None:
    attempt = page_with()
    says(first, attempt)
    says(second, attempt)
    assert stands(attempt)[1] == note


@pytest.mark.fault("webhook before the answer")
def test_a_note_before_the_answer_to_our_own_request_stands() -> None:
    attempt = page_with(AttemptState.WAITING)
    says("undelivered", attempt, "30006")
    assert stands(attempt) == ("failed", "not arrived")
    deed(paging.record, attempt.pk, Outcome.handed_over("SM1"))
    assert stands(attempt) == ("failed", "not arrived")
    assert attempt.reference == "SM1"


@pytest.mark.fault("webhook never")
def test_a_note_that_never_comes_changes_nothing() -> None:
    attempt = page_with()
    assert stands(attempt) == ("handed over", "")


def test_a_note_about_a_page_that_was_forgotten_changes_nothing() -> None:
    attempt = page_with()
    Attempt.objects.all().delete()
    says("undelivered", attempt, "30003")
    says("delivered", attempt)


@pytest.mark.parametrize("code", ["", "abc", "999999999", "-1", "77777"])
def test_a_code_that_nobody_knows_is_not_by_this_way(code: str) -> None:
    attempt = page_with()
    says("undelivered", attempt, code)
    assert stands(attempt)[0] == "failed"
    assert Way.objects.get(carrier="text").unreachable_since is None
