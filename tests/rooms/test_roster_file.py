"""The roster file: read with care, all mistakes at once and on their lines."""

import re
import unicodedata
from datetime import UTC, date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepitup.ground.vocabulary import RANK_BANDS, SERVICES, STATES, UNKNOWN, Kind
from stepitup.roster.credentials.kinds import KINDS
from stepitup.roster.credentials.record import ROLES, CredentialRow, How
from stepitup.roster.file.addresses import AddressUnclear, one_form
from stepitup.roster.file.lines import Lines
from stepitup.roster.file.reader import LARGEST, read_roster
from stepitup.roster.file.rows import AgencyRow, HelperRow, IncidentRow, PostRow, RosterRows, WayRow
from stepitup.roster.file.writer import write_roster
from stepitup.roster.shared_ground import ABOUT_THE_JOB, SHARES, in_usual_order
from tests.rooms.roster_builders import CEDAR_IN_FILE, file_with, helper_in_file


def mistakes(source: str | bytes) -> list[str]:
    return [str(mistake) for mistake in read_roster(source)[1]]


def only_mistake(source: str | bytes) -> str:
    (mistake,) = mistakes(source)
    return mistake


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_a_good_file_has_nothing_to_mend() -> None:
    assert mistakes(file_with(helper_in_file("sam"), helper_in_file("ines"))) == []


def test_an_empty_file_is_an_empty_team() -> None:
    assert read_roster("") == (RosterRows(), ())


def test_all_mistakes_are_told_at_once_each_on_its_line() -> None:
    text = file_with(
        helper_in_file("sam", "years = 700"),
        helper_in_file("ines", 'rank_bend = "line"'),
        helper_in_file("theo", 'agency = "nowhere"', way='carrier = "text"\naddress = "12"'),
    )
    places = [line_of(text, words) for words in ("years = 700", "rank_bend", '"nowhere"', '"12"')]
    told = mistakes(text)
    assert [one.split(": ")[:2] for one in told] == [
        [f"line {places[0]}", "helper 1, years"],
        [f"line {places[1]}", "helper 2, rank_bend"],
        [f"line {places[2]}", "helper 3, agency"],
        [f"line {places[3]}", "helper 3, way 1, address"],
    ]
    assert "did you mean rank_band?" in told[1]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('kinds = ["per"]', "did you mean peer? choose from: peer, chaplain, clinician, coordinator"),
        ("kinds = []", "is missing; choose from: peer"),
        ('rank_band = "sergeant"', "choose from: civilian, line, supervisor, command, unknown"),
        ('services = ["police"]', "choose from: law_enforcement"),
        ('state = "Texas"', "choose from: US-AL"),
        ('shares = { shown = ["lost_partner"] }', "did you mean lost_a_partner?"),
        ('shares = { shown = ["shift"], for_matching = ["shift"] }', "is under shown as well"),
        ('shares = "shift"', "is a table"),
        ("display_name = 5", "is text in quotes"),
        ('display_name = "   "', "is missing"),
        ('display_name = "Sam\\u202e K."', "a sign that cannot be seen"),
        ('display_name = "Sam\\u0000"', "a sign that cannot be seen"),
        (f'display_name = "{"S" * 61}"', "is 61 signs long; at most 60"),
        ('sworn = "yes"', "is true or false"),
        ("years = true", "is a whole number"),
        ('certified_since = "2024-01-01"', "is a date such as 2027-05-31, without quotes"),
        ("certified_until = 2020-01-01", "lies before certified_since"),
        ("credential = nothing", "is missing; say which certificate"),
        ("off_until = 2026-03-04T08:00:00", "is a moment with its offset"),
        ('duty = ["nights"]', "write it like"),
        ('time_zone = "Denver"', "write it like America/Chicago"),
        ('languages = ["English"]', "write it like en or es"),
        ('team_number = "911x"', "write all digits with the area code"),
        ("independent = true", "works for an agency and is independent at once"),
        ("agency = nothing", "is missing; name one, or say independent = true"),
        ('supervises = [{ agency = "gone" }]', "is not the key of an [[agency]]"),
        ('supervises = ["cedar"]', "entry 1 is a table"),
        ('never_for = [{ unit = "Traffic" }]', "is missing"),
        ('key = "Sam K"', "a key is small letters"),
        ("related_to = [5]", "each entry is text in quotes"),
    ],
)
def test_each_wrong_word_is_told_with_what_to_write_instead(line: str, said: str) -> None:
    told = mistakes(file_with(helper_in_file("sam", line)))
    assert any(said in one for one in told), told
    assert all(one.startswith("line ") for one in told)


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ('carrier = "pigeon"\naddress = "x"', "choose from: pager, mail, text, voice"),
        ('address = "x"', "is missing; choose from: pager"),
        ('carrier = "mail"', "address: is missing"),
        ('carrier = "mail"\naddress = "sam at home"', "is not a mail address"),
        ('carrier = "text"\naddress = "call me"', "is not a phone number"),
        ('carrier = "voice"\naddress = "555 0101"', "too few or too many digits"),
        ('carrier = "voice"\naddress = "303 555 0101 ext 7"', "has an extension"),
        ('carrier = "pager"\naddress = "Sam"', "write it like pager:sam-1"),
        (
            'carrier = "mail"\naddress = "sam@CedarMesaPD.example"',
            "belongs to Cedar Mesa Police",
        ),
        ('carrier = "mail"\naddress = "sam@cedarmesapd.example"\nemployer_owned = false', "say employer_owned = true"),
    ],
)
def test_an_address_that_cannot_be_used_is_told(way: str, said: str) -> None:
    assert said in only_mistake(file_with(helper_in_file("sam", way=way)))


