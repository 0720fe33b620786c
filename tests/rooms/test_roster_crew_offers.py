"""After a bad day: a table of who was there goes in, whom to offer to each comes out, and nothing is kept."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from stepitup.desk import crew_pair
from stepitup.ground import clock, log_book
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.vocabulary import SERVICES
from stepitup.paging import carriers
from stepitup.paging.carriers.pager.sender import Pager
from stepitup.paging.models import Page
from stepitup.roster import actions as roster
from stepitup.roster.file.crew import read_crew
from stepitup.roster.models import Credential, Helper
from tests.rooms.coordinator import somebody
from tests.rooms.door_night import NIGHT
from tests.rooms.roster_builders import file_with, helper_in_file
from tests.stories.the_disk import everything_stored

no_database = pytest.mark.only_on("sqlite")
with_database = pytest.mark.django_db

TWO = (
    b"who,agency,unit,rank_band,years\n"
    b"Whistle-1,Cedar Mesa PD,Patrol North,line,7\n"
    b"Whistle-2,Cedar Mesa PD,Patrol South,line,\n"
)


def mistakes_in(text: str | bytes) -> list[str]:
    crew, mistakes = read_crew(text if isinstance(text, bytes) else text.encode())
    assert not (crew and mistakes)
    return [str(mistake) for mistake in mistakes]


# The table ------------------------------------------------------------------------------------------------------------


@no_database
@pytest.mark.parametrize(
    "raw",
    [
        TWO,
        b"\xef\xbb\xbf" + TWO,
        TWO.replace(b",", b";").replace(b"\n", b"\r\n"),
        TWO.decode().replace(",", "\t").encode("utf-16"),
        TWO.decode().replace("Whistle-1,Cedar Mesa PD", "“Whistle-1”,“Cedar Mesa PD”").replace(",7", ",7.0").encode(),
    ],
    ids=["plain", "a mark in front", "semicolons", "tabs in UTF-16", "smart quotes"],
)
def test_the_same_crew_however_it_was_saved(raw: bytes) -> None:
    crew, mistakes = read_crew(raw)
    assert mistakes == []
    assert [one.who for one in crew] == ["Whistle-1", "Whistle-2"]
    first = crew[0].wishes
    assert (first.mine_agency, first.mine_unit, first.mine_rank_band, first.mine_years) == (
        "Cedar Mesa PD",
        "Patrol North",
        "line",
        7,
    )
    assert all(one.wishes.never_above_me for one in crew), "nobody above them, whether it is written or not"


@no_database
def test_every_mistake_is_told_with_its_line() -> None:
    assert mistakes_in(
        "who,rank_band,years,incident_on,service\n"
        "A,chief,seven,1900-01-00,police\n"
        "A,line,99,1900-01-01,fire\n"
        ",line,1,2026-02-30,fire\n"
    ) == [
        "line 2: rank_band: “chief” is no word we know; choose from: civilian, line, supervisor, command, unknown",
        "line 2: years: “seven” is not a whole number",
        "line 2: incident_on: “1900-01-00” is what a spreadsheet makes of an empty date; leave the cell empty",
        f"line 2: service: “police” is no word we know; choose from: {', '.join(SERVICES[:12])}",
        "line 3: years: “99” is no number of years on the job",
        "line 3: incident_on: “1900-01-01”: spreadsheets write 1900 for an empty or a wrong cell; write the date",
        "line 3: who: “A” stands there twice",
        "line 4: incident_on: “2026-02-30” is no day of the calendar; write it like 2027-05-31",
        "line 4: who: is empty: write any word by which you know them",
    ]


@no_database
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nobody is in it"),
        ("who\n", "nobody is in it"),
        ("name\nSam\n", "who is not among them"),
        ("who,who\nA,B\n", "stands there twice; keep one"),
        ("who,unitt\nA,B\n", "did you mean unit?"),
        ("who,matters\nA,drinking\n", "theirs to say, in a call of their own"),
        ("who,shares.shown\nA,drinking\n", "theirs to say, in a call of their own"),
        ("who,phone\nA,1\n", "theirs to say, in a call of their own"),
        ('who,unit\n"A,B\n', "a quote may be missing"),
        ("who\n" + "".join(f"{number}\n" for number in range(1001)), "at most 1,000"),
        (b"who\n\xff\xff\n", "not UTF-8"),
        (b"x" * 300_001, "bytes large"),
    ],
)
def test_a_table_that_cannot_be_meant_says_what_is_wanted(text: str | bytes, words: str) -> None:
    assert any(words in mistake for mistake in mistakes_in(text))


@no_database
@given(st.binary(max_size=200))
def test_no_bytes_however_strange_break_the_reading(raw: bytes) -> None:
    mistakes_in(b"who,unit\n" + raw)


# Whom to offer --------------------------------------------------------------------------------------------------------


@pytest.fixture
def team() -> Iterator[None]:
    """Sam and Ines of patrol, Ruiz who is above Patrol North, Theo of another unit."""
    with clock.use(HandClock(NIGHT)), carriers.use(Pager()):
        over = 'supervises = [{ agency = "cedar", unit = "Patrol North" }]'
        cast = (
            helper_in_file(
                "sam", 'rank_band = "line"', 'services = ["law_enforcement"]', 'shares.for_matching = ["drinking"]'
            ),
            helper_in_file("ines", 'rank_band = "line"', 'services = ["fire"]'),
            helper_in_file("ruiz", over, 'rank_band = "supervisor"', 'unit = "Patrol North"'),
        )
        deed(roster.import_roster, file_with(*cast))
        yield


def crew_of(*names: str, more: str = "", cell: str = "") -> bytes:
    """These were there, each of Cedar's line."""
    lines = [f"{name},Cedar Mesa PD,Patrol South,line{cell}" for name in names]
    return "\n".join([f"who,agency,unit,rank_band{more}", *lines]).encode()


