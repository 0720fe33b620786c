"""While the pages are out: one question a screen, each skippable, five screens after the press and no more."""

from collections.abc import Iterator

import pytest
from django.test import Client

from stepitup.calls.models import Call, LimitsRead
from stepitup.calls.told import shown_of
from stepitup.ground import clock
from stepitup.ground.vocabulary import Kind
from stepitup.roster import questions as roster
from stepitup.roster.models import Helper
from tests.rooms.callers_night import Night, callers_night
from tests.rooms.in_sight import has_a_number_in_sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def night() -> Iterator[Night]:
    with callers_night() as begun:
        yield begun


@pytest.mark.parametrize("keeps_cookies", [True, False])
def test_the_walk_has_five_screens_and_then_rosa_waits(night: Night, keeps_cookies: bool) -> None:
    phone = night.rosa_presses(keeps_cookies=keeps_cookies)
    seen = [phone.screen.headings[0]]
    seen.append(phone.presses("Go on").headings[0])
    seen.append(phone.presses("Go on", wants="peer").headings[0])
    seen.append(
        phone.presses("Go on", state="US-CO", service="law_enforcement", employer="local").headings[0],
    )
    seen.append(phone.presses("Go on").headings[0])
    waiting = phone.presses("I’ve read this")

    assert seen == [
        "Your call is open",
        "Who should come first?",
        "Where do you work?",
        "Who is right for you, and who must not come?",
        "What stays private with a peer, and where that ends",
    ]
    assert waiting.headings[0] == "We are looking for somebody"
    assert night.call.situation.state == "US-CO"
    assert night.call.limits_due == ()


@pytest.mark.parametrize("keeps_cookies", [True, False])
def test_every_question_can_be_skipped(night: Night, keeps_cookies: bool) -> None:
    phone = night.rosa_presses(keeps_cookies=keeps_cookies)
    phone.presses("Go on")
    for _question in ("who", "work", "matters"):
        phone.presses("Skip this")

    assert phone.presses("Later").headings[0] == "We are looking for somebody"
    assert night.call.wants == ""
    assert night.call.wishes_used is False
    assert len(night.call.limits_due) == 1


def test_a_screen_that_reads_itself_anew_does_not_write_over_the_answer_just_given(night: Night) -> None:
    phone = night.rosa_presses()
    phone.presses("Go on")
    knows = {name: one.value for name, one in phone.cookies.items()}
    told_meanwhile = Client(headers={"Cookie": "; ".join(f"{name}={value}" for name, value in knows.items())})

    assert "Set-Cookie" not in str(told_meanwhile.get("/call", secure=True).cookies), (
        "the older reading may arrive last"
    )
    assert phone.presses("Go on", wants="peer").headings[0] == "Where do you work?"


def test_closing_the_phone_in_the_middle_comes_back_to_the_next_question(night: Night) -> None:
    phone = night.rosa_presses()
    phone.presses("Go on")
    phone.presses("Go on", wants="peer")

    assert phone.opens("/call").headings[0] == "Where do you work?"


def test_a_refresh_of_a_question_neither_repeats_nor_skips_anything(night: Night) -> None:
    phone = night.rosa_presses()
    phone.presses("Go on")

    assert phone.opens("/call").headings[0] == phone.opens("/call").headings[0] == "Who should come first?"


def test_every_question_says_what_is_happening_meanwhile(night: Night) -> None:
    phone = night.rosa_presses()
    phone.presses("Go on")
    assert "3 peers were paged." in phone.screen.words
    assert phone.screen.has_button("See your call")
    assert 'data-live="/call/events"' in phone.screen.raw
    assert 'data-part="status"' in phone.screen.raw


def test_a_question_says_above_it_when_nobody_is_left_to_ask_and_when_somebody_has_answered(night: Night) -> None:
    phone = night.rosa_waits()
    while not night.call.last_step:
        night.step_comes()
    asked = "Nobody has answered yet. Please call or text 988 now. We keep paging."
    assert f"{asked} Call 988 Text 988" in phone.opens("/call/where").words

    name = night.name_on(night.answers())

    words = phone.opens("/call/where").words
    assert f"{name}, a peer, has answered. Before the first word, read what stays private." in words
    assert asked not in words


def test_a_question_shows_the_number_when_the_watch_is_dead_and_when_nobody_can_be_paged(night: Night) -> None:
    Helper.objects.update(suspended_at=clock.now())
    phone = night.rosa_presses()
    phone.presses("Go on")
    assert "Please call or text 988 now. We keep paging. Call 988 Text 988" in phone.screen.words
    assert has_a_number_in_sight(phone.screen.raw)

    night.hand.wind(seconds=11)

    assert "Our paging has stopped. Please call or text 988 now. Call 988 Text 988" in phone.opens("/call").words


def test_once_somebody_has_answered_the_limits_come_before_the_other_questions(night: Night) -> None:
    phone = night.rosa_presses()
    night.answers()

    screen = phone.presses("Go on")

    assert screen.headings[0].startswith("What stays private with a peer")
    assert "has answered." in screen.words


def test_choosing_what_was_chosen_already_does_not_begin_the_search_anew(night: Night) -> None:
    phone = night.rosa_waits()
    for step in (1, 2):
        phone.presses("Choose who comes")
        phone.presses("Go on", wants="peer")
        night.step_comes()
        phone.opens("/call")
        assert night.call.step == step


