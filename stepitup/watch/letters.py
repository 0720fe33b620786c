"""The house's letters, where mail is set up: to coordinators of gaps, to helpers about a swap."""

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
from stepitup.roster.duty.letters import (
    ToTell,
    claim_letters,
    claim_swap_answers,
    claim_swap_letters,
    is_anybody_to_be_told,
    note_letter_sent,
    swap_answer_came_back,
    swap_letter_came_back,
)
from stepitup.roster.duty.told import letter_about, swap_answer, swap_letter

log = logging.getLogger(__name__)


def write_letters() -> None:
    """Write what is due."""
    office = post_office()
    if office is not None:
        _about_swaps(office)
        _about_gaps(office)


def _about_swaps(office: PostOffice) -> None:
    """Each question and each answer once. They name nobody; who asks, and for what, stands behind the sign-in."""
    link = f"{team().public_url.rstrip('/')}/team/duty/week"
    for one in deed(claim_swap_letters):
        if not _is_posted(office, one, _("Somebody asks you to take a duty"), swap_letter(link)):
            deed(swap_letter_came_back, one.letter)
    for answer in deed(claim_swap_answers):
        text = swap_answer(link, is_yes=answer.is_yes)
        if not _is_posted(office, answer.to_tell, _("An answer about your duty"), text):
            deed(swap_answer_came_back, answer.to_tell.letter)


def _about_gaps(office: PostOffice) -> None:
    """The letters of today.

    1. Look, outside of any transaction: a team of thousands takes a moment, and nobody's press waits for it.
    2. Take the letters, so that another watch does not write them too.
    3. Post each and note it. One that could not be sent is tried again in half an hour, five times a day.
    """
    if not is_anybody_to_be_told(clock.now()):
        return
    gaps = coming_gaps(clock.now(), by=tuple(carriers.in_use()))
    if not gaps:
        return
    text = letter_about(gaps, team().zone, f"{team().public_url.rstrip('/')}/team/duty/gaps")
    for one in deed(claim_letters):
        if _is_posted(office, one, _("Gaps in the duty of the coming 14 days"), text):
            deed(note_letter_sent, one.letter)


def _is_posted(office: PostOffice, one: ToTell, subject: str, text: str) -> bool:
    try:
        office.post(Letter(one.address, subject, text, one.key, clock.now()))
    except CannotSend as trouble:
        log.warning("letter %s could not be sent: %s", one.letter, trouble.why)
        return False
    return True
