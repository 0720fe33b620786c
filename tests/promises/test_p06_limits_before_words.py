"""P6: the press pages at once; before the caller read the limits for this kind of helper, no word passes either way."""

import pytest

from stepitup.calls.models import LimitsRead, Turn
from stepitup.ground.vocabulary import Kind
from tests.promises.every_screen import NUMBER, OF_ROSA, PLACE, TYPED
from tests.rooms.door_program import Program
from tests.stories import cast
from tests.stories.night import Night
from tests.stories.people import Helper, Rosa
from tests.stories.screen import holds

# Every address at which a helper who sits may look.
OF_A_SEAT = ("/seat", "/seat/gone", "/seat/limit-reached", "/seat/how-are-you", "/seat/at-hand", "/seat/hard-news")
SITTING = {"peer": cast.SAM, "chaplain": cast.DANIEL, "clinician": cast.OKAFOR}


@pytest.fixture(params=SITTING)
def helper(night: Night, rosa: Rosa, request: pytest.FixtureRequest) -> Helper:
    """Somebody of each kind who has just answered; Rosa has typed all there is to type, and read nothing."""
    one = night.joins(SITTING[request.param], team_number='"+1 303 555 0161"')
    rosa.phone.opens("/first")
    rosa.phone.presses("Call for backup", wants=request.param)
    rosa.works(state="US-CO", service="law_enforcement")
    rosa.says(**TYPED)
    rosa.leaves_a_number(NUMBER, if_lost="ring")
    rosa.phone.opens("/call/where")
    rosa.phone.presses("Tell my helper", place=PLACE)
    one.gets_a_page().answers()
    return one


def test_before_she_read_them_nothing_of_her_is_on_any_screen_of_the_helper(helper: Helper) -> None:
    for address in OF_A_SEAT:
        raw = helper.phone.opens(address).raw
        assert [word for word in (*OF_ROSA, "Colorado", "US-CO") if holds(raw, word)] == [], address
    told = Program().gets(f"/api/v1/seats/{_secret(helper)}")
    assert told.status == 200
    assert [word for word in OF_ROSA if holds(str(told.told), word)] == []
    assert "US-CO" not in str(told.told)


def test_nor_is_the_helpers_number_on_any_screen_of_hers(rosa: Rosa, helper: Helper) -> None:
    for address in ("/call", "/call/who", "/call/work", "/call/matters", "/call/limits", "/call/number", "/call/where"):
        assert not holds(rosa.phone.opens(address).raw, "0161"), address
    rosa.looks()
    assert not holds(rosa.phone.screen.raw, "0161")
    assert not holds(str(_looked_at_by_program(rosa).told), "0161")


def test_the_helper_cannot_say_that_they_are_together(helper: Helper) -> None:
    helper.phone.sends("/seat/joined", {})
    assert "They are reading the limits" in helper.phone.screen.words
    assert Program().posts(f"/api/v1/seats/{_secret(helper)}/joined").status == 409
    assert Turn.objects.get().state == "acknowledged"


def test_once_she_has_read_them_all_of_it_is_there(rosa: Rosa, helper: Helper) -> None:
    rosa.reads_the_limits()
    helper.sees("0173", PLACE, "Kennel Seventeen")
    rosa.sees("0161")
    assert holds(helper.phone.screen.raw, "0173"), "as the screens before were searched for it"
    assert holds(rosa.phone.screen.raw, "0161")
    helper.presses("I’m with them")
    assert Turn.objects.get().state == "joined"


def test_limits_read_for_one_kind_do_not_count_for_another(night: Night, rosa: Rosa) -> None:
    sam, okafor = night.joins(cast.SAM), night.joins(cast.OKAFOR)
    rosa.presses()
    rosa.leaves_a_number(NUMBER)
    rosa.reads_the_limits()
    sam.gets_a_page()
    rosa.presses("Step it up")
    okafor.gets_a_page().answers()
    okafor.does_not_see("0173")
    rosa.sees("Before the first word, read what stays private")


def test_noted_is_which_wording_for_which_kind_and_when_and_no_more(night: Night, rosa: Rosa) -> None:
    night.joins(cast.SAM).may_be_paged()
    rosa.presses()
    rosa.reads_the_limits()
    kept = {field.name for field in LimitsRead._meta.concrete_fields}
    assert kept == {"id", "call", "kind", "version", "read_at"}
    assert LimitsRead.objects.get().kind == Kind.PEER


def test_the_page_goes_out_before_anything_was_asked(night: Night, rosa: Rosa) -> None:
    sam = night.joins(cast.SAM)
    rosa.phone.opens("/")
    rosa.phone.presses("Call for backup")
    sam.gets_a_page()


def test_a_wording_that_is_no_longer_the_present_one_does_not_count(night: Night, rosa: Rosa) -> None:
    night.joins(cast.SAM).may_be_paged()
    rosa.presses()
    rosa.phone.opens("/call/limits")
    rosa.phone.presses("I’ve read this", version="2019-01.of-another-year")
    assert "These words have changed since" in rosa.phone.screen.words
    assert not LimitsRead.objects.exists()


def _secret(helper: Helper) -> str:
    return helper.phone.cookies["__Host-seat"].value


def _looked_at_by_program(rosa: Rosa) -> Program:
    program = Program(rosa.phone.cookies["__Host-call"].value)
    call = Turn.objects.get().call_id
    return program.gets(f"/api/v1/calls/{call}")