BY_WORK = b"who,agency,rank_band,service\nA,Cedar Mesa PD,line,law_enforcement\nB,Cedar Mesa PD,line,fire\n"


def pairs(folder: Path, text: bytes = TWO, *, each: int = 1, kind: str = "peer") -> tuple[int, str]:
    (folder / "crew.csv").write_bytes(text)
    to = folder / "pairs.csv"
    done = crew_pair.do(Namespace(file=folder / "crew.csv", to=to, kind=kind, each=each))
    return done, to.read_text() if to.exists() else ""


@with_database
def test_each_gets_somebody_and_nothing_of_it_is_kept(
    team: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = everything_stored()
    done, table = pairs(tmp_path)
    assert done == 0
    assert table.splitlines()[0] == "who,helper,name,why,unsure"
    assert {line.split(",")[1] for line in table.splitlines()[1:]} == {"sam", "ines"}, "not whoever is above them"
    assert "Offered somebody: 2 of 2." in capsys.readouterr().err
    assert (tmp_path / "pairs.csv").stat().st_mode & 0o077 == 0
    assert not Page.objects.exists()
    assert not everything_stored().holds("Whistle-1")
    assert not before.holds("Whistle-1")


@with_database
def test_the_closest_comes_and_a_reason_says_so(team: None, tmp_path: Path) -> None:
    _done, table = pairs(tmp_path, BY_WORK)
    assert "A,sam,Sam,You do the same kind of work.," in table
    assert "B,ines,Ines,You do the same kind of work.," in table
    assert pairs(tmp_path, BY_WORK)[1] == table, "the same table, the same list"


@with_database
def test_whoever_is_on_a_break_lapsed_or_out_of_reach_is_not_offered_and_the_lonely_are_named(
    team: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Helper.objects.filter(key="sam").update(off_until=NIGHT.replace(year=2027))
    Credential.objects.filter(helper__key="ines").update(expires=date(2026, 3, 1))
    done, table = pairs(tmp_path, crew_of("A"))
    assert (done, "A,,,," in table) == (1, True)
    assert "Nobody could be found for: A." in capsys.readouterr().err
    Helper.objects.filter(key="sam").update(off_until=None)
    assert pairs(tmp_path, crew_of("A", "B"))[1].count("sam,Sam") == 1
    assert pairs(tmp_path, crew_of("A", "B"), each=2)[1].count("sam,Sam") == 2
    assert pairs(tmp_path, crew_of("A"), kind="chaplain")[0] == 1
    with carriers.use():
        assert pairs(tmp_path, crew_of("A"))[0] == 1, "no page could tell them"


@with_database
def test_who_has_no_agency_or_rank_is_offered_nobody_who_may_be_above_them_and_is_marked(
    team: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = pairs(tmp_path, b"who\nA\n")[1]
    assert table.splitlines()[1].endswith(",yes")
    assert "ruiz" not in table
    assert "everybody who may not come was left out" in capsys.readouterr().err


@with_database
def test_the_list_tells_nothing_of_anybodys_nights(team: None, tmp_path: Path) -> None:
    before = pairs(tmp_path, crew_of("A"))[1]
    for chosen in ("sam", "ines"):
        Helper.objects.update(last_talk_on=None, off_until=None)
        Helper.objects.filter(key=chosen).update(last_talk_on=NIGHT.date(), off_until=NIGHT + timedelta(hours=12))
        assert pairs(tmp_path, crew_of("A"))[1] == before, f"{chosen} sat with somebody tonight"
    assert "rested" not in before


@with_database
def test_what_is_for_matching_only_moves_nobody_in_it(team: None, tmp_path: Path) -> None:
    before = pairs(tmp_path, crew_of("A"))[1]
    for chosen in ("sam", "ines"):
        Helper.objects.update(languages=[], about_the_job={})
        Helper.objects.filter(key=chosen).update(languages=["es"], about_the_job={"language": "matching"})
        assert pairs(tmp_path, crew_of("A", more=",language", cell=",es"))[1] == before, chosen
    Helper.objects.update(about_the_job={})
    assert ",ines," in pairs(tmp_path, crew_of("A", more=",language", cell=",es"))[1]


@with_database
def test_mistakes_are_printed_with_their_lines(team: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pairs(tmp_path, b"who,years\nA,x\n") == (1, "")
    assert "line 2: years: “x” is not a whole number" in capsys.readouterr().err


@with_database
def test_no_cell_of_the_list_is_a_formula(team: None, tmp_path: Path) -> None:
    assert "\n'=1+1,sam" in pairs(tmp_path, crew_of("=1+1", more=",never_names", cell=",Ruiz | Ines"))[1]


@with_database
def test_the_screen_shows_it_or_hands_it_over_and_keeps_nothing(team: None) -> None:
    maria = somebody()
    maria.opens("/team/incidents")
    maria.taps("A whole crew: whom to offer to each")
    for raw, said in (
        (TWO, "Whom to offer"),
        (b"who,matters\nA,drinking\n", "1 thing to mend in the table"),
        (b"", "This file is empty."),
        (b"x" * 300_001, "This table is too large"),
        (crew_of("A", "B", "C"), "Nobody could be found for 1 of them"),
    ):
        sent = {"file": SimpleUploadedFile("crew.csv", raw), "kind": "peer", "each": "1", "do": "show"}
        assert said in maria.sends("/team/crew", sent).words  # type: ignore[arg-type]  # a file among the words
    sent = {"file": SimpleUploadedFile("crew.csv", TWO), "kind": "", "each": "", "do": "table"}
    assert maria.sends("/team/crew", sent).raw.startswith("who,helper,name")  # type: ignore[arg-type]  # as above
    assert not everything_stored().holds("Whistle-1")
    assert not log_book.entries(2026).exists()
