"""Is the log book what was written? And do the heads that somebody kept outside this house still hold?"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from stepitup.desk.checking.finding import Finding, missing, think
from stepitup.ground.log_book import card, guard
from stepitup.ground.log_book.checking import Fault, Head, Wrong, faults_in
from stepitup.ground.log_book.heads import is_past
from stepitup.ground.log_book.looking import all_books, heads_of, lines_of
from stepitup.ground.team import team

_TO_DO: Final = "Keep this machine as it is, tell the clinical lead, and ask who had the database (docs/log-book.md)."
_ANOTHER_CARD: Final = "Take the card again as it was handed out, all lines of it."
_SAYS: Final[Mapping[Wrong, tuple[str, str]]] = {
    Wrong.CHANGED: ("is not what was written: somebody changed it", "are not what was written: somebody changed them"),
    Wrong.GONE: ("is not there: somebody dropped it", "are not there: somebody dropped them"),
    Wrong.ADDED: ("stands there twice: somebody added one", "stand there twice: somebody added some"),
    Wrong.NOT_AS_KEPT: (
        "is not what it was: it was changed, dropped or added",
        "are not what they were: at least one was changed, dropped or added",
    ),
}

Kept = Mapping[Path, str]  # cards that somebody kept, by the file they came from


def about_the_log_book(now: datetime, kept: Kept | None = None) -> Iterator[Finding]:
    """Every fault of every book, in words; and each card that was brought."""
    if lacking := guard.missing():
        yield missing(f"The database does not guard the log book ({len(lacking)} guards lack).", "stepitup migrate")
    cards = list(_cards(kept or {}))
    for path, one in cards:
        if isinstance(one, Finding):
            yield one
        elif one.book not in all_books():
            yield missing(f"{path} is a head of the log book of {one.book}, and this house has none.", _ANOTHER_CARD)
    read = [(path, one) for path, one in cards if isinstance(one, card.Card)]
    for book in all_books():
        yield from _about(book, now, [(path, one) for path, one in read if one.book == book])


def _about(book: int, now: datetime, cards: list[tuple[Path, card.Card]]) -> Iterator[Finding]:
    lines, heads = lines_of(book), heads_of(book)
    if not lines and is_past(book, now):
        yield from _against_what_is_left(book, heads, cards)
        return
    for fault in faults_in(lines, heads):
        yield missing(_in_words(book, fault), _TO_DO)
    for path, one in cards:
        for fault in faults_in(lines, [*heads, Head(one.size, one.root)]):
            if fault.head is not None and fault.head.at is None:
                yield from _against_a_card(book, path, one, fault)


def _against_a_card(book: int, path: Path, one: card.Card, fault: Fault) -> Iterator[Finding]:
    if one.signed_by_us:
        yield missing(f"{_in_words(book, fault)} The head in {path} shows it, and this house signed it.", _TO_DO)
    else:
        yield missing(
            f"The head in {path} is not one of this log book, and this house did not sign it: it is another house's, "
            "or a letter in it is wrong.",
            _ANOTHER_CARD,
        )


def _against_what_is_left(book: int, heads: list[Head], cards: list[tuple[Path, card.Card]]) -> Iterator[Finding]:
    """The book was deleted on its day; only heads are left to compare."""
    roots = {head.size: head.root for head in heads}
    for path, one in cards:
        if one.size not in roots:
            yield think(f"The book of {book} was deleted on its day; nothing is left to hold {path} against.", "")
        elif roots[one.size] != one.root:
            yield missing(f"The head in {path} is not the one that this house kept of {book}.", _TO_DO)


def _in_words(book: int, fault: Fault) -> str:
    one, several = _SAYS[fault.wrong]
    alone = fault.first == fault.last
    which = f"Line {fault.first}" if alone else f"Lines {fault.first} to {fault.last}"
    shown = ""
    if fault.head is not None and fault.head.at is not None:
        shown = f" The head of {fault.head.at.astimezone(team().zone):%Y-%m-%d %H:%M} shows it."
    return f"{which} of the log book of {book} {one if alone else several}.{shown}"


def _cards(kept: Kept) -> Iterator[tuple[Path, card.Card | Finding]]:
    for path, text in kept.items():
        try:
            yield path, card.read(text)
        except card.NotACard:
            yield path, missing(f"{path} is no head of a log book, or not a whole one.", _ANOTHER_CARD)
