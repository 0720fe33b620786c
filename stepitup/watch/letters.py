"""The day's letters: coordinators are told of gaps in the coming duty, once a day, by mail where mail is set up."""

import logging

from django.utils.translation import gettext as _

from stepitup.ground import clock
from stepitup.ground.deeds import deed
from stepitup.ground.team import team
from stepitup.paging import carriers
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Letter
from stepitup.paging.letters import PostOffice, post_office
from stepitup.roster.duty.coming import coming_gaps
from stepitup.roster.duty.letters import ToTell, claim_letters, is_anybody_to_be_told, note_letter_sent
from stepitup.roster.duty.told import letter_about

log = logging.getLogger(__name__)


def write_letters() -> None:
    """Write the letters of today that are due.

    1. Look, outside of any transaction: a team of thousands takes a moment, and nobody's press waits for it.
    2. Take the letters, so that another watch does not write them too.
    3. Post each and note it. One that could not be sent is tried again in half an hour, five times a day.
    """
    office = post_office()
    if office is None or not is_anybody_to_be_told(clock.now()):
        return
    gaps = coming_gaps(clock.now(), by=tuple(carriers.in_use()))
    if not gaps:
        return
    text = letter_about(gaps, team().zone, f"{team().public_url.rstrip('/')}/team/duty/gaps")
    for one in deed(claim_letters):
        _post(office, one, text)


def _post(office: PostOffice, one: ToTell, text: str) -> None:
    subject = _("Gaps in the duty of the coming 14 days")
    try:
        office.post(Letter(one.address, subject, text, one.key, clock.now()))
    except CannotSend as trouble:
        log.warning("letter %s could not be sent: %s", one.letter, trouble.why)
        return
    deed(note_letter_sent, one.letter)
