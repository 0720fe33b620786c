"""Who was there, and how many of them one helper takes."""

from typing import Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stepitup.door.typed import OneOf
from stepitup.ground.vocabulary import Kind
from stepitup.roster.file.crew import LARGEST

_KINDS: Final = [
    (Kind.PEER.value, gettext_lazy("Peers")),
    (Kind.CHAPLAIN.value, gettext_lazy("Chaplains")),
    (Kind.CLINICIAN.value, gettext_lazy("Clinicians")),
]
_EACH: Final = [("1", "1"), ("2", "2"), ("3", "3"), ("5", "5"), ("10", "10")]


class ACrew(forms.Form):
    """A table of those who were there."""

    use_required_attribute = False

    file = forms.FileField(
        label=gettext_lazy("The table"),
        help_text=gettext_lazy("CSV. Columns: who, agency, unit, rank_band, years, service, state, incident_on."),
        error_messages={
            "required": gettext_lazy("Please choose a file."),
            "missing": gettext_lazy("Please choose a file."),
            "invalid": gettext_lazy("Please choose a file."),
            "empty": gettext_lazy("This file is empty."),
        },
    )
    kind = OneOf(choices=_KINDS, label=gettext_lazy("Who is offered"))
    each = OneOf(choices=_EACH, label=gettext_lazy("How many one helper takes at most"))

    def clean_file(self) -> "UploadedFile[bytes]":
        """As much as is read at once."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("This table is too large: 1 000 people at once."))
        return file

    @property
    def asked(self) -> tuple[bytes, Kind, int]:
        """The table, who is offered, and how many one helper takes."""
        said = self.cleaned_data
        return said["file"].read(), Kind(said["kind"] or Kind.PEER), int(said["each"] or 1)
