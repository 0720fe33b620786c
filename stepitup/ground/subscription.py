"""A browser's subscription to Web Push: where its maker takes messages for it, and the keys to seal them (RFC 8291).

As an address on the roster it is one line of JSON, in the shape in which browsers write it.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec

LONGEST = 1500
_LONGEST_ENDPOINT = 1000
_AUTH = 16


class SubscriptionUnclear(ValueError):
    """This is not a subscription that a browser made; the message says what is wanted."""


@dataclass(frozen=True)
class Subscription:
    """`endpoint` is the capability to reach this browser, so it is sealed like any number."""

    endpoint: str
    p256dh: str
    auth: str

    def written(self) -> str:
        """One line, always the same for the same subscription."""
        shape = {"endpoint": self.endpoint, "keys": {"p256dh": self.p256dh, "auth": self.auth}}
        return json.dumps(shape, separators=(",", ":"))


def read_subscription(written: str, *, any_port: bool = False) -> Subscription:
    """Read what a browser wrote. Raises SubscriptionUnclear, in words that do not repeat it.

    `any_port`: for the push service of our tests, which cannot have the usual one.
    """
    try:
        shape = json.loads(written if len(written) <= LONGEST else "")
        found = Subscription(shape["endpoint"], shape["keys"]["p256dh"], shape["keys"]["auth"])
        key, auth = _bytes(found.p256dh), _bytes(found.auth)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise SubscriptionUnclear("this is not what a browser writes; turn notices on in the browser again") from None
    if len(auth) != _AUTH or not _could_be_a_service(found.endpoint, any_port=any_port):
        raise SubscriptionUnclear("this browser's notices go to no public address; we do not send there")
    return found


def _could_be_a_service(endpoint: str, *, any_port: bool) -> bool:
    """Could this be a push service: over TLS, at a public name, at the usual port? What the name leads to, the sender
    looks at once more; here nobody is asked.
    """
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    if len(endpoint) > _LONGEST_ENDPOINT or not endpoint.isascii() or not endpoint.isprintable() or " " in endpoint:
        return False
    usual = any_port or port in {None, 443}
    return parts.scheme == "https" and usual and not parts.username and _is_public_name(host)


def _is_public_name(host: str) -> bool:
    """A name with a dot in it, and no number: a push service has one."""
    try:
        ip_address(host)
    except ValueError:
        last = host.rstrip(".").rpartition(".")[2]
        return "." in host.strip(".") and not last.isdigit() and last not in {"localhost", "local", "internal", "lan"}
    return False


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeError) as wrong:
        raise ValueError("not base64url") from wrong
