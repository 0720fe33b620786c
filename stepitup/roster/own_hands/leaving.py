"""A helper leaves. What can be deleted at once is; the row itself goes with everybody else who was taken off."""

from datetime import date, datetime, timedelta
from typing import Final

from stepitup.roster.models import (
    Account,
    AtIncident,
    Credential,
    Helper,
    NeverPair,
    Oversight,
    Related,
    Way,
)
from stepitup.roster.own_hands.words import row_of
from stepitup.roster.sign_in.keeping import leave_to_other_roles

KEPT_FOR: Final = timedelta(days=30)
_EMPTIED: Final = ("full_name_sealed", "team_number_sealed", "years", "sworn", "last_talk_on", "off_until")


def leave(now: datetime, helper_id: int) -> date:
    """Off the roster at once. Returns the day by which nothing is left. Raises NoSuchHelper.

    1. Deleted in this moment: ways, full name, credentials, what was shared, the sign-in (unless they also coordinate).
    2. Kept until that day: the name callers saw and the bare row, because a call of this night may still point at it.
    """
    row = row_of(helper_id)
    for table in (Way, Credential, Related, NeverPair, Oversight, AtIncident):
        table._default_manager.filter(helper=helper_id).delete()
    leave_to_other_roles([helper_id])
    Account.objects.filter(helper=helper_id).delete()
    for field in _EMPTIED:
        setattr(row, field, None)
    row.shares, row.languages, row.duty, row.quiet, row.about_the_job = [], [], [], [], {}
    row.unit, row.removed_at = "", now
    row.save()
    return day_of_deletion(now)


def day_of_deletion(now: datetime) -> date:
    """The day by which somebody who leaves now is gone; the watch looks once a day."""
    return (now + KEPT_FOR + timedelta(days=1)).date()


def is_gone(helper_id: int) -> bool:
    """Is nothing left of this helper?"""
    return not Helper.objects.filter(pk=helper_id).exists()
