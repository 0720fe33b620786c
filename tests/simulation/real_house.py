"""The real rooms on a real database, under the same driver: real deeds, the watch's own functions, carriers with moods.

The house may go down at any statement that writes: the transaction it stands in is rolled back, as after `kill -9`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from stepitup.calls import actions, lives, timing
from stepitup.calls.errors import CallTrouble
from stepitup.calls.life import Life
from stepitup.calls.models import Call
from stepitup.calls.models import Seat as SeatRow
from stepitup.calls.questions import as_caller_sees
from stepitup.ground import clock, timers
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.keys import fingerprint, secret_for
from stepitup.ground.models import Timer
from stepitup.ground.seal import seal
from stepitup.ground.spelled import spelled
from stepitup.ground.timers import Claimed
from stepitup.ground.vocabulary import Kind
from stepitup.paging import carriers as real_carriers
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import AttemptState, Outgoing
from stepitup.paging.links import page_key
from stepitup.paging.models import Attempt
from stepitup.paging.sending import hand_over
from stepitup.roster import actions as roster
from stepitup.roster.models import Credential, Helper, Way
from stepitup.roster.reading import ADDRESS
from stepitup.watch.duties import DUTIES, fulfil, fulfil_steps
from stepitup.watch.sending import drop, make_ready, note, note_together
from tests.simulation.carriers import Carriers
from tests.simulation.driver import CARRIERS
from tests.simulation.house import LEASE, MENDS_EVERY, Brought, SimHelper, Weather

_LONG_AGO, _LATER = date(2020, 1, 1), date(2040, 1, 1)

_HOLDER = "the watch of the simulation"
_TOGETHER = 10
_WRITES = ("INSERT", "UPDATE", "DELETE")


class SimCarrier:
    """A carrier of the simulation behind the real interface."""

    time_limit = timedelta(seconds=10)
    at_once = 1
    takes_replies = False

    def __init__(self, name: str, house: "RealHouse") -> None:
        self.name = name
        self._house = house

    def send(self, page: Outgoing) -> str:
        """Take it as tonight's mood has it."""
        house = self._house
        outcome = house.carriers.send(self.name, page.helper, page.page, page.key, house.clock.now())
        if outcome.then is not None:
            raise CannotSend(outcome.why, outcome.then)
        return outcome.reference


