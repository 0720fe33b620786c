"""Maria writes credentials down, one decision a screen, and asks the registry. No script anywhere."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import override_settings

from stepitup.door.team.credentials.forms import FORMS
from stepitup.door.team.credentials.steps import Step, beside, first_steps, steps_of
from stepitup.ground import log_book
from stepitup.ground.deeds import deed
from stepitup.ground.team import team
from stepitup.roster import actions as roster
from stepitup.roster import questions
from stepitup.roster.credentials.record import OTHER, TRAINING, CredentialRow
from stepitup.roster.credentials.registry import Answer, look_up
from stepitup.roster.models import Credential, Helper
from tests.rooms.coordinator import somebody
from tests.stories import cast
from tests.stories.browser import Browser
from tests.stories.night import Night, a_night
from tests.stories.people import Helper as OnThePhone

pytestmark = pytest.mark.django_db


@pytest.fixture
def night() -> Iterator[Night]:
    with a_night() as one:
        yield one


@pytest.fixture
def sam(night: Night) -> OnThePhone:
    return night.joins(cast.SAM)


@pytest.fixture
def maria(sam: OnThePhone) -> Browser:
    """She stands before the choice of a kind for Sam."""
    phone = somebody()
    phone.opens(f"/team/people/{sam.id}/credentials/new")
    return phone


def newest() -> Credential:
    return Credential.objects.latest("pk")


def heading(phone: Browser) -> str:
    return phone.screen.headings[0]


# Days that were ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("on", "words"), [("2026-03-04", ""), ("2026-03-05", "still to come"), ("", "on which day")])
def test_nothing_was_checked_tomorrow_and_a_check_says_when(on: str, words: str) -> None:
    today = date(2026, 3, 4)
    form = FORMS[Step.CHECK]({"checked_how": "seen", "checked_on": on}, before=CredentialRow("ICISF"), today=today)
    assert form.is_valid() is (not words)
    assert [words in str(said) for said in form.errors.get("checked_on", [])] == ([True] if words else [])


def test_nobody_was_named_tomorrow() -> None:
    named = FORMS[Step.NAMED]({"designated_on": "2026-03-05"}, before=CredentialRow(""), today=date(2026, 3, 4))
    assert "still to come" in str(named.errors["designated_on"])


def test_a_check_of_tomorrow_is_refused_on_the_screen_and_what_was_typed_stays(maria: Browser) -> None:
    maria.presses("ICISF Group Crisis Intervention")
    address = f"/team/people/{newest().helper_id}/credentials/{newest().pk}/check"
    maria.opens(address)
    maria.presses("Keep", checked_how="seen", checked_on="2031-01-01", evidence="Seen by me")
    assert "This day is still to come." in maria.screen.words
    assert "Seen by me" in maria.screen.raw
    assert newest().checked_how == ""


# One decision a screen ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "kind", "walk"),
    [
        ("peer", "icisf-aic", ["given", "days", "named", "check"]),
        ("clinician", "licence-lcsw", ["given", "days", "knows", "check"]),
        (TRAINING, "suicide-skills", ["given", "days", "check"]),
        ("", OTHER, ["called", "given", "days", "named", "check"]),
        ("clinician", OTHER, ["called", "given", "days", "knows", "check"]),
    ],
)
def test_each_kind_has_its_own_walk_and_nothing_is_asked_that_it_does_not_need(
    role: str, kind: str, walk: list[str]
) -> None:
    row = CredentialRow("x", role=role, kind=kind)
    assert list(first_steps(row)) == walk
    assert Step.CALLED in steps_of(row)
    assert beside(Step(walk[0]), row) == (None, Step(walk[1]))
    assert beside(Step(walk[-1]), row) == (Step(walk[-2]), None)


def test_maria_writes_a_licence_down_and_sam_reads_whether_it_counts(maria: Browser, sam: OnThePhone) -> None:
    assert "CCISM" in maria.screen.words
    maria.presses("Licensed Clinical Social Worker (LICSW, LISW in some states)")
    assert heading(maria) == "Who gave it?"
    assert "Question 1 of 4" in maria.screen.words
    assert "We could not confirm this." in maria.screen.words
    maria.presses("Go on", issuer="State board", number="77", state="US-CO")
    maria.presses("Go on", granted="2024-01-01", expires="1.1.2028")
    assert "Please write the day as 2027-05-31." in maria.screen.words
    maria.presses("Go on", granted="2024-01-01", expires="2028-01-01")
    assert "It is not a licence." in maria.screen.words
    assert "This is no NPI" in maria.presses("Go on", npi="1234567898").words
    maria.presses("Go on", npi="123-456-7893", specialised="Nine years with crews")
    assert heading(maria) == "Was it checked, and how?"
    assert "on which day it was checked" in maria.presses("Keep", checked_how="register").words
    assert newest().checked_how == "", "nothing counts before it was checked"
    maria.presses("Keep", checked_how="register", checked_on="2026-03-01")
    kept = newest()
    assert (kept.role, kept.checked_by, str(kept.expires), kept.state) == ("clinician", "maria", "2028-01-01", "US-CO")
    read = somebody(role=None, helper="sam", name="sam-k").opens("/team/me/credentials").words
    assert "It holds through 2028-01-01" in read
    assert "Checked by maria on 2026-03-01." in read
    maria.opens(f"/team/people/{sam.id}/credentials/{kept.pk}")
    assert "Withdrawn." in maria.presses("Withdraw it: it counts no more").words


def test_going_back_loses_nothing_not_even_what_is_typed_just_now(maria: Browser) -> None:
    maria.presses("ICISF Group Crisis Intervention")
    maria.presses("Go on", issuer="ICISF", number="G-1")
    maria.presses("Back", granted="2025-02-01", expires="2028-02-01")
    assert heading(maria) == "Who gave it?"
    assert maria.screen.form_with("Go on").fields["number"] == ["G-1"]
    maria.presses("Back")
    assert heading(maria) == "Which kind is it?"
    maria.presses("CCISM (Certification in Critical Incident Stress Management)")
    assert maria.screen.form_with("Go on").fields["issuer"] == ["ICISF"]
    maria.presses("Go on")
    assert maria.screen.form_with("Go on").fields["expires"] == ["2028-02-01"]
    assert Credential.objects.filter(helper__key="sam", checked_how="").count() == 1


def test_back_with_something_that_cannot_be_read_says_so_instead_of_dropping_it(maria: Browser) -> None:
    maria.presses("Suicide-skills training")
    maria.presses("Go on")
    assert "Please write the day as 2027-05-31." in maria.presses("Back", granted="spring").words
    assert maria.screen.form_with("Back").fields["granted"] == ["spring"]


def test_a_year_that_no_certificate_has_is_asked_for_again(maria: Browser) -> None:
    maria.presses("Suicide-skills training")
    maria.presses("Go on")
    assert "Please look at the year again." in maria.presses("Go on", granted="1900-01-01", expires="1/1/2030").words
    assert newest().granted is None


def test_a_certificate_of_another_kind_is_asked_for_its_name(maria: Browser) -> None:
    maria.presses("Another certificate")
    assert heading(maria) == "What is it, and what does it count for?"
    assert "Please write what it is called." in maria.presses("Go on", role="peer").words
    maria.presses("Go on", name="County peer course", role="peer")
    assert (newest().name, newest().role) == ("County peer course", "peer")


def test_one_decision_is_changed_alone_and_the_check_stays_whose_it_was(maria: Browser, sam: OnThePhone) -> None:
    one = Credential.objects.get(helper=sam.id)
    Credential.objects.filter(pk=one.pk).update(checked_how="seen", checked_by="Theo", checked_on="2026-01-05")
    maria.opens(f"/team/people/{sam.id}/credentials/{one.pk}")
    maria.taps("Change the days")
    maria.presses("Keep", expires="2031-01-01")
    assert "It holds through 2031-01-01" in maria.screen.words
    assert "Checked by Theo" in maria.screen.words
    maria.taps("Change how it was checked")
    maria.presses("Keep", checked_how="issuer", checked_on="2026-03-02")
    assert "Checked by maria" in maria.screen.words
    assert [entry.what for entry in log_book.entries(2026)][-2:] == [log_book.What.CHECKED_CREDENTIAL] * 2


def test_the_second_of_two_coordinators_is_told_and_loses_nothing(maria: Browser, sam: OnThePhone) -> None:
    one = Credential.objects.get(helper=sam.id)
    dana = somebody(name="dana")
    for phone in (maria, dana):
        phone.opens(f"/team/people/{sam.id}/credentials/{one.pk}/days")
    dana.opens(f"/team/people/{sam.id}/credentials/{one.pk}/given")
    dana.presses("Keep", issuer="County")
    dana.opens(f"/team/people/{sam.id}/credentials/{one.pk}/days")
    dana.presses("Keep", granted="2025-01-01", expires="2029-01-01")
    read = maria.presses("Keep", granted="2025-01-01", expires="2030-01-01")
    assert read.status == 409
    assert "Somebody else changed this while you were typing" in read.words
    assert "2029-01-01" in read.words
    assert read.form_with("Keep").fields["expires"] == ["2030-01-01"]
    maria.presses("Keep")
    one.refresh_from_db()
    assert (str(one.expires), one.issuer) == ("2030-01-01", "County"), "what was not shown was not touched"


def test_a_check_brings_somebody_to_a_call_that_lacks_people(sam: OnThePhone, night: Night) -> None:
    Credential.objects.filter(helper=sam.id).update(checked_how="")
    night.rosa().calls()
    sam.gets_nothing()
    maria, one = somebody(), Credential.objects.get(helper=sam.id)
    maria.opens(f"/team/people/{sam.id}/credentials/{one.pk}/check")
    maria.presses("Keep", checked_how="seen", checked_on="2026-03-01")
    night.watch.work()
    sam.gets_a_page()


def test_at_the_question_who_named_them_stands_what_the_law_of_the_state_says(maria: Browser, sam: OnThePhone) -> None:
    Helper.objects.filter(pk=sam.id).update(state="US-CO")
    maria.presses("ICISF Group Crisis Intervention")
    assert "icisf.org" in maria.screen.words
    maria.opens(f"/team/people/{sam.id}/credentials/{newest().pk}/named")
    assert "What the law of Colorado says of peers" in maria.screen.words
    assert "An out-of-state certificate alone may not count." in maria.screen.words


def test_an_address_that_somebody_made_up_leads_nowhere(maria: Browser, sam: OnThePhone) -> None:
    one = Credential.objects.get(helper=sam.id)
    for path in (f"{one.pk}/nonsense", f"{one.pk}/knows", "404", "404/days", "new?instead=404"):
        assert maria.opens(f"/team/people/{sam.id}/credentials/{path}").status == 404, path
    for path in ("new?instead=x", f"new?instead={one.pk}", "new?instead=99999999999999999999"):
        read = maria.opens(f"/team/people/{sam.id}/credentials/{path}")
        assert "instead" not in read.form_with("ICISF Group Crisis Intervention").fields


def test_what_was_begun_and_left_goes_out_with_the_roster_and_comes_in_again(maria: Browser) -> None:
    maria.presses("Another certificate")
    out = questions.export_roster()
    report = deed(roster.import_roster, out)
    assert report.is_good
    assert report.changed == ()


# The registry of NPIs -------------------------------------------------------------------------------------------------

NPI = "1234567893"
FOUND = {"results": [{"number": NPI, "basic": {"first_name": "Nora", "last_name": "Lund", "status": "A"}}]}
ENDED = {"results": [{"number": NPI, "basic": {"status": "D"}}]}
Behaviour = Callable[[BaseHTTPRequestHandler], None]


def says(body: bytes | object, status: int = 200, **headers: str) -> Behaviour:
    """It answers this, at once."""

    def answer(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(status)
        for name, value in headers.items():
            asked.send_header(name, value)
        asked.end_headers()
        asked.wfile.write(body if isinstance(body, bytes) else json.dumps(body).encode())

    return answer


def drips(asked: BaseHTTPRequestHandler) -> None:
    """A byte at a time, each in time; whoever has the patience gets a record in the end."""
    asked.send_response(200)
    asked.end_headers()
    for _ in range(200):
        asked.wfile.write(b" ")
        time.sleep(0.02)
    asked.wfile.write(json.dumps(FOUND).encode())


def says_nothing(asked: BaseHTTPRequestHandler) -> None:
    """It takes the question and is silent until whoever asked has gone; whoever has the patience gets a record."""
    asked.connection.settimeout(10)
    try:
        asked.connection.recv(1)
    except TimeoutError:
        says(FOUND)(asked)


def hangs_up(asked: BaseHTTPRequestHandler) -> None:
    """In the middle of an answer."""
    asked.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: 500\r\n\r\n{")
    asked.connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def a_registry(behaviour: Behaviour) -> Iterator[tuple[str, list[str]]]:
    """A registry on this machine that behaves like this; and what it was asked."""
    asked: list[str] = []

    class Registry(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            try:
                behaviour(self)
            except OSError:
                self.close_connection = True

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Registry) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/api/", asked
        server.shutdown()


TROUBLE: dict[str, tuple[Behaviour, Answer]] = {
    "silent": (says_nothing, Answer.AWAY),
    "without end": (drips, Answer.AWAY),
    "hangs up": (hangs_up, Answer.AWAY),
    "500": (says(b"", 500), Answer.AWAY),
    "503 with a record": (says(FOUND, 503), Answer.AWAY),
    "too many questions": (says(b"", 429), Answer.AWAY),
    "sends us elsewhere": (says(b"", 302, Location="http://127.0.0.1:9/"), Answer.AWAY),
    "a web page": (says(b"<html>busy</html>"), Answer.UNREADABLE),
    "nothing": (says(b""), Answer.UNREADABLE),
    "no text": (says(b"\xff\xfe\x00"), Answer.UNREADABLE),
    "packed though we asked for plain": (says(b"\x1f\x8b\x08\x00nonsense"), Answer.UNREADABLE),
    "too deep": (says(b"[" * 100_000), Answer.UNREADABLE),
    "too long": (says(json.dumps(FOUND).encode() + b" " * 600_000), Answer.UNREADABLE),
    "a list": (says([]), Answer.UNREADABLE),
    "results that are none": (says({"results": {"number": NPI}}), Answer.UNREADABLE),
    "errors": (says({"Errors": [{"description": "no", "number": "04"}]}), Answer.UNREADABLE),
    "another number": (says({"results": [{"number": "1111111111"}]}), Answer.UNREADABLE),
    "a record of nothing": (says({"results": [{"number": int(NPI), "basic": 5}]}), Answer.NOT_ACTIVE),
    "no such number": (says({"result_count": 0, "results": []}), Answer.NOT_FOUND),
    "a record": (says(FOUND), Answer.FOUND),
}


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(("behaviour", "answer"), TROUBLE.values(), ids=TROUBLE.keys())
def test_whatever_the_registry_does_is_one_of_five_answers_within_a_moment(
    behaviour: Behaviour, answer: Answer
) -> None:
    with a_registry(behaviour) as (base, _asked):
        patience = 0.15 if behaviour in {says_nothing, drips} else 5.0
        assert look_up(NPI, base=base, seconds=patience).answer is answer


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("base", ["http://127.0.0.1:9/", "http://nowhere.invalid/", "no address", "http://[::bad/"])
def test_a_registry_that_is_not_there_or_has_no_address_is_away(base: str) -> None:
    assert look_up(NPI, base=base, seconds=0.5).answer is Answer.AWAY


@pytest.mark.parametrize(
    ("behaviour", "said", "is_noted"),
    [
        (says(FOUND), "There is a record, and it is active.", True),
        (says(ENDED), "There is a record, and it is not active.", True),
        (says({"result_count": 0, "results": []}), "The registry knows no such number.", True),
        (says(b"<html>busy</html>"), "The registry answered something we cannot read.", False),
        (says(b"", 503), "The registry did not answer.", False),
    ],
)  # fmt: skip
def test_the_registry_is_asked_for_the_number_alone_and_the_screen_says_what_came(
    sam: OnThePhone, behaviour: Behaviour, said: str, is_noted: bool
) -> None:
    deed(roster.import_roster, cast.OKAFOR.in_file())
    licence = Credential.objects.get(helper__key="okafor")
    Credential.objects.filter(pk=licence.pk).update(kind="licence-lcsw", role="clinician")
    maria, address = somebody(), f"/team/people/{licence.helper_id}/credentials/{licence.pk}"
    maria.opens(f"{address}/knows")
    maria.presses("Keep", npi=NPI)
    with a_registry(behaviour) as (base, asked), override_settings(TEAM=replace(team(), npi_registry=base)):
        maria.opens(address)
        assert said in maria.presses("Ask the registry for the NPI").words
    assert asked == [f"/api/?version=2.1&number={NPI}"]
    assert (Credential.objects.get(pk=licence.pk).npi_looked_up_on is not None) == is_noted
    maria.taps("Back to the credential")
    assert ("The registry answered on" in maria.screen.words) == is_noted


def test_another_npi_was_never_looked_up(maria: Browser, sam: OnThePhone) -> None:
    one = Credential.objects.get(helper=sam.id)
    Credential.objects.filter(pk=one.pk).update(role="clinician", npi_looked_up_on="2026-01-01")
    maria.opens(f"/team/people/{sam.id}/credentials/{one.pk}/knows")
    maria.presses("Keep", npi=NPI)
    one.refresh_from_db()
    assert one.npi_looked_up_on is None
