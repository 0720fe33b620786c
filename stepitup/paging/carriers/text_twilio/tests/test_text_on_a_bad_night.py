"""Text on a night when the provider, the network or the name service is broken: it ends in time, and says what next."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from stepitup.paging.carriers.mail.tests import broken_servers
from stepitup.paging.carriers.mail.tests.broken_servers import scripted_server
from stepitup.paging.carriers.mail.tests.far_end import Certificates
from stepitup.paging.carriers.provider.tests import peer
from stepitup.paging.carriers.provider.tests.bad_night import LIMIT, SAM, at, refusal
from stepitup.paging.carriers.provider.tests.peer import Provider, provider
from stepitup.paging.carriers.text_twilio.sender import Text
from stepitup.paging.carriers.text_twilio.tests.far_end import NIGHT, carrier, page_to
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Then

pytestmark = pytest.mark.only_on("sqlite")


@pytest.fixture
def ours() -> Iterator[Provider]:
    with provider() as peer:
        yield peer


def ends(text: Text) -> CannotSend:
    """Write to Sam, and hear why not."""
    return refusal(text, page_to(SAM))


@pytest.mark.fault("hangs on read")
@pytest.mark.parametrize("misbehaves", [peer.hangs, peer.takes_it_and_says_nothing, peer.dribbles])
def test_a_provider_that_does_not_come_to_an_end_is_left(ours: Provider, misbehaves: peer.Misbehave) -> None:
    ours.misbehaves = misbehaves
    refused = ends(carrier(ours, limit=LIMIT))
    assert (refused.why, refused.then) == ("out of time", Then.NEXT_WAY)


@pytest.mark.fault("hangs on connect")
def test_a_door_that_nobody_answers_is_left_when_the_time_is_up() -> None:
    with broken_servers.nobody_answers_the_door() as port:
        refused = ends(Text(at(f"http://127.0.0.1:{port}"), time_limit=LIMIT))
    assert (refused.why, refused.then) == ("out of time", Then.NEXT_WAY)


def test_a_provider_that_is_restarting_is_tried_again() -> None:
    refused = ends(Text(at(f"http://127.0.0.1:{broken_servers.a_port_where_nobody_listens()}")))
    assert (refused.why, refused.then) == ("no connection", Then.TRY_AGAIN)


def test_a_provider_that_hangs_up_is_tried_again() -> None:
    with scripted_server(broken_servers.hangs_up) as port:
        assert ends(Text(at(f"http://127.0.0.1:{port}"))).then is Then.TRY_AGAIN


def test_something_else_on_that_port_ends_in_words() -> None:
    with scripted_server(broken_servers.talks_nonsense) as port:
        assert ends(Text(at(f"http://127.0.0.1:{port}"), time_limit=LIMIT)).why in {"cut off", "out of time"}


@pytest.mark.fault("DNS gone")
def test_a_name_that_is_not_found_is_tried_again() -> None:
    def not_found(_host: str, _port: int) -> Sequence[str]:
        raise OSError("Name or service not known")

    refused = ends(Text(at("http://provider.example"), resolve=not_found))
    assert (refused.why, refused.then) == ("no connection", Then.TRY_AGAIN)


def test_a_name_that_is_never_found_is_given_up_when_the_time_is_up() -> None:
    never = threading.Event()

    def look_up_for_ever(_host: str, _port: int) -> Sequence[str]:
        never.wait(5)
        return []

    refused = ends(Text(at("http://provider.example"), time_limit=LIMIT, resolve=look_up_for_ever))
    never.set()
    assert (refused.why, refused.then) == ("out of time", Then.NEXT_WAY)


def test_a_dead_address_before_a_living_one_costs_only_its_share(ours: Provider) -> None:
    def both(_host: str, _port: int) -> Sequence[str]:
        return ["127.0.0.2", "127.0.0.1"]  # nobody listens at the first

    Text(at(f"http://provider.example:{ours.port}"), resolve=both, wall=lambda: NIGHT).send(page_to(SAM))
    assert len(ours.taken) == 1


@pytest.mark.fault("TLS broken")
def test_a_provider_whose_certificate_nobody_signed_gets_no_page(tmp_path: Path) -> None:
    with _secured(Certificates(tmp_path)) as (ours, port):
        refused = ends(Text(at(f"https://127.0.0.1:{port}"), wall=lambda: NIGHT))
        assert (refused.why, refused.then) == ("no secure line", Then.NEXT_WAY)
        assert ours.travelled == []


def test_a_provider_that_never_ends_its_handshake_is_left() -> None:
    with scripted_server(broken_servers.says_nothing) as port:
        assert ends(Text(at(f"https://127.0.0.1:{port}"), time_limit=LIMIT)).then is Then.NEXT_WAY


def test_a_provider_behind_tls_that_we_trust_gets_its_page(tmp_path: Path) -> None:
    certificates = Certificates(tmp_path)
    with _secured(certificates) as (ours, port):
        trusting = certificates.for_the_carrier()
        Text(at(f"https://127.0.0.1:{port}"), trust=trusting, wall=lambda: NIGHT).send(page_to(SAM))
        assert len(ours.taken) == 1


def test_a_base_url_that_is_none_ends_in_words() -> None:
    assert ends(Text(at("http://[not an address"))).why in {"no connection", "base url"}
    assert ends(Text(at("http://" + "x" * 300))).why == "no connection"


def test_no_thread_and_no_line_is_left_behind(ours: Provider) -> None:
    text = carrier(ours)
    before = threading.active_count()
    for _ in range(3):
        text.send(page_to(SAM))
    late = [thread for thread in threading.enumerate() if thread.name == "look-up"]
    for thread in late:
        thread.join(timeout=1)
    assert threading.active_count() <= before + 1


@pytest.mark.fault("500s for an hour")
def test_five_hundred_for_an_hour_and_then_all_is_well(ours: Provider) -> None:
    text = carrier(ours)
    ours.misbehaves = peer.refuses(500, 20500)
    assert {ends(text).then for _ in range(5)} == {Then.TRY_AGAIN}
    ours.misbehaves = None
    text.send(page_to(SAM))
    assert len(ours.taken) == 1


@contextmanager
def _secured(certificates: Certificates) -> Iterator[tuple[Provider, int]]:
    with provider(secured_by=certificates.for_the_server()) as ours:
        yield ours, ours.port
