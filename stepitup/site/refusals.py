"""What the router says by itself, in words, with the hotlines: drawn once at the start and kept in memory.

No dead end: also somebody whose press was too long, too slow, or met a database that is away, reads what still holds
and whom to ring.
"""

import html
import json
from pathlib import Path
from urllib.parse import parse_qsl

from django.template import Context, Engine
from django.utils.translation import gettext

import stepitup.directory
from stepitup.directory import questions as directory
from stepitup.ground.team import team
from stepitup.site.body import FIELDS_AT_MOST, TOO_LONG
from stepitup.site.messages import PROBLEM, Answer, Headers

_NOT_KEPT: Headers = ((b"cache-control", b"no-store"),)
_FIELDS = "<!--what was sent-->"
_COMMANDS = (
    "stepitup roster import roster.csv --dry-run",
    "stepitup roster import roster.csv",
    "stepitup duty import shifts.csv --dry-run",
    "stepitup duty import shifts.csv",
)
_FOLDERS = (Path(__file__).parent / "templates", Path(stepitup.directory.__file__).parent / "templates")


class Refusals:
    """Every refusal of the router, ready to be given."""

    def __init__(self) -> None:
        engine = Engine(
            dirs=[str(folder) for folder in _FOLDERS], libraries={"i18n": "django.templatetags.i18n"}, autoescape=True
        )
        told = {"ours": team(), "style": "/static/style.css", "lines": directory.first_lines()}
        screen = engine.get_template("site/refusal.html")
        self._words = _words()
        self._screens = {
            status: screen.render(Context({**told, "heading": heading, "words": words})).encode()
            for status, (heading, words) in self._words.items()
        }
        too_large = engine.get_template("site/file_too_large.html")
        self._file_too_large = too_large.render(Context({**told, "commands": _COMMANDS})).encode()
        self._press_again = engine.get_template("site/press_again.html").render(Context(told))
        self._lines = [
            {"name": line.name, "phone": line.phone, "text_to": line.text_to} for line in directory.first_lines()
        ]

    def screen(self, status: int) -> Answer:
        """For a person."""
        return Answer(status, self._screens[status], headers=_NOT_KEPT)

    def file_too_large(self) -> Answer:
        """For somebody of the team who brought more than a screen takes: how it goes all the same."""
        return Answer(TOO_LONG, self._file_too_large, headers=_NOT_KEPT)

    def problem(self, status: int) -> Answer:
        """For a program: problem details (RFC 9457), in words, with the hotlines."""
        title, detail = self._words[status]
        told = {"title": title, "status": status, "detail": detail, "hotlines": self._lines}
        return Answer(status, json.dumps(told).encode(), PROBLEM, _NOT_KEPT)

    def press_again(self, body: bytes) -> Answer:
        """For a person whose press met trouble: one button that sends the same once more, under the same key."""
        screen = self._press_again.replace(_FIELDS, _hidden_fields(body), 1)
        return Answer(503, screen.encode(), headers=_NOT_KEPT)


def _hidden_fields(body: bytes) -> str:
    sent = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=FIELDS_AT_MOST)
    return "\n".join(
        f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">' for name, value in sent
    )


def _words() -> dict[int, tuple[str, str]]:
    """By status: a heading, and what happened, what still holds, and what to do now."""
    return {
        400: (
            gettext("We could not read this"),
            gettext("What was sent did not arrive as text that we can read. Nothing was saved. Go back and try again."),
        ),
        404: (
            gettext("There is nothing here"),
            gettext("This address leads nowhere. Your call, if you made one, is not touched."),
        ),
        405: (
            gettext("This address cannot do that"),
            gettext("Nothing was saved. Your call, if you made one, is not touched."),
        ),
        408: (
            gettext("Not everything arrived"),
            gettext("We waited ten seconds. Your signal may be weak. Nothing was saved. Go back and press again."),
        ),
        413: (
            gettext("This is too long for us"),
            gettext(
                "More was sent than we can read at once. Nothing was saved. Go back, make it shorter, press again."
            ),
        ),
        429: (
            gettext("Many screens are open"),
            gettext("This screen does not move by itself. Load it again to see what changed."),
        ),
        500: (
            gettext("We have trouble. That is our failure, not yours"),
            gettext("We cannot tell you whether what you pressed was saved. A call that we confirmed before is kept."),
        ),
        503: (
            gettext("We have trouble. That is our failure, not yours"),
            gettext(
                "Our machine cannot read or write just now. A call that we confirmed before is kept. Press again soon."
            ),
        ),
    }
