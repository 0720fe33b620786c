"""Press → each way's peer; 500 pages at once with a fast and a slow provider; a provider that hangs beside one that is
well. Real carriers over real sockets, to providers in processes of their own.
"""

import os
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bench.figures import Wanted, percentile, say, say_times
from bench.inside.others import BY_APP_AND_MODEM, BY_MAIL_AND_PUSH, Peers, everybody_goes_by, peers
from bench.inside.phone import Phone, Pressed, call_ids
from bench.inside.provider import Peer, provider
from bench.inside.running import running_house
from bench.inside.team import build_house
from stepitup.calls.models import Asked
from stepitup.ground.keys import new_id
from stepitup.ground.team import ProviderSettings
from stepitup.paging import carriers
from stepitup.paging.carriers.contract import Carrier
from stepitup.paging.carriers.text_twilio.sender import Text
from stepitup.paging.carriers.voice_twilio.sender import Voice
from stepitup.paging.facts import Outcome, Outgoing, Words
from stepitup.paging.models import Attempt
from stepitup.watch.line import Line

PRESSES = 30
PAGES = 500
FAST, SLOW, NEVER = 0.05, 0.7, -1.0
HERE = Path(os.environ["STEPITUP_DATA"])
PATIENCE = 60.0
_OF_THE_OTHERS = {
    "mail": "a mail server that took it",
    "push": "a push service that took it",
    "app": "another app's server that took it",
    "text": "a modem that sent it (gammu-smsd, dummy phone)",
}


def main() -> None:
    build_house(helpers=60, by=("text", "voice"))
    say("conditions", f"text and voice by one provider each; text has {Text.at_once} lines, voice {Voice.at_once}")
    with provider(FAST, HERE / "reached") as peer:
        _press_to_peer(peer)
    for takes in (FAST, SLOW):
        with provider(takes, HERE / "reached") as peer:
            taken = _send_all(PAGES, Text(_at(peer)))
            say_times(f"{PAGES} texts at once, provider takes {takes} s: until it has taken each", taken)
            lines = -(-PAGES // Text.at_once)
            say("  the lines alone would need", f"{lines * takes * 1000:.0f} ms for the last")
    _hung_beside_healthy()
    _second_takes_over()
    with peers(HERE / "peers") as there:
        for ways in (BY_MAIL_AND_PUSH, BY_APP_AND_MODEM):
            _press_to_the_others(ways, there)


def _press_to_the_others(ways: tuple[str, str], there: Peers) -> None:
    everybody_goes_by(ways, there)
    with running_house(others_at=there.written()) as house:
        phone = Phone(house.port)
        for _warm in range(5):
            phone.stand_down(phone.press().token)
        time.sleep(3)
        # A modem sends one text after another: the next caller waits until it rests, or its queue is what is measured.
        by_modem = "text" in ways
        pressed = [_press_alone(phone, stays=5.0 if by_modem else 0.5) for _ in range(8 if by_modem else PRESSES)]
        for way in ways:
            taken = {key: min(moments) for key, moments in house.when(f"taken-{way}").items()}
            words = _OF_THE_OTHERS[way]
            say_times(f"press to {words}, first of its pages", _waits(pressed, taken, way))


def _press_to_peer(peer: Peer) -> None:
    with running_house(provider_at=peer.address) as house:
        phone = Phone(house.port)
        for _warm in range(5):
            phone.stand_down(phone.press().token)
        time.sleep(2)
        pressed = [_press_alone(phone) for _ in range(PRESSES)]
    for way in ("text", "voice"):
        say_times(
            f"press to the provider of {way}, first of its pages",
            _waits(pressed, peer.reached(way), way),
            Wanted(p95=0.1),
        )


def _press_alone(phone: Phone, *, stays: float = 0.5) -> Pressed:
    one = phone.press()
    time.sleep(stays)
    phone.stand_down(one.token)
    time.sleep(0.5)
    return one


def _waits(pressed: list[Pressed], reached: Mapping[str, float], way: str) -> list[float]:
    calls = call_ids(pressed)
    moments: dict[str, list[float]] = {}
    keys = dict(Attempt.objects.filter(carrier=way).values_list("key", "page_id"))
    call_of = dict(Asked.objects.values_list("page_id", "turn__call_id"))
    for key, at in reached.items():
        if key in keys:
            moments.setdefault(str(call_of[keys[key]]), []).append(at)
    found = [(one, moments.get(calls.get(one.token, ""))) for one in pressed]
    return [min(at) - one.began for one, at in found if at]


def _hung_beside_healthy() -> None:
    with provider(FAST, HERE / "reached") as well, provider(NEVER, HERE / "hung") as hung:
        alone = _send_all(PAGES, Text(_at(well)))
        with carriers.use(Voice(_at(hung)), Text(_at(well))):
            stuck = Line("voice")
            for number in range(50):
                stuck.run(_page(number, "voice"), then=lambda _outcome: None)
            time.sleep(0.2)
            beside = _send_all(PAGES, Text(_at(well)), besides=Voice(_at(hung)))
        ratio = percentile(beside, 95) / percentile(alone, 95)
        say_times("healthy provider alone", alone)
        say_times("healthy provider beside one that hangs", beside)
        short = "" if ratio <= 1.2 else ", FALLS SHORT"
        say("  p95 beside, as a part of p95 alone", f"{ratio:.2f} (wanted ≤ 1.20{short})")


def _second_takes_over() -> None:
    with provider(NEVER, HERE / "hung") as hung, provider(FAST, HERE / "reached") as well:
        taken = _send_all(PAGES, Text(_at(hung), _at(well)))
        say_times("text with a first provider that hangs and a second that is well", taken)


def _send_all(how_many: int, carrier: Carrier, *, besides: Carrier | None = None) -> list[float]:
    """All at once, by a line as the watch has one; the seconds until the carrier had each."""
    took, done, guard = list[float](), threading.Event(), threading.Lock()
    with carriers.use(*(one for one in (carrier, besides) if one)):
        line, began = Line(carrier.name), time.monotonic()

        def noted(outcome: Outcome) -> None:
            with guard:
                if outcome.then is None:
                    took.append(time.monotonic() - began)
                counted[0] += 1
                if counted[0] == how_many:
                    done.set()

        counted = [0]
        for number in range(how_many):
            line.run(_page(number, carrier.name), then=partial(noted))
        done.wait(PATIENCE)
        line.close()
    if len(took) < how_many:
        say("", f"{how_many - len(took)} of {how_many} were not taken")
    return took


def _at(peer: Peer) -> ProviderSettings:
    return ProviderSettings("AC1", "token", "+15125550100", base_url=peer.address)


def _page(number: int, carrier: str) -> Outgoing:
    page = new_id()
    return Outgoing(
        attempt=number,
        page=page,
        helper=number,
        way=number,
        carrier=carrier,
        to=f"+1512556{number:04}",
        words=Words.PAGE,
        text=f"Can you take one? Open the link, or reply 1 for yes, 2 for no. https://help.example/p/{page.hex[:22]}",
        link=f"https://help.example/p/{page.hex[:22]}",
        key=new_id().hex,
        at=datetime.now(UTC),
    )


if __name__ == "__main__":
    main()
