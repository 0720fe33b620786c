"""What the directory does: it writes the hotlines down where they open with everything else broken."""

import os
import tempfile
from pathlib import Path

from django.template import Context, Engine

from stepitup.directory import questions
from stepitup.ground.team import Team, team

HOTLINES, NO_SIGNAL, TROUBLE = "hotlines.html", "no-signal.html", "trouble.html"
STYLE = "/static/style.css"

# An engine of its own: no setting of the site, no context and no database has a part in these files.
_ENGINE = Engine(
    dirs=[str(Path(__file__).parent / "templates")],
    libraries={"i18n": "django.templatetags.i18n"},
)


def write_static(folder: Path, *, ours: Team | None = None, style: str = STYLE) -> None:
    """Write the three files that the router serves without Django and without a database.

    1. All hotlines; 2. the screen for a phone without signal; 3. the screen for a night when our machine is in trouble.
    Each is written whole beside its place and then put there in one step: a reader never meets half a file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in static_files(ours=ours or team(), style=style).items():
        _put_in_place(folder / name, text)


def static_files(*, ours: Team, style: str = STYLE) -> dict[str, str]:
    """The three files and what stands in them."""
    first = questions.first_lines()
    country = tuple(line for line in questions.hotlines() if line.state_name is None)
    states = questions.lines_of_states()
    return {
        HOTLINES: _drawn(HOTLINES, ours=ours, style=style, lines=country, of_states=states),
        NO_SIGNAL: _drawn(NO_SIGNAL, ours=ours, style=style, lines=first),
        TROUBLE: _drawn(TROUBLE, ours=ours, style=style, lines=first),
    }


def _drawn(name: str, **told: object) -> str:
    return _ENGINE.get_template(f"directory/{name}").render(Context(told))


def _put_in_place(path: Path, text: str) -> None:
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
