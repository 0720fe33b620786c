"""What can go wrong on the ground.

GroundTrouble
├── SiteKeyMissing     the file with the site key is not where the settings say
├── SealBroken         something sealed was changed, or sealed under another key
├── MistypedReceipt    the eight words do not fit together
├── TeamFileWrong      team.toml cannot be read as it stands
└── RootKeyClosed      a root key's file does not open
"""

from pathlib import Path


class GroundTrouble(Exception):
    """Something on the ground is not as it must be."""


class SiteKeyMissing(GroundTrouble):
    """The file with the site key is not where the settings say."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is no site key at {path}. `stepitup run` makes one; a restored house needs its old one."
        )


class SealBroken(GroundTrouble):
    """Something sealed was changed, or sealed under another key or for another purpose."""


class MistypedReceipt(GroundTrouble):
    """The eight words do not fit together. `words` are those that are not on the list."""

    def __init__(self, words: tuple[str, ...] = ()) -> None:
        super().__init__("these words do not fit together")
        self.words = words


class TeamFileWrong(GroundTrouble):
    """team.toml cannot be read as it stands; the message says where."""


class RootKeyClosed(GroundTrouble):
    """A root key's file does not open."""

    def __init__(self) -> None:
        super().__init__("This root key does not open: another passphrase, or a file that is no root key of ours.")
