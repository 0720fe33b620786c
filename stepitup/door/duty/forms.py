"""What is typed and chosen about duty. Hours and lines are read as people write them; wrong ones are said in words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stepitup.door.duty.shown import key_of
from stepitup.door.typed import Label, OneOf, OneOfFew, Typed
from stepitup.roster.duty.lines import read_line
from stepitup.roster.duty.questions import Planned
from stepitup.roster.duty.shifts.moments import MomentUnclear, read_moment
from stepitup.roster.duty.spans import Span, instants
from stepitup.roster.errors import DutyHoursUnclear

_LONGEST_LINE, _MOST_LINES = 120, 40
LARGEST_ON_SCREEN = 300_000  # bytes; some 5 000 shifts, written in a blink between two presses
HOW_ELSE = {
    "most": LARGEST_ON_SCREEN // 1000,
    "how": gettext_lazy("Whoever runs the machine can bring it in: stepitup duty import."),
}


class Whom(forms.Form):
    """Who is asked to take a duty."""

    duty = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, could: Sequence[Planned], **more: Any) -> None:
        super().__init__(auto_id="whom_%s", **more)
        names = [(str(one.helper), one.name) for one in could]
        self.fields["who"] = OneOf(
            choices=[("", gettext_lazy("Choose a helper")), *names], label=gettext_lazy("Helper")
        )

    def clean_who(self) -> str:
        """Somebody has to be chosen."""
        who: str = self.cleaned_data["who"]
        if not who:
            raise forms.ValidationError(_("Choose whom you ask."))
        return who

    @property
    def who(self) -> int:
        """The number of whoever was chosen."""
        return int(self.cleaned_data["who"])

    @property
    def name(self) -> str:
        """What they are called."""
        choices = self.fields["who"].choices  # type: ignore[attr-defined]  # a field of choices
        return next((str(name) for number, name in choices if number == self.cleaned_data["who"]), "")


class InReturn(forms.Form):
    """For nothing, or for one of theirs."""

    duty = forms.CharField(widget=forms.HiddenInput)
    who = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, theirs: Sequence[tuple[Span, str]], **more: Any) -> None:
        super().__init__(auto_id="back_%s", **more)
        self._spans = {key_of(span): span for span, _words in theirs}
        choices: list[tuple[str, Label]] = [("", gettext_lazy("Nothing in return"))]
        choices += [(key_of(span), words) for span, words in theirs]
        self.fields["back"] = OneOfFew(choices=choices, label=gettext_lazy("In return I take"), initial="")

    @property
    def span(self) -> Span | None:
        """The duty that is taken in return."""
        return self._spans.get(self.cleaned_data["back"])


class Seen(forms.Form):
    """A form about a helper's duty, with a mark of what it showed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    changed_meanwhile = False

    def show_again(self, mark: str) -> None:
        """Somebody else was first: everything typed stays, with a mark of what is shown beside it now."""
        self.changed_meanwhile = True
        self.data = {**{name: str(value) for name, value in self.data.items()}, "seen": mark}


class HoursOfDuty(Seen):
    """A helper's lines of duty, one on each line."""

    lines = Typed(
        longest=_LONGEST_LINE * _MOST_LINES,
        label=gettext_lazy("Hours of duty, one on each line"),
        help_text=gettext_lazy("Nothing here means always on duty."),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_lines(self) -> list[str]:
        """Every line that cannot be read is told."""
        lines = [line.strip() for line in str(self.cleaned_data["lines"]).split("\n") if line.strip()]
        wrong = [str(trouble) for line in lines if (trouble := _wrong_with(line))]
        if len(lines) > _MOST_LINES:
            wrong.append(_("Up to %(most)d lines fit here.") % {"most": _MOST_LINES})
        if wrong:
            raise forms.ValidationError(wrong)
        return lines


class Change(Seen):
    """On duty or off for a while."""

    change = OneOfFew(
        choices=[("off", gettext_lazy("Off duty")), ("on", gettext_lazy("On duty"))],
        label=gettext_lazy("What changes"),
        initial="off",
    )
    start = Typed(
        longest=40,
        label=gettext_lazy("From"),
        widget=forms.TextInput(attrs={"type": "datetime-local", "autocomplete": "off"}),
    )
    end = Typed(
        longest=40,
        label=gettext_lazy("Until"),
        widget=forms.TextInput(attrs={"type": "datetime-local", "autocomplete": "off"}),
    )

    def clean_change(self) -> str:
        """One of the two."""
        if not self.cleaned_data["change"]:
            raise forms.ValidationError(_("Choose on duty or off duty."))
        return str(self.cleaned_data["change"])

    def clean_start(self) -> datetime:
        """A time on the wall."""
        return _moment(self.cleaned_data["start"], is_end=False)

    def clean_end(self) -> datetime:
        """A time on the wall; a day alone is that whole day."""
        return _moment(self.cleaned_data["end"], is_end=True)

    def span(self, zone: ZoneInfo) -> Span:
        """From the first moment at which a clock shows the start to the last at which it shows the end."""
        start, end = self.cleaned_data["start"], self.cleaned_data["end"]
        return Span(_instant(start, zone, last=False), _instant(end, zone, last=True))


class Shifts(forms.Form):
    """A table or calendar: the file itself, or what was copied out of it."""

    use_required_attribute = False

    file = forms.FileField(
        required=False,
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("A table (CSV) or a calendar (.ics)."),
        error_messages={
            "empty": gettext_lazy("This file is empty."),
            "invalid": gettext_lazy("Choose the file again."),
        },
    )
    text = Typed(
        longest=50_000,
        label=gettext_lazy("Or put its text in here"),
        help_text=gettext_lazy("The first line of a table names its columns: helper, from, until."),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two, and of a file as much as the screen takes."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        file: UploadedFile[bytes] | None = said.get("file")
        if file and (file.size or 0) > LARGEST_ON_SCREEN:
            self.add_error("file", _("This file is too large for a screen: %(most)s kB at most. %(how)s") % HOW_ELSE)
        elif not self.errors and not file and not said.get("text"):
            self.add_error("file", _("Choose a file, or put its text in below."))
        return said

    def brought(self) -> bytes:
        """All of it, as it came."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        return file.read() if file else str(self.cleaned_data["text"]).encode()


def _wrong_with(line: str) -> DutyHoursUnclear | None:
    try:
        read_line(line)
    except DutyHoursUnclear as unclear:
        return unclear
    return None


def _moment(written: str, *, is_end: bool) -> datetime:
    if not written:
        raise forms.ValidationError(_("Write a day and a time."))
    try:
        return read_moment(written, is_end=is_end)
    except MomentUnclear as unclear:
        raise forms.ValidationError(str(unclear)) from unclear


def _instant(moment: datetime, zone: ZoneInfo, *, last: bool) -> datetime:
    return moment if moment.tzinfo else instants(moment, zone)[last]
