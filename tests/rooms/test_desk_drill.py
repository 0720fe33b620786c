"""A drill by the command line: begun by hand, and read without anybody's times."""

from argparse import Namespace
from collections.abc import Iterator

import pytest

from stepitup.desk import drill_begin, drill_show
from stepitup.desk.errors import DrillGoesOn
from stepitup.ground import heart
from stepitup.ground.deeds import deed
from stepitup.ground.models import LogBookEntry
from tests.stories import cast
from tests.stories.night import Night, a_night

pytestmark = pytest.mark.django_db

BEGIN = Namespace(also_off_duty=False)


@pytest.fixture
def night() -> Iterator[Night]:
    with a_night() as ours:
        yield ours


def test_it_begins_and_is_told_with_the_keys_of_the_roster(night: Night, capsys: pytest.CaptureFixture[str]) -> None:
    sam, ines = night.joins(cast.SAM), night.joins(cast.INES)
    deed(heart.beat, name="a watch")
    assert drill_begin.do(BEGIN) == 0
    night.watch.work()
    sam.gets_a_page().says_it_reached_me()
    ines.may_be_paged()
    assert drill_show.do(Namespace()) == 0
    assert capsys.readouterr().out == (
        "The drill has begun. Each test says TEST and that nobody is waiting.\n"
        "See who was reached: stepitup drill show.\n"
        "Drill of 2026-03-04 03:04, begun by hand.\n"
        "  Reached: 1 of 2. Let sleep or not disturbed: 0.\n"
        "  Not reached: ines: the test went out; no answer so far.\n"
    )
    assert LogBookEntry.objects.filter(what="ran_drill", who="operator").exists()


def test_without_a_watch_it_says_that_nothing_goes_out(night: Night, capsys: pytest.CaptureFixture[str]) -> None:
    night.watch.stop()
    night.passes(minutes=1)
    drill_begin.do(BEGIN)
    assert "No watch is alive" in capsys.readouterr().out


def test_a_second_one_at_once_is_refused_in_words(night: Night) -> None:
    drill_begin.do(BEGIN)
    with pytest.raises(DrillGoesOn, match="stepitup drill show"):
        drill_begin.do(BEGIN)


def test_before_the_first_it_says_how_to_begin(night: Night, capsys: pytest.CaptureFixture[str]) -> None:
    drill_show.do(Namespace())
    assert "stepitup drill begin" in capsys.readouterr().out
