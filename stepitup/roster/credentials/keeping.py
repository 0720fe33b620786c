"""What a coordinator does with a credential. Each is one deed with its line in the log book."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from stepitup.ground import log_book
from stepitup.ground.log_book import What
from stepitup.roster.credentials.record import CredentialRow
from stepitup.roster.errors import CredentialChangedMeanwhile, NoSuchCredential
from stepitup.roster.file.more_kept import credential_row, filled
from stepitup.roster.models import Credential
from stepitup.roster.own_hands.words import row_of


def credentials_of(helper_id: int) -> Sequence[tuple[int, CredentialRow]]:
    """Each with its number, in the order in which they were written down."""
    rows = Credential.objects.filter(helper=helper_id).order_by("pk")
    return [(one.pk, credential_row(one)) for one in rows]


def credential(helper_id: int, credential_id: int) -> CredentialRow:
    """One of them. Raises NoSuchCredential."""
    return credential_row(_one(helper_id, credential_id))


def keep_credential(now: datetime, helper_id: int, credential_id: int | None, row: CredentialRow, *, who: str) -> int:
    """Write one down, or change it; a changed day is reminded of anew. Raises NoSuchHelper, NoSuchCredential."""
    row_of(helper_id)
    one = _one(helper_id, credential_id) if credential_id else Credential(helper_id=helper_id)
    before = one.expires
    filled(one, row)
    if one.expires != before:
        one.reminded = None
    one.save()
    what = What.CHECKED_CREDENTIAL if row.checked_how else What.CHANGED_CREDENTIAL
    log_book.note(now, who=who, what=what, about=log_book.helper(helper_id))
    return one.pk


def change_credential(
    now: datetime, helper_id: int, credential_id: int, said: Mapping[str, Any], *, seen: str, by: str, who: str
) -> CredentialRow:
    """Change some of what is written of one; `seen` is the mark of what was shown of that, `by` whoever checked.

    A check that is another than before was made by whoever keeps it now. Another NPI was never looked up. Raises
    CredentialChangedMeanwhile, NoSuchHelper, NoSuchCredential.
    """
    before = credential_row(_one(helper_id, credential_id, to_change=True))
    if mark_of(before, said) != seen:
        raise CredentialChangedMeanwhile
    after = replace(before, **said)
    if (after.checked_how, after.checked_on) != (before.checked_how, before.checked_on):
        after = replace(after, checked_by=by if after.checked_how else "")
    if after.npi != before.npi:
        after = replace(after, npi_looked_up_on=None)
    keep_credential(now, helper_id, credential_id, after, who=who)
    return after


def mark_of(row: CredentialRow, names: Iterable[str]) -> str:
    """A mark of what stands under these words; another as soon as one of them says something else."""
    return hashlib.sha256(repr([(name, getattr(row, name)) for name in sorted(names)]).encode()).hexdigest()[:16]


def withdraw_credential(now: datetime, helper_id: int, credential_id: int, *, who: str) -> None:
    """It counts no more, from this moment on. Raises NoSuchCredential."""
    _one(helper_id, credential_id).delete()
    log_book.note(now, who=who, what=What.WITHDREW_CREDENTIAL, about=log_book.helper(helper_id))


def note_looked_up(now: datetime, helper_id: int, credential_id: int, *, on: date) -> None:
    """The registry was asked for its NPI on this day. Raises NoSuchCredential."""
    one = _one(helper_id, credential_id)
    filled(one, replace(credential_row(one), npi_looked_up_on=on)).save()


def _one(helper_id: int, credential_id: int, *, to_change: bool = False) -> Credential:
    theirs = Credential.objects.filter(helper=helper_id, pk=credential_id)
    one = (theirs.select_for_update() if to_change else theirs).first()
    if one is None:
        raise NoSuchCredential(credential_id)
    return one
