"""The head of a book as a card: a few lines of text that a sceptic can print, photograph or mail to themselves.

It has the form of a checkpoint in a signed note, as other transparency logs use (C2SP tlog-checkpoint and
signed-note), so that programs that are not ours can read it and check the signature.
"""

import base64
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from stepitup.ground.keys import bytes_for

_ED25519 = b"\x01"
_MARK = "— "


class NotACard(ValueError):
    """This text is no head of a log book, or not a whole one."""


@dataclass(frozen=True)
class Card:
    """One head: whose book of which year, how many lines, the hash over them, and whether this house signed it."""

    origin: str
    size: int
    root: bytes
    signed_by_us: bool = False

    @property
    def book(self) -> int:
        """The year of the book."""
        return int(self.origin.rpartition("/")[2])


def written(*, house: str, book: int, size: int, root: bytes) -> str:
    """The card as text, signed by this house."""
    text = f"{house}/log-book/{book}\n{size}\n{base64.b64encode(root).decode()}\n"
    return signed(text, name=house, key=_key())


def read(text: str) -> Card:
    """The head that a card tells; blanks around lines are forgiven, for cards are copied by hand. Raises NotACard."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").strip().split("\n")]
    try:
        origin, size, root = lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True)
        card = Card(origin, size, root)
        year_is_there = card.book > 0
    except (IndexError, ValueError) as wrong:
        raise NotACard from wrong
    if len(root) != hashlib.sha256().digest_size or size < 0 or not year_is_there:
        raise NotACard
    body = "\n".join(lines[:3]) + "\n"
    ours = any(is_signed(body, line, by=_key().public_key()) for line in lines[3:])
    return Card(origin, size, root, signed_by_us=ours)


def signed(text: str, *, name: str, key: Ed25519PrivateKey) -> str:
    """A signed note: the text, an empty line, the signature."""
    mark = key_mark(name, key.public_key())
    return f"{text}\n{_MARK}{name} {base64.b64encode(mark + key.sign(text.encode())).decode()}\n"


def is_signed(text: str, line: str, *, by: Ed25519PublicKey) -> bool:
    """Whether this line of a note is the signature of that key under the text."""
    name, _, signature = line.removeprefix(_MARK).rpartition(" ")
    if not line.startswith(_MARK) or not name:
        return False
    try:
        raw = base64.b64decode(signature, validate=True)
        by.verify(raw[4:], text.encode())
    except (ValueError, InvalidSignature):
        return False
    return raw[:4] == key_mark(name, by)


def key_mark(name: str, key: Ed25519PublicKey) -> bytes:
    """The four bytes by which a note tells which key signed it."""
    return hashlib.sha256(f"{name}\n".encode() + _ED25519 + _raw(key)).digest()[:4]


def verifier(house: str) -> str:
    """What others need to check our signature: the house, the mark and the public key."""
    key = _key().public_key()
    return f"{house}+{key_mark(house, key).hex()}+{base64.b64encode(_ED25519 + _raw(key)).decode()}"


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes_for("log book", "head"))


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)
