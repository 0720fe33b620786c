"""What holds for every duty, in every zone of the United States, for twenty years: no gap, and one answer."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from stepitup.roster.duty import Duty, Override, Span, is_on_duty, spans_between
from stepitup.roster.duty.spans import span_by_the_wall, together, within, without

pytestmark = pytest.mark.only_on("sqlite")

# Every zone in which a state, the district or a territory tells the time.
ZONES = [
    ZoneInfo(name)
    for name in (
        *(f"America/{city}" for city in ("New_York", "Detroit", "Chicago", "Menominee", "Denver", "Boise", "Phoenix")),
        *(f"America/{city}" for city in ("Los_Angeles", "Anchorage", "Juneau", "Sitka", "Metlakatla", "Yakutat")),
        *(f"America/{city}" for city in ("Nome", "Adak", "Puerto_Rico", "St_Thomas")),
        *(f"America/Kentucky/{city}" for city in ("Louisville", "Monticello")),
        *(f"America/Indiana/{city}" for city in ("Indianapolis", "Vincennes", "Winamac", "Marengo", "Petersburg")),
        *(f"America/Indiana/{city}" for city in ("Vevay", "Tell_City", "Knox")),
        *(f"America/North_Dakota/{city}" for city in ("Center", "New_Salem", "Beulah")),
        *(f"Pacific/{city}" for city in ("Honolulu", "Guam", "Saipan", "Pago_Pago")),
    )
]
FIRST, LAST = datetime(2026, 1, 1), datetime(2046, 1, 1)
AN_HOUR = timedelta(hours=1)
LINES = (
    "Mon-Fri 18:00-06:00",
    "Sat,Sun 00:00-24:00",
    "daily 01:30-02:30",
    "Sun 02:00-03:00",
    "holidays 00:00-24:00",
    "Mon-Fri 08:00-16:00 except holidays",
    "24/48 from 2026-11-01 07:00",
    "kelly from 2027-03-14 02:30",
    "pitman from 2026-11-02 18:00-06:00",
    "1 of 4 weeks from 2026-11-02 08:00",
    "12/24/12/48 from 2026-10-31 13:30",
    "3 on 2 off from 2026-11-01 01:30-01:00 until 2030-01-01",
    "by calendar",
)


@lru_cache(maxsize=64)
def odd_nights(zone: ZoneInfo) -> tuple[datetime, ...]:
    """When in twenty years this zone's clocks are moved; some moment of January where they never are."""
    midnights = [FIRST + timedelta(days=day) for day in range((LAST - FIRST).days)]
    offsets = [moment.replace(tzinfo=zone).utcoffset() for moment in midnights]
    moved = [day for day, here, there in zip(midnights, offsets, offsets[1:], strict=False) if here != there]
    return tuple(day.replace(tzinfo=zone).astimezone(UTC) + 2 * AN_HOUR for day in moved or midnights[:1])


zones = st.sampled_from(ZONES)
anywhen = st.datetimes(FIRST, LAST, timezones=st.just(UTC))


@st.composite
def zone_and_moment(draw: st.DrawFn) -> tuple[ZoneInfo, datetime]:
    """Half of all moments lie within hours of a moved clock: there is where a gap would be."""
    zone = draw(zones)
    if draw(st.booleans()):
        return zone, draw(anywhen)
    night = draw(st.sampled_from(odd_nights(zone)))
    return zone, night + timedelta(minutes=draw(st.integers(-6 * 60, 6 * 60)))


@st.composite
def duties(draw: st.DrawFn, zone: ZoneInfo, near: datetime) -> Duty:
    lines = tuple(draw(st.lists(st.sampled_from(LINES), max_size=3, unique=True)))
    starts = draw(st.lists(st.integers(-72, 72), max_size=3))
    spans = [Span(near + hour * AN_HOUR, near + (hour + draw(st.integers(1, 48))) * AN_HOUR) for hour in starts]
    overrides = tuple(Override(span, draw(st.booleans())) for span in spans)
    return Duty(lines, zone, draw(st.sampled_from(["US-CO", "US-HI", "unknown"])), overrides)


@given(zone_and_moment(), st.data())
def test_the_calendar_and_the_engine_never_disagree(where: tuple[ZoneInfo, datetime], data: st.DataObject) -> None:
    zone, moment = where
    duty = data.draw(duties(zone, moment))
    before, after = data.draw(st.integers(0, 20 * 24)), data.draw(st.integers(1, 20 * 24))
    spans = spans_between(duty, moment - before * AN_HOUR, moment + after * AN_HOUR)
    assert any(span.covers(moment) for span in spans) == is_on_duty(duty, moment)
    assert spans == together(spans)
    edges = [edge for span in spans for edge in (span.start, span.end - timedelta(microseconds=1))]
    assert all(is_on_duty(duty, edge) for edge in edges)


@given(zone_and_moment(), st.lists(st.integers(0, 24 * 60 - 1), min_size=2, max_size=4, unique=True))
def test_watches_that_follow_each_other_round_the_clock_never_leave_a_gap(
    where: tuple[ZoneInfo, datetime], changes: list[int]
) -> None:
    zone, moment = where
    changes.sort()
    clocks = [f"{minute // 60:02}:{minute % 60:02}" for minute in changes]
    lines = [f"daily {start}-{end}" for start, end in zip(clocks, [*clocks[1:], clocks[0]], strict=True)]
    assert is_on_duty(Duty(tuple(lines), zone), moment)
    assert is_on_duty(Duty(("Mon-Sun 00:00-24:00",), zone), moment)


