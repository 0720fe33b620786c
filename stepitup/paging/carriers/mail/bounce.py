"""Bounces: what a mail server writes back when a page's mail did not arrive after all (RFC 3464, RFC 6522).

Anybody can send a mail that looks like one, and a helper must not be silenced by it. So a bounce counts only if it
brings our own Message-ID back, whose number nobody has but the servers that carried that mail: 122 random bits; or if
it was written to the address that this one mail came from (return_path), which holds the same number and our mark.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses

from stepitup.paging.carriers.mail.return_path import key_in
from stepitup.paging.carriers.mail.trouble import is_no_such_mailbox
from stepitup.paging.facts import Outcome

LARGEST = 1024 * 1024
_MESSAGE_ID = re.compile(r"<\s*([0-9a-f]{32})@[^\s<>@]+>")
# Where a mail says to whom it was delivered: as it was written, and as servers and fetchmail add it.
_ADDRESSED = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


@dataclass(frozen=True)
class Bounce:
    """Which attempt came back, by its key, and what that means for the way it went."""

    key: str
    outcome: Outcome


def read_bounce(raw: bytes, *, comes_back_to: str = "") -> Bounce | None:
    """What this mail says of one of ours; None where it is no bounce, or about no mail of ours.

    `comes_back_to` is the team's own word for the address to which its pages come back, if it has one.
    """
    try:
        mail = message_from_bytes(raw[:LARGEST])
        if mail.get_content_type() != "multipart/report":
            return None
        parts = list(mail.walk())
        key = _key_in(parts) or (_key_of_envelope(mail, comes_back_to) if comes_back_to else "")
        outcome = _outcome_in(parts)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None  # a mail that the library itself stumbles over was written by nobody who means well
    return Bounce(key, outcome) if key and outcome else None


def _key_in(parts: list[Message]) -> str:
    """The number in our Message-ID, from the mail that came back or from its headers; from nowhere else."""
    for part in parts:
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            original = inner[0] if isinstance(inner, list) and inner else None
        elif part.get_content_type() == "text/rfc822-headers":
            original = message_from_bytes(_bytes_of(part))
        else:
            continue
        found = (
            _MESSAGE_ID.fullmatch(str(original["Message-ID"] or "").strip()) if isinstance(original, Message) else None
        )
        if found:
            return found[1]
    return ""


def _key_of_envelope(mail: Message, written: str) -> str:
    """The number in the address that this was written to. A report is addressed to the sender of the envelope."""
    told = [str(value) for name in _ADDRESSED for value in mail.get_all(name, [])]
    found = (key_in(address, written) for _name, address in getaddresses(told))
    return next((key for key in found if key), "")


def _outcome_in(parts: list[Message]) -> Outcome | None:
    """The first recipient of whom the report says that it failed or waits. We write to one at a time."""
    for fields in _recipients(parts):
        action = str(fields["Action"] or "").strip().lower()
        status = _STATUS.match(str(fields["Status"] or "").strip())
        code = status[0] if status else "no code"
        if action == "failed":
            return _failed(code)
        if action == "delayed":
            return Outcome.next_way(f"mail delayed, {code}")
    return None


def _failed(code: str) -> Outcome:
    if is_no_such_mailbox(code):
        return Outcome.unreachable(f"bounced, {code}")
    return Outcome.next_way(f"bounced, {code}")


def _recipients(parts: list[Message]) -> Iterator[Message]:
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            yield from (block for block in blocks if isinstance(block, Message)) if isinstance(blocks, list) else ()


def _bytes_of(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
