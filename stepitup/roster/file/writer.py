"""From plain rows to the text of a roster file, always the same way, so that two exports compare line by line."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date, datetime
from typing import NamedTuple

from stepitup.ground.vocabulary import UNKNOWN
from stepitup.roster.credentials.record import OTHER, CredentialRow, is_plain
from stepitup.roster.facts import WHOLE_AGENCY
from stepitup.roster.file.rows import AgencyRow, HelperRow, IncidentRow, PostRow, RosterRows, WayRow

_HEAD = """\
# The roster of the team. docs/roster-file.md tells what each word means.
# It holds names and numbers of people: keep it where you keep keys.
"""


class Block(NamedTuple):
    """One table of the file: its header, and its words with their values. What is empty is None, "" or ()."""

    header: str
    said: tuple[tuple[str, object], ...]


# An agency or a helper: its own table, and those that stand under it.
Entry = list[Block]


def write_roster(rows: RosterRows) -> str:
    """The whole file, agencies first, each in the order of its key."""
    return "\n".join([_HEAD, *map(_in_toml, entries(rows))])


def entries(rows: RosterRows) -> Iterator[Entry]:
    """Everything that a file of any form says, in the order in which it says it."""
    yield from (_agency(row) for row in sorted(rows.agencies, key=lambda row: row.key))
    yield from (_helper(row) for row in sorted(rows.helpers, key=lambda row: row.key))
    yield from (_incident(row) for row in sorted(rows.incidents, key=lambda row: row.key))


def values_of(entry: Entry) -> tuple[str, dict[str, object]]:
    """The table to which an entry belongs, and what it says as plain values: what a TOML reader would make of it."""
    table = entry[0].header
    values: dict[str, object] = {}
    for block in entry:
        said = values
        if block.header != table:
            said = {}
            under = values.setdefault(block.header.removeprefix(f"{table}."), [])
            assert isinstance(under, list), "a table and a word of one name"
            under.append(said)
        for key, value in block.said:
            _say(said, key.split("."), _plain(value))
    return table, values


def _say(table: dict[str, object], path: list[str], value: object) -> None:
    for part in path[:-1]:
        inner = table.setdefault(part, {})
        assert isinstance(inner, dict), "a table and a word of one name"
        table = inner
    table[path[-1]] = value


def _plain(value: object) -> object:
    if isinstance(value, PostRow):
        whole = value.unit == WHOLE_AGENCY
        return {"agency": value.agency} if whole else {"agency": value.agency, "unit": value.unit}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _agency(row: AgencyRow) -> Entry:
    return [
        _block(
            "agency",
            ("key", row.key),
            ("name", row.name),
            ("also", row.also),
            ("state", _known(row.state)),
            ("time_zone", row.time_zone),
            ("address_words", row.address_words),
        )
    ]


def _helper(row: HelperRow) -> Entry:
    short = is_plain(row.credentials)
    own = _block(
        "helper",
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
        *(_short(row.credentials[0]) if short else ()),
        ("suspended", row.suspended),
        ("off_until", row.off_until),
        ("quiet", row.quiet),
        ("pages_in_a_row", row.pages_in_a_row),
        ("duty", row.duty),
        ("time_zone", row.time_zone),
        ("team_number", row.team_number),
        ("shares.shown", row.shares_shown),
        ("shares.for_matching", row.shares_for_matching),
        ("shares.not_at_all", row.shares_not_at_all),
    )
    return [own, *(() if short else map(_credential, row.credentials)), *map(_way, row.ways)]


def _short(row: CredentialRow) -> tuple[tuple[str, object], ...]:
    """One certificate of which no more is known needs no table."""
    return ("credential", row.name), ("certified_since", row.granted), ("certified_until", row.expires)


def _credential(row: CredentialRow) -> Block:
    usual = {"kind": OTHER, "state": UNKNOWN}
    told = ((field.name, getattr(row, field.name)) for field in fields(row))
    return _block("helper.credential", *((name, None if value == usual.get(name) else value) for name, value in told))


def _incident(row: IncidentRow) -> Entry:
    return [_block("incident", *((field.name, getattr(row, field.name)) for field in fields(row)))]


def _way(row: WayRow) -> Block:
    return _block(
        "helper.way",
        ("carrier", row.carrier),
        ("address", row.address),
        ("employer_owned", row.employer_owned or None),
        ("confirmed", row.confirmed),
    )


def _known(word: str) -> str | None:
    return None if word == UNKNOWN else word


def _block(header: str, *pairs: tuple[str, object]) -> Block:
    """A table. What is empty or not known is left out: nobody has to read twenty empty lines."""
    return Block(header, tuple((key, value) for key, value in pairs if value is not None and value not in ("", ())))


def _in_toml(entry: Entry) -> str:
    lines = []
    for block in entry:
        indent = "  " * block.header.count(".")
        lines.append(f"{indent}[[{block.header}]]")
        lines += [f"{indent}{key} = {_value(value)}" for key, value in block.said]
    return "\n".join([*lines, ""])


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
