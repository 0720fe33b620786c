"""Words that no screen says: those that hurt, those that blame, and those that promise more than anybody can keep."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.only_on("sqlite")  # about no database: once is enough

HOUSE = Path(__file__).parents[2] / "stepitup"
_IN_TEMPLATES = re.compile(
    r'{%\s*translate "([^"]*)"|{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate', flags=re.DOTALL
)
_NAMES_A_VALUE = re.compile(r"%\(\w+\)[sd]|{{.*?}}")
NEVER = re.compile(
    r"\b(last|final|finally|dead|forgotten|committed|invalid|illegal|failed|abort|aborted|cancel|cancelled|"
    r"agents?|admins?|resources?|backups|users?|privileged|confidential|anonymous|anonymously)\b",
    flags=re.IGNORECASE,
)
# It names two of them, to say that they are not to be used.
SAID_ABOUT_WORDS = "Say “died by suicide”. Do not say “committed”, and do not call an attempt failed or successful."


def said_in_templates() -> Iterator[tuple[str, str]]:
    for path in HOUSE.rglob("templates/**/*.html"):
        for plain, block in _IN_TEMPLATES.findall(path.read_text(encoding="utf-8")):
            yield path.name, plain or block


def said_in_code() -> Iterator[tuple[str, str]]:
    for path in HOUSE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "gettext" in text:
            yield from ((path.name, sentence) for sentence in _sentences(ast.parse(text)))


def _sentences(code: ast.Module) -> Iterator[str]:
    for part in ast.walk(code):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and _translates(part.func.id):
            yield from (one.value for one in part.args if isinstance(one, ast.Constant) and isinstance(one.value, str))


def _translates(function: str) -> bool:
    return function == "_" or "gettext" in function


def test_no_screen_says_a_word_that_hurts_blames_or_promises_too_much() -> None:
    said = [*said_in_templates(), *said_in_code()]
    assert len(said) > 2000, "the sentences were found"
    hurts = [
        (where, found[0], sentence)
        for where, sentence in said
        if sentence != SAID_ABOUT_WORDS and (found := NEVER.search(_NAMES_A_VALUE.sub("", sentence)))
    ]
    assert hurts == []
