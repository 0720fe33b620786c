"""The helper's side of the API, what may be said later, and what anybody may ask."""

from collections.abc import Iterator

import pytest

from stepitup.calls import questions as calls
from stepitup.calls.models import Asked, Call
from stepitup.calls.models import Seat as SeatRow
from stepitup.drills.one_way import send_test
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.paging.links import page_key
from stepitup.paging.tests_of_ways import time_is_up
from stepitup.roster import questions as roster
from stepitup.roster.models import Way
from tests.rooms.door_night import Rosa, demo_night
from tests.rooms.door_program import Program

pytestmark = pytest.mark.django_db

KEY = "cT3wJx9v0QmL5sRz8YbNuA"


@pytest.fixture(autouse=True)
def night() -> Iterator[HandClock]:
    with demo_night() as hand:
        yield hand


def paged() -> list[str]:
    """The keys of all pages, the first written first."""
    return [page_key(one.page_id) for one in Asked.objects.order_by("page__opened_at", "page_id")]


def names_asked() -> set[str]:
    """Who holds an open page now."""
    asked = Asked.objects.filter(page__state="open").values_list("helper_id", flat=True)
    return {roster.helper(helper).display_name for helper in asked}


def test_the_second_helper_gets_409_and_thanks() -> None:
    rosa = Rosa()
    assert Program().posts(f"/api/v1/pages/{rosa.keys[0]}/acknowledge").status == 200
    ines = Program().posts(f"/api/v1/pages/{rosa.keys[1]}/acknowledge")
    assert ines.status == 409
    assert ines.told["title"] == "Someone has it, thank you"
    assert Program().gets(f"/api/v1/pages/{rosa.keys[1]}").told["state"] == "taken"


def test_the_same_press_gives_the_same_seat_and_nobody_elses_does() -> None:
    rosa = Rosa()
    sam = Program().posts(f"/api/v1/pages/{rosa.keys[0]}/acknowledge", {}, Idempotency_Key=KEY)
    again = Program().posts(f"/api/v1/pages/{rosa.keys[0]}/acknowledge", {}, Idempotency_Key=KEY)
    assert sam.told["seat"] == again.told["seat"]
    thief = Program().posts(f"/api/v1/pages/{rosa.keys[0]}/acknowledge")
    assert thief.status == 409
    assert thief.told["type"].endswith("#answered-elsewhere")
    assert SeatRow.objects.count() == 1


def test_a_test_page_says_that_it_is_one_takes_one_answer_and_no_other(night: HandClock) -> None:
    way = Way.objects.order_by("pk").first()
    assert way is not None
    address = f"/api/v1/pages/{page_key(deed(send_test, way.pk))}"
    assert Program().gets(address).told == {"state": "open", "role": "test", "test": True}
    for verb in ("acknowledge", "decline"):
        told = Program().posts(f"{address}/{verb}")
        assert (told.status, told.told["title"]) == (409, "This is a test: nobody is waiting")
    for _twice in range(2):
        assert Program().posts(f"{address}/reached").told["state"] == "reached"
    way.refresh_from_db()
    assert way.confirmed_on == night.now().date()


def test_a_test_that_nobody_answered_in_its_day_is_over(night: HandClock) -> None:
    page = deed(send_test, Way.objects.values_list("pk", flat=True)[0])
    night.wind(hours=25)
    deed(time_is_up, page)
    assert Program().gets(f"/api/v1/pages/{page_key(page)}").told == {"state": "over", "role": "test", "test": True}


def test_it_reached_me_on_a_real_page_takes_nothing_and_ends_nothing() -> None:
    rosa = Rosa()
    address = f"/api/v1/pages/{rosa.keys[0]}"
    assert Program().posts(f"{address}/reached").told == {"state": "open", "role": "peer", "test": False}
    assert Program().posts(f"{address}/acknowledge").status == 200
    assert Program().posts("/api/v1/pages/nobody-has-this-key/reached").status == 404


