"""Whatever is typed or sent: clear words, nothing stored, the call unharmed, and everything typed still there."""

from collections.abc import Iterator

import pytest
from django.test import Client

from stepitup.calls.models import Call
from tests.rooms.callers_night import Night, callers_night
from tests.rooms.in_sight import has_a_number_in_sight

pytestmark = pytest.mark.django_db

_FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def night() -> Iterator[Night]:
    with callers_night() as begun:
        yield begun


def _row() -> dict[str, object]:
    return dict(Call.objects.values().get())


@pytest.mark.parametrize("field", ["state", "service", "employer"])
def test_a_strange_word_gets_the_form_again_with_the_words_to_choose_from(night: Night, field: str) -> None:
    phone = night.rosa_waits()
    before = _row()
    phone.presses("Say where you work, for the right law")

    screen = phone.presses("Go on", **{field: "atlantis"})

    assert screen.status == 422
    assert "“atlantis” is not one of these. Please choose one." in screen.words
    assert "Law enforcement" in screen.raw
    assert _row() == before


def test_what_was_typed_is_kept_and_the_summary_takes_focus_and_points_at_the_field(night: Night) -> None:
    phone = night.rosa_waits()
    phone.presses("Say what matters, and who must not come")

    screen = phone.presses("Go on", agency="x" * 121, unit="Patrol North", never_above_me="on")

    assert screen.status == 422
    assert "<title>Error: Today</title>" in screen.raw
    assert 'class="problems" tabindex="-1" role="alert" aria-labelledby="problems" autofocus' in screen.raw
    assert screen.links["Your agency: This is 1 letter too long. Please make it shorter."] == "#id_agency"
    assert 'aria-invalid="true"' in screen.raw
    assert "id_agency_error" in screen.raw.partition('id="id_agency"')[0].rpartition("<p")[2]
    assert screen.form_with("Go on").fields["unit"] == ["Patrol North"]
    assert screen.form_with("Go on").fields["never_above_me"] == ["on"]
    assert night.call.wishes_used is False


@pytest.mark.parametrize(
    "typed", ["Sam\x07", "Sam\x00", "\x1b[31mSam", "Sam\ufffd", "S\x85am"], ids=["bell", "nul", "escape", "lost", "nel"]
)
def test_signs_that_nobody_typed_are_asked_for_again(night: Night, typed: str) -> None:
    phone = night.rosa_waits()
    phone.presses("Tell my helper where I am")

    screen = phone.presses("Tell my helper", place=typed)

    assert screen.status == 422
    assert "Some signs here did not reach us whole." in screen.words
    assert night.call.place == ""


def test_half_a_character_and_broken_bytes_are_asked_for_again(night: Night) -> None:
    phone = night.rosa_waits()
    token = phone.screen.form_with("Step it up").fields["call"][0]

    for broken in (b"%ED%A0%80", b"%FF%FE", b"\xff\xfe"):
        body = b"save=yes&walked=4&call=" + token.encode() + b"&place=" + broken
        answer = Client().post("/call/where", body, content_type=_FORM)
        assert answer.status_code in {400, 422}
        assert has_a_number_in_sight(answer.content.decode()) or b"did not reach us whole" in answer.content

    assert night.call.place == ""


def test_other_peoples_letters_and_signs_are_kept_as_they_are(night: Night) -> None:
    phone = night.rosa_waits()
    phone.presses("Tell my helper where I am")

    phone.presses("Tell my helper", place="Cañon Blvd 7 — «north»\r\n駅の前 🚒")

    assert night.call.place == "Cañon Blvd 7 — «north»\n駅の前 🚒"


def test_what_is_typed_is_never_run(night: Night) -> None:
    phone = night.rosa_waits()
    phone.presses("Tell my helper where I am")
    phone.presses("Tell my helper", place="<script>alert(1)</script>")

    assert "<script>alert" not in phone.presses("Tell my helper where I am").raw


@pytest.mark.parametrize("typed", ["banana", "12", "911 911 911 911 911 911", "+999 1"])
def test_a_number_that_cannot_ring_is_said_so_in_words(night: Night, typed: str) -> None:
    phone = night.rosa_waits()
    phone.presses("Leave a number, if we lose you")

    screen = phone.presses("Keep this number", phone=typed)

    assert screen.status == 422
    assert "We cannot ring this number." in screen.words
    assert typed in screen.form_with("Keep this number").fields["phone"]
    assert night.call.number is None


def test_too_many_names_and_too_long_ones_are_said_so(night: Night) -> None:
    phone = night.rosa_waits()
    phone.opens("/call/matters")
    assert "Up to 20 lines fit here." in phone.presses("Go on", never_names="\n".join(["Sam"] * 21)).words
    assert "has more than 120 letters" in phone.presses("Go on", never_names="x" * 121).words
    assert "has more than 8 words" in phone.presses("Go on", never_names="a b c d e f g h i").words
    assert night.call.wishes_used is False


def test_ten_thousand_fields_open_nothing_and_get_numbers(night: Night) -> None:
    body = "&".join(f"field{n}=x" for n in range(10_000))

    answer = Client().post("/call", body, content_type=_FORM)

    assert answer.status_code == 413 or answer.status_code == 400
    assert has_a_number_in_sight(answer.content.decode())
    assert night.calls == []


def test_ten_megabytes_open_nothing_and_get_numbers(night: Night) -> None:
    answer = Client().post("/call", "wants=" + "x" * 10_000_000, content_type=_FORM)

    assert answer.status_code == 413
    assert has_a_number_in_sight(answer.content.decode())
    assert "We kept nothing of it." in answer.content.decode()
    assert night.calls == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\x00\xff\xfe binary", "application/octet-stream"),
        (b"not a form at all", "multipart/form-data; boundary=x"),
        (b"wants=peer", f"{_FORM}; charset=utf-7"),
        (b'{"wants": "peer"}', "application/json"),
    ],
)
def test_a_body_that_is_no_form_is_a_plain_press_or_a_screen_with_numbers(night: Night, body: bytes, kind: str) -> None:
    answer = Client().post("/call", body, content_type=kind)

    assert answer.status_code in {200, 400}
    assert has_a_number_in_sight(answer.content.decode())
    assert len(night.calls) == (1 if answer.status_code == 200 else 0)


@pytest.mark.parametrize("walked", ["-1", "9", "٣", "x", "", "99999999999"])
def test_a_broken_count_of_questions_harms_nothing(night: Night, walked: str) -> None:
    phone = night.rosa_presses()
    token = phone.screen.form_with("Go on").fields["call"][0]

    assert night.phone().sends("/call", {"call": token, "walked": walked}).status == 200


@pytest.mark.parametrize("token", ["", "x", "ü" * 20, "a" * 5000, "\x00"])
def test_a_token_of_no_call_gets_the_button_and_the_way_back(night: Night, token: str) -> None:
    screen = night.phone().sends("/call", {"call": token})

    assert screen.status == 404
    assert screen.main_action == "Call for backup"
    assert night.calls == []


@pytest.mark.parametrize("address", ["/call/suggestion", "/call/not-this-person"])
def test_answers_to_nothing_change_nothing(night: Night, address: str) -> None:
    phone = night.rosa_waits()
    before = _row()
    phone.sends(address, {"answer": "yes", "whom": "somebody"})
    assert _row() == before
