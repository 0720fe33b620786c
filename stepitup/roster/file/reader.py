"""From the text of a roster file to plain rows, with every mistake on its line. Nothing is written here."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from stepitup.ground.team import team
from stepitup.ground.vocabulary import RANK_BANDS, SERVICES, STATES, UNKNOWN, Kind
from stepitup.roster.duty import read_line
from stepitup.roster.errors import DutyHoursUnclear
from stepitup.roster.facts import WHOLE_AGENCY
from stepitup.roster.file.addresses import CARRIERS, LONGEST, AddressUnclear, one_form, owner_of, phone
from stepitup.roster.file.credentials import DONE_ON, read_credentials, refuse_days_to_come
from stepitup.roster.file.incidents import read_incident
from stepitup.roster.file.lines import Lines
from stepitup.roster.file.rows import AgencyRow, HelperRow, Mistake, PostRow, RosterRows, WayRow
from stepitup.roster.file.tables import Table
from stepitup.roster.fitness import today_in
from stepitup.roster.shared_ground import ABOUT_THE_JOB, SHARES, in_usual_order

LARGEST: Final = 8_000_000  # bytes; 5 000 helpers with everything filled in need about 4 000 000
_KEY: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_WHERE: Final = re.compile(r"\(at line (\d+)")


def read_roster(source: str | bytes, now: datetime | None = None) -> tuple[RosterRows, tuple[Mistake, ...]]:
    """Read a roster file. With any mistake the rows are not to be used. Without `now` no day is judged by today."""
    try:
        text = as_text(source)
        values = tomllib.loads(text)
    except Unreadable as wrong:
        return RosterRows(), (wrong.mistake,)
    except (ValueError, RecursionError) as wrong:
        return RosterRows(), (_not_toml(wrong),)
    mistakes: list[Mistake] = []
    whole = Table(values, path=(), lines=Lines(text), mistakes=mistakes)
    rows = read_whole(whole, now)
    return rows, tuple(sorted(set(mistakes)))


class Unreadable(Exception):
    """The file cannot be read from some line on."""

    def __init__(self, words: str, *, line: int = 0) -> None:
        super().__init__(words)
        self.mistake = Mistake(line=line, where="", words=words)


def as_text(source: str | bytes, *, largest: int = LARGEST) -> str:
    """The file's text. Raises Unreadable."""
    raw = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
    if len(raw) > largest:
        raise Unreadable(f"the file is {len(raw):,} bytes large; at most {largest:,}")
    try:
        # Windows editors put a mark in front of the text; TOML knows none.
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as wrong:
        line = raw[: wrong.start].count(b"\n") + 1
        raise Unreadable("this is not UTF-8 text; save the file as UTF-8", line=line) from wrong


def _not_toml(wrong: Exception) -> Mistake:
    """The parser stops at the first thing it cannot read, so this stands alone."""
    if isinstance(wrong, RecursionError):
        return Mistake(line=0, where="", words="tables stand too deep inside each other")
    place = _WHERE.search(str(wrong))
    said = str(wrong).split(" (at ")[0]
    words = f"this is not TOML from here on ({said}); mend it and try again to see what else there is"
    return Mistake(line=int(place[1]) if place else 0, where="", words=words)


def read_whole(whole: Table, now: datetime | None = None) -> RosterRows:
    """Every table of a file, of whichever form; the mistakes are noted where the tables note them."""
    agencies = [(table, _read_agency(table)) for table in whole.tables("agency")]
    known = _Agencies((row.key, row) for _table, row in agencies if row.key)
    helpers = [(table, _read_helper(table, known, now)) for table in whole.tables("helper")]
    on_the_team = {row.key for _table, row in helpers}
    incidents = [(table, read_incident(table, on_the_team, known)) for table in whole.tables("incident")]
    whole.done()
    for tables in (agencies, helpers, incidents):
        _refuse_twice(((table, row.key) for table, row in tables if row), "key")
    return RosterRows(
        tuple(row for _table, row in agencies),
        tuple(row for _table, row in helpers),
        tuple(row for _table, row in incidents if row),
    )


