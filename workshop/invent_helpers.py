"""Invents a team of any size, clearly invented: to try a large roster with, and for the bench.

python -m workshop.invent_helpers 5000 big-team.csv      the ending tells the form: toml, csv or json
python -m workshop.invent_helpers 60 --seed 7            printed, as TOML

The same number and seed give the same team. Addresses are under `.example` and numbers are those kept for fiction.
"""

import argparse
import os
import random
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import django

from stepitup.roster.file.rows import Mistake, RosterRows
from stepitup.roster.shared_ground import SHARES

Values = dict[str, object]

HELPERS_AN_AGENCY = 60
_GIVEN = "Ada Ben Carla Deo Elin Farid Gwen Hugo Ines Jonas Kira Lev Mara Nils Oona Pavel Rhea Sam Tess Yuri"
_FIRST = "Bram Cald Dorn Elk Fenn Grell Hask Isk Jarn Kest Lorn Mard Nesk Orv Pell Quarn Rusk Sorn Tarv Veld"
_SECOND = "aby ell imer osk under arro ivan oth umble enny"
_PLACES = ("Quillmere", "Harrowdeep", "Tansy Flats", "Nettlebrook", "Oxbow Sands", "Pinwhistle", "Merrow Hollow")
_SORTS = (
    ("Police Department", "law_enforcement"),
    ("Fire Rescue", "fire"),
    ("Ambulance Service", "ems"),
    ("Dispatch Center", "dispatch"),
    ("Corrections", "corrections"),
)
_STATES = (
    ("US-TX", "America/Chicago"),
    ("US-CO", "America/Denver"),
    ("US-WA", "America/Los_Angeles"),
    ("US-OH", "America/New_York"),
)
_UNITS = ("North", "South", "East", "West", "Training", "Traffic", "Night Desk")
# Around a third is on duty at any hour, and some always.
_DUTY: tuple[tuple[str, ...], ...] = (
    (),
    ("Mon-Thu 18:00-06:00",),
    ("Fri-Sun 18:00-06:00",),
    ("Mon-Fri 06:00-18:00",),
    ("Sat,Sun 00:00-24:00",),
    ("daily 22:00-06:00",),
    ("daily 06:00-14:00",),
)
_OVERSEES, _SPANISH, _INTERNAL_AFFAIRS, _SHOWN = 0.5, 0.2, 0.01, 0.7
_RANKS = ("line", "line", "line", "line", "supervisor", "supervisor", "command", "civilian")


def invent(how_many: int, *, seed: int = 0, today: date) -> RosterRows:
    """A team of so many, with an agency for every sixty of them, in the words of the roster file."""
    # Here, because the reader needs Django to be set up first.
    from stepitup.roster.file.lines import Lines  # noqa: PLC0415
    from stepitup.roster.file.reader import read_whole  # noqa: PLC0415
    from stepitup.roster.file.tables import Table  # noqa: PLC0415

    chance = random.Random(seed)
    agencies = [_agency(number) for number in range(1 + how_many // HELPERS_AN_AGENCY)]
    helpers = [_helper(number, agencies, chance, today) for number in range(how_many)]
    mistakes: list[Mistake] = []
    rows = read_whole(Table({"agency": agencies, "helper": helpers}, path=(), lines=Lines(""), mistakes=mistakes))
    assert not mistakes, mistakes[:3]
    return rows


def _agency(number: int) -> Values:
    place, (sort, _service) = _PLACES[number % len(_PLACES)], _SORTS[number % len(_SORTS)]
    initials = "".join(word[0] for word in f"{place} {sort}".split())
    state, zone = _STATES[number % len(_STATES)]
    return {
        "key": f"agency-{number + 1}",
        "name": f"{place} {sort}, Invented County {number + 1}",
        "also": [f"{place} {sort} {number + 1}", f"{initials}{number + 1}"],
        "state": state,
        "time_zone": zone,
        "address_words": [f"agency-{number + 1}.example"],
    }


def _helper(number: int, agencies: Sequence[Values], chance: random.Random, today: date) -> Values:
    agency = chance.randrange(len(agencies))
    given = chance.choice(_GIVEN.split())
    family = chance.choice(_FIRST.split()) + chance.choice(_SECOND.split())
    rank, unit = chance.choice(_RANKS), chance.choice(_UNITS)
    kind = chance.choices(("peer", "chaplain", "clinician", "coordinator"), (80, 8, 8, 4))[0]
    oversees = rank == "supervisor" and chance.random() < _OVERSEES
    return {
        "key": f"invented-{number + 1}",
        "display_name": f"{given} {family[0]}.",
        "full_name": f"{given} {family}",
        "kinds": ["peer", "coordinator"] if kind == "coordinator" else [kind],
        "agency": agencies[agency]["key"],
        "unit": unit,
        "rank_band": rank,
        "sworn": rank != "civilian",
        "years": chance.randrange(36),
        "services": [_SORTS[agency % len(_SORTS)][1]],
        "state": agencies[agency]["state"],
        "languages": ["en", "es"] if chance.random() < _SPANISH else ["en"],
        "shares": _shares(chance),
        "internal_affairs": chance.random() < _INTERNAL_AFFAIRS,
        "supervises": [{"agency": agencies[agency]["key"], "unit": unit}] if oversees else [],
        "credential": "Invented peer support certificate",
        "certified_since": today - timedelta(days=chance.randrange(30, 900)),
        "certified_until": today + timedelta(days=chance.randrange(100, 900)),
        "duty": list(chance.choice(_DUTY)),
        "way": _ways(number, tried=today),
    }


def _shares(chance: random.Random) -> Values:
    lived = chance.sample(SHARES, chance.choice((0, 1, 2, 2, 3, 4)))
    shown = [what for what in lived if chance.random() < _SHOWN]
    return {"shown": shown, "for_matching": [what for what in lived if what not in shown]}


def _ways(number: int, *, tried: date) -> list[Values]:
    """A number kept for fiction (555-0100 to 555-0199), and a mailbox that cannot exist."""
    area, line = 201 + number // 100 % 700, number % 100
    return [
        {"carrier": "text", "address": f"+1{area}55501{line:02}", "confirmed": tried},
        {"carrier": "mail", "address": f"invented-{number + 1}@helpers.example", "confirmed": tried},
    ]


def main() -> int:
    """Write the invented team."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stepitup.site.settings")
    django.setup()
    from stepitup.roster.file.forms import which_form, write_in  # noqa: PLC0415

    words = argparse.ArgumentParser(prog="python -m workshop.invent_helpers", description="Invent a team.")
    words.add_argument("how_many", type=int)
    words.add_argument(
        "file", type=Path, nargs="?", help="its ending tells the form; without one it is printed as TOML"
    )
    words.add_argument("--seed", type=int, default=0)
    options = words.parse_args()
    rows = invent(options.how_many, seed=options.seed, today=datetime.now(UTC).date())
    text = write_in(which_form(None, options.file.name if options.file else ""), rows)
    if options.file is None:
        sys.stdout.write(text)
    else:
        options.file.write_text(text, encoding="utf-8", newline="")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
