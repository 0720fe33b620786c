"""The threads that wait for the database: no trouble of its making may end them, for nobody would take their place."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError

from stepitup.site import beginning, pulse
from stepitup.site.beginning import Beginning
from stepitup.site.pulse import Pulse


class Watch:
    """Stands in for the watch: only whether it was started and stopped."""

    starts = stops = 0

    def start(self) -> None:
        self.starts += 1

    def stop(self) -> None:
        self.stops += 1


class Troubles:
    """Raises these, one each time it is asked; then all is well."""

    def __init__(self, *troubles: Exception) -> None:
        self._left = list(troubles)

    def __call__(self) -> None:
        if self._left:
            raise self._left.pop(0)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beginning, "TRY_AGAIN_AFTER", 0.01)
    monkeypatch.setattr(pulse, "TRY_AGAIN_AFTER", 0.01)


def test_the_watch_begins_whatever_stood_in_its_way_at_first() -> None:
    troubles = Troubles(
        OperationalError("the database is starting"),
        ProgrammingError("another process has just made this table"),
        InterfaceError("the connection is closed"),
        OSError("no space left on device"),
    )
    watch = Watch()
    with _felt(Pulse(lambda: None)) as felt:
        house = Beginning(troubles, pulse=felt, watch=watch)  # type: ignore[arg-type]  # a watch of straw
        house.begin()
        _soon(lambda: watch.starts == 1)
        house.end()
    assert (watch.starts, watch.stops) == (1, 1)


@pytest.mark.parametrize("trouble", [OperationalError(), InterfaceError(), OSError(), ValueError()])
def test_a_house_in_trouble_is_well_again_whatever_the_trouble_was(trouble: Exception) -> None:
    with _felt(Pulse(Troubles(trouble))) as felt:
        felt.doubt()
        _soon(lambda: felt.recoveries == 1)
        assert felt.is_well


@contextmanager
def _felt(felt: Pulse) -> Iterator[Pulse]:
    felt.start()
    try:
        yield felt
    finally:
        felt.stop()


def _soon(comes_true: object, *, within: float = 3) -> None:
    assert callable(comes_true)
    latest = time.monotonic() + within
    while not comes_true():
        assert time.monotonic() < latest, "it never came true"
        time.sleep(0.01)
