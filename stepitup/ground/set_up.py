"""The team's own answers, given on the set-up screens: sealed, signed, dated, one for each question.

They live in the database, so that every door of the house has them; each process reads them at its start and whenever
the bell says that they changed, and lays them over `team.toml` (ground.team). Drawing a screen asks no database.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from django.db import transaction

from stepitup.ground import bell, log_book
from stepitup.ground.errors import SealBroken
from stepitup.ground.log_book import What
from stepitup.ground.models import EarlierAnswer, TeamAnswer
from stepitup.ground.seal import seal, unseal
from stepitup.ground.team import SignedAnswers, lay_over

BELL: Final = "team"
EARLIER_ARE_KEPT: Final = timedelta(days=2 * 366)
YES, NO = "yes", "no"
_ANSWER, _SIGNED_BY = "team answer", "team answer signed by"


class Asked(StrEnum):
    """What a team is asked before its first night."""

    POLICY = "policy"
    CLINICAL_LEAD = "clinical_lead"
    ON_CALL_CLINICIAN = "on_call_clinician"
    COUNSEL = "counsel"
    RECORDS_REQUEST = "records_request"
    WHO_RUNS = "who_runs"
    NETWORK = "network"
    RUN_BY_EMPLOYER = "run_by_employer"
    COMPLAINT_TO = "complaint_to"
    MY_JOB = "my_job"


# What stands in team.toml too: there it holds until the team has answered on the screen.
IN_THE_FILE_TOO: Final = (
    Asked.WHO_RUNS,
    Asked.NETWORK,
    Asked.ON_CALL_CLINICIAN,
    Asked.COMPLAINT_TO,
    Asked.MY_JOB,
    Asked.RUN_BY_EMPLOYER,
)


@dataclass(frozen=True)
class Answer:
    """One answer: what it says, who signed it, of which day, and how often it was changed."""

    text: str
    signed_by: str
    dated: date
    version: int


@dataclass(frozen=True)
class Earlier:
    """An answer that stood here before, and until when."""

    asked: Asked
    text: str
    signed_by: str
    dated: date
    until: datetime


class ChangedMeanwhile(Exception):
    """Somebody else answered this question after it was opened here. `now` is what they said."""

    def __init__(self, asked: Asked, now: Answer | None) -> None:
        super().__init__(f"{asked} was answered by somebody else meanwhile")
        self.asked = asked
        self.now = now


def answers() -> dict[Asked, Answer]:
    """Every answer that can be read. One sealed under another site key is no answer."""
    found = dict[Asked, Answer]()
    for row in TeamAnswer.objects.filter(question__in=list(Asked)):
        try:
            text, signed_by = str(unseal(_ANSWER, row.answer)), str(unseal(_SIGNED_BY, row.signed_by))
        except SealBroken:
            continue
        found[Asked(row.question)] = Answer(text, signed_by, row.dated, row.version)
    return found


def earlier(asked: Collection[Asked]) -> list[Earlier]:
    """What was answered to these questions before, the newest first. One sealed under another site key is not told."""
    found = list[Earlier]()
    for row in EarlierAnswer.objects.filter(question__in=list(asked)).order_by("-replaced_at", "pk"):
        try:
            text, signed_by = str(unseal(_ANSWER, row.answer)), str(unseal(_SIGNED_BY, row.signed_by))
        except SealBroken:
            continue
        found.append(Earlier(Asked(row.question), text, signed_by, row.dated, row.replaced_at))
    return found


def forget_earlier(now: datetime) -> int:
    """Delete the answers that were replaced two years ago; return how many."""
    return EarlierAnswer.objects.filter(replaced_at__lte=now - EARLIER_ARE_KEPT).delete()[0]


def answer(
    now: datetime, texts: Mapping[Asked, str], *, signed_by: str, dated: date, who: str, seen: Mapping[Asked, int]
) -> None:
    """Keep what the team says, signed and dated; an empty text takes an answer back.

    1. Whoever read an older answer changes nothing and is told (`seen`: the versions they had before them).
    2. The log book notes which question was answered, by its first word; what was said stands nowhere but here.
       What stood there before is kept with its signature and its day.
    3. Every process hears of it.

    Raises ChangedMeanwhile.
    """
    for asked, text in texts.items():
        _write(now, asked, text, signed_by=signed_by, dated=dated, seen=seen.get(asked, 0))
    first = next(iter(texts))
    what = What.SIGNED_MY_JOB if first is Asked.MY_JOB else What.ANSWERED_SET_UP
    log_book.note(now, who=who, what=what, about=first.replace("_", "-"))
    bell.ring(BELL, "answers")
    transaction.on_commit(read_again)


def read_again() -> None:
    """Lay the answers over `team.toml`, in this process."""
    lay_over(_as_team(answers()))


def _write(now: datetime, asked: Asked, text: str, *, signed_by: str, dated: date, seen: int) -> None:
    said = {
        "answer": seal(_ANSWER, text),
        "signed_by": seal(_SIGNED_BY, signed_by),
        "dated": dated,
        "written_at": now,
        "version": seen + 1,
    }
    if seen:
        written = _put_in_the_place(now, asked, seen, said)
    else:
        _row, written = TeamAnswer.objects.get_or_create(question=asked, defaults=said)
    if not written:
        raise ChangedMeanwhile(asked, answers().get(asked))


def _put_in_the_place(now: datetime, asked: Asked, seen: int, said: Mapping[str, Any]) -> bool:
    """Keep what stood there, and write over it; False where somebody else was first."""
    rows = TeamAnswer.objects.filter(question=asked, version=seen)
    before = rows.first()
    if before is None or not rows.update(**said):
        return False
    EarlierAnswer.objects.create(
        question=asked,
        answer=before.answer,
        signed_by=before.signed_by,
        dated=before.dated,
        version=before.version,
        replaced_at=now,
    )
    return True


def _as_team(said: Mapping[Asked, Answer]) -> dict[str, Any]:
    """The answers as words of the team. An employer is named if either the file or the team names one."""
    words: dict[str, Any] = {
        asked.value: said[asked].text
        for asked in (Asked.WHO_RUNS, Asked.NETWORK, Asked.ON_CALL_CLINICIAN, Asked.COMPLAINT_TO)
        if asked in said and said[asked].text
    }
    if Asked.MY_JOB in said and said[Asked.MY_JOB].text:
        mine = said[Asked.MY_JOB]
        words["my_job"] = SignedAnswers(mine.text, mine.signed_by, mine.dated)
    if Asked.RUN_BY_EMPLOYER in said and said[Asked.RUN_BY_EMPLOYER].text == YES:
        words["run_by_employer"] = True
    return words
