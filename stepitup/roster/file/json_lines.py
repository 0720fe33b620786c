"""On which line of a JSON text does each value stand? And which name stands twice in one object?

The parser gives values without places, and takes the second of two equal names in silence. This walks over text that
the parser has accepted already.
"""

import json
import re
from collections.abc import Iterator
from typing import Final

from stepitup.roster.file.lines import Lines, Path

_STEP: Final = re.compile(r'"(?:\\.|[^"\\])*"|[{}\[\]:,]|[^\s"{}\[\]:,]+')


class JsonLines(Lines):
    """The places of a text that is good JSON."""

    def __init__(self, text: str) -> None:
        self.twice: list[Path] = []
        super().__init__(text)

    def _walk(self, text: str) -> Iterator[tuple[Path, int]]:
        open_now: list[str | int | None] = []  # for each bracket on the way: the name or the place that comes next
        wants_name = False
        seen = set[Path]()
        for step in _STEP.finditer(text):
            sign = step[0]
            if open_now and isinstance(open_now[-1], int) and sign not in ",]":
                yield _path(open_now), step.start()
            if wants_name and sign[0] == '"':
                open_now[-1], wants_name = str(json.loads(sign)), False
                path = _path(open_now)
                if path in seen:
                    self.twice.append(path)
                seen.add(path)
                yield path, step.start()
            elif sign in "{[":
                open_now.append(None if sign == "{" else 0)
                wants_name = sign == "{"
            elif sign in "}]":
                open_now.pop()
                wants_name = False
            elif sign == ",":
                wants_name = not isinstance(open_now[-1], int)
                if isinstance(open_now[-1], int):
                    open_now[-1] += 1


def _path(open_now: list[str | int | None]) -> Path:
    return tuple(part for part in open_now if part is not None)
