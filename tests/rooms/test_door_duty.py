"""Duty on screen: a helper's week and swaps, the coordinator's gaps and changes, and who may open what."""

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from stepitup.ground import clock, log_book
from stepitup.ground.clock import HandClock
from stepitup.ground.models import Draft
from stepitup.paging import carriers
from stepitup.paging.carriers.pager.sender import Pager
from stepitup.roster.duty import overriding
from stepitup.roster.duty.questions import lines_of
from stepitup.roster.models import Account, Agency, DutyFeed, DutyOverride, DutySwap
from stepitup.roster.sign_in.facts import Role
from tests.rooms.duty_house import NOON, TONIGHT, fit_at, number_of, off, sam_and_ines
from tests.rooms.team_door import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tuesday_noon() -> Iterator[HandClock]:
    """Noon in Denver; Sam has the nights, Ines the days."""
    with clock.use(HandClock(NOON)) as hand, carriers.use(Pager()):
        assert isinstance(hand, HandClock)
        sam_and_ines()
        yield hand


def phone_of(key: str) -> Client:
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    signed_in(client, helper=key)
    return client


def marias(*, agency: str = "") -> Client:
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    signed_in(client, role=Role.COORDINATOR, agency=agency, name="maria")
    return client


def opens(client: Client, address: str, **asked: str) -> str:
    answer = client.get(f"/team/duty{address}", asked, secure=True, follow=True)
    assert answer.status_code == 200, answer.status_code
    return " ".join(str(answer.text).split())


def presses(client: Client, address: str, **typed: str) -> "HttpResponse":
    answer = client.post(f"/team/duty{address}", typed, secure=True)
    assert isinstance(answer, HttpResponse)
    return answer


def test_sam_sees_his_week_and_his_six_weeks() -> None:
    sam = phone_of("sam")
    week = opens(sam, "")
    assert "Tue, Nov 24 <span" in week
    assert "18:00 to 06:00 on Wed, Nov 25" in week
    assert "/team/duty/swap?duty=20261125T0100Z" in week
    assert "swap?duty=20261124T0100Z" not in week, "last night's has begun"
    assert "On duty: Monday, Tuesday, Wednesday, Thursday, Friday." in opens(sam, "/month")
    assert "Week of November 30, 2026" in opens(sam, "/week", day="2026-12-01")
    assert "Week of November 23, 2026" in opens(sam, "/week", day="tomorrow")


def test_sam_asks_ines_who_says_yes_on_her_own_screen() -> None:
    sam, ines = phone_of("sam"), phone_of("ines")
    assert f'<option value="{number_of("ines")}">Ines</option>' in opens(sam, "/swap", duty="20261125T0100Z")
    chosen = {"duty": "20261125T0100Z", "who": str(number_of("ines"))}
    assert "Friday, November 27, 06:00 to 18:00" in opens(sam, "/swap/ask", **chosen)
    assert presses(sam, "/swap/ask", **chosen, back="").status_code == 303
    assert fit_at("2026-11-24T20:00") == {"sam"}
    week = opens(ines, "/week")
    assert "Sam asks you to take a duty." in week
    assert "Tuesday, November 24, 18:00 to 06:00 on Wed, Nov 25" in week
    swap = DutySwap.objects.get().pk
    assert presses(sam, f"/swaps/{swap}", answer="yes").status_code == 409, "nobody says yes for her"
    assert presses(ines, f"/swaps/{swap}", answer="yes").status_code == 303
    assert fit_at("2026-11-24T20:00") == {"ines"}
    assert presses(sam, f"/swaps/{swap}", answer="never-mind").status_code == 409


def test_sam_reads_what_was_answered_until_the_duty_begins(tuesday_noon: HandClock) -> None:
    sam, ines = phone_of("sam"), phone_of("ines")
    chosen = {"duty": "20261126T0100Z", "who": str(number_of("ines")), "back": ""}
    for answer, words in (
        ("no", "Ines says no. This duty is yours still."),
        ("yes", "Ines says yes and takes this duty."),
    ):
        presses(sam, "/swap/ask", **chosen)
        presses(ines, f"/swaps/{DutySwap.objects.latest('pk').pk}", answer=answer)
        assert words in opens(sam, "/week")
        assert "says" not in opens(ines, "/week"), "it is told to whoever asked"
    tuesday_noon.wind(hours=48)
    assert "Ines says" not in opens(sam, "/week")


