"""How a provider's own requests to us are known: HMAC-SHA1 over the address it asked and all it sent (Twilio, "Webhooks
security"). The signature holds no time, so no clock can be wrong; the same request twice is known by its id instead.

The address is the one that the provider was given, ours in public: behind a TLS proxy only `public_url` knows it.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit, urlunsplit

_STANDARD_PORTS = {"https": 443, "http": 80}


def signature_of(token: str, address: str, sent: Mapping[str, Sequence[str]]) -> str:
    """The signature of a form that was sent to an address: names in order, each followed by its values."""
    said = "".join(name + value for name in sorted(sent) for value in sorted(set(sent[name])))
    # SHA-1 is the provider's choice; as the hash of an HMAC it is not broken.
    mac = hmac.new(token.encode(), (address + said).encode(), hashlib.sha1)
    return base64.b64encode(mac.digest()).decode()


def is_signed(signature: str, address: str, sent: Mapping[str, Sequence[str]], *, tokens: Iterable[str]) -> bool:
    """Whether somebody who knows one of these tokens sent this. Takes as long for a wrong one as for a right one."""
    right = False
    for token in tokens:
        for written in _ways_to_write(address):
            right |= hmac.compare_digest(signature_of(token, written, sent).encode(), signature.encode())
    return right


def _ways_to_write(address: str) -> Sequence[str]:
    """Some of the provider's machines sign with the standard port in the address, some without any."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    bare = urlunsplit(parts._replace(netloc=host))
    full = urlunsplit(parts._replace(netloc=f"{host}:{parts.port or _STANDARD_PORTS.get(parts.scheme, 443)}"))
    return tuple(dict.fromkeys((address, bare, full)))
