"""The hub of the live streams, with readers that are slow, many or gone."""

import asyncio
from collections.abc import Callable, Coroutine, Set
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError

from stepitup.ground import bell
from stepitup.site import hub as hub_here
from stepitup.site.hub import Hub
from stepitup.site.look import Look, Seen
from stepitup.site.pulse import Pulse
from stepitup.site.serve import room_for_streams
from stepitup.site.stream import Stream, version_in

CALL = uuid4()


class Shelf(Look):
    """What the database would say, laid out by hand."""

    def __init__(self) -> None:
        super().__init__(lambda _call: {})
        self.version = 1
        self.alive = True
        self.looks = 0
        self.is_away = False

    def at(self, calls: Set[UUID], *, whole: Set[UUID]) -> Seen:
        self.looks += 1
        if self.is_away:
            raise OperationalError
        return Seen(dict.fromkeys(calls, self.version))

    def at_all(self, ours: Set[UUID], *, whole: Set[UUID]) -> Seen:
        return Seen(is_watched=self.alive)


class Reader:
    """Somebody at the other end. `takes` is closed while they take nothing."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.has_ended = False
        self.takes = asyncio.Event()
        self.takes.set()
        self.stream = Stream(CALL, self._take, self._end, for_programs=False)

    async def _take(self, said: bytes) -> None:
        await self.takes.wait()
        self.heard.append(said)

    def _end(self) -> None:
        self.has_ended = True

    @property
    def versions(self) -> list[int]:
        """The versions heard, in order."""
        return [int(said.split()[1]) for said in self.heard if said.startswith(b"id: ")]


def with_a_hub(story: Callable[[Hub, Shelf], Coroutine[Any, Any, None]]) -> None:
    """Live through a story with a running hub."""

    async def live() -> None:
        shelf = Shelf()
        hub = Hub(shelf, pulse=Pulse(lambda: None))
        running = asyncio.create_task(hub.run())
        await asyncio.sleep(0)
        try:
            await story(hub, shelf)
        finally:
            running.cancel()
            hub.close()

    asyncio.run(live())


async def soon(what: Callable[[], bool]) -> bool:
    """Whether it comes true within two seconds."""
    for _ in range(200):
        if what():
            return True
        await asyncio.sleep(0.01)
    return False


def change(shelf: Shelf, version: int) -> None:
    shelf.version = version
    bell.tell("calls", str(CALL))


def test_a_ring_is_told_at_once_and_only_once() -> None:
    async def story(hub: Hub, shelf: Shelf) -> None:
        reader = Reader()
        hub.join(reader.stream)
        assert await soon(lambda: reader.versions == [1])
        change(shelf, 2)
        assert await soon(lambda: reader.versions == [1, 2])
        change(shelf, 2)
        await asyncio.sleep(0.1)
        assert reader.versions == [1, 2]

    with_a_hub(story)


def test_a_slow_reader_misses_versions_but_gets_the_newest() -> None:
    async def story(hub: Hub, shelf: Shelf) -> None:
        slow = Reader()
        hub.join(slow.stream)
        assert await soon(lambda: slow.versions == [1])
        slow.takes.clear()
        for version in (2, 3, 4, 5):
            change(shelf, version)
            await asyncio.sleep(0.03)
        slow.takes.set()
        assert await soon(lambda: slow.versions[-1:] == [5])
        assert slow.versions == [1, 2, 5]
        assert not slow.has_ended

    with_a_hub(story)


def test_a_reader_that_takes_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_here, "SLOW_READERS_HAVE", 0.1)

    async def story(hub: Hub, shelf: Shelf) -> None:
        stuck, quick = Reader(), Reader()
        stuck.takes.clear()
        hub.join(stuck.stream)
        hub.join(quick.stream)
        assert await soon(lambda: stuck.has_ended)
        change(shelf, 2)
        assert await soon(lambda: quick.versions == [1, 2]), "nobody else waits for them"

    with_a_hub(story)


def test_what_was_rung_while_the_database_was_away_is_told_when_it_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_here, "AFTER_TROUBLE", 0.05)

    async def story(hub: Hub, shelf: Shelf) -> None:
        reader = Reader()
        hub.join(reader.stream)
        assert await soon(lambda: reader.versions == [1])
        shelf.is_away = True
        change(shelf, 2)
        assert await soon(lambda: shelf.looks >= 3), "it looks again"
        assert reader.versions == [1]
        shelf.is_away = False
        assert await soon(lambda: reader.versions == [1, 2])

    with_a_hub(story)


def test_when_the_watch_stops_every_screen_hears_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_here, "LOOK_AGAIN_AFTER", 0.05)

    async def story(hub: Hub, shelf: Shelf) -> None:
        reader = Reader()
        hub.join(reader.stream)
        shelf.alive = False
        assert await soon(lambda: any(b'{"alive":false}' in said for said in reader.heard))
        late = Reader()
        hub.join(late.stream)
        assert await soon(lambda: any(b'{"alive":false}' in said for said in late.heard))
        shelf.alive = True
        assert await soon(lambda: any(b'{"alive":true}' in said for said in late.heard))

    with_a_hub(story)


def test_nobody_listens_and_nothing_is_read() -> None:
    async def story(hub: Hub, shelf: Shelf) -> None:
        change(shelf, 2)
        reader = Reader()
        hub.join(reader.stream)
        assert await soon(lambda: shelf.looks == 1)
        hub.leave(reader.stream)
        change(shelf, 3)
        await asyncio.sleep(0.1)
        assert shelf.looks == 1

    with_a_hub(story)


def test_screens_have_room_up_to_a_number_in_all_and_whoever_leaves_makes_room_once() -> None:
    async def story() -> None:
        hub = Hub(Shelf(), pulse=Pulse(lambda: None), at_most=2)
        one, other = Reader(), Reader()
        other.stream.call = uuid4()
        hub.join(one.stream)
        assert hub.has_room_for(CALL)
        hub.join(other.stream)
        assert not hub.has_room_for(CALL)
        assert not hub.has_room_for(uuid4())
        hub.leave(one.stream)
        hub.leave(one.stream)
        assert hub.has_room_for(CALL)
        hub.join(one.stream)
        assert not hub.has_room_for(CALL), "who left twice made room for one"
        hub.close()

    asyncio.run(story())


@pytest.mark.parametrize(("connections", "screens"), [(1024, 768), (4096, 3072), (1_048_576, 10_000), (-1, 10_000)])
def test_a_quarter_of_all_connections_is_kept_for_whoever_presses(connections: int, screens: int) -> None:
    assert room_for_streams(connections) == screens


@pytest.mark.parametrize(("said", "known"), [("7", 7), ("", -1), ("x", -1), ("²", -1), ("9" * 5000, -1)])
def test_whatever_a_returning_reader_says_it_knows_is_read_without_stumbling(said: str, known: int) -> None:
    assert version_in(said) == known


def test_a_call_that_cannot_be_told_silences_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    broken, whole = uuid4(), uuid4()
    monkeypatch.setattr("stepitup.calls.questions.changed_since", lambda _moment, among: [(one, 1) for one in among])

    def describe(call: UUID) -> dict[str, str]:
        return {whole: {"id": "told"}}[call]

    seen = Look(describe).at({broken, whole}, whole={broken, whole})
    assert seen.whole == {whole: {"id": "told"}}
