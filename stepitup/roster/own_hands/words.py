"""What a helper says of themselves, and how much of it callers are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from stepitup.roster.errors import NoSuchHelper
from stepitup.roster.models import Helper
from stepitup.roster.shared_ground import ABOUT_THE_JOB, FOR_MATCHING, NOT_AT_ALL, SHARES

SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Hours:
    """When a helper wants no pages, and after how many in a row others come first."""

    quiet: tuple[str, ...] = ()
    pages_in_a_row: int | None = None


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The helper's own part of their row."""

    display_name: str
    unit: str
    rank_band: str
    years: int | None
    sworn: bool | None
    languages: tuple[str, ...]


def own_words(helper_id: int) -> OwnWords:
    """What stands there now. Raises NoSuchHelper."""
    row = row_of(helper_id)
    return OwnWords(row.display_name, row.unit, row.rank_band, row.years, row.sworn, tuple(row.languages))


def change_words(now: datetime, helper_id: int, words: OwnWords) -> None:
    """Put these words in the place of those. Raises NoSuchHelper."""
    row = row_of(helper_id)
    row.display_name, row.unit, row.rank_band = words.display_name, words.unit, words.rank_band
    row.years, row.sworn, row.languages = words.years, words.sworn, list(words.languages)
    row.save(update_fields=["display_name", "unit", "rank_band", "years", "sworn", "languages"])


def shares_of(helper_id: int) -> dict[str, str]:
    """For each thing that can be shared: shown, for matching only, or not at all. Raises NoSuchHelper."""
    row = row_of(helper_id)
    lived = {share["what"]: SHOWN if share["shown"] else FOR_MATCHING for share in row.shares}
    of_the_job = {what: row.about_the_job.get(what, SHOWN) for what in ABOUT_THE_JOB}
    return {what: lived.get(what, NOT_AT_ALL) for what in SHARES} | of_the_job


def change_shares(now: datetime, helper_id: int, told: Mapping[str, str]) -> None:
    """Keep what is told of each. What is not named stays as it was. Raises NoSuchHelper."""
    row, said = row_of(helper_id), shares_of(helper_id) | dict(told)
    row.shares = [{"what": what, "shown": said[what] == SHOWN} for what in SHARES if said[what] != NOT_AT_ALL]
    row.about_the_job = {what: said[what] for what in ABOUT_THE_JOB if said[what] != SHOWN}
    row.save(update_fields=["shares", "about_the_job"])


def hours_of(helper_id: int) -> Hours:
    """Raises NoSuchHelper."""
    row = row_of(helper_id)
    return Hours(tuple(row.quiet), row.pages_in_a_row)


def change_hours(now: datetime, helper_id: int, hours: Hours) -> None:
    """Quiet hours and the cap, from now on. Raises NoSuchHelper."""
    row = row_of(helper_id)
    row.quiet, row.pages_in_a_row = list(hours.quiet), hours.pages_in_a_row
    row.save(update_fields=["quiet", "pages_in_a_row"])


def row_of(helper_id: int) -> Helper:
    """The row of somebody who is on the roster. Raises NoSuchHelper."""
    row = Helper.objects.select_related("agency").filter(pk=helper_id, removed_at__isnull=True).first()
    if row is None:
        raise NoSuchHelper(helper_id)
    return row
