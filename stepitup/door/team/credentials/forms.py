"""What a coordinator types about one credential: only what its kind needs."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stepitup.door import labels
from stepitup.door.typed import Day, OneOf, Typed
from stepitup.ground.vocabulary import UNKNOWN, Kind
from stepitup.roster.credentials.kinds import CredentialKind
from stepitup.roster.credentials.npi import is_npi, written_plainly
from stepitup.roster.credentials.record import EVERY_ROLE, HOW, TRAINING, CredentialRow, How

_ROLES: Final = (
    (EVERY_ROLE, gettext_lazy("Everything they help as")),
    (Kind.PEER.value, gettext_lazy("Peer")),
    (Kind.CHAPLAIN.value, gettext_lazy("Chaplain")),
    (Kind.CLINICIAN.value, gettext_lazy("Clinician")),
    (TRAINING, gettext_lazy("Nothing by itself: training worth knowing")),
)
_NOT_CHECKED: Final = (How.NOT_YET.value, gettext_lazy("Not checked yet: no page goes because of it"))
_CHECKS: Final = (_NOT_CHECKED, *((how.value, words) for how, words in HOW.items() if how is not How.FILE))
_OF_A_PEER: Final = ("designated_by", "designated_on", "standard")
_OF_A_CLINICIAN: Final = ("state", "specialised", "npi")


class CredentialForm(forms.Form):
    """One credential."""

    name = Typed(longest=120, label=gettext_lazy("What it is called"))
    role = OneOf(choices=_ROLES, label=gettext_lazy("Counts for"))
    issuer = Typed(longest=120, label=gettext_lazy("Who gave it"))
    number = Typed(longest=60, label=gettext_lazy("Its number"), help_text=gettext_lazy("Sealed."))
    granted = Day(label=gettext_lazy("First day on which it holds"))
    expires = Day(
        label=gettext_lazy("Final day on which it holds"),
        help_text=gettext_lazy("As 2027-05-31. If it has no end: the day when your team looks at it again."),
    )
    designated_by = Typed(longest=120, label=gettext_lazy("Named by which agency or body"))
    designated_on = Day(label=gettext_lazy("Named on which day"))
    standard = Typed(longest=120, label=gettext_lazy("Under which standard, law or policy"))
    state = OneOf(choices=labels.states(), label=gettext_lazy("State of the licence"))
    specialised = Typed(
        longest=200,
        label=gettext_lazy("How do we know that they know responders?"),
        help_text=gettext_lazy("Years, training, references. Empty: we do not know."),
    )
    npi = Typed(
        longest=20,
        label=gettext_lazy("NPI"),
        help_text=gettext_lazy("Ten digits. It shows that a record exists. It is not a licence."),
    )
    checked_how = OneOf(choices=_CHECKS, label=gettext_lazy("How did you check it?"))
    checked_on = Day(label=gettext_lazy("Checked on which day"))
    evidence = Typed(
        longest=200,
        label=gettext_lazy("What did you see, and where?"),
        help_text=gettext_lazy("Such as: certificate with course number; the board’s own site."),
    )

    def __init__(self, *args: Any, kind: CredentialKind, is_from_a_file: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _OF_A_PEER if kind.role == Kind.CLINICIAN else _OF_A_CLINICIAN:
            del self.fields[name]
        if is_from_a_file:
            how = self.fields["checked_how"]
            assert isinstance(how, OneOf)
            how.choices = [*_CHECKS, (How.FILE.value, HOW[How.FILE])]

    def clean_name(self) -> str:
        """It is called something."""
        name: str = self.cleaned_data["name"]
        if not name:
            raise forms.ValidationError(_("Please write what it is called."))
        return name

    def clean_npi(self) -> str:
        """The tenth digit checks the others."""
        npi = written_plainly(self.cleaned_data["npi"])
        if npi and not is_npi(npi):
            raise forms.ValidationError(
                _("This is no NPI: of its ten digits the tenth checks the others. Please type it anew.")
            )
        return npi

    def clean(self) -> dict[str, Any]:
        """Days in order, and a check that says when."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        granted, expires = said.get("granted"), said.get("expires")
        if granted and expires and expires < granted:
            self.add_error("expires", _("This day lies before the first one."))
        if said.get("checked_how") not in {"", How.FILE.value, None} and not said.get("checked_on"):
            self.add_error("checked_on", _("Please write on which day it was checked."))
        return said

    def row(self, *, kind: str, before: CredentialRow | None, who: str) -> CredentialRow:
        """What was typed, as a plain value. Whoever keeps a check has made it."""
        said = self.cleaned_data
        is_same_check = before is not None and (before.checked_how, before.checked_on) == (
            said["checked_how"],
            said["checked_on"],
        )
        return CredentialRow(
            kind=kind,
            checked_by=before.checked_by if before and is_same_check else who if said["checked_how"] else "",
            npi_looked_up_on=before.npi_looked_up_on if before and before.npi == said.get("npi") else None,
            **{name: said[name] for name in self.fields if name != "state"},
            state=said.get("state") or UNKNOWN,
        )

    @staticmethod
    def filled_with(row: CredentialRow) -> dict[str, Any]:
        """As it stands now."""
        return {name: _typed(getattr(row, name)) for name in CredentialForm.base_fields}


def _typed(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value or ""
