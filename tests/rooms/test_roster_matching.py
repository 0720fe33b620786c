"""An equal, not a stranger: closeness, then rest, then chance; somebody always comes."""

import random
import time
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepitup.ground.vocabulary import RANK_BANDS, UNKNOWN
from stepitup.roster.facts import HelperFacts, Wishes
from stepitup.roster.matching import put_in_order
from stepitup.roster.shared_ground import A_LOT, MATTERS, SHARED_GROUND, SHARES
from tests.rooms.roster_builders import CEDAR, LARKSPUR, NIGHT, facts

LOST_A_PARTNER = facts(1, shares=("lost_a_partner",))
NIGHTS = facts(2, shares=("shift",))
BOTH = facts(3, shares=("shift", "lost_a_partner"))
NEITHER = facts(4)
TEAM = (NEITHER, NIGHTS, LOST_A_PARTNER, BOTH)


def order(*helpers: HelperFacts, seed: int = 7, **wishes: Any) -> tuple[int, ...]:
    return put_in_order(helpers, Wishes(**wishes), seed=seed).order


def test_whoever_shares_most_of_what_matters_comes_first_and_nobody_is_dropped() -> None:
    assert order(*TEAM, matters={"shift": MATTERS, "lost_a_partner": MATTERS}) == (3, 1, 2, 4)


def test_lived_events_weigh_more_than_rank_years_and_work_together() -> None:
    same_job = facts(5, rank_band="line", years=6, services=("law_enforcement",))
    wishes: dict[str, Any] = {
        "work_service": "law_enforcement",
        "mine_rank_band": "line",
        "mine_years": 5,
        "work_state": "US-CO",
    }
    elsewhere = facts(6, agency=LARKSPUR, shares=("lost_a_partner",), rank_band="command", years=30)
    assert order(same_job, elsewhere, matters={"lost_a_partner": MATTERS}, **wishes) == (6, 5)
    assert order(same_job, elsewhere, **wishes) == (5, 6)


def test_what_matters_a_lot_weighs_twice() -> None:
    assert (
        order(LOST_A_PARTNER, facts(5, shares=("divorce",)), matters={"divorce": A_LOT, "lost_a_partner": MATTERS})[0]
        == 5
    )


def test_rank_and_years_are_distances_and_not_walls() -> None:
    ranks = [facts(number, rank_band=band) for number, band in enumerate(("command", "supervisor", "line"), start=1)]
    assert order(*ranks, mine_rank_band="line", matters={"rank_band": A_LOT}) == (3, 2, 1)
    years = [facts(number, years=many) for number, many in ((1, 30), (2, 12), (3, 7))]
    assert order(*years, mine_years=6, matters={"years": A_LOT}) == (3, 2, 1)


def test_faith_counts_only_when_it_is_asked_for() -> None:
    believer, other = facts(1, shares=("faith",)), facts(2)
    firsts = {order(believer, other, seed=seed)[0] for seed in range(40)}
    assert firsts == {1, 2}
    assert order(believer, other, matters={"faith": MATTERS}) == (1, 2)


SPANISH = replace(facts(20), languages=frozenset({"en", "es-MX"}))


def test_a_language_that_is_asked_for_comes_before_any_single_event_and_nobody_is_dropped() -> None:
    lost = facts(21, shares=("lost_a_partner",))
    team, wants = (lost, SPANISH, facts(22)), {"lost_a_partner": MATTERS}
    assert order(*team, language="es", matters=wants) == (20, 21, 22)
    assert order(*team, matters=wants)[0] == 21, "asked for nothing, a language counts nothing"
    assert (
        put_in_order(team, Wishes(language="es"), seed=1).why[20] == "You both speak the language that was asked for."
    )
    assert set(order(*team, language="ko")) == {20, 21, 22}


def test_a_language_may_be_for_matching_only_or_kept_back() -> None:
    silent = replace(SPANISH, id=23, told_silently=frozenset({"language"}))
    kept_back = replace(SPANISH, id=24, not_told=frozenset({"language"}))
    matched = put_in_order((kept_back, silent, facts(25)), Wishes(language="es"), seed=1)
    assert matched.order[0] == 23
    assert matched.why[23] == matched.why[24] == "Free and rested."
    firsts = {order(kept_back, facts(25), language="es", seed=seed)[0] for seed in range(20)}
    assert firsts == {24, 25}, "what is kept back moves nobody"


def test_family_is_heard_first_by_somebody_who_knows_family() -> None:
    nora = facts(9, agency=None, independent=True, services=("families",), unit="")
    walt = facts(8, agency=None, independent=True, unit="")
    assert order(walt, nora, family=True) == (9, 8)


def test_among_equals_the_rested_come_first() -> None:
    tired = facts(1, last_talk_at=NIGHT)
    rested = facts(2, last_talk_at=NIGHT - timedelta(days=3))
    fresh = facts(3)
    assert all(order(tired, rested, fresh, seed=seed) == (3, 2, 1) for seed in range(20))


