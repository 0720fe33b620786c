"""What the roster file says, as plain values: the same whether read from a file or drawn from the database."""

from dataclasses import dataclass, field
from datetime import date, datetime

from stepitup.ground.vocabulary import UNKNOWN
from stepitup.roster.credentials.record import CredentialRow
from stepitup.roster.facts import WHOLE_AGENCY


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One `[[agency]]`."""

    key: str
    name: str
    also: tuple[str, ...] = ()
    state: str = UNKNOWN
    time_zone: str = ""
    address_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PostRow:
    """An agency and a unit of it, or all of it."""

    agency: str
    unit: str = WHOLE_AGENCY


@dataclass(frozen=True, slots=True)
class WayRow:
    """One `[[helper.way]]`."""

    carrier: str
    address: str
    employer_owned: bool = False
    confirmed: date | None = None


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One `[[incident]]`: a short word, a day, who was there and who investigates. Nothing of a caller."""

    key: str
    happened_on: date
    delete_on: date
    was_there: tuple[str, ...] = ()
    investigated_by: tuple[str, ...] = ()
    units: tuple[PostRow, ...] = ()
    investigating_units: tuple[PostRow, ...] = ()


@dataclass(frozen=True, slots=True)
class HelperRow:
    """One `[[helper]]`. `suspended` and `off_until` are None where the file says nothing, and then nothing changes."""

    key: str
    display_name: str
    kinds: tuple[str, ...]
    full_name: str = ""
    agency: str = ""
    independent: bool = False
    unit: str = ""
    rank_band: str = UNKNOWN
    sworn: bool | None = None
    years: int | None = None
    services: tuple[str, ...] = ()
    state: str = UNKNOWN
    languages: tuple[str, ...] = ()
    shares_shown: tuple[str, ...] = ()
    shares_for_matching: tuple[str, ...] = ()
    shares_not_at_all: tuple[str, ...] = ()
    internal_affairs: bool = False
    credentials: tuple[CredentialRow, ...] = ()
    suspended: bool | None = None
    off_until: datetime | None = None
    quiet: tuple[str, ...] = ()
    pages_in_a_row: int | None = None
    duty: tuple[str, ...] = ()
    time_zone: str = ""
    team_number: str = ""
    related_to: tuple[str, ...] = ()
    supervises: tuple[PostRow, ...] = ()
    never_for: tuple[PostRow, ...] = ()
    ways: tuple[WayRow, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterRows:
    """The whole file."""

    agencies: tuple[AgencyRow, ...] = ()
    helpers: tuple[HelperRow, ...] = ()
    incidents: tuple[IncidentRow, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing to mend: the line (0 where there is none), where in the file that is, and what to do."""

    line: int
    where: str
    words: str

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line else ""
        return f"{place}{self.where + ': ' if self.where else ''}{self.words}"


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, or would do. With mistakes, nothing was imported.

    `removed` were taken off the roster; `not_in_file` are on the roster still, though the file does not name them.
    `agencies` and `incidents` are those that are new or changed, by their keys.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    not_in_file: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = field(default=())
    dry_run: bool = False

    @property
    def is_good(self) -> bool:
        """Was there nothing to mend?"""
        return not self.mistakes
