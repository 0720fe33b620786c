"""A large file is brought in part by part, with a breath between: whoever presses meanwhile goes first."""

import time
from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from stepitup.ground.deeds import deed

_Part = TypeVar("_Part")
_Done = TypeVar("_Done")

_A_BREATH: Final = 0.03


def part_by_part(parts: Iterable[_Part], verb: Callable[..., _Done], **how: str) -> list[_Done]:
    """Do the verb with each part, each in a deed of its own, and return what each did.

    After each part the others have as long as it took, and longer than SQLite sleeps before it looks again whether it
    may write.
    """
    done, took = list[_Done](), 0.0
    for part in parts:
        if done:
            time.sleep(max(took, _A_BREATH))
        began = time.monotonic()
        done.append(deed(verb, part, **how))
        took = time.monotonic() - began
    return done
