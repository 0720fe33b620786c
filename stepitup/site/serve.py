"""The process: one event loop with the router, kept threads for Django, and the watch beside it."""

import asyncio
import gc
import resource
import signal
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any
from uuid import UUID

import uvicorn
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.urls import get_resolver

from stepitup.calls import questions
from stepitup.directory.actions import write_static
from stepitup.door.api.shapes import shape
from stepitup.ground.team import team
from stepitup.paging import carriers
from stepitup.site.asgi import Router
from stepitup.site.beginning import Beginning
from stepitup.site.careful import CarefulProtocol
from stepitup.site.django_side import DjangoSide
from stepitup.site.errors import PortTaken
from stepitup.site.files import Files
from stepitup.site.folders import STATIC, written_in
from stepitup.site.garbage import look_seldom, nothing_thrown_away
from stepitup.site.hub import STREAMS_IN_ALL, Hub
from stepitup.site.look import Look
from stepitup.site.modem_ear import ModemEar
from stepitup.site.one_process import the_only_one
from stepitup.site.pulse import Pulse
from stepitup.site.refusals import Refusals
from stepitup.site.streams import Streams
from stepitup.site.team_words import TeamWords
from stepitup.watch.loop import Watch

# Whoever is being answered when the process stops has so many seconds to get it.
_LAST_WORDS = 3
_QUEUE = 2048


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises PortTaken."""
    try:
        return socket.create_server((host, port), backlog=_QUEUE)
    except (OSError, OverflowError) as trouble:
        raise PortTaken(host, port, str(trouble)) from trouble


def serve(sock: socket.socket, *, prepare: Callable[[], None], say: Callable[[], None]) -> None:
    """Serve on this socket until told to stop (SIGTERM or SIGINT).

    1. Write down the hotlines, which open whatever else breaks.
    2. `prepare` the database; while it does not answer, serve the numbers and try again every second.
    3. `say` that we are there, and serve, with the watch beside.
    4. Stop: end the live streams, finish what is being answered, let the watch put down what it holds.
    """
    connections = _allow_many_connections()
    with ExitStack() as house:
        alone = connection.vendor == "sqlite"
        if alone:
            house.enter_context(the_only_one(settings.DATA))
        write_static(written_in(settings.DATA))
        pulse = Pulse()
        pulse.start()
        house.callback(pulse.stop)
        beginning = Beginning(prepare, pulse=pulse, watch=Watch(alone=alone))
        beginning.begin()
        house.callback(beginning.end)
        _listen_to_a_modem(house)
        if not alone:
            # Late: its driver takes a tenth of each start, also of those whose database is a file.
            from stepitup.ground.ear import Ear, conninfo_of  # noqa: PLC0415  as said above

            ear = Ear(conninfo_of(settings.DATABASES["default"]))
            ear.start()
            house.callback(ear.stop)
        team_words = TeamWords()
        team_words.start()
        house.callback(team_words.stop)
        say()
        _server(pulse, streams=room_for_streams(connections)).run(sockets=[sock])


def _listen_to_a_modem(house: ExitStack) -> None:
    """Where the house has a modem of its own, somebody must read what comes in."""
    modem = carriers.modem()
    if modem is not None:
        ear = ModemEar(modem)
        ear.start()
        house.callback(ear.stop)


class Server(uvicorn.Server):
    """uvicorn's server, with the hub of the live streams beginning and ending beside it."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub
        self._telling: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to tell."""
        self._telling = asyncio.get_running_loop().create_task(self._hub.run())
        await super().startup(sockets=sockets)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams first: each would otherwise be waited for."""
        if self._telling is not None:
            self._telling.cancel()
        self._hub.close()
        await super().shutdown(sockets=sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn does, but without raising the signal again afterwards: the watch still has things to put down."""
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def room_for_streams(connections: int) -> int:
    """How many live screens there may be: a quarter of the connections stays free for whoever presses."""
    return STREAMS_IN_ALL if connections == resource.RLIM_INFINITY else min(STREAMS_IN_ALL, connections * 3 // 4)


def _server(pulse: Pulse, *, streams: int) -> Server:
    refusals = Refusals()
    hub = Hub(Look(describe), pulse=pulse, at_most=streams)
    files = Files(static=STATIC, written=written_in(settings.DATA))
    scheme = team().public_url.partition(":")[0]
    gc.collect()  # of what made the database ready, before it is taken for what stays
    with nothing_thrown_away():
        django = DjangoSide(WSGIHandler(), pulse=pulse, files=files, refusals=refusals, scheme=scheme)
        get_resolver().url_patterns  # noqa: B018  read every screen's code now, not under the first press
    look_seldom()
    router = Router(files=files, streams=Streams(hub, pulse=pulse, refusals=refusals), django=django, refusals=refusals)
    return Server(_config(router), hub)


def _config(router: Router) -> uvicorn.Config:
    return uvicorn.Config(
        router,
        http=CarefulProtocol,
        loop="uvloop",
        ws="none",
        lifespan="off",
        interface="asgi3",
        access_log=False,
        log_config=None,
        # A proxy's word on who sent a request is not listened to: no address is wanted.
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_LAST_WORDS,
        backlog=_QUEUE,
    )


def describe(call: UUID) -> Mapping[str, Any]:
    """What a program is told of a call on its live stream."""
    return shape(questions.as_caller_sees(call))


def _allow_many_connections() -> int:
    """As many as the system lets us have: a connection is a file to it, and its first limit is often 1 024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard
