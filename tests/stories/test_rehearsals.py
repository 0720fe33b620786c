"""The house rehearses a call with itself: nobody is paged, nothing is counted, and somebody outside hears of it."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.test import override_settings

from stepitup.calls import questions as calls
from stepitup.calls.errors import LimitsNotRead
from stepitup.calls.models import Call
from stepitup.door.health import how_ready
from stepitup.drills import rehearsal
from stepitup.drills.rehearsal import HowItWent, how_it_went
from stepitup.ground import timers
from stepitup.ground.deeds import deed
from stepitup.ground.team import OperatorSettings, RehearsalSettings, team
from stepitup.paging import questions as paging
from stepitup.paging.carriers.house import own
from stepitup.paging.models import Attempt, Page
from stepitup.roster import questions as roster
from stepitup.roster.models import Helper as HelperRow
from stepitup.tally.models import WeekCount
from tests.stories import cast
from tests.stories.night import START, Night, a_night

EVERY_FIVE = RehearsalSettings()


@contextmanager
def outside(status: int = 200) -> Iterator[tuple[str, list[str]]]:
    """Somebody outside who listens: their address, and what they heard."""
    heard: list[str] = []

    class Listens(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: this is a test."""

    with http.server.HTTPServer(("127.0.0.1", 0), Listens) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/beat", heard
        finally:
            server.shutdown()


@pytest.fixture
def night(db: None) -> Iterator[Night]:
    with a_night(rehearsal=EVERY_FIVE) as ours:
        yield ours


def arm_heartbeat(now: datetime) -> None:
    timers.arm(rehearsal.HEARTBEAT, rehearsal.THE_HOUSE, now)


def deaf(monkeypatch: pytest.MonkeyPatch) -> None:
    """The house's own phone rings and nobody hears it."""
    monkeypatch.setattr(own.OwnWay, "send", lambda _self, page: page.key)


def test_it_goes_the_whole_way_by_itself_and_says_when(night: Night) -> None:
    night.watch.work()
    assert how_it_went() == HowItWent(START, failures=0)
    (call,) = Call.objects.all()
    assert (call.rehearsal, call.state, call.ending) == (True, "closed", "finished")
    assert timers.armed_for(rehearsal.LOOK, rehearsal.THE_HOUSE) is None, "nothing is left to look at"
    night.passes(minutes=5)
    assert how_it_went() == HowItWent(night.clock.now(), failures=0)


def test_where_nobody_listens_outside_no_errand_is_begun(night: Night) -> None:
    deed(rehearsal.keep_time)
    night.watch.stop()
    deed(rehearsal.begin, rehearsal.THE_HOUSE)
    deed(rehearsal.answer, Page.objects.get(state="open").pk)
    assert how_it_went() == HowItWent(START, failures=0)
    assert timers.armed_for(rehearsal.HEARTBEAT, rehearsal.THE_HOUSE) is None


def test_nobody_is_paged_and_nothing_is_counted_or_shown(night: Night) -> None:
    sam = night.joins(cast.SAM)
    night.passes(minutes=21)
    sam.gets_nothing()
    assert night.messages() == []
    assert sum(calls.how_many().values()) == calls.how_many_are_kept() == 0
    assert paging.how_many_attempts() == {}
    assert not WeekCount.objects.exists()
    assert [one.id for one in roster.all_helpers()] == [sam.id]
    assert HelperRow.with_the_house.count() == HelperRow.objects.count() + 1
    assert "the-house" not in roster.export_roster()


def test_it_never_takes_the_place_of_a_call(night: Night) -> None:
    sam, rosa = night.joins(cast.SAM), night.rosa()
    night.watch.work()
    rosa.presses()
    page = sam.gets_a_page()
    night.passes(minutes=1)
    page.answers()
    rosa.sees("Sam K. has answered")
    assert Attempt.objects.filter(page__helper=sam.id).exclude(carrier="text").count() == 0


def test_a_call_is_never_given_to_the_house_itself(night: Night) -> None:
    night.watch.work()
    rosa = night.rosa()
    rosa.presses()
    night.passes(minutes=7)
    rosa.does_not_see("the house has answered")
    assert not Call.objects.filter(rehearsal=False, state="acknowledged").exists()


def test_each_is_deleted_after_ten_minutes(night: Night) -> None:
    night.passes(hours=1)
    assert Call.objects.count() <= 3


