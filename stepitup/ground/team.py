"""The team that runs this house, as its file `team.toml` says: read once at the start, checked in words.

Nothing here is secret but the mail password and the tokens of providers, and nothing is about a caller.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings

from stepitup.ground.errors import TeamFileWrong
from stepitup.ground.root_key import is_a_public_key
from stepitup.ground.vocabulary import STATES, UNKNOWN

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PLAIN: Mapping[Any, str] = {str: "text in quotes", bool: "true or false", int: "a whole number", date: "a date"}
# A key and its mark stand for the *, and the part before the @ may be 64 characters long (paging/carriers/mail).
_COMES_BACK = re.compile(r"(?=[^@]{1,22}@)[A-Za-z0-9._+=-]*\*[A-Za-z0-9._+=-]*@[A-Za-z0-9.-]+")


@dataclass(frozen=True)
class MailSettings:
    """How mail leaves this house. `security` is `starttls`, `tls` or `none` (for a relay on this machine).

    `comes_back_to`: an address with a * in it, such as backup+*@lodge12.example; each page comes back to its own.
    """

    host: str
    sender: str
    port: int = 587
    user: str = ""
    password: str = ""
    security: str = "starttls"
    comes_back_to: str = ""


@dataclass(frozen=True)
class ModemSettings:
    """A modem of one's own: `folder` is where this house and gammu-smsd meet, below the data folder.

    Beside a provider of text it takes over from it, or where it `goes_first`, the provider from it.
    """

    folder: str = "modem"
    goes_first: bool = False


@dataclass(frozen=True)
class ProviderSettings:
    """An account with a provider of text or voice that speaks Twilio's HTTP API.

    `sender` is the number that pages come from (or, for text, a messaging service, MG…); `registered` says how that
    sender is registered with the phone companies (10DLC campaign, toll-free verification), and since when.
    """

    account: str
    token: str
    sender: str
    registered: str = ""
    base_url: str = "https://api.twilio.com"


@dataclass(frozen=True)
class PushSettings:
    """Notices in browsers. `contact` is a mail address that goes along, so that a browser's maker can complain."""

    contact: str


@dataclass(frozen=True)
class AppSettings:
    """Other apps, as an additional way. `own_servers`: gateways on our own net, `host:port`, with commas between."""

    own_servers: str = ""


@dataclass(frozen=True)
class DrillSettings:
    """When a drill begins by itself: `every` is `week` or `month` (the first such day of it), `hour` the team's."""

    every: str
    day: str
    hour: int
    also_off_duty: bool = False


@dataclass(frozen=True)
class RehearsalSettings:
    """How often the house rehearses a call with itself, and which address outside hears that it went well."""

    every_minutes: int = 5
    heartbeat_url: str = ""


@dataclass(frozen=True)
class OperatorSettings:
    """How the operator is told when the house cannot do its work: an address or number for each carrier."""

    by_mail: str = ""
    by_text: str = ""
    by_voice: str = ""


@dataclass(frozen=True)
class SignedAnswers:
    """The team's own answers to "My job? My gun? My certificate?", signed and dated."""

    answers: str
    signed_by: str
    dated: date


@dataclass(frozen=True)
class Team:
    """Who answers here, who runs the machine, and where."""

    name: str = ""
    who_runs: str = ""
    network: str = ""
    run_by_employer: bool = False
    time_zone: str = "UTC"
    public_url: str = "http://localhost:8000"
    demo: bool = False
    default_state: str = UNKNOWN
    on_call_clinician: str = ""
    complaint_to: str = ""
    team_rule: str = ""
    under_18_trained: bool = False
    npi_registry: str = "https://npiregistry.cms.hhs.gov/api/"
    my_job: SignedAnswers | None = None
    mail: MailSettings | None = None
    modem: ModemSettings | None = None
    text: ProviderSettings | None = None
    second_text: ProviderSettings | None = None
    voice: ProviderSettings | None = None
    push: PushSettings | None = None
    app: AppSettings | None = None
    drills: DrillSettings | None = None
    rehearsal: RehearsalSettings | None = None
    operator: OperatorSettings | None = None
    root_key: str = ""
    data: Path = field(default_factory=Path)

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which this team's screens tell the time."""
        return ZoneInfo(self.time_zone)


# What the team said on its set-up screens (ground.set_up), laid over the file: read at the start and when it changes.
_said_on_screens: Mapping[str, Any] = {}
# The tables of the file; each is left out where a house has no such thing.
TABLES: Mapping[str, type[Any]] = {
    "mail": MailSettings,
    "modem": ModemSettings,
    "text": ProviderSettings,
    "second_text": ProviderSettings,
    "voice": ProviderSettings,
    "push": PushSettings,
    "app": AppSettings,
    "my_job": SignedAnswers,
    "drills": DrillSettings,
    "rehearsal": RehearsalSettings,
    "operator": OperatorSettings,
}


def team() -> Team:
    """The team of this house: the file, and over it what the team itself answered on its screens."""
    ours: Team = settings.TEAM
    return replace(ours, **_said_on_screens) if _said_on_screens else ours


def lay_over(words: Mapping[str, Any]) -> None:
    """Let these words stand over those of the file, in this process."""
    global _said_on_screens  # noqa: PLW0603  one process, one team: that is the point
    _said_on_screens = dict(words)


