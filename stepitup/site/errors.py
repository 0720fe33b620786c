"""What can go wrong under the roof.

CannotStart
├── AlreadyRunning      another process serves this data folder
├── PortTaken           something else listens on this port
├── NotADemonstration   the data folder belongs to a real team
└── OnlyWithPostgreSQL  a watch of its own needs a database that several processes can share
"""

from pathlib import Path


class CannotStart(Exception):
    """The house does not start, and says why in words."""


class AlreadyRunning(CannotStart):
    """Another process serves this data folder."""

    def __init__(self, data: Path) -> None:
        super().__init__(
            f"Another process serves {data} already. With SQLite there is one at a time: stop the other one first, "
            "choose another data folder, or use PostgreSQL (STEPITUP_DATABASE_URL)."
        )


class PortTaken(CannotStart):
    """Something else listens on this port, or we may not."""

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(f"Port {port} on {host} cannot be had ({why}). Choose another: --port {port + 123}")


class NotADemonstration(CannotStart):
    """The data folder belongs to a real team."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file} is a real team's. The demonstration does not touch it: choose another folder with --data."
        )


class OnlyWithPostgreSQL(CannotStart):
    """A watch of its own needs a database that several processes can share."""

    def __init__(self) -> None:
        super().__init__(
            "With SQLite the watch lives inside `stepitup run`: there is none to start beside it. "
            "Several watches need PostgreSQL (STEPITUP_DATABASE_URL)."
        )
