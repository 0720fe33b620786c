"""One hub for all live streams: hears the bell, reads what changed in one thread, and tells the streams that care.

1. A ring names a call; the hub looks at the calls named since its last look, all in one question.
2. Every second or two it looks at everything that changed lately, in case a ring was missed.
3. A stream keeps nothing but the newest version it was told: whoever reads slowly misses versions, never memory.

A stream that waits costs no thread, no timer and no read.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from stepitup.ground import bell
from stepitup.site.connections import Connections
from stepitup.site.look import Look, Seen
from stepitup.site.pulse import Pulse
from stepitup.site.stream import HEARTBEAT_LINE, SLOW_READERS_HAVE, Stream, event, version_event

LOOK_AGAIN_AFTER = 1.5
AFTER_TROUBLE = 1.0
HEARTBEAT = 15
STREAMS_A_CALL = 20
# Twice the screens that were measured (docs/benchmarks.md), some 150 MB. Whoever presses comes before who watches.
STREAMS_IN_ALL = 10_000

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)


class Hub:
    """All open streams of this process. Its methods belong to the event loop."""

    def __init__(self, look: Look, *, pulse: Pulse, at_most: int = STREAMS_IN_ALL) -> None:
        self._look = look
        self._pulse = pulse
        self._connections = Connections(pulse)
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="hub")
        self._streams: dict[UUID, set[Stream]] = {}
        self._in_all, self._at_most = 0, at_most
        self._rung: set[UUID] = set()
        self._woken = asyncio.Event()
        self._look_at_all_at = 0.0
        self._is_watched = True
        self._slot = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Look and tell until cancelled."""
        loop = asyncio.get_running_loop()

        def hear(topic: str, about: str) -> None:
            # In the thread of whoever rang, after their commit: a loop that has just closed must not spoil their press.
            with suppress(RuntimeError):
                if topic == "calls":
                    loop.call_soon_threadsafe(self._ring, UUID(about))

        self._start(self._keep_alive())
        with bell.hearing(hear):
            while True:
                await self._wait_for_a_ring()
                try:
                    await self._look_and_tell()
                except Exception:  # the rim: a database that is away must not end the streams
                    log.exception("the live screens could not look; they look again in a second")
                    self._pulse.doubt()
                    await asyncio.sleep(AFTER_TROUBLE)
                    self._ring_for_all()

    def close(self) -> None:
        """End every stream: the process is about to stop. Their readers come back by themselves."""
        for stream in self._all():
            self._drop(stream)
        for task in self._tasks:
            task.cancel()
        self._reader.shutdown(wait=False, cancel_futures=True)

    async def ask(self, question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Let the hub's own thread read something."""

        def read() -> T:
            self._connections.renew()
            return question(*args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._reader, read)

    def has_room_for(self, call: UUID) -> bool:
        """Whether one more stream about this call is welcome: nobody looks at one call on more screens than these.

        A screen without its stream asks every few seconds; a press without a connection has nothing.
        """
        return self._in_all < self._at_most and len(self._streams.get(call, ())) < STREAMS_A_CALL

    def join(self, stream: Stream) -> None:
        """A stream has opened; it is told at the next look, at once, unless it knows the newest version."""
        self._streams.setdefault(stream.call, set()).add(stream)
        self._in_all += 1
        self._slot = stream.slot = (self._slot + 1) % HEARTBEAT
        self._ring(stream.call)
        if not self._is_watched:
            self._tell(stream, Seen())

    def leave(self, stream: Stream) -> None:
        """A stream has closed. Said twice, it counts once."""
        beside = self._streams.get(stream.call, set())
        if stream not in beside:
            return
        beside.remove(stream)
        self._in_all -= 1
        if not beside:
            self._streams.pop(stream.call, None)

    def _ring(self, call: UUID) -> None:
        if call in self._streams:
            self._rung.add(call)
            self._woken.set()

    def _ring_for_all(self) -> None:
        """What was rung while the database was away may be long ago by now: look at every call."""
        self._rung.update(self._streams)
        self._woken.set()

    async def _wait_for_a_ring(self) -> None:
        try:
            async with asyncio.timeout(LOOK_AGAIN_AFTER):
                await self._woken.wait()
        except TimeoutError:
            return
        self._woken.clear()

    async def _look_and_tell(self) -> None:
        rung, self._rung = self._rung, set()
        moment = asyncio.get_running_loop().time()
        if rung:
            self._tell_about(await self.ask(self._look.at, rung, whole=self._with_programs(rung)))
        if moment >= self._look_at_all_at and self._streams:
            self._look_at_all_at = moment + LOOK_AGAIN_AFTER
            ours = set(self._streams)
            seen = await self.ask(self._look.at_all, ours, whole=self._with_programs(ours))
            self._note_the_watch(seen)
            self._tell_about(seen)

    def _with_programs(self, calls: set[UUID]) -> set[UUID]:
        """Those of these calls at which a program listens."""
        return {call for call in calls if any(one.for_programs for one in self._streams.get(call, ()))}

    def _note_the_watch(self, seen: Seen) -> None:
        if seen.is_watched is None or seen.is_watched == self._is_watched:
            return
        self._is_watched = seen.is_watched
        for stream in self._all():
            self._tell(stream, Seen())

    def _tell_about(self, seen: Seen) -> None:
        for call in seen.versions:
            for stream in list(self._streams.get(call, ())):
                self._tell(stream, seen)

    def _tell(self, stream: Stream, seen: Seen) -> None:
        """Tell one stream what it does not know yet; one that is still taking the last is asked again after it."""
        if stream.is_writing:
            stream.is_behind = True
            return
        version, said = seen.versions.get(stream.call), b""
        if version is not None and version != stream.told:
            said = version_event(version, seen.whole.get(stream.call) if stream.for_programs else None)
            stream.told = version
        if stream.knows_watched != self._is_watched:
            said += event("watch", {"alive": self._is_watched})
            stream.knows_watched = self._is_watched
        if said:
            self._write(stream, said)

    async def _keep_alive(self) -> None:
        """A comment for each stream every fifteen seconds; each second those of one slot."""
        slot = 0
        while True:
            await asyncio.sleep(1)
            slot = (slot + 1) % HEARTBEAT
            for stream in self._all():
                if stream.slot == slot and not stream.is_writing:
                    self._write(stream, HEARTBEAT_LINE)

    def _write(self, stream: Stream, said: bytes) -> None:
        stream.is_writing = True
        self._start(self._write_in_time(stream, said))

    async def _write_in_time(self, stream: Stream, said: bytes) -> None:
        try:
            async with asyncio.timeout(SLOW_READERS_HAVE):
                await stream.write(said)
        except (TimeoutError, OSError):
            # A reader that takes nothing is let go. It comes back by itself, and asks for the newest.
            self._drop(stream)
        stream.is_writing = False
        if stream.is_behind:
            stream.is_behind = False
            self._ring(stream.call)

    def _drop(self, stream: Stream) -> None:
        if stream in self._streams.get(stream.call, ()):
            self.leave(stream)
            stream.end()

    def _all(self) -> list[Stream]:
        return [stream for streams in self._streams.values() for stream in streams]

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