class RealHouse:
    """The house as it is built. Use `night` to have its transaction, clock and carriers around a night."""

    def __init__(
        self, helpers: dict[int, SimHelper], hand_clock: HandClock, weather: Weather, chance: Random, carriers: Carriers
    ) -> None:
        self.clock, self.weather, self.carriers = hand_clock, weather, carriers
        del chance  # the real house has its own ids
        self._mended_at: datetime | None = None
        self._rows = {number: _written(helper) for number, helper in helpers.items()}

    @property
    def dangers(self) -> int:
        return 30

    @contextmanager
    def night(self) -> Iterator[None]:
        """Live by this clock, page by these carriers, and go down at the writes the weather says."""
        ways = [SimCarrier(name, self) for name in CARRIERS]
        with clock.use(self.clock), real_carriers.use(*ways), connection.execute_wrapper(self._danger):
            yield

    def number_of(self, helper: int) -> int:
        return self._rows[helper]

    def press(self, key: str) -> UUID:
        return deed(actions.call_for_backup, press=actions.Press(key)).id

    def acknowledge(self, page: UUID, press: str) -> UUID | None:
        try:
            seated = deed(actions.acknowledge, page_key(page), press=press)
        except CallTrouble:
            return None
        return SeatRow.objects.values_list("pk", flat=True).get(secret_mark=fingerprint(seated.secret))

    def decline(self, page: UUID) -> None:
        self._try(actions.decline, page_key(page))

    def joined(self, seat: UUID) -> None:
        """Whoever is in contact has read the limits."""
        call = SeatRow.objects.values_list("turn__call", flat=True).get(pk=seat)
        for notice in as_caller_sees(call).limits_due:
            self._try(actions.limits_read, call, version=notice.version)
        self._try(actions.joined, secret_for("seat", seat))

    def hand_back(self, seat: UUID) -> None:
        self._try(actions.hand_back, secret_for("seat", seat))

    def finished(self, seat: UUID) -> None:
        self._try(actions.finished, secret_for("seat", seat))

    def not_a_call(self, seat: UUID) -> None:
        self._try(actions.not_a_call_for_backup, secret_for("seat", seat))

    def step_up(self, call: UUID) -> None:
        self._try(actions.step_up, call)

    def not_this_person(self, call: UUID) -> None:
        self._try(actions.not_this_person, call)

    def stand_down(self, call: UUID) -> None:
        self._try(actions.stand_down, call)

    def suspend(self, helper: int) -> None:
        deed(_suspend_and_release, self._rows[helper])

    def lapse(self, helper: int) -> None:
        Credential.objects.filter(helper=self._rows[helper]).update(expires=_LONG_AGO)

    def watch(self) -> None:
        self._mend_now_and_then()
        for _ in range(300):
            now = self.clock.now()
            due = [kind for kind in timers.kinds_due(now) if kind in DUTIES or kind.startswith("attempt:")]
            if not due:
                return
            for kind in due:
                self._take(deed(timers.claim, kinds=[kind], limit=_TOGETHER, lease=LEASE, holder=_HOLDER))
        raise AssertionError("the watch turns in circles")

    def _take(self, claimed: Sequence[Claimed]) -> None:
        """What is due of one kind, together where the watch does it together."""
        if claimed and claimed[0].kind == timing.STEP:
            fulfil_steps(claimed, holder=_HOLDER)
        elif claimed and claimed[0].kind in DUTIES:
            for one in claimed:
                fulfil(one, holder=_HOLDER)
        elif claimed:
            self._send(claimed)

    def _mend_now_and_then(self) -> None:
        """Twice a minute, as the watch does, and whenever the clock was put back."""
        now = self.clock.now()
        if self._mended_at is None or abs(now - self._mended_at) >= MENDS_EVERY or now < self._mended_at:
            deed(actions.mend)
            self._mended_at = now

    def _send(self, claimed: Sequence[Claimed]) -> None:
        ready = make_ready(claimed)
        outcomes = [(one, hand_over(page)) for one, page in ready.to_send]
        if taken := [(one, outcome) for one, outcome in outcomes if outcome.then is None]:
            note_together(taken, holder=_HOLDER)
        for one, outcome in outcomes:
            if outcome.then is not None:
                note(one, outcome, holder=_HOLDER)
        for one, over in ready.to_drop:
            drop(one, over, holder=_HOLDER)

    def restart(self) -> None:
        self.weather.crash_in = None

    def lives(self) -> Collection[Life]:
        return lives.read_lives(list(Call.objects.order_by("opened_at")))

    def timers(self) -> Mapping[tuple[str, str], datetime]:
        return {(kind, subject): at for kind, subject, at in _timers()}

    def on_its_way(self, page: UUID, *, armed: Collection[str]) -> bool:
        return any(
            state == AttemptState.HANDED_OVER or (state == AttemptState.WAITING and str(pk) in armed)
            for pk, state in _tries_of(page)
        )

    def phones(self) -> list[Brought]:
        return self.carriers.brought

    def _try(self, verb: Callable[..., object], *args: object, **kwargs: object) -> None:
        try:
            deed(verb, *args, **kwargs)
        except CallTrouble:
            return

    def _danger(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(_WRITES):
            self.weather.dangerous_instant()
        return execute(sql, params, many, context)


@spelled
def _tries_of(page: UUID) -> QuerySet[Attempt, tuple[int, str]]:
    return Attempt.objects.filter(page=page).values_list("pk", "state")


@spelled
def _timers() -> QuerySet[Timer, tuple[str, str, datetime]]:
    return Timer.objects.values_list("kind", "subject", "next_at")


def _suspend_and_release(now: datetime, helper: int) -> None:
    roster.suspend(now, helper)
    actions.release(now, helper)


def _written(helper: SimHelper) -> int:
    """Write one helper of the simulation onto the real roster."""
    with transaction.atomic():
        row = Helper.objects.create(
            key=f"helper-{helper.id}",
            display_name=f"Helper {helper.id}",
            independent=True,
            is_peer=Kind.PEER in helper.kinds,
            is_chaplain=Kind.CHAPLAIN in helper.kinds,
            is_clinician=Kind.CLINICIAN in helper.kinds,
            is_coordinator=Kind.COORDINATOR in helper.kinds,
        )
        Credential.objects.create(helper=row, name="Certificate", granted=_LONG_AGO, expires=_LATER, checked_how="file")
        for position, carrier in enumerate(helper.carriers):
            address = seal(ADDRESS, f"{carrier}:{helper.id}")
            Way.objects.create(
                helper=row, position=position, carrier=carrier, address_sealed=address, confirmed_on=_LONG_AGO
            )
    return row.pk
