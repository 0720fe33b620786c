"""The API as a program uses it: press, look, read the limits, be answered, stand down."""

import secrets
from collections.abc import Iterator

import pytest

from stepitup.calls.models import Asked, Call, LimitsRead
from stepitup.calls.told import place_of
from stepitup.ground.clock import HandClock
from stepitup.paging.links import page_key
from stepitup.roster import questions as roster
from tests.rooms.door_night import demo_night
from tests.rooms.door_program import Program

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def night() -> Iterator[HandClock]:
    with demo_night() as hand:
        yield hand


def test_one_press_without_a_word_opens_a_call_and_pages() -> None:
    rosa = Program().posts("/api/v1/calls")
    assert rosa.status == 201
    assert set(rosa.told) >= {"id", "token", "receipt", "status_url", "events_url", "limits_due", "hotlines"}
    assert len(rosa.told["receipt"].split()) == 8
    assert rosa.told["limits_due"][0]["kind"] == "peer"
    assert "want to die" in rosa.told["limits_due"][0]["text"]
    rosa.token = rosa.told["token"]
    looked = rosa.gets(rosa.told["status_url"])
    assert looked.told["state"] == "waiting"
    assert looked.told["paged"] == 3
    assert looked.told["paged_by_kind"] == {"peer": 3}
    assert looked.told["next_at"] == "2026-03-04T10:06:00+00:00"
    assert looked.told["last_step"] is False
    assert looked.told["turns"] == 1
    assert looked.told["deleted_on"] == "2026-03-12"
    assert looked.told["hotlines"][0]["phone"] == "988"
    assert "helper" not in looked.told


def test_pressing_twice_in_a_tunnel_makes_one_call() -> None:
    key = secrets.token_urlsafe(16)
    first = Program().posts("/api/v1/calls", {"wants": "peer"}, Idempotency_Key=key)
    again = Program().posts("/api/v1/calls", {"wants": "peer"}, Idempotency_Key=key)
    assert first.told["id"] == again.told["id"]
    assert first.told["token"] == again.told["token"]
    assert Call.objects.count() == 1


def test_another_body_under_the_same_key_is_refused_and_the_first_call_stands() -> None:
    key = secrets.token_hex(16)
    Program().posts("/api/v1/calls", {"wants": "peer"}, Idempotency_Key=key)
    other = Program().posts("/api/v1/calls", {"wants": "chaplain"}, Idempotency_Key=key)
    assert other.status == 422
    assert other.told["type"].endswith("#key-used")
    assert Call.objects.count() == 1


@pytest.mark.parametrize("key", ["1", "short", "a" * 64, "1234567890" * 3, "x" * 300, "0123456789abcdef" * 1, ""])
def test_a_key_that_could_be_guessed_is_refused_in_words(key: str) -> None:
    rosa = Program().posts("/api/v1/calls", None, Idempotency_Key=key)
    assert rosa.status == 422
    assert "128 random bits" in rosa.told["detail"]
    assert Call.objects.count() == 0


@pytest.mark.parametrize(
    "key",
    ["cT3wJx9v0QmL5sRz8YbNuA", "517125728c1c23af18f88708c61dc63b", "9f8b0c52-5ad1-4a7c-9a87-6f2d0d6a1b3e"],
)
def test_a_key_of_128_bits_is_taken_however_it_is_written(key: str) -> None:
    assert Program().posts("/api/v1/calls", None, Idempotency_Key=f'"{key}"').status == 201


def test_limits_that_were_read_before_the_press_are_not_due_again() -> None:
    told = Program().gets("/api/v1/limits?state=US-CO&service=law_enforcement&employer=local&helper=peer").told
    rosa = Program().calls(
        {
            "state": "US-CO",
            "service": "law_enforcement",
            "employer": "local",
            "limits_version": told["version"],
        }
    )
    assert rosa.told["limits_due"] == []


def test_an_old_limits_version_never_delays_the_press() -> None:
    rosa = Program().calls({"limits_version": "2019-01.deadbeef"})
    assert rosa.told["limits_due"]


