"""Never this person: each rule, and how each errs to leaving somebody out (promise P9)."""

import sys
from importlib import import_module
from typing import Any

import pytest

from stepitup.roster.facts import WHOLE_AGENCY, HelperFacts, Wishes
from stepitup.roster.matching import put_in_order
from tests.rooms.roster_builders import LARKSPUR, facts

CEDAR_NAME = "Cedar Mesa Police Department"
SAM = facts(1)
INES = facts(2, agency=LARKSPUR, name="Ines M.", unit="Engine 12")
NORA = facts(3, agency=None, independent=True, name="Nora V.", unit="", rank_band="civilian")
LIEUTENANT = facts(4, name="Daniel R.", full_name="Daniel Ruiz", rank_band="supervisor", unit="Command")
HER_LIEUTENANT = facts(5, name="Otto P.", rank_band="supervisor", supervises=((CEDAR_NAME, "Patrol North"),))
INVESTIGATOR = facts(6, name="Ivy C.", unit="Professional Standards", internal_affairs=True)
NOWHERE = facts(7, agency=None, name="Kim A.", unit="")


def left_out(*helpers: HelperFacts, **wishes: Any) -> set[int]:
    return set(put_in_order(helpers, Wishes(**wishes), seed=1).excluded)


def doubts(*helpers: HelperFacts, **wishes: Any) -> str:
    return " ".join(put_in_order(helpers, Wishes(**wishes), seed=1).unsure)


def test_without_wishes_everybody_but_internal_affairs_may_come() -> None:
    assert left_out(SAM, INES, NORA, LIEUTENANT, HER_LIEUTENANT, INVESTIGATOR, NOWHERE) == {6}


def test_not_my_agency_leaves_out_everybody_who_works_there() -> None:
    assert left_out(SAM, INES, NORA, never_my_agency=True, mine_agency="cedar mesa pd") == {1}


def test_not_my_agency_with_the_agency_unknown_leaves_out_everybody_of_any_and_says_so() -> None:
    assert left_out(SAM, INES, NORA, never_my_agency=True) == {1, 2}
    assert "We do not know which agency is yours" in doubts(SAM, never_my_agency=True)


def test_an_agency_in_another_state_is_not_mine_even_while_mine_is_unknown() -> None:
    assert left_out(SAM, INES, never_my_agency=True, work_state="US-CO") == {1}


def test_a_helper_whose_agency_nobody_wrote_down_may_be_of_mine() -> None:
    assert left_out(NOWHERE, NORA, never_my_agency=True, mine_agency="CMPD") == {7}


def test_her_husbands_agency_is_left_out_when_she_says_she_is_family() -> None:
    assert left_out(SAM, INES, NORA, family=True, mine_agency="Cedar Mesa Police") == {1}


@pytest.mark.parametrize("typed", ["Cedar Mesa PD", "cedar mesa", "CMPD", "ceder mesa police"])
def test_a_named_agency_is_left_out_however_it_is_written(typed: str) -> None:
    assert left_out(SAM, INES, NORA, never_agencies=(typed,)) == {1}


def test_an_agency_that_may_be_two_leaves_both_out_and_says_so() -> None:
    assert left_out(SAM, LIEUTENANT, INES, never_agencies=("Cedar",)) == {1, 4}
    assert "“Cedar” may mean more than one agency" in doubts(SAM, never_agencies=("Cedar",))


def test_my_department_typed_as_an_agency_means_mine() -> None:
    assert left_out(SAM, INES, never_agencies=("my department",), mine_agency="Cedar Mesa PD") == {1}


def test_a_named_person_is_left_out_by_any_likeness() -> None:
    assert left_out(SAM, INES, LIEUTENANT, never_names=("Lt. Ruiz",)) == {4}
    assert left_out(SAM, INES, LIEUTENANT, never_names=("daniel",)) == {4}


def test_whoever_refuses_the_lieutenant_is_not_sent_his_wife() -> None:
    wife = facts(8, agency=LARKSPUR, name="Paula G.", full_name="Paula Greyfeather", related="Daniel Ruiz")
    assert left_out(wife, INES, never_names=("Ruiz",)) == {8}


def test_what_is_said_of_typed_names_does_not_tell_who_is_on_the_team() -> None:
    assert doubts(SAM, LIEUTENANT, never_names=("Ruiz",)) == doubts(SAM, LIEUTENANT, never_names=("Nobody",)) != ""


def test_the_chief_typed_without_a_name_means_anybody_above_me() -> None:
    assert left_out(SAM, LIEUTENANT, never_names=("the chief",), mine_agency="CMPD", mine_rank_band="line") == {4}


def test_nobody_above_me_of_my_agency() -> None:
    captain = facts(9, agency=LARKSPUR, rank_band="command", name="Owen D.")
    assert left_out(SAM, LIEUTENANT, captain, never_above_me=True, mine_agency="CMPD", mine_rank_band="line") == {4}


