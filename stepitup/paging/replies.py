"""What a reply means, and which pages it is about: pure, for replies by text, by a modem of one's own and by key.

The one interface for whoever receives replies is `stepitup.calls.actions.reply(now, Reply(...)) -> SaidBack`: it does
all that follows and gives back the words that are to be sent in answer (`SaidBack.text`, empty: send nothing).

A yes that was none holds somebody's call for minutes, with a helper who is not coming; asked back, the helper answers
in seconds. So words that might mean either, "10-4" and "no problem" among them, are not taken for an answer.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from stepitup.paging.facts import NumberPage, PageState


class Meaning(StrEnum):
    """What somebody meant."""

    YES = "yes"
    NO = "no"
    STOP = "stop"
    UNCLEAR = "unclear"


_YES = frozenset({
    "1", "yes", "y", "ya", "yep", "yeah", "yea", "yup", "ok", "okay", "k", "sure", "one", "uno", "si", "sí", "claro",
    "vale", "👍",
})  # fmt: skip
_NO = frozenset({"2", "no", "n", "nope", "nah", "cant", "cannot", "two", "dos", "👎"})
# The words at which carriers in North America stop everything to a number (CTIA), and what strangers write.
_STOP = frozenset({
    "stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout", "parar", "alto", "baja",
})  # fmt: skip
_WRONG_NUMBER = frozenset({"opt out", "stop all", "wrong number", "wrong person", "numero equivocado"})
# "Yes but not now", "no problem": the second word takes the first one back.
_TURNS_ROUND = {
    Meaning.YES: frozenset(["but", "pero", "not", "no", "nope", "cant", "cannot", "unless", "wait", "maybe"]),
    Meaning.NO: frozenset(["problem", "problema", "prob", "worries", "worry"]),
}
_NOT_A_WORD = re.compile(r"[^\w\s👍👎]")
_TONES = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f]")


def meaning_of(said: str) -> Meaning:
    """What was meant: the digit, or the words people type, in any case and with any marks around them."""
    words = _words(said)
    whole = " ".join(words)
    if whole in _STOP or whole in _WRONG_NUMBER:
        return Meaning.STOP
    if not words or _digits_disagree(words):
        return Meaning.UNCLEAR
    meant = Meaning.YES if words[0] in _YES else Meaning.NO if words[0] in _NO else Meaning.UNCLEAR
    return Meaning.UNCLEAR if _TURNS_ROUND.get(meant, frozenset()).intersection(words[1:]) else meant


def answerable(pages: Sequence[NumberPage], at: datetime) -> list[NumberPage]:
    """The open pages that had gone to this number when the reply was sent: nobody answers what they have not seen."""
    return [page for page in pages if page.state is PageState.OPEN and page.sent_at is not None and page.sent_at <= at]


def taken_before(pages: Sequence[NumberPage], at: datetime) -> list[NumberPage]:
    """The pages by which somebody at this number took a call before the reply was sent, the newest first."""
    mine = [page for page in pages if page.state is PageState.YOURS and page.settled_at and page.settled_at <= at]
    return sorted(mine, key=lambda page: page.opened_at, reverse=True)


def was_taken_by_another(pages: Sequence[NumberPage]) -> bool:
    """Whether the newest page to this number ended because somebody else was first."""
    return bool(pages) and max(pages, key=lambda page: page.opened_at).state is PageState.TAKEN


def _words(said: str) -> list[str]:
    plain = _TONES.sub("", said.casefold()).replace("’", "").replace("'", "").replace("ú", "u")
    return _NOT_A_WORD.sub(" ", plain).split()


def _digits_disagree(words: Sequence[str]) -> bool:
    """Two numbers in one reply, or one that is neither: somebody meant something else, a time or a code."""
    return len({word for word in words if word[0].isdigit()}) > 1
