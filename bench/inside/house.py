"""The real process (`stepitup.site.serve`), with a carrier of the bench and stamps at a few seams. A program.

    python -m bench.inside.house --port 8123 --stamps FILE --carrier-takes 0.7 --lines 64

SIGUSR1 changes every open call in one deed, for the measure of the live screens.
"""

import argparse
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from unittest.mock import patch

from django.db import connection
from django.db.models import F

from bench.inside.carrier import SlowCarrier
from bench.inside.others import carriers_to
from bench.inside.stamps import Stamps
from stepitup.calls.models import Call
from stepitup.ground import bell, timers
from stepitup.ground.deeds import deed
from stepitup.ground.team import ProviderSettings
from stepitup.ground.timers import Claimed
from stepitup.paging import carriers
from stepitup.paging.carriers.contract import Carrier
from stepitup.paging.carriers.text_twilio.sender import Text
from stepitup.paging.carriers.voice_twilio.sender import Voice
from stepitup.site.serve import listen, serve
from stepitup.watch import loop
from stepitup.watch.duties import fulfil, fulfil_steps


def main() -> None:
    """Serve until told to stop."""
    words = argparse.ArgumentParser()
    words.add_argument("--port", type=int, required=True)
    words.add_argument("--stamps", type=Path, required=True)
    words.add_argument("--carrier-takes", type=float, default=0.0)
    words.add_argument("--lines", type=int, default=64)
    words.add_argument("--provider", default="")
    words.add_argument("--others", default="")
    options = words.parse_args()
    stamps = Stamps(options.stamps)
    signal.signal(signal.SIGUSR1, _change_every_call_when_told(stamps))
    with ExitStack() as seams:
        seams.enter_context(patch.object(timers, "claim", _claim_with(stamps, timers.claim)))
        seams.enter_context(patch.object(loop, "fulfil", _fulfil_with(stamps, fulfil)))
        seams.enter_context(patch.object(loop, "fulfil_steps", _fulfil_steps_with(stamps, fulfil_steps)))
        seams.enter_context(carriers.use(*_carriers(options, stamps)))
        serve(listen("127.0.0.1", options.port), prepare=lambda: None, say=_say_ready)


def _carriers(options: argparse.Namespace, stamps: Stamps) -> list[Carrier]:
    if options.provider:
        provider = ProviderSettings("AC1", "token", "+15125550100", base_url=options.provider)
        return [Text(provider), Voice(provider)]
    if options.others:
        return carriers_to(options.others, stamps)
    return [SlowCarrier(stamps, seconds=options.carrier_takes, lines=options.lines)]


def _say_ready() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()


def _claim_with(stamps: Stamps, claim: Callable[..., list[Claimed]]) -> Callable[..., list[Claimed]]:
    def noted(
        now: datetime, *, kinds: Sequence[str], limit: int, lease: timedelta, holder: str
    ) -> list[Claimed]:  # fmt: skip
        claimed = claim(now, kinds=kinds, limit=limit, lease=lease, holder=holder)
        for one in claimed:
            stamps.note("claimed", one.subject, f"{one.kind}")
        return claimed

    return noted


def _fulfil_with(stamps: Stamps, really: Callable[..., None]) -> Callable[..., None]:
    def noted(claimed: Claimed, *, holder: str) -> None:
        really(claimed, holder=holder)
        stamps.note("done", claimed.subject, claimed.kind)

    return noted


def _fulfil_steps_with(stamps: Stamps, really: Callable[..., None]) -> Callable[..., None]:
    def noted(claimed: Sequence[Claimed], *, holder: str) -> None:
        really(claimed, holder=holder)
        for one in claimed:
            stamps.note("done", one.subject, one.kind)

    return noted


def _change_every_call_when_told(stamps: Stamps) -> Callable[[int, FrameType | None], None]:
    def change() -> None:
        deed(_change_every_call)
        stamps.note("changed", "all")
        connection.close()

    def told(_number: int, _frame: FrameType | None) -> None:
        threading.Thread(target=change, daemon=True).start()

    return told


def _change_every_call(now: datetime) -> None:
    Call.objects.update(version=F("version") + 1, changed_at=now)
    for call in Call.objects.values_list("pk", flat=True):
        bell.ring("calls", call)


if __name__ == "__main__":
    main()
