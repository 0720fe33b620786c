"""Day one: one question a screen, each answer signed and dated; two who answer at once lose nothing."""

from collections.abc import Iterator

import pytest

from stepitup.ground import clock, log_book, set_up
from stepitup.ground.clock import HandClock
from stepitup.ground.set_up import Asked
from stepitup.ground.team import lay_over
from stepitup.roster.sign_in.facts import Role
from tests.rooms.coordinator import somebody, stranger
from tests.rooms.door_night import NIGHT
from tests.stories.browser import Browser

pytestmark = pytest.mark.django_db

SIGNED = {"signed_by": "Dana Whitfield", "dated": "2026-03-01"}


@pytest.fixture(autouse=True)
def tonight() -> Iterator[None]:
    with clock.use(HandClock(NIGHT)):
        yield
    lay_over({})


@pytest.fixture
def maria() -> Browser:
    return somebody()


def answered(phone: Browser, word: str, **typed: str) -> str:
    phone.opens(f"/team/set-up/{word}")
    return phone.presses("Sign and keep", **{**SIGNED, **typed}).words


def test_a_new_team_is_led_from_question_to_question(maria: Browser) -> None:
    maria.opens("/team/set-up")
    assert maria.screen.main_action == "Go on: Written policy"
    maria.taps("Go on: Written policy")
    maria.presses("Sign and keep", policy="The binder at the union", **SIGNED)
    assert "Kept: Written policy." in maria.screen.words
    assert maria.screen.headings[0] == "Who is your clinical lead?"
    maria.taps("Leave this for now")
    assert maria.screen.headings[0] == "Which clinician can a helper ask at night?"
    overview = maria.opens("/team/set-up").words
    assert "Signed by Dana Whitfield, March 1, 2026" in overview
    assert maria.screen.main_action == "Go on: Clinical lead"


def test_all_of_it_can_be_settled_and_then_nothing_is_asked(maria: Browser) -> None:
    for word, field in (
        ("policy", "policy"),
        ("clinical-lead", "clinical_lead"),
        ("on-call-clinician", "on_call_clinician"),
        ("counsel", "counsel"),
        ("records-request", "records_request"),
        ("complaints", "complaint_to"),
        ("my-job", "my_job"),
    ):
        answered(maria, word, **{field: "It is settled."})
    answered(maria, "who-runs", who_runs="Lodge 12", network="a rented machine", run_by_employer="no")
    assert "All of it is settled." in maria.opens("/team/set-up").words
    assert set(set_up.answers()) == set(Asked)


def test_what_callers_read_is_what_was_signed(maria: Browser) -> None:
    answered(maria, "my-job", my_job="Talking is no ground for discipline.\n\nWe do not know about licences.")
    answered(maria, "complaints", complaint_to="The coalition, 555 0150")
    set_up.read_again()
    rosa = stranger()
    read = rosa.opens("/my-job").words
    assert "We do not know about licences." in read
    assert "Signed by Dana Whitfield, March 1, 2026." in read
    assert "The coalition, 555 0150" in rosa.opens("/something-went-wrong").words


def test_nobody_signs_without_a_name_or_ahead_of_the_day(maria: Browser) -> None:
    read = answered(maria, "policy", policy="The binder", signed_by="", dated="2026-04-01")
    assert "Signed by: Please write who signs this." in read
    assert "This day is still to come." in read
    assert "Error: " in maria.screen.raw.partition("<title>")[2][:9]
    assert "The binder" in maria.screen.raw, "nothing typed is lost"
    assert "Please write the day as year" in answered(maria, "policy", policy="The binder", dated="yesterday")
    assert set_up.answers() == {}


def test_half_an_answer_is_asked_for_the_other_half(maria: Browser) -> None:
    assert "On whose network it stands: Please answer this too." in answered(maria, "who-runs", who_runs="Lodge 12")


def test_the_second_of_two_is_told_and_loses_nothing(maria: Browser) -> None:
    dana = somebody(name="dana", role=Role.CLINICAL_LEAD)
    for phone in (maria, dana):
        phone.opens("/team/set-up/policy")
    dana.presses("Sign and keep", policy="The binder at the union", **SIGNED)
    maria.presses("Sign and keep", policy="The binder in the office", **SIGNED)
    assert "Somebody else answered this while you were typing" in maria.screen.words
    assert "The binder at the union" in maria.screen.words
    assert "The binder in the office" in maria.screen.raw
    assert set_up.answers()[Asked.POLICY].text == "The binder at the union"
    maria.presses("Sign and keep")
    assert set_up.answers()[Asked.POLICY].text == "The binder in the office"
    assert log_book.entries(2026).filter(about="policy").count() == 2


def test_an_answer_can_be_taken_back(maria: Browser) -> None:
    answered(maria, "counsel", counsel="Dana")
    answered(maria, "counsel", counsel="")
    assert "Not settled yet" in maria.opens("/team/set-up").words
    assert maria.screen.words.count("Signed by") == 0


def test_it_is_for_the_whole_team_and_no_question_is_made_up(maria: Browser) -> None:
    assert maria.opens("/team/set-up/salary").status == 404
    assert somebody(name="sam", role=None).opens("/team/set-up").status == 403
    assert stranger().opens("/team/set-up").headings[0] == "Sign in to your team"
