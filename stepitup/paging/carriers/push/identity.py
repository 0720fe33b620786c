"""Who sends our notices: the key by which a browser's maker knows this house (VAPID, RFC 8292).

It is drawn from the site key, so that it is kept, moved and restored with it, and no second secret lies about.
"""

from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from stepitup.ground import keys

# The order of the curve P-256 (SP 800-186); a private key is a number from 1 to one below it.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def public_key() -> str:
    """What a browser is told when it subscribes, in base64url."""
    from webpush.vapid import VAPID  # type: ignore[import-untyped]  # noqa: PLC0415  late, as in carriers/__init__

    return str(VAPID.get_application_server_key(_private_key(keys.site_key()).public_key()))


def as_pem() -> tuple[bytes, bytes]:
    """The private and the public key, for the library."""
    private = _private_key(keys.site_key())
    return (
        private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    )


@lru_cache(maxsize=2)
def _private_key(_site_key: bytes) -> ec.EllipticCurvePrivateKey:
    drawn = int.from_bytes(keys.bytes_for("web push identity", 1))
    return ec.derive_private_key(drawn % (_ORDER - 1) + 1, ec.SECP256R1())
