"""What is typed on a set-up screen."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stepitup.door.team.set_up.questions import Question
from stepitup.door.typed import OneOfFew, Typed
from stepitup.ground.set_up import NO, YES, Answer, Asked

_LONGEST, _LONGEST_LINE = 4000, 200
_LABELS = {
    Asked.WHO_RUNS: gettext_lazy("Who runs it"),
    Asked.NETWORK: gettext_lazy("On whose network it stands"),
    Asked.RUN_BY_EMPLOYER: gettext_lazy("Does the employer of those who call run it or house it?"),
}
_A_LINE = frozenset({Asked.WHO_RUNS, Asked.NETWORK})


class Signature(forms.Form):
    """The answer to one question, who signs it, and the day."""

    signed_by = Typed(longest=_LONGEST_LINE, label=gettext_lazy("Signed by"))
    dated = forms.DateField(
        label=gettext_lazy("On the day"),
        help_text=gettext_lazy("Year, month, day: 2027-01-31"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Please write the day as year, month, day: 2027-01-31.")},
    )

    def __init__(self, question: Question, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked, self._today = question.asked, today
        for asked in question.asked:
            self.fields[asked.value] = _field(asked, str(question.short))
        self.order_fields([*question.asked, "signed_by", "dated"])

    @property
    def texts(self) -> dict[Asked, str]:
        """What was answered."""
        return {asked: self.cleaned_data[asked.value] for asked in self._asked}

    @property
    def is_taken_back(self) -> bool:
        """Whether every answer of this screen was emptied."""
        return not any(self.texts.values())

    def clean(self) -> dict[str, Any]:
        """Somebody signs, on a day that has come; an answer that is taken back needs neither."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        answered = [asked for asked in self._asked if said.get(asked.value)]
        if not answered:
            return said
        if not said.get("signed_by") and "signed_by" not in self.errors:
            self.add_error("signed_by", _("Please write who signs this."))
        if not said.get("dated") and "dated" not in self.errors:
            self.add_error("dated", _("Please write the day on which it was signed."))
        if said.get("dated") and said["dated"] > self._today:
            self.add_error("dated", _("This day is still to come. Please write the day on which it was signed."))
        for asked in set(self._asked) - set(answered) - self.errors.keys():
            self.add_error(asked.value, _("Please answer this too."))
        return said


def initial(
    question: Question, said: Mapping[Asked, Answer], fallback: Mapping[Asked, str], today: date
) -> dict[str, Any]:
    """What was answered before, or what the file says; signed today by nobody yet where nothing was signed."""
    before = [said[asked] for asked in question.asked if asked in said]
    texts = {asked.value: said[asked].text if asked in said else fallback.get(asked, "") for asked in question.asked}
    signed = {"signed_by": before[0].signed_by, "dated": before[0].dated} if before else {"dated": today}
    return texts | signed


def _field(asked: Asked, short: str) -> forms.Field:
    if asked is Asked.RUN_BY_EMPLOYER:
        choices = [
            (YES, gettext_lazy("Yes. The first screen then says so, and promises less.")),
            (NO, gettext_lazy("No")),
        ]
        return OneOfFew(choices=choices, label=_LABELS[asked])
    if asked in _A_LINE:
        return Typed(longest=_LONGEST_LINE, label=_LABELS[asked])
    rows = 12 if asked is Asked.MY_JOB else 5
    return Typed(longest=_LONGEST, label=short, widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off"}))
