"""Duty at 60, 5 000 and 50 000 helpers: who is on duty now, the gaps of 14 days, a month's calendar, Today's figures.

Processor time: who else works on the machine is hardly in it.
"""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from bench.figures import NOTHING_ASKED, Wanted, say, say_times
from bench.inside.carrier import NAME
from bench.inside.roster import SIZES, fill
from stepitup.ground.keys import make_site_key
from stepitup.roster.duty.coming import coming_gaps
from stepitup.roster.duty.questions import planned
from stepitup.roster.duty.spans import Span, at
from stepitup.roster.keeping.lapsing import lapsing
from stepitup.roster.keeping.questions import unreachable
from stepitup.roster.models import Agency

TIMES = 7
_A_MONTH = timedelta(days=42)  # six weeks, as the screen shows them
_TODAY = {5_000: Wanted(p50=0.3)}


def main() -> None:
    """Grow one house from size to size, and take the same figures at each."""
    make_site_key(Path(settings.SITE_KEY_FILE))
    call_command("migrate", verbosity=0, interactive=False)
    for size in [int(os.environ["BENCH_HELPERS"])] if "BENCH_HELPERS" in os.environ else SIZES:
        fill(size)
        say(f"-- {size} helpers", "processor time")
        _ask(size)


def _ask(size: int) -> None:
    now = datetime.now(UTC)
    month, agency = Span(now, now + _A_MONTH), Agency.objects.values_list("pk", flat=True)[0]
    for what, ask, wanted in (
        ("who is on duty now, by the plan", lambda: planned(at(now)), NOTHING_ASKED),
        ("the gaps of the coming 14 days", lambda: coming_gaps(now, by=(NAME,)), NOTHING_ASKED),
        ("six weeks of everybody's calendar", lambda: planned(month), NOTHING_ASKED),
        ("six weeks of one agency's calendar", lambda: planned(month, agency=agency), NOTHING_ASKED),
        ("Today: on duty, gaps, unreachable, lapsing", lambda: _today(now), _TODAY.get(size, NOTHING_ASKED)),
    ):
        ask()
        say_times(what, [_taken(ask) for _ in range(TIMES)], wanted)


def _today(now: datetime) -> None:
    planned(at(now))
    coming_gaps(now, by=(NAME,))
    unreachable(by=(NAME,))
    lapsing(now)


def _taken(ask: Callable[[], object]) -> float:
    began = time.process_time()
    ask()
    return time.process_time() - began


if __name__ == "__main__":
    main()
