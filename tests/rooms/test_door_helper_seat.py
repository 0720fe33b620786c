"""The seat beside a caller: what the helper sees and when, what they do, and how they are afterwards."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stepitup.calls import actions
from stepitup.calls import questions as calls
from stepitup.calls.models import Call
from stepitup.calls.models import Seat as SeatRow
from stepitup.calls.told import Number, Told
from stepitup.door.answer_a_page.seat_words import told_of
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.vocabulary import Kind
from stepitup.limits.notice import Situation
from stepitup.roster.models import Helper
from tests.rooms.door_night import NIGHT, ON_CALL, Phone, Rosa, demo_night
from tests.rooms.in_sight import has_a_number_in_sight
from tests.stories.screen import holds

pytestmark = pytest.mark.django_db

THEIRS = "+13035550199"
ALL_TOLD = Told(
    situation=Situation("US-CO", "law_enforcement", "local"),
    shown=("divorce", "Night shift on Patrol North"),
    number=Number(THEIRS, if_lost="text"),
)


@pytest.fixture(autouse=True)
def night() -> Iterator[HandClock]:
    with demo_night() as hand:
        yield hand


@pytest.fixture
def rosa() -> Rosa:
    return Rosa(ALL_TOLD)


@pytest.fixture
def sam(rosa: Rosa) -> Phone:
    return Phone().takes(rosa.keys[0])


def test_before_the_limits_were_read_sam_sees_only_that_somebody_waits(rosa: Rosa, sam: Phone) -> None:
    rosa.says_where("Behind the depot on Elm")
    sam.opens("/seat")
    assert "Someone is waiting. They are reading the limits." in sam.screen
    for secret in ("0199", "separation", "Patrol North", "Elm", "Colorado"):
        assert secret not in sam.screen
    assert 'href="/seat/at-hand" target="_blank"' in sam.screen


def test_once_words_may_pass_the_seat_has_all_that_a_helper_needs_on_one_screen(rosa: Rosa, sam: Phone) -> None:
    rosa.reads_the_limits()
    sam.opens("/seat")
    main = sam.screen.partition("<main")[2].partition("</main")[0]
    for words in ("I’m with them", "I can’t after all", "Not a call for backup", "Yes, we are finished"):
        assert words in main
    for words in ("Suggest a chaplain", "Suggest a clinician", "The talk meets a limit", "They do not answer"):
        assert words in main
    assert 'href="/seat/at-hand" target="_blank"' in main
    assert "Need to talk it over yourself? Our clinician" in main


def test_the_waiting_seat_looks_again_by_itself_with_and_without_script(sam: Phone) -> None:
    assert 'data-live="/seat/events"' in sam.screen
    assert 'data-true-for="61"' in sam.screen, "until then it is right about “in 5 minutes”"
    assert '<dd aria-live="off">in 5 minutes' in sam.screen, "time that passes is not read out each minute"
    assert '<noscript><meta http-equiv="refresh" content="10; url=/seat"></noscript>' in sam.screen


def test_after_the_limits_sam_sees_what_rosa_chose_to_show(rosa: Rosa, sam: Phone) -> None:
    rosa.says_where("Behind the depot on Elm")
    rosa.reads_the_limits()
    sam.opens("/seat")
    assert f'href="tel:{THEIRS}"' in sam.screen
    assert f'href="sms:{THEIRS}"' in sam.screen
    assert "Your own number will show on their phone, and theirs on your phone bill." in sam.screen
    assert "they want a text from you, not a ring" in sam.screen
    assert "Never leave a voicemail" in sam.screen
    assert "A separation or divorce" in sam.screen
    assert "Night shift on Patrol North" in sam.screen
    assert "Behind the depot on Elm" in sam.screen
    danger = sam.screen.partition('<h2 id="where">You cannot trace this caller</h2>')[2].partition("</section>")[0]
    assert "Ask where they are. Stay. Get a second person to ring." in danger


def test_what_both_went_through_is_said_in_a_sentence_once_the_limits_were_read(rosa: Rosa, sam: Phone) -> None:
    both = "You both went through a separation."
    Helper.objects.update(shares=[{"what": "divorce", "shown": False}])
    sam.opens("/seat")
    assert both not in sam.screen
    rosa.reads_the_limits()
    sam.opens("/seat")
    assert both in sam.screen
    Helper.objects.update(shares=[{"what": "shift", "shown": True}])
    sam.opens("/seat")
    assert both not in sam.screen


@pytest.mark.parametrize(
    ("if_lost", "words"),
    [("ring", "they want you to ring again"), ("text", "a text from you"), ("neither", "neither a ring nor a text")],
)
def test_what_rosa_wants_if_the_two_lose_each_other_is_said(if_lost: str, words: str) -> None:
    rosa = Rosa(Told(number=Number(THEIRS, if_lost=if_lost)))
    sam = Phone().takes(rosa.keys[0])
    rosa.reads_the_limits()
    assert words in sam.opens("/seat").screen


def test_without_a_number_rosa_rings_the_team_number() -> None:
    rosa = Rosa()
    sam = Phone().takes(rosa.keys[0])
    rosa.reads_the_limits()
    assert "They see your team number" in sam.opens("/seat").screen
    assert "Their number may show on your phone and on your phone bill. They were told so." in sam.screen


def test_with_no_number_on_either_side_it_is_said_plainly() -> None:
    rosa = Rosa()
    sam = Phone().takes(rosa.keys[0])
    Helper.objects.update(team_number_sealed=None)
    rosa.reads_the_limits()
    assert "They cannot reach you, nor you them." in sam.opens("/seat").screen


def test_the_limits_for_these_two_can_be_opened_section_by_section(rosa: Rosa, sam: Phone) -> None:
    rosa.reads_the_limits()
    sam.opens("/seat")
    assert "You and this caller" in sam.screen
    assert sam.screen.count("<details") > 8


@pytest.mark.parametrize(
    ("same_agency", "sworn", "words"),
    [
        (None, None, "We do not know if you work for the same agency."),
        (True, None, "You work for the same agency. They may fear that it will hear of this."),
        (False, None, "You are from another agency. The caller's law may not cover a peer from another agency."),
        (None, None, "We do not know if you are sworn. If you are, tell the caller before they speak."),
        (None, True, "You are sworn. Tell the caller before they speak."),
        (None, False, "You are not sworn. You may still have duties of your own to report."),
    ],
)
def test_the_limits_for_these_two_say_what_they_are_to_each_other(
    rosa: Rosa, sam: Phone, same_agency: bool | None, sworn: bool | None, words: str
) -> None:
    rosa.reads_the_limits()
    sees = replace(calls.as_helper_sees(sam.cookies["__Host-seat"]), same_agency=same_agency, sworn=sworn)
    (pair,) = [section for section in told_of(sees, NIGHT)["limits"].sections if section.key == "pair"]
    assert words in " ".join(pair.paragraphs)


def test_im_with_them_then_finished_then_how_are_you(rosa: Rosa, sam: Phone) -> None:
    rosa.reads_the_limits()
    assert sam.presses("/seat/joined").at == "/seat"
    assert "You are with them" in sam.opens("/seat").screen
    assert rosa.state() == "joined"
    assert sam.presses("/seat/finished").at == "/seat/how-are-you"
    assert rosa.state() == "closed"
    sam.opens(sam.at)
    assert "How are you?" in sam.screen
    assert ON_CALL in sam.screen


def test_im_with_them_does_nothing_before_the_limits_were_read(rosa: Rosa, sam: Phone) -> None:
    sam.presses("/seat/joined")
    assert rosa.state() == "acknowledged"
    assert "They are reading the limits" in sam.opens("/seat").screen


def test_i_cannot_after_all_asks_the_next_helper(rosa: Rosa, sam: Phone) -> None:
    sam.presses("/seat/hand-back")
    assert rosa.state() == "waiting"
    sam.opens("/seat")
    assert "Thank you for saying so" in sam.screen
    assert "How are you?" in sam.screen


def test_not_a_call_is_asked_twice_and_ends_it_kindly(rosa: Rosa, sam: Phone) -> None:
    assert "Yes, end it" in sam.screen
    sam.presses("/seat/not-a-call")
    assert Call.objects.get().ending == "not_a_call"


@pytest.mark.parametrize("kind", ["chaplain", "clinician"])
def test_somebody_else_comes_only_with_rosas_yes(rosa: Rosa, sam: Phone, kind: str) -> None:
    rosa.reads_the_limits()
    sam.presses("/seat/hand-off", kind=kind)
    assert len(rosa.keys) == 3
    assert f"You suggested a {kind} as well. One comes only if they say yes." in sam.opens("/seat").screen
    deed(actions.answer_suggestion, rosa.call, yes=True)
    assert rosa.key_for(Kind(kind))


def test_a_kind_that_nobody_offers_changes_nothing(rosa: Rosa, sam: Phone) -> None:
    assert sam.presses("/seat/hand-off", kind="priest").status == 200
    assert Call.objects.get().suggested == ""


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        (actions.stand_down, "They stood down"),
        (actions.not_this_person, "They go on with somebody else"),
    ],
)
def test_when_it_ends_from_the_other_side_sam_is_told_kindly(rosa: Rosa, sam: Phone, verb: object, words: str) -> None:
    deed(verb, rosa.call)  # type: ignore[arg-type]  # two verbs of the same kind, handed over as they are
    sam.opens("/seat")
    assert words in sam.screen
    assert not holds(sam.screen, "0199")


def test_when_the_two_do_not_come_together_sam_is_told_that_others_are_asked(
    rosa: Rosa, sam: Phone, night: HandClock
) -> None:
    night.wind(minutes=30)
    for seat in SeatRow.objects.all():
        deed(actions.nobody_joined, seat.turn_id)
    assert "You could not do more from here" in sam.opens("/seat").screen


def test_the_card_to_have_at_hand_holds_nothing_of_anybody_and_may_be_kept_offline(rosa: Rosa, sam: Phone) -> None:
    rosa.reads_the_limits()
    sam.opens("/seat/at-hand")
    assert sam.status == 200
    assert "Are you thinking about killing yourself?" in sam.screen
    assert "max-age" in sam.headers["Cache-Control"]
    assert not holds(sam.screen, "0199")
    assert Phone().opens("/seat/at-hand").screen.count("<section") == sam.screen.count("<section")


def test_the_day_somebody_who_was_helped_has_died_has_a_screen_without_blame() -> None:
    ines = Phone().opens("/seat/hard-news")
    assert ines.status == 200, "no seat is needed: the talk is over and deleted"
    for words in (
        "You are not to blame.",
        "Ring your coordinator or the clinician",
        "They ring each helper who needs to know, one by one.",
        "Nobody here orders you",
    ):
        assert words in ines.screen
    assert ON_CALL in ines.screen
    assert has_a_number_in_sight(ines.screen)
    assert "committed" not in ines.screen


def test_before_finishing_sam_is_told_to_ask_whether_to_check_on_them(rosa: Rosa, sam: Phone) -> None:
    rosa.reads_the_limits()
    assert "May I check on you?" in sam.opens("/seat").screen
    assert "Their number is gone from here once your part ends" in sam.screen


def test_the_disclosure_guide_says_what_to_do_and_sends_nothing(rosa: Rosa, sam: Phone) -> None:
    rosa.reads_the_limits()
    before = Call.objects.values().get()
    sam.opens("/seat/limit-reached")
    assert "This screen sends nothing to anybody" in sam.screen
    assert 'href="tel:911"' in sam.screen
    assert Call.objects.values().get() == before


def test_if_they_do_not_answer_sam_is_told_that_nobody_is_sent(rosa: Rosa, sam: Phone) -> None:
    rosa.reads_the_limits()
    sam.opens("/seat/gone")
    assert "No one is sent by itself." in sam.screen
    assert "You could not do more from here." in sam.screen
    assert "Need to talk it over yourself? Our clinician" in sam.screen
    assert "they want a text from you" in sam.screen


def test_a_press_from_another_site_changes_nothing(rosa: Rosa, sam: Phone) -> None:
    crossing: list[dict[str, str]] = [
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ]
    for headers in crossing:
        sam.presses("/seat/hand-back", headers=headers)
        assert sam.status == 403
        assert "Nothing was changed" in sam.screen
    assert rosa.state() == "acknowledged"


def test_a_press_from_here_is_taken_however_the_browser_says_so(rosa: Rosa, sam: Phone) -> None:
    rosa.reads_the_limits()
    assert sam.headers["Referrer-Policy"] == "same-origin"
    sam.presses("/seat/joined", headers={"Origin": "https://testserver", "Host": "testserver"})
    assert rosa.state() == "joined"


def test_the_seats_cookie_is_for_this_host_alone_and_no_script_reads_it(sam: Phone) -> None:
    morsel = sam._client.cookies["__Host-seat"]
    assert (morsel["secure"], morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, True, "Lax", "/")
    assert morsel["domain"] == ""


@pytest.mark.parametrize("seat", ["", "x", "x" * 43, "x" * 5000, "ключ", "\x00"])
def test_whoever_has_no_seat_is_shown_the_way(seat: str) -> None:
    for address in ("/seat", "/seat/joined", "/seat/finished", "/seat/rest", "/seat/fine", "/seat/gone"):
        stranger = Phone().presses(address, seat=seat, until="12h")
        assert stranger.status == 404
        assert "There is no seat on this phone" in stranger.screen


@pytest.mark.parametrize(
    ("form", "until"),
    [
        ({"until": "12h"}, NIGHT + timedelta(hours=12)),
        ({"until": "24h"}, NIGHT + timedelta(hours=24)),
        ({"until": "3d"}, NIGHT + timedelta(days=3)),
        ({"until": "day", "day": "2026-03-09"}, datetime(2026, 3, 9, 6, tzinfo=UTC)),
    ],
)
def test_sam_rests_until_the_time_he_chose(rosa: Rosa, sam: Phone, form: dict[str, str], until: datetime) -> None:
    sam.presses("/seat/finished")
    sam.presses("/seat/rest", headers=None, **form)
    assert "You get no pages until" in sam.screen
    assert Helper.objects.get(pk=SeatRow.objects.get().helper_id).off_until == until
    assert "__Host-seat" not in sam.cookies


@pytest.mark.parametrize("day", ["", "tomorrow", "2026-03-01", "2026-02-30", "9999-12-31", "2030-01-01", "\x00"])
def test_a_day_we_cannot_read_is_asked_again_and_what_was_typed_stays(rosa: Rosa, sam: Phone, day: str) -> None:
    sam.presses("/seat/finished")
    sam.presses("/seat/rest", until="day", day=day)
    assert sam.status == 422
    assert "Please look at this again" in sam.screen
    assert "<title>Error: Today</title>" in sam.screen
    assert Helper.objects.get(pk=SeatRow.objects.get().helper_id).off_until is None


def test_fine_forgets_the_seat_and_notes_nothing(rosa: Rosa, sam: Phone) -> None:
    sam.presses("/seat/finished")
    before = list(Helper.objects.values())
    sam.presses("/seat/fine")
    assert "Rest well" in sam.screen
    assert "__Host-seat" not in sam.cookies
    assert list(Helper.objects.values()) == before


@pytest.mark.parametrize(("address", "form"), [("/seat/fine", {}), ("/seat/rest", {"until": "12h"})])
def test_how_are_you_from_an_earlier_call_takes_nobody_from_the_one_that_is_on(
    rosa: Rosa, sam: Phone, address: str, form: dict[str, str]
) -> None:
    sam.presses("/seat/finished")
    sam.takes(Rosa().keys[0])
    sam.presses(address, headers=None, **form)
    assert "Someone is waiting. They are reading the limits." in sam.screen
    assert "__Host-seat" in sam.cookies


def test_no_seat_is_kept_by_a_browser_and_no_title_tells_anything(rosa: Rosa, sam: Phone) -> None:
    rosa.reads_the_limits()
    for address in ("/seat", "/seat/gone", "/seat/limit-reached", "/seat/how-are-you"):
        sam.opens(address)
        assert sam.headers["Cache-Control"] == "no-store"
        assert "<title>Today</title>" in sam.screen


def test_every_screen_of_the_seat_works_without_cookies(rosa: Rosa) -> None:
    ines = Phone(keeps_cookies=False).takes(rosa.keys[0])
    assert "press “Look again now” every few moments" in ines.screen
    assert "goes on by itself as soon as" not in ines.screen
    rosa.reads_the_limits()
    secret = ines.hidden("seat")
    for address in ("/seat", "/seat/gone", "/seat/limit-reached", "/seat/how-are-you"):
        ines.presses(address, seat=secret)
        assert ines.status == 200
        assert ines.hidden("seat") == secret
    assert "http-equiv" not in ines.presses("/seat", seat=secret).screen
    ines.presses("/seat/finished", seat=secret)
    assert "Rest well" in ines.presses("/seat/rest", seat=secret, until="12h").screen
