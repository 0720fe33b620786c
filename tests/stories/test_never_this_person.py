"""Never this person: whoever Rosa does not want does not come, or learns nothing, or goes without a reason."""

from tests.stories import cast
from tests.stories.night import Night
from tests.stories.people import Helper, Rosa

HERS = {"agency": "Cedar Mesa PD", "unit": "Patrol North", "rank_band": "line"}


def test_her_lieutenant_answers_a_call_without_wishes_he_sees_nothing_and_not_this_person_pages_another(
    rosa: Rosa, lieutenant: Helper, theo: Helper
) -> None:
    rosa.presses()
    theo.gets_a_page()
    lieutenant.gets_a_page().answers()
    rosa.leaves_a_number("303 555 0199")
    lieutenant.does_not_see("0199", "Cedar", "Patrol North")
    rosa.sees("Lt. Ruiz has answered")

    rosa.presses("Not this person: page somebody else. No reason needed.")
    theo.gets_a_page().answers()
    lieutenant.sees("They go on with somebody else", "No reason is asked or kept")
    lieutenant.does_not_see("0199")
    rosa.sees("Theo B. has answered")


def test_her_sergeant_also_coordinator_gets_the_last_steps_page_and_learns_nothing(
    night: Night, rosa: Rosa, sergeant: Helper
) -> None:
    night.joins(sergeant.part, kinds='["coordinator"]')
    rosa.presses()
    page = sergeant.gets_a_page()
    assert page.says.partition(" http")[0] == "A page is unanswered. Find a helper."
    words = page.opens()
    assert "Nobody has answered so far." in words
    assert not sergeant.phone.screen.has_button("I can take it")
    assert "There is no seat on this phone" in sergeant.phone.opens("/seat").words


def test_once_she_says_where_she_works_her_sergeant_is_not_asked_at_all(
    night: Night, rosa: Rosa, sergeant: Helper, theo: Helper
) -> None:
    rosa.presses()
    sergeant.gets_a_page()
    theo.gets_a_page()
    rosa.says(**HERS)
    night.passes(hours=1)
    sergeant.gets_nothing()
    theo.may_be_paged()


def test_her_husbands_agency_is_never_paged_when_she_says_i_am_family(
    night: Night, rosa: Rosa, theo: Helper, sam: Helper
) -> None:
    rosa.phone.opens("/")
    rosa.phone.taps("I’m family")
    rosa.phone.presses("Call for backup", agency="Larkspur Fire", state="US-CO")
    sam.gets_a_page()
    sam.may_be_paged()
    night.passes(hours=3)
    theo.gets_nothing()


def test_family_who_does_not_say_where_he_works_gets_only_those_of_whom_we_are_sure(
    night: Night, rosa: Rosa, theo: Helper, daniel: Helper, okafor: Helper
) -> None:
    rosa.phone.opens("/family")
    rosa.phone.presses("Call for backup", agency="", state="US-CO")
    rosa.reads("Where we were not sure")
    okafor.gets_a_page()
    okafor.may_be_paged()
    daniel.may_be_paged()
    night.passes(hours=1)
    theo.gets_nothing()


def test_a_wish_withdraws_the_page_that_is_out_and_another_is_asked(
    night: Night, rosa: Rosa, sam: Helper, theo: Helper
) -> None:
    rosa.presses()
    page = sam.gets_a_page()
    theo.gets_a_page()
    rosa.says(**HERS, never_my_agency="on")
    assert page.is_over()
    night.passes(minutes=30)
    sam.gets_nothing()
    theo.may_be_paged()


def test_a_name_she_types_keeps_that_person_away_however_it_is_written(
    night: Night, rosa: Rosa, sam: Helper, ines: Helper
) -> None:
    rosa.presses()
    page = sam.gets_a_page()
    ines.gets_a_page()
    rosa.says(never_names="karstadt, SAM")
    assert page.is_over()
    night.passes(minutes=30)
    sam.gets_nothing()
    ines.may_be_paged()


def test_somebody_already_beside_her_goes_when_she_says_so_with_a_wish(rosa: Rosa, sam: Helper, theo: Helper) -> None:
    rosa.presses()
    theo.gets_a_page()
    sam.gets_a_page().answers()
    rosa.says(**HERS, never_my_agency="on")
    theo.gets_a_page().answers()
    rosa.sees("Theo B. has answered", "Not from your agency")
    sam.sees("They go on with somebody else")


def test_a_never_rule_stays_when_she_says_something_else_later(
    night: Night, rosa: Rosa, sam: Helper, ines: Helper
) -> None:
    rosa.presses()
    sam.gets_a_page()
    ines.gets_a_page()
    rosa.says(never_names="Sam Karstadt")
    rosa.says(matters=["lost_a_partner"])
    night.passes(hours=1)
    sam.gets_nothing()
    ines.may_be_paged()


def test_internal_affairs_never_comes_to_somebody_whose_agency_nobody_knows(night: Night, rosa: Rosa) -> None:
    watcher = night.joins(cast.INES, internal_affairs="true")
    rosa.presses()
    night.passes(hours=1)
    watcher.gets_nothing()
    rosa.sees("Nobody has answered yet. That is our failure, not yours.")


def test_not_this_person_pressed_twice_refuses_one_person(rosa: Rosa, sam: Helper, ines: Helper) -> None:
    rosa.presses()
    ines.gets_a_page()
    sam.gets_a_page().answers()
    rosa.looks()
    form = rosa.phone.screen.form_with("Not this person: page somebody else. No reason needed.")
    rosa.phone.sends(form.action, {**form.fields})
    ines.gets_a_page().answers()
    rosa.phone.sends(form.action, {**form.fields})
    rosa.sees("Ines M. has answered")
