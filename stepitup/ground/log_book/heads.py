"""Heads of the books: taken once a day, kept for good, handed out as a card."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.db.models import Max, QuerySet

from stepitup.ground.log_book import card, tree
from stepitup.ground.log_book.writing import books, deleted_on, peaks
from stepitup.ground.models import LogBookEntry, LogBookHead
from stepitup.ground.team import team


def keep_and_forget(now: datetime) -> int:
    """Once a day: keep the head of each book that has grown, then delete the books whose day has come.

    Returns how many lines were deleted. A head is taken first, so that a book is never gone without one.
    """
    for book in books():
        size, root = head_of(book)
        LogBookHead.objects.get_or_create(book=book, size=size, defaults={"root": root, "at": now})
    gone, _by_table = LogBookEntry.objects.filter(deleted_on__lte=now.astimezone(UTC).date()).delete()
    return gone


def head_now(book: int) -> str:
    """The head of a book as it stands, as a card."""
    size, root = head_of(book)
    return card.written(house=house(), book=book, size=size, root=root)


def heads_kept(book: int) -> QuerySet[LogBookHead]:
    """The heads that the house took of a book, the oldest first."""
    return LogBookHead.objects.filter(book=book).order_by("size")


def head_of(book: int) -> tuple[int, bytes]:
    """How many lines a book has, and the hash over them."""
    size: int = LogBookEntry.objects.filter(book=book).aggregate(Max("number"))["number__max"] or 0
    return size, tree.head_of_peaks(peaks(book, size))


def house() -> str:
    """The house's name in its cards: the host that callers type. A card needs a name without blanks and plus signs."""
    return urlsplit(team().public_url).netloc.replace("+", "-") or "step-it-up"


def is_past(book: int, now: datetime) -> bool:
    """Whether a book has had its day."""
    return deleted_on(book) <= now.astimezone(UTC).date()
