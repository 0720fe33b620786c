"""A notice on a night when the push service, or our own clock, is broken: one try, in time, and in words."""

import time
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest

from stepitup.paging.carriers.mail.tests.broken_servers import nobody_answers_the_door
from stepitup.paging.carriers.push.sender import Push
from stepitup.paging.carriers.push.tests.far_end import HALF, PushFarEnd, push_far_end
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Outgoing, Then

pytestmark = pytest.mark.only_on("sqlite")

LIMIT = timedelta(seconds=0.3)
GRACE = 1.5
A_DAY = 24 * 3600


@pytest.fixture
def there() -> Iterator[PushFarEnd]:
    with push_far_end() as far_end:
        yield far_end


def refusal(push: Push, page: Outgoing) -> tuple[str, Then]:
    """Send, see that it comes to an end in time, and return why not."""
    began = time.monotonic()
    with pytest.raises(CannotSend) as refused:
        push.send(page)
    assert time.monotonic() - began < push.time_limit.total_seconds() + GRACE
    return refused.value.why, refused.value.then


@pytest.mark.fault("hangs on connect")
def test_a_service_that_does_not_open_is_left_when_the_time_is_up(there: PushFarEnd) -> None:
    with nobody_answers_the_door() as port:
        assert refusal(there.elsewhere(port, limit=LIMIT), there.page()) == ("out of time", Then.NEXT_WAY)


@pytest.mark.fault("hangs on read")
def test_a_service_that_takes_the_line_and_says_nothing_is_left_too(there: PushFarEnd) -> None:
    with there.hanging(LIMIT) as silent:
        assert refusal(silent, there.page()) == ("out of time", Then.NEXT_WAY)


@pytest.mark.fault("half an answer")
def test_half_an_answer_is_tried_again_and_stands_for_the_same_notice(there: PushFarEnd) -> None:
    page = there.page()
    there.service.says["browser-4"] = HALF
    assert refusal(there.carrier, page) == ("cut off", Then.TRY_AGAIN)
    del there.service.says["browser-4"]
    there.carrier.send(page)
    assert len(there.seen()) == 1


@pytest.mark.fault("500s for an hour")
def test_a_service_that_is_broken_is_tried_again_and_used_when_it_is_well(there: PushFarEnd) -> None:
    there.service.says["browser-4"] = 500
    for _try in range(3):
        assert refusal(there.carrier, there.page()) == ("status 500", Then.TRY_AGAIN)
    del there.service.says["browser-4"]
    there.carrier.send(there.page())
    assert len(there.seen()) == 1


@pytest.mark.fault("rate limited")
def test_a_service_that_has_had_enough_is_tried_again_in_seconds(there: PushFarEnd) -> None:
    there.service.says["browser-4"] = 429
    assert refusal(there.carrier, there.page()) == ("status 429", Then.TRY_AGAIN)


@pytest.mark.fault("wrong credentials")
def test_a_service_that_does_not_know_us_is_the_next_way_and_the_browser_is_kept(there: PushFarEnd) -> None:
    there.service.says["browser-4"] = 401
    assert refusal(there.carrier, there.page()) == ("signature not taken", Then.NEXT_WAY)


@pytest.mark.fault("clock skew in signatures")
@pytest.mark.parametrize("off", [-A_DAY, A_DAY])
def test_where_our_clock_is_a_day_off_the_next_way_goes_and_the_browser_is_kept(
    there: PushFarEnd, monkeypatch: pytest.MonkeyPatch, off: int
) -> None:
    monkeypatch.setattr("webpush.vapid.time", SimpleNamespace(time=lambda: time.time() + off))
    assert refusal(there.carrier, there.page()) == ("signature not taken", Then.NEXT_WAY)
    assert there.service.came == []
