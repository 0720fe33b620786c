"""Matching judges whoever is alike once, to be quick. Here it is spelt out, helper by helper, as docs/matching.md says.

Whatever the quick way does to be quick, it must come to the same.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepitup.ground.vocabulary import UNKNOWN
from stepitup.roster.agency_names import Same, same_agency, same_unit
from stepitup.roster.chance import PRIME, chance_from, drawn
from stepitup.roster.closeness import Closeness
from stepitup.roster.facts import HelperFacts, Share, Wishes
from stepitup.roster.matching import put_in_order
from stepitup.roster.never import NeverRules
from stepitup.roster.person_names import looks_like, tokens_of, tokens_typed, who_looks_like
from stepitup.roster.shared_ground import A_LOT, ABOUT_THE_JOB, HOW_MUCH, MATTERS, SHARED_GROUND, SHARES
from tests.rooms.roster_builders import LARKSPUR, facts
from tests.rooms.test_roster_matching import helpers as any_team
from tests.rooms.test_roster_matching import wishes as any_wishes

pytestmark = pytest.mark.only_on("sqlite")

BANDS = ("line", "supervisor", "command")
WORK = ("law_enforcement", "fire", "families")


def closeness(helper: HelperFacts, call: Wishes) -> tuple[int, list[str]]:
    """Every sentence of matching.md, one after another; and the words that may be told."""
    asked = {what: HOW_MUCH.get(how, 0) for what, how in call.matters.items()}
    used = {what: what not in helper.not_told for what in ABOUT_THE_JOB}
    points, lived, job = 0, list[tuple[int, str]](), list[str]()
    for share in helper.shares:
        weight = SHARED_GROUND[share.what].weight * asked.get(share.what, 0)
        points += weight
        if weight and share.shown:
            lived.append((-weight, share.what))
    if call.family and used["service"] and "families" in helper.services:
        points += 8
    if used["service"] and call.work_service != UNKNOWN and call.work_service in helper.services:
        points += 2 + 3 * asked.get("service", 0)
        job.append("service")
    both_have_a_unit = used["unit"] and call.mine_unit and helper.unit
    if both_have_a_unit and asked.get("unit") and same_unit(call.mine_unit, helper.unit) is not Same.NO:
        points += 3 * asked["unit"]
        job.append("unit")
    if used["rank_band"] and UNKNOWN not in {call.mine_rank_band, helper.rank_band}:
        steps = steps_between(call.mine_rank_band, helper.rank_band)
        points += max(2 - steps, 0) * (1 + asked.get("rank_band", 0))
        job += ["rank_band"] if asked.get("rank_band") and not steps else []
    if used["years"] and call.mine_years is not None and helper.years is not None:
        steps = abs(call.mine_years - helper.years) // 5
        points += max(2 - steps, 0) * (1 + asked.get("years", 0))
        job += ["years"] if asked.get("years") and not steps else []
    if call.work_state == helper.state != UNKNOWN:
        points += 1
    return points, [what for _, what in sorted(lived)] + [what for what in job if what not in helper.told_silently]


def steps_between(mine: str, theirs: str) -> int:
    if mine == theirs:
        return 0
    return abs(BANDS.index(mine) - BANDS.index(theirs)) if {mine, theirs} <= set(BANDS) else 1


def is_left_out(helper: HelperFacts, call: Wishes) -> bool:
    """Looked at as if nobody else were on the team; and every word of a name by itself."""
    alone = NeverRules(replace(call, never_names=()), [helper]).who_is_left_out()
    only_a_title = NeverRules(call, [replace(helper, name_tokens=frozenset(), related_tokens=frozenset())])
    theirs = helper.name_tokens | helper.related_tokens
    named = any(looks_like(one, word) for name in call.never_names for one in tokens_typed(name) for word in theirs)
    return bool(alone or only_a_title.who_is_left_out() or named)


def works_where_i_work(helper: HelperFacts, call: Wishes) -> Same:
    if helper.independent:
        return Same.NO
    return same_agency(call.mine_agency, helper.agency_names) if helper.agency_names else Same.MAYBE


def sentences(words: list[str]) -> str:
    return " ".join(str(SHARED_GROUND[word].both) for word in words) or "Free and rested."


def chance_as_a_database_draws_it(number: int, seed: int) -> int:
    a, b, c, d = drawn(seed)
    return (((a * number + b) % PRIME * number + c) % PRIME * number + d) % PRIME


@st.composite
def teams(draw: st.DrawFn) -> list[HelperFacts]:
    """Any team, and what each keeps to themselves."""
    words = st.frozensets(st.sampled_from(ABOUT_THE_JOB), max_size=2)
    return [
        replace(
            one,
            services=draw(st.frozensets(st.sampled_from(WORK), max_size=2)),
            shares=tuple(Share(share.what, shown=draw(st.booleans())) for share in one.shares),
            not_told=draw(words),
            told_silently=draw(words),
            related_tokens=draw(st.sampled_from([frozenset[str](), tokens_of(display_name="", full_name="Ana Ruiz")])),
        )
        for one in draw(any_team())
    ]


@st.composite
def calls(draw: st.DrawFn) -> Wishes:
    """Any call, most of them with something that matters about the job."""
    said: dict[str, Any] = draw(any_wishes())
    job = draw(st.dictionaries(st.sampled_from(ABOUT_THE_JOB), st.sampled_from([MATTERS, A_LOT])))
    return Wishes(**{**said, "matters": said["matters"] | job}, work_service=draw(st.sampled_from([UNKNOWN, *WORK])))


@settings(max_examples=60)  # each judges a whole team twice
@given(teams(), calls(), st.integers())
def test_the_quick_way_comes_to_what_the_plain_way_comes_to(team: list[HelperFacts], call: Wishes, seed: int) -> None:
    matched = put_in_order(team, call, seed=seed)
    assert matched.excluded == {one.id for one in team if is_left_out(one, call)}
    allowed = [one for one in team if one.id not in matched.excluded]
    close = {one.id: closeness(one, call) for one in allowed}
    assert Closeness(call).points_of(team) == [closeness(one, call)[0] for one in team]
    places = [
        (
            -close[one.id][0],
            one.last_talk_at.date() if one.last_talk_at else date.min,
            chance_as_a_database_draws_it(one.id, seed),
            one.id,
        )
        for one in allowed
    ]
    assert list(matched.order) == [place[-1] for place in sorted(places)]
    assert dict(matched.why) == {one: sentences(words) for one, (_points, words) in close.items()}
    if matched.same_agency:
        answers = {one.id: works_where_i_work(one, call) for one in allowed}
        sure = {one: answer is Same.YES for one, answer in answers.items() if answer is not Same.MAYBE}
        assert matched.same_agency == sure


def test_the_plain_way_is_tried_on_something() -> None:
    """A team and a call in which each part of closeness counts: or both could agree on nothing at all."""
    usual = facts(1, shares=("faith", "shift"), services=("fire", "families"), years=6)
    call = Wishes(
        mine_unit="Patrol North",
        mine_rank_band="supervisor",
        mine_years=12,
        matters=dict.fromkeys([*SHARES, *ABOUT_THE_JOB], "a lot"),
        family=True,
        work_service="fire",
        work_state="US-CO",
    )
    full, _words = closeness(usual, call)
    for less in (
        {"shares": ()},
        {"services": frozenset({"fire"})},
        {"services": frozenset({"families"})},
        {"unit": "Traffic"},
        {"rank_band": "command", "not_told": frozenset({"rank_band"})},
        {"years": 30},
        {"state": "US-WA"},
    ):
        assert closeness(replace(usual, **less), call)[0] < full, less


def test_words_that_look_alike_are_found_without_a_look_at_each() -> None:
    """Every slip of a name, at its beginning and its end too, other forms of it, and its beginnings."""
    words = {"k", "karst", "karstadts", "bill", "liam", "ines"}
    for name in ("karstadt", "ruiz", "william"):
        words |= {
            name[:at] + letter + name[at + 1 :] for at in range(len(name)) for letter in ("x", "", name[at] + "x")
        }
        words |= {name[:at] + name[at : at + 2][::-1] + name[at + 2 :] for at in range(len(name))}
    for looked_for in ({"karstadt"}, {"ruiz", "ines"}, {"william"}, {"kar"}, set[str]()):
        slowly = {word for word in words if any(looks_like(one, word) for one in looked_for)}
        assert who_looks_like(looked_for, words) == slowly
    assert {"xarstadt", "kasrtadt", "arstadt", "karstadx"} <= who_looks_like({"karstadt"}, words)
    assert "bill" in who_looks_like({"william"}, words)


@given(st.integers(0, 10**12), st.integers())
def test_chance_is_drawn_as_a_database_draws_it(number: int, seed: int) -> None:
    assert chance_from(seed)(number) == chance_as_a_database_draws_it(number, seed)


def test_why_is_said_of_whoever_is_asked_about_and_of_nobody_else() -> None:
    why = put_in_order([facts(1), facts(2, agency=LARKSPUR)], Wishes(never_agencies=("CMPD",)), seed=1).why
    assert (len(why), list(why), why[2]) == (1, [2], "Free and rested.")
    assert why.get(1) is None


def test_a_rank_that_is_for_matching_only_brings_nearer_and_is_not_said() -> None:
    call = Wishes(mine_rank_band="line", matters={"rank_band": A_LOT})
    kept = frozenset({"rank_band"})
    openly, silently, not_at_all = facts(1), replace(facts(1), told_silently=kept), replace(facts(1), not_told=kept)
    assert Closeness(call).points_of([openly, silently, not_at_all]) == [6, 6, 0]
    said = [put_in_order([one], call, seed=1).why[1] for one in (openly, silently, not_at_all)]
    assert said == ["You are of about the same rank.", "Free and rested.", "Free and rested."]
