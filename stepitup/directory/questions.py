"""What can be asked of the directory. Reads only, and never a database."""

from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

from stepitup.directory.card import Card, card_of_today
from stepitup.directory.checked import Stamp, read_checked, stamp_of
from stepitup.directory.errors import NoSuchHotline
from stepitup.directory.facts_file import LineKind, hotlines_file
from stepitup.directory.hotline import Hotline, hotline_from
from stepitup.directory.words import words_for_lines
from stepitup.ground.team import team
from stepitup.ground.vocabulary import UNKNOWN

FIRST = "988"
ABUSE_AT_HOME = "ndvh"
ON_THE_FIRST_SCREEN = (FIRST, "copline")

# Services of the team's vocabulary that the file of lines knows by another word. One that it does not know at all
# narrows nothing: better a line too many, each saying whom it is for, than none.
_SAME_AS = {"national_guard": "veterans"}
_KNOWN = frozenset(hotlines_file().serves_values)
_HOW_NEAR_TO_A_CRISIS: tuple[LineKind, ...] = (
    "crisis_line", "text_line", "peer_line", "warm_line", "treatment_intake", "referral_line",
)  # fmt: skip


def hotlines(*, state: str = UNKNOWN, serves: str = UNKNOWN) -> tuple[Hotline, ...]:
    """The lines for somebody in this state and of this service, best first.

    988 comes first always; then lines that specialise in responders, those of the state before those of the country;
    then lines for everyone. Lines of other states and other countries are left out.
    """
    here = [line for line in _published() if line.region in {"US", state} and _is_for(line, serves)]
    return tuple(sorted(here, key=_nearness))


def lines_of_states() -> dict[str, tuple[Hotline, ...]]:
    """The lines of single states, by the state's name: for a page that does not know where the reader is."""
    by_state: dict[str, list[Hotline]] = {}
    for line in sorted(_published(), key=_nearness):
        if line.state_name:
            by_state.setdefault(line.state_name, []).append(line)
    return {name: tuple(by_state[name]) for name in sorted(by_state)}


def first_lines() -> tuple[Hotline, ...]:
    """The few for the first screen: 988 for everyone, and the one line of officers for the whole country."""
    return _named(*ON_THE_FIRST_SCREEN)


def afraid_at_home() -> tuple[Hotline, ...]:
    """For somebody afraid of someone at home: the line for abuse comes before peers and before all else."""
    return _named(ABUSE_AT_HOME, FIRST)


def by_id(line_id: str) -> Hotline:
    """One published line. Raises NoSuchHotline for any other."""
    found = _named(line_id)
    if not found:
        raise NoSuchHotline(line_id)
    return found[0]


def card() -> Card:
    """What a helper has at hand during a talk. For helpers only: it speaks of means."""
    ours = read_checked(team().data)
    return card_of_today(approval=ours.card, counties=ours.counties)


def _published() -> tuple[Hotline, ...]:
    """Every line that may be shown, made anew only when the language or the team's own file changes.

    The first screen asks for lines at each press of the night; it must not wait for words that did not change.
    """
    data = team().data
    return _published_as(get_language(), data, stamp_of(data))


@lru_cache(maxsize=8)
def _published_as(_language: str | None, data: Path, _stamp: Stamp) -> tuple[Hotline, ...]:
    tried, words = read_checked(data), words_for_lines()
    return tuple(
        hotline_from(line, words[line.id], tried=tried.lines.get(line.id))
        for line in hotlines_file().lines
        if line.publish_by_default and _is_of_this_country(line.region) and line.id not in tried.taken_off
    )


def _is_of_this_country(region: str) -> bool:
    return region.startswith("US")


def _named(*names: str) -> tuple[Hotline, ...]:
    published = {line.id: line for line in _published()}
    return tuple(published[name] for name in names if name in published)


def _is_for(line: Hotline, serves: str) -> bool:
    whom = _SAME_AS.get(serves, serves)
    return whom not in _KNOWN or whom in line.serves or "everyone" in line.serves


def _nearness(line: Hotline) -> tuple[bool, bool, bool, int]:
    return (
        line.id != FIRST,
        not line.specialises,
        line.state_name is None,
        _HOW_NEAR_TO_A_CRISIS.index(line.kind),
    )