def test_a_way_that_the_employer_owns_is_taken_when_it_is_declared() -> None:
    way = 'carrier = "mail"\naddress = "sam@cedarmesapd.example"\nemployer_owned = true'
    assert mistakes(file_with(helper_in_file("sam", way=way))) == []


@pytest.mark.parametrize(
    "written", ["3035550101", "(303) 555-0101", "+1 303.555.0101", "1-303-555-0101", " 303 555 0101 "]
)
def test_a_number_may_be_written_any_way(written: str) -> None:
    rows, told = read_roster(file_with(helper_in_file("sam", way=f'carrier = "text"\naddress = "{written}"')))
    assert (told, rows.helpers[0].ways[0].address) == ((), "+13035550101")


def test_the_same_key_twice_is_told_at_the_second() -> None:
    text = file_with(helper_in_file("sam"), helper_in_file("ines"), helper_in_file("sam"))
    second = text[: text.rindex('key = "sam"')].count("\n") + 1
    assert only_mistake(text).startswith(f"line {second}: helper 3, key: “sam” is used above already")


def test_the_same_address_twice_is_told() -> None:
    twice = 'carrier = "text"\naddress = "3035550101"\n[[helper.way]]\ncarrier = "text"\naddress = "+1 303 555 0101"'
    assert "names the same address twice" in only_mistake(file_with(helper_in_file("sam", way=twice)))


def test_an_agency_needs_a_name_and_a_zone() -> None:
    told = mistakes('[[agency]]\nkey = "x"\n')
    assert [one.split(": ")[1] for one in told] == ["agency 1, name", "agency 1, time_zone"]


def test_a_table_nobody_knows_is_told() -> None:
    assert "peers: is not a word of this table" in only_mistake("[[peers]]\n")


def test_broken_toml_is_told_with_the_line_where_reading_stopped() -> None:
    text = file_with(helper_in_file("sam")).replace('display_name = "Sam"', 'display_name = "Sam')
    assert only_mistake(text).startswith(f"line {line_of(text, 'display_name')}: this is not TOML from here on")


def test_a_mark_at_the_start_and_windows_line_ends_are_no_mistake() -> None:
    assert mistakes(b"\xef\xbb\xbf" + file_with(helper_in_file("sam")).replace("\n", "\r\n").encode()) == []


def test_another_encoding_is_told_with_its_line() -> None:
    text = file_with(helper_in_file("sam", named="José"))
    assert (
        only_mistake(text.encode("latin-1"))
        == f"line {line_of(text, 'José')}: this is not UTF-8 text; save the file as UTF-8"
    )
    assert "this is not UTF-8 text" in only_mistake(text.encode("utf-16"))


def test_ten_megabytes_are_refused_before_they_are_read() -> None:
    assert "at most 8,000,000" in only_mistake("#" * (LARGEST + 1))


