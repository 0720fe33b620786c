"""The team's own plan: read from plan.toml, every mistake at once, never in the way of a press."""

from datetime import timedelta
from pathlib import Path

import pytest

from stepitup.calls.plan import DEFAULT, SITTING, hand_off_plan, plan_as_json, plan_for, plan_from_json
from stepitup.calls.plan_file import FILE_NAME, plan_from, read_plan, teams_plan
from stepitup.ground.vocabulary import ANYONE, WANTS, Kind

pytestmark = pytest.mark.only_on("sqlite")

DEFAULT_IN_WORDS = """\
repeat_every = "5m"
repeat_how_many = 5
hotline_main_after = "2m"
join_within = "5m"
join_after_limits = "3m"
expires_after = "12h"

[[step]]
kinds = ["peer"]
how_many = 3
wait = "2m"

[[step]]
kinds = ["peer"]
how_many = 5
wait = "2m"

[[step]]
kinds = ["clinician"]
if_wanted = ["chaplain"]
how_many = 2
wait = "1m"

[[step]]
kinds = ["coordinator"]
how_many = 3
wait = "1m"
"""
ONE_STEP = '[[step]]\nkinds = ["peer"]\nhow_many = 1\nwait = "2m"\n'


def mistakes_in(text: str) -> list[str]:
    return [str(mistake) for mistake in plan_from(text).mistakes]


def test_the_default_can_be_written_as_a_file_and_says_the_same() -> None:
    read = plan_from(DEFAULT_IN_WORDS)
    assert (read.plan, read.mistakes, read.is_own) == (DEFAULT, (), True)


@pytest.mark.parametrize("wants", [None, *WANTS])
def test_what_is_frozen_onto_a_call_comes_back_as_it_was(wants: str | None) -> None:
    plan = plan_for(wants)
    assert plan_from_json(plan_as_json(plan)) == plan
    assert all(step.if_wanted == () for step in plan.steps)


def test_without_a_wish_peers_come_first_and_no_chaplain_comes_unasked() -> None:
    kinds = [kind for step in plan_for(None).steps for kind in step.kinds]
    assert kinds == [Kind.PEER, Kind.PEER, Kind.CLINICIAN, Kind.COORDINATOR]


def test_whoever_wants_a_chaplain_gets_chaplains_first_and_then_the_teams_steps() -> None:
    first, second, *_, fourth, _last = plan_for("chaplain").steps
    assert (first.kinds, second.kinds) == ((Kind.CHAPLAIN,), (Kind.PEER,))
    assert (fourth.kinds, fourth.how_many) == ((Kind.CHAPLAIN, Kind.CLINICIAN), 3)


def test_whoever_takes_whom_answers_first_gets_one_of_each_kind() -> None:
    assert plan_for(ANYONE).steps[0].kinds == SITTING


def test_a_team_of_four_writes_a_shorter_plan_and_every_wish_follows_it() -> None:
    ours = plan_from(ONE_STEP + 'if_wanted = ["chaplain"]\n').plan
    assert [step.how_many for step in plan_for(None, ours).steps] == [1]
    assert [(step.kinds, step.how_many) for step in plan_for("clinician", ours).steps] == [
        ((Kind.CLINICIAN,), 1),
        ((Kind.CHAPLAIN, Kind.PEER), 2),
    ]


def test_a_hand_off_keeps_the_times_that_were_frozen_onto_the_call() -> None:
    ours = plan_from('join_within = "9m"\n' + DEFAULT_IN_WORDS.replace('join_within = "5m"\n', "")).plan
    handed = hand_off_plan(Kind.CLINICIAN, plan_for(None, ours))
    assert handed.join_within == timedelta(minutes=9)
    assert [step.kinds for step in handed.steps] == [(Kind.CLINICIAN,), (Kind.COORDINATOR,)]


def test_every_mistake_is_told_at_once_with_its_line() -> None:
    text = """\
repeat_every = "a while"
hurry = true

[[step]]
kinds = ["peer", "friend"]
how_many = 0
wait = "2 days"

[[step]]
kinds = ["clinician"]
if_wanted = ["clinician"]
how_many = 2
"""
    told = mistakes_in(text)
    assert [line.split(":")[0] for line in told] == [
        "line 1",
        "line 2",
        "line 5",
        "line 6",
        "line 7",
        "line 9",
        "line 11",
    ]
    assert "step.1.kinds" in told[2]
    assert "chaplain" in told[2], "a wrong word gets the words to choose from"
    assert "wait is missing" in told[5]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no step"),
        ("step = 3\n", "[[step]]"),
        ("[step]\nkinds = ['peer']\n", "[[step]]"),
        ("[[step]\n", "line 1"),
        (ONE_STEP.replace('["peer"]', '["coordinator"]'), "somebody who can talk"),
        (ONE_STEP.replace('["peer"]', "[]"), "at least one"),
        (ONE_STEP.replace('["peer"]', '"peer"'), "a list"),
        (ONE_STEP.replace("1", "true"), "a whole number"),
        (ONE_STEP.replace('"2m"', "120"), '"2m"'),
        (ONE_STEP.replace('"2m"', '"16m"'), "from 15s to 15m"),
        (ONE_STEP.replace('"2m"', '"15m"') * 3, "30 minutes"),
        (ONE_STEP * 13, "12 steps at most"),
        ('expires_after = "2d"\n' + ONE_STEP, "from 1h to 12h"),
    ],
)
def test_what_cannot_stand_is_told_in_words(text: str, says: str) -> None:
    read = plan_from(text)
    assert any(says in str(mistake) for mistake in read.mistakes), read.mistakes
    assert read.plan == DEFAULT


def test_a_broken_file_never_stands_in_the_way_of_a_press(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"\xff\xfe not text")
    assert teams_plan(tmp_path) == DEFAULT
    assert read_plan(tmp_path).mistakes


def test_a_folder_without_the_file_has_the_default(tmp_path: Path) -> None:
    assert (teams_plan(tmp_path), read_plan(tmp_path).mistakes) == (DEFAULT, ())


def test_a_changed_file_holds_from_the_next_press_on(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    file.write_text(ONE_STEP)
    assert teams_plan(tmp_path).steps[0].how_many == 1
    file.write_text(ONE_STEP.replace("1", "14"))
    assert teams_plan(tmp_path).steps[0].how_many == 14
