"""Each fault of docs/faults.md, lived through by text: the real carrier, a real provider that misbehaves.

The first rule stands in all of them: a page goes two ways at once, so Sam's phone rings whatever becomes of his text.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from stepitup.calls.models import Seat
from stepitup.ground.team import ProviderSettings, team
from stepitup.paging import carriers
from stepitup.paging.carriers.contract import Carrier
from stepitup.paging.carriers.mail.tests import broken_servers
from stepitup.paging.carriers.mail.tests.far_end import Certificates
from stepitup.paging.carriers.provider.tests import peer
from stepitup.paging.carriers.provider.tests.peer import Provider, provider
from stepitup.paging.carriers.text_twilio.sender import Text
from stepitup.paging.facts import Outgoing
from stepitup.paging.models import Attempt
from tests.stories import cast
from tests.stories.night import START, Night, a_night
from tests.stories.people import Helper, Rosa
from tests.stories.provider import brings_a_reply, says_what_became_of

fault = pytest.mark.fault
pytestmark = pytest.mark.only_on("sqlite")

SHORT = timedelta(seconds=0.3)


@pytest.fixture
def night(db: None) -> Iterator[Night]:
    with a_night(also_by=("mail",)) as ours:
        yield ours


@pytest.fixture
def sam(night: Night) -> Helper:
    """Rung beside his text; his mail is what comes next."""
    return night.joins(cast.SAM, ways=("text", "voice", "mail"))


@pytest.fixture
def company(night: Night) -> Iterator[Provider]:
    """The provider of text, well until told otherwise."""
    with provider() as ours, texts_go_by(night, by(ours.settings())):
        yield ours


def by(settings: ProviderSettings, **others: Any) -> Text:
    return Text(settings, **{"time_limit": SHORT, "wall": lambda: START - timedelta(hours=1), **others})


@contextmanager
def texts_go_by(night: Night, text: Carrier) -> Iterator[None]:
    with carriers.use(text, night.voice, night.mail):
        yield


def his_text() -> Attempt:
    return Attempt.objects.get(carrier="text")


def is_not_kept_waiting(rosa: Rosa, sam: Helper) -> None:
    """Whatever became of the text: his phone has rung in the same moment, and he takes it."""
    sam.phone.rings()
    sam.pages[-1].answers()
    rosa.sees("Sam K. has answered")


@fault("hangs on connect")
def test_the_provider_does_not_open_its_door_and_sam_is_rung(night: Night, rosa: Rosa, sam: Helper) -> None:
    with broken_servers.nobody_answers_the_door() as port:
        with texts_go_by(night, by(ProviderSettings("AC1", "t", "+15125550100", base_url=f"http://127.0.0.1:{port}"))):
            rosa.presses()
    assert his_text().why == "out of time"
    is_not_kept_waiting(rosa, sam)


@fault("hangs on read")
def test_the_provider_takes_the_page_and_says_nothing_and_sam_is_rung(
    company: Provider, rosa: Rosa, sam: Helper
) -> None:
    company.misbehaves = peer.hangs
    rosa.presses()
    assert his_text().why == "out of time"
    is_not_kept_waiting(rosa, sam)


@fault("half an answer")
def test_the_line_is_cut_in_the_middle_of_yes_and_no_second_text_goes(
    company: Provider, night: Night, rosa: Rosa, sam: Helper
) -> None:
    company.misbehaves = peer.takes_it_and_says_half
    rosa.presses()
    company.misbehaves = None
    night.passes(seconds=30)
    assert len(company.taken) == 1
    is_not_kept_waiting(rosa, sam)


@fault("TLS broken")
def test_a_stranger_stands_in_the_providers_place_and_gets_no_page(
    night: Night, rosa: Rosa, sam: Helper, tmp_path: Path
) -> None:
    with provider(secured_by=Certificates(tmp_path).for_the_server()) as stranger:
        secured = stranger.settings(base_url=f"https://127.0.0.1:{stranger.port}")
        with texts_go_by(night, by(secured, time_limit=timedelta(seconds=5))):
            rosa.presses()
    assert stranger.travelled == []
    assert his_text().why == "no secure line"
    is_not_kept_waiting(rosa, sam)


@fault("500s for an hour")
def test_the_provider_is_broken_for_an_hour_and_then_used_as_before(
    company: Provider, night: Night, rosa: Rosa, sam: Helper
) -> None:
    company.misbehaves = peer.refuses(500)
    rosa.presses()
    night.passes(minutes=1)
    assert company.taken == []
    night.clock.wind(minutes=59)  # step by step it would be a minute of tries and the same story
    night.watch.work()
    sam.phone.rings()
    rosa.stands_down()
    company.misbehaves = None
    other = night.rosa()
    other.presses()
    assert len(company.taken) == 1
    sam.phone.rings()
    sam.pages[-1].answers()
    other.sees("Sam K. has answered")


@fault("accepted and never delivered")
def test_accepted_is_not_reached_and_never_delivered_sends_his_mail_at_once(
    company: Provider, rosa: Rosa, sam: Helper
) -> None:
    rosa.presses()
    assert len(company.taken) == 1
    sam.phone.rings()
    rosa.does_not_see("Sam K. has answered")
    says_what_became_of(his_text().key, "undelivered", "30003")
    sam.phone.then()
    sam.phone.gets_a_mail()


@fault("delivered twice")
def test_his_text_comes_twice_and_he_says_yes_to_both(company: Provider, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    sam.phone.rings()
    for _twice in range(2):
        assert "it is yours" in brings_a_reply(cast.SAM.number, "1")
    assert Seat.objects.count() == 1
    rosa.sees("Sam K. has answered")


@fault("webhook before the answer")
def test_the_note_is_here_before_the_answer_to_our_own_request(
    company: Provider, night: Night, rosa: Rosa, sam: Helper
) -> None:
    with texts_go_by(night, _ToldEarly(by(company.settings()))):
        rosa.presses()
    sam.phone.gets_a_mail()
    assert his_text().note == "not arrived"


@fault("webhook never")
def test_no_note_ever_comes_and_a_minute_of_silence_sends_his_mail(
    company: Provider, night: Night, rosa: Rosa, sam: Helper
) -> None:
    rosa.presses()
    sam.phone.rings()
    night.passes(seconds=59)
    sam.gets_nothing()
    night.passes(seconds=2)
    sam.phone.gets_a_mail()


@fault("rate limited")
def test_the_provider_asks_us_to_wait_three_seconds_and_gets_the_page_then(
    company: Provider, night: Night, rosa: Rosa, sam: Helper
) -> None:
    company.misbehaves = peer.refuses(429, 20429, Retry_After="3")
    rosa.presses()
    company.misbehaves = None
    night.passes(seconds=2)
    assert company.taken == []
    night.passes(seconds=2)
    assert len(company.taken) == 1
    is_not_kept_waiting(rosa, sam)


@fault("wrong credentials")
def test_somebody_changed_the_token_and_the_operator_finds_the_word_for_it(
    company: Provider, night: Night, rosa: Rosa, sam: Helper
) -> None:
    with texts_go_by(night, by(company.settings(token="an old one"))):
        rosa.presses()
    assert company.taken == []
    assert (his_text().state, his_text().why) == ("failed", "sign-in")
    is_not_kept_waiting(rosa, sam)


@fault("number recycled to a stranger")
def test_a_stranger_with_sams_old_number_asks_who_this_is_and_learns_nothing(
    company: Provider, rosa: Rosa, sam: Helper
) -> None:
    rosa.presses()
    sam.phone.rings()
    back = brings_a_reply(cast.SAM.number, "who is this?")
    said = f"{company.texts[0].partition('http')[0]} {back}".casefold()
    for word in ("sam", "rosa", "cedar", "officer", "peer", "police", team().name.casefold()):
        assert word not in said, word
    assert "Not meant for you? Reply STOP." in back
    rosa.does_not_see("Sam K. has answered")


@fault("DNS gone")
def test_no_name_is_found_tonight_and_sam_is_rung(night: Night, rosa: Rosa, sam: Helper) -> None:
    def not_found(_host: str, _port: int) -> Sequence[str]:
        raise OSError("Name or service not known")

    nowhere = ProviderSettings("AC1", "t", "+15125550100", base_url="http://provider.example")
    with texts_go_by(night, by(nowhere, resolve=not_found)):
        rosa.presses()
        night.passes(seconds=30)
    assert his_text().why == "no connection"
    is_not_kept_waiting(rosa, sam)


@fault("clock skew in signatures")
@pytest.mark.parametrize("hours", [-26, 26])
def test_our_clock_is_a_day_off_and_the_providers_signature_still_holds(
    company: Provider, night: Night, rosa: Rosa, sam: Helper, hours: int
) -> None:
    rosa.presses()
    sam.phone.rings()
    night.clock.wind(hours=hours)
    back = brings_a_reply(cast.SAM.number, "1")
    assert back.startswith(("Thank you, it is yours", "This page is over"))
    sam.may_be_paged()


class _ToldEarly:
    """The provider's note reaches our door while we still wait for its answer."""

    name, at_once, takes_replies, time_limit = Text.name, Text.at_once, True, SHORT

    def __init__(self, text: Text) -> None:
        self._text = text

    def send(self, page: Outgoing) -> str:
        reference = self._text.send(page)
        says_what_became_of(page.key, "undelivered", "30003")
        return reference
