"""`stepitup restore COPY [--replace-everything]`: bring a safe copy back into a house that stands still."""

import argparse
from datetime import datetime
from pathlib import Path

from stepitup.calls import questions as calls
from stepitup.desk.copying.putting_back import put_back, unknown_migrations
from stepitup.desk.copying.reading import Contents
from stepitup.desk.copying.sealed_file import read_copy
from stepitup.desk.errors import CopyIsNewer, HouseIsNotEmpty, HouseIsRunning
from stepitup.desk.files import write_whole
from stepitup.desk.migrate import bring_up_to_date
from stepitup.ground import clock, heart, log_book
from stepitup.ground.deeds import deed
from stepitup.ground.keys import site_key
from stepitup.ground.team import team
from stepitup.roster import actions as roster
from stepitup.roster import questions


def do(options: argparse.Namespace) -> int:
    """Put the copy in the place of what this house holds. Nothing is touched before all that can be known is known.

    1. The site key is there, the copy opens with it, and this version knows its shape.
    2. Nobody is served from this house now, and it is empty, or the operator said that everything may go.
    3. Put back; whoever was suspended or taken off here stays so; what is past its day is deleted.
    """
    site_key()
    contents = read_copy(options.copy)
    unknown = unknown_migrations(contents)
    if unknown:
        raise CopyIsNewer(options.copy, unknown)
    data = team().data
    data.chmod(0o700)
    bring_up_to_date()
    _must_stand_still(clock.now())
    if not options.replace_everything:
        _must_be_empty()
    not_to_be_paged = questions.who_is_suspended_or_gone()
    put_back(contents)
    deed(_settle, not_to_be_paged)
    kept = _write_files(data, contents, replace=options.replace_everything)
    _say(contents, kept, not_to_be_paged)
    return 0


def _must_stand_still(now: datetime) -> None:
    if heart.is_beating(now):
        raise HouseIsRunning


def _must_be_empty() -> None:
    helpers, open_calls = len(questions.all_helpers()), calls.how_many_are_kept()
    held = [said for number, said in ((helpers, f"helpers: {helpers}"), (open_calls, f"calls: {open_calls}")) if number]
    if held:
        raise HouseIsNotEmpty(held)


def _settle(now: datetime, not_to_be_paged: frozenset[str]) -> None:
    """A copy is older than this night: it must not bring anybody back who may not be paged."""
    for helper in questions.ids_of(not_to_be_paged).values():
        roster.suspend(now, helper)
    roster.forget(now)
    log_book.note(now, who=log_book.OPERATOR, what=log_book.What.RESTORED, about=log_book.ROSTER)


def _write_files(data: Path, contents: Contents, *, replace: bool) -> list[str]:
    """Put the team's files back; return those that stood here already, were different, and were left alone."""
    kept = []
    for name, text in contents.files.items():
        path = data / name
        if path.exists() and not replace and path.read_bytes() != text.encode():
            kept.append(name)
        else:
            write_whole(path, text.encode())
    return kept


def _say(contents: Contents, kept: list[str], not_to_be_paged: frozenset[str]) -> None:
    made = f"{contents.made_at.astimezone(team().zone):%Y-%m-%d %H:%M} ({team().time_zone})"
    print(f"Restored: the team as it was on {made}, {len(contents.tables['roster.helper'])} helpers.")
    print("  No call came back: a safe copy holds none.")
    for name in kept:
        print(f"  {name} was left as it stands here; the one in the copy is different.")
    if not_to_be_paged:
        print(f"  Suspended here or taken off here, and still not paged: {', '.join(sorted(not_to_be_paged))}")
    print("  Whoever was suspended or taken off since that day on another machine is paged again: look through")
    print("  the roster (`stepitup roster export`) before you start. Then: stepitup check")
