"""One live stream, and how it is spelt: server-sent events."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

HEARTBEAT_LINE = b":\n\n"
COME_BACK_AFTER = b"retry: 3000\n\n"
SLOW_READERS_HAVE = 10.0
KNOWS_NOTHING = -1
_LONGEST_VERSION = 19  # digits of the largest number that the database keeps


@dataclass(eq=False, slots=True)
class Stream:
    """How to write to it, how to end it, and what it was told last: the version of its call, and of the watch."""

    call: UUID
    write: Callable[[bytes], Awaitable[None]]
    end: Callable[[], object]
    for_programs: bool
    told: int = KNOWS_NOTHING
    knows_watched: bool = True
    is_writing: bool = False
    is_behind: bool = False
    slot: int = 0


def version_event(version: int, whole: Mapping[str, Any] | None) -> bytes:
    """The call has changed. Screens are told the version and fetch themselves anew; programs are told all."""
    told = {"version": version} if whole is None else whole
    return b"id: %d\n" % version + event("call", told)


def event(name: str, told: Mapping[str, Any]) -> bytes:
    """One event with its data on one line."""
    return f"event: {name}\ndata: {json.dumps(told, separators=(',', ':'))}\n\n".encode()


def version_in(last_event_id: str) -> int:
    """The version that a returning reader has already. A number longer than any of ours is nobody's."""
    is_ours = last_event_id.isascii() and last_event_id.isdigit() and len(last_event_id) <= _LONGEST_VERSION
    return int(last_event_id) if is_ours else KNOWS_NOTHING