def read_team(data: Path) -> Team:
    """Read `team.toml` in the data folder; a house without one has nothing filled in, and `stepitup check` says so.

    Raises TeamFileWrong with every mistake in words.
    """
    path = data / "team.toml"
    if not path.exists():
        return Team(data=data)
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise TeamFileWrong(f"{path}: {wrong}") from wrong
    return _team_from(written, data=data, path=path)


def _team_from(written: Mapping[str, Any], *, data: Path, path: Path) -> Team:
    parts = dict(written)
    tables = {name: parts.pop(name) for name in TABLES if name in parts}
    mistakes = _mistakes(Team, parts, at="")
    mistakes += [one for name, table in tables.items() for one in _mistakes(TABLES[name], table, at=f"{name}.")]
    if not mistakes:
        ours = Team(**parts, **{name: TABLES[name](**table) for name, table in tables.items()}, data=data)
        mistakes = _what_cannot_stand(ours)
        if not mistakes:
            return ours
    raise TeamFileWrong(f"{path}:\n" + "\n".join(f"  - {mistake}" for mistake in mistakes))


def _mistakes(shape: type[Any], written: object, *, at: str) -> list[str]:
    """What is wrong with one table: words nobody knows, values of another sort, words that are missing."""
    if not isinstance(written, dict):
        return [f"{at.rstrip('.')}: a table is wanted here"]
    known = {part.name: part for part in fields(shape) if part.type in _PLAIN}
    strange = [
        f"{at}{word}: not a word of this file; known are {', '.join(known)}" for word in written if word not in known
    ]
    sorts = [
        f"{at}{word}: {_PLAIN[known[word].type]} is wanted here"
        for word, value in written.items()
        if word in known and type(value) is not known[word].type
    ]
    needed = [part.name for part in known.values() if part.default is MISSING]
    return strange + sorts + [f"{at}{word}: missing" for word in needed if word not in written]


def _what_cannot_stand(ours: Team) -> list[str]:
    wrong = []
    if ours.time_zone not in available_timezones():
        wrong.append(f"time_zone: {ours.time_zone!r} is not a zone such as America/Chicago")
    if ours.default_state not in {*STATES, UNKNOWN}:
        wrong.append(f"default_state: {ours.default_state!r} is not a state such as US-TX, or unknown")
    if not ours.public_url.startswith(("http://", "https://")):
        wrong.append(f"public_url: {ours.public_url!r} must begin with https:// (http:// only on this machine)")
    if ours.root_key and not is_a_public_key(ours.root_key):
        wrong.append("root_key: write the line that `stepitup root-key make` prints")
    real = [
        f"[{word}]" for word in ("mail", "text", "second_text", "voice", "modem", "push", "app") if getattr(ours, word)
    ]
    if ours.demo and real:
        wrong.append(f"demo cannot be on beside a real carrier: take out {', '.join(real)}, or turn demo off")
    if ours.second_text and not ours.text:
        wrong.append("second_text: there is no first; write [text]")
    for word in ("text", "second_text", "voice"):
        wrong += _what_cannot_stand_of(getattr(ours, word), at=word)
    if ours.mail and ours.mail.security not in {"starttls", "tls", "none"}:
        wrong.append(f"mail.security: {ours.mail.security!r} is not starttls, tls or none")
    if ours.mail and ours.mail.comes_back_to and not _COMES_BACK.fullmatch(ours.mail.comes_back_to):
        wrong.append("mail.comes_back_to: one * before the @, and 21 letters at most beside it: backup+*@help.example")
    return wrong + _what_cannot_stand_of_drills(ours)


def _what_cannot_stand_of_drills(ours: Team) -> list[str]:
    wrong, drills, rehearsal = [], ours.drills, ours.rehearsal
    if drills and drills.every not in {"week", "month"}:
        wrong.append(f"drills.every: {drills.every!r} is not week or month")
    if drills and drills.day not in WEEKDAYS:
        wrong.append(f"drills.day: {drills.day!r} is not one of {', '.join(WEEKDAYS)}")
    if drills and not 0 <= drills.hour <= 23:
        wrong.append(f"drills.hour: {drills.hour} is not an hour from 0 to 23")
    if rehearsal and not 1 <= rehearsal.every_minutes <= 60:
        wrong.append(f"rehearsal.every_minutes: {rehearsal.every_minutes} is not between 1 and 60")
    if rehearsal and rehearsal.heartbeat_url and not rehearsal.heartbeat_url.startswith(("http://", "https://")):
        wrong.append("rehearsal.heartbeat_url: it must begin with https:// (http:// only on this machine)")
    return wrong


def _what_cannot_stand_of(provider: ProviderSettings | None, *, at: str) -> list[str]:
    if provider is None:
        return []
    wrong = []
    if not provider.base_url.startswith(("http://", "https://")):
        wrong.append(f"{at}.base_url: {provider.base_url!r} must begin with https:// (http:// only on this machine)")
    if not provider.sender.startswith("+") and not (provider.sender.startswith("MG") and at != "voice"):
        wrong.append(f"{at}.sender: {provider.sender!r} is not a number such as +15125550100")
    return wrong
