"""Spans of time, and what can be done with them: put together, cut, taken away, looked for what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From a moment up to, and not including, another."""

    start: datetime
    end: datetime

    def covers(self, moment: datetime) -> bool:
        """Does the moment lie inside?"""
        return self.start <= moment < self.end


Spans = tuple[Span, ...]


def at(moment: datetime) -> Span:
    """The shortest span that holds this moment."""
    return Span(moment, moment + timedelta(microseconds=1))


def together(spans: Iterable[Span]) -> Spans:
    """In order, and those that touch or overlap as one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            if span.end > merged[-1].end:
                merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return tuple(merged)


def within(spans: Iterable[Span], whole: Span) -> Spans:
    """What of these lies inside the whole."""
    cut = (Span(max(span.start, whole.start), min(span.end, whole.end)) for span in spans)
    return tuple(span for span in cut if span.start < span.end)


def without(spans: Iterable[Span], taken: Iterable[Span]) -> Spans:
    """What of these is left when the others are taken away."""
    gone, left = together(taken), list[Span]()
    for span in together(spans):
        start = span.start
        for one in gone:
            if one.end <= start or one.start >= span.end:
                continue
            if one.start > start:
                left.append(Span(start, one.start))
            start = max(start, one.end)
        if start < span.end:
            left.append(Span(start, span.end))
    return tuple(left)


def instants(wall: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first and the last moment at which a wall clock shows this, or would, had the hour not been skipped."""
    early = wall.replace(tzinfo=zone, fold=0)
    late = early.replace(fold=1)
    moment = early.astimezone(UTC)
    if early.utcoffset() == late.utcoffset():
        return moment, moment
    other = late.astimezone(UTC)
    return min(moment, other), max(moment, other)


def span_by_the_wall(start: datetime, end: datetime, zone: ZoneInfo) -> Span:
    """From one time on the wall to another: the first occurrence of its start, the last of its end."""
    return Span(instants(start, zone)[0], instants(end, zone)[1])