def test_each_is_told_why_in_whole_sentences() -> None:
    why = put_in_order(TEAM, Wishes(matters={"shift": MATTERS, "lost_a_partner": A_LOT}), seed=1).why
    assert why[3] == "You both lost a partner. You both worked nights."
    assert why[2] == "You both worked nights."
    assert why[4] == "Free and rested."


def test_what_is_for_matching_only_moves_a_helper_forward_and_is_never_told() -> None:
    quiet = facts(5, hidden=("drinking",))
    matched = put_in_order((NEITHER, quiet), Wishes(matters={"drinking": A_LOT}), seed=1)
    assert matched.order == (5, 4)
    assert "alcohol" not in matched.why[5].lower()


def test_it_is_known_who_works_where_the_caller_works() -> None:
    helpers = (NEITHER, facts(8, agency=LARKSPUR), facts(9, agency=None, independent=True), facts(10, agency=None))
    assert put_in_order(helpers, Wishes(mine_agency="Cedar Mesa PD"), seed=1).same_agency == {
        4: True,
        8: False,
        9: False,
    }
    assert put_in_order(helpers, Wishes(mine_agency="Cedar"), seed=1).same_agency == {8: False, 9: False}
    assert put_in_order(helpers, Wishes(), seed=1).same_agency == {}


def test_a_word_nobody_knows_matters_to_nobody() -> None:
    assert set(order(*TEAM, matters={"zodiac": A_LOT, "shift": "enormously"})) == {1, 2, 3, 4}


def test_nobody_on_the_roster_gives_an_empty_order() -> None:
    assert put_in_order((), Wishes(never_names=("Ruiz",)), seed=1).order == ()


def test_with_equal_closeness_each_is_first_about_equally_often() -> None:
    equals = [facts(number) for number in range(1, 9)]
    firsts = Counter(order(*equals, seed=seed)[0] for seed in range(2_000))
    assert len(firsts) == 8
    assert min(firsts.values()) > 190  # 250 expected; five standard deviations are 74
    assert max(firsts.values()) < 325


def test_every_shared_ground_has_a_sentence() -> None:
    assert all(str(common.label) and str(common.both).endswith(".") for common in SHARED_GROUND.values())
    assert set(SHARES) < set(SHARED_GROUND)


bands = st.sampled_from([*RANK_BANDS, UNKNOWN])
units = st.sampled_from(["", "Patrol North", "Patrol South", "Traffic", "Engine 12"])
posts = st.lists(
    st.tuples(st.sampled_from(["Cedar Mesa Police Department", "Larkspur Fire"]), st.sampled_from(["*", "Traffic"])),
    max_size=2,
).map(tuple)


days = st.sampled_from([frozenset[date](), frozenset({NIGHT.date()})])


@st.composite
def helpers(draw: st.DrawFn) -> list[HelperFacts]:
    return [
        replace(
            facts(
                number,
                agency=draw(st.sampled_from([CEDAR, LARKSPUR, None])),
                independent=draw(st.booleans()),
                name=draw(st.sampled_from(["Sam K.", "Ines M.", "Daniel R.", "Chaplain Ruth"])),
                full_name=draw(st.sampled_from(["", "Samuel Karstadt", "Daniel Ruiz"])),
                unit=draw(units),
                rank_band=draw(bands),
                shares=tuple(draw(st.sets(st.sampled_from(SHARES), max_size=3))),
                supervises=draw(posts),
                never_for=draw(posts),
                internal_affairs=draw(st.booleans()),
                years=draw(st.none() | st.integers(0, 40)),
                last_talk_at=draw(st.none() | st.just(NIGHT)),
            ),
            was_at=draw(days),
            investigates=draw(days),
        )
        for number in range(draw(st.integers(0, 8)))
    ]


typed_agencies = st.sampled_from(["", "CMPD", "cedar mesa pd", "Larkspur", "my department", "Elsewhere PD", "police"])
NEVER_RULES = {
    "never_agencies": st.lists(typed_agencies, min_size=1, max_size=2).map(tuple),
    "never_names": st.lists(st.sampled_from(["Ruiz", "sam", "the chief", "", "Karstad"]), min_size=1, max_size=2).map(
        tuple
    ),
    "never_units": st.lists(units, min_size=1, max_size=2).map(tuple),
    "never_above_me": st.just(True),
    "never_my_agency": st.just(True),
    "family": st.just(True),
}


@st.composite
def wishes(draw: st.DrawFn) -> dict[str, Any]:
    never = {rule: draw(values) for rule, values in NEVER_RULES.items() if draw(st.booleans())}
    return {
        "mine_agency": draw(typed_agencies),
        "mine_unit": draw(units),
        "mine_rank_band": draw(bands),
        "mine_years": draw(st.none() | st.integers(0, 40)),
        "matters": draw(
            st.dictionaries(st.sampled_from(list(SHARED_GROUND)), st.sampled_from([MATTERS, A_LOT]), max_size=4)
        ),
        "incident_on": draw(st.sampled_from([None, None, NIGHT.date(), NIGHT.date() + timedelta(days=1)])),
        "work_state": draw(st.sampled_from(["US-CO", "US-WA", UNKNOWN])),
        **never,
    }


