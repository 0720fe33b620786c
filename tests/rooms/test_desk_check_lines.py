"""Lines of `stepitup check` that only some houses read: who can sign in, what was settled, a database that is away."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError
from pytest_django import Settings

from stepitup.desk import check
from stepitup.desk.checking.copies import about_safe_copies
from stepitup.desk.checking.finding import Finding, Weight
from stepitup.desk.checking.log_book import about_the_log_book
from stepitup.desk.checking.machine import about_the_watch
from stepitup.desk.checking.people import about_the_people
from stepitup.desk.checking.plan import about_the_plan, about_the_steps
from stepitup.desk.checking.set_up import about_the_set_up
from stepitup.desk.checking.sign_in import about_signing_in
from stepitup.desk.checking.words import about_the_words, some_of
from stepitup.desk.errors import NotUpToDate
from stepitup.desk.last_copy import LastCopy, note_last_copy
from stepitup.ground import heart, log_book, set_up
from stepitup.ground.deeds import deed
from stepitup.ground.set_up import Asked
from stepitup.ground.team import MailSettings, Team
from stepitup.roster import actions as roster
from stepitup.roster.models import Account
from tests.rooms.roster_builders import NIGHT, file_with, helper_in_file
from tests.rooms.test_team_devices import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]

TODAY = NIGHT.date()
WITH_KEY = Team(root_key=ROOT.public)


@pytest.fixture(autouse=True)
def ours(settings: Settings, tmp_path: Path) -> Team:
    """A house that sends by mail."""
    mail = MailSettings(host="mail.lodge12.example", sender="team@lodge12.example")
    settings.TEAM = Team(time_zone="America/Denver", mail=mail, data=tmp_path)
    return settings.TEAM  # type: ignore[no-any-return]  # settings know no types


def said(findings: Iterator[Finding], weight: Weight | None = None) -> str:
    return "\n".join(str(one) for one in findings if weight is None or one.weight is weight)


def by_mail(key: str, *more: str, kinds: str = '["peer"]') -> str:
    return helper_in_file(key, *more, kinds=kinds, way=f'carrier = "mail"\naddress = "{key}@home.example"')


def the_team_is(*helpers: str) -> None:
    report = deed(roster.import_roster, file_with(*helpers))
    assert report.is_good, [str(one) for one in report.mistakes]


# Who can sign in


def test_that_no_coordinator_can_sign_in_is_said_until_one_can() -> None:
    assert "No coordinator can sign in. stepitup invite --coordinator (docs/sign-in.md)" in said(
        about_signing_in(Team())
    )
    account = Account.objects.create(name="maria", is_coordinator=True)
    assert "can sign in" not in said(about_signing_in(Team()))
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert "can sign in" in said(about_signing_in(Team())), "a closed account opens nothing"


def test_without_a_root_key_any_phone_opens_what_a_caller_leaves_and_with_one_whoever_has_none_is_named() -> None:
    assert "The team has no root key" in said(about_signing_in(Team()))
    assert "root key" not in said(about_signing_in(WITH_KEY)), "nobody is on the roster yet"
    the_team_is(by_mail("sam"), by_mail("ines"))
    assert "No enrolled device, so callers must ring them: ines, sam." in said(about_signing_in(WITH_KEY))


# What the team settled


def test_each_question_that_nobody_answered_is_missing_with_where_to_answer_it() -> None:
    lacking = said(about_the_set_up(TODAY), Weight.MISSING).splitlines()
    assert len(lacking) == 4
    assert all(line.endswith("Answer it on /team/set-up.") for line in lacking)
    for words in ("no written policy", "no clinical lead", "whom the team asks about the law", "asks for records"):
        assert sum(words in line for line in lacking) == 1, words


def test_an_answer_of_a_year_ago_is_fresh_still_and_that_on_the_job_is_told_elsewhere() -> None:
    for asked in (Asked.POLICY, Asked.MY_JOB):
        deed(set_up.answer, {asked: "yes"}, signed_by="M.", dated=TODAY - timedelta(days=365), who="account 1", seen={})
    assert said(about_the_set_up(TODAY), Weight.THINK) == ""
    assert "Answered more than a year ago: policy." in said(about_the_set_up(TODAY + timedelta(days=1)), Weight.THINK)


# People and plan


def test_whoever_is_suspended_is_not_counted_among_those_whom_nobody_can_reach() -> None:
    the_team_is(by_mail("sam"), helper_in_file("ines", "suspended = true"), helper_in_file("theo"))
    assert "Nobody can reach theo: no way of theirs that works goes by mail." in said(about_the_people(NIGHT))


def test_that_the_site_key_is_gone_is_told_once_and_not_of_the_people_too(settings: Settings, tmp_path: Path) -> None:
    the_team_is(by_mail("sam"))
    settings.SITE_KEY_FILE = tmp_path / "lost"
    assert said(about_the_people(NIGHT)) == ""


def test_without_a_carrier_each_hour_of_the_week_is_empty_and_that_is_not_told_hour_by_hour(
    ours: Team, settings: Settings
) -> None:
    the_team_is(by_mail("sam", 'duty = ["daily 06:00-22:00"]'))
    settings.TEAM = replace(ours, mail=None)
    assert said(about_the_people(NIGHT), Weight.MISSING) == ""


def test_of_many_gaps_eight_are_told_and_the_rest_counted() -> None:
    the_team_is(by_mail("sam", 'duty = ["daily 06:00-12:00", "daily 13:00-22:00"]'))
    told = said(about_the_people(NIGHT), Weight.MISSING)
    assert told.count("Nobody who can talk is fit from") == 8
    assert "more such gaps this week. Look at the duty hours." in told


def test_those_who_are_not_paged_all_week_for_one_reason_stand_on_one_line() -> None:
    the_team_is(by_mail("sam"), by_mail("ines", "suspended = true"), by_mail("theo", "suspended = true"))
    assert "Not paged all week: ines, theo. Is suspended." in said(about_the_people(NIGHT), Weight.THINK)


def test_a_step_whose_people_were_all_asked_before_is_skipped_and_a_thin_one_says_how_many_it_has() -> None:
    both = '["clinician", "chaplain"]'
    the_team_is(*(by_mail(f"peer-{number}") for number in range(3)), by_mail("okafor", kinds=both))
    thin = said(about_the_steps(NIGHT), Weight.THINK)
    assert "The step at 2:00 (five of: peer) is skipped now: everybody who is fit was asked by an earlier step." in thin
    assert "The step at 4:00 (two of: clinician) has one now." in thin
    assert "first gets none now" not in thin


def test_the_plan_is_told_with_its_steps_and_where_nobody_is_there_in_one_line_for_all() -> None:
    assert len(said(about_the_plan(NIGHT)).splitlines()) == 1
    the_team_is(*(by_mail(f"peer-{number}") for number in range(4)))
    assert "The step at 2:00 (five of: peer) has one now." in said(about_the_plan(NIGHT))


# What callers read, and the machine


def test_beside_the_first_lines_the_other_hotlines_are_counted_and_the_helpers_card_wants_a_clinician(
    ours: Team,
) -> None:
    thought = said(about_the_words(ours.data, default_state="US-CO", today=TODAY), Weight.THINK)
    assert "more hotlines were not test-called this month: " in thought
    assert "No clinician of yours has approved the helper's card." in thought


def test_a_long_list_stays_one_line() -> None:
    names = [f"h{number}" for number in range(14)]
    assert some_of(names[:12]) == ", ".join(names[:12])
    assert some_of(names).endswith("h11 and 2 more")


def test_a_safe_copy_that_only_its_owner_can_read_is_not_told(ours: Team) -> None:
    copy = ours.data / "copy"
    copy.touch(mode=0o600)
    note_last_copy(ours.data, LastCopy(NIGHT, copy))
    assert "can read" not in said(about_safe_copies(ours.data, now=NIGHT))
    assert said(about_safe_copies(ours.data, now=NIGHT), Weight.MISSING) == ""


@pytest.mark.only_on("linux")
def test_a_safe_copy_of_this_day_on_another_disk_is_all_that_is_wanted(ours: Team) -> None:
    note_last_copy(ours.data, LastCopy(NIGHT, Path("/proc/self/environ")))  # for its owner alone, on no disk of ours
    assert said(about_safe_copies(ours.data, now=NIGHT + timedelta(hours=24))) == ""


def test_a_watch_that_stopped_is_told() -> None:
    deed(heart.beat, name="a watch")
    beat = heart.last_beat()
    assert beat is not None
    assert said(about_the_watch(beat)) == ""
    assert "No watch beats" in said(about_the_watch(beat + timedelta(minutes=1)))


# The log book


def test_a_card_of_a_book_that_is_gone_is_held_against_the_head_that_stayed() -> None:
    for year in (2020, 2026):
        log_book.note(NIGHT.replace(year=year), who="account 3", what=log_book.What.CHANGED, about="helper 17")
    genuine = log_book.head_now(2020)
    log_book.keep_and_forget(NIGHT)
    first, size, root, *rest = genuine.splitlines()
    other = "\n".join([first, size, log_book.head_now(2026).splitlines()[2], *rest])
    assert root not in other
    told = said(about_the_log_book(NIGHT, {Path("card"): other}))
    assert "The head in card is not the one that this house kept of 2020." in told
    assert said(about_the_log_book(NIGHT, {Path("card"): genuine})) == ""


# The database


def test_a_database_that_does_not_answer_is_told_in_its_own_first_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def is_away() -> bool:
        raise DatabaseError("connection refused\nIs the server running?")

    monkeypatch.setattr(check, "is_up_to_date", is_away)
    told = said(check.everything(datetime.now(UTC)))
    assert "The database does not answer (connection refused). See that it runs." in told


def test_a_database_of_an_older_version_is_asked_nothing_more(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(check, "is_up_to_date", lambda: False)
    told = said(check.everything(datetime.now(UTC)))
    assert "The database is older than this program. stepitup migrate" in told
    assert "on the roster" not in told
    with pytest.raises(NotUpToDate):
        check.do(Namespace(log_book=[]))


def test_a_house_with_an_empty_log_book_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.do(Namespace(log_book=[])) == 0
    assert (
        "The log book (it is empty) is what was written: nothing changed, dropped or added." in capsys.readouterr().out
    )


def test_one_thing_is_missing_or_several_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lacks = Finding(Weight.MISSING, "Nobody is there.", "Ask somebody.")
    for several, words in (([lacks], "1 thing is missing"), ([lacks] * 2, "2 things are missing")):
        monkeypatch.setattr(check, "everything", lambda _now, found=several: iter(found))
        assert check.do(Namespace(log_book=None)) == 1
        assert capsys.readouterr().out.splitlines()[-1] == f"{words} before the first real night."
