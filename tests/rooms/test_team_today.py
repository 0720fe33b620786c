"""Today: is somebody there, does it work, what is missing. Never a call, an hour, or a helper's load."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from stepitup.ground import clock, heart
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.team import MailSettings
from stepitup.paging import carriers
from stepitup.paging.carriers.mail.sender import Mail
from stepitup.paging.carriers.pager.sender import Pager
from stepitup.paging.facts import Then
from stepitup.roster import actions as roster
from stepitup.roster.models import Credential, Helper, Way
from stepitup.tally import actions as tally
from stepitup.tally.actions import Counted
from tests.rooms.coordinator import somebody
from tests.rooms.door_night import NIGHT
from tests.rooms.paging_house import FakeCarrier
from tests.rooms.roster_builders import file_with, helper_in_file
from tests.stories import cast
from tests.stories.browser import Browser
from tests.stories.night import Night, a_night

pytestmark = pytest.mark.django_db

SAM, INES = helper_in_file("sam", named="Sam K."), helper_in_file("ines", named="Ines M.")


@pytest.fixture(autouse=True)
def hand() -> Iterator[HandClock]:
    with clock.use(HandClock(NIGHT)) as ours, carriers.use(Pager()):
        assert isinstance(ours, HandClock)
        deed(roster.import_roster, file_with(SAM, INES))
        deed(heart.beat, name="a watch")
        yield ours


@pytest.fixture
def maria() -> Browser:
    return somebody()


def today(phone: Browser) -> str:
    return phone.opens("/team/").words


def test_on_a_good_day_it_is_short_and_calm(maria: Browser) -> None:
    read = today(maria)
    for said in (
        "The engine is awake, and pages can go out.",
        "Peers 2 Ines M., Sam K.",
        "Chaplains Nobody",
        "Everybody has a way that works.",
        "You do not see calls here",
    ):
        assert said in read
    assert "Steps that nobody answered" not in read
    assert maria.screen.main_action == "Settle 8 questions before the first night"


def test_an_engine_that_sleeps_is_the_first_thing(maria: Browser, hand: HandClock) -> None:
    hand.wind(seconds=30)
    assert maria.opens("/team/").headings[1] == "Pages do not go out as they must"
    assert "No watch is alive" in maria.screen.words
    assert "The engine is awake" not in maria.screen.words


def test_a_house_without_a_carrier_says_so(maria: Browser) -> None:
    with carriers.use():
        assert "No page can leave this house" in today(maria)


def test_whoever_cannot_be_reached_is_named_with_a_way_to_their_sheet(maria: Browser) -> None:
    Way.objects.filter(helper__key="sam").update(unreachable_since=NIGHT)
    maria.opens("/team/")
    assert maria.screen.links["Sam K."] == f"/team/people/{Helper.objects.get(key='sam').pk}"
    assert "Ines M." not in maria.screen.links


def test_whoever_can_only_be_rung_is_named_with_what_that_means(maria: Browser) -> None:
    with carriers.use(Pager(), FakeCarrier("voice")):
        assert "Can only be rung" not in today(maria)
        besides = Way.objects.get(helper__key="ines")
        besides.pk, besides.position, besides.carrier = None, 9, "voice"
        besides.save()
        Way.objects.filter(helper__key="sam").update(carrier="voice")
        told = today(maria).partition("Can only be rung")[2]
        assert told.startswith(" Sam K. No link reaches them")
        assert "Everybody has a way that works." in today(maria)


def test_the_gaps_of_the_coming_days_name_nobody(maria: Browser) -> None:
    deed(roster.import_roster, file_with(helper_in_file("sam", 'duty = ["Mon-Fri 08:00-20:00"]'), INES))
    Helper.objects.filter(key="ines").update(suspended_at=NIGHT)
    gaps = today(maria).partition("Gaps in the coming 14 days")[2].partition("Cannot be reached")[0]
    assert "Peers" in gaps
    assert "Sam" not in gaps
    assert maria.taps("See all gaps, and who could fill them").status == 200


def test_a_credential_that_lapses_is_told_before_and_after_and_a_newer_one_takes_its_place(maria: Browser) -> None:
    Credential.objects.filter(helper__key="sam").update(expires=NIGHT.date() + timedelta(days=9))
    Credential.objects.filter(helper__key="ines").update(expires=NIGHT.date() - timedelta(days=3))
    told = today(maria).partition("Credentials that lapse")[2]
    assert "Ines M. Peer support certificate lapsed after March 1: no page goes" in told
    assert "Sam K. Peer support certificate, through March 13" in told
    newer = Credential.objects.get(helper__key="sam")
    newer.pk, newer.expires = None, NIGHT.date() + timedelta(days=900)
    newer.save()
    assert "through March 13" not in today(maria)


def test_whom_no_letter_reaches_the_coordinator_tells(maria: Browser) -> None:
    Credential.objects.filter(helper__key="ines").update(expires=NIGHT.date() + timedelta(days=3))
    assert "No letter reaches them. Tell them yourself." in today(maria), "this house writes none"
    with carriers.use(Pager(), Mail(MailSettings(host="127.0.0.1", sender="pages@help.example"))):
        assert "No letter reaches them." in today(maria)
        Way.objects.filter(helper__key="ines").update(carrier="mail", employer_owned=True)
        assert "No letter reaches them." in today(maria), "the employer would read it"
        Way.objects.filter(helper__key="ines").update(employer_owned=False)
        assert "No letter reaches them." not in today(maria)


def test_a_short_rest_is_not_to_be_seen(maria: Browser) -> None:
    before = today(maria)
    Helper.objects.filter(key="sam").update(off_until=NIGHT + timedelta(hours=12), last_talk_on=NIGHT.date())
    assert today(maria).partition("Gaps")[0] == before.partition("Gaps")[0], "nobody sees that Sam went to rest tonight"


def test_missed_steps_are_told_by_the_week_and_only_when_it_is_over(maria: Browser) -> None:
    tally.count(NIGHT - timedelta(weeks=1), Counted.MISSED_STEP, 7)
    tally.count(NIGHT - timedelta(weeks=2), Counted.MISSED_STEP, 2)
    tally.count(NIGHT, Counted.MISSED_STEP, 40)
    told = today(maria).partition("Steps that nobody answered")[2]
    assert "Week of February 23: 7" in told
    assert "February 16" not in told
    assert "40" not in told


def test_a_coordinator_of_one_agency_sees_its_people_only() -> None:
    larkspur = '\n[[agency]]\nkey = "larkspur"\nname = "Larkspur Fire"\ntime_zone = "America/Denver"\n'
    deed(
        roster.import_roster, larkspur + file_with(SAM, helper_in_file("theo", 'agency = "larkspur"', named="Theo B."))
    )
    read = today(somebody(name="flames", agency="larkspur"))
    assert "Theo B." in read
    assert "Sam K." not in read
    assert "Settle" not in read


def test_a_carrier_that_takes_nothing_is_named_while_others_go_on() -> None:
    with a_night() as night:
        night.joins(cast.SAM, ways=("text", "voice")).may_be_paged()
        night.text.refuses(cast.SAM.number, Then.NEXT_WAY)
        night.rosa().presses()
        read = today(somebody())
        assert "Pages by text come back" in read
        assert "voice come" not in read


def test_while_somebody_calls_the_screen_stands_as_it_stood() -> None:
    with a_night() as night:
        sam, maria = night.joins(cast.SAM), somebody()
        before = _as_it_stands(night, maria)
        rosa = night.rosa()
        rosa.presses()
        assert _as_it_stands(night, maria) == before, "a call waits"
        sam.gets_a_page().answers()
        rosa.reads_the_limits()
        sam.presses("I’m with them")
        assert _as_it_stands(night, maria) == before, "two talk"


def _as_it_stands(night: Night, maria: Browser) -> str:
    night.watch.work()
    return today(maria) + maria.opens("/team/people").words