class _Agencies(dict[str, AgencyRow]):
    """The agencies of the file by their keys."""

    @cached_property
    def words(self) -> re.Pattern[str]:
        """Any word that belongs to any of them: thousands of addresses, and few that an employer owns."""
        words = [re.escape(word) for row in self.values() for word in row.address_words]
        return re.compile("|".join(words) or r"(?!)")


def _read_agency(table: Table) -> AgencyRow:
    row = AgencyRow(
        key=_key(table),
        name=table.text("name", longest=120, needed=True),
        also=table.texts("also", longest=120),
        state=_state(table),
        time_zone=_zone(table),
        address_words=tuple(word.lower() for word in table.texts("address_words", longest=120)),
    )
    if not row.time_zone:
        table.wrong("time_zone", "is missing: a credential lapses and a duty begins in the agency's own zone")
    table.done()
    return row


def _read_helper(table: Table, agencies: _Agencies, now: datetime | None) -> HelperRow:
    shares = table.table("shares")
    row = HelperRow(
        key=_key(table),
        display_name=table.text("display_name", longest=60, needed=True),
        kinds=table.words("kinds", [kind.value for kind in Kind], needed=True),
        full_name=table.text("full_name", longest=120),
        agency=table.text("agency", longest=60),
        independent=table.yes_no("independent") or False,
        unit=table.text("unit", longest=80),
        rank_band=table.word("rank_band", (*RANK_BANDS, UNKNOWN), default=UNKNOWN),
        sworn=table.yes_no("sworn"),
        years=table.whole("years", lowest=0, highest=70),
        services=table.words("services", SERVICES),
        state=_state(table),
        languages=_languages(table),
        shares_shown=shares.words("shown", SHARES),
        shares_for_matching=in_usual_order(shares.words("for_matching", (*SHARES, *ABOUT_THE_JOB))),
        shares_not_at_all=in_usual_order(shares.words("not_at_all", ABOUT_THE_JOB)),
        internal_affairs=table.yes_no("internal_affairs") or False,
        credentials=read_credentials(table),
        suspended=table.yes_no("suspended"),
        off_until=table.moment("off_until"),
        quiet=_hours(table, "quiet"),
        pages_in_a_row=table.whole("pages_in_a_row", lowest=1, highest=50),
        duty=_hours(table, "duty"),
        time_zone=_zone(table),
        team_number=_team_number(table),
        related_to=table.texts("related_to", longest=120),
        supervises=_posts(table, "supervises", agencies),
        never_for=_posts(table, "never_for", agencies),
        ways=tuple(way for one in table.tables("way") if (way := _read_way(one, agencies))),
    )
    _refuse_what_cannot_be(table, row, agencies)
    if now and (today := _today(row, agencies, now)):
        refuse_days_to_come(table, "credential", row.credentials, DONE_ON, today=today)
        refuse_days_to_come(table, "way", row.ways, ("confirmed",), today=today)
    _refuse_both(shares, row)
    shares.done()
    table.done()
    return row


def _today(row: HelperRow, agencies: _Agencies, now: datetime) -> date | None:
    """The day where this helper works; None where the file names a zone that there is not, which is told already."""
    agency = agencies.get(row.agency)
    zone = row.time_zone or (agency.time_zone if agency else "") or team().time_zone
    return today_in(ZoneInfo(zone), now) if zone in _zones() else None


def _refuse_what_cannot_be(table: Table, row: HelperRow, agencies: dict[str, AgencyRow]) -> None:
    if row.agency and row.independent:
        table.wrong("independent", "works for an agency and is independent at once; keep one")
    elif row.agency:
        _refuse_dangling(table, "agency", row.agency, agencies)
    elif not row.independent:
        table.wrong("agency", "is missing; name one, or say independent = true for somebody who works for none")
    if len({(way.carrier, way.address) for way in row.ways}) < len(row.ways):
        table.wrong("way", "names the same address twice")


