"""A helper's duty in the calendar of their own phone, by a secret link. Planned hours, and nothing else.

Whoever holds the link reads when this helper is on duty: so it is made only when asked for, names nobody, and can be
renewed. What a page or a talk does to a helper is not in it, nor is a rest; it reads the same on the night of a call.
"""

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from stepitup.ground.keys import fingerprint, new_id, secret_for
from stepitup.roster.duty.questions import planned
from stepitup.roster.duty.spans import Span
from stepitup.roster.errors import NoSuchHelper
from stepitup.roster.models import DutyFeed, Helper

if TYPE_CHECKING:
    from icalendar import Event

_BACK: Final = timedelta(days=7)
_AHEAD: Final = timedelta(days=92)
_LOOK_AGAIN: Final = timedelta(hours=4)


def renew_feed(now: datetime, helper_id: int) -> str:
    """Make the link anew and return its secret; an older link finds nothing from now on. Raises NoSuchHelper."""
    if not Helper.objects.filter(pk=helper_id, removed_at__isnull=True).exists():
        raise NoSuchHelper(helper_id)
    number = new_id()
    secret = _secret(number)
    fresh = {"number": number, "fingerprint": fingerprint(secret), "made_at": now}
    DutyFeed.objects.update_or_create(helper_id=helper_id, defaults=fresh)
    return secret


def end_feed(now: datetime, helper_id: int) -> None:
    """The link finds nothing any more."""
    DutyFeed.objects.filter(helper=helper_id).delete()


def secret_of_feed(helper_id: int) -> str | None:
    """The secret in this helper's link, for their own screen; None while there is no link."""
    feed = DutyFeed.objects.filter(helper=helper_id).first()
    return _secret(feed.number) if feed else None


def whose_feed(secret: str) -> int | None:
    """The helper whose link this is; None where it is nobody's, or of somebody who was taken off the roster."""
    known = DutyFeed.objects.filter(fingerprint=fingerprint(secret), helper__removed_at=None)
    return known.values_list("helper_id", flat=True).first()


def feed_text(now: datetime, helper_id: int) -> bytes:
    """The calendar of this helper as iCalendar (RFC 5545): three months ahead. The same all day, if nothing changed.

    Always on duty is no event: it would be one as long as the calendar.
    """
    from icalendar import Calendar  # noqa: PLC0415  a tenth of each start, for a part that few use

    today = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    whole = Span(today - _BACK, today + _AHEAD)
    calendar = Calendar()
    calendar.add("prodid", "-//Step It Up//Duty//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("refresh-interval", _LOOK_AGAIN, parameters={"value": "DURATION"})
    for one in planned(whole, [helper_id]):
        for span in one.spans:
            if whole.start < span.start and span.end < whole.end:  # what is cut off is not told in part
                calendar.add_component(_event(helper_id, span, stamp=today))
    text: bytes = calendar.to_ical()
    return text


def _event(helper_id: int, span: Span, *, stamp: datetime) -> "Event":
    from icalendar import Event  # noqa: PLC0415  as above

    event = Event()
    event.add("uid", fingerprint(secret_for("duty event", f"{helper_id} {span.start.isoformat()}"))[:32] + "@duty")
    event.add("dtstamp", stamp)
    event.add("dtstart", span.start)
    event.add("dtend", span.end)
    event.add("summary", _("Duty"))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def _secret(number: object) -> str:
    return secret_for("duty feed", number)
