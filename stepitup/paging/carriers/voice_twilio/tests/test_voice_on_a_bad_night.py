"""A ring on a night when the provider, the network or the name service is broken: it ends in time, and in words."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from stepitup.paging.carriers.mail.tests import broken_servers
from stepitup.paging.carriers.mail.tests.far_end import Certificates
from stepitup.paging.carriers.provider.tests import peer
from stepitup.paging.carriers.provider.tests.bad_night import LIMIT, SAM, at, refusal
from stepitup.paging.carriers.provider.tests.peer import Provider, provider
from stepitup.paging.carriers.voice_twilio.sender import Voice
from stepitup.paging.carriers.voice_twilio.tests.far_end import ring_to
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Then

pytestmark = pytest.mark.only_on("sqlite")


@pytest.fixture
def ours() -> Iterator[Provider]:
    with provider() as well:
        yield well


def unheard(voice: Voice) -> CannotSend:
    """Ring Sam, and hear why not."""
    return refusal(voice, ring_to(SAM))


@pytest.mark.fault("hangs on connect")
def test_a_door_that_nobody_opens_is_left_when_the_time_is_up() -> None:
    with broken_servers.nobody_answers_the_door() as port:
        refused = unheard(Voice(at(f"http://127.0.0.1:{port}"), time_limit=LIMIT))
    assert (refused.why, refused.then) == ("out of time", Then.NEXT_WAY)


@pytest.mark.fault("half an answer")
def test_half_an_answer_that_says_taken_counts_and_the_phone_rings_once(ours: Provider) -> None:
    ours.misbehaves = peer.takes_it_and_says_half
    Voice(ours.settings()).send(ring_to(SAM))
    assert len(ours.taken) == 1


@pytest.mark.fault("TLS broken")
def test_a_provider_whose_certificate_nobody_signed_is_told_nothing(tmp_path: Path) -> None:
    with provider(secured_by=Certificates(tmp_path).for_the_server()) as stranger:
        refused = unheard(Voice(at(f"https://127.0.0.1:{stranger.port}")))
        assert (refused.why, refused.then) == ("no secure line", Then.NEXT_WAY)
        assert stranger.travelled == []


@pytest.mark.fault("500s for an hour")
def test_a_provider_that_is_broken_is_tried_again_and_used_when_it_is_well(ours: Provider) -> None:
    voice = Voice(ours.settings())
    ours.misbehaves = peer.refuses(500)
    for _try in range(3):
        assert unheard(voice).then is Then.TRY_AGAIN
    ours.misbehaves = None
    voice.send(ring_to(SAM))
    assert len(ours.taken) == 1


@pytest.mark.fault("rate limited")
@pytest.mark.parametrize(("seconds", "then"), [("3", Then.TRY_AGAIN), ("3600", Then.NEXT_WAY)])
def test_a_provider_that_asks_us_to_wait_is_rung_again_then_or_left(ours: Provider, seconds: str, then: Then) -> None:
    ours.misbehaves = peer.refuses(429, 20429, Retry_After=seconds)
    refused = unheard(Voice(ours.settings()))
    assert (refused.then, refused.after) == (then, timedelta(seconds=int(seconds)))


@pytest.mark.fault("DNS gone")
def test_a_name_that_nobody_finds_is_tried_again() -> None:
    def not_found(_host: str, _port: int) -> Sequence[str]:
        raise OSError("Name or service not known")

    refused = unheard(Voice(at("http://provider.example"), resolve=not_found))
    assert (refused.why, refused.then) == ("no connection", Then.TRY_AGAIN)
