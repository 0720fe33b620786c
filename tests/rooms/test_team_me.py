"""Sam's own screens: what is his, in his hands; and the credentials that Maria keeps. No script anywhere."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from stepitup.door.api.said import Never, Pressed
from stepitup.ground.deeds import deed
from stepitup.ground.seal import seal
from stepitup.ground.team import MailSettings
from stepitup.paging import carriers
from stepitup.paging.carriers.mail.sender import Mail
from stepitup.paging.carriers.mail.tests.far_end import Mailbox, mail_server
from stepitup.roster import actions as roster
from stepitup.roster.models import Account, Agency, Credential, Helper, Way
from stepitup.roster.sign_in.facts import Role
from stepitup.watch.reminders import write_reminders
from tests.rooms.coordinator import somebody
from tests.stories import cast
from tests.stories.browser import Browser
from tests.stories.night import Night, a_night
from tests.stories.people import Helper as OnThePhone

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 4)


@pytest.fixture
def night() -> Iterator[Night]:
    with a_night() as one:
        yield one


@pytest.fixture
def sam(night: Night) -> OnThePhone:
    return night.joins(cast.SAM)


@pytest.fixture
def phone(sam: OnThePhone) -> Browser:
    """Sam, signed in."""
    return somebody(role=None, helper="sam", name="sam-k")


def test_sam_sees_whether_a_page_can_come_and_a_break_is_at_once(phone: Browser, night: Night) -> None:
    ines = night.joins(cast.INES)
    assert "A page can come to you now." in phone.opens("/team/me").words
    phone.opens("/team/me/break")
    assert "You are off. No page comes." in phone.presses("For three days").words
    night.rosa().calls()
    ines.gets_a_page()
    night.helpers["sam"].gets_nothing()
    assert "A page can come to you now." in phone.presses("I’m back").words


def test_a_break_hands_on_a_page_that_waits_unanswered(phone: Browser, sam: OnThePhone, night: Night) -> None:
    night.rosa().calls()
    page, late = sam.gets_a_page(), night.joins(cast.INES)
    phone.opens("/team/me/break")
    phone.presses("For a day")
    night.watch.work()
    assert page.is_over()
    late.gets_a_page()


def test_whoever_is_with_somebody_keeps_them_through_a_break(phone: Browser, sam: OnThePhone, night: Night) -> None:
    rosa = night.rosa()
    rosa.calls()
    sam.gets_a_page().answers()
    phone.opens("/team/me/break")
    phone.presses("For a day")
    rosa.sees("Sam K. has answered")


def test_a_way_is_added_tried_and_counts(phone: Browser, sam: OnThePhone, night: Night) -> None:
    Way.objects.all().delete()
    assert "no page comes to you" in phone.opens("/team/me/ways").words
    phone.presses("Add it and send a test page", carrier="text", address="(303) 555-0101")
    assert "A test page is on its way." in phone.screen.words
    assert "Not tried yet. No page goes here" in phone.screen.words
    night.watch.work()
    sam.gets_a_page().says_it_reached_me()
    assert "Tried on 2026-03-04. It counts." in phone.opens("/team/me/ways").words
    assert "Please wait a little." in phone.presses("Send a test page").words
    assert "Taken off." in phone.presses("Take it off").words


def test_whoever_can_only_be_rung_reads_what_that_means(phone: Browser) -> None:
    assert "can only be rung" not in phone.opens("/team/me/ways").words
    Way.objects.update(carrier="voice")
    assert "Your phone can only be rung, so no link reaches you." in phone.opens("/team/me/ways").words


def test_a_way_of_the_employer_is_refused_until_it_is_declared(phone: Browser) -> None:
    Agency.objects.update(address_words=["55501"])
    phone.opens("/team/me/ways")
    phone.presses("Add it and send a test page", carrier="text", address="303 555 0199")
    assert "which may see pages come" in phone.screen.words
    assert "303 555 0199" in phone.screen.raw, "what was typed is kept"
    phone.presses("Add it and send a test page", carrier="text", address="303 555 0199", employer_owned="on")
    assert "Your employer may see that pages come." in phone.screen.words


def test_a_way_that_this_house_does_not_send_says_so_and_no_page_is_promised(phone: Browser, sam: OnThePhone) -> None:
    Way.objects.create(
        helper_id=sam.id, position=9, carrier="app", address_sealed=seal("address", "ntfy://one"), confirmed_on=DAY
    )
    read = phone.opens("/team/me/ways")
    assert "This house does not send this way now" in read.words
    assert sum("Send a test page" in form.buttons for form in read.forms) == 1, "there is nothing to try"
    assert "This house sends by none of your ways now." not in read.words
    Way.objects.filter(helper=sam.id).exclude(carrier="app").delete()
    assert "This house sends by none of your ways now." in phone.opens("/team/me/ways").words
    assert "No way of reaching you was tried and works here." in phone.opens("/team/me").words


def test_sam_reads_of_a_date_also_where_no_letter_reaches_him(phone: Browser, sam: OnThePhone, night: Night) -> None:
    assert "holds through" not in phone.opens("/team/").words
    Credential.objects.filter(helper=sam.id).update(expires=DAY + timedelta(days=80), name="Peer course")
    for home in ("/team/", "/team/me"):
        assert "Peer course holds through 2026-05-23. Send the new one to your coordinator." in phone.opens(home).words
    night.tests(sam)
    said = sam.gets_a_page().says_it_reached_me()
    assert "A date on your list comes near, or has passed." in said
    assert "Peer course" not in said, "whoever holds the phone need not know which"
    Credential.objects.filter(helper=sam.id).update(expires=DAY - timedelta(days=1))
    read = phone.opens("/team/me").words
    assert "Peer course ended after 2026-03-03. No page goes because of it." in read
    assert "Your credential ended after 2026-03-03." in read


def test_words_shares_and_hours_are_sams_own(phone: Browser) -> None:
    phone.opens("/team/me/words")
    phone.presses("Keep", display_name="", years="eleven", languages="English")
    for said in ("write the name that callers see", "a whole number of years", "is no code we know"):
        assert said in phone.screen.words
    phone.presses("Keep", display_name="Sam", years="12", languages="en, es", rank_band="line", sworn="yes")
    phone.opens("/team/me/shares")
    phone.presses("Keep", drinking="shown", years="no")
    phone.opens("/team/me/hours")
    assert "We cannot read “nights”" in phone.presses("Keep", quiet="nights", pages_in_a_row="x").words
    assert "Kept." in phone.presses("Keep", quiet="daily 01:00-02:00", pages_in_a_row="3").words
    row = Helper.objects.get(key="sam")
    assert (row.display_name, row.years, row.languages, row.sworn) == ("Sam", 12, ["en", "es"], True)
    assert {"what": "drinking", "shown": True} in row.shares
    assert (row.about_the_job, row.quiet, row.pages_in_a_row) == ({"years": "no"}, ["daily 01:00-02:00"], 3)


def test_after_the_cap_others_come_first_and_if_there_is_nobody_sam_comes(sam: OnThePhone, night: Night) -> None:
    Helper.objects.filter(key="sam").update(pages_in_a_row=1)
    night.rosa().calls()
    sam.gets_a_page().declines()
    ines, theo, gus = (night.joins(part) for part in (cast.INES, cast.THEO, cast.HUSBANDS_PARTNER))
    night.rosa().calls()
    for other in (ines, theo, gus):
        other.gets_a_page().declines()
        other.may_be_paged()
    sam.gets_a_page()


def test_sam_leaves_in_the_middle_of_a_call_and_it_goes_on(phone: Browser, sam: OnThePhone, night: Night) -> None:
    rosa = night.rosa()
    rosa.calls()
    sam.gets_a_page().answers()
    ines = night.joins(cast.INES)
    assert "On 2026-04-04 at the latest nothing of you is left" in phone.opens("/team/me/leave").words
    assert "You have left" in phone.presses("Leave and delete").words
    night.watch.work()
    assert "Sign in" in phone.opens("/team/me").words
    ines.gets_a_page().answers()
    rosa.sees("Ines M. has answered")
    ines.may_be_paged()
    assert not Account.objects.filter(name="sam-k").exists()
    assert not Way.objects.filter(helper__key="sam").exists()
    rosa.stands_down()
    night.passes(hours=24 * 31)
    deed(roster.forget)
    assert not Helper.objects.filter(key="sam").exists()


def test_a_suspension_takes_back_a_page_that_waits(sam: OnThePhone, night: Night) -> None:
    night.rosa().calls()
    page, ines = sam.gets_a_page(), night.joins(cast.INES)
    maria = somebody()
    maria.opens(f"/team/people/{sam.id}/suspend")
    maria.presses("Suspend now")
    night.watch.work()
    assert page.is_over()
    ines.gets_a_page()


def test_nobody_opens_what_is_somebody_elses(sam: OnThePhone, night: Night) -> None:
    night.joins(cast.THEO)
    theo, fire_maria = somebody(role=None, helper="theo", name="theo"), somebody(name="fire", agency="larkspur")
    other, credential = Way.objects.get(helper=sam.id), Credential.objects.get(helper=sam.id)
    assert (
        theo._client.post(f"/team/me/ways/{other.pk}", {"what": "off"}, HTTP_SEC_FETCH_SITE="same-origin").status_code
        == 404
    )
    for path in ("", f"/{credential.pk}", "/new"):
        address = f"/team/people/{sam.id}/credentials{path}"
        assert theo._client.get(address).status_code == 403
        assert fire_maria._client.get(address).status_code == 404
    assert somebody(role=Role.OPERATOR, name="op")._client.get("/team/me").status_code == 404
    assert Way.objects.filter(pk=other.pk).exists()


def test_sam_is_reminded_by_a_letter_that_says_nothing(night: Night) -> None:
    night.joins(replace(cast.SAM, number="sam@home.example"), ways=("mail",), certified_until="2026-03-20")
    box = Mailbox()
    night.passes(hours=5)
    with mail_server(box) as port:
        settings = MailSettings(host="127.0.0.1", port=port, sender="pages@help.example", security="none")
        with carriers.use(Mail(settings, time_limit=timedelta(seconds=5))):
            write_reminders()
            write_reminders()
    (letter,) = box.arrived
    words = f"{letter['Subject']} {letter.get_content()}"  # type: ignore[attr-defined]  # a modern message
    assert "/team/me/credentials" in words
    assert not any(
        word in words.lower() for word in ("sam k", "certificate", "credential ", "peer", "backup", "help you")
    )


# Incidents -----------------------------------------------------------------------------------------------------------


def test_maria_writes_an_incident_down_and_whoever_was_there_is_not_sent(sam: OnThePhone, night: Night) -> None:
    ines, theo = night.joins(cast.INES), night.joins(cast.THEO)
    maria = somebody()
    maria.opens("/team/incidents/new")
    typed = {"key": "Sam's night", "happened_on": "soon", "delete_on": "2027-03-01", "was_there": "Nobody Known"}
    maria.presses("Keep", **typed)
    for said in ("digits and dashes", "Please write the day as 2027-05-31.", "“Nobody Known” is nobody on this roster"):
        assert said in maria.screen.words
    there = "sam k.\nCedar Mesa Police Department: Patrol South"
    maria.presses("Keep", key="2026-014", happened_on="3/1/2026", delete_on="2027-03-01", was_there=there)
    assert "2026-03-01; deleted on 2027-03-01" in maria.screen.words
    maria.opens("/team/incidents/2026-014")
    assert "Sam K.\nCedar Mesa Police Department: Patrol South" in maria.screen.raw
    rosa = night.rosa()
    for one in (sam, ines):
        one.may_be_paged()
    rosa.calls()
    rosa.says(incident_on="2026-03-01")
    page = sam.gets_a_page()
    assert page.is_over()
    theo.gets_a_page().answers()
    assert "Deleted." in maria.presses("Delete it now").words
    assert somebody(name="fire", agency="cedar")._client.get("/team/incidents").status_code == 403


def test_a_program_names_the_day_too() -> None:
    said = Pressed(never=Never(at_incident_on="2026-03-01"))
    wishes = said.told().wishes
    assert wishes is not None
    assert wishes.incident_on == date(2026, 3, 1)
    with pytest.raises(ValueError, match="not_a_day"):
        Never(at_incident_on="soon")


def test_a_caller_sees_which_licence_was_checked(night: Night) -> None:
    okafor, rosa = night.joins(cast.OKAFOR), night.rosa()
    checked = {"kind": "licence-lcsw", "name": "LCSW", "checked_by": "Maria V.", "checked_on": date(2026, 2, 3)}
    Credential.objects.filter(helper=okafor.id).update(**checked)
    rosa.calls()
    rosa.presses("Step it up: more backup") if rosa.phone.screen.has_button("Step it up: more backup") else None
    night.passes(minutes=5)
    okafor.gets_a_page().answers()
    rosa.sees("LCSW", "Checked by Maria V., February 2026")
