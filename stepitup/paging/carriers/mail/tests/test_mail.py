"""Mail against a real SMTP server, and against servers that are broken."""

import logging
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from uuid import UUID

import pytest
from aiosmtpd.smtp import Session

from stepitup.ground.team import MailSettings
from stepitup.paging.carriers.mail.line import Found
from stepitup.paging.carriers.mail.sender import Mail
from stepitup.paging.carriers.mail.tests import far_end
from stepitup.paging.carriers.mail.tests.far_end import Mailbox, mail_server, scripted_server
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Outgoing, Then, Words

LIMIT = timedelta(seconds=0.3)
# What a busy machine may add to the limit before a test calls it broken.
GRACE = 1.5

SAMS_PAGE = Outgoing(
    attempt=7,
    page=UUID("7d444840-9dc0-11d1-b245-5ffdce74fad2"),
    helper=4,
    way=9,
    carrier="mail",
    to="sam@fire.example",
    words=Words.PAGE,
    text="Can you take one? Open the link to say yes or no. https://help.example/p/KEYKEYKEYKEYKEYKEYKEYK",
    link="https://help.example/p/KEYKEYKEYKEYKEYKEYKEYK",
    key="0a1b2c3d4e5f",
    at=datetime(2026, 3, 1, 3, 4, tzinfo=UTC),
)


def carrier(port: int, **others: Any) -> Mail:
    """Mail through a server on this machine, in the clear unless the test says otherwise."""
    words = {word: others.pop(word) for word in ("security", "user", "password", "sender") if word in others}
    sender = words.pop("sender", "Step It Up <pages@help.example>")
    settings = MailSettings(host="127.0.0.1", port=port, sender=sender, **{"security": "none", **words})
    return Mail(settings, **{"time_limit": timedelta(seconds=5), **others})


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def port(mailbox: Mailbox) -> Iterator[int]:
    with mail_server(mailbox) as where:
        yield where


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> far_end.Certificates:
    return far_end.Certificates(tmp_path_factory.mktemp("certificates"))


def refusal(mail: Mail, page: Outgoing = SAMS_PAGE) -> CannotSend:
    """Send, and return the refusal."""
    with pytest.raises(CannotSend) as refused:
        mail.send(page)
    return refused.value


def test_sam_gets_a_plain_mail_that_says_nothing(mailbox: Mailbox, port: int) -> None:
    carrier(port).send(SAMS_PAGE)
    (mail,) = mailbox.arrived
    assert mail["To"] == "sam@fire.example"
    assert mail["Subject"] == "Can you take one?"
    assert mail.get_content_type() == "text/plain"
    assert str(mail.get_payload()).strip() == SAMS_PAGE.text, "one line, with the link whole"
    assert mailbox.envelopes[0].rcpt_tos == ["sam@fire.example"]
    assert mailbox.envelopes[0].mail_from == "pages@help.example"


def test_the_mail_says_who_wrote_it_and_when_and_that_it_wrote_itself(mailbox: Mailbox, port: int) -> None:
    carrier(port).send(SAMS_PAGE)
    (mail,) = mailbox.arrived
    assert mail["From"] == "Step It Up <pages@help.example>"
    assert parsedate_to_datetime(mail["Date"]) == SAMS_PAGE.at
    assert mail["Auto-Submitted"] == "auto-generated"


def test_a_second_try_is_the_same_mail_to_the_last_letter(mailbox: Mailbox, port: int) -> None:
    mail = carrier(port)
    first, second = mail.send(SAMS_PAGE), mail.send(SAMS_PAGE)
    assert first == second == "<0a1b2c3d4e5f@help.example>"
    one, other = mailbox.arrived
    assert one["Message-ID"] == first
    assert one.as_string() == other.as_string()


def test_another_page_is_another_mail(mailbox: Mailbox, port: int) -> None:
    mail = carrier(port)
    assert mail.send(SAMS_PAGE) != mail.send(replace(SAMS_PAGE, key="ffff"))


def test_the_greeting_does_not_tell_the_name_of_this_machine() -> None:
    greeted: list[str] = []

    class Listening(Mailbox):
        async def handle_EHLO(  # noqa: N802  aiosmtpd looks for it by this name
            self, _server: object, session: Session, _envelope: object, said: str, able: list[str]
        ) -> list[str]:
            session.host_name = said
            greeted.append(said)
            return able

    with mail_server(Listening()) as port:
        carrier(port).send(SAMS_PAGE)
    assert greeted == ["help.example"]