@pytest.mark.parametrize(
    "text", ["a=" + "[" * 50_000, "a={b=" * 20_000, "x = 1\x00", "\x1b[31m", "a = " + "9" * 5_000, "\ud800"]
)
def test_hostile_text_is_answered_in_words(text: str) -> None:
    assert len(mistakes(text)) == 1


@given(
    st.binary(max_size=300) | st.text(max_size=300).map(lambda text: (CEDAR_IN_FILE + text).encode(errors="replace"))
)
def test_no_bytes_whatever_stop_the_reader(source: bytes) -> None:
    mistakes(source)


def test_lines_are_found_past_comments_strings_and_lists() -> None:
    text = '''# [[helper]]
a = """
[[helper]]
key = "no"
"""
b = [
  "x = 1", # ]
  { c = 2 },
]
[[helper]]
key = "one"
[helper.shares]
shown = []
  [[helper.way]]
  "carrier" = 'mail'
  [[helper.way]]
[[helper]]
shares.shown = ["]"]
  [[helper.way]]
'''
    lines = Lines(text)
    assert lines.of(("helper", 0)) == 10
    assert lines.of(("helper", 0, "shares", "shown")) == 13
    assert lines.of(("helper", 0, "way", 0, "carrier")) == 15
    assert lines.of(("helper", 0, "way", 1)) == 16
    assert lines.of(("helper", 1, "shares", "shown")) == 18
    assert lines.of(("helper", 1, "way", 0, "address")) == 19
    assert lines.of(("b", 1, "c")) == 6
    assert lines.of(("missing",)) == 0


words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z", "M"]), min_size=1, max_size=30).map(
    lambda text: unicodedata.normalize("NFC", text)
)
keys = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,20}", fullmatch=True)
posts = st.lists(
    st.builds(PostRow, agency=st.just("cedar"), unit=st.sampled_from(["*", 'Patrol "North"'])), unique=True, max_size=2
)
days = st.none() | st.dates(min_value=date(1950, 1, 1))
short_credential = st.builds(
    CredentialRow, words, granted=days, checked_how=st.just("file"), expires=st.just(date(9999, 12, 31))
)
credentials = st.builds(
    CredentialRow,
    name=words,
    role=st.sampled_from(["", *ROLES]),
    kind=st.sampled_from(list(KINDS)),
    issuer=st.just("") | words,
    number=st.just("") | words,
    state=st.sampled_from(["unknown", "US-CO"]),
    granted=days,
    checked_how=st.sampled_from([how.value for how in How]),
    checked_by=st.just("") | words,
    checked_on=days,
    evidence=st.just("") | words,
    designated_by=st.just("") | words,
    designated_on=days,
    standard=st.just("") | words,
    specialised=st.just("") | words,
    npi=st.sampled_from(["", "1234567893"]),
    npi_looked_up_on=days,
)
helper_rows = st.builds(
    HelperRow,
    key=keys,
    display_name=words,
    kinds=st.lists(st.sampled_from([kind.value for kind in Kind]), min_size=1, unique=True).map(tuple),
    full_name=st.just("") | words,
    agency=st.just("cedar"),
    unit=st.just("") | words,
    rank_band=st.sampled_from([*RANK_BANDS, UNKNOWN]),
    sworn=st.none() | st.booleans(),
    years=st.none() | st.integers(0, 70),
    services=st.lists(st.sampled_from(SERVICES), unique=True, max_size=3).map(tuple),
    state=st.sampled_from([*STATES, UNKNOWN]),
    languages=st.lists(st.sampled_from(["en", "es", "zh-Hant"]), unique=True).map(tuple),
    shares_shown=st.lists(st.sampled_from(SHARES[:9]), unique=True, max_size=3).map(tuple),
    shares_for_matching=st.lists(st.sampled_from((*SHARES[9:], *ABOUT_THE_JOB[:2])), unique=True, max_size=3).map(
        in_usual_order
    ),
    shares_not_at_all=st.lists(st.sampled_from(ABOUT_THE_JOB[2:]), unique=True).map(in_usual_order),
    internal_affairs=st.booleans(),
    credentials=st.tuples(short_credential) | st.lists(credentials, max_size=2).map(tuple),
    suspended=st.none() | st.booleans(),
    off_until=st.none() | st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0)),
    quiet=st.sampled_from([(), ("daily 22:00-06:00",)]),
    pages_in_a_row=st.none() | st.integers(1, 50),
    duty=st.sampled_from([(), ("Mon-Fri 18:00-06:00", "Sat 00:00-24:00")]),
    time_zone=st.sampled_from(["", "America/Chicago"]),
    team_number=st.sampled_from(["", "+13035550101"]),
    related_to=st.lists(words, unique=True, max_size=2).map(tuple),
    supervises=posts.map(tuple),
    never_for=posts.map(tuple),
    ways=st.lists(
        st.builds(
            WayRow,
            st.just("pager"),
            st.from_regex(r"pager:[a-z0-9-]{1,9}", fullmatch=True),
            st.booleans(),
            days,
        ),
        unique_by=lambda way: way.address,
        max_size=3,
    ).map(tuple),
)