PLATOONS = (
    ("24/48", (0, 1, 2), ("{}",)),
    ("48/96", (0, 2, 4), ("{}",)),
    ("kelly", (0, 3, 6), ("{}",)),
    ("1 of 4 days", (0, 1, 2, 3), ("{}",)),
    ("1 of 3 weeks", (0, 7, 14), ("{}",)),
    ("pitman", (0, 7), ("06:30-18:30", "18:30-06:30")),
)


@given(zone_and_moment(), st.sampled_from(PLATOONS), st.integers(0, 23), st.sampled_from(["00", "30", "59"]))
def test_platoons_of_a_rotation_relieve_each_other_without_a_gap(
    where: tuple[ZoneInfo, datetime],
    platoons: tuple[str, tuple[int, ...], tuple[str, ...]],
    hour: int,
    minute: str,
) -> None:
    zone, moment = where
    rotation, days, clocks = platoons
    lines = [
        f"{rotation} from 2025-10-{1 + day:02} {clock.format(f'{hour:02}:{minute}')}"
        for day in days
        for clock in clocks
    ]
    assert any(is_on_duty(Duty((line,), zone), moment) for line in lines), lines


@pytest.mark.parametrize("platoons", PLATOONS, ids=lambda one: str(one[0]))
def test_platoons_relieve_each_other_all_round_a_rotation_and_over_both_odd_nights(
    platoons: tuple[str, tuple[int, ...], tuple[str, ...]],
) -> None:
    """Every hour of it, not only those that chance looks at."""
    rotation, days, clocks = platoons
    zone, year = ZoneInfo("America/Denver"), Span(datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))
    lines = [f"{rotation} from 2025-10-{1 + day:02} {clock.format('07:00')}" for day in days for clock in clocks]
    spans = [spans_between(Duty((line,), zone), year.start, year.end) for line in lines]
    assert together(span for some in spans for span in some) == (year,)
    assert all(len(some) > 10 for some in spans), "one platoon does it all"


@given(zone_and_moment(), st.integers(1, 26 * 60))
def test_a_duty_is_never_shorter_than_either_clock_would_have_it(
    where: tuple[ZoneInfo, datetime], minutes: int
) -> None:
    """Starts: the first occurrence. Ends: the last. Rather overlap than gap."""
    zone, moment = where
    start = moment.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)
    end = start + timedelta(minutes=minutes)
    span = span_by_the_wall(start, end, zone)
    for fold in (0, 1):
        assert span.start <= start.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        assert span.end >= end.replace(tzinfo=zone, fold=fold).astimezone(UTC)


@given(zone_and_moment(), st.integers(-60, 60))
def test_a_clock_an_hour_off_finds_somebody_all_the_same(where: tuple[ZoneInfo, datetime], off: int) -> None:
    """It may be the watch before or after; with a round-the-clock roster it is never nobody."""
    zone, moment = where
    watches = [Duty((f"daily {start}-{end}",), zone) for start, end in (("06:00", "18:00"), ("18:00", "06:00"))]
    assert any(is_on_duty(duty, moment + timedelta(minutes=off)) for duty in watches)


def test_whatever_hour_a_duty_ends_it_holds_until_then_and_no_longer() -> None:
    """The engine looks at one day of Greenwich, and a duty that ends just after its midnight began the day before."""
    day, a_blink = datetime(2026, 1, 14, tzinfo=UTC), timedelta(microseconds=1)
    for zone in map(ZoneInfo, ("America/New_York", "America/Denver", "America/Adak", "Pacific/Guam")):
        for hour in range(24):
            duty = Duty((f"daily {(hour + 20) % 24:02}:30-{hour:02}:30",), zone)
            (whole, *_more) = spans_between(duty, day, day + timedelta(days=3))[1:]
            assert is_on_duty(duty, whole.start), (zone, hour)
            assert is_on_duty(duty, whole.end - a_blink), (zone, hour)
            assert not is_on_duty(duty, whole.start - a_blink), (zone, hour)
            assert not is_on_duty(duty, whole.end), (zone, hour)


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=6).map(
    lambda pairs: [Span(datetime.fromtimestamp(a, UTC), datetime.fromtimestamp(a + b, UTC)) for a, b in pairs]
)


@given(SPANS, SPANS, st.integers(0, 52))
def test_spans_put_together_cut_and_taken_away_mean_what_they_say(
    some: list[Span], others: list[Span], at: int
) -> None:
    moment = datetime.fromtimestamp(at, UTC)
    assume(others)

    def inside(spans: "list[Span] | tuple[Span, ...]") -> bool:
        return any(span.covers(moment) for span in spans)

    assert inside(together(some)) == inside(some)
    assert all(one.end < following.start for one, following in pairwise(together(some)))
    assert inside(without(some, others)) == (inside(some) and not inside(others))
    assert inside(within(some, others[0])) == (inside(some) and others[0].covers(moment))
