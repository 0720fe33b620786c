"""Everything this house has written down, as a thief would take it: each table's rows, and each file's bytes."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection


def every_row() -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, by table."""
    with connection.cursor() as cursor:
        tables = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            tables[table] = cursor.fetchall()
    return tables


@dataclass(frozen=True)
class Stored:
    """What was found: the rows, read as the house reads them, and the raw bytes of the files behind them."""

    rows: bytes
    files: bytes

    def holds(self, word: str) -> bool:
        """Whether a word lies about: as it is, and in the rows also encoded or as a mark that can be guessed."""
        return self.holds_openly(word) or any(form in self.rows for form in ways_to_write(word))

    def holds_openly(self, word: str) -> bool:
        """Whether it lies about as it is."""
        forms = [form.encode() for form in (word, word.lower())]
        return any(form in place for place in (self.rows, self.files) for form in forms)


def everything_stored() -> Stored:
    """All rows, and every file of the house and of its database but the site key."""
    rows = b"\n".join(_as_bytes(value) for table in every_row().values() for row in table for value in row)
    return Stored(rows, b"\n".join(file.read_bytes() for file in _files() if file.is_file()))


def ways_to_write(word: str) -> list[bytes]:
    """A word as it could be lying about: as it is, in other letters, encoded, or as a mark that can be guessed."""
    forms = {word, word.lower(), word.upper(), word.title()}
    written = [form.encode(encoding) for form in forms for encoding in ("utf-8", "utf-16-le")]
    plain = [form.encode() for form in forms]
    marks = [hashlib.new(kind, form) for form in plain for kind in ("sha256", "sha1", "md5")]
    return [
        *written,
        *(base64.b64encode(form).rstrip(b"=") for form in plain),
        *(form.hex().encode() for form in plain),
        *(mark.hexdigest().encode() for mark in marks),
        *(mark.digest() for mark in marks),
    ]


def _as_bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def _files() -> Iterator[Path]:
    site_key = Path(settings.SITE_KEY_FILE)
    yield from (file for file in Path(settings.DATA).rglob("*") if file != site_key)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
            cursor.execute(
                "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
            )
            folder, number = cursor.fetchone()
        for part in (f"base/{number}", "pg_wal"):
            yield from (Path(folder) / part).rglob("*")
