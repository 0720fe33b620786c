"""A device shows that it holds the private half of its key: ECDSA on P-256 with SHA-256, as WebCrypto signs."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from stepitup.ground.root_key import raw

_HALF = 32


def holds(*, key: str, words: str, proof: str) -> bool:
    """Whether whoever made this proof holds the private half of this key, and signed these very words."""
    try:
        signed = raw(proof)
        public = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), raw(key))
        r, s = (int.from_bytes(part, "big") for part in (signed[:_HALF], signed[_HALF:]))
        public.verify(encode_dss_signature(r, s), words.encode(), ECDSA(SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def words_of_enrolling(name: str) -> str:
    """What a device signs when it is enrolled."""
    return f"stepitup enrol 1\n{name}"


def words_of_seat(mark: str) -> str:
    """What a device signs to open a seat; `mark` is the fingerprint of this one seat's secret."""
    return f"stepitup seat 1\n{mark}"
