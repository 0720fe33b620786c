"""What the team answers before its first night: sealed, signed, dated, and laid over the file."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from stepitup.desk import check
from stepitup.desk.checking.finding import Weight
from stepitup.desk.checking.set_up import about_the_set_up
from stepitup.ground import bell, log_book, set_up
from stepitup.ground.deeds import deed
from stepitup.ground.models import TeamAnswer
from stepitup.ground.set_up import YES, Asked, ChangedMeanwhile
from stepitup.ground.team import SignedAnswers, Team, lay_over, team
from tests.stories.the_disk import everything_stored

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 3, 4, 10, 4, tzinfo=UTC)
TODAY = NIGHT.date()
MARIA = log_book.account(3)


@pytest.fixture(autouse=True)
def words_of_the_file_again() -> Iterator[None]:
    yield
    lay_over({})


def say(texts: Mapping[Asked, str], *, seen: Mapping[Asked, int] | None = None, dated: date = TODAY) -> None:
    set_up.answer(NIGHT, texts, signed_by="A. Counsel", dated=dated, who=MARIA, seen=seen or {})
    set_up.read_again()


def test_an_answer_is_signed_and_dated_and_stands_over_the_file(settings: Settings) -> None:
    settings.TEAM = Team(who_runs="Lodge 12", complaint_to="the file")
    say({Asked.COMPLAINT_TO: "The coalition, 555 0150", Asked.MY_JOB: "Talking is no ground for anything."})
    assert team().complaint_to == "The coalition, 555 0150"
    assert team().who_runs == "Lodge 12", "what the team did not answer is as the file says"
    assert team().my_job == SignedAnswers("Talking is no ground for anything.", "A. Counsel", TODAY)


def test_an_answer_taken_back_leaves_the_file_standing(settings: Settings) -> None:
    settings.TEAM = Team(complaint_to="the file")
    say({Asked.COMPLAINT_TO: "The coalition"})
    say({Asked.COMPLAINT_TO: ""}, seen={Asked.COMPLAINT_TO: 1})
    assert team().complaint_to == "the file"


@pytest.mark.parametrize(("in_the_file", "answered"), [(True, "no"), (False, YES)])
def test_an_employer_whom_either_names_is_named(settings: Settings, in_the_file: bool, answered: str) -> None:
    settings.TEAM = Team(run_by_employer=in_the_file)
    say({Asked.RUN_BY_EMPLOYER: answered})
    assert team().run_by_employer


def test_who_read_an_older_answer_is_told_and_changes_nothing() -> None:
    say({Asked.POLICY: "The binder in the office"})
    say({Asked.POLICY: "The binder at the union"}, seen={Asked.POLICY: 1})
    for seen in (0, 1):
        with pytest.raises(ChangedMeanwhile) as told:
            say({Asked.POLICY: "Something else"}, seen={Asked.POLICY: seen})
        assert told.value.now is not None
        assert told.value.now.text == "The binder at the union"
    assert set_up.answers()[Asked.POLICY].version == 2


def test_the_log_book_says_which_question_and_not_what_was_said() -> None:
    say({Asked.COUNSEL: "Dana Whitfield, 555 0177"})
    line = log_book.entries(2026).last()
    assert line is not None
    assert (line.who, line.what, line.about) == (MARIA, "answered_set_up", "counsel")
    stored = everything_stored()
    assert not stored.holds("Whitfield")
    assert not stored.holds("A. Counsel")


def test_an_answer_under_another_site_key_is_no_answer() -> None:
    say({Asked.POLICY: "The binder"})
    TeamAnswer.objects.update(answer=b"\x00" * 40)
    assert set_up.answers() == {}


def test_check_names_each_question_without_an_answer() -> None:
    missing = [finding.what for finding in about_the_set_up(TODAY)]
    assert [
        word for word in ("policy", "clinical lead", "law", "records") if not any(word in one for one in missing)
    ] == []
    say(dict.fromkeys((Asked.POLICY, Asked.CLINICAL_LEAD, Asked.COUNSEL, Asked.RECORDS_REQUEST), "yes"))
    assert list(about_the_set_up(TODAY)) == []


def test_check_says_what_is_old_and_what_is_said_twice(settings: Settings) -> None:
    settings.TEAM = Team(complaint_to="the file")
    say({Asked.COMPLAINT_TO: "The coalition"}, dated=date(2024, 12, 1))
    thought = "\n".join(str(one) for one in about_the_set_up(TODAY) if one.weight is Weight.THINK)
    assert "Answered more than a year ago: complaint_to" in thought
    assert "`complaint_to` in team.toml is not shown" in thought


def test_check_reads_the_answers_first(settings: Settings, tmp_path: Path) -> None:
    settings.TEAM = replace(Team(), data=tmp_path)
    say({Asked.COMPLAINT_TO: "The coalition"})
    lay_over({})
    assert not any("takes complaints" in one.what for one in check.everything(NIGHT))


@pytest.mark.django_db(transaction=True)
def test_every_process_hears_of_it() -> None:
    heard = []
    with bell.hearing(lambda topic, _about: heard.append(topic)):
        deed(set_up.answer, {Asked.WHO_RUNS: "Lodge 9"}, signed_by="M.", dated=TODAY, who=MARIA, seen={})
    assert heard == [set_up.BELL]
    assert team().who_runs == "Lodge 9", "this one has it at once"


def test_what_stood_before_is_kept_with_who_signed_it_and_goes_after_two_years() -> None:
    say({Asked.MY_JOB: "Ask the union first."}, dated=date(2026, 1, 5))
    say({Asked.MY_JOB: "Talking is no ground for anything."}, seen={Asked.MY_JOB: 1})
    [before] = set_up.earlier([Asked.MY_JOB])
    assert (before.text, before.signed_by, before.dated) == ("Ask the union first.", "A. Counsel", date(2026, 1, 5))
    assert before.until == NIGHT
    assert not everything_stored().holds("Ask the union first."), "sealed"
    assert set_up.forget_earlier(NIGHT + timedelta(days=731)) == 0
    assert set_up.forget_earlier(NIGHT + timedelta(days=732)) == 1


def test_an_answer_that_crossed_leaves_nothing_among_the_earlier_ones() -> None:
    say({Asked.MY_JOB: "One"})
    say({Asked.MY_JOB: "Two"}, seen={Asked.MY_JOB: 1})
    with pytest.raises(ChangedMeanwhile):
        say({Asked.MY_JOB: "Three"}, seen={Asked.MY_JOB: 1})
    assert [one.text for one in set_up.earlier([Asked.MY_JOB])] == ["One"]
