"""When Python looks for garbage: not while the program is being read, which stays for ever, and seldom afterwards."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_thrown_away() -> Iterator[None]:
    """What is read here stays for ever: looking for garbage in it took a quarter of each start."""
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


def look_seldom() -> None:
    """Looking again and again only makes presses wait."""
    gc.set_threshold(20_000, 20, 20)
