"""A roster file on a screen: every mistake with its line, or what would change; then a yes. And out again."""

from collections.abc import Iterator
from unittest.mock import Mock, patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from stepitup.ground import clock, drafts, log_book
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.log_book import What
from stepitup.ground.models import Draft
from stepitup.roster import actions as roster
from stepitup.roster import questions
from stepitup.roster.file.forms import Form, read_in
from stepitup.roster.file.more_kept import incidents_kept
from stepitup.roster.file.parts import Part, in_one
from stepitup.roster.file.rows import Report, RosterRows
from stepitup.roster.file.rows_kept import rows_kept
from stepitup.roster.models import Agency, Helper
from tests.rooms.coordinator import somebody, stranger
from tests.rooms.door_night import NIGHT
from tests.rooms.roster_builders import file_with, helper_in_file
from tests.rooms.test_roster_credentials import with_credentials
from tests.stories.browser import Browser
from tests.stories.the_disk import everything_stored

pytestmark = pytest.mark.django_db

INCIDENT_IN_FILE = """
[[incident]]
key = "2026-014"
happened_on = 2026-10-01
delete_on = 2027-10-01
was_there = ["sam"]
"""
SAM, INES, THEO = (helper_in_file(key) for key in ("sam", "ines", "theo"))


@pytest.fixture(autouse=True)
def hand() -> Iterator[HandClock]:
    with clock.use(HandClock(NIGHT)) as ours:
        assert isinstance(ours, HandClock)
        deed(roster.import_roster, file_with(SAM, INES))
        yield ours


@pytest.fixture
def maria() -> Browser:
    return somebody()


def brings(phone: Browser, text: str | bytes, *, name: str = "roster.toml", **more: str) -> str:
    raw = text.encode() if isinstance(text, str) else text
    sent = {"file": SimpleUploadedFile(name, raw), "form": "", **more}
    return phone.sends("/team/import", sent).words  # type: ignore[arg-type]  # a file among the words


def written() -> list[str]:
    return [line.what for line in log_book.entries(2026)][1:]


def test_what_would_change_is_shown_and_nothing_happens_before_a_yes(maria: Browser) -> None:
    read = brings(maria, file_with(SAM, helper_in_file("ines", "years = 9"), THEO))
    for said in ("This is what would change", "1 new helper theo", "1 changed ines", "1 the same as before"):
        assert said in read
    assert "theo" not in questions.ids_of({"theo"})
    read = maria.presses("Yes, bring it in").words
    assert "It counts from now on" in read
    assert set(questions.ids_of({"theo"})) == {"theo"}
    assert written() == [What.IMPORTED]
    assert not Draft.objects.exists()


def test_every_mistake_is_told_with_its_line(maria: Browser) -> None:
    text = file_with(SAM, helper_in_file("ines", 'rank_band = "chief"', 'agency = "nowhere"'))
    read = brings(maria, text)
    assert "2 things to mend in the file" in read
    line = next(number for number, one in enumerate(text.split("\n"), 1) if "chief" in one)
    assert f"Line {line} ·" in read
    assert "Nothing was changed." in read
    assert not Draft.objects.exists()


def test_a_credential_that_was_checked_tomorrow_is_to_be_mended(maria: Browser) -> None:
    read = brings(maria, file_with(with_credentials("sam", "name = 'x'\nchecked_on = 2026-03-05")))
    assert "2026-03-05 is still to come; write the day on which it was done" in read


@pytest.mark.parametrize("form", Form)
def test_the_roster_goes_out_and_comes_in_again_the_same(maria: Browser, form: Form) -> None:
    maria.opens("/team/import")
    out = maria.sends("/team/export", {"form": form}).raw
    assert written() == [What.EXPORTED]
    assert read_in(form, out)[0] == questions.roster_rows()
    assert "Nothing would change" in brings(maria, out, name=f"team-roster.{form}")


def test_whoever_is_not_in_the_file_stays_unless_the_coordinator_says_otherwise(maria: Browser) -> None:
    assert "1 not in the file: stays on the roster ines" in brings(maria, file_with(SAM))
    assert "Nothing would change" in maria.screen.words
    assert "1 taken off the roster ines" in brings(maria, file_with(SAM), remove_missing="on")
    maria.presses("Yes, bring it in")
    assert Helper.objects.get(key="ines").removed_at == NIGHT
    assert written() == [What.IMPORTED, What.REMOVED]


