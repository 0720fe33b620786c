"""Mail: one plain message a page, over a line of its own, within one limit of time."""

import smtplib
import ssl
from contextlib import suppress
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from stepitup.ground.team import MailSettings
from stepitup.paging.carriers.mail.fuse import Fuse
from stepitup.paging.carriers.mail.line import Line, Resolve, find_addresses
from stepitup.paging.carriers.mail.return_path import return_path
from stepitup.paging.carriers.mail.trouble import what_it_means
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Letter, Outgoing, Then
from stepitup.paging.words import subject

# Wide enough that a page stays on one line and readable as it is, without soft breaks through its link.
_PLAIN = SMTP.clone(max_line_length=200)


class Mail:
    """Sends through the mail server of the team's file.

    Nothing is pooled: a line that was opened for somebody else's page may have died unnoticed.
    """

    name = "mail"
    # Mail servers for small teams take ten to twenty lines from one sender before they begin to refuse.
    at_once = 10
    takes_replies = False

    def __init__(
        self,
        settings: MailSettings,
        *,
        time_limit: timedelta = timedelta(seconds=10),
        trust: ssl.SSLContext | None = None,
        resolve: Resolve = find_addresses,
    ) -> None:
        self.time_limit = time_limit
        self._settings = settings
        self._name, self._sender = parseaddr(settings.sender)
        self._us = self._sender.rpartition("@")[2] or "localhost"
        self._trust = trust or ssl.create_default_context()
        self._resolve = resolve

    def send(self, page: Outgoing) -> str:
        """Hand the mail to the server; its Message-ID is the reference. Raises CannotSend."""
        return self.post(as_letter(page))

    def post(self, letter: Letter) -> str:
        """The same for a letter of the house. Raises CannotSend."""
        message = self._write(letter)
        with Fuse(self.time_limit.total_seconds()) as fuse:
            try:
                self._hand_over(message, letter, fuse)
            except (smtplib.SMTPException, OSError, UnicodeError) as trouble:
                # Without its text, also in a traceback: a server's answer likes to quote the address.
                raise what_it_means(trouble, out_of_time=fuse.is_blown) from None
        return str(message["Message-ID"])

    def _write(self, letter: Letter) -> EmailMessage:
        if not _is_address(letter.to):
            raise CannotSend("address", Then.UNREACHABLE)
        if not _is_address(self._sender):
            raise CannotSend("sender", Then.NEXT_WAY)
        message = EmailMessage(policy=_PLAIN)
        message["From"] = formataddr((" ".join(self._name.split()), self._sender))
        message["To"] = letter.to
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(letter.at)
        # The same in every try: the servers on the way and the helper's mailbox know it for the same mail.
        message["Message-ID"] = f"<{letter.key}@{self._us}>"
        # RFC 3834: no holiday notice in answer, which would tell whoever reads our mailbox who was paged.
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        message.set_content(letter.text)
        return message

    def _hand_over(self, message: EmailMessage, letter: Letter, fuse: Fuse) -> None:
        line = Line(self._settings, us=self._us, fuse=fuse, trust=self._trust, resolve=self._resolve)
        try:
            line.secure()
            self._sign_in(line)
            line.send_message(message, from_addr=self._comes_back_to(letter.key), to_addrs=[letter.to])
            # The mail is theirs now. Whether they also say goodbye changes nothing, so nobody waits for it.
            with suppress(smtplib.SMTPException, OSError):
                line.putcmd("quit")
        finally:
            line.close()

    def _comes_back_to(self, key: str) -> str:
        written = self._settings.comes_back_to
        return return_path(written, key) if written else self._sender

    def _sign_in(self, line: Line) -> None:
        if not self._settings.user:
            return
        if self._settings.security == "none":
            raise CannotSend("sign-in needs TLS", Then.NEXT_WAY)
        line.login(self._settings.user, self._settings.password)


def as_letter(page: Outgoing) -> Letter:
    """A page as a mail."""
    return Letter(page.to, subject(page.words, language=page.language), page.text, page.key, page.at)


def _is_address(written: str) -> bool:
    """Asked before the mail library sees it: that one takes a list for an address, and stumbles over half of one."""
    try:
        validate_email(written)
    except ValidationError:
        return False
    return True
