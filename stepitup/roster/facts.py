"""The plain values this room gives and takes. No database behind them, so every rule can be tried in a blink."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from stepitup.ground.vocabulary import UNKNOWN, Kind

WHOLE_AGENCY: Final = "*"  # stands for every unit of an agency

# (agency as somebody may write it, unit or WHOLE_AGENCY)
Post = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Share:
    """Something a helper has in common with callers; `shown` says whether a caller may be told."""

    what: str
    shown: bool


@dataclass(frozen=True, slots=True, eq=False)
class Employer:
    """Where somebody works, as far as it is known: one and the same object for all who work there."""

    names: tuple[str, ...]
    state: str
    independent: bool


@lru_cache(maxsize=10_000)
def _employer(name: str, aliases: tuple[str, ...], state: str, independent: bool) -> Employer:
    return Employer((name, *aliases) if name else (), state, independent)


@dataclass(frozen=True, slots=True)
class HelperFacts:
    """What matching knows of one helper.

    `independent` says that a helper works for no agency at all; without it an empty `agency` means "not known", and
    a never-rule then errs to leaving the helper out. `supervises` and `never_for` name an agency once for each of its
    names, so that any way of writing it is found. `told_silently` and `not_told` are the words about the job that the
    helper wants used for matching only, or not at all. `was_at` and `investigates` are the days of incidents.
    """

    id: int
    kinds: frozenset[Kind] = frozenset({Kind.PEER})
    display_name: str = ""
    agency: int | None = None
    agency_name: str = ""
    agency_aliases: tuple[str, ...] = ()
    agency_state: str = UNKNOWN
    independent: bool = False
    unit: str = ""
    rank_band: str = UNKNOWN
    sworn: bool | None = None
    years: int | None = None
    services: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    state: str = UNKNOWN
    shares: tuple[Share, ...] = ()
    name_tokens: frozenset[str] = frozenset()
    related_tokens: frozenset[str] = frozenset()
    internal_affairs: bool = False
    supervises: frozenset[Post] = frozenset()
    never_for: frozenset[Post] = frozenset()
    last_talk_at: datetime | None = None
    told_silently: frozenset[str] = frozenset()
    not_told: frozenset[str] = frozenset()
    was_at: frozenset[date] = frozenset()
    investigates: frozenset[date] = frozenset()
    employer: Employer = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        employer = _employer(self.agency_name, self.agency_aliases, self.agency_state, self.independent)
        object.__setattr__(self, "employer", employer)

    @property
    def agency_names(self) -> tuple[str, ...]:
        """Every way in which the helper's agency is written; empty when it is not known or there is none."""
        return self.employer.names


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a caller said of themselves and of who may come. Everything may be left out.

    `matters` maps a word of SHARED_GROUND to "matters" or "a lot". `incident_on` is the day of what it is about.
    `family` leaves out the responder's agency too.
    """

    mine_agency: str = ""
    mine_unit: str = ""
    mine_rank_band: str = UNKNOWN
    mine_years: int | None = None
    matters: Mapping[str, str] = field(default_factory=dict)
    never_agencies: tuple[str, ...] = ()
    never_names: tuple[str, ...] = ()
    never_units: tuple[str, ...] = ()
    never_above_me: bool = False
    never_my_agency: bool = False
    incident_on: date | None = None
    family: bool = False
    work_service: str = UNKNOWN
    work_state: str = UNKNOWN
    language: str = ""


@dataclass(frozen=True, slots=True)
class Matched:
    """Whom to ask, in order; whom never to ask; where a never-rule had to err; and why each is close.

    `why` names only what the helper lets callers be told, so that either side may read it. `same_agency` says for each
    helper whether they work where the caller works; whoever cannot be told for sure is not in it.
    """

    order: tuple[int, ...]
    excluded: frozenset[int]
    unsure: tuple[str, ...]
    why: Mapping[int, str]
    same_agency: dict[int, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fit:
    """A helper who may be paged at this moment, in these roles.

    `rested_since` is the day of the last talk, if there was one lately; `pages_in_a_row` after how many pages within 12
    hours they wish that others are asked first.
    """

    id: int
    kinds: frozenset[Kind]
    rested_since: datetime | None
    internal_affairs: bool = False
    pages_in_a_row: int | None = None


@dataclass(frozen=True, slots=True)
class WayFacts:
    """One usable way of reaching a helper, in the helper's own order; `language`: the one in which we write to them."""

    id: int
    carrier: str
    address: str
    position: int
    language: str = "en"


@dataclass(frozen=True, slots=True)
class HelperShown:
    """What a caller sees of the helper who answered. None where it is not known.

    `in_common` are the sentences why: of what the helper lets callers be told, and the caller chose to show.
    """

    role: Kind
    display_name: str
    same_agency: bool | None
    sworn: bool | None
    shares: tuple[str, ...]
    certified_since: date | None
    team_number: str | None
    licence: "LicenceShown | None" = None
    in_common: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LicenceShown:
    """A clinician's licence as a caller sees it: which, where, and by whom and when it was checked."""

    name: str
    state: str
    checked_by: str
    checked_on: date | None
