"""For the operator: does the process live, can it do its work, and how late is it. No person is in any of it.

`/metrics` counts calls, and at a small department even a count tells that somebody asked. It answers only under a name
of this very machine: a proxy that shows the house to the world asks under another.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import split_domain_port
from django.utils.translation import gettext as _
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from stepitup.calls import questions as calls
from stepitup.drills.rehearsal import how_it_went
from stepitup.ground import clock, heart, timers
from stepitup.paging import questions as paging

# A page is sent within a second; half a minute late, somebody waits for nothing.
_TOO_LATE = timedelta(seconds=30)
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})
_OF_PAGES, _OF_STEPS = "attempt:", "step"


@dataclass(frozen=True)
class Ready:
    """Whether the house can do its work now; `words` says in sentences what stands in the way."""

    database: bool
    watch: bool
    oldest_unsent: timedelta
    words: tuple[str, ...]
    rehearsed: timedelta | None = None  # since the last rehearsal that went well


def healthz(_request: HttpRequest) -> HttpResponse:
    """The process lives. Nothing else is asked: a restart would not mend a database."""
    return _kept_by_nobody(JsonResponse({"alive": True}))


def readyz(_request: HttpRequest) -> HttpResponse:
    """The database answers, a watch is alive, and no page waits unsent; 503 in words when not."""
    ready = how_ready()
    told = {
        "ready": not ready.words,
        "database": ready.database,
        "watch": ready.watch,
        "oldest_unsent_page_seconds": round(ready.oldest_unsent.total_seconds(), 1),
        "rehearsal_went_well_seconds_ago": round(ready.rehearsed.total_seconds(), 1) if ready.rehearsed else None,
        "words": list(ready.words),
    }
    return _kept_by_nobody(JsonResponse(told, status=503 if ready.words else 200))


def metrics(request: HttpRequest) -> HttpResponse:
    """Counts and lateness, in the words of Prometheus. Each scrape reads anew; nothing is kept in between."""
    name, _port = split_domain_port(request.get_host())
    if name not in _THIS_MACHINE:
        raise Http404
    registry = CollectorRegistry()
    registry.register(_House())
    return _kept_by_nobody(HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST))


def how_ready() -> Ready:
    """Ask the house. A database that is away is an answer too."""
    try:
        now = clock.now()
        watched, oldest = heart.is_beating(now), _waits_since(now, _OF_PAGES)
        rehearsal = how_it_went()
    except DatabaseError:
        return Ready(database=False, watch=False, oldest_unsent=timedelta(0), words=(_("The database is away."),))
    words = []
    if not watched:
        words.append(_("No watch is alive: pages are not sent and steps do not come. Start one: stepitup watch."))
    if oldest > _TOO_LATE:
        words.append(_("A page has been waiting to be sent for more than half a minute. Look at the carriers."))
    if rehearsal and rehearsal.is_in_trouble:
        words.append(_("The house could not rehearse a call, twice in a row. Look at the machine."))
    went_well = now - rehearsal.went_well_at if rehearsal and rehearsal.went_well_at else None
    return Ready(database=True, watch=watched, oldest_unsent=oldest, words=tuple(words), rehearsed=went_well)


def _waits_since(now: datetime, kinds: str) -> timedelta:
    """For how long the oldest overdue timer of these kinds has been waiting."""
    oldest = timers.oldest_due(now, kind_prefix=kinds)
    return now - oldest if oldest else timedelta(0)


class _House(Collector):
    """Reads the counts when they are asked for."""

    def collect(self) -> Iterator[Metric]:
        now = clock.now()
        late = {"page": _waits_since(now, _OF_PAGES), "step": _waits_since(now, _OF_STEPS)}
        last = heart.last_beat()
        open_calls = {(state,): count for state, count in calls.how_many().items()}
        yield _counts("calls", "Open calls by state.", ["state"], open_calls)
        yield _counts("attempts", "Attempts kept, by carrier.", ["carrier", "state"], paging.how_many_attempts())
        waits = {(of,): waited.total_seconds() for of, waited in late.items()}
        yield _counts("lateness_seconds", "How long the oldest overdue work has waited.", ["of"], waits)
        beat = {("any",): (now - last).total_seconds()} if last else {}
        went = how_it_went()
        well = {("any",): (now - went.went_well_at).total_seconds()} if went and went.went_well_at else {}
        yield _counts("last_rehearsal_seconds", "Since a rehearsal of a call last went well.", ["house"], well)
        failed = {("any",): float(went.failures)} if went else {}
        yield _counts("rehearsals_failed", "Rehearsals that came to nothing since then.", ["house"], failed)
        yield _counts("last_beat_seconds", "Since the last heartbeat of any watch.", ["watch"], beat)


def _counts(name: str, tells: str, labels: list[str], values: Mapping[Any, float]) -> Metric:
    gauge = GaugeMetricFamily(f"stepitup_{name}", tells, labels=labels)
    for label, value in values.items():
        gauge.add_metric(label, value)
    return gauge


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
