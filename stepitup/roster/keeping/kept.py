"""What a coordinator keeps about one helper, as a plain value; and its mark, by which two who edit are told apart."""

import hashlib
from dataclasses import astuple, dataclass

from stepitup.ground.vocabulary import UNKNOWN


@dataclass(frozen=True)
class Post:
    """An agency and a unit of it, or all of it."""

    agency: int
    unit: str


@dataclass(frozen=True)
class Kept:
    """The coordinator's part. `agency` is None for somebody who works for none."""

    display_name: str
    kinds: tuple[str, ...]
    full_name: str = ""
    agency: int | None = None
    unit: str = ""
    rank_band: str = UNKNOWN
    sworn: bool | None = None
    services: tuple[str, ...] = ()
    state: str = UNKNOWN
    internal_affairs: bool = False
    supervises: tuple[Post, ...] = ()

    @property
    def mark(self) -> str:
        """Another as soon as anything of it is changed."""
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()[:16]
