"""What can be done with the roster. Each is one deed: `now` first, all or nothing."""

from datetime import datetime, timedelta

from stepitup.roster.duty.overriding import forget_duty
from stepitup.roster.errors import NoSuchHelper, NoSuchWay
from stepitup.roster.file.bringing_in import bring_in, import_roster
from stepitup.roster.models import Account, Agency, AtIncident, Helper, Incident, NeverPair, Oversight, Way
from stepitup.roster.sign_in import actions as sign_in
from stepitup.roster.sign_in.keeping import forget_closed, leave_to_other_roles

__all__ = [
    "bring_in",
    "forget",
    "import_roster",
    "lift_suspension",
    "mark_reachable",
    "mark_unreachable",
    "note_talk",
    "rest_until",
    "suspend",
]

_LAST_TALK_IS_KEPT = timedelta(days=14)
_REMOVED_ARE_KEPT = timedelta(days=30)


def rest_until(now: datetime, helper_id: int, until: datetime | None) -> None:
    """A helper wants no pages until a moment, or (None) wants them again at once. No reason is asked."""
    _change(helper_id, off_until=until if until and until > now else None)


def suspend(now: datetime, helper_id: int) -> None:
    """No page reaches this helper from now on. A second suspension keeps the time of the first."""
    Helper.objects.filter(pk=helper_id, suspended_at__isnull=True).update(suspended_at=now)
    _must_exist(helper_id)


def lift_suspension(now: datetime, helper_id: int) -> None:
    """The helper may be paged again, if they are fit otherwise."""
    _change(helper_id, suspended_at=None)


def note_talk(now: datetime, helper_id: int) -> None:
    """A helper's talk ended today: for some days the rested come before them."""
    _change(helper_id, last_talk_on=now.date())


def mark_unreachable(now: datetime, way_id: int) -> int | None:
    """Messages on this way do not arrive; it is not used until a coordinator or the helper mends it.

    Returns whose way it was if that is news. A way that was taken off meanwhile needs no mark: whoever records what
    became of a page must not stumble over it. A browser that unsubscribed never comes back: that way is deleted.
    """
    lost = Way.objects.filter(pk=way_id, unreachable_since__isnull=True)
    found = lost.values_list("helper_id", "carrier").first()
    if found is None:
        return None
    helper, carrier = found
    if carrier == "push":
        lost.delete()
        return helper
    return helper if lost.update(unreachable_since=now) else None


def mark_reachable(now: datetime, way_id: int) -> None:
    """A test page was answered on this way: it counts, and counts again if it was out of order. The day is kept."""
    if not Way.objects.filter(pk=way_id).update(confirmed_on=now.date(), unreachable_since=None):
        raise NoSuchWay(way_id)


def forget(now: datetime) -> int:
    """Delete what has had its day; return how many rows were touched.

    1. The day of a last talk, 14 days later.
    2. A helper taken off the roster, 30 days later, with all that is known of them.
    3. Changes of duty, swaps and letters about gaps, 14 days after they were over.
    4. An incident, on the day that was set when it was written down.
    5. An agency that nobody belongs to, supervises or declines any more, and that only those helpers named.
    6. What is left of signing in, and accounts that were closed, 30 days later.
    """
    rested = Helper.objects.filter(last_talk_on__lt=(now - _LAST_TALK_IS_KEPT).date()).update(last_talk_on=None)
    gone = Helper.objects.filter(removed_at__lt=now - _REMOVED_ARE_KEPT)
    agencies = set(gone.exclude(agency=None).values_list("agency_id", flat=True))
    leave_to_other_roles(list(gone.values_list("pk", flat=True)))
    helpers, _by_table = gone.delete()
    over, _by_table = Incident.objects.filter(deleted_on__lte=now.date()).delete()
    for named in (Helper, Oversight, NeverPair, AtIncident, Account):
        agencies -= set(named.objects.filter(agency__in=agencies).values_list("agency_id", flat=True))
    empty, _by_table = Agency.objects.filter(pk__in=agencies).delete()
    return rested + helpers + over + empty + forget_duty(now) + sign_in.forget(now) + forget_closed(now)


def _change(helper_id: int, **fields: object) -> None:
    if not Helper.with_the_house.filter(pk=helper_id).update(**fields):
        raise NoSuchHelper(helper_id)


def _must_exist(helper_id: int) -> None:
    if not Helper.objects.filter(pk=helper_id).exists():
        raise NoSuchHelper(helper_id)
