"""What a file of shifts says, as plain values; and what bringing it in did, or would do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from stepitup.roster.duty.spans import Span
from stepitup.roster.file.rows import Mistake


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift: on which line it stands, whose it is, and whether it puts them on duty or off."""

    line: int
    helper: int
    span: Span
    is_on: bool = True


@dataclass(frozen=True, slots=True)
class Crew:
    """Who can be named in the file: by key, or by a name that only one helper has. `zones` by number."""

    by_key: Mapping[str, int]
    by_name: Mapping[str, int]
    zones: Mapping[int, ZoneInfo]

    def find(self, written: str) -> int | None:
        """Whom this means."""
        word = " ".join(written.split())
        return self.by_key.get(word.lower()) or self.by_name.get(word.casefold())

    def near(self, written: str) -> str:
        """Whom it may have meant, as a hint to stand in front of more words."""
        near = get_close_matches(written.lower(), list(self.by_key), n=1)
        return f"did you mean {near[0]}? " if near else ""


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """What an import of shifts did, or would do. With mistakes, nothing was brought in.

    `past` lines were over already, `same` were known already, `twice` stand in the file more than once.
    `now_by_calendar` are helpers who had no hours of their own, and so were always on duty; from now on these shifts
    are their only hours. `first` are the earliest that come, with whether they put somebody on duty.
    """

    added: int = 0
    same: int = 0
    twice: int = 0
    past: int = 0
    now_by_calendar: tuple[str, ...] = ()
    first: tuple[tuple[Span, bool], ...] = field(default=(), compare=False)
    mistakes: tuple[Mistake, ...] = field(default=())
    dry_run: bool = False

    @property
    def is_good(self) -> bool:
        """Was there nothing to mend?"""
        return not self.mistakes
