"""Invented helpers and callers as plain values, for measures that need no database."""

import random
from collections.abc import Sequence
from functools import cache

from stepitup.ground.vocabulary import Kind
from stepitup.roster.facts import HelperFacts, Share, Wishes
from stepitup.roster.file.rows import AgencyRow, HelperRow, RosterRows
from stepitup.roster.person_names import tokens_of
from stepitup.roster.shared_ground import A_LOT, MATTERS, SHARED_GROUND


def facts_of(rows: RosterRows) -> list[HelperFacts]:
    """What matching knows of an invented team; helpers are numbered by their place."""
    agencies = {agency.key: (number, agency) for number, agency in enumerate(rows.agencies)}
    return [_facts(number, row, *agencies[row.agency]) for number, row in enumerate(rows.helpers)]


def _facts(number: int, row: HelperRow, agency_number: int, agency: AgencyRow) -> HelperFacts:
    names = (agency.name, *agency.also)
    return HelperFacts(
        id=number,
        kinds=frozenset(map(Kind, row.kinds)),
        display_name=row.display_name,
        agency=agency_number,
        agency_name=agency.name,
        agency_aliases=agency.also,
        agency_state=agency.state,
        unit=row.unit,
        rank_band=row.rank_band,
        sworn=row.sworn,
        years=row.years,
        services=_once(row.services),
        state=row.state,
        shares=tuple(
            Share(what, shown=what in row.shares_shown) for what in (*row.shares_shown, *row.shares_for_matching)
        ),
        name_tokens=tokens_of(display_name=row.display_name, full_name=row.full_name),
        internal_affairs=row.internal_affairs,
        supervises=frozenset((name, post.unit) for post in row.supervises for name in names),
    )


_once = cache(frozenset[str])  # as the roster reads them: one for all who do the same work


def callers_of(rows: RosterRows, how_many: int, chance: random.Random) -> list[Wishes]:
    """Callers who are as their helpers are: from the same agencies, with the same lives, saying none, some or much."""
    return [_caller(chance.choice(rows.helpers), rows.agencies, chance) for _ in range(how_many)]


def _caller(like: HelperRow, agencies: Sequence[AgencyRow], chance: random.Random) -> Wishes:
    agency = next(one for one in agencies if one.key == like.agency)
    lived = (*like.shares_shown, *like.shares_for_matching)
    job = chance.sample(
        [what for what, common in SHARED_GROUND.items() if not common.told_by_helper], chance.randrange(3)
    )
    return Wishes(
        mine_agency=agency.also[0],
        mine_unit=like.unit,
        mine_rank_band=like.rank_band,
        mine_years=like.years,
        matters={what: chance.choice((MATTERS, A_LOT)) for what in (*lived[: chance.randrange(4)], *job)},
        never_my_agency=chance.random() < _NOT_MY_AGENCY,
        work_service=like.services[0],
        work_state=like.state,
    )


_NOT_MY_AGENCY = 0.5
