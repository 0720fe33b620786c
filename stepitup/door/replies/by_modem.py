"""Replies by a modem of one's own: read from its inbox, done, answered, and only then deleted.

Killed at any point, the file is still there and is read again: a reply is heard once, and its answer has one key.
"""

import logging
from datetime import datetime

from stepitup.calls import actions
from stepitup.ground import clock
from stepitup.ground.deeds import deed
from stepitup.paging import questions
from stepitup.paging.carriers.modem_gammu.inbox import Arrived, Garbage
from stepitup.paging.carriers.modem_gammu.sender import Modem
from stepitup.paging.facts import Outcome, Reply

_MEANS = {"delivered": Outcome.handed_over(), "failed": Outcome.next_way("not delivered")}

log = logging.getLogger(__name__)


def take_what_came(modem: Modem) -> int:
    """Take each reply that lies there, and return how many there were.

    What could not be taken stays, and the others are taken all the same; then its trouble is raised: OSError where the
    disk and DatabaseError where the database will not.
    """
    now = clock.now()
    taken, troubles = 0, list[Exception]()
    for one in modem.arrived(now):
        try:
            taken += _take(now, modem, one)
            one.path.unlink(missing_ok=True)
        except Exception as trouble:  # noqa: BLE001  raised below: one odd message must not stand before all others
            troubles.append(trouble)
    if troubles:
        raise troubles[0]
    return taken


def _take(now: datetime, modem: Modem, one: Arrived | Garbage) -> int:
    if isinstance(one, Garbage):
        # Whatever is in it, a stranger wrote it: not a word of it goes into the log.
        log.warning("a file in the modem's inbox was no message, and was dropped")
        return 0
    if one.is_report:
        _note(one)
    else:
        back = deed(actions.reply, Reply(modem.name, one.number, one.said, one.id, min(one.at, now)))
        if back.text:
            modem.answer(one.number, back.text, key=one.id[:32])
    return 1


def _note(report: Arrived) -> None:
    """The network's word on the text that went to this number last. "Pending", and what nobody knows, say nothing."""
    outcome = _MEANS.get(report.said.strip().lower())
    key = questions.newest_key_to(report.number) if outcome else None
    if outcome and key:
        deed(actions.note_delivery, key, outcome)
