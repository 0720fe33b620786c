"""What is brought: a file, what it is, and whether it is the whole roster."""

from typing import Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stepitup.door.typed import OneOfFew
from stepitup.roster.file.forms import Form, which_form

_FORMS: Final = [
    ("", gettext_lazy("By its name: .csv, .json or .toml")),
    (Form.CSV, gettext_lazy("A spreadsheet: CSV")),
    (Form.JSON, gettext_lazy("JSON")),
    (Form.TOML, gettext_lazy("TOML")),
]


class AFile(forms.Form):
    """A roster file."""

    use_required_attribute = False

    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy(
            "8 MB at most: about 10 000 helpers. A larger one goes in parts, or by stepitup roster import."
        ),
        error_messages={
            "required": gettext_lazy("Please choose a file."),
            "missing": gettext_lazy("Please choose a file."),
            "invalid": gettext_lazy("Please choose a file."),
            "empty": gettext_lazy("This file is empty."),
        },
    )
    form = OneOfFew(choices=_FORMS, label=gettext_lazy("What it is"))
    remove_missing = forms.BooleanField(
        required=False, label=gettext_lazy("Take off the roster whoever is not in the file")
    )

    def brought(self) -> tuple[Form, bytes]:
        """What the file is, and all of it."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        return which_form(self.cleaned_data["form"] or None, file.name or ""), file.read()


def named(form: Form) -> str:
    """How a screen calls a form of file."""
    return {Form.CSV: _("Spreadsheet (CSV)"), Form.JSON: "JSON", Form.TOML: "TOML"}[form]
