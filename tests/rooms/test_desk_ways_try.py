"""`stepitup ways try`: a real test on each way, and in words what came back."""

import re
from argparse import Namespace
from collections.abc import Iterator

import pytest

from stepitup.desk import ways_try
from stepitup.desk.errors import NowhereToTry
from stepitup.ground import heart
from stepitup.ground.deeds import deed
from stepitup.paging.facts import Then
from stepitup.roster.models import Way
from tests.stories import cast
from tests.stories.night import Night, a_night

pytestmark = pytest.mark.django_db


@pytest.fixture
def night() -> Iterator[Night]:
    with a_night() as ours:
        yield ours


def try_ways(night: Night, where: str, *, wait: float = 5) -> int:
    return ways_try.do(Namespace(where=where, wait=wait), sleep=lambda seconds: night.passes(seconds=seconds))


def test_sam_presses_on_one_way_and_the_other_is_said_to_be_silent(
    night: Night, capsys: pytest.CaptureFixture[str]
) -> None:
    sam = night.joins(cast.SAM, ways=("text", "voice"))
    deed(heart.beat, name="a watch")

    def asleep_then_presses(seconds: float) -> None:
        night.passes(seconds=seconds)
        if sam.unread():
            sam.gets_a_page().says_it_reached_me()
            sam.may_be_paged()

    ways_try.do(Namespace(where="sam", wait=3), sleep=asleep_then_presses)
    said = capsys.readouterr().out
    assert "On their way: text, voice. Each says TEST." in said
    assert re.search(r"text: it works; the carrier took it after \d+\.\d s, the button was pressed after \d+ s\.", said)
    assert Way.objects.get(helper=sam.id, carrier="text").confirmed_on is not None
    assert cast.SAM.number not in said


def test_what_a_carrier_refused_is_said_in_its_word(night: Night, capsys: pytest.CaptureFixture[str]) -> None:
    night.joins(cast.SAM)
    deed(heart.beat, name="a watch")
    night.text.refuses(cast.SAM.number, Then.NEXT_WAY)
    assert try_ways(night, "sam") == 1
    assert "text: the carrier did not take it: not taken." in capsys.readouterr().out


def test_a_number_of_nobody_on_the_roster_is_tried_by_text_and_voice(
    night: Night, capsys: pytest.CaptureFixture[str]
) -> None:
    deed(heart.beat, name="a watch")
    assert try_ways(night, "+15125550147", wait=1) == 0
    assert [message.to for message in (*night.text.delivered, *night.voice.delivered)] == ["+15125550147"] * 2
    assert "nobody has pressed so far" in capsys.readouterr().out


def test_without_a_watch_it_is_sent_from_here_and_never_again(night: Night, capsys: pytest.CaptureFixture[str]) -> None:
    night.watch.stop()
    night.passes(minutes=1)
    try_ways(night, "+15125550147", wait=0)
    assert "No watch is alive, so they are sent from here." in capsys.readouterr().out
    night.watch.start()
    assert len(night.text.delivered) == 1


@pytest.mark.parametrize("where", ["nobody", "sam@example.org", "+1", ""])
def test_where_nothing_leads_it_says_what_to_write(night: Night, where: str) -> None:
    with pytest.raises(NowhereToTry, match="the key of a helper"):
        try_ways(night, where)
