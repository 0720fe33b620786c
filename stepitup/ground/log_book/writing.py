"""Writing into the log book, and reading it."""

import json
from datetime import UTC, date, datetime

from django.db.models import QuerySet

from stepitup.ground.deeds import one_at_a_time
from stepitup.ground.log_book import tree
from stepitup.ground.log_book.what import What
from stepitup.ground.log_book.who import OPERATOR, must_be_ours
from stepitup.ground.models import LogBookEntry

# Between "which number comes next?" and "write it" nobody else may write: see ground.deeds.one_at_a_time.
_LOG_BOOK_GATE = 2
_KEPT_FOR_YEARS = 2


def note(now: datetime, *, who: str, what: What, about: str, how_many: int | None = None) -> None:
    """Write down what was done, in the same deed that does it.

    1. Wait for whoever is writing.
    2. The first line of a year begins a new book. A clock put back never reopens an old one.
    3. Write the line with its leaf and the largest whole tree that ends with it: a later head needs a few rows only.
    """
    must_be_ours(who)
    must_be_ours(about)
    one_at_a_time(_LOG_BOOK_GATE)
    latest = LogBookEntry.objects.order_by("-book", "-number").first()
    year = now.astimezone(UTC).year
    if latest is None or year > latest.book:
        latest = _write(now, LogBookEntry(book=year, number=1, who=OPERATOR, what=What.OPENED_BOOK, about="log-book"))
    line = LogBookEntry(book=latest.book, number=latest.number + 1, who=who, what=what, about=about, how_many=how_many)
    _write(now, line)


def entries(book: int) -> QuerySet[LogBookEntry]:
    """The lines of one year's book, in order."""
    return LogBookEntry.objects.filter(book=book).order_by("number")


def books() -> list[int]:
    """The years of which there are lines, the newest first."""
    return sorted(LogBookEntry.objects.values_list("book", flat=True).distinct().order_by(), reverse=True)


def deleted_on(book: int) -> date:
    """The day on which a year's book is deleted: two years after the year is over."""
    return date(book + _KEPT_FOR_YEARS + 1, 1, 1)


def words_of(line: LogBookEntry) -> bytes:
    """What of a line is hashed: all of it that means something, in one form that anybody can make again."""
    meant = {
        "about": line.about,
        "at": line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "book": line.book,
        "how_many": line.how_many,
        "number": line.number,
        "what": str(line.what),
        "who": line.who,
    }
    return json.dumps(meant, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def peaks(book: int, size: int) -> list[bytes]:
    """The whole trees that make up the first `size` lines of a book, the largest first."""
    ends = tree.ends_of_peaks(size)
    found = dict(LogBookEntry.objects.filter(book=book, number__in=ends).values_list("number", "peak"))
    return [bytes(found[end]) for end in ends if end in found]


def _write(now: datetime, line: LogBookEntry) -> LogBookEntry:
    line.at = now
    line.deleted_on = deleted_on(line.book)
    line.leaf = tree.leaf_hash(words_of(line))
    line.peak = tree.peak_ending(line.number, line.leaf, peaks(line.book, line.number - 1))
    line.save(force_insert=True)
    return line
