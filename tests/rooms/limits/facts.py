"""The facts as they stand in the file, read here by themselves: no test leans on the reading it is there to check."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from stepitup.ground.vocabulary import EMPLOYERS, SERVICES, STATES, UNKNOWN, Kind
from stepitup.limits.questions import Notice, Section, Situation, notice_for

FILE = Path(__file__).parents[3] / "stepitup/limits/facts/peer_support_law.json"
FACTS: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
ROWS: dict[str, dict[str, Any]] = {row["code"]: row for row in FACTS["jurisdictions"]}
LAWS = [code for code, row in ROWS.items() if row["evidence"] in ("read", "secondary")]
NO_LAWS = [code for code in ROWS if code not in LAWS]


def somebody_under(code: str) -> Situation:
    """Somebody whom this row names, or may cover where it names nobody by service."""
    if code == "US":
        return Situation(service="law_enforcement", employer="federal")
    named = [service for service in ROWS[code]["covers"] if service != "other"]
    return Situation(state=code, service=named[0] if named else UNKNOWN, employer="local")


def section(notice: Notice, key: str) -> Section:
    """One section of a notice, by its key."""
    return next(part for part in notice.sections if part.key == key)


def said(notice: Notice, key: str) -> str:
    """What one section says, on one line; nothing where there is none."""
    return " ".join(line for part in notice.sections if part.key == key for line in part.paragraphs)


@cache
def everything() -> dict[tuple[Situation, Kind], Notice]:
    """The limits for every state, service, employer and kind of helper; the same notice is kept once."""
    once: dict[Notice, Notice] = {}
    asked = [
        (Situation(state, service, employer), kind)
        for state in (*STATES, UNKNOWN)
        for service in (*SERVICES, UNKNOWN)
        for employer in (*EMPLOYERS, UNKNOWN)
        for kind in Kind
    ]
    notices = {(situation, kind): notice_for(situation, kind) for situation, kind in asked}
    return {key: once.setdefault(notice, notice) for key, notice in notices.items()}


def grade(text: str) -> float:
    """Flesch and Kincaid's school grade: long sentences and long words make a text hard."""
    words = re.findall(r"[A-Za-z']+", text)
    sentences = max(1, len(re.findall(r"[.!?](?:\s|$)", text)))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


def _syllables(word: str) -> int:
    plain = re.sub(r"(?<=[^aeiouyl])e$|(?<=[^dt])ed$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", plain)))
