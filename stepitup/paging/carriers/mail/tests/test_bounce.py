"""Bounces as mail servers write them, and as those write them who want to silence a helper."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from stepitup.ground.team import MailSettings
from stepitup.paging.carriers.mail.bounce import Bounce, read_bounce
from stepitup.paging.carriers.mail.return_path import return_path
from stepitup.paging.carriers.mail.sender import Mail
from stepitup.paging.carriers.mail.tests.far_end import Mailbox, mail_server
from stepitup.paging.carriers.mail.tests.sams_mail import SAMS_PAGE
from stepitup.paging.facts import Then

KEY = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"

REPORT = """\
From: MAILER-DAEMON@mx.fire.example
To: pages@help.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

I am sorry. <sam@fire.example>: no such user

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.fire.example
Arrival-Date: Sun, 1 Mar 2026 03:04:00 +0000

Final-Recipient: rfc822; sam@fire.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <sam@fire.example>: no such user

--b1
Content-Type: {returned}

Message-ID: {id}
From: pages@help.example
To: sam@fire.example
Subject: Can you take one?

--b1--
"""


def report(
    *,
    action: str = "failed",
    status: str = "5.1.1",
    returned: str = "text/rfc822-headers",
    id: str = f"<{KEY}@help.example>",
) -> bytes:
    return REPORT.format(action=action, status=status, returned=returned, id=id).replace("\n", "\r\n").encode()


def read(raw: bytes) -> Bounce:
    bounce = read_bounce(raw)
    assert bounce is not None
    return bounce


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
def test_a_mailbox_that_is_not_there_makes_the_way_unreachable(returned: str) -> None:
    bounce = read(report(returned=returned))
    assert bounce.key == KEY
    assert (bounce.outcome.then, bounce.outcome.why) == (Then.UNREACHABLE, "bounced, 5.1.1")


@pytest.mark.parametrize(
    ("action", "status", "then"),
    [
        ("failed", "5.1.10", Then.UNREACHABLE),
        ("failed", "5.2.1", Then.UNREACHABLE),
        ("failed", "5.2.2 (mailbox full)", Then.NEXT_WAY),
        ("failed", "5.7.1", Then.NEXT_WAY),
        ("failed", "4.4.7", Then.NEXT_WAY),
        ("Failed", "5.0.0", Then.NEXT_WAY),
        ("failed", "who knows", Then.NEXT_WAY),
        ("delayed", "4.4.1", Then.NEXT_WAY),
        ("delayed", "5.1.1", Then.NEXT_WAY),
    ],
)
def test_what_a_report_means(action: str, status: str, then: Then) -> None:
    outcome = read(report(action=action, status=status)).outcome
    assert outcome.then is then
    assert len(outcome.why) <= 40
    assert "sam" not in outcome.why


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded", "", "nonsense"])
def test_good_news_and_no_news_are_no_bounce(action: str) -> None:
    assert read_bounce(report(action=action)) is None


@pytest.mark.parametrize(
    "id",
    [
        "",
        "<>",
        "<other@help.example>",
        f"<{KEY[:-1]}@help.example>",
        f"<{KEY.upper()}@help.example>",
        f"{KEY}",
        "<a> <b>",
    ],
)
def test_a_report_without_our_own_mark_silences_nobody(id: str) -> None:
    assert read_bounce(report(id=id)) is None


def test_our_mark_counts_only_in_the_mail_that_came_back() -> None:
    """Anywhere else it may have been copied from a log: only what came back proves a return."""
    forged = report(id="<x@y>").replace(
        b"Subject: Undelivered", f"In-Reply-To: <{KEY}@help.example>\r\nSubject: x".encode()
    )
    assert read_bounce(forged) is None
    assert read_bounce(report(id="<x@y>").replace(b"I am sorry", f"Message-ID: <{KEY}@help.example>".encode())) is None


def test_what_does_not_call_itself_a_report_is_none() -> None:
    assert read_bounce(report().replace(b"multipart/report", b"multipart/mixed")) is None
    assert read_bounce(report().replace(b"message/delivery-status", b"text/plain")) is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff" * 999,
        b"Subject: hello\r\n\r\nI am on holiday",
        report().replace(b"multipart/report", b"multipart/mixed"),
        report().replace(b"message/delivery-status", b"text/plain"),
        report()[:400],
        b"Content-Type: multipart/report; boundary=a\r\n\r\n--a\r\nContent-Type: message/rfc822\r\n\r\n--a--",
        b"Content-Type: multipart/report; boundary=\xff\xfe\r\n\r\n" + b"--\xff\xfe\r\n" * 50,
        b"Content-Type: message/rfc822\r\n\r\n" * 3000,
        report() + b"x" * 2_000_000,
    ],
)
def test_nothing_that_anybody_writes_breaks_it(raw: bytes) -> None:
    bounce = read_bounce(raw)
    assert bounce is None or bounce.key == KEY


# By the envelope alone.

COMES_BACK_TO = "Backup+*@help.example"


def without_the_mail(to: str) -> bytes:
    """A report as some servers write it: the recipient, and nothing of what was sent."""
    whole = report().replace(b"To: pages@help.example", f"To: {to}".encode(), 1)
    return whole.partition(b"--b1\r\nContent-Type: text/rfc822-headers")[0] + b"--b1--\r\n"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, Mail]]:
    """A real mail server, and the carrier of a house whose pages come back to an address of their own."""
    box = Mailbox()
    with mail_server(box) as port:
        settings = MailSettings("127.0.0.1", "pages@help.example", port, security="none", comes_back_to=COMES_BACK_TO)
        yield box, Mail(settings)


def test_a_report_that_brings_nothing_back_is_known_by_the_address_it_is_written_to(
    mailbox: tuple[Mailbox, Mail],
) -> None:
    box, carrier = mailbox
    carrier.send(replace(SAMS_PAGE, key=KEY))
    sender = str(box.envelopes[0].mail_from)
    assert box.arrived[0]["From"] == "pages@help.example", "a person's answer goes where it always went"
    raw = without_the_mail(sender)
    assert read_bounce(raw) is None
    to_another = raw.replace(b"To: ", b"To: x@help.example\r\nDelivered-To: ", 1)
    for written in (raw, without_the_mail(sender.lower()), to_another):
        bounce = read_bounce(written, comes_back_to=COMES_BACK_TO)
        assert bounce is not None
        assert (bounce.key, bounce.outcome.then) == (KEY, Then.UNREACHABLE)


@pytest.mark.parametrize(
    "to",
    [
        "pages@help.example",
        "backup+*@help.example",
        f"backup+{KEY}@help.example",
        f"backup+{KEY}-0123456789@help.example",
        f"backup+{KEY}-@help.example",
        f"backup+{KEY.replace('0a', '0b')}-MARK@help.example",
        f"other+{KEY}-MARK@help.example",
        f"backup+{KEY}-MARK@other.example",
        f"backupx{KEY}-MARK@help.example",
    ],
)
def test_an_address_that_we_did_not_make_silences_nobody(to: str) -> None:
    mark = return_path(COMES_BACK_TO, KEY).partition("-")[2].partition("@")[0]
    assert read_bounce(without_the_mail(to.replace("MARK", mark)), comes_back_to=COMES_BACK_TO) is None
    assert read_bounce(without_the_mail(return_path(COMES_BACK_TO, KEY)), comes_back_to=COMES_BACK_TO) is not None


def test_a_holiday_notice_to_that_address_is_no_bounce() -> None:
    answer = f"To: {return_path(COMES_BACK_TO, KEY)}\r\nAuto-Submitted: auto-replied\r\n\r\nI am away".encode()
    assert read_bounce(answer, comes_back_to=COMES_BACK_TO) is None