def test_a_roster_that_changed_since_it_was_shown_is_shown_again(maria: Browser) -> None:
    brings(maria, file_with(SAM, INES, THEO))
    Helper.objects.filter(key="ines").update(years=30)
    assert "changed by somebody else since you looked" in maria.presses("Yes, bring it in").words
    assert "1 changed ines" in maria.screen.words
    assert written() == []
    maria.presses("Yes, bring it in")
    assert written() == [What.IMPORTED]


def test_a_change_in_the_very_moment_of_the_yes_is_shown_and_nothing_comes(
    maria: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    brings(maria, file_with(SAM, helper_in_file("ines", "years = 9")))

    def meanwhile(wanted: RosterRows, would: Report) -> Part:
        Helper.objects.filter(key="ines").update(years=9)
        return in_one(wanted, would)

    monkeypatch.setattr("stepitup.door.team.bring_in.views.in_one", meanwhile)
    assert "changed by somebody else since you looked" in maria.presses("Yes, bring it in").words
    assert written() == []


def test_of_the_roster_only_what_the_file_changes_is_read_in_the_deed(maria: Browser) -> None:
    brings(maria, file_with(SAM, helper_in_file("ines", "years = 9")))
    read = Mock(wraps=rows_kept)
    with patch("stepitup.roster.file.bringing_in.rows_kept", read):
        maria.presses("Yes, bring it in")
    assert [call.args[0] for call in read.call_args_list] == [None, ("ines",), ("ines",)], "the look, then the deed"


def test_a_file_whose_only_change_is_an_agency_or_an_incident_is_brought_in_too(maria: Browser) -> None:
    now, incident = file_with(SAM, INES), INCIDENT_IN_FILE
    read = brings(maria, now.replace("Cedar Mesa Police Department", "Cedar Mesa Police") + incident)
    for said in ("This is what would change", "1 agency new or changed cedar", "1 incident new or changed 2026-014"):
        assert said in read
    maria.presses("Yes, bring it in")
    assert Agency.objects.get().name == "Cedar Mesa Police"
    assert [row.was_there for row in incidents_kept()] == [("sam",)]
    assert [(line.what, line.how_many) for line in log_book.entries(2026)][1:] == [(What.IMPORTED, 2)]


def test_a_file_waits_an_hour_sealed_and_for_nobody_else(maria: Browser, hand: HandClock) -> None:
    brings(maria, file_with(SAM, helper_in_file("theo", 'full_name = "Theo Quennell"')))
    assert not everything_stored().holds("Quennell")
    shown = maria.screen.form_with("Yes, bring it in").fields
    dana = somebody(name="dana")
    assert "not here any more" in dana.sends("/team/import/yes", {**shown}).words
    hand.wind(hours=1)
    assert "not here any more" in maria.sends("/team/import/yes", {**shown}).words
    assert deed(drafts.forget) == 1
    assert "not here any more" in maria.sends("/team/import/yes", {"draft": "nonsense"}).words
    assert written() == []


def test_no_file_an_empty_file_and_a_file_of_another_kind_are_answered_in_words(maria: Browser) -> None:
    maria.opens("/team/import")
    assert "Please choose a file." in maria.presses("Read it").words
    assert "This file is empty." in brings(maria, b"")
    assert "to mend in the file" in brings(maria, b"\x89PNG\r\n\x1a\n\x00\xff", name="photo.png")
    assert "to mend in the file" in brings(maria, "a;b\n1;2\n", name="something.csv")


@pytest.mark.parametrize("address", ["/team/import", "/team/import/yes", "/team/export"])
def test_it_is_for_a_coordinator_of_the_whole_team(address: str) -> None:
    cedars = somebody(name="cedars", agency="cedar")
    for one in (cedars, somebody(role=None, name="sam", helper="sam")):
        assert one.opens(address).status == 403
        assert one.sends(address, {"form": "csv"}).status == 403
    assert stranger().sends(address, {"form": "csv"}).headings == ["Sign in to your team"]
    assert written() == []


def test_a_large_file_is_brought_in_part_by_part_so_that_presses_go_between(
    maria: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stepitup.door.team.bring_in.views.IN_ONE_GO", 1)
    monkeypatch.setattr("stepitup.roster.file.parts._A_PART", 1)
    deeds = Mock(wraps=deed)
    monkeypatch.setattr("stepitup.door.team.bring_in.views.deed", deeds)
    brings(maria, file_with(helper_in_file("sam", "years = 9"), helper_in_file("ines", "years = 9"), THEO))
    deeds.reset_mock()
    read = maria.presses("Yes, bring it in").words
    assert "It counts from now on" in read
    assert set(questions.ids_of({"theo"})) == {"theo"}
    assert deeds.call_count > 3
    assert not Draft.objects.exists()
