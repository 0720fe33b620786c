"""The people of the roster, one at a time: added, changed, suspended, taken off, each written down; two never cross."""

from collections.abc import Iterator

import pytest

from stepitup.ground import clock, log_book
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.log_book import What
from stepitup.paging import carriers
from stepitup.paging.carriers.pager.sender import Pager
from stepitup.roster import actions as roster
from stepitup.roster import questions
from stepitup.roster.keeping import questions as keeping
from stepitup.roster.keeping.kept import Kept, Post
from stepitup.roster.models import Agency, Helper
from stepitup.roster.sign_in.facts import Role
from tests.rooms.coordinator import somebody, stranger
from tests.rooms.door_night import NIGHT
from tests.rooms.roster_builders import file_with, helper_in_file
from tests.stories import cast
from tests.stories.browser import Browser
from tests.stories.night import Night, a_night

pytestmark = pytest.mark.django_db

LARKSPUR = '\n[[agency]]\nkey = "larkspur"\nname = "Larkspur Bend Fire Rescue"\ntime_zone = "America/Denver"\n'
TEAM = LARKSPUR + file_with(
    helper_in_file("sam", 'unit = "Patrol North"', named="Sam K."),
    helper_in_file("ines", named="Ines M."),
    helper_in_file("theo", 'agency = "larkspur"', named="Theo B."),
)


@pytest.fixture(autouse=True)
def tonight() -> Iterator[None]:
    with clock.use(HandClock(NIGHT)), carriers.use(Pager()):
        deed(roster.import_roster, TEAM)
        yield


@pytest.fixture
def maria() -> Browser:
    return somebody()


def number(key: str) -> int:
    return questions.ids_of({key})[key]


def written() -> list[tuple[str, str]]:
    return [(line.what, line.about) for line in log_book.entries(2026)][1:]


def changes(phone: Browser, key: str, **typed: str | list[str]) -> str:
    phone.opens(f"/team/people/{number(key)}/change")
    return phone.presses("Keep", **typed).words


def test_the_list_is_by_name_and_a_word_narrows_it(maria: Browser) -> None:
    read = maria.opens("/team/people").words
    assert "3 people on the roster." in read
    assert read.index("Ines M.") < read.index("Sam K.") < read.index("Theo B.")
    assert "1 person found." in maria.opens("/team/people?named=patrol").words
    assert "Sam K." in maria.screen.words
    assert "Theo B." not in maria.screen.words


def test_somebody_new_is_on_the_roster_and_is_not_paged_before_they_were_checked(maria: Browser) -> None:
    maria.opens("/team/people/new")
    maria.presses("Keep", display_name="Lena R.", full_name="Lena Rivas", kinds=["peer", "chaplain"],
                  agency=str(Agency.objects.get(key="cedar").pk), unit="Patrol North", rank_band="supervisor",
                  sworn="yes", services=["law_enforcement"], state="US-CO",
                  supervises="cedar mesa pd: Patrol North\nLarkspur Bend Fire Rescue")  # fmt: skip
    assert "Added." in maria.screen.words
    assert "peer, chaplain · Cedar Mesa Police Department · Patrol North" in maria.screen.words
    lena = keeping.kept(number("lena-r"))
    assert lena.full_name == "Lena Rivas"
    cedar, larkspur = (Agency.objects.get(key=key).pk for key in ("cedar", "larkspur"))
    assert set(lena.supervises) == {Post(cedar, "Patrol North"), Post(larkspur, "*")}
    assert written() == [(What.ADDED, f"helper {number('lena-r')}")]
    assert number("lena-r") not in {one.id for one in questions.fit_now(NIGHT)}


def test_what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(maria: Browser) -> None:
    maria.opens("/team/people/new")
    maria.presses("Keep", display_name="", unit="Kennel Seventeen", supervises="Nowhere PD: Night")
    for said in (
        "Name that callers see: Please write the name that callers see.",
        "Helps as: Please choose at least one.",
        "Works for: Please choose where they work, or that they are independent.",
        "Whom they supervise: “Nowhere PD” is no agency of this roster.",
    ):
        assert said in maria.screen.words
    assert "Kennel Seventeen" in maria.screen.raw
    assert Helper.objects.count() == 3


def test_two_of_one_name_get_keys_of_their_own(maria: Browser) -> None:
    for _ in range(2):
        maria.opens("/team/people/new")
        maria.presses("Keep", display_name="Åsa Ö.", kinds=["peer"], agency="none")
    assert set(questions.ids_of({"asa-o", "asa-o-2"})) == {"asa-o", "asa-o-2"}


def test_a_change_keeps_what_is_the_helpers_own(maria: Browser) -> None:
    Helper.objects.filter(key="sam").update(languages=["es"], years=9)
    assert "Kept." in changes(maria, "sam", unit="Patrol South")
    sam = Helper.objects.get(key="sam")
    assert (sam.unit, sam.languages, sam.years, sam.ways.count()) == ("Patrol South", ["es"], 9, 1)
    assert written() == [(What.CHANGED, f"helper {sam.pk}")]


