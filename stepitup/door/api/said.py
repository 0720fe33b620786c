"""What a program may say. Everything is optional; a field that we do not know is named and refused."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

from stepitup.calls.told import Number, Told
from stepitup.door.api.words import (
    EmployerWord,
    Few,
    IfLost,
    Language,
    Phone,
    Place,
    RankBand,
    ServiceWord,
    SittingKind,
    StateWord,
    Version,
    Wanted,
    a_day,
    one_of,
)
from stepitup.ground.vocabulary import FAMILIES, UNKNOWN
from stepitup.limits.notice import Situation
from stepitup.roster.facts import Wishes
from stepitup.roster.shared_ground import HOW_MUCH, SHARED_GROUND

_Some = Annotated[list[Few], Field(max_length=20)]
_MATTERS = Annotated[str, AfterValidator(one_of(SHARED_GROUND))]
_HOW_MUCH = Annotated[str, AfterValidator(one_of(HOW_MUCH))]


class _Said(Schema):
    """Strict: no field that we do not know, no number where text is wanted."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Mine(_Said):
    """Where the caller belongs. Used once, to put helpers in order; never stored."""

    agency: Few | None = None
    unit: Few | None = None
    rank_band: RankBand | None = None
    language: Language | None = None


class Never(_Said):
    """Who must not come. Used once; what stays is only who is left out."""

    agencies: _Some = []
    names: _Some = []
    units: _Some = []
    above_me: bool = False
    at_incident_on: Annotated[str, AfterValidator(a_day)] | None = None


class Reach(_Said):
    """How the helper may reach the caller. No phone, or null, takes a number back."""

    phone: Phone | None = None
    if_lost: IfLost = "neither"


class Wished(_Said):
    """What may be said of a call at any time while it is open."""

    wants: Wanted | None = None
    state: StateWord | None = None
    service: ServiceWord | None = None
    employer: EmployerWord | None = None
    mine: Mine | None = None
    matters: dict[_MATTERS, _HOW_MUCH] | None = None
    never: Never | None = None
    reach: Reach | None = None

    @property
    def takes_number_back(self) -> bool:
        """Whether `reach` was said, and is empty."""
        return "reach" in self.model_fields_set and (self.reach is None or self.reach.phone is None)

    def told(self, before: Situation | None = None) -> Told:
        """The same in the words of `calls`. What was not said stays as it was before."""
        situation = self._situation(before or Situation())
        said_where = any(word is not None for word in (self.state, self.service, self.employer))
        phone = self.reach.phone if self.reach else None
        return Told(
            wants=self.wants,
            situation=situation if said_where else None,
            wishes=self._wishes(situation),
            number=Number(phone, self.reach.if_lost) if self.reach and phone else None,
        )

    def _situation(self, before: Situation) -> Situation:
        said = {"state": self.state, "service": self.service, "employer": self.employer}
        return replace(before, **{what: word for what, word in said.items() if word is not None})

    def _wishes(self, situation: Situation) -> Wishes | None:
        family = self.service == FAMILIES  # whoever says so leaves the responder's agency out: `mine.agency`
        if not family and self.mine is None and self.matters is None and self.never is None:
            return None
        mine, never = self.mine or Mine(), self.never or Never()
        return Wishes(
            mine_agency=mine.agency or "",
            mine_unit=mine.unit or "",
            mine_rank_band=mine.rank_band or UNKNOWN,
            matters=self.matters or {},
            never_agencies=tuple(never.agencies),
            never_names=tuple(never.names),
            never_units=tuple(never.units),
            never_above_me=never.above_me,
            incident_on=date.fromisoformat(never.at_incident_on) if never.at_incident_on else None,
            family=family,
            work_service=situation.service,
            work_state=situation.state,
            language=mine.language or "",
        )


class Changed(Wished):
    """What may be said once the call is open. `place`: where the caller is, in their own words; "" takes it back."""

    place: Place | None = None


class Pressed(Wished):
    """A press. `limits_version`: the caller read these limits before they pressed."""

    limits_version: Version | None = None


class ReadLimits(_Said):
    """The caller read the limits of this version."""

    version: Version


class Answer(_Said):
    """The caller's yes or no to somebody else as well."""

    yes: bool


class Declined(_Said):
    """A no. `i_was_there` needs no more words and is not written down."""

    i_was_there: bool = False


class HandOff(_Said):
    """Whom the helper suggests as well."""

    kind: SittingKind


class Nothing(_Said):
    """Nothing to say: an empty body, or {}."""
