"""The address to which a mail comes back, one for each page (VERP): it names the attempt, also where nothing else does.

Some mail servers return neither the mail nor its headers, but each writes to the sender of the envelope. So that sender
holds the attempt's key and a mark that only this house can make. In hex, because servers on the way write it small.
"""

import hmac
import re

from stepitup.ground import keys

# What stands for the key and the mark in the team's file.
PLACE = "*"
# The part before the @ may be 64 characters long (RFC 5321, 4.5.3.1.1); a key and its mark take 43.
LONGEST = 64 - 43 + len(PLACE)
_MARKED = re.compile(r"([0-9a-f]{32})-([0-9a-f]{10})")


def return_path(written: str, key: str) -> str:
    """The sender on the envelope of this attempt's mail. `written` is the team's `comes_back_to`."""
    return written.replace(PLACE, f"{key}-{_mark(key)}")


def key_in(address: str, written: str) -> str:
    """The attempt that this address was made for, or nothing. What only looks like ours names nothing."""
    before, _, after = written.lower().partition(PLACE)
    found = re.fullmatch(f"{re.escape(before)}{_MARKED.pattern}{re.escape(after)}", address.strip().lower())
    return found[1] if found and hmac.compare_digest(found[2], _mark(found[1])) else ""


def _mark(key: str) -> str:
    return keys.bytes_for("return path", key).hex()[:10]
