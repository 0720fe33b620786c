"""What I say of myself, and how much of it callers are told."""

import re
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stepitup.door import labels
from stepitup.door.team.me.mine import for_the_helper
from stepitup.door.team.screens import see, team_screen
from stepitup.door.team.who import Me
from stepitup.door.typed import OneOf, OneOfFew, Typed
from stepitup.ground.deeds import deed
from stepitup.ground.vocabulary import UNKNOWN
from stepitup.roster.own_hands.words import SHOWN, OwnWords, change_shares, change_words, shares_of
from stepitup.roster.own_hands.words import own_words as kept
from stepitup.roster.shared_ground import ABOUT_THE_JOB, FOR_MATCHING, NOT_AT_ALL, SHARED_GROUND, SHARES

_SWORN: Final = {"yes": True, "no": False, UNKNOWN: None}
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MOST_YEARS: Final = 70
_HOW_MUCH: Final = (
    (NOT_AT_ALL, gettext_lazy("Not at all")),
    (FOR_MATCHING, gettext_lazy("For matching only: nobody is told")),
    (SHOWN, gettext_lazy("Callers may be told")),
)


class OwnWordsForm(forms.Form):
    """In my own words."""

    display_name = Typed(
        longest=60,
        label=gettext_lazy("Name that callers see"),
        help_text=gettext_lazy("A first name and an initial is enough."),
    )
    unit = Typed(longest=80, label=gettext_lazy("Unit, station or shift"))
    rank_band = OneOf(choices=labels.choices_or_unknown(labels.RANK_BANDS), label=gettext_lazy("Rank"))
    years = Typed(longest=20, label=gettext_lazy("Years on the job"))
    sworn = OneOfFew(
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")), (UNKNOWN, gettext_lazy("Rather not say"))],
        label=gettext_lazy("Sworn"),
        help_text=gettext_lazy("Every caller is told, because officers may have to act on what they hear."),
    )
    languages = Typed(
        longest=100,
        label=gettext_lazy("Languages in which you can listen"),
        help_text=gettext_lazy("Their short codes with spaces between, such as: en es"),
    )

    def clean_display_name(self) -> str:
        """Callers see it, so there must be one."""
        name: str = self.cleaned_data["display_name"]
        if not name:
            raise forms.ValidationError(_("Please write the name that callers see."))
        return name

    def clean_years(self) -> int | None:
        """A whole number, or nothing."""
        years: str = self.cleaned_data["years"]
        if not years:
            return None
        if not (years.isdecimal() and years.isascii() and int(years) <= _MOST_YEARS):
            raise forms.ValidationError(_("Please write a whole number of years, or leave it empty."))
        return int(years)

    def clean_languages(self) -> tuple[str, ...]:
        """Codes as the roster keeps them."""
        said = tuple(dict.fromkeys(self.cleaned_data["languages"].replace(",", " ").split()))
        for one in said:
            if not _LANGUAGE.fullmatch(one):
                raise forms.ValidationError(
                    _("“%(word)s” is no code we know. Write en for English, es for Spanish.") % {"word": one}
                )
        return said

    @staticmethod
    def filled_with(words: OwnWords) -> dict[str, Any]:
        """As it stands now."""
        return {
            "display_name": words.display_name,
            "unit": words.unit,
            "rank_band": words.rank_band,
            "years": "" if words.years is None else str(words.years),
            "sworn": next(word for word, sworn in _SWORN.items() if sworn is words.sworn),
            "languages": " ".join(words.languages),
        }

    def words(self) -> OwnWords:
        """What was typed, as a plain value."""
        said = self.cleaned_data
        return OwnWords(
            said["display_name"],
            said["unit"],
            said["rank_band"] or UNKNOWN,
            said["years"],
            _SWORN[said["sworn"] or UNKNOWN],
            said["languages"],
        )


class SharesForm(forms.Form):
    """For each thing: not at all, for matching only, or told."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for what in (*SHARES, *ABOUT_THE_JOB):
            self.fields[what] = OneOf(choices=_HOW_MUCH, label=SHARED_GROUND[what].label)


@for_the_helper
def own_words(request: HttpRequest, me: Me, helper: int) -> HttpResponse:
    """My name, unit, rank, years, languages."""
    if request.method != "POST":
        form = OwnWordsForm(initial=OwnWordsForm.filled_with(kept(helper)))
        return team_screen(request, me, "me/words.html", {"form": form})
    form = OwnWordsForm(request.POST)
    if not form.is_valid():
        return team_screen(request, me, "me/words.html", {"form": form})
    deed(change_words, helper, form.words())
    return see("/team/me?saved=kept")


@for_the_helper
def shares(request: HttpRequest, me: Me, helper: int) -> HttpResponse:
    """What I have been through, and who may know."""
    form = SharesForm(request.POST if request.method == "POST" else None, initial=shares_of(helper))
    if request.method == "POST" and form.is_valid():
        deed(change_shares, helper, {what: how for what, how in form.cleaned_data.items() if how})
        return see("/team/me?saved=kept")
    return team_screen(request, me, "me/shares.html", {"form": form})
