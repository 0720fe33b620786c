"""The stories' own language: it must notice what nobody asked about, or it would tell tales."""

import re
from pathlib import Path

import pytest

from stepitup.ground.deeds import deed
from stepitup.paging.facts import NoticeWords, Reach
from stepitup.paging.notices import write_notice
from tests.stories import cast
from tests.stories.night import a_night
from tests.stories.phone import BUTTONS


def test_a_message_that_nobody_asked_about_fails_the_story(db: None) -> None:
    with a_night() as night:
        sam = night.joins(cast.SAM)
        night.rosa().presses()
        with pytest.raises(AssertionError, match="nobody asked about"):
            night.must_end_quietly()
        sam.gets_a_page()


def test_a_message_that_never_came_fails_the_story(db: None) -> None:
    with a_night() as night:
        sam = night.joins(cast.SAM)
        with pytest.raises(AssertionError, match="got nothing"):
            sam.gets_a_page()


def test_the_same_page_once_more_is_not_taken_for_a_new_one(db: None) -> None:
    with a_night() as night:
        sam = night.joins(cast.SAM)
        night.rosa().presses()
        sam.gets_a_page()
        night.passes(minutes=6)
        with pytest.raises(AssertionError, match="the same page again"):
            sam.gets_a_page()
        sam.may_be_paged()


def test_a_message_to_somebody_who_is_not_in_the_story_fails_it(db: None) -> None:
    with a_night(also_by=("mail",)) as night:
        write_to = [Reach(0, "mail", "who@else.example")]
        deed(lambda now: write_notice(now, NoticeWords.OVER, write_to))
        night.watch.work()
        with pytest.raises(AssertionError, match="not in this story"):
            night.must_end_quietly()
        night.phone("who@else.example")


@pytest.mark.parametrize("way", ["mail", "push", "app", "voice"])
def test_a_message_by_any_way_that_nobody_asked_about_fails_the_story(db: None, way: str) -> None:
    with a_night(also_by=("mail", "push", "app")) as night:
        sam = night.joins(cast.SAM, ways=(way,))
        night.rosa().presses()
        with pytest.raises(AssertionError, match="nobody asked about"):
            night.must_end_quietly()
        sam.may_be_paged()


@pytest.mark.only_on("sqlite")
def test_the_buttons_of_a_notice_are_those_that_the_browsers_script_shows() -> None:
    script = (Path(__file__).parents[2] / "browser/src/worker/sw.ts").read_text(encoding="utf-8")
    english = script.partition("const ENGLISH")[2].partition("};")[0].partition("words: {")[2].partition("\n  },")[0]
    kinds = re.split(r"\n    (\w+): ", english)[1:]
    shown = {
        kind: re.findall(r'title: "([^"]+)"', told.partition("actions:")[2])
        for kind, told in zip(kinds[::2], kinds[1::2], strict=True)
    }
    assert shown == {kind: list(buttons) for kind, buttons in BUTTONS.items()}
    verbs = re.search(r"\{ (\[YES\].*?) \}\[action\]", script)
    assert verbs is not None
    assert set(re.findall(r'"(\w+)"', verbs[1])) == {verb for of in BUTTONS.values() for verb in of.values()}


def test_a_button_that_is_not_there_cannot_be_pressed(db: None) -> None:
    with a_night() as night:
        with pytest.raises(AssertionError, match="there is no button"):
            night.rosa().presses("Make everything good")
