"""Which numbers reach a screen: those that were published, digit for digit, and no other."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from pytest_django.fixtures import Settings

import stepitup.directory
from stepitup.directory import questions
from stepitup.directory.actions import static_files
from stepitup.directory.errors import FactsWrong, NoSuchHotline
from stepitup.directory.facts_file import hotlines_file
from stepitup.directory.hotline import Hotline, hotline_from
from stepitup.directory.words import words_for_lines
from stepitup.ground.team import Team
from stepitup.ground.vocabulary import SERVICES, STATES

FACTS = json.loads((Path(stepitup.directory.__file__).parent / "facts" / "hotlines.json").read_text(encoding="utf-8"))
IN_THE_FILE: dict[str, dict[str, Any]] = {line["id"]: line for line in FACTS["lines"]}
PUBLISHED = {
    name for name, line in IN_THE_FILE.items() if line["publish_by_default"] and line["region"].startswith("US")
}


@pytest.fixture(autouse=True)
def a_house_where_nobody_rang_a_line_yet(settings: Settings, tmp_path: Path) -> Team:
    settings.TEAM = Team(name="Backup", who_runs="the peer association", data=tmp_path)
    ours: Team = settings.TEAM
    return ours


def every_line_anybody_can_see() -> set[Hotline]:
    """Asked for in every state and for every service, and beside that by every other way of asking."""
    seen = set(questions.first_lines()) | set(questions.afraid_at_home())
    for lines in questions.lines_of_states().values():
        seen |= set(lines)
    for state in ("unknown", "US-XX", *STATES):
        for service in ("unknown", "nonsense", "veterans", "everyone", *SERVICES):
            seen |= set(questions.hotlines(state=state, serves=service))
    return seen


def everything_the_room_says(ours: Team) -> Iterator[str]:
    yield from static_files(ours=ours).values()
    yield render_to_string("directory/card.html", {"card": questions.card()})
    for line in every_line_anybody_can_see():
        yield render_to_string("directory/hotline.html", {"line": line})
        yield render_to_string("directory/hotline_short.html", {"line": line})


def numbers_in(text: str) -> set[str]:
    """Every run of five or more digits, however it is broken up, without the country's 1; days are not numbers."""
    text = re.sub(r"\b\d{4}-\d{2}(-\d{2})?\b", " ", re.sub(r"https?://\S+", " ", text))
    runs = (re.sub(r"\D", "", run) for run in re.findall(r"\+?\d(?:[-\s().]{0,2}\d)+", text))
    return {run[1:] if len(run) == 11 and run[0] == "1" else run for run in runs if len(run) >= 5}


def test_every_number_on_a_screen_equals_the_one_in_the_file() -> None:
    for line in every_line_anybody_can_see():
        told = IN_THE_FILE[line.id]
        text = told["text"] or {"to": None, "keyword": None}
        assert (line.phone, line.phone_display) == (told["phone_e164"], told["phone_display"])
        assert (line.text_to, line.text_keyword) == (text["to"], text["keyword"])
        if line.phone_display:
            assert line.phone_display in line.call_words
        if line.text_keyword:
            assert line.text_keyword in line.text_words


def test_everybody_sees_every_published_line_of_this_country_and_no_other() -> None:
    assert {line.id for line in every_line_anybody_can_see()} == PUBLISHED
    assert "botg-ca" not in PUBLISHED
    assert not PUBLISHED & {"safe-call-now", "frontline-helpline", "fire-ems-helpline", "988-ca", "samaritans-uk"}


def test_no_number_that_we_may_not_show_is_anywhere_in_what_the_room_says(
    a_house_where_nobody_rang_a_line_yet: Team,
) -> None:
    shown_by_right: set[str] = set()
    for name in PUBLISHED:
        line = IN_THE_FILE[name]
        text_to = (line["text"] or {}).get("to") or ""
        tty = " ".join(alias for alias in line["phone_aliases"] if alias.startswith("TTY"))
        shown_by_right |= numbers_in(" . ".join([line["phone_e164"] or "", text_to, tty]))
        shown_by_right |= numbers_in(line["phone_display"] or "")
    forbidden = numbers_in(json.dumps(FACTS, ensure_ascii=False)) - shown_by_right
    assert {"8009855590", "2064593020", "8336772668", "8334078766", "66746", "116123", "4157219789"} - forbidden == {
        "8334078766"  # not in the file: the guard below must not be empty by mistake
    }
    for said in everything_the_room_says(a_house_where_nobody_rang_a_line_yet):
        squeezed = re.sub(r"(?<=\d)[-\s().]+(?=\d)", "", said)
        assert not {number for number in forbidden if number in squeezed}


