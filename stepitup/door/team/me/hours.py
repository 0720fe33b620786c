"""When I want no pages, and after how many others come first."""

from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stepitup.door.team.me.mine import for_the_helper
from stepitup.door.team.screens import see, team_screen
from stepitup.door.team.who import Me
from stepitup.door.typed import Lines, Typed
from stepitup.ground.deeds import deed
from stepitup.roster.duty import read_line
from stepitup.roster.errors import DutyHoursUnclear
from stepitup.roster.own_hands.words import Hours, change_hours, hours_of

_MOST_PAGES: Final = 50


class HoursForm(forms.Form):
    """Quiet hours, one line each, and a number."""

    quiet = Lines(
        longest=120,
        most=20,
        label=gettext_lazy("Quiet hours"),
        help_text=gettext_lazy("One on each line, by your own clock, such as: daily 22:00-06:00, or Sun 00:00-24:00"),
    )
    pages_in_a_row = Typed(
        longest=20,
        label=gettext_lazy("After how many pages within 12 hours are others asked first?"),
        help_text=gettext_lazy("Empty: no limit. If nobody else is left, you are asked all the same."),
    )

    def clean_quiet(self) -> tuple[str, ...]:
        """Each line can be read as hours."""
        lines: list[str] = self.cleaned_data["quiet"]
        for line in lines:
            try:
                read_line(line)
            except DutyHoursUnclear as unclear:
                raise forms.ValidationError(
                    _("We cannot read “%(line)s”. Write it like: daily 22:00-06:00") % {"line": line[:60]}
                ) from unclear
        return tuple(lines)

    def clean_pages_in_a_row(self) -> int | None:
        """A small whole number, or nothing."""
        said: str = self.cleaned_data["pages_in_a_row"]
        if not said:
            return None
        if not (said.isdecimal() and said.isascii() and 1 <= int(said) <= _MOST_PAGES):
            raise forms.ValidationError(_("Please write a number from 1 to 50, or leave it empty."))
        return int(said)

    @staticmethod
    def filled_with(hours: Hours) -> dict[str, Any]:
        """As it stands now."""
        cap = "" if hours.pages_in_a_row is None else str(hours.pages_in_a_row)
        return {"quiet": "\n".join(hours.quiet), "pages_in_a_row": cap}


@for_the_helper
def hours(request: HttpRequest, me: Me, helper: int) -> HttpResponse:
    """Look, or keep."""
    form = HoursForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        said = form.cleaned_data
        deed(change_hours, helper, Hours(said["quiet"], said["pages_in_a_row"]))
        return see("/team/me?saved=kept")
    told = {"form": form or HoursForm(initial=HoursForm.filled_with(hours_of(helper)))}
    return team_screen(request, me, "me/hours.html", told)
