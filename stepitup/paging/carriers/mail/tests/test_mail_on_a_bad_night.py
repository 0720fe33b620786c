"""Mail on a bad night: servers that hang, dribble, hang up, and names that are not found. It ends, and in time."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from stepitup.ground.team import MailSettings
from stepitup.paging.carriers.mail.line import Found
from stepitup.paging.carriers.mail.sender import Mail
from stepitup.paging.carriers.mail.tests import broken_servers
from stepitup.paging.carriers.mail.tests.broken_servers import scripted_server
from stepitup.paging.carriers.mail.tests.far_end import Mailbox, mail_server
from stepitup.paging.carriers.mail.tests.sams_mail import GRACE, LIMIT, SAMS_PAGE, carrier, refusal
from stepitup.paging.facts import Then


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def port(mailbox: Mailbox) -> Iterator[int]:
    with mail_server(mailbox) as where:
        yield where


@pytest.mark.fault("hangs on read")
@pytest.mark.parametrize(
    ("script", "security"),
    [
        (broken_servers.says_nothing, "none"),
        (broken_servers.greets_and_falls_silent, "none"),
        (broken_servers.dribbles, "none"),
        (broken_servers.greets_without_end, "none"),
        (broken_servers.takes_the_mail_and_falls_silent, "none"),
        (broken_servers.says_nothing, "tls"),
        (broken_servers.dribbles, "tls"),
        (broken_servers.offers_tls_and_dribbles, "starttls"),
    ],
)
def test_a_server_that_hangs_is_left_when_the_time_is_up(script: broken_servers.Script, security: str) -> None:
    with scripted_server(script) as port:
        began = time.monotonic()
        refused = refusal(carrier(port, time_limit=LIMIT, security=security))
        took = time.monotonic() - began
    assert took < LIMIT.total_seconds() + GRACE
    # Under TLS, nonsense is noticed as such before the time is up; that is as good.
    if (script, security) != (broken_servers.dribbles, "tls"):
        assert (refused.why, refused.then) == ("out of time", Then.NEXT_WAY)


@pytest.mark.fault("hangs on connect")
def test_a_door_that_nobody_answers_is_left_when_the_time_is_up() -> None:
    with broken_servers.nobody_answers_the_door() as port:
        began = time.monotonic()
        refused = refusal(carrier(port, time_limit=LIMIT))
    assert (refused.why, refused.then) == ("out of time", Then.NEXT_WAY)
    assert LIMIT.total_seconds() * 0.9 < time.monotonic() - began < LIMIT.total_seconds() + GRACE


def test_a_name_that_is_never_found_is_given_up_when_the_time_is_up() -> None:
    never = threading.Event()

    def look_up_for_ever(_host: str, _port: int) -> Found:
        never.wait(5)
        return []

    began = time.monotonic()
    refused = refusal(carrier(25, time_limit=LIMIT, resolve=look_up_for_ever))
    never.set()
    assert time.monotonic() - began < LIMIT.total_seconds() + GRACE
    assert (refused.why, refused.then) == ("out of time", Then.NEXT_WAY)


@pytest.mark.fault("DNS gone")
def test_a_name_that_is_not_found_is_tried_again() -> None:
    def not_found(_host: str, _port: int) -> Found:
        raise OSError("Name or service not known")

    refused = refusal(carrier(25, resolve=not_found))
    assert (refused.why, refused.then) == ("no connection", Then.TRY_AGAIN)


@pytest.mark.fault("500s for an hour")
def test_a_server_that_is_restarting_is_tried_again() -> None:
    refused = refusal(carrier(broken_servers.a_port_where_nobody_listens()))
    assert (refused.why, refused.then) == ("no connection", Then.TRY_AGAIN)


@pytest.mark.fault("rate limited")
def test_a_server_that_takes_no_more_just_now_is_tried_again() -> None:
    with scripted_server(broken_servers.has_had_enough_of_us) as port:
        refused = refusal(carrier(port))
    assert (refused.why, refused.then, refused.after) == ("code 421", Then.TRY_AGAIN, None)


def test_a_server_that_hangs_up_is_tried_again() -> None:
    with scripted_server(broken_servers.hangs_up) as port:
        assert refusal(carrier(port)).then is Then.TRY_AGAIN


def test_something_else_on_that_port_ends_in_words() -> None:
    with scripted_server(broken_servers.talks_nonsense) as port:
        assert refusal(carrier(port, time_limit=LIMIT)).then in {Then.NEXT_WAY, Then.TRY_AGAIN}


def test_a_dead_address_before_a_living_one_costs_only_its_share(mailbox: Mailbox, port: int) -> None:
    with broken_servers.nobody_answers_the_door() as dead:

        def both(_host: str, _port: int) -> Found:
            return [(2, 1, 6, "", ("127.0.0.1", dead)), (2, 1, 6, "", ("127.0.0.1", port))]

        carrier(port, time_limit=timedelta(seconds=1), resolve=both).send(SAMS_PAGE)
    assert len(mailbox.arrived) == 1


@pytest.mark.fault("half an answer")
def test_a_mail_that_was_taken_counts_even_if_nobody_says_goodbye() -> None:
    with scripted_server(broken_servers.takes_the_mail_and_never_says_goodbye) as port:
        began = time.monotonic()
        carrier(port).send(SAMS_PAGE)
    assert time.monotonic() - began < 2, "a carrier does not wait for good manners"


def test_no_thread_and_no_line_is_left_behind(mailbox: Mailbox, port: int) -> None:
    before = {thread.name for thread in threading.enumerate()}
    mail = carrier(port, time_limit=timedelta(seconds=60))
    for _ in range(3):
        mail.send(SAMS_PAGE)
    late = [
        thread
        for thread in threading.enumerate()
        if thread.name not in before and not thread.name.startswith("asyncio")
    ]
    for thread in late:
        thread.join(timeout=1)
    assert not [thread for thread in late if thread.is_alive()]


def test_a_host_that_is_no_name_ends_at_once() -> None:
    settings = MailSettings(host="x" * 300, sender="pages@help.example", security="none")
    began = time.monotonic()
    assert refusal(Mail(settings)).why == "no connection"
    assert time.monotonic() - began < 2