def test_a_form_sent_unchanged_changes_nothing_and_writes_nothing(maria: Browser) -> None:
    before = keeping.kept(number("sam"))
    assert "Nothing was different" in changes(maria, "sam")
    assert keeping.kept(number("sam")) == before
    assert written() == []


def test_the_second_of_two_coordinators_is_told_and_loses_nothing(maria: Browser) -> None:
    dana = somebody(name="dana")
    for phone in (maria, dana):
        phone.opens(f"/team/people/{number('sam')}/change")
    dana.presses("Keep", unit="Training")
    maria.presses("Keep", display_name="Samuel K.")
    assert "Somebody else changed this helper while you were typing" in maria.screen.words
    assert "Training" in maria.screen.words
    assert "Samuel K." in maria.screen.raw
    assert keeping.kept(number("sam")).display_name == "Sam K."
    maria.presses("Keep", unit="Training")
    assert (keeping.kept(number("sam")).display_name, keeping.kept(number("sam")).unit) == ("Samuel K.", "Training")


def test_a_suspension_is_asked_about_once_acts_at_once_and_can_be_lifted(maria: Browser) -> None:
    sam = number("sam")
    maria.opens(f"/team/people/{sam}")
    maria.taps("Suspend at once")
    assert maria.screen.headings[0] == "Suspend Sam K.?"
    maria.presses("Suspend now")
    assert "No page goes there from now on." in maria.screen.words
    assert sam not in {one.id for one in questions.fit_now(NIGHT)}
    maria.presses("Lift the suspension")
    assert sam in {one.id for one in questions.fit_now(NIGHT)}
    assert written() == [(What.SUSPENDED, f"helper {sam}"), (What.LIFTED_SUSPENSION, f"helper {sam}")]


def test_who_is_taken_off_is_gone_from_every_screen(maria: Browser) -> None:
    sam = number("sam")
    maria.opens(f"/team/people/{sam}/take-off")
    maria.presses("Take off now")
    assert "deleted in 30 days" in maria.screen.words
    assert "Sam K." not in maria.screen.words
    for end in ("", "/change", "/suspend", "/take-off"):
        assert maria.opens(f"/team/people/{sam}{end}").status == 404


def test_a_coordinator_of_one_agency_sees_and_changes_its_people_only() -> None:
    cedars = somebody(name="cedars", agency="cedar")
    assert "Theo B." not in cedars.opens("/team/people").words
    for end in ("", "/change", "/suspend", "/take-off"):
        assert cedars.opens(f"/team/people/{number('theo')}{end}").status == 404
        cedars.sends(f"/team/people/{number('theo')}{end}", {"display_name": "X"})
    assert Helper.objects.get(key="theo").suspended_at is None
    cedars.opens("/team/people/new")
    cedars.presses("Keep", display_name="X", kinds=["peer"], agency=str(Agency.objects.get(key="larkspur").pk))
    assert "is not one of these" in cedars.screen.words
    assert written() == []


@pytest.mark.parametrize("end", ["", "/new", "/{}", "/{}/change", "/{}/suspend", "/{}/take-off"])
def test_nobody_but_a_coordinator_opens_any_of_it(end: str) -> None:
    address = "/team/people" + end.format(number("sam"))
    for one in (somebody(role=None, name="sam", helper="sam"), somebody(role=Role.OPERATOR, name="olga")):
        assert one.opens(address).status == 403
        assert one.sends(address, {}).status == 403
    assert stranger().opens(address).headings == ["Sign in to your team"]


def test_the_sheet_tells_nothing_of_a_night(maria: Browser) -> None:
    Helper.objects.filter(key="sam").update(last_talk_on=NIGHT.date(), off_until=NIGHT.replace(hour=22))
    read = maria.opens(f"/team/people/{number('sam')}").words + maria.opens("/team/people").words
    assert "2026" not in read
    maria.opens(f"/team/people/{number('sam')}")
    assert maria.taps("Duty").status == 200
    assert "March" not in read
    assert "break" not in read, "a rest of hours begins after a hard night"


def test_a_long_break_is_told_by_its_day(maria: Browser) -> None:
    Helper.objects.filter(key="sam").update(off_until=NIGHT.replace(month=5))
    assert "On a break until May 4" in maria.opens("/team/people").words


def test_a_kept_value_has_a_mark_that_changes_with_it() -> None:
    assert Kept("Sam K.", ("peer",)).mark == Kept("Sam K.", ("peer",)).mark
    assert Kept("Sam K.", ("peer",)).mark != Kept("Sam K.", ("peer",), unit="North").mark


def test_a_suspension_in_the_middle_of_a_talk_gives_the_caller_somebody_else() -> None:
    with a_night() as night:
        sam, ines = night.joins(cast.SAM), night.joins(cast.INES)
        rosa = night.rosa()
        rosa.presses()
        sam.gets_a_page().answers()
        ines.may_be_paged()
        _maria_suspends(night, sam.id)
        rosa.sees("1 peer was paged.")
        assert sam.phone.opens("/seat").status in {200, 403, 404, 410}
        assert "is with you" not in rosa.phone.screen.words


def _maria_suspends(night: Night, helper: int) -> None:
    maria = somebody()
    maria.opens(f"/team/people/{helper}/suspend")
    maria.presses("Suspend now")
    night.watch.work()
