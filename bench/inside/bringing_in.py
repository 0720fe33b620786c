"""50 000 rows of CSV brought in by `stepitup roster import`, while somebody presses: how long, how much memory,
and whether the presses are held up by it."""

import os
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.figures import say, say_times
from bench.inside.phone import Phone
from bench.inside.running import running_house
from bench.inside.team import build_house
from stepitup.roster.file.forms import Form, write_in
from workshop.invent_helpers import invent

HELPERS = 200
ROWS = int(os.environ.get("BENCH_ROWS", "50000"))
PRESSES_BEFORE = 20
_A_PAUSE = 0.2


def main() -> None:
    """Press alone, then press beside the import."""
    build_house(helpers=HELPERS)
    sheet = Path(os.environ["STEPITUP_DATA"]) / "big.csv"
    sheet.write_text(write_in(Form.CSV, invent(ROWS, today=datetime.now(UTC).date())), encoding="utf-8", newline="")
    say("conditions", f"{ROWS:,} rows, {sheet.stat().st_size / 2**20:.0f} MB, into a house that answers presses")
    with running_house() as house:
        phone = Phone(house.port)
        say_times("a press alone", [_press(phone) for _ in range(PRESSES_BEFORE)])
        began = time.perf_counter()
        words = [sys.executable, "-m", "stepitup", "roster", "import", str(sheet)]
        with subprocess.Popen(words, stdout=subprocess.DEVNULL) as importing:
            during = []
            while importing.poll() is None:
                during.append(_press(phone))
        say("brought in", f"in {time.perf_counter() - began:.0f} s, with status {importing.returncode}")
        say("most memory of it", f"{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")
        say_times("a press meanwhile", during)


def _press(phone: Phone) -> float:
    pressed = phone.press()
    phone.stand_down(pressed.token)
    time.sleep(_A_PAUSE)
    return pressed.took


if __name__ == "__main__":
    main()
