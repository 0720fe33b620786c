"""A text: what is asked of the provider, what its answers mean, and that one page is one message."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from stepitup.paging.carriers.provider.account import Account
from stepitup.paging.carriers.provider.tests import peer
from stepitup.paging.carriers.provider.tests.peer import ACCOUNT, SENDER, TOKEN, Provider, provider
from stepitup.paging.carriers.text_twilio.route import ByProvider
from stepitup.paging.carriers.text_twilio.sender import Text
from stepitup.paging.carriers.text_twilio.tests.far_end import NIGHT, carrier, page_to
from stepitup.paging.carriers.text_twilio.words import fits_one_text, in_one_text
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import NoticeWords, Outgoing, Then

pytestmark = pytest.mark.only_on("sqlite")

SAM = "+15125550104"


@pytest.fixture
def ours() -> Iterator[Provider]:
    with provider() as peer:
        yield peer


def refusal(text: Text, page: Outgoing) -> CannotSend:
    with pytest.raises(CannotSend) as refused:
        text.send(page)
    return refused.value


def test_a_page_is_asked_for_as_the_provider_documents_it(ours: Provider) -> None:
    page = page_to(SAM)
    reference = carrier(ours).send(page)
    [form] = ours.taken
    assert reference == f"SM{1:032}"
    assert form == {
        "To": SAM,
        "From": SENDER,
        "Body": page.text,
        "ValidityPeriod": "240",
        "StatusCallback": f"http://localhost:8000/replies/text/status/{page.key}",
    }
    assert f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json" in ours.travelled[0]


def test_a_messaging_service_is_named_as_one(ours: Provider) -> None:
    Text(ours.settings(sender="MG1234")).send(page_to(SAM))
    assert ours.taken[0]["MessagingServiceSid"] == "MG1234"
    assert "From" not in ours.taken[0]


def test_a_second_try_is_known_by_its_key_where_the_provider_wants_to_know(ours: Provider) -> None:
    page = page_to(SAM)
    carrier(ours).send(page)
    assert f"I-Twilio-Idempotency-Token: {page.key}" in ours.travelled[0]


def test_a_house_that_nobody_reaches_from_outside_asks_for_no_note(ours: Provider) -> None:
    text = carrier(ours)
    route = text._routes[0]
    assert isinstance(route, ByProvider)
    assert not Account(ours.settings(base_url="https://provider.example")).can_tell_us
    route._account.can_tell_us = False
    text.send(page_to(SAM))
    assert "StatusCallback" not in ours.taken[0]


def test_nobody_is_told_what_became_of_a_notice(ours: Provider) -> None:
    carrier(ours).send(replace(page_to(SAM), words=NoticeWords.YOURS))
    assert "StatusCallback" not in ours.taken[0]


@pytest.mark.parametrize("to", ["", "sam@fire.example", "512 555 0104", "+1512555010a", "+0123456789"])
def test_what_is_no_number_is_not_asked_for(ours: Provider, to: str) -> None:
    assert refusal(carrier(ours), page_to(to)).then is Then.UNREACHABLE
    assert ours.travelled == []


@pytest.mark.parametrize(
    ("status", "code", "then"),
    [
        (400, 21211, Then.UNREACHABLE),  # no number
        (400, 21614, Then.UNREACHABLE),  # a landline
        (400, 21610, Then.UNREACHABLE),  # it said STOP
        (400, 21612, Then.NEXT_WAY),  # not from this sender to there
        (400, 21408, Then.NEXT_WAY),  # not to that country
        (400, 30034, Then.NEXT_WAY),  # our sender is not registered
        (400, 77777, Then.NEXT_WAY),  # a code that nobody knows
        (401, 20003, Then.NEXT_WAY),  # wrong credentials
        (404, 20404, Then.NEXT_WAY),  # no such account
        (302, 0, Then.NEXT_WAY),  # somewhere else
        (429, 20429, Then.TRY_AGAIN),  # too many at once
        (500, 20500, Then.TRY_AGAIN),
        (502, 0, Then.TRY_AGAIN),
        (503, 20503, Then.TRY_AGAIN),
    ],
)
def test_what_each_refusal_means(ours: Provider, status: int, code: int, then: Then) -> None:
    ours.misbehaves = peer.refuses(status, code)
    assert refusal(carrier(ours), page_to(SAM)).then is then


def test_an_answer_that_says_taken_and_failed_is_a_refusal(ours: Provider) -> None:
    ours.misbehaves = lambda asked: asked.says(201, {"sid": "SM1", "status": "failed", "error_code": 30005})
    assert refusal(carrier(ours), page_to(SAM)).then is Then.UNREACHABLE


@pytest.mark.fault("rate limited")
@pytest.mark.parametrize(
    ("retry_after", "then", "seconds"),
    [("1", Then.TRY_AGAIN, 1), ("10", Then.TRY_AGAIN, 10), ("11", Then.NEXT_WAY, 11), ("900", Then.NEXT_WAY, 900),
     ("", Then.TRY_AGAIN, 0), ("in a while", Then.TRY_AGAIN, 0), ("-5", Then.TRY_AGAIN, 0)],
)  # fmt: skip
def test_a_provider_that_asks_us_to_wait_is_asked_again_then_or_left(
    ours: Provider, retry_after: str, then: Then, seconds: int
) -> None:
    ours.misbehaves = peer.refuses(429, 20429, **({"Retry-After": retry_after} if retry_after else {}))
    refused = refusal(carrier(ours), page_to(SAM))
    assert (refused.why, refused.then, refused.after) == ("too many at once", then, timedelta(seconds=seconds))


@pytest.mark.fault("wrong credentials")
def test_wrong_credentials_are_named_for_the_operator(ours: Provider) -> None:
    wrong = Text(ours.settings(token="not this one"))
    assert refusal(wrong, page_to(SAM)).why == "sign-in"
    assert ours.taken == []


def test_the_token_goes_in_the_header_that_is_for_it_and_nowhere_else(ours: Provider) -> None:
    carrier(ours).send(page_to(SAM))
    assert TOKEN not in ours.travelled[0]


# One page, one message.


@pytest.mark.fault("delivered twice")
def test_a_message_whose_answer_was_lost_is_found_and_not_sent_twice(ours: Provider) -> None:
    page, text = page_to(SAM), carrier(ours, limit=timedelta(seconds=0.3))
    ours.misbehaves = peer.takes_it_and_says_nothing
    assert refusal(text, page).why == "out of time"
    ours.misbehaves = None
    assert text.send(page) == f"SM{1:032}"
    assert ours.texts == [page.text]


def test_a_line_that_was_cut_before_the_answer_is_the_same(ours: Provider) -> None:
    page, text = page_to(SAM), carrier(ours)
    ours.misbehaves = peer.takes_it_and_hangs_up
    assert refusal(text, page).then is Then.TRY_AGAIN
    ours.misbehaves = None
    text.send(page)
    assert ours.texts == [page.text]


@pytest.mark.fault("half an answer")
def test_half_an_answer_that_says_taken_counts_as_taken(ours: Provider) -> None:
    page, text = page_to(SAM), carrier(ours)
    ours.misbehaves = peer.takes_it_and_says_half
    assert text.send(page) == ""
    assert ours.texts == [page.text]


def test_after_a_crash_the_provider_is_asked_what_it_has(ours: Provider) -> None:
    page = page_to(SAM)
    carrier(ours).send(page)
    after_the_crash = carrier(ours, began=NIGHT + timedelta(seconds=2))
    assert after_the_crash.send(page) == f"SM{1:032}"
    assert (ours.texts, ours.looked_up) == ([page.text], 1)


def test_a_page_that_is_new_is_sent_without_asking_first(ours: Provider) -> None:
    carrier(ours).send(page_to(SAM))
    assert ours.looked_up == 0


def test_where_the_provider_cannot_say_what_it_has_the_page_goes_again(ours: Provider) -> None:
    page = page_to(SAM)
    carrier(ours).send(page)
    ours.misbehaves, ours.only_for_messages = _only_posts, False
    carrier(ours, began=NIGHT + timedelta(seconds=2)).send(page)
    assert ours.texts == [page.text, page.text], "twice is better than never"


def _only_posts(asked: peer.Asked) -> None:
    if asked.command == "POST":
        asked.says(201, asked.provider.take(asked.form))
    else:
        asked.says(503, {})


# What fits.


def test_a_link_too_long_for_one_text_goes_alone(ours: Provider) -> None:
    link = "https://" + "a" * 120 + ".example/p/KEY"
    page = replace(page_to(SAM), link=link, text=f"Can you take one? Open the link, or reply 1 for yes. {link}")
    carrier(ours).send(page)
    assert ours.texts == [link]


@pytest.mark.parametrize(
    ("text", "fits"),
    [("a" * 160, True), ("a" * 161, False), ("€" * 80, True), ("€" * 81, False), ("ñ" * 160, True), ("👍", False)],
)
def test_a_text_is_measured_as_a_phone_measures_it(text: str, fits: bool) -> None:
    assert fits_one_text(text) is fits
    assert in_one_text(text, "L") == (text if fits else "L")
