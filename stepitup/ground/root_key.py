"""The team's root key: it lives off the server, and says which helpers' devices are really theirs.

Ed25519 (RFC 8032). The key file is sealed under a passphrase: scrypt (RFC 7914), then AES-256-GCM. The house knows the
public half alone, so whoever takes the house over can let no device of their own in.
"""

import base64
import hashlib
import json
import os
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from stepitup.ground.errors import RootKeyClosed

_WHAT: Final = "stepitup root key 1"
_COST = 2**17  # with r = 8 each guess at the passphrase takes 128 MB of memory, so few can be made side by side
_PUBLIC_BYTES = 32


@dataclass(frozen=True)
class RootKey:
    """The opened key, in the hands of whoever signs."""

    _private: Ed25519PrivateKey

    @property
    def public(self) -> str:
        """The half that the house may know."""
        return text(self._private.public_key().public_bytes_raw())

    def sign(self, *, name: str, key: str) -> str:
        """Say that this key belongs to whoever signs in by this name."""
        return text(self._private.sign(_statement(name, key)))


def make(passphrase: str, *, cost: int = _COST) -> tuple[RootKey, bytes]:
    """A new key, and its file."""
    private, salt, nonce = Ed25519PrivateKey.generate(), os.urandom(16), os.urandom(12)
    root = RootKey(private)
    sealed = _cipher(passphrase, salt, cost).encrypt(nonce, private.private_bytes_raw(), _WHAT.encode())
    file = {
        "what": _WHAT,
        "public": root.public,
        "cost": cost,
        "salt": text(salt),
        "nonce": text(nonce),
        "sealed": text(sealed),
    }
    return root, json.dumps(file, indent=1).encode()


def open_file(file: bytes, passphrase: str) -> RootKey:
    """Open a key file. Raises RootKeyClosed: another passphrase, or no key file of ours."""
    try:
        said = json.loads(file)
        salt, nonce, sealed = (raw(said[name]) for name in ("salt", "nonce", "sealed"))
        opened = _cipher(passphrase, salt, int(said["cost"])).decrypt(nonce, sealed, _WHAT.encode())
    except (InvalidTag, ValueError, KeyError, TypeError) as wrong:
        raise RootKeyClosed from wrong
    return RootKey(Ed25519PrivateKey.from_private_bytes(opened))


def is_signed(*, root: str, name: str, key: str, signature: str) -> bool:
    """Whether the root key says that this key belongs to whoever signs in by this name."""
    try:
        Ed25519PublicKey.from_public_bytes(raw(root)).verify(raw(signature), _statement(name, key))
    except (InvalidSignature, ValueError):
        return False
    return True


def is_a_public_key(word: str) -> bool:
    """Whether this is the public half of a root key, as `stepitup root-key make` prints it."""
    try:
        return len(raw(word)) == _PUBLIC_BYTES
    except ValueError:
        return False


def fingerprint_of(public: str) -> str:
    """Eight groups of four, to be read aloud and compared: 128 bits of SHA-256."""
    plain = hashlib.sha256(public.encode()).hexdigest()[:32]
    return " ".join(plain[at : at + 4] for at in range(0, 32, 4))


def text(plain: bytes) -> str:
    """Bytes as base64url."""
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode("ascii")


def raw(word: str) -> bytes:
    """And back. Raises ValueError."""
    return base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True)


def _statement(name: str, key: str) -> bytes:
    return f"stepitup device 1\n{name}\n{key}".encode()


def _cipher(passphrase: str, salt: bytes, cost: int) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(passphrase.encode()))
