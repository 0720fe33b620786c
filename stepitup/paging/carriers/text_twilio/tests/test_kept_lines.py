"""A line to a provider is kept for some seconds: many pages share its handshake, and none of them is lost with it."""

import threading
from collections.abc import Iterator

import pytest

from stepitup.paging.carriers.provider import account
from stepitup.paging.carriers.provider.tests import peer
from stepitup.paging.carriers.provider.tests.peer import Provider, provider
from stepitup.paging.carriers.text_twilio.tests.far_end import carrier, page_to
from stepitup.paging.carriers.voice_twilio.sender import Voice
from stepitup.paging.carriers.voice_twilio.tests.far_end import ring_to

pytestmark = pytest.mark.only_on("sqlite")

SAM = "+15125550104"


@pytest.fixture
def ours() -> Iterator[Provider]:
    with provider() as there:
        yield there


def test_the_next_page_goes_by_the_same_line(ours: Provider) -> None:
    text = carrier(ours)
    for _ in range(5):
        text.send(page_to(SAM))
    assert (len(ours.taken), ours.lines) == (5, 1)


def test_a_line_that_was_silent_for_a_while_is_not_used_again(ours: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "_KEPT_FOR", 0.01)
    text = carrier(ours)
    text.send(page_to(SAM))
    threading.Event().wait(0.02)
    text.send(page_to(SAM))
    assert (len(ours.taken), ours.lines) == (2, 2)


def test_a_line_that_the_provider_closed_meanwhile_costs_nothing(ours: Provider) -> None:
    ours.misbehaves = peer.answers_and_hangs_up_a_moment_later
    text = carrier(ours)
    for _ in range(3):
        text.send(page_to(SAM))
    assert len(ours.taken) == 3


def test_a_line_that_ends_while_it_is_used_is_replaced_at_once_and_the_page_goes_once(ours: Provider) -> None:
    ours.misbehaves = peer.hangs_up_on_a_kept_line
    text, second = carrier(ours), page_to(SAM)
    text.send(page_to(SAM))
    text.send(second)
    assert [body for body in ours.texts if second.link in body] == [second.text]
    assert ours.looked_up == 1, "it was asked whether it had it"
    assert text._watched[0].health().is_well(0.0), "an old line says nothing of the provider"


def test_a_ring_goes_by_a_new_line_too(ours: Provider) -> None:
    ours.misbehaves = peer.hangs_up_on_a_kept_line
    voice = Voice(ours.settings())
    for _ in range(2):
        voice.send(ring_to(SAM))
    assert len(ours.taken) == 2


def test_a_new_line_that_is_cut_is_the_providers_trouble(ours: Provider) -> None:
    ours.misbehaves = peer.takes_it_and_hangs_up
    with provider() as other:
        carrier(ours, other).send(page_to(SAM))
        assert (len(ours.travelled), len(other.taken)) == (1, 1)