@given(st.lists(helper_rows, max_size=4, unique_by=lambda row: row.key))
def test_whatever_is_written_is_read_back_the_same(helpers: list[HelperRow]) -> None:
    cedar = AgencyRow(key="cedar", name="Cedar “Mesa” \\ PD", also=("CMPD",), time_zone="America/Denver")
    there = tuple(sorted(row.key for row in helpers))
    fire = IncidentRow("2026-014", date(2026, 1, 4), date(2027, 1, 4), there, units=(PostRow("cedar", "Patrol North"),))
    rows = RosterRows((cedar,), tuple(sorted(helpers, key=lambda row: row.key)), (fire,))
    text = write_roster(rows)
    assert read_roster(text) == (rows, ())
    assert write_roster(read_roster(text)[0]) == text


@given(st.lists(helper_rows, max_size=4, unique_by=lambda row: row.key))
def test_the_line_of_each_helper_and_way_is_where_it_is_written(helpers: list[HelperRow]) -> None:
    rows = sorted(helpers, key=lambda row: row.key)
    text = write_roster(RosterRows(helpers=tuple(rows)))
    lines, written = Lines(text), text.split("\n")
    for place, row in enumerate(rows):
        assert written[lines.of(("helper", place, "key")) - 1] == f'key = "{row.key}"'
        for number, way in enumerate(row.ways):
            assert written[lines.of(("helper", place, "way", number, "address")) - 1] == f'  address = "{way.address}"'


def test_the_page_on_the_roster_file_names_every_word_and_its_examples_can_be_read() -> None:
    page = (Path(__file__).parents[2] / "docs" / "roster-file.md").read_text(encoding="utf-8")
    agency, way = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert mistakes(agency + helper_in_file("sam", 'agency = "cedar-mesa-pd"').split("[[helper.way]]")[0] + way) == []
    written = {"shares_shown": "shares.shown", "shares_for_matching": "shares.for_matching", "ways": "[[helper.way]]"}
    written |= {"shares_not_at_all": "shares.not_at_all", "credentials": "[[helper.credential]]"}
    for row in (AgencyRow, HelperRow, WayRow, CredentialRow, IncidentRow):
        assert [name for name in row.__slots__ if written.get(name, name) not in page] == []


SUBSCRIPTION = (
    '{"endpoint":"https://push.example/wp/abc","expirationTime":null,"keys":{"auth":"BTBZMqHH6r4Tts7J_aSIgg",'
    '"p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"}}'
)


def test_a_browser_and_an_app_are_ways_too() -> None:
    kept = one_form("push", SUBSCRIPTION)
    assert kept.startswith('{"endpoint":"https://push.example/wp/abc"')
    assert "expirationTime" not in kept
    assert one_form("app", "ntfys://ntfy.example/topic") == "ntfys://ntfy.example/topic"


@pytest.mark.parametrize(
    ("carrier", "address", "says"),
    [
        ("push", "sam", "what a browser writes"),
        ("push", SUBSCRIPTION.replace("push.example", "10.0.0.1"), "no public address"),
        ("app", "file:///etc/passwd", "none of them"),
        ("app", "syslog://", "none of them"),
    ],
)
def test_a_browser_or_app_that_is_none_is_refused_in_words(carrier: str, address: str, says: str) -> None:
    with pytest.raises(AddressUnclear, match=says):
        one_form(carrier, address)
