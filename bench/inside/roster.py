"""The roster at 60, 5 000 and 50 000 helpers: who is on duty now, the order for one call, and press to page."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from bench.figures import NOTHING_ASKED, Wanted, percentile, say, say_times
from bench.inside.carrier import NAME, SlowCarrier
from bench.inside.first_page import first_pages
from bench.inside.phone import Phone, Pressed
from bench.inside.running import running_house
from bench.inside.stamps import Stamps
from stepitup.calls import actions
from stepitup.calls.actions import Press
from stepitup.ground.deeds import deed
from stepitup.ground.keys import make_site_key, new_id
from stepitup.paging import carriers
from stepitup.roster import questions
from stepitup.roster.actions import bring_in
from stepitup.roster.facts import Wishes
from stepitup.roster.file.rows import RosterRows
from stepitup.roster.matching import put_in_order
from stepitup.roster.models import Helper
from stepitup.roster.shared_ground import A_LOT, MATTERS
from workshop.invent_helpers import invent

SIZES = (60, 5_000, 50_000)
TIMES = 15
PRESSES = 15
_RANKED = {5_000: Wanted(p50=0.020)}
_WISHES = Wishes(
    mine_agency="Quillmere Police Department 1",
    mine_unit="North",
    mine_rank_band="line",
    mine_years=8,
    work_service="law_enforcement",
    work_state="US-TX",
    matters={"lost_a_partner": A_LOT, "shift": MATTERS, "rank_band": MATTERS, "years": MATTERS},
    never_my_agency=True,
    never_names=("Lt. Quarnell",),
)


def main() -> None:
    """Grow one house from size to size, and take the same figures at each."""
    make_site_key(Path(settings.SITE_KEY_FILE))
    call_command("migrate", verbosity=0, interactive=False)
    at_sixty: dict[str, float] = {}
    for size in SIZES:
        began = time.perf_counter()
        fill(size)
        say(f"-- {size} helpers", f"brought in in {time.perf_counter() - began:.1f} s")
        _ask(size)
        for what, times in (("the verb alone", _press_the_verb()), ("press to the first page", _press_to_page())):
            say_times(f"{what}, one at a time", times)
            beside = percentile(times, 50) / at_sixty.setdefault(what, percentile(times, 50))
            say("", f"{beside:.1f} times the median at 60{' (wanted ≤ 2 at 5 000)' if size == 5_000 else ''}")


def fill(size: int) -> None:
    """An invented team in the place of the one before; everybody is reached by the carrier of the bench."""
    Helper.objects.all().delete()
    rows = invent(size, today=datetime.now(UTC).date())
    helpers = tuple(replace(row, ways=tuple(replace(way, carrier=NAME) for way in row.ways)) for row in rows.helpers)
    deed(bring_in, RosterRows(rows.agencies, helpers))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a database that has stood for a while knows its tables
    connection.close()


def _ask(size: int) -> None:
    """Each question a few times, after one time that fills what is remembered of rows."""
    now = datetime.now(UTC)
    team = questions.all_helpers()
    say("on duty now", f"{len(questions.fit_now(now))} of {len(team)}")
    for what, ask, wanted in (
        ("who is on duty now", lambda: questions.fit_now(now), NOTHING_ASKED),
        ("the first three whose turn it is", lambda: _first_three(now), NOTHING_ASKED),
        ("reading what matching knows of all", questions.all_helpers, NOTHING_ASKED),
        (
            "the order for a call with nine wishes",
            lambda: put_in_order(team, _WISHES, seed=7),
            _RANKED.get(size, NOTHING_ASKED),
        ),
        ("the order for a call without a wish", lambda: put_in_order(team, Wishes(), seed=7), NOTHING_ASKED),
    ):
        ask()
        say_times(what, [_taken(ask) for _ in range(TIMES)], wanted)


def _first_three(now: datetime) -> list[object]:
    return list(islice(questions.fit_in_turn(now, seed=time.time_ns(), besides=(), by=(NAME,)), 3))


def _taken(ask: Callable[[], object]) -> float:
    """Processor time: who else works on the machine is hardly in it."""
    began = time.process_time()
    ask()
    return time.process_time() - began


def _press_the_verb() -> list[float]:
    times = []
    with carriers.use(SlowCarrier(Stamps(settings.DATA / "stamps"), seconds=0, lines=64)):
        for _ in range(PRESSES + 3):
            began = time.perf_counter()
            opened = deed(actions.call_for_backup, press=Press(new_id().hex))
            times.append(time.perf_counter() - began)
            deed(actions.stand_down, opened.id)
    connection.close()
    return times[3:]


def _press_to_page() -> list[float]:
    with running_house() as house:
        phone, pressed = Phone(house.port), list[Pressed]()
        for _ in range(PRESSES + 5):
            pressed.append(phone.press())
            time.sleep(0.2)
            phone.stand_down(pressed[-1].token)
            time.sleep(0.2)
        times, _taken_by_carrier = first_pages(house, pressed[5:])
    connection.close()
    return times


if __name__ == "__main__":
    main()