@given(helpers(), wishes(), st.integers())
def test_the_order_holds_each_helper_once_who_is_not_left_out(
    team: list[HelperFacts], said: dict[str, Any], seed: int
) -> None:
    matched = put_in_order(team, Wishes(**said), seed=seed)
    assert sorted([*matched.order, *matched.excluded]) == [helper.id for helper in team]
    assert set(matched.why) == set(matched.order)


@given(helpers(), wishes(), st.sampled_from(list(NEVER_RULES)), st.data())
def test_a_further_never_rule_never_brings_anybody_in(
    team: list[HelperFacts], said: dict[str, Any], rule: str, data: st.DataObject
) -> None:
    more = data.draw(NEVER_RULES[rule])
    before = said.get(rule, ())
    further = (*before, *more) if isinstance(more, tuple) and isinstance(before, tuple) else more
    first = put_in_order(team, Wishes(**said), seed=3)
    second = put_in_order(team, Wishes(**{**said, rule: further}), seed=3)
    assert first.excluded <= second.excluded


CEDAR_POST = ("Cedar Mesa Police Department", "Patrol North")
OTHERWISE: tuple[dict[str, Any], ...] = (
    {"unit": "Traffic"},
    {"rank_band": "supervisor"},
    {"rank_band": "command"},
    {"agency_name": "Larkspur Bend Fire Rescue", "agency_aliases": ()},
    {"agency_aliases": ()},
    {"agency_state": "US-WA"},
    {"agency_name": "", "agency_aliases": ()},
    {"agency_name": "", "agency_aliases": (), "agency_state": "US-WA"},
    {"agency_name": "", "agency_aliases": (), "independent": True},
    {"internal_affairs": True},
    {"supervises": frozenset({CEDAR_POST})},
    {"supervises": frozenset({CEDAR_POST}), "unit": "Traffic"},
    {"never_for": frozenset({CEDAR_POST})},
    {"was_at": frozenset({NIGHT.date()})},
    {"investigates": frozenset({NIGHT.date()})},
)
SAID: tuple[dict[str, Any], ...] = (
    {},
    {"never_units": ("Traffic",)},
    {"never_units": ("Patrol North",)},
    {"never_above_me": True},
    {"never_names": ("the chief",)},
    {"never_agencies": ("CMPD",)},
    {"never_my_agency": True},
    {"family": True, "work_state": "US-CO"},
    {"incident_on": NIGHT.date()},
    {"matters": {"under_investigation": MATTERS}},
)


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("mine", [{}, {"mine_agency": "CMPD", "mine_unit": "Patrol North"}])
@pytest.mark.parametrize("rank", [UNKNOWN, "line", "supervisor", "command"])
def test_each_is_judged_as_if_nobody_else_were_on_the_team(
    said: dict[str, Any], mine: dict[str, Any], rank: str
) -> None:
    """Helpers of one post are judged once: this fails where a rule looks at something that the post does not name."""
    usual, call = facts(1), Wishes(**said, **mine, mine_rank_band=rank)
    team = [usual, *(replace(usual, id=number, **one) for number, one in enumerate(OTHERWISE, start=2))]
    for listed in (team, team[::-1]):
        together = put_in_order(listed, call, seed=1)
        alone = [put_in_order([one], call, seed=1) for one in listed]
        assert together.excluded == {helper for one in alone for helper in one.excluded}
        assert together.same_agency == {helper: same for one in alone for helper, same in one.same_agency.items()}
        assert set(together.unsure) == {sentence for one in alone for sentence in one.unsure}


@given(helpers(), wishes(), st.integers(), st.randoms())
def test_the_same_seed_gives_the_same_order_however_the_team_is_listed(
    team: list[HelperFacts], said: dict[str, Any], seed: int, chance: random.Random
) -> None:
    listed_otherwise = list(team)
    chance.shuffle(listed_otherwise)
    first = put_in_order(team, Wishes(**said), seed=seed)
    second = put_in_order(listed_otherwise, Wishes(**said), seed=seed)
    assert first.order == second.order


@given(helpers(), wishes())
def test_whoever_is_left_out_for_doubt_leaves_a_sentence_behind(team: list[HelperFacts], said: dict[str, Any]) -> None:
    """Without a word of their own agency, every helper left out is explained."""
    matched = put_in_order(team, Wishes(**{**said, "mine_agency": ""}), seed=1)
    named = said.get("never_agencies") or said.get("never_units") or said.get("incident_on")
    assert matched.unsure or not matched.excluded or named


def test_five_thousand_are_ranked_in_one_go() -> None:
    team = [
        facts(number, name=f"Name{number} S.", full_name=f"Given Sur{chr(97 + number % 26)}{number}", shares=("shift",))
        for number in range(5_000)
    ]
    started = time.perf_counter()
    put_in_order(team, Wishes(matters={"shift": A_LOT}, never_names=("Lt. Ruiz",), mine_agency="CMPD"), seed=1)
    print(f"5 000 helpers ranked in {(time.perf_counter() - started) * 1000:.0f} ms")
