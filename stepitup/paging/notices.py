"""Notices: short words to a helper that are no pages. They wait behind every page, and go by lines of their own.

`write_notice` is for any room above; the watch sends it, one way after another, and it is deleted when a carrier took
it. No notice holds a text of anybody's making: only one of the fixed sentences of `NoticeWords`, and a link.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from stepitup.ground import bell, keys, timers
from stepitup.ground.seal import Json, seal, unseal
from stepitup.paging import carriers
from stepitup.paging.facts import NoticeWords, Outcome, Outgoing, Reach, Then
from stepitup.paging.models import Notice
from stepitup.paging.words import notice_text

_SEAL = "notice"
_KIND = "notice:"
_KEPT = timedelta(hours=1)
_PAUSE = timedelta(seconds=5)
_TRIES = 3


@dataclass(frozen=True)
class _Held:
    """What is sealed of a notice: its link, the ways that are still to be tried, (carrier, address), in order, and in
    which language it speaks.
    """

    link: str
    ways: tuple[tuple[str, str], ...]
    language: str

    def seal(self) -> bytes:
        ways: list[Json] = [[carrier, to] for carrier, to in self.ways]
        return seal(_SEAL, {"link": self.link, "ways": ways, "language": self.language})


def notice_kind(carrier: str) -> str:
    """The kind of timer that waits for this carrier with a notice: not that of pages, so that none waits behind it."""
    return f"{_KIND}{carrier}"


def is_notice(kind: str) -> bool:
    """Whether a timer of this kind is about a notice."""
    return kind.startswith(_KIND)


def write_notice(now: datetime, words: NoticeWords, ways: Sequence[Reach], *, link: str = "") -> bool:
    """Let a helper be told by the first of these ways that works; False when this house goes none of them."""
    in_use = carriers.in_use()
    ours = [way for way in ways if way.carrier in in_use]
    if not ours:
        return False
    held = _Held(link, tuple((way.carrier, way.address) for way in ours), ours[0].language)
    notice = Notice.objects.create(
        carrier=held.ways[0][0], words=words, sealed=held.seal(), key=keys.new_id().hex, written_at=now
    )
    timers.arm(notice_kind(notice.carrier), notice.pk, now)
    bell.ring("timers", notice.pk)
    return True


def prepare_notices(notice_ids: Collection[int]) -> list[Outgoing]:
    """What is to be handed to a carrier for these notices."""
    return [_outgoing(notice) for notice in Notice.objects.filter(pk__in=notice_ids)]


def record_notice(now: datetime, notice_id: int, outcome: Outcome) -> None:
    """Delete it if a carrier took it; else try again, go the next way, or give up."""
    notice = Notice.objects.select_for_update().filter(pk=notice_id).first()
    if notice is None:
        return
    again = outcome.then is Then.TRY_AGAIN and notice.failures + 1 < _TRIES
    held = _held(notice)
    left = held if again else replace(held, ways=held.ways[1:])
    if outcome.then is None or now - notice.written_at > _KEPT or not left.ways:
        notice.delete()
        return
    notice.carrier, notice.sealed = left.ways[0][0], left.seal()
    notice.failures = notice.failures + 1 if again else 0
    notice.save(update_fields=["carrier", "sealed", "failures"])
    timers.arm(notice_kind(notice.carrier), notice.pk, now + _PAUSE if again else now)


def forget_notices(now: datetime) -> int:
    """Delete those that found no way in an hour."""
    old = Notice.objects.filter(written_at__lt=now - _KEPT)
    for notice in old:
        timers.disarm(notice_kind(notice.carrier), [notice.pk])
    gone, _by_table = old.delete()
    return gone


def _outgoing(notice: Notice) -> Outgoing:
    held = _held(notice)
    return Outgoing(
        attempt=notice.pk,
        page=keys.new_id(),  # it has none; and in a browser a younger notice takes the place of one of the same page
        helper=0,
        way=0,
        carrier=notice.carrier,
        to=held.ways[0][1],
        words=NoticeWords(notice.words),
        text=notice_text(NoticeWords(notice.words), held.link, language=held.language),
        link=held.link,
        key=notice.key,
        at=notice.written_at,
        language=held.language,
    )


def _held(notice: Notice) -> _Held:
    held: Any = unseal(_SEAL, notice.sealed)
    return _Held(held["link"], tuple((carrier, to) for carrier, to in held["ways"]), held.get("language", "en"))
