"""The loop: claim what is due, let crews do it, renew the leases of what is under way, beat the heart.

    dispatcher   one thread: claims and hands out; does nothing that takes long
    clerks       a few threads with a database connection: steps, and looking after the house
    senders      as many: making pages ready, noting what came of them; a page never waits behind a thousand steps
    runners      a crew for each carrier: only hand pages over, so that one that hangs delays nobody else

A claim is a lease of seconds, renewed while the work goes on. Kill this process at any instant and the leases run out;
whoever watches next takes the work over, with the same idempotency keys.
"""

import logging
import math
import threading
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from queue import SimpleQueue
from uuid import UUID

from django.db import DatabaseError, connection

from stepitup.calls import actions as calls
from stepitup.calls import timing
from stepitup.drills import rehearsal, timetable
from stepitup.ground import bell, clock, drafts, heart, log_book, set_up, timers
from stepitup.ground.deeds import deed
from stepitup.ground.keys import new_id
from stepitup.ground.timers import Claimed
from stepitup.paging import carriers
from stepitup.paging.facts import Outcome
from stepitup.paging.hearing import forget_heard
from stepitup.paging.notices import forget_notices, is_notice, notice_kind
from stepitup.paging.rounds import timer_kind
from stepitup.roster import actions as roster
from stepitup.tally import actions as tally
from stepitup.watch import outside
from stepitup.watch.crew import Crew, up_to
from stepitup.watch.duties import DUTIES, fulfil, fulfil_steps
from stepitup.watch.letters import write_letters
from stepitup.watch.line import Line
from stepitup.watch.reminders import write_reminders
from stepitup.watch.sending import drop, make_ready, note, note_together

LEASE = timedelta(seconds=5)
_RENEW_EVERY = 1.5  # three times in a lease, so that one that comes late lets nobody else in
_BEAT_EVERY = 1.0
_MEND_EVERY = 30.0
_TIDY_EVERY = 24 * 3600.0
_LETTERS_EVERY = 600.0
_LOOK_AGAIN_AFTER = 1.0  # the net under the bell
_A_BREATH = 0.01  # what falls due within it is claimed together; whoever presses rings the bell, and waits for nothing
_LAST_MOMENT = 1.0
_CLERKS = 3
_SENDERS = 3
_NOTICES_AT_ONCE = 2  # a carrier, by runners of their own: a notice never stands before a page, nor a page behind one
_DUTIES_AT_ONCE = 200
_WORTH_A_LOOK = 50  # room for fewer duties is not worth a claim of its own while that many are at hand
_STEPS_TOGETHER = 50
_WAIT_TO_GO_ALONG = 0.25  # for whoever takes steps now; after that they are taken beside one that hangs
_NOTED_TOGETHER = 50  # so many at most are noted in one commit, so that nobody else waits long for the database
_READY_TOGETHER = 10  # so many pages are made ready with one look; more would keep the first of them waiting

log = logging.getLogger(__name__)


