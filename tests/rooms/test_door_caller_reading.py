"""The screens to read: numbers before words where a life may hang on it, and no promise that is not kept."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.apps import apps
from django.db import models
from django.test import Client, override_settings

from stepitup.door.reading.what_we_hold import ColumnWithoutALine, everything_we_hold, line_of
from stepitup.ground.team import SignedAnswers, team
from tests.rooms.callers_night import Night, callers_night

pytestmark = pytest.mark.django_db


@pytest.fixture
def night() -> Iterator[Night]:
    with callers_night() as begun:
        yield begun


def test_danger_shows_911_and_988_before_any_word_and_asks_nothing(night: Night) -> None:
    screen = night.phone().opens("/danger")
    main = screen.raw.partition("<h1>")[2]

    assert main.index('href="tel:911"') < main.index("<p>")
    assert main.index('href="tel:988"') < main.index("<p>")
    assert main.index('href="sms:988"') < main.index("<p>")
    for words in (
        "Say where you are. We do not know it and cannot find out.",
        "If a weapon or pills are near, move away from them, or ask someone to hold them.",
        "Is somebody in the house, or next door? Go to them. You need not explain.",
        "You do not have to feel better now. You only have to not be alone for the next while.",
        "Your own dispatch may take a 911 call. 988 is outside your department.",
    ):
        assert words in screen.words
    assert '<input type="text"' not in screen.raw


def test_backup_may_be_called_from_the_screen_of_danger_too(night: Night) -> None:
    phone = night.phone()
    phone.opens("/danger")

    assert phone.presses("Call for backup").headings[0] == "Your call is open"


def test_worried_about_someone_gives_911_the_direct_question_and_988(night: Night) -> None:
    screen = night.phone().opens("/worried")

    assert screen.links["Call 911"] == "tel:911"
    for words in (
        "Call 911 and say where they are. Ask for somebody trained in crisis.",
        "Ask directly: “Are you thinking about killing yourself?” Asking does not put it in their head.",
        "Listen. Stay, or stay on the line. You need not fix it.",
        "Ask whether a gun or pills are near. Ask whether somebody can hold them for now.",
        "Agree on tonight: who is with them, where, and what comes next.",
        "988 helps you help You can call or text for somebody else, and they tell you what to do.",
        "a call is always one’s own. But you can call for yourself, and ask a peer what you can do.",
    ):
        assert words in screen.words
    assert screen.links["Call for backup for yourself"] == "/"
    assert screen.links["Call 988"] == "tel:988"
    assert not [form for form in screen.forms if form.action == "/call"]  # nobody calls for another


def test_family_is_shown_the_line_for_abuse_at_home_before_peers(night: Night) -> None:
    screen = night.phone().opens("/family")

    assert screen.raw.index("1-800-799") < screen.raw.index("Call for backup for yourself")
    assert "a phone they cannot reach is safer" in screen.words
    assert "They may be able to see this phone" in screen.words
    assert "Under 18?" in screen.headings
    assert "Call or text 988 first. Somebody there listens, day and night." in screen.words
    assert "Our helpers are not trained for people under 18." in screen.words
    with override_settings(TEAM=replace(team(), under_18_trained=True)):
        assert "not trained" not in night.phone().opens("/family").words


def test_a_call_from_family_leaves_out_the_responders_agency(night: Night) -> None:
    phone = night.phone()
    phone.opens("/family")

    phone.presses("Call for backup", agency="Cedar Mesa PD", state="US-CO")

    assert night.paged()
    assert "Sam K." not in night.paged()
    assert night.call.situation.service == "families"


def test_a_family_that_names_no_agency_is_told_whom_we_leave_out(night: Night) -> None:
    phone = night.phone()
    phone.opens("/family")

    screen = phone.presses("Call for backup", agency="", state="unknown")

    assert screen.headings[0] == "Your call is open"
    assert "Where we were not sure" in screen.headings


def test_my_job_says_that_we_do_not_know_until_somebody_signs(night: Night) -> None:
    assert "ask your union or your own lawyer before you tell" in night.phone().opens("/my-job").words.lower()

    signed = SignedAnswers("Asking for help is no reason to take a badge.", "A. Counsel", date(2026, 1, 5))
    with override_settings(TEAM=replace(team(), my_job=signed)):
        screen = night.phone().opens("/my-job")
    assert "Asking for help is no reason to take a badge." in screen.words
    assert "Signed by A. Counsel, January 5, 2026." in screen.words


def test_when_the_employer_runs_the_machine_less_is_promised(night: Night) -> None:
    ours = replace(team(), who_runs="Cedar Mesa PD", network="the city", run_by_employer=True)
    with override_settings(TEAM=ours):
        for address in ("/", "/family", "/who-runs-this"):
            screen = night.phone().opens(address)
            assert "We tell nobody at work" not in screen.words
            assert "an employer runs this machine: Cedar Mesa PD, on the network of the city" in screen.words


def test_who_will_know_is_said_with_who_runs_it_and_where(night: Night) -> None:
    ours = replace(team(), who_runs="the union", network="a clinic", run_by_employer=False)
    with override_settings(TEAM=ours):
        words = night.phone().opens("/").words

    assert (
        "We tell nobody at work. The helper who answers knows what you tell them."
        " This machine is run by the union, on the network of a clinic."
    ) in words


def test_whoever_runs_the_machine_is_said_to_hold_its_key(night: Night) -> None:
    words = night.phone().opens("/who-runs-this").words
    assert "They also hold its key. While your call is open, they could open what you typed" in words
    assert "there is none" not in words, "numbers of open calls are held, sealed"
    held = night.phone().opens("/what-we-hold").words
    assert "Whoever runs this machine holds that key" in held
    assert "Your state, your work and who employs you choose the law. These, your number" in held


def test_nothing_is_promised_while_nobody_has_said_who_runs_it(night: Night) -> None:
    with override_settings(TEAM=replace(team(), who_runs="", network="")):
        words = night.phone().opens("/").words

    assert "We tell nobody at work" not in words
    assert "Nobody has said yet who runs this machine." in words
    with override_settings(TEAM=replace(team(), who_runs="the union", network="")):
        words = night.phone().opens("/").words
    assert "This machine is run by the union. On whose network it stands is not said yet." in words


def test_the_limits_can_be_read_by_anybody_for_any_state(night: Night) -> None:
    screen = night.phone().opens("/limits?state=US-CO&service=law_enforcement&employer=local&helper=peer")

    assert "You can say you want to die. We want to hear it." in screen.headings
    assert "Colorado" in screen.words
    assert "Where this is written" in screen.words


def test_a_strange_state_asks_again_and_shows_no_law(night: Night) -> None:
    screen = night.phone().opens("/limits?state=atlantis")

    assert screen.status == 422
    assert "“atlantis” is not one of these." in screen.words
    assert "What can end privacy in every state" not in screen.headings


def test_leaving_quickly_leads_to_a_screen_that_tells_nothing_and_ends_no_call(night: Night) -> None:
    phone = night.rosa_waits()

    screen = phone.opens(phone.screen.links["Leave quickly"])

    assert re.fullmatch(r"\w+day, \w+ \d+", screen.words)
    assert night.call.is_open


@pytest.mark.parametrize(("light", "mark"), [("night", "data-night"), ("day", "data-day")])
def test_night_and_day_are_the_persons_own_choice(night: Night, light: str, mark: str) -> None:
    phone = night.phone()
    phone.opens("/worried")

    screen = phone.sends("/night", {"light": light, "next": "/worried"})

    assert phone.address == "/worried"
    assert f'<html lang="en" {mark}>' in screen.raw


@pytest.mark.parametrize("away", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere", "/a\r\nb", ""])
def test_the_switch_of_colours_leads_nowhere_else(night: Night, away: str) -> None:
    answer = Client().post("/night", {"light": "night", "next": away})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_a_complaint_goes_to_somebody_outside_and_needs_no_name(night: Night) -> None:
    with override_settings(TEAM=replace(team(), complaint_to="Dana Reviewer, 303 555 0199")):
        screen = night.phone().opens("/something-went-wrong")

    assert "Dana Reviewer, 303 555 0199" in screen.words
    assert "You need not say your name." in screen.words


def test_everything_we_hold_is_listed_table_by_table_and_column_by_column() -> None:
    listed = {(table.room, column.line) for table in everything_we_hold() for column in table.columns}
    ours = apps.get_models(include_auto_created=True)

    assert len(everything_we_hold()) == len(ours)
    assert ("calls", "Where the caller says they are; until close.") in listed
    assert sum(len(table.columns) for table in everything_we_hold()) == sum(
        len(model._meta.concrete_fields) for model in ours
    )


def test_every_table_says_who_reads_it_and_when_it_is_deleted() -> None:
    for table in everything_we_hold():
        said = " ".join(table.paragraphs).lower()
        assert "read by" in said, table.name
        assert any(word in said for word in ("deleted", "overwritten", "no person stands")), table.name


def test_a_column_without_a_line_is_found() -> None:
    column: models.Field[object, object] = models.CharField(max_length=3)
    column.set_attributes_from_name("badge_number")

    with pytest.raises(ColumnWithoutALine, match="badge_number"):
        line_of(apps.get_model("calls", "Call"), column)


def test_what_others_hold_is_listed_beside_it(night: Night) -> None:
    screen = night.phone().opens("/what-we-hold")

    for holder in ("Your phone company", "Your network", "Your browser", "A hotline you call"):
        assert holder in screen.words
    assert "deleted 8 days after the press" in screen.words


@pytest.mark.parametrize(
    "address",
    ["/", "/first", "/family", "/back", "/danger", "/worried", "/my-job", "/who-runs-this", "/limits", "/what-we-hold",
     "/something-went-wrong", "/hotlines", "/nowhere", "/call"],
)  # fmt: skip
def test_every_screen_has_the_way_out_a_number_and_names_no_other_site(night: Night, address: str) -> None:
    screen = night.phone().opens(address)

    assert screen.links["Leave quickly"] == "/away"
    assert "/hotlines" in screen.links.values()
    assert len(screen.headings) >= 1
    assert screen.raw.count("<h1") == 1
    assert not [word for word in ('="http', 'src="//', "style=", "onclick", "javascript:") if word in screen.raw]
