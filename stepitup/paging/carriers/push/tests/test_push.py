"""Notices against a real push service: sealed as the RFC says, mute from outside, and never to our own net."""

import json
import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from pytest_django import Settings

from stepitup.ground.keys import make_site_key
from stepitup.ground.outside import are_outside
from stepitup.ground.subscription import SubscriptionUnclear, read_subscription
from stepitup.paging.carriers.push import identity
from stepitup.paging.carriers.push.notice import LENGTH, content_of
from stepitup.paging.carriers.push.tests.browser import Browser, from_base64url
from stepitup.paging.carriers.push.tests.far_end import PushFarEnd, page_to, push_far_end
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import NoticeWords, Then, Words


@pytest.fixture
def there() -> Iterator[PushFarEnd]:
    with push_far_end() as far_end:
        yield far_end


def test_our_browser_opens_the_example_of_rfc_8291() -> None:
    """The keys and the message of its appendix A: what opens it is no work of the library that seals for us."""
    number = int.from_bytes(from_base64url("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"))
    browser = Browser(ec.derive_private_key(number, ec.SECP256R1()), from_base64url("BTBZMqHH6r4Tts7J_aSIgg"))
    sealed = from_base64url(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
        "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
    assert browser.opens(sealed) == b"When I grow up, I want to be a watermelon"


def test_a_page_opens_in_the_browser_it_was_sealed_for_and_in_no_other(there: PushFarEnd) -> None:
    page = there.page()
    there.carrier.send(page)
    (content,) = there.contents()
    assert json.loads(content) == {"w": "page", "p": page.link.partition("8000")[2]}
    with pytest.raises(InvalidTag):
        Browser().opens(there.service.came[0].sealed)


def test_every_notice_has_the_same_length_whatever_it_says(there: PushFarEnd) -> None:
    for words in Words:
        there.carrier.send(replace(there.page(), words=words))
    there.carrier.send(replace(there.page(), words=NoticeWords.TEXTS_ARE_OFF, link=""))
    assert {len(content) for content in there.contents()} == {LENGTH}
    assert len({len(one.sealed) for one in there.service.came}) == 1


def test_every_word_and_the_longest_path_fit() -> None:
    for words in (*Words, *NoticeWords):
        assert len(content_of(words, "https://help.example/s/" + "k" * 43)) == LENGTH


@pytest.mark.fault("delivered twice")
def test_it_asks_to_be_brought_at_once_to_live_five_minutes_and_to_stand_for_one_page(there: PushFarEnd) -> None:
    page = there.page()
    there.carrier.send(page)
    there.carrier.send(replace(page, key="another-round"))
    there.carrier.send(there.page())
    first, again, other = (one.headers for one in there.service.came)
    assert (first["ttl"], first["urgency"]) == ("300", "high")
    assert first["topic"] == again["topic"] != other["topic"]
    assert len(first["topic"]) == 32


@pytest.mark.parametrize(
    ("status", "why", "then"),
    [
        (404, "browser unsubscribed", Then.UNREACHABLE),
        (410, "browser unsubscribed", Then.UNREACHABLE),
        (403, "signature not taken", Then.NEXT_WAY),
        (400, "status 400", Then.NEXT_WAY),
        (413, "status 413", Then.NEXT_WAY),
        (429, "status 429", Then.TRY_AGAIN),
        (503, "status 503", Then.TRY_AGAIN),
        (307, "status 307", Then.NEXT_WAY),
    ],
)
def test_what_a_push_service_answers(there: PushFarEnd, status: int, why: str, then: Then) -> None:
    there.service.says["browser-4"] = status
    with pytest.raises(CannotSend) as refused:
        there.carrier.send(there.page())
    assert (refused.value.why, refused.value.then) == (why, then)


@pytest.mark.fault("TLS broken")
def test_a_service_with_a_strangers_certificate_gets_nothing(there: PushFarEnd) -> None:
    stranger = there.push()
    stranger._trust = ssl.create_default_context()
    with pytest.raises(CannotSend) as refused:
        stranger.send(there.page())
    assert refused.value.then is Then.NEXT_WAY
    assert not there.service.came


# Whoever may write an address must not make this house speak with itself.


@pytest.mark.fault("DNS gone")
def test_a_name_that_leads_to_our_own_net_gets_nothing(there: PushFarEnd) -> None:
    page = there.page_to("browser-4", endpoint="https://innocent.example/wp/x")
    with pytest.raises(CannotSend) as refused:
        there.push(inside=False).send(page)
    assert (refused.value.why, refused.value.then) == ("address on our own net", Then.UNREACHABLE)
    assert not there.service.came


@pytest.mark.parametrize(
    "endpoint",
    [
        *("http://push.example/x", "https://127.0.0.1/x", "https://[::1]/x", "https://localhost/x", "https://push/x"),
        *("https://10.0.0.1/x", "https://2130706433/x", "https://127.1/x", "https://printer.local/x"),
        *("https://push.example:22/x", "https://sam@push.example/x", "ftp://push.example/x", "https:///x", ""),
        *("https://push.example/\r\nHost: a", "https://push.exämple/x", "https://push.example/" + "x" * 1200),
    ],
)
def test_an_endpoint_that_is_no_public_service_is_refused_before_anybody_is_asked(endpoint: str) -> None:
    with pytest.raises(SubscriptionUnclear):
        read_subscription(Browser().subscription(endpoint))


@pytest.mark.parametrize(
    "written",
    ["", "{}", "[]", "null", "1", '{"endpoint": 1, "keys": {"p256dh": 2, "auth": 3}}', "{" * 2000, "x" * 5000],
)
def test_what_no_browser_wrote_is_no_subscription(written: str) -> None:
    with pytest.raises(SubscriptionUnclear):
        read_subscription(written)


def test_a_key_that_is_no_point_of_the_curve_is_no_subscription() -> None:
    shape = json.loads(Browser().subscription("https://push.example/x"))
    shape["keys"]["p256dh"] = "B" + "A" * 86
    with pytest.raises(SubscriptionUnclear):
        read_subscription(json.dumps(shape))


def test_a_subscription_is_written_the_same_however_the_browser_wrote_it() -> None:
    written = Browser().subscription("https://push.example/x")
    once = read_subscription(written).written()
    assert read_subscription(once).written() == once


@pytest.mark.parametrize(
    ("address", "outside"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("64:ff9b::5db8:d70e", True),
        *((inside, False) for inside in ("127.0.0.1", "0.0.0.0", "10.9.8.7", "172.16.0.1", "192.168.0.1", "224.0.0.1")),
        *(
            (inside, False)
            for inside in ("169.254.169.254", "100.64.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0")
        ),
        *(
            (inside, False)
            for inside in ("fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "nonsense")
        ),
    ],
)
def test_what_is_outside(address: str, outside: bool) -> None:
    assert are_outside([address]) is outside
    assert not are_outside([address, "127.0.0.1"])


def test_the_key_by_which_we_are_known_comes_and_goes_with_the_site_key(settings: Settings, tmp_path: Path) -> None:
    ours = identity.public_key()
    assert identity.public_key() == ours
    settings.SITE_KEY_FILE = tmp_path / "another"
    make_site_key(settings.SITE_KEY_FILE)
    assert identity.public_key() != ours
    assert len(from_base64url(identity.public_key())) == 65


def test_a_subscription_that_broke_in_the_database_is_no_address() -> None:
    with push_far_end() as there, pytest.raises(CannotSend) as refused:
        there.carrier.send(page_to("{}"))
    assert (refused.value.why, refused.value.then) == ("address", Then.UNREACHABLE)