def test_looking_at_a_page_changes_nothing() -> None:
    rosa = Rosa()
    before = Call.objects.values().get()
    for key in rosa.keys:
        assert Program().gets(f"/api/v1/pages/{key}").told == {"state": "open", "role": "peer", "test": False}
    assert Call.objects.values().get() == before


def test_a_press_that_needs_no_words_still_refuses_unknown_ones() -> None:
    program = Program().calls()
    address = f"/api/v1/calls/{program.told['id']}"
    for verb in ("step-up", "stand-down", "not-this-person"):
        assert program.posts(f"{address}/{verb}", {"because": "words"}).status == 422
    assert program.gets(address).told["state"] == "waiting"


def test_a_no_asks_the_next_helper() -> None:
    rosa = Rosa()
    assert len(rosa.keys) == 3
    assert Program().posts(f"/api/v1/pages/{rosa.keys[0]}/decline", {"i_was_there": True}).status == 204
    assert len(rosa.keys) == 4
    assert Program().gets(f"/api/v1/pages/{rosa.keys[0]}").told["state"] == "over"


def test_a_helper_hands_back_and_the_search_goes_on() -> None:
    rosa = Rosa()
    seat = Program().posts(f"/api/v1/pages/{rosa.keys[0]}/acknowledge").told["seat"]
    handed = Program().posts(f"/api/v1/seats/{seat}/hand-back")
    assert handed.told["state"] == "handed_back"
    assert handed.told["call"] == "waiting"
    assert Program().posts(f"/api/v1/seats/{seat}/finished").status == 409
    assert Program().gets(f"/api/v1/seats/{seat}").told["shown"] == []


def test_not_a_call_for_backup_ends_it() -> None:
    rosa = Rosa()
    seat = Program().posts(f"/api/v1/pages/{rosa.keys[0]}/acknowledge").told["seat"]
    assert Program().posts(f"/api/v1/seats/{seat}/not-a-call-for-backup").told["ending"] == "not_a_call"
    assert rosa.state() == "closed"


def test_a_seat_shows_nothing_of_the_caller_before_the_limits_were_read() -> None:
    program = Program().calls({"state": "US-CO", "reach": {"phone": "303 555 0199"}})
    seat = Program().posts(f"/api/v1/pages/{paged()[0]}/acknowledge").told
    assert seat["words_may_pass"] is False
    assert (seat["number"], seat["shown"], seat["place"], seat["limits"]) == (None, [], "", None)
    due = program.told["limits_due"][0]["version"]
    program.posts(f"/api/v1/calls/{program.told['id']}/limits-read", {"version": due})
    after = Program().gets(f"/api/v1/seats/{seat['seat']}").told
    assert after["number"]["phone"] == "+13035550199"
    assert "You cannot trace this caller" in after["limits"]["text"]


def test_the_clinicians_limits_are_due_before_a_clinician_may_speak() -> None:
    program = Program().calls({"wants": "clinician"})
    assert program.told["limits_due"][0]["kind"] == "clinician"


def test_a_name_said_later_withdraws_the_page_that_is_out() -> None:
    program = Program().calls({"wants": "peer"})
    call = program.told["id"]
    never = next(iter(names_asked()))
    program.patches(f"/api/v1/calls/{call}", {"never": {"names": [never]}})
    assert program.status == 200
    assert never not in names_asked()
    assert program.told["paged"] >= 3


def test_what_is_said_twice_does_not_begin_the_search_anew() -> None:
    program = Program().calls({"wants": "chaplain"})
    before = paged()
    program.patches(f"/api/v1/calls/{program.told['id']}", {"wants": "chaplain"})
    assert paged() == before


def test_one_word_later_keeps_the_others_as_they_were() -> None:
    program = Program().calls({"state": "US-CO", "service": "fire"})
    program.patches(f"/api/v1/calls/{program.told['id']}", {"employer": "local"})
    situation = calls.as_caller_sees(Call.objects.get().pk).situation
    assert (situation.state, situation.service, situation.employer) == ("US-CO", "fire", "local")


