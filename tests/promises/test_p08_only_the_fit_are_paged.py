"""P8: fitness is asked three times: when the page is written, before it is sent, and when it is answered."""

from collections.abc import Callable

import pytest

from stepitup.calls.models import Seat
from stepitup.ground.deeds import deed
from stepitup.paging.models import Page
from stepitup.roster import actions as roster
from stepitup.roster.models import Helper as HelperRow
from stepitup.roster.models import Way
from tests.stories import cast
from tests.stories.night import START, Night
from tests.stories.people import Helper, Rosa

Unfit = Callable[[Night, Helper], object]
WHY: dict[str, Unfit] = {
    "suspended": lambda night, sam: deed(roster.suspend, sam.id),
    "taken off the roster": lambda night, sam: deed(_take_off, sam),
    "certificate lapsed yesterday": lambda night, sam: night.joins(sam.part, certified_until="2026-03-03"),
    "certificate holds from tomorrow": lambda night, sam: night.joins(sam.part, certified_since="2026-03-05"),
    "wants no pages until noon": lambda night, sam: deed(roster.rest_until, sam.id, START.replace(hour=19)),
    "off duty at this hour": lambda night, sam: night.joins(sam.part, duty='["daily 08:00-20:00"]'),
    "no way of reaching them works": lambda night, sam: deed(_lose_every_way, sam),
}


@pytest.fixture
def sam(night: Night) -> Helper:
    return night.joins(cast.SAM)


@pytest.mark.parametrize("why", WHY)
def test_whoever_is_not_fit_at_the_press_is_not_paged(night: Night, rosa: Rosa, sam: Helper, why: str) -> None:
    WHY[why](night, sam)
    rosa.presses()
    night.passes(minutes=12)
    sam.gets_nothing()
    assert not Page.objects.exists()


@pytest.mark.parametrize("why", WHY)
def test_whoever_is_not_fit_any_more_when_the_page_is_to_be_sent_does_not_get_it(
    night: Night, rosa: Rosa, sam: Helper, why: str
) -> None:
    night.watch.stop()
    rosa.presses()
    assert Page.objects.filter(state="open").exists()
    WHY[why](night, sam)
    night.watch.start()
    night.passes(minutes=12)
    sam.gets_nothing()


@pytest.mark.parametrize("why", WHY)
def test_whoever_is_not_fit_any_more_when_they_answer_does_not_sit(
    night: Night, rosa: Rosa, sam: Helper, why: str
) -> None:
    rosa.presses()
    page = sam.gets_a_page()
    night.watch.stop()
    WHY[why](night, sam)
    sam.phone.sends(f"{page.path}/acknowledge", {})
    assert sam.phone.screen.status == 409
    assert "This one goes to another helper" in sam.phone.screen.words
    assert not Seat.objects.exists()


def test_whoever_sits_with_somebody_is_not_paged(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    sam.gets_a_page().answers()
    night.rosa().presses()
    night.passes(minutes=4)
    sam.gets_nothing()


def test_whoever_holds_an_unanswered_page_gets_no_second_one(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    sam.gets_a_page()
    night.rosa().presses()
    night.passes(minutes=1)
    sam.gets_nothing()


def test_fit_again_they_are_asked_again(night: Night, rosa: Rosa, sam: Helper) -> None:
    deed(roster.suspend, sam.id)
    rosa.presses()
    night.passes(minutes=6)
    sam.gets_nothing()
    deed(roster.lift_suspension, sam.id)
    night.passes(minutes=5)
    sam.gets_a_page()


def _take_off(now: object, sam: Helper) -> None:
    HelperRow.objects.filter(pk=sam.id).update(removed_at=now)


def _lose_every_way(now: object, sam: Helper) -> None:
    Way.objects.filter(helper=sam.id).update(unreachable_since=now)
