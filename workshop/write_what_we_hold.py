"""Write docs/what-we-hold.md from the tables themselves. `make what-we-hold`; a test holds the page to the tables."""

import os
import sys
from pathlib import Path

import django

HOUSE = Path(__file__).parents[1]
PAGE = "docs/what-we-hold.md"

_HEAD = """\
# What we hold

Written from the tables themselves by `make what-we-hold`; the same list is public on every house at `/what-we-hold`.
What is not listed here is not stored.
"""


def page() -> str:
    """The whole page as Markdown."""
    # Here, because the tables need Django to be set up first.
    from stepitup.door.reading.what_we_hold import everything_we_hold  # noqa: PLC0415

    parts = [_HEAD]
    for table in everything_we_hold():
        parts.append(f"## {table.name} ({table.room})\n\n" + "\n\n".join(table.paragraphs) + "\n")
        parts.append("| what | |\n|---|---|\n" + "\n".join(f"| {c.name} | {c.line} |" for c in table.columns) + "\n")
    return "\n".join(parts)


def main() -> int:
    """Write the page."""
    (HOUSE / PAGE).write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stepitup.site.settings")
    django.setup()
    sys.exit(main())
