"""Other apps: what is sent, what is refused, and a library that would wait for ever."""

import logging
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from stepitup.ground.app_address import SCHEMES, AppAddressUnclear, check_app_address
from stepitup.ground.team import AppSettings
from stepitup.paging.carriers.app_apprise.sender import App, _plugin
from stepitup.paging.carriers.app_apprise.tests.far_end import Server, app_at, app_server, page_to, silent_server
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Outgoing, Then


@pytest.fixture
def server() -> Iterator[Server]:
    with app_server() as running:
        yield running


def refusal(app: App, page: Outgoing) -> tuple[str, Then]:
    with pytest.raises(CannotSend) as refused:
        app.send(page)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None
    return refused.value.why, refused.value.then


def test_ntfy_gets_the_words_and_nothing_more(server: Server) -> None:
    page = page_to(f"ntfy://127.0.0.1:{server.port}/a-long-topic")
    app_at(server.port).send(page)
    (message,) = server.arrived
    assert message["topic"] == "a-long-topic"
    assert message["message"] == page.text
    assert message["title"] == "Can you take one?"
    assert "http" not in str({word: said for word, said in message.items() if word != "message"}), "no picture either"


def test_json_gets_them_too(server: Server) -> None:
    page = page_to(f"json://127.0.0.1:{server.port}/hook")
    app_at(server.port).send(page)
    assert server.arrived[0]["message"] == page.text
    assert server.asked == ["/hook"]


def test_what_a_server_refuses_goes_the_next_way(server: Server) -> None:
    page = page_to(f"ntfy://127.0.0.1:{server.port}/nobody")
    assert refusal(app_at(server.port), page) == ("app refused it", Then.NEXT_WAY)


def test_nobody_is_followed_elsewhere(server: Server) -> None:
    page = page_to(f"json://127.0.0.1:{server.port}/elsewhere")
    assert refusal(app_at(server.port), page) == ("app refused it", Then.NEXT_WAY)
    assert server.asked == ["/elsewhere"]


@pytest.mark.fault("hangs on read")
def test_a_server_that_never_answers_is_left_when_the_time_is_up() -> None:
    with silent_server() as port:
        began = time.monotonic()
        page = page_to(f"json://127.0.0.1:{port}/x")
        assert refusal(app_at(port, limit=timedelta(seconds=0.3)), page) == ("out of time", Then.NEXT_WAY)
        assert time.monotonic() - began < 2


@pytest.mark.fault("hangs on connect")
def test_a_crowd_of_servers_that_hang_is_not_joined_by_more(monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_at(1, limit=timedelta(seconds=0.3))
    monkeypatch.setattr(app, "_places", threading.Semaphore(0))
    assert refusal(app, page_to("json://127.0.0.1:1/x")) == ("too many hang", Then.NEXT_WAY)


@pytest.mark.parametrize(
    "address",
    [
        *("", "sam", "sam@fire.example", "ntfy://", "ntfys:///x", "ntfys://h.example/a b", "ntfys://h.example/\n"),
        *("file:///etc/passwd", "syslog://", "rsyslog://h.example", "dbus://", "gnome://", "macosx://", "windows://"),
        *("kde://", "glib://", "mqtts://h.example/t", "mailto://u:p@h.example", "vapid://sam@h.example", "fcm://p/k"),
        *("apprise://h.example/token", "form://h.example", "xml://h.example", "irc://h.example/#x", "smpp://h.example"),
        "tgram://123456789:abcdefg_hijklmnop/12345?template=/etc/passwd",
        "ntfys://h.example/t?attach=/etc/passwd",
        "ntfys://h.example/t?verify=no",
        "json://h.example/?+X-Forwarded-For=1",
        "ntfys://h.example:99999/t",
        "ntfys://h.example/" + "x" * 600,
    ],
)
def test_what_reads_files_runs_programs_or_is_no_app_is_refused(address: str) -> None:
    with pytest.raises(AppAddressUnclear) as unclear:
        check_app_address(address)
    assert len(address) < 5 or address not in str(unclear.value), "a password is in it as often as not"
    assert refusal(App(AppSettings()), page_to(address)) == ("address", Then.UNREACHABLE)


@pytest.mark.parametrize(
    "address",
    [
        "ntfys://ntfy.example/a-long-random-topic?priority=max",
        "signals://gateway.example:8080/+12025550143/+15125550143",
        "matrixs://pages:secret@matrix.example/#team",
        "tgram://123456789:abcdefg_hijklmnop/12315544/",
        "gotifys://gotify.example/Aabcdef",
    ],
)
def test_the_apps_that_teams_have_are_taken(address: str) -> None:
    check_app_address(address)


@pytest.mark.parametrize("leads_to", ["127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "::1", "fd00::1"])
def test_an_address_on_our_own_net_is_refused_unless_the_team_named_it(leads_to: str, server: Server) -> None:
    def lead(_host: str, _port: int) -> list[str]:
        return ["93.184.215.14", leads_to]

    app = App(AppSettings(), resolve=lead)
    page = page_to("jsons://innocent.example/hook")
    assert refusal(app, page) == ("address on our own net", Then.UNREACHABLE)
    assert refusal(App(AppSettings()), page_to(f"json://127.0.0.1:{server.port}/x"))[1] is Then.UNREACHABLE
    assert not server.asked


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_library_has_what_we_promise(scheme: str) -> None:
    plugin = _plugin(scheme)
    assert scheme in _as_list(plugin.protocol) + _as_list(plugin.secure_protocol)


def _as_list(names: object) -> list[object]:
    return list(names) if isinstance(names, tuple | list) else [names]


def test_the_library_logs_nothing_that_anybody_keeps(server: Server, capfd: pytest.CaptureFixture[str]) -> None:
    assert not logging.getLogger("apprise").propagate
    app_at(server.port).send(page_to(f"ntfy://127.0.0.1:{server.port}/a-long-topic"))
    refusal(app_at(server.port), page_to(f"ntfy://127.0.0.1:{server.port}/nobody"))
    said = capfd.readouterr()
    assert "topic" not in said.out + said.err
