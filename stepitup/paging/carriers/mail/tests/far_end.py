"""The other end of a mail: a real SMTP server, and the mailboxes behind it."""

import asyncio
import datetime as dt
import ipaddress
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from email.policy import default as modern
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from stepitup.ground.keys import new_id
from stepitup.ground.team import MailSettings
from stepitup.paging.carriers.mail.sender import Mail
from stepitup.paging.carriers.mail.tests.broken_servers import says_nothing, scripted_server
from stepitup.paging.facts import Outgoing, Words
from stepitup.paging.links import link_to
from stepitup.paging.words import page_text


class Mailbox:
    """What arrived, and what the server says instead of "OK" where it is told to."""

    def __init__(self) -> None:
        self.arrived: list[Message] = []
        self.envelopes: list[Envelope] = []
        self.to_recipient = ""
        self.to_content = ""
        self.unknown = ""

    async def handle_RCPT(  # noqa: N802  aiosmtpd looks for it by this name
        self, _server: object, _session: object, envelope: Envelope, address: str, _options: object
    ) -> str:
        if self.to_recipient:
            return self.to_recipient
        if address == self.unknown:
            return f"550 5.1.1 {address}: no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  aiosmtpd looks for it by this name
        self, _server: object, _session: object, envelope: Envelope
    ) -> str:
        if self.to_content:
            return self.to_content
        assert isinstance(envelope.content, bytes), "decode_data is off"
        self.envelopes.append(envelope)
        self.arrived.append(message_from_bytes(envelope.content, policy=modern))
        return "250 OK"


class _OnAFreePort(Controller):
    """Takes whatever port the system gives, so that tests side by side never meet."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server), "started just before"
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd is typed in part


@contextmanager
def mail_server(mailbox: Mailbox, **settings: Any) -> Iterator[int]:
    """A real SMTP server on this machine; the port it listens on."""
    controller = _OnAFreePort(mailbox, hostname="127.0.0.1", port=0, **settings)
    controller.start()
    try:
        yield int(controller.port)
    finally:
        controller.stop()


def knows(user: str, password: str) -> Callable[..., AuthResult]:
    """A server's list of one user."""

    def ask(_server: object, _session: object, _envelope: object, _how: str, said: object) -> AuthResult:
        right = isinstance(said, LoginPassword) and (said.login, said.password) == (user.encode(), password.encode())
        return AuthResult(success=right, handled=False)

    return ask


class Certificates:
    """A certificate for 127.0.0.1 and one name, for the server to show and for the carrier to trust."""

    def __init__(self, folder: Path, *, name_of_server: str = "localhost") -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
        today = dt.datetime.now(dt.UTC)
        names = [x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(today - dt.timedelta(days=1))
            .not_valid_after(today + dt.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([*names, x509.DNSName(name_of_server)]), False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
            .sign(key, hashes.SHA256())
        )
        self._chain = folder / "server.pem"
        unsealed = serialization.NoEncryption()
        private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, unsealed)
        self._chain.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))

    def for_the_server(self) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self._chain)
        return context

    def for_the_carrier(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self._chain))


class MailFarEnd:
    """Sam's mailbox, behind a real server."""

    def __init__(self, port: int, mailbox: Mailbox) -> None:
        self.carrier = _carrier(port, limit=dt.timedelta(seconds=5))
        self._mailbox = mailbox

    def page(self, helper: int = 4) -> Outgoing:
        """A page to this helper's mailbox."""
        return _page_to(f"helper-{helper}@fire.example", helper=helper)

    def page_to_nobody(self) -> Outgoing:
        """A page to a mailbox that is not there."""
        return _page_to("nobody@fire.example", helper=4)

    def seen(self) -> list[str]:
        """The texts in all mailboxes, as a mail program shows them: the same Message-ID twice is one mail."""
        return [_text_of(mail) for mail in {mail["Message-ID"]: mail for mail in self._mailbox.arrived}.values()]

    def travelled(self) -> list[str]:
        """Everything that went over, as it went."""
        return [mail.as_string() for mail in self._mailbox.arrived]

    @contextmanager
    def hanging(self, limit: dt.timedelta) -> Iterator[Mail]:
        """A server that accepts, and never greets."""
        with scripted_server(says_nothing) as port:
            yield _carrier(port, limit=limit)


@contextmanager
def mail_far_end() -> Iterator[MailFarEnd]:
    """The whole far end of mail, with a server that knows everybody but nobody@."""
    mailbox = Mailbox()
    mailbox.unknown = "nobody@fire.example"
    with mail_server(mailbox) as port:
        yield MailFarEnd(port, mailbox)


def _carrier(port: int, *, limit: dt.timedelta) -> Mail:
    settings = MailSettings(host="127.0.0.1", port=port, sender="pages@help.example", security="none")
    return Mail(settings, time_limit=limit)


def _page_to(address: str, *, helper: int) -> Outgoing:
    page = new_id()
    return Outgoing(
        attempt=1,
        page=page,
        helper=helper,
        way=helper * 10,
        carrier="mail",
        to=address,
        words=Words.PAGE,
        text=page_text(Words.PAGE, link_to(page)),
        link=link_to(page),
        key=new_id().hex,
        at=dt.datetime(2026, 3, 1, 3, 4, tzinfo=dt.UTC),
    )


def _text_of(mail: Message) -> str:
    return str(mail.get_payload()).strip()
