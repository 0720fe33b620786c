"""What can go wrong at the desk. Each says in words what to do.

DeskTrouble
├── CannotRead            a file that was named on the command line
├── CannotWrite           a file or folder that was to be written
├── NobodyHasThisKey      a helper was named who is not on the roster
├── NotUpToDate           the database is older than this program
├── NotASafeCopy          not a safe copy of ours, or not a whole one
├── CopyOfAnotherHouse    sealed under another site key, or changed by somebody
├── CopyIsNewer           made by a newer version of this program
├── CopyDoesNotHold       what was written is not what was read
├── HouseIsRunning        a restore needs a house that stands still
├── NowhereToTry          neither a number, an address nor a helper that a carrier of this house goes to
├── DrillGoesOn           a drill began a moment ago
├── HouseIsNotEmpty       a restore would write over somebody's roster or calls
├── NobodyIsMeant         an invitation names nobody whom this house knows
└── NotTheSame            a passphrase that was typed twice was not the same, or too short
"""

from collections.abc import Sequence
from pathlib import Path


class DeskTrouble(Exception):
    """A command cannot be done, and says why."""


class CannotRead(DeskTrouble):
    """A file that was named on the command line."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} cannot be read: {why}.")


class CannotWrite(DeskTrouble):
    """A file or folder that was to be written."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} cannot be written: {why}. Nothing was left half done.")


class NobodyHasThisKey(DeskTrouble):
    """A helper was named who is not on the roster."""

    def __init__(self, key: str) -> None:
        super().__init__(f"“{key}” is nobody’s key on the roster. See: stepitup roster export")


class NotUpToDate(DeskTrouble):
    """The database is older than this program."""

    def __init__(self) -> None:
        super().__init__("The database is older than this version of Step It Up. First: stepitup migrate")


class NotASafeCopy(DeskTrouble):
    """Not a safe copy of ours, or not a whole one."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is not a whole safe copy. Take another one; nothing was changed here.")


class CopyOfAnotherHouse(DeskTrouble):
    """Sealed under another site key, or changed by somebody."""

    def __init__(self, path: Path, key_file: Path) -> None:
        super().__init__(
            f"{path} does not open with the site key in {key_file}. Put the site key of the house that made the copy "
            "there. If it is that key, somebody changed the copy: take another one. Nothing was changed here."
        )


class CopyIsNewer(DeskTrouble):
    """Made by a newer version of this program."""

    def __init__(self, path: Path, unknown: Sequence[str]) -> None:
        super().__init__(
            f"{path} was made by a newer version of Step It Up (it knows {', '.join(unknown)}). "
            "Install that version or a newer one, then restore. Nothing was changed here."
        )


class CopyDoesNotHold(DeskTrouble):
    """What was written is not what was read."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"What was read back from {path} is not what was written. Look after that disk; try another.")


class HouseIsRunning(DeskTrouble):
    """A restore needs a house that stands still."""

    def __init__(self) -> None:
        super().__init__(
            "The house is running: its watch beat within the last ten seconds. Stop it, wait ten seconds, restore, "
            "start it again."
        )


class HouseIsNotEmpty(DeskTrouble):
    """A restore would write over somebody's roster or calls."""

    def __init__(self, held: Sequence[str]) -> None:
        super().__init__(
            f"This house holds {', '.join(held)}. A restore puts the copy in the place of all that, open calls too. "
            "If you want that: --replace-everything"
        )


class DrillGoesOn(DeskTrouble):
    """A drill began a moment ago."""

    def __init__(self) -> None:
        super().__init__("A drill began within the past ten minutes. See how it goes: stepitup drill show.")


class NowhereToTry(DeskTrouble):
    """Neither a number, an address nor a helper to whom a carrier of this house goes."""

    def __init__(self) -> None:
        super().__init__(
            "There is nothing to try there. Write a number (+15125550100), a mail address or the key of a helper on "
            "the roster, and set up a carrier that goes there in team.toml."
        )


class NobodyIsMeant(DeskTrouble):
    """An invitation names nobody whom this house knows."""


class NotTheSame(DeskTrouble):
    """A passphrase that was typed twice was not the same, or too short."""
