"""What `stepitup check` says of drills and of the rehearsed call: what is set, what came of it, what is missing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from pytest_django import Settings

from stepitup.desk.check import everything
from stepitup.desk.checking.drills import about_drills
from stepitup.desk.checking.finding import Finding, Weight, is_ready, missing, say, think, well
from stepitup.desk.checking.rehearsals import about_rehearsals
from stepitup.drills.a_drill import begin
from stepitup.drills.models import Rehearsal
from stepitup.ground import clock, heart
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.team import (
    DrillSettings,
    MailSettings,
    OperatorSettings,
    ProviderSettings,
    RehearsalSettings,
    Team,
)
from stepitup.paging.facts import PageState
from stepitup.paging.models import Page
from stepitup.roster import actions as roster
from stepitup.roster import questions as ask
from tests.rooms.roster_builders import NIGHT, file_with, helper_in_file

pytestmark = [pytest.mark.only_on("sqlite"), pytest.mark.django_db]

MONTHLY = DrillSettings("month", "tuesday", 19)
OUTSIDE = RehearsalSettings(5, "https://outside.example/a-secret")
BY_TWO = OperatorSettings(by_mail="op@home.example", by_text="+13035550190")
OURS = Team(
    time_zone="America/Denver",
    mail=MailSettings(host="mail.lodge12.example", sender="team@lodge12.example"),
    drills=MONTHLY,
    rehearsal=OUTSIDE,
    operator=OperatorSettings(by_mail="op@home.example"),
)
BY_MAIL = 'carrier = "mail"\naddress = "{key}@home.example"'


@pytest.fixture(autouse=True)
def night(settings: Settings) -> Iterator[HandClock]:
    settings.TEAM = OURS
    with clock.use(hand := HandClock(NIGHT)):
        yield hand


def said(findings: Iterator[Finding], weight: Weight | None = None) -> str:
    return "\n".join(str(one) for one in findings if weight is None or one.weight is weight)


def of_drills(ours: Team = OURS, weight: Weight | None = None) -> str:
    return said(about_drills(ours, now=clock.now()), weight)


def of_rehearsals(ours: Team = OURS, weight: Weight | None = None) -> str:
    return said(about_rehearsals(ours, now=clock.now()), weight)


def a_drill(*, with_theo: bool = True) -> None:
    """Ines and Sam can be asked by mail; Theo's only way goes by a carrier that this house has not."""
    people = [helper_in_file(key, way=BY_MAIL.format(key=key)) for key in ("ines", "sam")]
    deed(roster.import_roster, file_with(*people, *([helper_in_file("theo")] if with_theo else [])))
    deed(begin, by_hand=True)


# Drills


def test_a_team_without_drills_is_told_how_to_have_one() -> None:
    told = of_drills(replace(OURS, drills=None))
    assert "Write [drills] into team.toml (docs/drills.md)." in told
    assert "There was no drill in the last 35 days. stepitup drill begin" in told


def test_the_timetable_is_said_in_words_with_the_next_day() -> None:
    assert "well     Drills: every first Tuesday of a month at 19:00. The next is on 2026-04-07." in of_drills()
    weekly = replace(OURS, drills=DrillSettings("week", "friday", 7, also_off_duty=True))
    assert "every Friday at 07:00, those off duty too. The next is on 2026-03-06." in of_drills(weekly)


def test_whom_a_drill_did_not_reach_is_named_with_what_to_look_at_and_never_how_quickly() -> None:
    a_drill()
    Page.objects.filter(helper=ask.ids_of({"sam"})["sam"]).update(state=PageState.REACHED, settled_at=NIGHT)
    told = of_drills(weight=Weight.THINK)
    assert "reached 1 of 3, not theo: no way is left by which this house sends." in told
    assert "reached 1 of 3, not ines: the test is on its way." in told
    assert "sam" not in told
    assert "second" not in told
    assert "minute" not in told


def test_one_that_reached_everybody_is_well_and_one_that_reached_nobody_is_missing(night: HandClock) -> None:
    a_drill(with_theo=False)
    night.wind(hours=25)
    assert "reached nobody of 2. See that pages leave this house." in of_drills(weight=Weight.MISSING)
    assert of_drills(weight=Weight.THINK) == "", "each of them by name would hide that it is the house"
    Page.objects.update(state=PageState.REACHED, settled_at=NIGHT)
    assert "The drill of 2026-03-04 03:04 reached 2 of 2." in of_drills(weight=Weight.WELL)


def test_a_drill_of_this_hour_that_nobody_answered_yet_is_not_missing_and_one_that_never_was_is_told_alone() -> None:
    assert len(of_drills(weight=Weight.THINK).splitlines()) == 1
    a_drill(with_theo=False)
    assert of_drills(weight=Weight.MISSING) == ""
    told = of_drills(weight=Weight.THINK)
    assert "reached 0 of 2, not ines, sam: the test is on its way. Ring them" in told
    assert "No drill comes by itself" not in told
    Page.objects.update(state=PageState.REACHED, settled_at=NIGHT)
    assert of_drills(weight=Weight.THINK) == ""