def test_ines_reads_that_sam_asks_no_more() -> None:
    sam, ines = phone_of("sam"), phone_of("ines")
    presses(sam, "/swap/ask", duty="20261125T0100Z", who=str(number_of("ines")), back="")
    presses(sam, f"/swaps/{DutySwap.objects.get().pk}", answer="never-mind")
    assert "Sam keeps this duty and asks you no more." in opens(ines, "/week")
    assert "asks you no more" not in opens(sam, "/week")


def test_a_swap_with_something_in_return_and_one_that_cannot_be() -> None:
    sam, ines = phone_of("sam"), str(number_of("ines"))
    assert presses(sam, "/swap/ask", duty="20261125T0100Z", who="").status_code == 422
    assert presses(sam, "/swap/ask", duty="20261125T0100Z", who="404").status_code == 422
    assert presses(sam, "/swap/ask", duty="19990101T0100Z", who=ines).status_code == 409
    assert presses(sam, "/swap/ask", duty="20261125T0100Z", who=ines, back="20261127T1300Z").status_code == 303
    assert "In return you take: Friday, November 27" in opens(sam, "/week")
    twice = presses(sam, "/swap/ask", duty="20261125T0100Z", who=ines, back="")
    assert twice.status_code == 422
    assert "You asked them already." in twice.content.decode()


def test_the_link_for_the_phone_is_made_by_a_press_and_ended_by_one() -> None:
    sam = phone_of("sam")
    assert "/duty/" not in opens(sam, "/link").replace("/team/duty/", "")
    presses(sam, "/link", do="make")
    first = opens(sam, "/link")
    assert ".ics" in first
    presses(sam, "/link", do="make")
    assert opens(sam, "/link") != first
    presses(sam, "/link", do="end")
    assert DutyFeed.objects.count() == 0


def test_maria_sees_the_gaps_and_who_is_there_and_nobodys_count_of_hours() -> None:
    maria = marias()
    week = opens(maria, "")
    assert "2 gaps in the coming 14 days" in week
    assert 'Sat, Nov 28</a></h2> <p class="problem">Gaps: Peers</p>' in week
    assert "Week of November 23. Gaps: Saturday, Sunday." in opens(maria, "/everybody/month")
    assert "<h2>Peers</h2><p>Sat, Nov 28, 13:00 to 13:00 on Mon, Nov 30</p>" in opens(maria, "/gaps")
    day = opens(maria, "/day", day="2026-11-24")
    assert ("Sam</a>" in day, "Ines</a>" in day) == (True, True)
    assert "Ines</a>" not in opens(maria, "/day", day="2026-11-24", name="sa")


def test_maria_takes_sam_off_and_it_stands_in_the_log_book() -> None:
    maria, sam = marias(), number_of("sam")
    form = opens(maria, f"/helpers/{sam}/change")
    seen = form.partition('name="seen" value="')[2].partition('"')[0]
    typed = {"seen": seen, "change": "off", "start": "2026-11-24T20:00", "end": "tomorrow"}
    assert presses(maria, f"/helpers/{sam}/change", **typed).status_code == 422
    assert presses(maria, f"/helpers/{sam}/change", **{**typed, "end": "11/25/2026 2 AM"}).status_code == 303
    assert fit_at("2026-11-24T21:00") == set()
    assert "Off duty: Tuesday, November 24, 20:00 to 02:00 on Wed, Nov 25" in opens(maria, f"/helpers/{sam}")
    assert [entry.about for entry in log_book.entries(2026)][-1] == f"helper {sam}"
    presses(maria, f"/helpers/{sam}/changes/{DutyOverride.objects.get().pk}")
    assert fit_at("2026-11-24T21:00") == {"sam"}


