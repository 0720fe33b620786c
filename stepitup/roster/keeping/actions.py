"""What a coordinator does with one helper. Each is one deed with its line in the log book."""

import re
import unicodedata
from datetime import datetime

from stepitup.ground import log_book
from stepitup.ground.log_book import What
from stepitup.ground.seal import seal
from stepitup.roster.errors import ChangedMeanwhile, NoSuchHelper
from stepitup.roster.keeping.kept import Kept, Post
from stepitup.roster.keeping.questions import kept_of
from stepitup.roster.models import Helper, Oversight
from stepitup.roster.reading import FULL_NAME

_NOT_IN_A_KEY = re.compile(r"[^a-z0-9]+")


def add(now: datetime, words: Kept, *, who: str) -> int:
    """Put somebody on the roster; they are paged once they have a credential and a way that was tried."""
    row = Helper(key=_fresh_key(words.display_name))
    _fill(row, words)
    row.save()
    _write_posts(row, words.supervises)
    log_book.note(now, who=who, what=What.ADDED, about=log_book.helper(row.pk))
    return row.pk


def change(now: datetime, helper_id: int, words: Kept, *, seen: str, who: str) -> bool:
    """Change the coordinator's part of a helper. False where nothing was to change.

    `seen` is the mark of what stood there when the form was opened. Raises ChangedMeanwhile when somebody else was
    first, with what they wrote; NoSuchHelper.
    """
    row = _held(helper_id)
    now_kept = kept_of(row)
    if now_kept == words:
        return False
    if now_kept.mark != seen:
        raise ChangedMeanwhile
    _fill(row, words)
    row.save()
    if set(now_kept.supervises) != set(words.supervises):
        _write_posts(row, words.supervises)
        log_book.note(now, who=who, what=What.CHANGED_OVERSIGHT, about=log_book.helper(row.pk))
    log_book.note(now, who=who, what=What.CHANGED, about=log_book.helper(row.pk))
    return True


def suspend(now: datetime, helper_id: int, *, who: str) -> None:
    """No page reaches this helper from now on. A second suspension changes nothing. Raises NoSuchHelper."""
    row = _held(helper_id)
    if row.suspended_at is None:
        row.suspended_at = now
        row.save(update_fields=["suspended_at"])
        log_book.note(now, who=who, what=What.SUSPENDED, about=log_book.helper(helper_id))


def lift_suspension(now: datetime, helper_id: int, *, who: str) -> None:
    """The helper may be paged again, if they are fit otherwise. Raises NoSuchHelper."""
    row = _held(helper_id)
    if row.suspended_at is not None:
        row.suspended_at = None
        row.save(update_fields=["suspended_at"])
        log_book.note(now, who=who, what=What.LIFTED_SUSPENSION, about=log_book.helper(helper_id))


def take_off(now: datetime, helper_id: int, *, who: str) -> None:
    """Take somebody off the roster at once; all that is known of them is deleted 30 days later. Raises NoSuchHelper."""
    row = _held(helper_id)
    row.removed_at = now
    row.save(update_fields=["removed_at"])
    log_book.note(now, who=who, what=What.REMOVED, about=log_book.helper(helper_id))


def _held(helper_id: int) -> Helper:
    """The row, ours until commit."""
    row = Helper.objects.select_for_update().filter(pk=helper_id, removed_at__isnull=True).first()
    if row is None:
        raise NoSuchHelper(helper_id)
    return row


def _fill(row: Helper, words: Kept) -> None:
    row.display_name = words.display_name
    row.full_name_sealed = seal(FULL_NAME, words.full_name) if words.full_name else None
    row.agency_id, row.independent = words.agency, words.agency is None
    row.unit, row.rank_band, row.sworn = words.unit, words.rank_band, words.sworn
    row.services, row.state = list(words.services), words.state
    row.is_peer, row.is_chaplain = "peer" in words.kinds, "chaplain" in words.kinds
    row.is_clinician, row.is_coordinator = "clinician" in words.kinds, "coordinator" in words.kinds
    row.internal_affairs = words.internal_affairs


def _write_posts(row: Helper, posts: tuple[Post, ...]) -> None:
    Oversight.objects.filter(helper=row).delete()
    Oversight.objects.bulk_create(
        [Oversight(helper=row, agency_id=post.agency, unit=post.unit) for post in dict.fromkeys(posts)]
    )


def _fresh_key(name: str) -> str:
    """A short word that nobody has: sam-k, then sam-k-2."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    wanted = _NOT_IN_A_KEY.sub("-", plain).strip("-")[:50] or "helper"
    taken = set(Helper.objects.filter(key__startswith=wanted).values_list("key", flat=True))
    number, key = 1, wanted
    while key in taken:
        number += 1
        key = f"{wanted}-{number}"
    return key
