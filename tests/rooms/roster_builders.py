"""A small team for the tests: the cast, as plain facts and as a roster file."""

from datetime import UTC, datetime

from stepitup.ground.vocabulary import Kind
from stepitup.roster.facts import HelperFacts, Share
from stepitup.roster.person_names import tokens_of

NIGHT = datetime(2026, 3, 4, 10, 4, tzinfo=UTC)  # Wednesday 03:04 in Denver

CEDAR, LARKSPUR = 1, 2
_AGENCIES = {
    CEDAR: ("Cedar Mesa Police Department", ("Cedar Mesa PD", "CMPD"), "US-CO"),
    LARKSPUR: ("Larkspur Bend Fire Rescue", ("Larkspur Fire",), "US-WA"),
}


def facts(
    number: int,
    *,
    agency: int | None = CEDAR,
    name: str = "Sam K.",
    full_name: str = "",
    related: str = "",
    unit: str = "Patrol North",
    rank_band: str = "line",
    shares: tuple[str, ...] = (),
    hidden: tuple[str, ...] = (),
    supervises: tuple[tuple[str, str], ...] = (),
    never_for: tuple[tuple[str, str], ...] = (),
    independent: bool = False,
    internal_affairs: bool = False,
    services: tuple[str, ...] = (),
    years: int | None = None,
    last_talk_at: datetime | None = None,
) -> HelperFacts:
    """One helper. Without words a line officer of Cedar Mesa, Patrol North."""
    names = _AGENCIES[agency] if agency else ("", (), "unknown")
    return HelperFacts(
        id=number,
        kinds=frozenset({Kind.PEER}),
        display_name=name,
        agency=agency,
        agency_name=names[0],
        agency_aliases=names[1],
        agency_state=names[2],
        independent=independent,
        unit=unit,
        rank_band=rank_band,
        years=years,
        services=frozenset(services),
        state=names[2],
        shares=tuple(Share(what, True) for what in shares) + tuple(Share(what, False) for what in hidden),
        name_tokens=tokens_of(display_name=name, full_name=full_name),
        related_tokens=tokens_of(display_name="", full_name=related) if related else frozenset(),
        internal_affairs=internal_affairs,
        supervises=frozenset(supervises),
        never_for=frozenset(never_for),
        last_talk_at=last_talk_at,
    )


CEDAR_IN_FILE = """\
[[agency]]
key = "cedar"
name = "Cedar Mesa Police Department"
also = ["Cedar Mesa PD", "CMPD"]
state = "US-CO"
time_zone = "America/Denver"
address_words = ["cedarmesapd.example"]
"""


def helper_in_file(key: str, *more: str, kinds: str = '["peer"]', way: str = "", named: str = "") -> str:
    """One helper of Cedar Mesa as the file writes it; `more` are further lines, and may replace the usual ones."""
    lines = {
        "key": f'key = "{key}"',
        "display_name": f'display_name = "{named or key.title()}"',
        "kinds": f"kinds = {kinds}",
        "agency": 'agency = "cedar"',
        "credential": 'credential = "Peer support certificate"',
        "certified_since": "certified_since = 2024-01-01",
        "certified_until": "certified_until = 2028-12-31",
    }
    for line in more:
        lines[line.split(" =")[0]] = line
    carrier_and_address = way or f'carrier = "pager"\naddress = "pager:{key}-1"'
    if "confirmed" not in carrier_and_address:
        carrier_and_address = carrier_and_address.replace("address =", "confirmed = 2024-01-01\naddress =")
    body = "\n".join(line for line in lines.values() if not line.endswith("= nothing"))
    return f"\n[[helper]]\n{body}\n[[helper.way]]\n{carrier_and_address}\n"


def file_with(*helpers: str) -> str:
    """A roster file of Cedar Mesa with these helpers."""
    return CEDAR_IN_FILE + "".join(helpers)