def test_the_second_coordinator_is_told_and_everything_typed_is_still_there() -> None:
    maria, sam = marias(), number_of("sam")
    seen = overriding.mark_of(sam)
    off(sam, TONIGHT)
    second = presses(maria, f"/helpers/{sam}/hours", seen=seen, lines="daily 00:00-24:00\nMon 1:00-2:00")
    said = " ".join(second.content.decode().split())
    assert second.status_code == 409
    assert "Somebody else changed these hours meanwhile" in said
    assert "Off duty: Tuesday, November 24, 18:00 to 06:00 on Wed, Nov 25" in said
    assert "daily 00:00-24:00 Mon 1:00-2:00</textarea>" in said
    assert lines_of(sam) == ("Mon-Fri 18:00-06:00",)
    mark = said.partition('name="seen" value="')[2].partition('"')[0]
    assert mark == overriding.mark_of(sam)
    assert presses(maria, f"/helpers/{sam}/hours", seen=mark, lines="daily 00:00-24:00").status_code == 303
    assert lines_of(sam) == ("daily 00:00-24:00",)


def test_wrong_hours_are_told_in_words_and_stay_in_the_form() -> None:
    maria, sam = marias(), number_of("sam")
    answer = presses(maria, f"/helpers/{sam}/hours", seen="", lines="nights\nMo 8:00-9:00").content.decode()
    assert "“nights”: cannot be read as hours of duty" in answer
    assert "“Mo” is not a day" in answer
    assert "nights\nMo 8:00-9:00</textarea>" in answer
    wrong = presses(maria, f"/helpers/{sam}/change", change="on", start="", end="1/1/1900").content.decode()
    assert "Write a day and a time." in wrong
    assert "spreadsheets write 1900" in wrong


def looks(client: Client, address: str, text: str | bytes, *, name: str = "") -> str:
    """Put in as text, or brought as a file of this name; what the screen says."""
    raw = text.encode() if isinstance(text, str) else text
    what = {"file": SimpleUploadedFile(name, raw)} if name else {"text": text}
    answer = client.post(f"/team/duty{address}", {**what, "do": "look"}, secure=True)
    return " ".join(answer.content.decode().split())


def says_yes(client: Client, address: str, said: str) -> str:
    draft = said.partition('name="draft" value="')[2].partition('"')[0]
    return presses(client, address, draft=draft, do="bring in").content.decode()


def test_shifts_are_looked_at_first_then_brought_in() -> None:
    maria = marias()
    text = "helper;from;until\nines;2026-11-28 06:00;2026-11-30 06:00\n"
    look = looks(maria, "/shifts", text)
    assert "Would come: 1." in look
    assert DutyOverride.objects.count() == 0
    assert "Brought in: 1." in says_yes(maria, "/shifts", look)
    assert DutyOverride.objects.count() == 1
    assert [entry.about for entry in log_book.entries(2026)][-1] == "roster"
    assert "Nothing would change" in looks(maria, "/shifts", text.encode(), name="shifts.csv")
    wrong = looks(maria, "/shifts", text + "sam;1900-01-01;x\n")
    assert "1 thing to mend in the file" in wrong
    assert "line 3:" in wrong
    assert "sam;1900-01-01;x </textarea>" in wrong


def test_a_large_file_of_shifts_is_brought_in_part_by_part_so_that_presses_go_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("stepitup.roster.duty.shifts.parts.A_PART", 1)
    maria = marias()
    text = "helper,from,until\n" + "".join(f"ines,2026-11-{day} 06:00,2026-11-{day} 18:00\n" for day in (28, 29))
    assert "Brought in: 2." in says_yes(maria, "/shifts", looks(maria, "/shifts", text))
    assert [entry.how_many for entry in log_book.entries(2026)][-2:] == [1, 1], "two deeds"
    assert not Draft.objects.exists(), "a yes uses the file up"


SAMS_CALENDAR = b"""BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1@example
SUMMARY:Engine 4
DTSTART;TZID=America/Denver:20261128T060000
DTEND;TZID=America/Denver:20261129T060000
END:VEVENT
END:VCALENDAR
"""


def test_sam_brings_his_own_calendar_and_sees_each_shift_before_his_yes() -> None:
    sam = phone_of("sam")
    look = looks(sam, "/mine", SAMS_CALENDAR, name="sam.ics")
    assert "Would come: 1." in look
    assert "On duty: Saturday, November 28, 06:00 to 06:00 on Sun, Nov 29" in look
    assert fit_at("2026-11-28T12:00") == set()
    assert "Brought in: 1." in says_yes(sam, "/mine", look)
    assert fit_at("2026-11-28T12:00") == {"sam"}
    assert "/team/duty/mine" in opens(sam, "/week")
    assert log_book.books() == [], "what a helper does with their own hours is not in the log book"