def test_two_of_one_band_above_the_line_cannot_be_told_apart_so_both_stay_out() -> None:
    wishes = {"never_above_me": True, "mine_agency": "Cedar Mesa PD", "mine_rank_band": "supervisor"}
    assert left_out(LIEUTENANT, **wishes) == {4}
    assert "cannot tell for everybody who is above you" in doubts(LIEUTENANT, **wishes)


def test_nobody_above_me_with_my_agency_unknown_leaves_out_every_supervisor_who_may_be_mine() -> None:
    elsewhere = facts(9, agency=LARKSPUR, rank_band="command", name="Owen D.")
    everybody = (SAM, LIEUTENANT, elsewhere, NORA)
    assert left_out(*everybody, never_above_me=True, mine_rank_band="line") == {4, 9}
    assert left_out(*everybody, never_above_me=True, work_state="US-CO") == {4}
    assert "so every supervisor who may be above you is left out" in doubts(*everybody, never_above_me=True)


def test_a_rank_nobody_wrote_down_may_be_above_me() -> None:
    unranked = facts(9, rank_band="unknown")
    assert left_out(unranked, SAM, never_above_me=True, mine_agency="CMPD", mine_rank_band="line") == {9}


def test_a_line_officer_who_supervises_somebody_is_above_me() -> None:
    training_officer = facts(9, supervises=((CEDAR_NAME, "Academy"),), unit="Academy")
    wishes = {"never_above_me": True, "mine_agency": "CMPD", "mine_rank_band": "line", "mine_unit": "Patrol South"}
    assert left_out(training_officer, **wishes) == {9}


def test_whoever_supervises_my_unit_never_comes_though_nobody_wished_it() -> None:
    assert left_out(SAM, HER_LIEUTENANT, mine_agency="Cedar Mesa PD", mine_unit="Patrol North") == {5}
    assert left_out(SAM, HER_LIEUTENANT, mine_agency="Cedar Mesa PD", mine_unit="Traffic") == set()


def test_with_my_unit_unknown_every_supervisor_of_my_agency_is_left_out_and_it_says_so() -> None:
    assert left_out(SAM, HER_LIEUTENANT, mine_agency="Cedar Mesa PD") == {5}
    assert "We are not sure which unit is yours" in doubts(HER_LIEUTENANT, mine_agency="Cedar Mesa PD")


def test_whoever_supervises_my_whole_agency_never_comes() -> None:
    outside_chief = facts(9, agency=LARKSPUR, supervises=((CEDAR_NAME, WHOLE_AGENCY),))
    assert left_out(outside_chief, mine_agency="Cedar Mesa PD", mine_unit="Traffic") == {9}


def test_one_of_several_units_supervised_is_enough_to_be_left_out() -> None:
    """Whatever else they supervise, and in whatever order it was written down."""
    posts = (("Larkspur Bend Fire Rescue", "Engine 12"), (CEDAR_NAME, "Patrol North"), (CEDAR_NAME, "Traffic"))
    over_many = facts(9, agency=LARKSPUR, unit="", rank_band="supervisor", supervises=posts)
    assert left_out(over_many, mine_agency="Cedar Mesa PD", mine_unit="Patrol North") == {9}


def test_whoever_supervises_the_whole_agency_is_left_out_without_a_doubt_about_my_unit() -> None:
    chief = facts(9, agency=LARKSPUR, supervises=((CEDAR_NAME, WHOLE_AGENCY),))
    assert doubts(chief, mine_agency="Cedar Mesa PD", mine_unit="Traffic") == ""


def test_somebody_lower_than_a_chief_is_not_above_the_chief() -> None:
    wishes = {"never_above_me": True, "mine_rank_band": "command"}
    assert left_out(LIEUTENANT, **wishes) == set()
    assert left_out(facts(9, rank_band="command"), **wishes) == {9}


def test_a_sergeant_is_not_the_boss_of_civilians_nor_of_other_sergeants() -> None:
    wishes = {"mine_agency": "Cedar Mesa PD", "mine_unit": "Patrol North"}
    sergeant, dispatcher, unranked = facts(8, rank_band="supervisor"), facts(9, rank_band="civilian"), facts(10)
    assert left_out(sergeant, dispatcher, mine_rank_band="supervisor", **wishes) == set()
    assert left_out(dispatcher, mine_rank_band="command", **wishes) == set()
    assert left_out(facts(11, rank_band="unknown"), unranked, mine_rank_band="supervisor", **wishes) == {10, 11}


def test_there_is_no_doubt_that_a_lieutenant_stands_above_an_officer_of_the_same_agency() -> None:
    assert doubts(LIEUTENANT, never_above_me=True, mine_agency="CMPD", mine_rank_band="line") == ""


def test_whoever_supervises_a_named_unit_is_left_out_wherever_they_sit_themselves() -> None:
    over_it = facts(8, unit="Command", supervises=((CEDAR_NAME, "Traffic"), (CEDAR_NAME, "Patrol North")))
    over_all = facts(9, unit="Command", supervises=((CEDAR_NAME, WHOLE_AGENCY),))
    assert left_out(over_it, over_all, never_units=("Patrol North",)) == {8}