def test_choosing_a_chaplain_while_waiting_pages_one(night: Night) -> None:
    phone = night.rosa_presses()
    phone.presses("Go on")

    phone.presses("Go on", wants="chaplain")

    assert Kind.CHAPLAIN in {one.kind for one in night.call.paged}


def test_a_name_that_must_not_come_loses_its_page_at_once(night: Night) -> None:
    phone = night.rosa_waits()
    unwanted = sorted(night.paged())[0]
    phone.presses("Say what matters, and who must not come")

    phone.presses("Go on", never_names=f"{unwanted}\n\n")

    assert unwanted not in night.paged()
    assert night.call.pages_out >= 3
    assert "3 of them can still answer." in phone.opens("/call").words, "a page taken back is not waited for"


def test_what_could_not_be_decided_is_said_once(night: Night) -> None:
    phone = night.rosa_waits()
    phone.presses("Say what matters, and who must not come")

    screen = phone.presses("Go on", never_my_agency="on")

    assert screen.headings[0] == "We are looking for somebody"
    assert "We do not know which agency is yours" in screen.words
    assert "We do not know which agency is yours" not in phone.opens("/call").words


def test_family_said_after_the_press_takes_back_the_pages_of_the_responders_agency(night: Night) -> None:
    phone = night.rosa_waits()
    phone.presses("Say where you work, for the right law")

    phone.presses("Go on", state="US-CO", service="families", responder_at="Cedar Mesa PD")

    assert "Cedar Mesa Police Department" not in _agencies(night.paged())
    assert night.call.pages_out > 0
    assert "Afraid of someone at home?" in phone.opens("/call").words


def test_family_who_names_no_agency_is_told_that_the_unsure_are_left_out(night: Night) -> None:
    phone = night.rosa_waits()
    phone.presses("Say where you work, for the right law")

    screen = phone.presses("Go on", state="US-CO", service="families")

    assert "We are not sure where your responder works" in screen.words
    assert not {"Cedar Mesa Police Department", "Larkspur Bend Fire Rescue"} & _agencies(night.paged())


def test_where_rosa_works_leaves_nobody_out_when_she_is_not_family(night: Night) -> None:
    phone = night.rosa_waits()
    before = night.paged()
    phone.presses("Say where you work, for the right law")

    phone.presses("Go on", state="US-CO", service="law_enforcement")

    assert night.paged() == before
    assert night.call.wishes_used is False


def test_a_form_left_empty_leaves_nobody_out(night: Night) -> None:
    phone = night.rosa_waits()
    phone.presses("Say what matters, and who must not come")

    screen = phone.presses("Go on")

    assert "Where we were not sure" not in screen.words
    assert night.call.wishes_used is False


def test_the_screen_of_names_says_that_they_may_identify_and_lists_no_helper(night: Night) -> None:
    phone = night.rosa_waits()
    screen = phone.presses("Say what matters, and who must not come")

    assert "These together may identify you." in screen.words
    assert not any(name in screen.raw for name in night.paged())


def test_only_what_rosa_ticks_is_kept_to_be_shown(night: Night) -> None:
    phone = night.rosa_waits()
    phone.presses("Say what matters, and who must not come")

    phone.presses(
        "Go on", agency="Far Away PD", unit="Night patrol", matters=["shift", "divorce"], show=["unit", "matters"]
    )

    shown = shown_of(Call.objects.get())
    assert shown[0] == "Unit: Night patrol"
    assert len(shown) == 3
    assert not any("Far Away" in line for line in shown)


def test_reading_the_limits_notes_the_wording_the_kind_and_the_time_and_no_more(night: Night) -> None:
    phone = night.rosa_waits()
    screen = phone.presses("Read what stays private, and where that ends")
    assert "We note that these words were shown, which wording, and when. No more." in screen.words

    phone.presses("I’ve read this")

    (noted,) = LimitsRead.objects.all()
    assert noted.kind == "peer"
    assert noted.version == night.call.limits[0].version
    assert noted.read_at == clock.now()
    assert {column.name for column in LimitsRead._meta.get_fields()} == {"id", "call", "kind", "version", "read_at"}


def test_limits_that_changed_since_are_shown_again_as_they_are_now(night: Night) -> None:
    phone = night.rosa_waits()
    phone.presses("Read what stays private, and where that ends")

    screen = phone.presses("I’ve read this", version="2020-01.an-older-wording")

    assert "These words have changed since" in screen.words
    assert LimitsRead.objects.count() == 0
    phone.presses("I’ve read this")
    assert night.call.limits_due == ()


def test_limits_open_with_the_invitation_and_not_with_the_law(night: Night) -> None:
    phone = night.rosa_waits()

    screen = phone.presses("Read what stays private, and where that ends")

    assert screen.headings[1] == "You can say you want to die. We want to hear it."


def test_a_chaplain_who_answers_brings_limits_of_their_own(night: Night) -> None:
    phone = night.rosa_presses()
    phone.presses("Go on")
    phone.presses("Go on", wants="chaplain")
    phone.presses("See your call")
    night.answers(Kind.CHAPLAIN)

    phone.opens("/call")

    assert phone.screen.main_action == "Read what stays private"
    assert phone.presses("Read what stays private").headings[0].startswith("What stays private with a chaplain")


def _agencies(names: set[str]) -> set[str]:
    """The agencies of these helpers."""
    return {helper.agency_name for helper in roster.all_helpers() if helper.display_name in names}