def test_a_weekly_drill_that_does_not_come_is_noticed(night: HandClock) -> None:
    a_drill()
    night.wind(hours=24 * 9)
    weekly = replace(OURS, drills=DrillSettings("week", "tuesday", 19))
    assert "there is to be one each week" in of_drills(weekly)
    assert "there is to be one" not in of_drills()
    assert "there is to be one" not in of_drills(replace(OURS, drills=None)), "that one was begun by hand"
    night.wind(hours=-24)
    assert "there is to be one" not in of_drills(weekly), "eight days: a clock that was changed, or moved by hand"


# The rehearsed call


@pytest.mark.parametrize(
    ("change", "weight", "says"),
    [
        ({"rehearsal": None}, Weight.THINK, "Write [rehearsal] into team.toml"),
        ({"operator": None}, Weight.THINK, "Nobody is told when a rehearsal comes to nothing"),
        ({"operator": OperatorSettings()}, Weight.THINK, "Nobody is told when a rehearsal comes to nothing"),
        ({"operator": BY_TWO}, Weight.MISSING, "[operator] has by_text, and this house does not send that way"),
        ({}, Weight.THINK, "by one way alone"),
        ({"rehearsal": RehearsalSettings(5)}, Weight.THINK, "Write `heartbeat_url` under [rehearsal]"),
        ({"rehearsal": RehearsalSettings(5, "http://hc.example/x")}, Weight.THINK, "without TLS"),
        ({"rehearsal": RehearsalSettings(5, "https://127.0.0.1/x")}, Weight.THINK, "this very machine"),
    ],
)
def test_what_is_left_out_is_said_with_what_to_write(change: dict[str, object], weight: Weight, says: str) -> None:
    assert says in of_rehearsals(replace(OURS, **change), weight)  # type: ignore[arg-type]  # each row fits its field


def test_a_house_that_does_not_rehearse_is_asked_nothing_more_about_it() -> None:
    assert len(of_rehearsals(replace(OURS, rehearsal=None, operator=None)).splitlines()) == 1


def test_an_operator_with_no_way_at_all_hears_of_that_alone_and_one_with_two_that_work_of_nothing(
    settings: Settings,
) -> None:
    assert "[operator]" in (told := of_rehearsals(replace(OURS, operator=None)))
    assert "one way alone" not in told
    assert "by one way alone" in of_rehearsals(replace(OURS, operator=BY_TWO)), "the other is not sent"
    with_text = replace(OURS, operator=BY_TWO, text=ProviderSettings("AC1", "token", "+13035550100"))
    settings.TEAM = with_text
    assert "perator" not in of_rehearsals(with_text)


def test_an_address_on_this_machine_is_not_also_called_unprotected() -> None:
    told = of_rehearsals(replace(OURS, rehearsal=RehearsalSettings(5, "http://localhost/x")))
    assert "on this very machine" in told
    assert "without TLS" not in told
    assert "heartbeat_url" not in of_rehearsals()


def test_how_it_goes_is_said_while_the_house_lives(night: HandClock) -> None:
    assert "has gone well" not in of_rehearsals(), "a house that stands still is told elsewhere"
    deed(heart.beat, name="a watch")
    assert "No rehearsal has gone well yet" in of_rehearsals(weight=Weight.THINK)
    Rehearsal.objects.create(began_at=NIGHT, went_well_at=None)
    assert "No rehearsal has gone well yet" in of_rehearsals(weight=Weight.THINK), "the first is under way"
    Rehearsal.objects.update(went_well_at=NIGHT - timedelta(minutes=11))
    assert "it went well 11 minutes ago." in of_rehearsals(weight=Weight.WELL), "one that was late is no trouble yet"
    Rehearsal.objects.update(went_well_at=NIGHT - timedelta(minutes=2))
    assert "every 5 minutes; it went well 2 minutes ago." in of_rehearsals(weight=Weight.WELL)
    Rehearsal.objects.update(went_well_at=NIGHT - timedelta(minutes=12))
    assert "No rehearsal has gone well for 12 minutes." in of_rehearsals(weight=Weight.MISSING)
    Rehearsal.objects.update(failures=2)
    assert "2 rehearsals in a row came to nothing; one last went well at 09:52 UTC" in of_rehearsals()


def test_the_address_outside_is_a_secret_here_too() -> None:
    deed(heart.beat, name="a watch")
    for url in ("https://outside.example/a-secret", "http://outside.example/a-secret", "https://localhost/a-secret"):
        assert "a-secret" not in of_rehearsals(replace(OURS, rehearsal=RehearsalSettings(5, url)))


def test_a_demonstration_is_not_asked_for_drills() -> None:
    ours = replace(OURS, mail=None, drills=None, rehearsal=None, demo=True)
    assert of_drills(ours) + of_rehearsals(ours) == ""


# Together


def test_check_asks_for_both_and_what_is_well_comes_last(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(everything(clock.now()))
    assert "Drills: every first Tuesday" in told
    assert "The operator is told by one way alone" in told
    findings = [well("All is well."), think("It is late.", "Rest."), missing("Nothing is here.", "Bring it.")]
    say(findings)
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["MISSING", "think", "well"]
    assert not is_ready(findings)
    assert is_ready(findings[:2])