class Watch:
    """One watch. `alone` says that no other can be alive (SQLite): then leases found at the start are nobody's."""

    def __init__(self, *, alone: bool) -> None:
        self.name = new_id().hex
        self._alone = alone
        self._stopping = threading.Event()
        self._bell = bell.Waiter("timers")
        self._dispatcher = threading.Thread(target=self._watch, name="watch", daemon=True)
        self._clerks, self._senders = Crew("clerks", _CLERKS), Crew("senders", _SENDERS)
        self._secretary = Crew("letters", 1)  # alone, so that a slow mail server keeps no page and no step waiting
        self._lines = {timer_kind(name): Line(name) for name in carriers.names()}
        self._lines |= {notice_kind(name): Line(name, at_most=_NOTICES_AT_ONCE) for name in carriers.names()}
        # Tests go one at a time by a runner of their own: no drill ever takes a runner from a page.
        self._lines |= {timer_kind(name, test=True): Line(name, at_most=1) for name in carriers.names()}
        self._errands = Crew("errands", 1)  # alone: nobody in the house waits for somebody outside
        self._steps: SimpleQueue[Claimed] = SimpleQueue()
        self._taking_steps = threading.Lock()
        self._taken: SimpleQueue[tuple[Claimed, Outcome]] = SimpleQueue()
        self._guard = threading.Lock()
        self._under_way: dict[int, Claimed] = {}
        self._renewed = self._beaten = self._mended = self._tidied = self._written = -math.inf
        self._beating = False
        self._is_short_of_room = False

    def start(self) -> None:
        """Begin to watch; returns at once."""
        self._dispatcher.start()

    def stop(self) -> None:
        """Stop within a second or two. What was claimed is let go, so that the next watch need not wait."""
        self._stopping.set()
        self._bell.wake()
        self._dispatcher.join(timeout=_LAST_MOMENT + 3)
        self._clerks.dismiss()
        self._senders.dismiss()
        self._secretary.dismiss()
        self._errands.dismiss()
        for line in self._lines.values():
            line.close()

    def _watch(self) -> None:
        with bell.hearing(self._bell.hear):
            while not self._stopping.is_set():
                try:
                    self._bell.wait(max(self._one_round(), _A_BREATH))
                except Exception:  # the rim: a database that is away must not end the watch
                    log.exception("the watch could not look; it looks again in a second")
                    connection.close()  # the next try takes a new one: a file that came back may be another file
                    self._stopping.wait(1)
        self._let_go()
        connection.close()

    def _let_go(self) -> None:
        """A moment for what is under way to end and be noted; what still is, the next watch may take at once."""
        latest = time.monotonic() + _LAST_MOMENT
        while self._under_way and time.monotonic() < latest:
            self._bell.wait(0.05)
        try:
            deed(timers.release, holder=self.name)
        except DatabaseError:
            log.warning("the database is away: what this watch held comes due again when its leases end")

    def _one_round(self) -> float:
        """Claim and hand out what is due; return for how many seconds one may sleep."""
        if self._alone:
            deed(timers.release_all)
            self._alone = False
        self._keep_alive()
        self._look_after_the_house()
        now = clock.now()
        self._is_short_of_room = True  # until we know: whoever makes room while we look must wake us
        full = {kind for kind in timers.kinds_due(now) if not self._claim_and_give(now, kind)}
        self._is_short_of_room = bool(full)
        coming = timers.next_due(besides=full)
        return _LOOK_AGAIN_AFTER if coming is None else min((coming - now).total_seconds(), _LOOK_AGAIN_AFTER)

    def _claim_and_give(self, now: datetime, kind: str) -> bool:
        """Claim what is due of one kind and hand it out; False when there is no room for more."""
        line = self._lines.get(kind)
        room = line.room() if line else self._room_for_duties(kind)
        if room <= 0:
            return False
        claimed = deed(timers.claim, kinds=[kind], limit=room, lease=LEASE, holder=self.name)
        if line:
            self._give_pages(claimed, line)
        else:
            self.give_duties(claimed)
        return len(claimed) < room

    def give_duties(self, claimed: Sequence[Claimed]) -> None:
        """To the clerks. A duty that is under way may have been armed anew meanwhile; done twice it changes nothing."""
        with self._guard:
            self._under_way |= {one.id: one for one in claimed}
        for one in claimed:
            if one.kind == timing.STEP:
                self._steps.put(one)
                self._clerks.give(self._take_steps)
            elif one.kind in outside.ERRANDS:
                self._errands.give(partial(self._run, one))
            else:
                self._clerks.give(partial(self._fulfil, one))

    def _give_pages(self, claimed: Sequence[Claimed], line: Line) -> None:
        """To the senders, who make them ready.

        A page that is under way here comes due again when the host has slept or its clock is put forward. It is not
        sent twice: its lease was just renewed, and that is all.
        """
        with self._guard:
            new = [one for one in claimed if one.id not in self._under_way]
            self._under_way |= {one.id: one for one in new}
        for start in range(0, len(new), _READY_TOGETHER):
            batch = new[start : start + _READY_TOGETHER]
            self._senders.give(partial(self._send, batch, line.expect(len(batch))))

    def _fulfil(self, claimed: Claimed) -> None:
        try:
            fulfil(claimed, holder=self.name)
        finally:
            self._no_longer(claimed)

    def _run(self, claimed: Claimed) -> None:
        try:
            outside.run(claimed, holder=self.name)
        finally:
            self._no_longer(claimed)

    def _take_steps(self) -> None:
        """By a clerk, one at a time, so that steps that come due meanwhile go along with the next: who is free can be
        asked by one deed at a time anyway, and one deed for ten costs little more than for one.
        """
        goes_along = self._taking_steps.acquire(timeout=_WAIT_TO_GO_ALONG)
        try:
            self._take_together(up_to(_STEPS_TOGETHER, self._steps))
        finally:
            if goes_along:
                self._taking_steps.release()

    def _take_together(self, batch: Sequence[Claimed]) -> None:
        """These steps in one commit; where that breaks, each by itself: one harms no other."""
        if not batch:
            return
        try:
            fulfil_steps(batch, holder=self.name)
        except Exception:
            log.exception("several steps could not be taken together; each is taken by itself")
            connection.close()  # as in Crew: whatever it holds, the next job takes a new one
            for one in batch:
                self._clerks.give(partial(self._fulfil, one))
            return
        for one in batch:
            self._no_longer(one)

    def _send(self, batch: Sequence[Claimed], line: Line) -> None:
        """By a sender: make ready, then let the runners of this carrier's crew hand each page over."""
        try:
            ready = make_ready(batch)
        except BaseException:
            for claimed in batch:
                self._no_longer(claimed)
            raise
        for claimed, page in ready.to_send:
            line.run(page, then=partial(self._note_later, claimed))
        for claimed, over in ready.to_drop:
            self._senders.give(partial(self._drop, claimed, over))

    def _drop(self, claimed: Claimed, page: UUID | None) -> None:
        try:
            drop(claimed, page, holder=self.name)
        finally:
            self._no_longer(claimed)

    def _note_later(self, claimed: Claimed, outcome: Outcome) -> None:
        """By a runner. What a carrier has taken is noted together with what others have taken meanwhile."""
        if outcome.then is not None or is_notice(claimed.kind):
            self._senders.give(partial(self._note, claimed, outcome))
            return
        self._taken.put((claimed, outcome))
        self._senders.give(self._note_taken)

    def _note(self, claimed: Claimed, outcome: Outcome) -> None:
        try:
            note(claimed, outcome, holder=self.name)
        finally:
            self._no_longer(claimed)
        if outcome.then is not None:
            self._bell.wake()  # the next way, or another try, has been armed

    def _note_taken(self) -> None:
        """All that waits to be noted, in one commit; where that breaks, each by itself, so that one harms no other."""
        batch = up_to(_NOTED_TOGETHER, self._taken)
        if not batch:
            return
        try:
            note_together(batch, holder=self.name)
        except Exception:
            log.exception("what carriers have taken could not be noted together; each is noted by itself")
            connection.close()  # as in Crew: whatever it holds, the next job takes a new one
            for claimed, outcome in batch:
                self._senders.give(partial(self._note, claimed, outcome))
            return
        for claimed, _outcome in batch:
            self._no_longer(claimed)

    def _no_longer(self, claimed: Claimed) -> None:
        with self._guard:
            self._under_way.pop(claimed.id, None)
        if (line := self._lines.get(claimed.kind)) is not None:
            line.one_less()
        if self._is_short_of_room and (line or self._room_for_duties(claimed.kind)):
            self._bell.wake()

    def _room_for_duties(self, kind: str) -> int:
        if kind not in DUTIES and kind not in outside.ERRANDS:
            return 0
        with self._guard:
            room = _DUTIES_AT_ONCE - sum(1 for one in self._under_way.values() if one.kind in DUTIES)
        return room if room >= _WORTH_A_LOOK else 0

    def _look_after_the_house(self) -> None:
        """Find again what was dropped; see whether a letter of today is to be written; let go of what had its day."""
        moment = time.monotonic()
        if moment - self._mended > _MEND_EVERY:
            self._mended = moment
            self._clerks.give(self._mend)
        if moment - self._tidied > _TIDY_EVERY:
            self._tidied = moment
            for forget in (
                roster.forget,
                log_book.keep_and_forget,
                tally.forget,
                drafts.forget,
                set_up.forget_earlier,
                forget_heard,
                forget_notices,
            ):
                self._clerks.give(partial(deed, forget))

        if moment - self._written > _LETTERS_EVERY:
            self._written = moment
            self._secretary.give(write_letters)
            self._secretary.give(write_reminders)

    def _mend(self) -> None:
        """A hundred in a deed, and whoever wants to write may do so in between. Then the timetable of drills."""
        while not self._stopping.is_set() and deed(calls.mend) == calls.MENDED_AT_ONCE:
            continue
        deed(timetable.keep_time)
        deed(rehearsal.keep_time)

    def _keep_alive(self) -> None:
        """Every second the heart beats, if it passes through a sender's hand and a clerk's: where either crew is stuck,
        it stops, and the screens say so.
        """
        moment = time.monotonic()
        if moment - self._beaten > _BEAT_EVERY and not self._beating:
            self._beaten, self._beating = moment, True
            connection.close_if_unusable_or_obsolete()
            self._senders.give(partial(self._clerks.give, self._beat))
        if moment - self._renewed > _RENEW_EVERY:
            self._renewed = moment
            with self._guard:
                ids = list(self._under_way)
            if ids:
                deed(timers.keep, holder=self.name, ids=ids, lease=LEASE)
            for line in self._lines.values():
                line.write_off_stuck()
            self._errands.replace_stuck(outside.LONGEST)

    def _beat(self) -> None:
        try:
            deed(heart.beat, name=self.name)
        finally:
            self._beating = False
