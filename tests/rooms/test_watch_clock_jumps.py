"""The host sleeps, or its clock is put forward: every lease seems to have run out while its holder is still at it."""

from datetime import UTC, datetime

import pytest

from stepitup.ground import clock
from stepitup.ground.clock import HandClock
from stepitup.ground.models import Timer
from stepitup.paging.models import Attempt
from stepitup.watch.loop import Watch
from tests.rooms.calls_house import hire_peers, press
from tests.rooms.watch_house import Carrier, soon, watching

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_clock_put_forward_sends_no_page_twice_and_leaves_the_line_its_room() -> None:
    with clock.use(HandClock(datetime(2026, 3, 4, 10, 4, tzinfo=UTC))) as hand:
        assert isinstance(hand, HandClock)
        hire_peers(3)
        with watching(slow := Carrier("text", at_once=8).hang()) as watch:
            press()
            soon(lambda: len(slow.tried) == 3, what="nobody was paged")
            room = _room(watch)
            for _ in range(3):
                hand.wind(seconds=10)
                soon(lambda: _renewed(hand), what="the leases were not renewed")
            slow.let_go()
            soon(lambda: not _waiting(), what="what came of it was not noted")
            soon(lambda: _room(watch) == room + 3, what="the line has lost room for good")
            assert len(slow.tried) == 3, "a page that was under way was sent again"


def _room(watch: Watch) -> int:
    return watch._lines["attempt:text"].room()


def _renewed(hand: HandClock) -> bool:
    return not Timer.objects.filter(kind="attempt:text", next_at__lte=hand.now()).exists()


def _waiting() -> bool:
    return Attempt.objects.filter(state="waiting").exists()
