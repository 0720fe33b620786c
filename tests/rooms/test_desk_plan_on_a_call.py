"""A team's own plan on a real call: it leads the press, and is frozen there."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from stepitup.calls import actions as calls
from stepitup.calls.models import Asked, Turn
from stepitup.calls.plan import DEFAULT, plan_from_json
from stepitup.calls.told import Told
from stepitup.ground.deeds import deed
from stepitup.ground.team import team
from stepitup.paging.carriers import use
from stepitup.paging.carriers.pager.sender import Pager
from stepitup.roster import actions as roster
from tests.rooms.roster_builders import file_with, helper_in_file

pytestmark = pytest.mark.django_db

ONE_PEER = '[[step]]\nkinds = ["peer"]\nhow_many = 1\nwait = "4m"\n'
TEAM = file_with(
    *(helper_in_file(name) for name in ("sam", "ines", "theo")),
    helper_in_file("daniel", kinds='["chaplain"]'),
)


@pytest.fixture
def plan_file(settings: Settings, tmp_path: Path) -> Path:
    settings.TEAM = replace(team(), data=tmp_path)
    return tmp_path / "plan.toml"


def rosa_presses(wants: str | None = None) -> Turn:
    with use(Pager()):
        opened = deed(calls.call_for_backup, press=calls.Press(), told=Told(wants=wants))
    return Turn.objects.get(call=opened.id)


def test_the_teams_plan_says_how_many_are_paged(plan_file: Path) -> None:
    plan_file.write_text(ONE_PEER)
    deed(roster.import_roster, TEAM)
    turn = rosa_presses()
    assert Asked.objects.count() == 1
    assert turn.next_at is not None
    assert (turn.next_at - turn.opened_at).total_seconds() == 240


def test_a_call_under_way_keeps_the_plan_that_it_began_with(plan_file: Path) -> None:
    deed(roster.import_roster, TEAM)
    turn = rosa_presses()
    plan_file.write_text(ONE_PEER)
    turn.refresh_from_db()
    assert plan_from_json(turn.plan).steps[0] == DEFAULT.steps[0]


def test_a_wish_told_while_pages_are_out_is_led_by_the_teams_plan_too(plan_file: Path) -> None:
    plan_file.write_text(ONE_PEER)
    deed(roster.import_roster, TEAM)
    turn = rosa_presses()
    with use(Pager()):
        deed(calls.tell, turn.call_id, Told(wants="chaplain"))
    turn.refresh_from_db()
    assert [step.kinds for step in plan_from_json(turn.plan).steps] == [("chaplain",), ("peer",)]
    assert list(Asked.objects.filter(page__state="open").values_list("kind", flat=True)) == ["chaplain"]


def test_with_a_broken_plan_rosa_is_paged_for_by_the_default(plan_file: Path) -> None:
    plan_file.write_text("[[step]\n")
    deed(roster.import_roster, TEAM)
    rosa_presses()
    assert Asked.objects.count() == 3
