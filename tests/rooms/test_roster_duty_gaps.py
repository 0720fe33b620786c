"""Gaps of the coming fourteen days: seen by the same judgement by which the engine pages."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepitup.ground.vocabulary import Kind
from stepitup.roster import actions
from stepitup.roster.credentials.record import Held
from stepitup.roster.duty import Duty, Override, Span
from stepitup.roster.duty.coming import coming_gaps, gaps_of
from stepitup.roster.duty.gaps import ANYWHERE, Gap, There, gaps_among
from stepitup.roster.fitness import Standing, fit_spans, may_be_paged_as
from tests.rooms.duty_house import DAYS, DENVER, NIGHTS, NOON, number_of, off, sam_and_ines, span, team_of
from tests.rooms.roster_builders import helper_in_file


def told(gaps: tuple[Gap, ...]) -> list[str]:
    """The gaps, as people would say them."""
    return [
        f"{gap.kind} {gap.state or 'anywhere'} {gap.span.start.astimezone(DENVER):%a %d %H:%M} to "
        f"{gap.span.end.astimezone(DENVER):%a %d %H:%M}"
        for gap in gaps
    ]


@pytest.mark.django_db
def test_a_weekend_without_anybody_is_a_gap() -> None:
    sam_and_ines()
    assert told(coming_gaps(NOON)) == [
        "peer anywhere Sat 28 06:00 to Mon 30 06:00",
        "peer anywhere Sat 05 06:00 to Mon 07 06:00",
    ]


@pytest.mark.django_db
def test_a_night_off_a_suspension_a_rest_and_a_certificate_that_ends_are_gaps() -> None:
    always = 'duty = ["daily 00:00-24:00"]'
    team_of(helper_in_file("sam", always))
    assert coming_gaps(NOON) == ()
    off(number_of("sam"), span("2026-11-26T22:00", "2026-11-27T06:00"))
    assert told(coming_gaps(NOON)) == ["peer anywhere Thu 26 22:00 to Fri 27 06:00"]
    team_of(helper_in_file("sam", always, "certified_until = 2026-11-30"))
    assert told(coming_gaps(NOON))[-1] == "peer anywhere Tue 01 00:00 to Tue 08 13:00"
    actions.rest_until(NOON, number_of("sam"), span("2026-11-24T20:00", "2026-11-25T09:00").end)
    assert told(coming_gaps(NOON))[0] == "peer anywhere Tue 24 13:00 to Wed 25 09:00"
    actions.suspend(NOON, number_of("sam"))
    assert told(coming_gaps(NOON)) == ["peer anywhere Tue 24 13:00 to Tue 08 13:00"]


@pytest.mark.django_db
def test_a_helper_whom_no_carrier_of_this_house_reaches_fills_no_gap() -> None:
    team_of(helper_in_file("sam"))
    assert coming_gaps(NOON, by=["pager"]) == ()
    assert len(coming_gaps(NOON, by=["mail"])) == 1


@pytest.mark.django_db
def test_each_kind_and_each_state_has_its_own_gaps() -> None:
    team_of(
        helper_in_file("sam"),
        helper_in_file("ines", NIGHTS, 'state = "US-WY"'),
        helper_in_file("daniel", DAYS, kinds='["chaplain"]'),
    )
    gaps = coming_gaps(NOON)
    assert {(gap.kind, gap.state) for gap in gaps} == {(Kind.PEER, "US-WY"), (Kind.CHAPLAIN, ANYWHERE)}


@pytest.mark.only_on("sqlite")
def test_a_team_without_anybody_is_one_gap() -> None:
    whole = span("2026-11-24T00:00", "2026-12-08T00:00")
    assert gaps_among([], whole) == (Gap(Kind.PEER, ANYWHERE, whole),)
    coordinator = There(frozenset({Kind.COORDINATOR}), "US-CO", (whole,))
    assert [gap.kind for gap in gaps_among([coordinator], whole)] == [Kind.PEER]


START = datetime(2026, 10, 30, tzinfo=UTC)
hours = st.integers(0, 14 * 24)
days = st.integers(-3, 17).map(lambda day: date(2026, 10, 30) + timedelta(days=day))
LINES = ("Mon-Fri 18:00-06:00", "24/48 from 2026-10-31 07:00", "Sun 01:30-02:30", "by calendar")


held = st.builds(Held, st.sampled_from(["", "peer", "chaplain", "training"]), days, days | st.just(date(2030, 1, 1)))


one_for_all = cache(Duty)  # as the roster reads them: lines that are the same are one object


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    changes = tuple(
        Override(Span(START + timedelta(hours=hour), START + timedelta(hours=hour + 30)), draw(st.booleans()))
        for hour in draw(st.lists(hours, max_size=2))
    )
    rest = draw(st.none() | hours)
    return Standing(
        duty=one_for_all(tuple(draw(st.lists(st.sampled_from(LINES), max_size=2))), DENVER, overrides=changes),
        removed=draw(st.integers(0, 9)) == 0,
        suspended=draw(st.integers(0, 9)) == 0,
        off_until=None if rest is None else START + timedelta(hours=rest),
        has_usable_way=draw(st.integers(0, 9)) > 0,
        kinds=frozenset({Kind.PEER, Kind.CHAPLAIN}),
        quiet=draw(st.none() | st.just(one_for_all(("daily 01:00-06:00",), DENVER))),
        held=tuple(draw(st.lists(held, max_size=3))),
    )


@pytest.mark.only_on("sqlite")
@given(st.lists(standings(), max_size=4), st.integers(0, 14 * 24 * 60 - 1))
def test_there_is_a_gap_at_exactly_those_moments_at_which_the_engine_finds_nobody(
    team: list[Standing], minute: int
) -> None:
    whole, moment = Span(START, START + timedelta(days=14)), START + timedelta(minutes=minute)
    there = [There(frozenset({Kind.PEER}), "US-CO", fit_spans(one, whole.start, whole.end, Kind.PEER)) for one in team]
    is_gap = any(gap.span.covers(moment) for gap in gaps_among(there, whole))
    assert is_gap != any(Kind.PEER in may_be_paged_as(one, moment) for one in team)


@pytest.mark.only_on("sqlite")
@given(st.lists(standings(), min_size=1, max_size=6))
def test_whoever_is_alike_is_unrolled_once_and_it_comes_to_the_same(team: list[Standing]) -> None:
    whole = Span(START, START + timedelta(days=14))
    each = [
        There(frozenset({kind}), "US-CO", fit_spans(one, START, whole.end, kind)) for one in team for kind in one.kinds
    ]
    assert gaps_of([("US-CO", one) for one in team], whole) == gaps_among(each, whole)


@pytest.mark.only_on("sqlite")
def test_each_thing_that_decides_tells_two_apart() -> None:
    """One helper who is there all the time fills every gap; alike but for one thing they do not."""
    whole, always = Span(START, START + timedelta(days=14)), one_for_all(("daily 00:00-24:00",), DENVER)
    there = Standing(
        kinds=frozenset({Kind.PEER}),
        duty=always,
        quiet=None,
        removed=False,
        suspended=False,
        off_until=None,
        has_usable_way=True,
        held=(Held("", date(2020, 1, 1), date(2040, 1, 1)),),
    )
    less: tuple[dict[str, Any], ...] = (
        {"duty": one_for_all(LINES[:1], DENVER)},
        {"duty": replace(always, overrides=(Override(Span(START, START + timedelta(hours=9)), False),))},
        {"quiet": one_for_all(("daily 01:00-06:00",), DENVER)},
        {"off_until": START + timedelta(days=2)},
        {"has_usable_way": False},
        {"held": (Held("", date(2020, 1, 1), START.date() + timedelta(days=3)),)},
        {"held": (Held("", START.date() + timedelta(days=3), date(2040, 1, 1)),)},
    )
    for one in less:
        missing = [("US-CO", replace(there, **one)), ("US-WY", there)]
        assert {gap.state for gap in gaps_of(missing, whole)} == {"US-CO"}, one
        for same_state in (missing[0][1], there), (there, missing[0][1]):
            assert gaps_of([("US-CO", two) for two in same_state], whole) == (), one
        assert gaps_of([("US-CO", there), ("US-WY", there), ("US-WY", missing[0][1])], whole) == (), one