def test_no_promise_that_has_ended_or_was_never_confirmed_is_printed(
    a_house_where_nobody_rang_a_line_yet: Team,
) -> None:
    for said in everything_the_room_says(a_house_where_nobody_rang_a_line_yet):
        for word in ("BADGE", "HOLA", "PRIDE", "TalkWithUs", "BLUE"):
            assert word not in said
        assert not re.search(r"press\s*(3|three)", said, re.IGNORECASE)


class Ways(HTMLParser):
    """Collects where the links of a screen lead, and the words on them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        where = dict(attrs).get("href") or ""
        self._open = tag == "a" and where.startswith(("tel:", "sms:"))
        if self._open:
            self.found.append((where, ""))

    def handle_data(self, data: str) -> None:
        if self._open:
            where, words = self.found.pop()
            self.found.append((where, words + data))

    def handle_endtag(self, tag: str) -> None:
        self._open = False


def test_a_link_to_ring_or_text_carries_a_published_number_alone(a_house_where_nobody_rang_a_line_yet: Team) -> None:
    to_ring = {f"tel:{IN_THE_FILE[name]['phone_e164']}" for name in PUBLISHED} | {"tel:911"}
    to_text = {f"sms:{IN_THE_FILE[name]['text']['to']}" for name in PUBLISHED if IN_THE_FILE[name]["text"]}
    for said in everything_the_room_says(a_house_where_nobody_rang_a_line_yet):
        ways = Ways()
        ways.feed(said)
        for where, words in ways.found:
            assert where in to_ring | to_text
            assert re.fullmatch(r"(tel:|sms:)\+?\d+", where)
            assert re.sub(r"\D", "", words), f"{where}: the number is printed too"


def test_988_comes_first_and_the_lines_of_responders_next() -> None:
    for service in ("unknown", *SERVICES):
        first, *others = questions.hotlines(state="US-FL", serves=service)
        assert first.id == "988"
        special = [line.specialises for line in others]
        assert special == sorted(special, reverse=True)


def test_rosa_in_florida_sees_the_lines_of_florida_and_not_those_of_michigan() -> None:
    shown = {line.id for line in questions.hotlines(state="US-FL", serves="fire")}
    assert {"988", "fl-hero-line", "hero4hero", "lsf-211"} <= shown
    assert not shown & {"fst5", "mnfire", "copline", "cop2cop"}


def test_somebody_who_did_not_say_where_she_is_sees_no_line_of_a_single_state() -> None:
    assert all(line.region == "US" for line in questions.hotlines())


def test_a_guardsman_sees_the_line_of_veterans() -> None:
    assert "veterans-crisis-line" in {line.id for line in questions.hotlines(serves="national_guard")}


def test_afraid_of_someone_at_home_the_line_for_abuse_comes_first() -> None:
    assert [line.id for line in questions.afraid_at_home()] == ["ndvh", "988"]


def test_the_first_screen_has_988_to_call_and_to_text() -> None:
    first = questions.first_lines()[0]
    assert (first.phone, first.text_to) == ("988", "988")


def test_a_line_that_may_not_be_shown_cannot_be_asked_for_by_name() -> None:
    for name in ("safe-call-now", "botg-ca", "nothing"):
        with pytest.raises(NoSuchHotline):
            questions.by_id(name)


def test_a_line_whose_marks_do_not_allow_it_never_becomes_a_hotline() -> None:
    hidden = next(line for line in hotlines_file().lines if line.id == "rainn")
    with pytest.raises(FactsWrong):
        hotline_from(hidden, words_for_lines()["988"], tried=None)