def test_family_at_the_api_never_has_the_responders_agency_paged() -> None:
    family = Program().calls({"service": "families", "state": "US-CO", "mine": {"agency": "Cedar Mesa PD"}})
    assert family.told["unsure"] == []
    assert _agencies_paged()
    assert "Cedar Mesa Police Department" not in _agencies_paged()


def test_family_said_later_at_the_api_takes_the_pages_of_the_agency_back() -> None:
    rosa = Program().calls()
    rosa.patches(rosa.told["status_url"], {"service": "families", "mine": {"agency": "CMPD"}})
    assert rosa.status == 200
    assert "Cedar Mesa Police Department" not in _agencies_paged()


def test_a_place_told_at_the_api_is_kept_for_the_helper_until_it_is_taken_back() -> None:
    rosa = Program().calls()
    address = rosa.told["status_url"]
    rosa.patches(address, {"place": "The barn on County Road 12"})
    assert rosa.status == 200
    assert place_of(Call.objects.get()) == "The barn on County Road 12"
    rosa.patches(address, {"wants": "peer"})
    assert place_of(Call.objects.get()) == "The barn on County Road 12", "what is not said stays"
    rosa.patches(address, {"place": ""})
    assert place_of(Call.objects.get()) == ""


def test_reading_the_limits_is_noted_and_an_old_version_gets_the_new_text() -> None:
    rosa = Program().calls()
    call, due = rosa.told["id"], rosa.told["limits_due"][0]
    old = rosa.posts(f"/api/v1/calls/{call}/limits-read", {"version": "2019-01.deadbeef"})
    assert old.status == 409
    assert old.told["limits_due"][0]["text"] == due["text"]
    assert LimitsRead.objects.count() == 0
    assert rosa.posts(f"/api/v1/calls/{call}/limits-read", {"version": due["version"]}).status == 204
    assert rosa.gets(f"/api/v1/calls/{call}").told["limits_due"] == []


def test_a_whole_life_from_press_to_finished() -> None:
    rosa = Program().calls({"reach": {"phone": "(303) 555-0199", "if_lost": "text"}})
    call = rosa.told["id"]
    due = rosa.told["limits_due"][0]["version"]
    key = _first_key()
    sam = Program()
    assert sam.gets(f"/api/v1/pages/{key}").told == {"state": "open", "role": "peer", "test": False}
    seat = sam.posts(f"/api/v1/pages/{key}/acknowledge").told["seat"]
    assert sam.told["words_may_pass"] is False
    assert sam.told["number"] is None
    assert sam.posts(f"/api/v1/seats/{seat}/joined").status == 409
    assert rosa.gets(f"/api/v1/calls/{call}").told["helper"]["team_number"] is None
    rosa.posts(f"/api/v1/calls/{call}/limits-read", {"version": due})
    assert sam.gets(f"/api/v1/seats/{seat}").told["number"] == {"phone": "+13035550199", "if_lost": "text"}
    assert sam.posts(f"/api/v1/seats/{seat}/joined").told["joined"] is True
    assert rosa.gets(f"/api/v1/calls/{call}").told["state"] == "joined"
    sam.posts(f"/api/v1/seats/{seat}/hand-off", {"kind": "clinician"})
    assert rosa.gets(f"/api/v1/calls/{call}").told["suggested"] == "clinician"
    assert rosa.posts(f"/api/v1/calls/{call}/hand-off", {"yes": True}).told["turns"] == 2
    sam.posts(f"/api/v1/seats/{seat}/finished")
    rosa.posts(f"/api/v1/calls/{call}/stand-down")
    assert rosa.told["state"] == "closed"


def _first_key() -> str:
    first = Asked.objects.order_by("page__opened_at", "page_id").first()
    assert first is not None
    return page_key(first.page_id)


def _agencies_paged() -> set[str]:
    """The agencies of those who hold a page now."""
    holding = Asked.objects.filter(page__state="open").values_list("helper_id", flat=True)
    return {helper.agency_name for helper in roster.all_helpers() if helper.id in set(holding)}
