"""On which line of a TOML text does each table and each key stand?

The TOML parser gives values without places, and a coordinator needs the place. This reads only headers and keys, of
text that the parser has accepted already; strings, comments and brackets are stepped over. What stands inside an inline
table has the line of the key before it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

Path = tuple[str | int, ...]

_BARE_OR_QUOTED: Final = r"""(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
_KEY: Final = rf"{_BARE_OR_QUOTED}(?:[ \t]*\.[ \t]*{_BARE_OR_QUOTED})*"
_HEADER: Final = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_KEY})[ \t]*\]\]?")
_ASSIGNMENT: Final = re.compile(rf"[ \t]*({_KEY})[ \t]*=")
_PART: Final = re.compile(_BARE_OR_QUOTED)
_STEP: Final = re.compile(
    r'''"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#[^\n]*|\n|[\[\]{}]|[^"'#\n\[\]{}]+''',
    re.DOTALL,
)


class Lines:
    """The places of a text that is good TOML."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(end.end() for end in re.finditer("\n", text))]
        self._places: dict[Path, int] = {}
        self._tables: dict[Path, int] = {}
        for path, offset in self._walk(text):
            self._places.setdefault(path, bisect_right(self._starts, offset))

    def of(self, path: Path) -> int:
        """The line of this key or table, or of the nearest one around it; 0 for the file as a whole."""
        while path and path not in self._places:
            path = path[:-1]
        return self._places.get(path, 0)

    def _walk(self, text: str) -> Iterator[tuple[Path, int]]:
        table: Path = ()
        for start in _statements(text):
            if header := _HEADER.match(text, start):
                table = self._enter(_parts(header[2]), is_list=header[1] == "[[")
                yield table, header.start(2)
            elif key := _ASSIGNMENT.match(text, start):
                parts = _parts(key[1])
                for depth in range(1, len(parts) + 1):
                    yield (*table, *parts[:depth]), key.start(1)

    def _enter(self, parts: list[str], *, is_list: bool) -> Path:
        """The path of a table whose header names `parts`: each list of tables on the way stands at its newest one."""
        path: Path = ()
        for depth, part in enumerate(parts):
            path = (*path, part)
            if is_list and depth == len(parts) - 1:
                self._tables[path] = self._tables.get(path, -1) + 1
            if path in self._tables:
                path = (*path, self._tables[path])
        return path


def _statements(text: str) -> Iterator[int]:
    """Where each header and each key begins: at the start of a line, outside of every string and bracket."""
    depth, at_start, here = 0, True, 0
    while here < len(text):
        if at_start and depth == 0:
            yield here
        if at_start and depth == 0 and (header := _HEADER.match(text, here)):
            here, at_start = header.end(), False
            continue
        step = _STEP.match(text, here)
        if step is None:
            return
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(step[0], 0)
        at_start, here = step[0] == "\n", step.end()


def _parts(key: str) -> list[str]:
    return [part.strip("\"'") for part in _PART.findall(key)]