def _refuse_both(shares: Table, row: HelperRow) -> None:
    both = sorted(set(row.shares_shown) & set(row.shares_for_matching))
    if both:
        shares.wrong("for_matching", f"{', '.join(both)}: is under shown as well; keep one")
    both = sorted(set(row.shares_for_matching) & set(row.shares_not_at_all))
    if both:
        shares.wrong("not_at_all", f"{', '.join(both)}: is under for_matching as well; keep one")


def _read_way(table: Table, agencies: _Agencies) -> WayRow | None:
    carrier = table.word("carrier", CARRIERS, default="")
    address = table.text("address", longest=LONGEST, needed=True)
    declared = table.yes_no("employer_owned")
    confirmed = table.day("confirmed")
    table.done()
    if not carrier:
        if not table.text("carrier", longest=60):
            table.wrong("carrier", f"is missing; choose from: {', '.join(CARRIERS)}")
        return None
    if not address:
        return None
    try:
        address = one_form(carrier, address)
    except AddressUnclear as unclear:
        table.wrong("address", str(unclear))
    may_be_owned = not declared and agencies.words.search(address.lower())
    if may_be_owned and (owner := owner_of(address, _words_of(agencies.values()))):
        table.wrong("address", f"belongs to {owner}; say employer_owned = true if the helper wants it all the same")
    return WayRow(carrier=carrier, address=address, employer_owned=declared or False, confirmed=confirmed)


def _words_of(agencies: Iterable[AgencyRow]) -> Iterable[tuple[str, tuple[str, ...]]]:
    return ((agency.name, agency.address_words) for agency in agencies)


def _posts(table: Table, key: str, agencies: dict[str, AgencyRow]) -> tuple[PostRow, ...]:
    posts = []
    for one in table.tables(key):
        post = PostRow(
            agency=one.text("agency", longest=60, needed=True), unit=one.text("unit", longest=80) or WHOLE_AGENCY
        )
        one.done()
        if post.agency:
            _refuse_dangling(one, "agency", post.agency, agencies)
        posts.append(post)
    return tuple(dict.fromkeys(posts))


def _refuse_dangling(table: Table, key: str, agency: str, agencies: dict[str, AgencyRow]) -> None:
    if agency not in agencies:
        some = ", ".join(list(agencies)[:20]) or "none is in the file"
        table.wrong(key, f"“{agency}” is not the key of an [[agency]] in this file; there are: {some}")


def _refuse_twice(tables: Iterable[tuple[Table, str]], name: str) -> None:
    pairs = list(tables)
    counted = Counter(key for _table, key in pairs if key)
    seen: set[str] = set()
    for table, key in pairs:
        if counted[key] > 1 and key in seen:
            table.wrong(name, f"“{key}” is used above already; each needs a key of its own")
        seen.add(key)


def _key(table: Table) -> str:
    key = table.text("key", longest=60, needed=True)
    if key and not _KEY.fullmatch(key):
        table.wrong("key", f"“{key[:60]}”: a key is small letters, digits, - and _, such as sam-k")
    return key


def _state(table: Table) -> str:
    return table.word("state", (*STATES, UNKNOWN), default=UNKNOWN)


def _zone(table: Table) -> str:
    zone = table.text("time_zone", longest=60)
    if zone and zone not in _zones():
        table.wrong("time_zone", f"“{zone}” is not a time zone; write it like America/Chicago")
    return zone


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    # Asking the system walks through hundreds of files: once is enough.
    return frozenset(available_timezones())


def _languages(table: Table) -> tuple[str, ...]:
    languages = table.texts("languages", longest=20)
    for language in languages:
        if not _LANGUAGE.fullmatch(language):
            table.wrong("languages", f"“{language}” is not a language code; write it like en or es")
    return languages


def _hours(table: Table, key: str) -> tuple[str, ...]:
    lines = table.texts(key, longest=120)
    for line in lines:
        try:
            read_line(line)
        except DutyHoursUnclear as unclear:
            table.wrong(key, str(unclear))
    return lines


def _team_number(table: Table) -> str:
    written = table.text("team_number", longest=40)
    try:
        return phone(written) if written else ""
    except AddressUnclear as unclear:
        table.wrong("team_number", str(unclear))
        return ""
