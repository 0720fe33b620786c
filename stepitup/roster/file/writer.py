"""From plain rows to the text of a roster file, always the same way, so that two exports compare line by line."""

import json
from collections.abc import Iterable
from datetime import date, datetime

from stepitup.ground.vocabulary import UNKNOWN
from stepitup.roster.facts import WHOLE_AGENCY
from stepitup.roster.file.rows import AgencyRow, HelperRow, PostRow, RosterRows, WayRow

_HEAD = """\
# The roster of the team. docs/roster-file.md tells what each word means.
# It holds names and numbers of people: keep it where you keep keys.
"""


def write_roster(rows: RosterRows) -> str:
    """The whole file, agencies first, each in the order of its key."""
    agencies = [_agency(row) for row in sorted(rows.agencies, key=lambda row: row.key)]
    helpers = [_helper(row) for row in sorted(rows.helpers, key=lambda row: row.key)]
    return "\n".join([_HEAD, *agencies, *helpers])


def _agency(row: AgencyRow) -> str:
    return _lines(
        "[[agency]]",
        ("key", row.key),
        ("name", row.name),
        ("also", row.also),
        ("state", _known(row.state)),
        ("time_zone", row.time_zone),
        ("address_words", row.address_words),
    )


def _helper(row: HelperRow) -> str:
    own = _lines(
        "[[helper]]",
        ("key", row.key),
        ("display_name", row.display_name),
        ("full_name", row.full_name),
        ("kinds", row.kinds),
        ("agency", row.agency),
        ("independent", row.independent or None),
        ("unit", row.unit),
        ("rank_band", _known(row.rank_band)),
        ("sworn", row.sworn),
        ("years", row.years),
        ("services", row.services),
        ("state", _known(row.state)),
        ("languages", row.languages),
        ("internal_affairs", row.internal_affairs or None),
        ("supervises", row.supervises),
        ("never_for", row.never_for),
        ("related_to", row.related_to),
        ("credential", row.credential),
        ("certified_since", row.certified_since),
        ("certified_until", row.certified_until),
        ("suspended", row.suspended),
        ("off_until", row.off_until),
        ("duty", row.duty),
        ("time_zone", row.time_zone),
        ("team_number", row.team_number),
        ("shares.shown", row.shares_shown),
        ("shares.for_matching", row.shares_for_matching),
    )
    return "".join([own, *map(_way, row.ways)])


def _way(row: WayRow) -> str:
    return _lines(
        "  [[helper.way]]",
        ("  carrier", row.carrier),
        ("  address", row.address),
        ("  employer_owned", row.employer_owned or None),
    )


def _known(word: str) -> str | None:
    return None if word == UNKNOWN else word


def _lines(header: str, *pairs: tuple[str, object]) -> str:
    """A table. What is empty or not known is left out: nobody has to read twenty empty lines."""
    said = [f"{key} = {_value(value)}" for key, value in pairs if value is not None and value not in ("", ())]
    return "\n".join([header, *said]) + "\n"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple):
        return _list(value)
    if isinstance(value, PostRow):
        unit = "" if value.unit == WHOLE_AGENCY else f", unit = {_value(value.unit)}"
        return f"{{ agency = {_value(value.agency)}{unit} }}"
    # JSON's way of writing text is one of TOML's, once signs that cannot be seen were refused.
    return json.dumps(value, ensure_ascii=False)


def _list(values: Iterable[object]) -> str:
    return f"[{', '.join(map(_value, values))}]"