def test_without_the_words_in_team_toml_nothing_is_rehearsed(db: None) -> None:
    with a_night() as quiet:
        quiet.passes(minutes=30)
        assert how_it_went() is None
        assert not Call.objects.exists()


def test_a_minute_after_the_first_that_came_to_nothing_the_operator_is_told_once_by_each_way(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator = OperatorSettings(by_text="+13035550190", by_voice="+13035550190")
    with a_night(rehearsal=EVERY_FIVE, operator=operator) as night:
        hers = night.phone("+13035550190")
        deaf(monkeypatch)
        night.passes(minutes=5, seconds=59)  # the one of 03:04 went well; that of 03:09 does not, nor that of 03:09:30
        assert night.messages() == []
        night.passes(seconds=1)
        says = "This house could not rehearse a call, twice. Look at the machine now."
        assert hers.gets_a_text().says == says
        assert hers.rings().says() == [says, says]
        night.passes(minutes=45)
        assert len(night.messages()) == 2
        told = how_it_went()
        assert told is not None
        assert told.is_in_trouble


def test_one_on_which_the_two_do_not_come_together_did_not_go_well(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody_comes(*_args: object) -> None:
        raise LimitsNotRead

    night.watch.work()
    monkeypatch.setattr("stepitup.calls.actions.joined", nobody_comes)
    night.passes(minutes=5, seconds=31)
    assert how_it_went() == HowItWent(START, failures=1)


def test_a_team_that_wants_none_any_more_has_none_and_a_clock_put_back_puts_none_off(night: Night) -> None:
    night.watch.work()
    now = night.clock.now()
    timers.arm(rehearsal.BEGIN, rehearsal.THE_HOUSE, now + timedelta(hours=2))
    deed(rehearsal.keep_time)
    assert timers.armed_for(rehearsal.BEGIN, rehearsal.THE_HOUSE) == now
    timers.arm(rehearsal.BEGIN, rehearsal.THE_HOUSE, now + timedelta(minutes=4))
    deed(rehearsal.keep_time)
    assert timers.armed_for(rehearsal.BEGIN, rehearsal.THE_HOUSE) == now + timedelta(minutes=4)
    with override_settings(TEAM=replace(team(), rehearsal=None)):
        deed(rehearsal.keep_time)
    assert timers.armed_for(rehearsal.BEGIN, rehearsal.THE_HOUSE) is None
    timers.arm(rehearsal.BEGIN, rehearsal.THE_HOUSE, now)


def test_a_team_that_wants_none_any_more_is_not_rehearsed_by_a_timer_that_is_left(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    night.watch.work()
    deaf(monkeypatch)
    deed(rehearsal.begin, rehearsal.THE_HOUSE)  # it stays open
    with override_settings(TEAM=replace(team(), rehearsal=None)):
        before = Call.objects.count()
        for verb in (rehearsal.begin, rehearsal.look):
            deed(verb, rehearsal.THE_HOUSE)
        assert Call.objects.count() == before
        assert how_it_went() is None
        deed(rehearsal.keep_time)
        assert timers.armed_for(rehearsal.LOOK, rehearsal.THE_HOUSE) is None
    assert how_it_went() == HowItWent(START, failures=0)
    timers.arm(rehearsal.BEGIN, rehearsal.THE_HOUSE, START + timedelta(minutes=5))


def test_a_look_that_finds_all_well_begins_no_other(night: Night) -> None:
    night.watch.work()
    deed(rehearsal.look, rehearsal.THE_HOUSE)
    assert Call.objects.count() == 1


@pytest.mark.only_on("sqlite")
def test_it_is_in_trouble_from_when_the_operator_is_told() -> None:
    assert [HowItWent(START, failures=failures).is_in_trouble for failures in (0, 1, 2, 3)] == [
        False,
        False,
        True,
        True,
    ]


def test_whoever_was_told_of_it_hears_once_that_all_is_well_again_and_is_not_rung_for_that(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator = OperatorSettings(by_text="+13035550190", by_voice="+13035550190")
    with a_night(rehearsal=EVERY_FIVE, operator=operator) as night:
        hers = night.phone("+13035550190")
        with monkeypatch.context() as deafened:
            deaf(deafened)
            night.passes(minutes=7)
        hers.gets_a_text()
        hers.rings()
        night.passes(minutes=30)
        assert hers.gets_a_text().says == "This house rehearses calls well again."
        assert hers.unread() == []


def test_whoever_can_only_be_rung_hears_that_by_ring(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_night(rehearsal=EVERY_FIVE, operator=OperatorSettings(by_voice="+13035550190")) as night:
        hers = night.phone("+13035550190")
        with monkeypatch.context() as deafened:
            deaf(deafened)
            night.passes(minutes=7)
        hers.rings()
        night.passes(minutes=5)
        assert hers.rings().says() == ["This house rehearses calls well again."] * 2


def test_whoever_was_not_reached_the_first_time_is_told_again_within_the_hour(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_night(rehearsal=EVERY_FIVE, operator=OperatorSettings(by_text="+13035550190")) as night:
        hers = night.phone("+13035550190")
        deaf(monkeypatch)
        night.text.refuses(hers.number)
        night.passes(minutes=7)
        night.text.recovers()
        night.passes(minutes=60)
        hers.gets_a_text()
        assert hers.unread() == []


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(("minutes", "told"), [(5, [2, 14, 26]), (60, [2, 3, 4]), (1, [2, 62, 122])])
def test_about_every_hour_while_the_trouble_lasts(minutes: int, told: list[int]) -> None:
    every = timedelta(minutes=minutes)
    assert [failures for failures in range(130) if rehearsal.is_to_be_told(failures, every=every)][:3] == told


def test_one_that_came_to_nothing_is_tried_again_at_once_and_tells_nobody(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_night(rehearsal=EVERY_FIVE, operator=OperatorSettings(by_text="+13035550190")) as night:
        with monkeypatch.context() as deafened:
            deaf(deafened)
            night.passes(minutes=5, seconds=10)
        night.passes(seconds=21)
        assert how_it_went() == HowItWent(START + timedelta(minutes=5, seconds=30), failures=0)
        assert night.messages() == []


def test_a_house_that_stood_still_meanwhile_tells_nobody_either(db: None) -> None:
    with (
        outside() as (url, heard),
        a_night(rehearsal=RehearsalSettings(5, url), operator=OperatorSettings(by_text="+13035550190")) as night,
    ):
        heard.clear()
        night.watch.stop()
        deed(rehearsal.begin, rehearsal.THE_HOUSE)
        deed(arm_heartbeat)
        night.passes(hours=3)
        night.watch.start()
        assert heard == ["/beat"], "of the rehearsal of now, and not of the minute at which it stood still"
        night.passes(minutes=1)
        assert night.messages() == []


def test_when_it_goes_well_again_the_count_begins_anew(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as deafened:
        deaf(deafened)
        night.passes(minutes=11)
    night.passes(minutes=5)
    assert how_it_went() == HowItWent(START + timedelta(minutes=15, seconds=30), failures=0)


def test_somebody_outside_hears_only_when_all_went_well(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with outside() as (url, heard), a_night(rehearsal=RehearsalSettings(5, url)) as night:
        night.passes(minutes=6)
        assert heard == ["/beat", "/beat"]
        deaf(monkeypatch)
        night.passes(minutes=20)
        assert heard == ["/beat", "/beat"]


@pytest.mark.parametrize("status", [500, 404])
def test_whatever_is_answered_outside_the_night_goes_on(db: None, status: int) -> None:
    with outside(status) as (url, heard), a_night(rehearsal=RehearsalSettings(5, url)) as night:
        night.passes(minutes=6)
        assert len(heard) == 2


def test_nobody_at_home_outside_and_the_address_is_in_no_log(db: None, caplog: pytest.LogCaptureFixture) -> None:
    with a_night(rehearsal=RehearsalSettings(5, "http://127.0.0.1:9/secret-beat")) as night:
        night.passes(minutes=1)
        assert how_it_went() == HowItWent(START, failures=0)
    assert "the heartbeat outside did not get through" in caplog.text
    assert "secret-beat" not in caplog.text


def test_readyz_says_when_it_last_went_well_and_that_it_does_not(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    night.passes(minutes=1)
    phone = night.browser()
    assert '"rehearsal_went_well_seconds_ago": 60.0' in phone.opens("/readyz").raw
    assert "stepitup_last_rehearsal_seconds" in phone.opens("/metrics").raw
    deaf(monkeypatch)
    night.passes(minutes=20)
    assert how_ready().words == ("The house could not rehearse a call, twice in a row. Look at the machine.",)


def test_two_begun_at_once_leave_one_open_at_most(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    deaf(monkeypatch)
    deed(rehearsal.begin, rehearsal.THE_HOUSE)
    deed(rehearsal.begin, rehearsal.THE_HOUSE)
    assert len(calls.rehearsals_open()) == 1
