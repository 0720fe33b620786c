"""Offering a crew somebody each, after a bad day: who could go to whom, as a list. No call, no page, and nothing kept.

Whoever coordinates tells both sides by themselves. Each of the crew may say no, and nobody learns who said yes.
"""

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import StringIO
from zlib import crc32

from stepitup.ground.team import team
from stepitup.ground.vocabulary import Kind
from stepitup.roster.crew import Solver, pair_a_crew
from stepitup.roster.duty.spans import at
from stepitup.roster.everybody import standings
from stepitup.roster.facts import HelperFacts
from stepitup.roster.file.cells import cell_of
from stepitup.roster.file.crew import OneOfTheCrew
from stepitup.roster.fitness import certified_as
from stepitup.roster.keeping.questions import A_LONG_REST
from stepitup.roster.matching import in_words
from stepitup.roster.models import Helper
from stepitup.roster.questions import all_helpers, keys_of


@dataclass(frozen=True, slots=True)
class Offer:
    """Who is offered whom, and why; `name` is empty where nobody could be found.

    `is_unsure`: agency, rank or unit are missing, so everybody whom a rule may name was left out.
    """

    who: str
    key: str = ""
    name: str = ""
    why: str = ""
    is_unsure: bool = False


def who_can_be_offered(now: datetime, *, kind: Kind, by: Collection[str]) -> list[HelperFacts]:
    """Certified today, reachable by this house, not suspended, not on a break of days. On duty or not: it is no page.

    Whoever coordinates reads the list, so nothing in it may tell of a night: no rest after a talk moves anybody, a
    break of hours leaves nobody out, and what is for matching only is not used.
    """
    here = Helper.objects.filter(removed_at__isnull=True, suspended_at__isnull=True)
    here = here.exclude(off_until__gt=now + A_LONG_REST)
    rows = [row for row in standings(here, at(now), by=by) if row.standing.has_usable_way]
    found = all_helpers({row.pk for row in rows if kind in certified_as(row.standing, now)})
    return [replace(one, last_talk_at=None, not_told=one.not_told | one.told_silently) for one in found]


def offer_to_all(
    now: datetime, crew: Sequence[OneOfTheCrew], *, kind: Kind, each: int, by: Collection[str], solve: Solver
) -> list[Offer]:
    """Somebody for each, as far as there are people: the same table gives the same list on the same day.

    `each`: how many of the crew one helper takes at most.
    """
    helpers = who_can_be_offered(now, kind=kind, by=by)
    names, keys = {one.id: one.display_name for one in helpers}, keys_of({one.id for one in helpers})
    today = now.astimezone(team().zone).date()
    seed = crc32("|".join(one.who for one in crew).encode())
    wishes, room = [one.wishes for one in crew], {one.id: each for one in helpers}
    paired = pair_a_crew(wishes, helpers, room=room, today=today, seed=seed, solve=solve)
    offers = []
    for place, one in enumerate(crew):
        helper, unsure = paired.helper_of.get(place), place in paired.unsure
        if helper is None:
            offers.append(Offer(one.who, is_unsure=unsure))
        else:
            why = paired.why[place]
            offers.append(Offer(one.who, keys[helper], names[helper], "" if why == in_words(()) else why, unsure))
    return offers


def as_table(offers: Sequence[Offer]) -> str:
    """The list as a table that a spreadsheet opens; no cell of it is a formula."""
    out = StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["who", "helper", "name", "why", "unsure"])
    for one in offers:
        unsure = "yes" if one.is_unsure else ""
        table.writerow([cell_of(value) for value in (one.who, one.key, one.name, one.why, unsure)])
    return out.getvalue()
