"""A screen as a person has it before them: its words, its buttons and links, and the forms behind the buttons."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_SILENT = frozenset({"script", "style", "head", "option", "template"})
_READ_WHOLE = frozenset({"a", "button", "textarea", "h1", "h2"})
_LAST_DIGITS = 4
_VOID = frozenset({"input", "br", "hr", "img", "meta", "link"})


@dataclass
class Form:
    """Where a form goes, what it brings along as it stands, and its buttons by their words."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)

    def put(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)


class Screen(HTMLParser):
    """What one answer shows. `raw` is the page as it was sent."""

    def __init__(self, raw: str, *, status: int) -> None:
        super().__init__(convert_charrefs=True)
        self.raw, self.status = raw, status
        self.links: dict[str, str] = {}
        self.forms: list[Form] = []
        self.headings: list[str] = []
        self._words: list[str] = []
        self._open: list[str] = []
        self._form: Form | None = None
        self._link = self._field = ""
        self._button: tuple[str, str] = ("", "")
        self._since = 0
        self.feed(raw)
        self.close()

    @property
    def words(self) -> str:
        """Everything that can be read on it, as one line."""
        return _plain(self._words)

    @property
    def main_action(self) -> str:
        """The words of the largest button or link."""
        found = re.search(r'class="main-action"[^>]*>(.*?)</(?:a|button)>', self.raw, flags=re.DOTALL)
        return _plain([re.sub(r"<[^>]+>", " ", found.group(1))]) if found else ""

    def form_with(self, button: str) -> Form:
        """The form in which this button stands."""
        found = next((form for form in self.forms if button in form.buttons), None)
        assert found is not None, f"there is no button “{button}” here:\n{self.words}"
        return found

    def has_button(self, button: str) -> bool:
        return any(button in form.buttons for form in self.forms)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self._open.append(tag)
        match tag:
            case "form":
                self._form = Form(said.get("action", ""))
                self.forms.append(self._form)
            case "a":
                self._link = said.get("href", "")
            case "button":
                self._button = (said.get("name", ""), said.get("value", ""))
            case "select" | "textarea":
                self._field = said.get("name", "")
            case "input" | "option":
                self._bring_along(tag, said)
        if tag in _READ_WHOLE:
            self._since = len(self._words)

    def handle_endtag(self, tag: str) -> None:
        here = _plain(self._words[self._since :]) if tag in _READ_WHOLE else ""
        match tag:
            case "a":
                self.links.setdefault(here, self._link)
            case "button" if self._form is not None:
                self._form.buttons.setdefault(here, self._button)
            case "textarea" if self._form is not None:
                self._form.put(self._field, here)
            case "form":
                self._form = None
            case "h1" | "h2":
                self.headings.append(here)
        while self._open and self._open.pop() != tag:
            pass

    def _bring_along(self, tag: str, said: dict[str, str]) -> None:
        """What a browser would send of this answer as it stands."""
        ticked = tag == "option" or said.get("type") in {"checkbox", "radio"}
        name = self._field if tag == "option" else said.get("name", "")
        if self._form is None or not name or (ticked and not {"selected", "checked"}.intersection(said)):
            return
        self._form.put(name, said.get("value", "on" if ticked else ""))

    def handle_data(self, data: str) -> None:
        if not _SILENT.intersection(self._open):
            self._words.append(data)


def holds(raw: str, word: str) -> bool:
    """Whether this is written there, also hidden. Of a number its last four digits are said, however the rest stands;
    they count after its exchange alone: a random mark holds any four by chance.
    """
    if len(word) == _LAST_DIGITS and word.isdigit():
        return re.search(rf"555\D{{0,10}}{word}", raw) is not None
    return word in raw


def _plain(words: list[str]) -> str:
    return " ".join(" ".join(words).split())
