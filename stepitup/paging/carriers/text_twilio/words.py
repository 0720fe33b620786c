"""What fits one text: measured as a phone measures it, in the alphabet that every phone has (3GPP TS 23.038)."""

import gsm0338  # type: ignore[import-untyped]  # it has no types

from stepitup.paging.words import ONE_TEXT

_ALPHABET = gsm0338.Codec()


def fits_one_text(text: str) -> bool:
    """Whether it is one message on any phone. Two can arrive in the wrong order, or one of them alone."""
    try:
        encoded, _length = _ALPHABET.encode(text)
    except UnicodeError:
        return False
    return len(encoded) <= ONE_TEXT


def in_one_text(text: str, link: str) -> str:
    """The text, or its link alone where an address of the house is so long that both do not fit.

    `stepitup check` says so beforehand; at night a bare link is better than half of one.
    """
    return text if fits_one_text(text) or not link else link
