"""What the daemon laid into the inbox: texts that helpers sent, and the network's word on ours.

The daemon writes in its "detail" form: one file a message with all its parts, which alone says whether it is a text or
a delivery report.
"""

import configparser
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import phonenumbers

_LARGEST = 64 * 1024
# The daemon may be writing it just now. What does not become readable in this time never does.
_HALF_WRITTEN = timedelta(seconds=5)
_HOME = "US"
_TEXT = re.compile(r"text[0-9]{2}")


@dataclass(frozen=True)
class Arrived:
    """A message that came in. `id` is the same where the modem hands the same message over twice."""

    path: Path
    id: str
    number: str
    said: str
    at: datetime
    is_report: bool


@dataclass(frozen=True)
class Garbage:
    """A file that is no message and never will be."""

    path: Path


def arrived(inbox: Path, now: datetime) -> Iterator[Arrived | Garbage]:
    """What lies there, the oldest first. Raises OSError where the folder cannot be read."""
    for path in sorted(path for path in inbox.iterdir() if not path.name.startswith(".")):
        try:
            came = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
        except FileNotFoundError:
            continue  # whoever reads beside us was first
        message = _read(path, came=came)
        if message is not None:
            yield message
        elif now - came > _HALF_WRITTEN:
            yield Garbage(path)


def one_form(number: str) -> str:
    """A sender's number as the roster writes it; a short code or a name, which no helper has, stays as it is."""
    try:
        parsed = phonenumbers.parse(number, _HOME)
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_possible_number(parsed):
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _read(path: Path, *, came: datetime) -> Arrived | None:
    try:
        with path.open("rb") as file:
            written = file.read(_LARGEST).decode("utf-8", "replace")
        form = configparser.ConfigParser(interpolation=None, strict=False, comment_prefixes=(";",), delimiters=("=",))
        form.read_string(written)
        parts = [form[name] for name in sorted(form.sections()) if name.startswith("SMSBackup")]
        return _message(path, parts, came=came)
    except (OSError, configparser.Error, ValueError, LookupError):
        return None


def _message(path: Path, parts: list[configparser.SectionProxy], *, came: datetime) -> Arrived:
    first = parts[0]
    number, said = _number(first), "".join(_text(part) for part in parts)
    sent = f"{first['DateTime']} {number} {said}"
    return Arrived(
        path,
        id=hashlib.sha256(sent.encode("utf-8", "replace")).hexdigest(),
        number=one_form(number),
        said=said,
        # When it came by our own clock. The network's clock is in the file too, hours wrong with some of them, and an
        # answer that seems older than its page would not count.
        at=came,
        is_report=first["PDU"] == "Status_Report",
    )


def _number(part: Mapping[str, str]) -> str:
    in_letters = part.get("NumberUnicode", "")
    return bytes.fromhex(in_letters).decode("utf-16-be") if in_letters else part["Number"].strip('"')


def _text(part: Mapping[str, str]) -> str:
    lines = sorted(key for key in part if _TEXT.fullmatch(key))
    if not lines and part["Coding"] != "8bit":
        raise ValueError("half a message: the text is not there yet")
    return bytes.fromhex("".join(part[key] for key in lines)).decode("utf-16-be", "replace")
