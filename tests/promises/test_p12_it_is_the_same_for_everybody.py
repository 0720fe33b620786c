"""P12: keyboard, screen reader, no script, plain words, every language: on every screen, not on the best ones."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.promises.every_screen import addresses, all_screens
from tests.stories.night import Night

HOUSE = Path(__file__).parents[2] / "stepitup"
TEMPLATES = sorted(HOUSE.rglob("templates/**/*.html"))
READ_ALOUD = re.compile(r'\s(?:aria-label|alt|placeholder|title)="([^"]*)"')
_VOID = frozenset({"input", "br", "hr", "img", "meta", "link"})


class Reader(HTMLParser):
    """Goes through a screen as a keyboard and a screen reader do."""

    def __init__(self, raw: str) -> None:
        super().__init__(convert_charrefs=True)
        self.lang = ""
        self.stops: list[str] = []  # where the tab key stops, in order
        self.named: set[str] = set()  # ids that a label speaks for
        self.unnamed: list[str] = []
        self.wrong: list[str] = []
        self.count: dict[str, int] = {}
        self._inside: list[str] = []
        self._asked: list[tuple[str, bool]] = []
        self._button: str | None = None
        self.feed(raw)
        self.close()
        self.unnamed += [name for name, spoken in self._asked if not spoken and name not in self.named]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if "template" in self._inside:
            return
        self.count[tag] = self.count.get(tag, 0) + 1
        if tag not in _VOID:
            self._inside.append(tag)
        if tag == "html":
            self.lang = said.get("lang", "")
        self._must_work_without_script(tag, said)
        if tag in {"a", "button", "summary"} or (tag in {"input", "select", "textarea"} and _is_asked(said)):
            self.stops.append(said.get("href", tag))
        if tag == "label":
            self.named.add(said.get("for", ""))
        if tag in {"input", "select", "textarea"} and _is_asked(said):
            self._asked.append((said.get("id", ""), "label" in self._inside or "aria-label" in said))
        if tag == "button":
            self._button = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "button" and self._button is not None:
            if not self._button.strip():
                self.wrong.append("a button without words")
            self._button = None
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._button is not None:
            self._button += data

    def _must_work_without_script(self, tag: str, said: dict[str, str]) -> None:
        checks: list[tuple[bool, str]] = [
            (tag == "button" and "form" not in self._inside, "a button outside a form does nothing without script"),
            (tag == "form" and not said.get("action", "").startswith("/"), "a form without its address"),
            (tag == "a" and not said.get("href"), "a link to nowhere"),
            (tag == "script" and "src" not in said, "script inside the screen"),
            (tag == "style" or "style" in said, "style inside the screen"),
            (any(name.startswith("on") for name in said), "script in an attribute"),
            (said.get("tabindex", "0") not in {"0", "-1"}, "a tab order of its own"),
            ("required" in said, "an answer that must be given"),
            (said.get("src", "/").startswith(("http", "//")), "something from another host"),
        ]
        self.wrong += [problem for is_wrong, problem in checks if is_wrong]


Rule = Callable[[Reader], bool]
RULES: dict[str, Rule] = {
    "says its language": lambda screen: screen.lang == "en",
    "has one heading of the first rank": lambda screen: screen.count.get("h1") == 1,
    "has one main part": lambda screen: screen.count.get("main") == 1,
    "offers the way out first": lambda screen: screen.stops[:2] == ["#main", "/away"],
    "offers a person to talk to": lambda screen: "/hotlines" in screen.stops or "tel:988" in screen.stops,
    "names every question": lambda screen: not screen.unnamed,
    "works without script": lambda screen: not screen.wrong,
}
# Where "leave quickly" leads there is nothing to leave, and nothing that tells what was left.
SAYS_NOTHING = "/away"


@pytest.fixture
def shown(night: Night) -> dict[str, Reader]:
    """Every screen of one long night."""
    return {f"{number} {address}": Reader(screen.raw) for number, (address, screen) in enumerate(all_screens(night))}


def test_every_screen_has_the_way_out_and_a_person_and_works_by_keyboard_and_without_script(
    shown: dict[str, Reader],
) -> None:
    broken = [
        f"{address}: {rule} {screen.wrong or screen.unnamed}"
        for address, screen in shown.items()
        for rule, holds in RULES.items()
        if not (SAYS_NOTHING in address and "offers" in rule) and not holds(screen)
    ]
    assert broken == []


def test_the_long_night_misses_no_screen(shown: dict[str, Reader]) -> None:
    seen = {address.partition(" ")[2] for address in shown}
    only_answers_or_is_for_programs = {
        address
        for address in addresses()
        # The team's own screens are walked by tests/rooms/test_team_who_may_open_what.py.
        if address.startswith(("/api", "/demo", "/replies", "/team/")) or address in NO_SCREEN_OF_ITS_OWN
    }
    assert addresses() - seen - only_answers_or_is_for_programs == set()


NO_SCREEN_OF_ITS_OWN = {
    "/night",
    "/healthz",
    "/readyz",
    "/metrics",
    "/call/step-up",
    "/call/not-this-person",
    "/call/suggestion",
    "/seat/joined",
    "/seat/this-device",
    "/seat/ring",
    "/seat/elsewhere",
    "/seat/hand-back",
    "/seat/finished",
    "/seat/not-a-call",
    "/seat/hand-off",
}


@pytest.mark.only_on("sqlite")  # about no database: once is enough
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_word_on_a_screen_can_be_translated(template: Path) -> None:
    left = template.read_text(encoding="utf-8")
    aloud = [words for words in READ_ALOUD.findall(left) if re.search(r"[^\W\d_]", _without_tags_of_django(words))]
    assert aloud == [], f"{template.name} reads words aloud that cannot be translated"
    bare = re.sub(r"<[^>]*>", " ", _without_tags_of_django(left))
    words = re.findall(r"[^\W\d_]{2,}", bare)
    assert words == [], f"{template.name} has words outside the tags of translation"


def _without_tags_of_django(text: str) -> str:
    for sort in (
        r"\{#.*?#\}",
        r"\{% block \w+_attributes %\}.*?\{% endblock %\}",
        r"\{% comment.*?endcomment %\}",
        r"\{% blocktranslate.*?endblocktranslate %\}",
        r"\{%.*?%\}",
        r"\{\{.*?\}\}",
        r"<!doctype[^>]*>",
        r"<(style|script)\b.*?</\1>",
    ):
        text = re.sub(sort, "", text, flags=re.DOTALL)
    return text


def _is_asked(said: dict[str, str]) -> bool:
    return said.get("type") not in {"hidden", "submit"}
