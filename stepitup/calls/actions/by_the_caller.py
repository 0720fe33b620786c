"""What the caller does with an open call."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from stepitup.calls import changes, lives, store
from stepitup.calls.life import Ending, Life
from stepitup.calls.matching import free_for
from stepitup.ground.keys import new_id

Change = Callable[[Life, changes.Free], Life]


def step_up(now: datetime, call_id: UUID) -> None:
    """The caller wants more, now: the next kind of backup. Raises CallIsOver."""
    change(now, call_id, lambda life, free: changes.step_up(life, now, free=free, new_id=new_id))


def not_this_person(now: datetime, call_id: UUID, *, seat: UUID | None = None) -> None:
    """The caller says no to the helper on this seat, else to whoever came last; no reason is asked.

    Raises CallIsOver, NobodyToRefuse.
    """
    change(now, call_id, lambda life, free: changes.not_this_person(life, now, free=free, new_id=new_id, seat=seat))


def answer_suggestion(now: datetime, call_id: UUID, *, yes: bool) -> None:
    """The caller says whether a further helper may come, as theirs suggested. Raises NothingSuggested."""
    change(now, call_id, lambda life, free: changes.answer_suggestion(life, now, yes=yes, free=free, new_id=new_id))


def stand_down(now: datetime, call_id: UUID) -> None:
    """The caller needs nobody any more; everybody is released. Doing it twice changes nothing."""
    change(now, call_id, lambda life, _free: changes.close(life, now, ending=Ending.STOOD_DOWN))


def change(now: datetime, call_id: UUID, what: Change, *, press_mark: str = "") -> Life:
    """Read the call under its lock, let `what` say what becomes of it, keep the difference."""
    row = lives.lock(call_id)
    life = lives.read_life(row)
    after = what(life, free_for(now, row))
    store.keep(now, life, after, press_mark=press_mark)
    return after
