"""What a coordinator types about one credential, a form for each decision."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stepitup.door import labels
from stepitup.door.team.credentials.steps import Step
from stepitup.door.typed import Day, OneOf, Typed
from stepitup.ground.vocabulary import UNKNOWN, Kind
from stepitup.roster.credentials.kinds import KINDS
from stepitup.roster.credentials.npi import is_npi, written_plainly
from stepitup.roster.credentials.record import EVERY_ROLE, HOW, OTHER, TRAINING, CredentialRow, How

_ROLES: Final = (
    (EVERY_ROLE, gettext_lazy("Everything they help as")),
    (Kind.PEER.value, gettext_lazy("Peer")),
    (Kind.CHAPLAIN.value, gettext_lazy("Chaplain")),
    (Kind.CLINICIAN.value, gettext_lazy("Clinician")),
    (TRAINING, gettext_lazy("Nothing by itself: training worth knowing")),
)
_FIRST_YEAR: Final = 1950
_NOT_CHECKED: Final = (How.NOT_YET.value, gettext_lazy("Not checked yet: no page goes because of it"))
_CHECKS: Final = (_NOT_CHECKED, *((how.value, words) for how, words in HOW.items() if how is not How.FILE))


class StepForm(forms.Form):
    """One decision."""

    use_required_attribute = False
    has_been: tuple[str, ...] = ()  # days of something that was done already

    def __init__(self, *args: Any, before: CredentialRow, today: date | None = None, **kwargs: Any) -> None:
        """`today` is the day where the helper works; without it nothing is judged by it."""
        super().__init__(*args, **kwargs)
        self._today = today
        self.fit(before)

    def clean(self) -> dict[str, Any]:
        """What was done was not done tomorrow."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.has_been:
            if self._today and (day := said.get(name)) and day > self._today:
                self.add_error(name, _("This day is still to come. Please write the day on which it was done."))
        return said

    def fit(self, before: CredentialRow) -> None:
        """Only what this credential needs."""

    def said(self) -> Mapping[str, Any]:
        """What was typed, by the words of the record."""
        return self.cleaned_data

    @classmethod
    def filled_with(cls, row: CredentialRow) -> dict[str, Any]:
        """As it stands now."""
        return {name: _typed(getattr(row, name)) for name in cls.base_fields}


class Called(StepForm):
    """What it is, and what it counts for."""

    name = Typed(longest=120, label=gettext_lazy("What it is called"))
    role = OneOf(choices=_ROLES, label=gettext_lazy("Counts for"))

    def clean_name(self) -> str:
        """It is called something."""
        name: str = self.cleaned_data["name"]
        if not name:
            raise forms.ValidationError(_("Please write what it is called."))
        return name

    @classmethod
    def filled_with(cls, row: CredentialRow) -> dict[str, Any]:
        """Our own stopgap for a name is nobody's answer."""
        said = super().filled_with(row)
        return {**said, "name": ""} if row.name == KINDS[OTHER].name else said


class Given(StepForm):
    """Who gave it, under which number; of a licence also where."""

    issuer = Typed(longest=120, label=gettext_lazy("Who gave it"))
    number = Typed(longest=60, label=gettext_lazy("Its number"), help_text=gettext_lazy("Sealed."))
    state = OneOf(choices=labels.states(), label=gettext_lazy("State of the licence"))

    def fit(self, before: CredentialRow) -> None:
        """A state only where it is a licence."""
        if before.role != Kind.CLINICIAN:
            del self.fields["state"]

    def said(self) -> Mapping[str, Any]:
        """No state is one that is not known."""
        said = self.cleaned_data
        return {**said, "state": said["state"] or UNKNOWN} if "state" in said else said


class Days(StepForm):
    """From when until when."""

    granted = Day(label=gettext_lazy("First day on which it holds"))
    expires = Day(
        label=gettext_lazy("It holds up to and including"),
        help_text=gettext_lazy("As 2027-05-31. If it has no end: the day when your team looks at it again."),
    )

    def clean(self) -> dict[str, Any]:
        """Days in order, of this or the past century's second half, as the roster file has it."""
        said = super().clean()
        for name in ("granted", "expires"):
            if (day := said.get(name)) and day.year < _FIRST_YEAR:
                self.add_error(name, _("Please look at the year again."))
        granted, expires = said.get("granted"), said.get("expires")
        if granted and expires and expires < granted:
            self.add_error("expires", _("This day lies before the first one."))
        return said


class Named(StepForm):
    """Which agency or body made them a peer or a chaplain."""

    has_been = ("designated_on",)

    designated_by = Typed(longest=120, label=gettext_lazy("Named by which agency or body"))
    designated_on = Day(label=gettext_lazy("Named on which day"))
    standard = Typed(longest=120, label=gettext_lazy("Under which standard, law or policy"))


class Knows(StepForm):
    """What a clinician knows of responders, and under which number the registry knows them."""

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

    def clean_npi(self) -> str:
        """The tenth digit checks the others."""
        npi = written_plainly(self.cleaned_data["npi"])
        if npi and not is_npi(npi):
            raise forms.ValidationError(
                _("This is no NPI: of its ten digits the tenth checks the others. Please type it anew.")
            )
        return npi


class Check(StepForm):
    """Whoever keeps it has checked it: how, when, and what was seen."""

    has_been = ("checked_on",)

    checked_how = OneOf(choices=_CHECKS, label=gettext_lazy("How did you check it?"))
    checked_on = Day(label=gettext_lazy("Checked on which day"))
    evidence = Typed(
        longest=200,
        label=gettext_lazy("What did you see, and where?"),
        help_text=gettext_lazy("Such as: certificate with course number; the board’s own site."),
    )

    def fit(self, before: CredentialRow) -> None:
        """That it came with the file can be kept, and not chosen."""
        if before.checked_how == How.FILE:
            how = self.fields["checked_how"]
            assert isinstance(how, OneOf)
            how.choices = [*_CHECKS, (How.FILE.value, HOW[How.FILE])]

    def clean(self) -> dict[str, Any]:
        """A check says when."""
        said = super().clean()
        says_when = said.get("checked_on") or "checked_on" in self.errors
        if said.get("checked_how") not in {"", How.FILE.value, None} and not says_when:
            self.add_error("checked_on", _("Please write on which day it was checked."))
        return said


FORMS: Final[Mapping[Step, type[StepForm]]] = {
    Step.CALLED: Called,
    Step.GIVEN: Given,
    Step.DAYS: Days,
    Step.NAMED: Named,
    Step.KNOWS: Knows,
    Step.CHECK: Check,
}


def in_words(form: StepForm, row: CredentialRow) -> list[tuple[str, str]]:
    """What stands under each label of this form now; what is empty is left out."""
    found = []
    for name, field in form.fields.items():
        value = getattr(row, name)
        words = dict(cast("Any", field.choices)).get(value, "") if isinstance(field, OneOf) else _typed(value)
        if words and value != UNKNOWN:
            found.append((str(field.label), str(words)))
    return found


def _typed(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value or ""
