"""A line of the log book as a person reads it: names beside the numbers, for as long as these people are here."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from stepitup.door.team.set_up.questions import QUESTIONS
from stepitup.ground.log_book import OPERATOR, ROSTER, What
from stepitup.ground.models import LogBookEntry
from stepitup.roster.models import Account, Agency, Helper

_NUMBERED: Final = re.compile(r"([a-z]+) (\d+)", re.ASCII)


@dataclass(frozen=True)
class Read:
    """One line in words."""

    number: int
    at: datetime
    who: str
    what: str
    about: str
    how_many: int | None


def in_words(lines: Sequence[LogBookEntry]) -> list[Read]:
    """These lines in words: three questions to the database, however many they are."""
    names = _names({*(line.who for line in lines), *(line.about for line in lines)})
    return [
        Read(line.number, line.at, names(line.who), _what(line.what), names(line.about), line.how_many)
        for line in lines
    ]


class _Names:
    """The names behind numbers of ours, where they are still known."""

    def __init__(self, known: dict[str, str]) -> None:
        self._known = known

    def __call__(self, word: str) -> str:
        return self._known.get(word) or _nobody_now(word)


def _names(words: Collection[str]) -> _Names:
    numbers: dict[str, list[int]] = {"helper": [], "account": [], "agency": []}
    for word in words:
        found = _NUMBERED.fullmatch(word)
        if found and found[1] in numbers:
            numbers[found[1]].append(int(found[2]))
    helpers = Helper.objects.filter(pk__in=numbers["helper"]).values_list("pk", "display_name")
    accounts = Account.objects.filter(pk__in=numbers["account"]).values_list("pk", "name")
    agencies = Agency.objects.filter(pk__in=numbers["agency"]).values_list("pk", "name")
    known = {f"helper {pk}": name for pk, name in helpers}
    known |= {f"account {pk}": name for pk, name in accounts}
    known |= {f"agency {pk}": name for pk, name in agencies}
    known |= {OPERATOR: _("the operator, at the machine"), ROSTER: _("the roster"), "log-book": _("the log book")}
    known |= {asked.replace("_", "-"): str(one.short) for one in QUESTIONS for asked in one.asked}
    return _Names(known)


def _nobody_now(word: str) -> str:
    """A number whose name was deleted on its day; or a word that needs none."""
    if found := _NUMBERED.fullmatch(word):
        return _("somebody who is not here any more (%(number)s)") % {"number": found[0]}
    return word


def _what(word: str) -> str:
    return str(What(word).label) if word in What.values else word