@pytest.mark.parametrize("nothing", [{"reach": None}, {"reach": {}}, {"reach": {"phone": None}}])
def test_a_number_can_be_taken_back(nothing: dict[str, object]) -> None:
    program = Program().calls({"reach": {"phone": "303 555 0199"}})
    program.patches(f"/api/v1/calls/{program.told['id']}", nothing)
    assert calls.as_caller_sees(Call.objects.get().pk).number is None


def test_not_this_person_needs_somebody_to_refuse() -> None:
    program = Program().calls()
    address = f"/api/v1/calls/{program.told['id']}/not-this-person"
    assert program.posts(address).status == 409
    Program().posts(f"/api/v1/pages/{paged()[0]}/acknowledge")
    assert program.posts(address).told["state"] == "waiting"
    assert program.told["turns"] == 2


def test_nobody_suggested_anything() -> None:
    program = Program().calls()
    assert program.posts(f"/api/v1/calls/{program.told['id']}/hand-off", {"yes": True}).status == 409


def test_step_up_brings_the_next_kind() -> None:
    program = Program().calls()
    program.posts(f"/api/v1/calls/{program.told['id']}/step-up")
    assert "clinician" in program.told["paged_by_kind"]


def test_standing_down_twice_changes_nothing_and_a_closed_call_takes_no_more() -> None:
    program = Program().calls()
    address = f"/api/v1/calls/{program.told['id']}"
    for _ in range(2):
        assert program.posts(f"{address}/stand-down").told["state"] == "closed"
    assert program.posts(f"{address}/step-up").status == 409
    assert program.patches(address, {"wants": "peer"}).told["type"].endswith("#call-is-over")
    assert program.gets(address).told["limits_due"] == []


def test_the_limits_carry_the_law_as_far_as_it_was_read() -> None:
    told = Program().gets("/api/v1/limits?state=US-CO&service=law_enforcement&employer=local").told
    assert set(told["law"]) == {"name", "citations", "sources", "as_of", "partial"}
    assert told["law"]["citations"]
    assert told["universal_warning"] in told["text"]
    unknown = Program().gets("/api/v1/limits").told
    assert unknown["kind"] == "peer"
    assert "law" not in unknown


def test_hotlines_come_best_first_and_only_for_this_state() -> None:
    lines = Program().gets("/api/v1/hotlines?state=US-TX&serves=fire").told
    assert lines[0]["id"] == "988"
    assert {line["region"] for line in lines} <= {"US", "US-TX"}


def test_the_description_is_published_and_fetches_nothing_from_elsewhere() -> None:
    described = Program().gets("/api/v1/openapi.json").told
    assert described["openapi"].startswith("3.")
    paths = described["paths"]
    for address in ("/calls", "/calls/{call_id}", "/pages/{key}/acknowledge", "/seats/{seat}/joined", "/limits"):
        assert f"/api/v1{address}" in paths
    assert Program().gets("/api/v1/docs").status == 404
    wished = described["components"]["schemas"]["Pressed"]["properties"]
    assert "US-TX" in str(wished["state"])
    assert "Idempotency-Key" in str(paths["/api/v1/calls"]["post"]["parameters"])
    assert "call_id" in str(paths["/api/v1/calls/{call_id}"]["get"]["parameters"])


def test_every_sort_of_trouble_is_listed_with_its_words() -> None:
    told = Program().gets("/api/v1/problems").told
    assert {one["type"].partition("#")[2] for one in told} >= {"someone-has-it", "limits-changed", "key-too-short"}
    assert all(one["title"] for one in told)


def test_no_answer_is_kept_by_anybody() -> None:
    program = Program().calls()
    assert program.headers["Cache-Control"] == "no-store"
    assert program.gets(f"/api/v1/calls/{program.told['id']}").headers["Cache-Control"] == "no-store"
