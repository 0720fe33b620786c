"""What the watch does besides pages and steps: finds what was dropped, writes letters, lets go of what had its day."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

import stepitup
from stepitup.calls import actions as calls
from stepitup.drills import rehearsal, timetable
from stepitup.ground import drafts, log_book, set_up
from stepitup.ground.deeds import deed
from stepitup.paging import carriers
from stepitup.paging.hearing import forget_heard
from stepitup.paging.notices import forget_notices
from stepitup.roster import actions as roster
from stepitup.tally import actions as tally
from stepitup.watch import line, loop
from stepitup.watch.letters import write_letters
from stepitup.watch.reminders import write_reminders
from tests.rooms.watch_by_hand import Hands

pytestmark = pytest.mark.only_on("sqlite")  # about no database: once is enough

HAD_THEIR_DAY = {
    roster.forget, log_book.keep_and_forget, tally.forget, drafts.forget, set_up.forget_earlier, forget_heard,
    forget_notices,
}  # fmt: skip
# A room may have several; one of them calls the others.
BY_ANOTHER = {"forget_duty", "forget_closed", "sign_in.forget"}
FORGETS = re.compile(r"^def (\w*forget\w*)\(now: datetime\)", flags=re.MULTILINE)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The watch's own clock, wound by hand."""
    wound: SimpleNamespace = SimpleNamespace(at=1_000_000.0)
    wound.monotonic = lambda: wound.at
    monkeypatch.setattr(loop, "time", wound)
    return wound


@pytest.fixture
def watch(time: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> loop.Watch:
    """One whose crews only note."""
    monkeypatch.setattr(loop, "Crew", Hands)
    monkeypatch.setattr(line, "Crew", Hands)
    with carriers.use():
        return loop.Watch(alone=True)


def test_once_a_day_each_room_lets_go_of_what_had_its_day(watch: loop.Watch, time: SimpleNamespace) -> None:
    assert forgotten_by(watch) == HAD_THEIR_DAY
    time.at += 24 * 3600 - 1
    assert forgotten_by(watch) == set()
    time.at += 2
    assert forgotten_by(watch) == HAD_THEIR_DAY


def test_no_room_has_something_to_forget_that_nobody_asks_it_to() -> None:
    found = {
        name if path.parent.name != "sign_in" or name != "forget" else "sign_in.forget"
        for path in Path(stepitup.__file__).parent.rglob("*.py")
        for name in FORGETS.findall(path.read_text(encoding="utf-8"))
    }
    assert found == {forget.__name__ for forget in HAD_THEIR_DAY} | BY_ANOTHER


def test_every_ten_minutes_it_sees_whether_a_letter_is_to_be_written(watch: loop.Watch, time: SimpleNamespace) -> None:
    letters = {write_letters, write_reminders}
    assert set(given(watch._secretary, by=watch)) == letters
    time.at += 599
    assert given(watch._secretary, by=watch) == []
    time.at += 2
    assert set(given(watch._secretary, by=watch)) == letters


def test_twice_a_minute_it_looks_for_what_was_dropped_and_keeps_the_timetables(
    watch: loop.Watch, time: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = list[object]()
    monkeypatch.setattr(loop, "deed", done.append)
    given(watch._clerks, by=watch)
    time.at += 29
    assert given(watch._clerks, by=watch) == []
    time.at += 2
    [mend] = given(watch._clerks, by=watch)
    mend()
    assert done == [calls.mend, timetable.keep_time, rehearsal.keep_time]


def test_where_much_was_dropped_it_goes_on_until_all_is_found(
    watch: loop.Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, found = list[object](), [calls.MENDED_AT_ONCE, calls.MENDED_AT_ONCE, 3]

    def mends(what: object) -> int:
        done.append(what)
        return found.pop(0) if what is calls.mend else 0

    monkeypatch.setattr(loop, "deed", mends)
    watch._mend()
    assert done == [calls.mend] * 3 + [timetable.keep_time, rehearsal.keep_time]


def test_a_watch_that_stops_begins_no_further_hundred(watch: loop.Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "deed", lambda _what: calls.MENDED_AT_ONCE)
    watch._stopping.set()
    watch._mend()


def given(crew: object, *, by: loop.Watch) -> list[Callable[[], object]]:
    """What this crew is given when the watch looks after the house now."""
    assert isinstance(crew, Hands)
    crew.given.clear()
    by._look_after_the_house()
    return list(crew.given)


def forgotten_by(watch: loop.Watch) -> set[object]:
    jobs = given(watch._clerks, by=watch)
    return {job.args[0] for job in jobs if isinstance(job, partial) and job.func is deed}
