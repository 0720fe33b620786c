"""Reading the program at its start looks for no garbage, and whatever becomes of the start, it is looked for again."""

import argparse
import gc

import django
import pytest
from django.db import DatabaseError

from stepitup.site import console

pytestmark = pytest.mark.only_on("sqlite")


@pytest.mark.parametrize("trouble", [None, DatabaseError("away")])
def test_no_garbage_is_looked_for_while_the_program_is_read_and_afterwards_it_is(
    monkeypatch: pytest.MonkeyPatch, trouble: DatabaseError | None
) -> None:
    looked_for = list[bool]()

    def set_up() -> None:
        looked_for.append(gc.isenabled())
        if trouble:
            raise trouble

    def do(_command: object, _options: argparse.Namespace) -> int:
        looked_for.append(gc.isenabled())
        return 0

    monkeypatch.setattr(django, "setup", set_up)
    monkeypatch.setattr(console, "_settle", lambda _options: None)
    monkeypatch.setattr(console, "_do", do)
    assert console.main(["migrate"]) == (1 if trouble else 0)
    assert looked_for == ([False] if trouble else [False, True])
    assert gc.isenabled()