def test_sam_brings_no_shift_of_ines_and_every_mistake_is_told_at_once() -> None:
    sam, theirs = phone_of("sam"), "helper,from,until\nines,2026-11-28 06:00,2026-11-29 06:00\n"
    wrong = looks(sam, "/mine", theirs + "sam,1900-01-01,2026-11-29 06:00\nsam,2026-12-01 06:00,\n")
    for said in (
        "3 things to mend in the file",
        "line 2: is somebody else’s",
        "line 3: “1900-01-01”",
        "line 4: until is empty",
    ):
        assert said in wrong
    named = SAMS_CALENDAR.replace(b"Engine 4", b"Ines")
    assert "line 3: is somebody else’s" in looks(sam, "/mine", named, name="both.ics")
    strangers = "name,from,until\nGus,2026-11-28 06:00,2026-11-29 06:00\nFay,2026-11-30 06:00,2026-11-30 07:00\n"
    assert "names more than one person" in looks(sam, "/mine", strangers)
    assert DutyOverride.objects.count() == 0


def test_whoever_was_always_on_duty_hears_that_shifts_end_that() -> None:
    overriding.write_lines(NOON, number_of("sam"), [])
    assert "So far you are always on duty." in looks(phone_of("sam"), "/mine", SAMS_CALENDAR, name="sam.ics")


def test_a_file_waits_for_whoever_brought_it_and_where_it_was_brought() -> None:
    sam, maria = phone_of("sam"), marias()
    look = looks(sam, "/mine", SAMS_CALENDAR, name="sam.ics")
    assert "not here any more" in says_yes(maria, "/shifts", look)
    assert "not here any more" in says_yes(phone_of("ines"), "/mine", look)
    Account.objects.filter(helper__key="sam").update(is_coordinator=True)
    assert "not here any more" in says_yes(sam, "/shifts", look), "his own calendar is nobody else's"
    theirs = looks(maria, "/shifts", "helper,from,until\nines,2026-11-28 06:00,2026-11-29 06:00\n")
    assert "not here any more" in says_yes(maria, "/shifts", theirs.replace('name="draft"', 'name="other"'))
    assert DutyOverride.objects.count() == 0


def test_no_file_an_empty_one_and_one_too_large_are_answered_in_words() -> None:
    sam = phone_of("sam")
    assert "Choose a file, or put its text in below." in looks(sam, "/mine", "")
    assert "This file is empty." in looks(sam, "/mine", b"", name="sam.ics")
    large = looks(sam, "/mine", b"x" * 300_001, name="sam.csv")
    assert "300 kB at most" in large
    assert "stepitup duty import" in large


HELPERS_OWN = ("/week", "/month", "/swap", "/swap/ask", "/link", "/mine")
COORDINATORS = ("/everybody", "/everybody/month", "/day", "/gaps", "/shifts")


def test_who_may_open_what() -> None:
    sam = number_of("sam")
    of_sam = (f"/helpers/{sam}", f"/helpers/{sam}/hours", f"/helpers/{sam}/change")
    for address in (*COORDINATORS, *of_sam):
        assert phone_of("ines").get(f"/team/duty{address}", secure=True).status_code == 403, address
    for address in (*HELPERS_OWN, *COORDINATORS, *of_sam, ""):
        assert Client().get(f"/team/duty{address}", secure=True).status_code == 303, address
    for address in HELPERS_OWN:
        assert marias().get(f"/team/duty{address}", secure=True).status_code == 403, address


def test_a_coordinator_of_another_agency_finds_nobody_here() -> None:
    Agency.objects.create(key="larkspur", name="Larkspur Fire")
    gus, sam = marias(agency="larkspur"), number_of("sam")
    for address in (f"/helpers/{sam}", f"/helpers/{sam}/hours", f"/helpers/{sam}/change", "/helpers/404"):
        assert gus.get(f"/team/duty{address}", secure=True).status_code == 404, address
    assert "Sam" not in opens(gus, "/day", day="2026-11-24")
    text = "helper,from,until\nsam,2026-11-28 06:00,2026-11-30 06:00\n"
    assert presses(gus, "/shifts", text=text, do="look").status_code == 422