def test_with_rank_or_agency_unknown_she_is_told_that_both_are_missing() -> None:
    unsure = facts(9, rank_band="unknown")
    for known in ({"mine_agency": "CMPD"}, {"mine_rank_band": "line"}):
        assert "We do not know your agency and rank" in doubts(unsure, LIEUTENANT, never_above_me=True, **known)
    both = {"mine_agency": "CMPD", "mine_rank_band": "line"}
    assert "We cannot tell for everybody who is above you" in doubts(unsure, never_above_me=True, **both)


def test_names_typed_as_blanks_raise_no_doubt() -> None:
    assert doubts(SAM, never_names=("", "  ")) == ""


def test_a_helpers_own_wish_is_kept_without_a_word_about_it() -> None:
    """Nobody hears of it: the caller would learn that somebody on the team does not want them."""
    tess = facts(9, agency=LARKSPUR, never_for=((CEDAR_NAME, "Traffic"),))
    judged = put_in_order([tess], Wishes(mine_agency="Cedar Mesa PD"), seed=1)
    assert (set(judged.excluded), list(judged.unsure)) == ({9}, [])


def test_a_blank_beside_a_named_unit_lets_nobody_of_that_unit_through() -> None:
    """Helpers of one agency are judged together only where no rule looks at what tells them apart."""
    traffic = facts(9, unit="Traffic")
    assert left_out(traffic, SAM, never_units=("Patrol North", " ")) == {1}
    assert left_out(LIEUTENANT, facts(9), never_names=("the chief", "Okafor"), mine_rank_band="line") == {4}


def test_a_boss_is_not_sent_to_talk_to_their_own_people() -> None:
    wishes = {"mine_agency": "Cedar Mesa PD", "mine_rank_band": "supervisor"}
    assert left_out(SAM, INES, mine_unit="Patrol North", **wishes) == {1}
    assert left_out(SAM, INES, mine_unit="Traffic", **wishes) == set()
    assert left_out(SAM, INES, **wishes) == {1}
    assert left_out(SAM, LIEUTENANT, INES, NORA, mine_agency="CMPD", mine_rank_band="command") == {1, 4}


def test_internal_affairs_come_only_for_people_of_another_agency() -> None:
    assert left_out(INVESTIGATOR, mine_agency="Larkspur Fire") == set()
    assert left_out(INVESTIGATOR, mine_agency="Cedar Mesa PD") == {6}
    assert left_out(INVESTIGATOR) == {6}
    assert left_out(INVESTIGATOR, work_state="US-WA") == {6}
    assert "nobody from internal affairs is asked" in doubts(INVESTIGATOR)


def test_named_units_are_left_out_with_those_who_supervise_them() -> None:
    assert left_out(SAM, HER_LIEUTENANT, INES, never_units=("Patrol North",)) == {1, 5}


def test_a_helper_without_a_unit_may_be_of_the_named_one() -> None:
    unwritten = facts(9, unit="")
    assert left_out(unwritten, INES, never_units=("SWAT",), mine_agency="CMPD") == {9}
    assert "“SWAT” may mean more than one unit" in doubts(unwritten, never_units=("SWAT",), mine_agency="CMPD")


def test_a_helper_may_decline_people_of_a_unit_without_a_reason() -> None:
    tess = facts(9, agency=LARKSPUR, never_for=((CEDAR_NAME, "Traffic"),))
    assert left_out(tess, mine_agency="Cedar Mesa PD", mine_unit="Traffic") == {9}
    assert left_out(tess, mine_agency="Cedar Mesa PD", mine_unit="Patrol North") == set()


def test_empty_wishes_typed_as_blanks_change_nothing() -> None:
    assert left_out(SAM, INES, NOWHERE, never_names=("", "  "), never_units=(" ",), mine_agency=" ") == set()


def _match_with(word: str) -> None:
    left_out(
        SAM,
        HER_LIEUTENANT,
        mine_agency=f"{word}haven PD",
        mine_unit=f"{word} Unit",
        never_names=(f"{word}on",),
        never_agencies=(f"{word}dale",),
        never_units=(word,),
        matters={"unit": "matters"},
    )


def test_what_was_typed_is_not_remembered_when_the_call_was_matched() -> None:
    """A cache outlives a call; a dump of memory would hold whom the caller fears."""
    import_module("stepitup.roster.questions")  # with whatever it remembers, also when this test runs alone
    rooms = [module for name, module in sys.modules.items() if name.startswith("stepitup.roster")]
    caches = [one for module in rooms for one in vars(module).values() if hasattr(one, "cache_info")]
    _match_with("Quill")  # what is remembered of the roster itself is remembered now
    before = [cache.cache_info().currsize for cache in caches]
    _match_with("Zorro")
    assert caches
    assert [cache.cache_info().currsize for cache in caches] == before
