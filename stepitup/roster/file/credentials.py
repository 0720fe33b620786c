"""Reading the credentials of one helper: three short words for one certificate, or a table for each."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from stepitup.ground.vocabulary import STATES, UNKNOWN
from stepitup.roster.credentials.kinds import KINDS
from stepitup.roster.credentials.npi import is_npi
from stepitup.roster.credentials.record import EVERY_ROLE, HOW, OTHER, ROLES, CredentialRow, How
from stepitup.roster.file.rows import WayRow
from stepitup.roster.file.tables import Table

DONE_ON: Final = ("checked_on", "designated_on", "npi_looked_up_on")


def read_credentials(table: Table) -> tuple[CredentialRow, ...]:
    """`credential = "…"` with its two days, or `[[helper.credential]]`: the same records come of both."""
    since, until = table.day("certified_since"), table.day("certified_until")
    if not table.is_list("credential"):
        return _short(table, since, until)
    if since or until:
        table.wrong(
            "certified_since" if since else "certified_until",
            'belongs to the short credential = "…"; in [[helper.credential]] write granted and expires',
        )
    return tuple(map(_read_one, table.tables("credential")))


def _short(table: Table, since: date | None, until: date | None) -> tuple[CredentialRow, ...]:
    name = table.text("credential", longest=120)
    _refuse_backwards(table, since, until, first="certified_since", final="certified_until")
    if not name:
        if since or until:
            table.wrong("credential", "is missing; say which certificate or licence holds on these days")
        return ()
    return (CredentialRow(name, granted=since, expires=until, checked_how=How.FILE.value),)


def _read_one(table: Table) -> CredentialRow:
    row = CredentialRow(
        name=table.text("name", longest=120, needed=True),
        role=table.word("role", ROLES, default=EVERY_ROLE),
        kind=table.word("kind", KINDS, default=OTHER),
        issuer=table.text("issuer", longest=120),
        number=table.text("number", longest=60),
        state=table.word("state", (*STATES, UNKNOWN), default=UNKNOWN),
        granted=table.day("granted"),
        expires=table.day("expires"),
        checked_how=table.word("checked_how", [how.value for how in HOW], default=How.NOT_YET.value),
        checked_by=table.text("checked_by", longest=60),
        checked_on=table.day("checked_on"),
        evidence=table.text("evidence", longest=200),
        designated_by=table.text("designated_by", longest=120),
        designated_on=table.day("designated_on"),
        standard=table.text("standard", longest=120),
        specialised=table.text("specialised", longest=200),
        npi=_npi(table),
        npi_looked_up_on=table.day("npi_looked_up_on"),
    )
    _refuse_backwards(table, row.granted, row.expires, first="granted", final="expires")
    table.done()
    return row


def refuse_days_to_come(
    table: Table, part: str, rows: Iterable[CredentialRow | WayRow], keys: Sequence[str], *, today: date
) -> None:
    """What was done was not done tomorrow. `today` is the day where the helper works."""
    for place, row in enumerate(rows):
        for key in keys:
            day = getattr(row, key)
            if day is not None and day > today:
                table.at(part, place).wrong(key, f"{day} is still to come; write the day on which it was done")


def _npi(table: Table) -> str:
    npi = table.text("npi", longest=20)
    if npi and not is_npi(npi):
        table.wrong("npi", f"“{npi}” is not an NPI: ten digits, of which the tenth checks the others; type it anew")
    return npi


def _refuse_backwards(table: Table, since: date | None, until: date | None, *, first: str, final: str) -> None:
    if since and until and until < since:
        table.wrong(final, f"lies before {first}")
