"""What a reader is given: sections of plain paragraphs, under a version that changes whenever they do."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from stepitup.ground.vocabulary import EMPLOYERS, SERVICES, STATES, UNKNOWN, Kind
from stepitup.limits.bearing import Standing
from stepitup.limits.errors import UnknownWord


@dataclass(frozen=True)
class Situation:
    """What the caller said about where and for whom they work. Unknown is an answer everywhere."""

    state: str = UNKNOWN
    service: str = UNKNOWN
    employer: str = UNKNOWN

    def __post_init__(self) -> None:
        """Refuse a word that is none of ours: it would quietly read as "no law here"."""
        for what, word, known in (
            ("state", self.state, (*STATES, UNKNOWN)),
            ("service", self.service, (*SERVICES, UNKNOWN)),
            ("employer", self.employer, (*EMPLOYERS, UNKNOWN)),
        ):
            if word not in known:
                raise UnknownWord(what, word, known=known)


@dataclass(frozen=True)
class Section:
    """One thing to know. `folded`: a detail that a screen may keep closed until it is asked for."""

    key: str
    heading: str
    paragraphs: tuple[str, ...]
    folded: bool = False


@dataclass(frozen=True)
class Law:
    """The law behind a notice. `standing` says whether it names the caller's service or only may cover them."""

    name: str
    citations: tuple[str, ...]
    sources: tuple[str, ...]
    as_of: str
    partial: bool
    standing: Standing


@dataclass(frozen=True)
class Notice:
    """The limits as one person reads them before the first word."""

    kind: Kind
    version: str
    sections: tuple[Section, ...]
    law: Law | None
    universal_warning: str

    @property
    def text(self) -> str:
        """The whole notice as plain text, in the order in which it is read."""
        return as_text(self.sections)


def as_text(sections: Sequence[Section]) -> str:
    """Sections as plain text, an empty line between any two thoughts."""
    return "\n\n".join(line for section in sections for line in (section.heading, *section.paragraphs))


def version_of(kind: Kind, sections: Sequence[Section], law: Law | None, *, as_of: str) -> str:
    """The month of the facts and a short mark of everything shown: another word or another row, another version."""
    shown = [kind, [asdict(section) for section in sections], asdict(law) if law else None]
    mark = hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:12]
    return f"{as_of}.{mark}"
