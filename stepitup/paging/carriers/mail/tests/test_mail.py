"""Mail against a real SMTP server: what arrives, over which line, and what a refusal means."""

import logging
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from email.utils import parsedate_to_datetime

import pytest
from aiosmtpd.smtp import Session

from stepitup.paging.carriers.mail.tests import broken_servers, far_end
from stepitup.paging.carriers.mail.tests.broken_servers import scripted_server
from stepitup.paging.carriers.mail.tests.far_end import Mailbox, mail_server
from stepitup.paging.carriers.mail.tests.sams_mail import SAMS_PAGE, carrier, refusal
from stepitup.paging.facts import Then


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


@pytest.mark.fault("delivered twice")
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


@pytest.mark.fault("wrong credentials")
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


@pytest.mark.fault("TLS broken")
def test_a_broken_handshake_ends_in_words() -> None:
    with scripted_server(broken_servers.offers_tls_and_cannot) as port:
        assert refusal(carrier(port, security="starttls")).then is Then.NEXT_WAY


def test_tls_that_is_out_for_a_moment_is_tried_again() -> None:
    with scripted_server(broken_servers.tls_is_out_for_a_moment) as port:
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
