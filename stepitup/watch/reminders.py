"""Letters to helpers whose credential ends. They say neither what nor why: a locked screen shows them to anybody."""

import logging

from django.utils.translation import gettext as _

from stepitup.ground import clock
from stepitup.ground.deeds import deed
from stepitup.ground.keys import fingerprint, secret_for
from stepitup.ground.team import team
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Letter
from stepitup.paging.letters import PostOffice, post_office
from stepitup.roster.credentials.reminders import Reminder, claim_reminders, give_back

log = logging.getLogger(__name__)


def write_reminders() -> None:
    """Take those that are due and post each; one that could not be sent is due again."""
    office = post_office()
    if office is None:
        return
    for one in deed(claim_reminders):
        _post(office, one)


def _post(office: PostOffice, one: Reminder) -> None:
    # With its day: a mailbox that has the letter of the year before would take this one for the same, and hide it.
    now = clock.now()
    day = now.astimezone(team().zone).date()
    key = fingerprint(secret_for("letter about a credential", f"{one.credential} {one.days_ahead} {day}"))[:32]
    subject = _("A date on your list")
    try:
        office.post(Letter(one.address, subject, _text(one), key, now))
    except CannotSend as trouble:
        log.warning("a reminder could not be sent: %s", trouble.why)
        deed(give_back, one)


def _text(one: Reminder) -> str:
    link = f"{team().public_url.rstrip('/')}/team/me/credentials"
    if one.has_lapsed:
        return _("A date on your list has passed. Please look: %(link)s") % {"link": link}
    return _("A date on your list comes near: in %(days)s days or less. Please look: %(link)s") % {
        "days": one.days_ahead,
        "link": link,
    }
