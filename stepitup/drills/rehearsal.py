"""The house rehearses a call with itself, the whole way: press, page, reply, the limits, together, done.

Nobody is paged but the house's own helper, who is nobody, and nothing of it is counted or shown. What it tells is that
the database, the watch, the road of a page and the road of a reply work at this minute. Carriers are tried by drills.

    begin    a call, and a look half a minute later
    answer   all went well: the look is called off, somebody outside hears of it
    look     nothing came: the first time it is tried again at once; the second time the operator is told

So whoever runs the house knows of it a minute after the first that came to nothing; and the first that goes well
afterwards tells them so.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from stepitup.calls import actions as calls
from stepitup.calls import questions as ask_calls
from stepitup.calls.errors import CallTrouble
from stepitup.drills.models import Rehearsal
from stepitup.ground import bell, timers
from stepitup.ground.keys import new_id
from stepitup.ground.team import OperatorSettings, RehearsalSettings, team
from stepitup.paging.carriers.house.own import ANSWER
from stepitup.paging.facts import NoticeWords, Reach, Reply
from stepitup.paging.notices import write_notice
from stepitup.roster.the_house import ADDRESS_OF_THE_HOUSE, CARRIER

BEGIN, LOOK, HEARTBEAT = "rehearsal", "rehearsal look", "heartbeat"
# There is one house, so these timers are about nothing in particular.
THE_HOUSE = UUID(int=0)
# A page is answered by the house itself in well under a second; half a minute is what /readyz calls too late, too.
ANSWERED_WITHIN = timedelta(seconds=30)
OPERATOR_IS_TOLD_AFTER = 2
# While the trouble lasts they are told again: what was sent the first time may have been lost on the same bad way.
TOLD_AGAIN_EVERY = timedelta(hours=1)
_ONE = 1


@dataclass(frozen=True)
class HowItWent:
    """For the operator: when a rehearsal last went well, and how many failed since."""

    went_well_at: datetime | None
    failures: int

    @property
    def is_in_trouble(self) -> bool:
        """Whether so many failed that the operator was told."""
        return self.failures >= OPERATOR_IS_TOLD_AFTER


def how_it_went() -> HowItWent | None:
    """None where this house rehearses nothing, or has not begun to."""
    row = Rehearsal.objects.filter(pk=_ONE).first() if team().rehearsal else None
    return HowItWent(row.went_well_at, row.failures) if row else None


def keep_time(now: datetime) -> None:
    """See that a rehearsal is armed where the team wants one, soon where the clock was put back, and none elsewhere."""
    wanted = team().rehearsal
    if wanted is None:
        timers.disarm([BEGIN, LOOK], [THE_HOUSE])
        return
    armed = timers.armed_for(BEGIN, THE_HOUSE)
    if armed is None or armed > now + timedelta(minutes=wanted.every_minutes):
        timers.arm(BEGIN, THE_HOUSE, now)


def begin(now: datetime, _the_house: UUID) -> None:
    """Rehearse, and look half a minute later what became of it. One that is still open came to nothing."""
    wanted = team().rehearsal
    if wanted is None:
        return
    row = _held(now)
    _count_those_that_came_to_nothing(now, row, wanted)
    _begin(now, row, wanted)


def look(now: datetime, _the_house: UUID) -> None:
    """Half a minute has passed. Where no answer came: once more at once, or, the second time, the operator is told."""
    wanted = team().rehearsal
    if wanted is None:
        return
    row = _held(now)
    if _count_those_that_came_to_nothing(now, row, wanted) and row.failures < OPERATOR_IS_TOLD_AFTER:
        _begin(now, row, wanted)


def _held(now: datetime) -> Rehearsal:
    """The one row, locked: an answer and a look at the same moment come one after the other."""
    Rehearsal.objects.get_or_create(pk=_ONE, defaults={"began_at": now, "went_well_at": None})
    return Rehearsal.objects.select_for_update().get(pk=_ONE)


def _count_those_that_came_to_nothing(now: datetime, row: Rehearsal, wanted: RehearsalSettings) -> bool:
    stale = ask_calls.rehearsals_open()
    if not stale:
        return False
    for call in stale:
        calls.stand_down(now, call)
    row.failures += 1
    row.save(update_fields=["failures"])
    if is_to_be_told(row.failures, every=timedelta(minutes=wanted.every_minutes)):
        _tell_the_operator(now, team().operator)
    return True


def is_to_be_told(failures: int, *, every: timedelta) -> bool:
    """Whether the operator is told after so many in a row: after the second, then about every hour. Pure."""
    further = failures - OPERATOR_IS_TOLD_AFTER
    return further >= 0 and further % max(TOLD_AGAIN_EVERY // every, 1) == 0


def _begin(now: datetime, row: Rehearsal, wanted: RehearsalSettings) -> None:
    row.began_at = now
    row.save(update_fields=["began_at"])
    timers.arm(BEGIN, THE_HOUSE, now + timedelta(minutes=wanted.every_minutes))
    timers.arm(LOOK, THE_HOUSE, now + ANSWERED_WITHIN)
    calls.rehearse(now)


def answer(now: datetime, page: UUID) -> None:
    """The house's own phone rang: say yes by reply, read the limits, come together, and be done. All went well then."""
    row = _held(now)
    call = ask_calls.call_of_page(page)
    if call is None:
        return
    back = calls.reply(now, Reply(CARRIER, ADDRESS_OF_THE_HOUSE, "1", page.hex, now))
    try:
        seat = calls.come_in(now, back.text.rpartition("/")[2], press=new_id().hex)
        for notice in ask_calls.as_caller_sees(call).limits_due:
            calls.limits_read(now, call, version=notice.version)
        calls.joined(now, seat.secret)
        calls.finished(now, seat.secret)
    except CallTrouble:
        return  # it stays open, and the look counts it as come to nothing
    if row.failures >= OPERATOR_IS_TOLD_AFTER:
        _tell_that_all_is_well(now, team().operator)
    row.went_well_at, row.failures = now, 0
    row.save(update_fields=["went_well_at", "failures"])
    timers.disarm(LOOK, [THE_HOUSE])
    if (ours := team().rehearsal) and ours.heartbeat_url:
        timers.arm(HEARTBEAT, THE_HOUSE, now)
        bell.ring("timers", "heartbeat")


def ways_of(operator: OperatorSettings | None) -> list[tuple[str, str]]:
    """Carrier and address, for each way by which the operator wants to be told."""
    if operator is None:
        return []
    ways = (("mail", operator.by_mail), ("text", operator.by_text), ("voice", operator.by_voice))
    return [(carrier, address) for carrier, address in ways if address]


def _tell_the_operator(now: datetime, operator: OperatorSettings | None) -> None:
    """By each of their ways: the one that works must be among them."""
    for carrier, address in ways_of(operator):
        write_notice(now, NoticeWords.HOUSE_IN_TROUBLE, [Reach(0, carrier, address)])


def _tell_that_all_is_well(now: datetime, operator: OperatorSettings | None) -> None:
    """Whoever was told of the trouble need not go and look. Good news rings nobody out of bed who can read it later."""
    ways = ways_of(operator)
    for carrier, address in [way for way in ways if way[0] != "voice"] or ways:
        write_notice(now, NoticeWords.HOUSE_IS_WELL, [Reach(0, carrier, address)])


DUTIES = {BEGIN: begin, LOOK: look, ANSWER: answer}
