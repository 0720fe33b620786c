"""The books as plain lines and heads, for whoever checks them."""

from stepitup.ground.log_book import tree
from stepitup.ground.log_book.checking import Head, Line
from stepitup.ground.log_book.heads import heads_kept
from stepitup.ground.log_book.writing import entries, words_of
from stepitup.ground.models import LogBookEntry, LogBookHead


def lines_of(book: int) -> list[Line]:
    """The lines of one book as they stand now."""
    return [
        Line(line.number, tree.leaf_hash(words_of(line)), bytes(line.leaf), bytes(line.peak)) for line in entries(book)
    ]


def heads_of(book: int) -> list[Head]:
    """The heads that this house kept of one book."""
    return [Head(head.size, bytes(head.root), head.at) for head in heads_kept(book)]


def all_books() -> list[int]:
    """Each year of which there are lines or heads, the oldest first."""
    with_lines = LogBookEntry.objects.values_list("book", flat=True).distinct().order_by()
    return sorted({*with_lines, *LogBookHead.objects.values_list("book", flat=True).distinct().order_by()})
