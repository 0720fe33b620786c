"""The two files of facts as they lie on disk, read strictly: a word nobody knows or a mark that contradicts another
stops the house at its tests, never a caller at night.

The marks decide what may be shown, so they are checked here and nowhere else.
"""

import re
from functools import cache
from importlib import resources
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator

from stepitup.directory.errors import FactsWrong
from stepitup.ground.vocabulary import STATES

Evidence = Literal["read", "secondary", "recalled"]
Rescue = Literal["yes", "no_promise", "says_no", "unknown"]
Status = Literal[
    "sources_agree",
    "recheck_before_publishing",
    "operator_or_site_changed_recheck",
    "two_numbers_in_circulation_recheck",
    "famous_line_recheck",
]
LineKind = Literal["crisis_line", "text_line", "peer_line", "warm_line", "referral_line", "treatment_intake"]
Serves = Literal["law_enforcement", "fire", "ems", "dispatch", "corrections", "veterans", "families", "everyone"]
Answers = Literal["peers", "clinicians", "volunteers", "trained_counselors"]

# E.164 of North America or Europe, or a bare short code where no longer form exists.
Number = Annotated[str, StringConstraints(pattern=r"^(\+[1-9]\d{9,14}|\d{3,6})$")]
Keyword = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,12}$")]
PartOfDate = Annotated[str, StringConstraints(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s\"<>]+$")]


def _known_region(region: str) -> str:
    if region in {"US", "CA", "GB", *STATES}:
        return region
    raise ValueError("a region is US, CA, GB, or a state such as US-TX")


Region = Annotated[str, AfterValidator(_known_region)]


class _Strict(BaseModel):
    """No word that is not known here, no value of another sort, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class LineSource(_Strict):
    """A page where something about a line was read."""

    url: WebAddress | None
    says: str
    kind: Literal["operator", "government", "third_party", "public_code"]
    date: PartOfDate | None


class TextChannel(_Strict):
    """How a line is reached by text message."""

    to: Number
    keyword: Keyword | None
    keyword_es: Keyword | None
    note: str | None
    keyword_alternatives: tuple[str, ...] = ()


class Line(_Strict):
    """One line as the file holds it, published or not."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]
    name: str
    operator: str
    kind: LineKind
    phone_e164: Number | None
    phone_display: str | None
    phone_aliases: tuple[str, ...]
    text: TextChannel | None
    chat_url: WebAddress | None
    website: WebAddress | None
    serves: tuple[Serves, ...]
    specialises_in_first_responders: bool
    who_answers: tuple[Answers, ...]
    who_answers_note: str | None
    languages: tuple[str, ...] | None
    languages_note: str | None
    hours: str | None
    confidentiality: str | None
    may_involve_rescue: Rescue
    rescue_note: str | None
    region: Region
    sources: tuple[LineSource, ...]
    evidence: Evidence
    source_date: PartOfDate | None
    status: Status
    notes: str | None
    disclosures: str | None
    publish_by_default: bool

    @model_validator(mode="after")
    def _marks_agree(self) -> Self:
        """A line is published only where its own marks allow it, and never without a way to reach it."""
        if (self.phone_e164 is None) != (self.phone_display is None):
            raise ValueError("a number and its printed form come together")
        if not self.publish_by_default:
            return self
        if self.status != "sources_agree" or self.evidence == "recalled" or not self.sources:
            raise ValueError("published, although its status, evidence or sources do not allow it")
        if self.phone_e164 is None and self.text is None:
            raise ValueError("published without a number to call or to text")
        if self.phone_e164 and self.phone_display and not _same_number(self.phone_e164, self.phone_display):
            raise ValueError("the printed number is not the number that is dialled")
        return self


class LeftOut(_Strict):
    """A line that was looked at and left out, and why."""

    name: str
    reason: str
    number: str | None


class HotlinesFile(_Strict):
    """hotlines.json, whole."""

    title: str
    compiled_on: PartOfDate
    method: str
    evidence_key: dict[Evidence, str]
    status_key: dict[Status, str]
    kinds: tuple[LineKind, ...]
    serves_values: tuple[Serves, ...]
    who_answers_values: tuple[Answers, ...]
    may_involve_rescue_values: dict[Rescue, str]
    region_values: str
    publish_rule: str
    phone_note: str
    review_suggestion: str
    wrong_numbers_seen_in_the_wild: tuple[str, ...]
    lines: tuple[Line, ...]
    excluded: tuple[LeftOut, ...]

    @model_validator(mode="after")
    def _each_name_once(self) -> Self:
        names = [line.id for line in self.lines]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"these names stand there twice: {', '.join(twice)}")
        return self


class SafetySource(_Strict):
    """A page where a statement about safety was read."""

    url: WebAddress
    date: PartOfDate | None


class SafetyEntry(_Strict):
    """One sourced statement for helpers."""

    id: str
    statement: str
    use_for: tuple[str, ...]
    sources: tuple[SafetySource, ...]
    evidence: Evidence
    permission_note: str

    @model_validator(mode="after")
    def _sources_unless_recalled(self) -> Self:
        if not self.sources and self.evidence != "recalled":
            raise ValueError("said to be read, without a page where it was read")
        return self


class SafetyFile(_Strict):
    """means_and_safety.json, whole."""

    title: str
    compiled_on: PartOfDate
    method: str
    not_clinical_advice: Literal[True]
    evidence_key: dict[Evidence, str]
    use_for_values: dict[str, str]
    show_rule: str
    entries: tuple[SafetyEntry, ...]


def _same_number(dialled: str, printed: str) -> bool:
    """Is the printed number the one that is dialled?

    "1-800-COPLINE (267-5463)" spells its letters in the brackets, which hold the last digits of ten; a short code may
    be followed by what to do next ("988, then press 1").
    """
    if not dialled.startswith("+"):
        return printed.startswith(dialled)
    before, _, in_brackets = printed.partition("(")
    tail = _digits(in_brackets)
    return dialled.removeprefix("+1") == _digits(before).removeprefix("1")[: 10 - len(tail)] + tail


def _digits(written: str) -> str:
    return re.sub(r"\D", "", written)


def read_hotlines(written: bytes) -> HotlinesFile:
    """Read hotlines.json. Raises FactsWrong with every mistake."""
    try:
        return HotlinesFile.model_validate_json(written)
    except ValidationError as wrong:
        raise FactsWrong(f"hotlines.json: {wrong}") from wrong


def read_safety(written: bytes) -> SafetyFile:
    """Read means_and_safety.json. Raises FactsWrong with every mistake."""
    try:
        return SafetyFile.model_validate_json(written)
    except ValidationError as wrong:
        raise FactsWrong(f"means_and_safety.json: {wrong}") from wrong


@cache
def hotlines_file() -> HotlinesFile:
    """The lines that came with this house, read once."""
    return read_hotlines(_written("hotlines.json"))


@cache
def safety_file() -> SafetyFile:
    """The statements about safety that came with this house, read once."""
    return read_safety(_written("means_and_safety.json"))


def _written(name: str) -> bytes:
    return resources.files("stepitup.directory").joinpath("facts", name).read_bytes()