def test_ten_pages_go_side_by_side(mailbox: Mailbox, port: int) -> None:
    mail = carrier(port)
    pages = [replace(SAMS_PAGE, key=f"key{n}") for n in range(10)]
    threads = [threading.Thread(target=mail.send, args=(page,)) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {mail["Message-ID"] for mail in mailbox.arrived} == {f"<{page.key}@help.example>" for page in pages}


# The secure line.


def test_the_mail_goes_over_starttls_with_a_sign_in(mailbox: Mailbox, certificates: far_end.Certificates) -> None:
    server = {
        "tls_context": certificates.for_the_server(),
        "require_starttls": True,
        "auth_required": True,
        "authenticator": far_end.knows("house", "open sesame"),
    }
    with mail_server(mailbox, **server) as port:
        signed = {"security": "starttls", "user": "house", "trust": certificates.for_the_carrier()}
        carrier(port, password="open sesame", **signed).send(SAMS_PAGE)
        wrong = refusal(carrier(port, password="guess", **signed))
    assert len(mailbox.arrived) == 1
    assert (wrong.why, wrong.then) == ("sign-in, code 535", Then.NEXT_WAY)


def test_the_mail_goes_over_tls_from_the_first_byte(mailbox: Mailbox, certificates: far_end.Certificates) -> None:
    with mail_server(mailbox, ssl_context=certificates.for_the_server()) as port:
        carrier(port, security="tls", trust=certificates.for_the_carrier()).send(SAMS_PAGE)
    assert len(mailbox.arrived) == 1


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_server_with_a_stranger_s_certificate_gets_nothing(
    mailbox: Mailbox, certificates: far_end.Certificates, security: str
) -> None:
    context = certificates.for_the_server()
    shown = {"ssl_context": context} if security == "tls" else {"tls_context": context}
    with mail_server(mailbox, **shown) as port:
        refused = refusal(carrier(port, security=security))
    assert (refused.why, refused.then) == ("no secure line", Then.NEXT_WAY)
    assert not mailbox.arrived


def test_a_server_without_starttls_gets_nothing_rather_than_plain_text(mailbox: Mailbox, port: int) -> None:
    refused = refusal(carrier(port, security="starttls"))
    assert (refused.why, refused.then) == ("server cannot do it", Then.NEXT_WAY)
    assert not mailbox.arrived


def test_the_password_is_never_said_in_the_clear(mailbox: Mailbox, port: int) -> None:
    refused = refusal(carrier(port, user="house", password="open sesame"))
    assert (refused.why, refused.then) == ("sign-in needs TLS", Then.NEXT_WAY)


def test_a_broken_handshake_ends_in_words() -> None:
    with scripted_server(far_end.offers_tls_and_cannot) as port:
        assert refusal(carrier(port, security="starttls")).then is Then.NEXT_WAY


def test_tls_that_is_out_for_a_moment_is_tried_again() -> None:
    with scripted_server(far_end.tls_is_out_for_a_moment) as port:
        refused = refusal(carrier(port, security="starttls"))
    assert (refused.why, refused.then) == ("code 454", Then.TRY_AGAIN)


# What a refusal means.


@pytest.mark.parametrize(
    ("answer", "why", "then"),
    [
        ("451 4.7.1 greylisted, come back", "recipient, code 451", Then.TRY_AGAIN),
        ("421 too many lines", "recipient, code 421", Then.TRY_AGAIN),
        ("452 4.2.2 mailbox full", "recipient, code 452", Then.TRY_AGAIN),
        ("552 5.2.2 mailbox full", "recipient, code 552", Then.NEXT_WAY),
        ("550 5.7.1 we do not like you", "recipient, code 550", Then.NEXT_WAY),
        ("550 no", "recipient, code 550", Then.NEXT_WAY),
        ("550 5.1.1 sam@fire.example: no such user", "no such mailbox, code 550", Then.UNREACHABLE),
        ("556 5.1.10 domain takes no mail", "no such mailbox, code 556", Then.UNREACHABLE),
        ("550 5.2.1 mailbox disabled", "no such mailbox, code 550", Then.UNREACHABLE),
        ("450 5.1.1 says both", "recipient, code 450", Then.TRY_AGAIN),
    ],
)
def test_a_refused_recipient(mailbox: Mailbox, port: int, answer: str, why: str, then: Then) -> None:
    mailbox.to_recipient = answer
    refused = refusal(carrier(port))
    assert (refused.why, refused.then) == (why, then)


@pytest.mark.parametrize(
    ("answer", "then"),
    [("451 try later", Then.TRY_AGAIN), ("554 5.7.1 looks like spam", Then.NEXT_WAY), ("550 5.1.1", Then.NEXT_WAY)],
)
def test_a_refused_content(mailbox: Mailbox, port: int, answer: str, then: Then) -> None:
    mailbox.to_content = answer
    assert refusal(carrier(port)).then is then


@pytest.mark.parametrize(
    "address",
    [
        *("", "not an address", "sam@", "@", "sam", "sam@fire.example,", "sam@fire.example, ines@fire.example"),
        *("sam@fire.example\r\nBcc: all@paper.example", "sam\n@fire.example", "sam@fire.example\x00", "x" * 5000),
        *("Sam <sam@fire.example>", "s\u00e1m@fire.example", "(", '"'),
    ],
)
def test_an_address_that_is_none_is_not_sent_to(mailbox: Mailbox, port: int, address: str) -> None:
    refused = refusal(carrier(port), replace(SAMS_PAGE, to=address))
    assert (refused.why, refused.then) == ("address", Then.UNREACHABLE)
    assert not mailbox.arrived


def test_what_a_refusal_says_holds_nothing_of_the_helper(
    mailbox: Mailbox, port: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    mailbox.to_recipient = "550 5.1.1 sam@fire.example at Engine 9: no such user"
    refused = refusal(carrier(port))
    assert refused.__cause__ is None
    assert refused.__suppress_context__, "a traceback must not show the server's answer either"
    assert not re.search("sam|fire|Engine", f"{refused} {refused.why}")
    assert not re.search(
        "sam@|Engine", " ".join(line.getMessage() for line in caplog.records if "stepitup" in line.name)
    )


# Bad nights.


@pytest.mark.parametrize(
    ("script", "security"),
    [
        (far_end.says_nothing, "none"),
        (far_end.greets_and_falls_silent, "none"),
        (far_end.dribbles, "none"),
        (far_end.greets_without_end, "none"),
        (far_end.takes_the_mail_and_falls_silent, "none"),
        (far_end.says_nothing, "tls"),
        (far_end.dribbles, "tls"),
        (far_end.offers_tls_and_dribbles, "starttls"),
    ],
)
def test_a_server_that_hangs_is_left_when_the_time_is_up(script: far_end.Script, security: str) -> None:
    with scripted_server(script) as port:
        began = time.monotonic()
        refused = refusal(carrier(port, time_limit=LIMIT, security=security))
        took = time.monotonic() - began
    assert took < LIMIT.total_seconds() + GRACE
    # Under TLS, nonsense is noticed as such before the time is up; that is as good.
    if (script, security) != (far_end.dribbles, "tls"):
        assert (refused.why, refused.then) == ("out of time", Then.NEXT_WAY)


def test_a_door_that_nobody_answers_is_left_when_the_time_is_up() -> None:
    with far_end.nobody_answers_the_door() as port:
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


def test_a_name_that_is_not_found_is_tried_again() -> None:
    def not_found(_host: str, _port: int) -> Found:
        raise OSError("Name or service not known")

    refused = refusal(carrier(25, resolve=not_found))
    assert (refused.why, refused.then) == ("no connection", Then.TRY_AGAIN)


def test_a_server_that_is_restarting_is_tried_again() -> None:
    refused = refusal(carrier(far_end.a_port_where_nobody_listens()))
    assert (refused.why, refused.then) == ("no connection", Then.TRY_AGAIN)


def test_a_server_that_hangs_up_is_tried_again() -> None:
    with scripted_server(far_end.hangs_up) as port:
        assert refusal(carrier(port)).then is Then.TRY_AGAIN


def test_something_else_on_that_port_ends_in_words() -> None:
    with scripted_server(far_end.talks_nonsense) as port:
        assert refusal(carrier(port, time_limit=LIMIT)).then in {Then.NEXT_WAY, Then.TRY_AGAIN}


def test_a_dead_address_before_a_living_one_costs_only_its_share(mailbox: Mailbox, port: int) -> None:
    with far_end.nobody_answers_the_door() as dead:

        def both(_host: str, _port: int) -> Found:
            return [(2, 1, 6, "", ("127.0.0.1", dead)), (2, 1, 6, "", ("127.0.0.1", port))]

        carrier(port, time_limit=timedelta(seconds=1), resolve=both).send(SAMS_PAGE)
    assert len(mailbox.arrived) == 1


def test_a_mail_that_was_taken_counts_even_if_nobody_says_goodbye() -> None:
    with scripted_server(far_end.takes_the_mail_and_never_says_goodbye) as port:
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


@pytest.mark.parametrize("sender", ["", "pages", "Step It Up", "a@b\r\nBcc: c@d"])
def test_a_house_without_a_sender_s_address_sends_nothing_and_says_so(mailbox: Mailbox, port: int, sender: str) -> None:
    assert refusal(carrier(port, sender=sender)).then is Then.NEXT_WAY
    assert not mailbox.arrived


def test_a_password_in_letters_that_mail_does_not_know_ends_in_words(
    mailbox: Mailbox, certificates: far_end.Certificates
) -> None:
    server = {"tls_context": certificates.for_the_server(), "authenticator": far_end.knows("house", "x")}
    with mail_server(mailbox, **server) as port:
        trust = certificates.for_the_carrier()
        refused = refusal(carrier(port, security="starttls", user="house", password="p\u00e4sswort", trust=trust))
    assert (refused.why, refused.then) == ("sign-in", Then.NEXT_WAY)


def test_a_host_that_is_no_name_ends_at_once() -> None:
    settings = MailSettings(host="x" * 300, sender="pages@help.example", security="none")
    began = time.monotonic()
    assert refusal(Mail(settings)).why == "no connection"
    assert time.monotonic() - began < 2
