"""The house rehearses a call with itself, the whole way: press, page, reply, the limits, together, done.

Nobody is paged but the house's own helper, who is nobody, and nothing of it is counted or shown. What it tells is that
the database, the watch, the road of a page and the road of a reply work at this minute. Carriers are tried by drills.
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
from stepitup.ground.team import OperatorSettings, team
from stepitup.paging.carriers.house.own import ANSWER
from stepitup.paging.facts import NoticeWords, Reach, Reply
from stepitup.paging.notices import write_notice
from stepitup.roster.the_house import ADDRESS_OF_THE_HOUSE, CARRIER

BEGIN, HEARTBEAT = "rehearsal", "heartbeat"
# There is one house, so these timers are about nothing in particular.
THE_HOUSE = UUID(int=0)
OPERATOR_IS_TOLD_AFTER = 2
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
        timers.disarm(BEGIN, [THE_HOUSE])
        return
    armed = timers.armed_for(BEGIN, THE_HOUSE)
    if armed is None or armed > now + timedelta(minutes=wanted.every_minutes):
        timers.arm(BEGIN, THE_HOUSE, now)


def begin(now: datetime, _the_house: UUID) -> None:
    """Look at what became of the one before, then rehearse again.

    One that is still open came to nothing: it is stood down. After the second in a row the operator is told, once.
    """
    wanted = team().rehearsal
    if wanted is None:
        return
    before, _is_new = Rehearsal.objects.get_or_create(pk=_ONE, defaults={"began_at": now, "went_well_at": None})
    stale = ask_calls.rehearsals_open()
    for call in stale:
        calls.stand_down(now, call)
    if stale:
        before.failures += 1
        if before.failures == OPERATOR_IS_TOLD_AFTER:
            _tell_the_operator(now, team().operator)
    before.began_at = now
    before.save()
    timers.arm(BEGIN, THE_HOUSE, now + timedelta(minutes=wanted.every_minutes))
    calls.rehearse(now)


def answer(now: datetime, page: UUID) -> None:
    """The house's own phone rang: say yes by reply, read the limits, come together, and be done. All went well then."""
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
        return  # it stays open, and the next one counts it as come to nothing
    Rehearsal.objects.filter(pk=_ONE).update(went_well_at=now, failures=0)
    if (ours := team().rehearsal) and ours.heartbeat_url:
        timers.arm(HEARTBEAT, THE_HOUSE, now)
        bell.ring("timers", "heartbeat")


def _tell_the_operator(now: datetime, operator: OperatorSettings | None) -> None:
    """By each of their ways: the one that works must be among them."""
    if operator is None:
        return
    ways = (("mail", operator.by_mail), ("text", operator.by_text), ("voice", operator.by_voice))
    for carrier, address in ways:
        if address:
            write_notice(now, NoticeWords.HOUSE_IN_TROUBLE, [Reach(0, carrier, address)])


DUTIES = {BEGIN: begin, ANSWER: answer}
