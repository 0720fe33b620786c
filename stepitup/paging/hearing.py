"""Hearing replies: each one once, however often a carrier brings it, and no quarrel between two answering machines."""

from datetime import datetime, timedelta

from stepitup.ground import keys
from stepitup.paging.facts import NoticeWords, Reply
from stepitup.paging.models import Heard

_KEPT = timedelta(days=1)
# A phone that answers by itself ("I'm driving") and we would write to each other until morning.
_ANSWERED_AT_MOST = 10
_PUZZLED_AT_MOST = 2
_WITHIN = timedelta(hours=1)


def mark_of(reply: Reply) -> str:
    """The mark by which the same reply is known when it comes again."""
    return keys.bytes_for("heard", f"{reply.carrier}:{reply.id}").hex()


def hear(now: datetime, reply: Reply) -> NoticeWords | None:
    """None where this reply is new; else what was answered to it before. The same one at once waits for the first."""
    heard, is_new = Heard.objects.get_or_create(
        mark=mark_of(reply),
        defaults={"number_mark": keys.number_mark(reply.number.strip().lower()), "at": now},
    )
    return None if is_new else NoticeWords(heard.words)


def was_heard(reply: Reply) -> bool:
    """Whether this very reply has come before."""
    return Heard.objects.filter(mark=mark_of(reply)).exists()


def note_answer(now: datetime, reply: Reply, words: NoticeWords) -> NoticeWords:
    """Keep what goes back, and return it; nothing goes back to a number that was answered too often of late."""
    if _is_too_much(now, reply, words):
        words = NoticeWords.NOTHING
    Heard.objects.filter(mark=mark_of(reply)).update(words=words)
    return words


def forget_heard(now: datetime) -> int:
    """Delete what was heard more than a day ago."""
    gone, _by_table = Heard.objects.filter(at__lt=now - _KEPT).delete()
    return gone


def _is_too_much(now: datetime, reply: Reply, words: NoticeWords) -> bool:
    """The link to a seat always goes: without it a caller would wait for somebody who cannot come in."""
    if words is NoticeWords.YOURS:
        return False
    lately = Heard.objects.filter(number_mark=keys.number_mark(reply.number.strip().lower()), at__gt=now - _WITHIN)
    if words is NoticeWords.UNCLEAR and lately.filter(words=words).count() >= _PUZZLED_AT_MOST:
        return True
    return lately.exclude(words=NoticeWords.NOTHING).count() >= _ANSWERED_AT_MOST
