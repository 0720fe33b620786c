"""`stepitup check`: what is missing before the first real night, one line each with what to do.

Ends with 0 when nothing is missing, with 1 otherwise; what is only to be thought about changes nothing in that.
"""

import argparse
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from django.db import DatabaseError, connection

from stepitup.desk.checking.copies import about_safe_copies
from stepitup.desk.checking.drills import about_drills
from stepitup.desk.checking.finding import Finding, Weight, is_ready, missing, say
from stepitup.desk.checking.log_book import about_the_log_book
from stepitup.desk.checking.machine import about_durability, about_the_clock, about_the_folder, about_the_watch
from stepitup.desk.checking.modem import about_the_modem
from stepitup.desk.checking.people import about_the_people
from stepitup.desk.checking.plan import about_the_plan
from stepitup.desk.checking.rehearsals import about_rehearsals
from stepitup.desk.checking.set_up import about_the_set_up
from stepitup.desk.checking.sign_in import about_signing_in
from stepitup.desk.checking.team_file import about_the_team
from stepitup.desk.checking.words import about_the_words
from stepitup.desk.errors import NotUpToDate
from stepitup.desk.files import read_whole
from stepitup.desk.migrate import is_up_to_date
from stepitup.ground import set_up
from stepitup.ground.log_book.looking import all_books, lines_of
from stepitup.ground.team import Team, team

_A_CARD_AT_MOST = 1024**2


def do(options: argparse.Namespace) -> int:
    """Look at everything, or at the log book alone, and say what is not as it must be."""
    if options.log_book is not None:
        return _the_log_book(options.log_book)
    findings = list(everything(datetime.now(UTC)))  # noqa: TID251  the host's, held against the database's
    say(findings)
    print(_in_short(findings))
    return 0 if is_ready(findings) else 1


def _the_log_book(cards: Sequence[Path]) -> int:
    """Only the log book, against the heads that somebody kept."""
    kept = {path: read_whole(path, at_most=_A_CARD_AT_MOST).decode(errors="replace") for path in cards}
    if not is_up_to_date():
        raise NotUpToDate
    findings = list(about_the_log_book(datetime.now(UTC), kept))  # noqa: TID251  as above
    say(findings)
    if is_ready(findings):
        books = {book: len(lines_of(book)) for book in all_books()}
        lines = ", ".join(f"{book}: {number} lines" for book, number in books.items()) or "it is empty"
        cards_too = f" and what is on {len(cards)} card{'' if len(cards) == 1 else 's'}" if cards else ""
        print(f"The log book ({lines}) is what was written{cards_too}: nothing changed, dropped or added.")
    return 0 if is_ready(findings) else 1


def everything(now: datetime) -> Iterator[Finding]:
    """Every finding: first what needs no database, then what does."""
    ours = _team_as_it_says_itself()
    today = now.astimezone(ours.zone).date()
    yield from about_the_team(ours, today=today)
    yield from about_the_folder(ours.data)
    yield from about_safe_copies(ours.data, now=now)
    yield from about_the_modem(ours, now=now)
    yield from about_the_words(ours.data, default_state=ours.default_state, today=today)
    try:
        yield from _what_the_database_knows(now)
    except DatabaseError as trouble:
        why = str(trouble).strip().splitlines()
        yield missing(f"The database does not answer ({why[0] if why else 'no reason given'}).", "See that it runs.")


def _team_as_it_says_itself() -> Team:
    """With what it answered on its screens, as far as the database can be asked."""
    try:
        if not _is_there_no_database() and is_up_to_date():
            set_up.read_again()
    except DatabaseError:
        pass  # told below
    return team()


def _is_there_no_database() -> bool:
    """To look must not make: SQLite would write an empty file."""
    return connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).exists()


def _what_the_database_knows(now: datetime) -> Iterator[Finding]:
    if _is_there_no_database():
        yield missing("There is no database yet.", "`stepitup run` makes one.")
        return
    if not is_up_to_date():
        yield missing("The database is older than this program.", "stepitup migrate (`stepitup run` does it too)")
        return
    yield from about_durability()
    yield from about_the_clock(now)
    yield from about_the_watch(now)
    yield from about_the_set_up(now.astimezone(team().zone).date())
    yield from about_the_log_book(now)
    yield from about_the_people(now)
    yield from about_the_plan(now)
    yield from about_drills(team(), now=now)
    yield from about_rehearsals(team(), now=now)
    yield from about_signing_in(team())


def _in_short(findings: list[Finding]) -> str:
    lacking = sum(1 for finding in findings if finding.weight is Weight.MISSING)
    if not lacking:
        return "Ready for the first real night. Try it once: press, and see who answers."
    return f"{lacking} {'thing is' if lacking == 1 else 'things are'} missing before the first real night."
