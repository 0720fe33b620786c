"""From the text of a CSV file to its rows, each with the line on which it begins. What cells mean is told elsewhere."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import Final

from stepitup.roster.file.cells import text_in

Row = tuple[int, list[str]]

_BETWEEN: Final = (",", ";", "\t")
_TOLD: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # Excel's own first line
_A_MISSING_QUOTE: Final = (
    "cannot be read from here on, a quote may be missing or one too many; see the lines that follow"
)


class CannotGoOn(ValueError):
    """From this line on the text cannot be read as CSV."""

    def __init__(self, line: int) -> None:
        super().__init__(_A_MISSING_QUOTE)
        self.line = line


def rows_in(text: str) -> Iterator[Row]:
    """Each row that holds something, the header first. Raises CannotGoOn."""
    told = _TOLD.match(text)
    skipped = 1 if told else 0
    body = text[told.end() :] if told else text
    between = told[1] if told else _separator(body)
    reader = csv.reader(StringIO(body, newline=""), delimiter=between, strict=True)
    while True:
        line = reader.line_num + 1 + skipped
        try:
            cells = next(reader, None)
        except csv.Error as wrong:
            raise CannotGoOn(line) from wrong
        if cells is None:
            return
        found = list(map(text_in, cells))
        if any(found):
            yield line, found


def _separator(text: str) -> str:
    """Whatever parts most columns of the header: Excel writes semicolons where the comma is a decimal sign."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(_BETWEEN, key=header.count)
