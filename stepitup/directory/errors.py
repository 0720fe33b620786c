"""What can go wrong in the directory.

DirectoryTrouble
├── FactsWrong        a file of facts breaks its own rules; the message names every place
└── NoSuchHotline     nobody publishes a line under that name
"""


class DirectoryTrouble(Exception):
    """Something in the directory is not as it must be."""


class FactsWrong(DirectoryTrouble):
    """A file of facts breaks its own rules; the message names every place."""


class NoSuchHotline(DirectoryTrouble):
    """Nobody publishes a line under that name: it does not exist, or its marks do not allow showing it."""

    def __init__(self, line_id: str) -> None:
        super().__init__(f"no published hotline is called {line_id!r}")
