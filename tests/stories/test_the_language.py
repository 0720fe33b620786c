"""The stories' own language: it must notice what nobody asked about, or it would tell tales."""

import pytest

from tests.stories import cast
from tests.stories.night import a_night


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


def test_a_button_that_is_not_there_cannot_be_pressed(db: None) -> None:
    with a_night() as night:
        with pytest.raises(AssertionError, match="there is no button"):
            night.rosa().presses("Make everything good")
