"""What a coordinator does with an incident. Each is one deed with its line in the log book."""

from datetime import datetime

from stepitup.ground import log_book
from stepitup.ground.log_book import What
from stepitup.roster.errors import NoSuchIncident
from stepitup.roster.file.more_kept import incidents_kept, write_incident
from stepitup.roster.file.rows import IncidentRow
from stepitup.roster.models import Incident


def incident(key: str) -> IncidentRow:
    """One of them. Raises NoSuchIncident."""
    found = next((row for row in incidents_kept() if row.key == key), None)
    if found is None:
        raise NoSuchIncident(key)
    return found


def keep_incident(now: datetime, row: IncidentRow, *, who: str) -> None:
    """Write it down, or change who was there. It is deleted on the day that it says."""
    write_incident(row)
    _note(now, who)


def delete_incident(now: datetime, key: str, *, who: str) -> None:
    """Before its day. Raises NoSuchIncident."""
    gone, _by_table = Incident.objects.filter(key=key).delete()
    if not gone:
        raise NoSuchIncident(key)
    _note(now, who)


def _note(now: datetime, who: str) -> None:
    """The book says that an incident was changed, never which: its word might say too much for a book that stays."""
    log_book.note(now, who=who, what=What.CHANGED_INCIDENT, about=log_book.ROSTER)
