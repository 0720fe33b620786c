"""What a coordinator types about an incident."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stepitup.door.typed import Day, Lines, Typed
from stepitup.roster.facts import WHOLE_AGENCY
from stepitup.roster.file.rows import IncidentRow, PostRow
from stepitup.roster.incidents import KEPT_AT_MOST, is_key

_ONE_A_LINE = gettext_lazy(
    "One on each line: a helper’s name, or agency, a colon, unit. The agency alone means all of it."
)


class IncidentForm(forms.Form):
    """A short word, two days, and who."""

    key = Typed(
        longest=60,
        label=gettext_lazy("A short word for it"),
        help_text=gettext_lazy("Small letters, digits and dashes, such as 2026-014. Name nobody in it."),
    )
    happened_on = Day(label=gettext_lazy("The day on which it happened"))
    delete_on = Day(
        label=gettext_lazy("The day on which we delete this"),
        help_text=gettext_lazy("As 2027-05-31. At most three years after it happened."),
    )
    was_there = Lines(longest=210, most=300, label=gettext_lazy("Who was there"), help_text=_ONE_A_LINE)
    investigates = Lines(longest=210, most=50, label=gettext_lazy("Who looks into it"), help_text=_ONE_A_LINE)

    def __init__(self, *args: Any, helpers: Mapping[str, str], agencies: Mapping[str, str], **kwargs: Any) -> None:
        """`helpers` and `agencies`: their names as somebody types them, and their keys."""
        super().__init__(*args, **kwargs)
        self._helpers, self._agencies = helpers, agencies

    def clean_key(self) -> str:
        """A word, and nobody's name."""
        key: str = self.cleaned_data["key"].lower()
        if not is_key(key):
            raise forms.ValidationError(_("Please use small letters, digits and dashes, such as 2026-014."))
        return key

    def clean_was_there(self) -> tuple[tuple[str, ...], tuple[PostRow, ...]]:
        """Helpers and units that we know."""
        return self._people(self.cleaned_data["was_there"])

    def clean_investigates(self) -> tuple[tuple[str, ...], tuple[PostRow, ...]]:
        """Helpers and units that we know."""
        return self._people(self.cleaned_data["investigates"])

    def clean(self) -> dict[str, Any]:
        """Both days, and in order."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("happened_on", "delete_on"):
            if name in said and said[name] is None:
                self.add_error(name, _("Please write the day as 2027-05-31."))
        happened, gone = said.get("happened_on"), said.get("delete_on")
        if isinstance(happened, date) and isinstance(gone, date) and not happened < gone <= happened + KEPT_AT_MOST:
            self.add_error("delete_on", _("Please choose a day after it happened, at most three years later."))
        return said

    def row(self) -> IncidentRow:
        """What was typed, as a plain value."""
        said = self.cleaned_data
        (were, units), (probe, probing_units) = said["was_there"], said["investigates"]
        return IncidentRow(said["key"], said["happened_on"], said["delete_on"], were, probe, units, probing_units)

    def _people(self, lines: list[str]) -> tuple[tuple[str, ...], tuple[PostRow, ...]]:
        helpers, posts = [], []
        for line in lines:
            name, _colon, unit = line.partition(":")
            if (helper := self._helpers.get(_plain(line))) is not None:
                helpers.append(helper)
            elif (agency := self._agencies.get(_plain(name))) is not None:
                posts.append(PostRow(agency, unit.strip() or WHOLE_AGENCY))
            else:
                raise forms.ValidationError(
                    _("“%(name)s” is nobody on this roster, and no agency of it.") % {"name": line[:60]}
                )
        return tuple(dict.fromkeys(helpers)), tuple(dict.fromkeys(posts))

    @staticmethod
    def filled_with(row: IncidentRow, *, helpers: Mapping[str, str], agencies: Mapping[str, str]) -> dict[str, Any]:
        """The form as it stands for one that is there already; the names by their keys."""
        return {
            "key": row.key,
            "happened_on": row.happened_on.isoformat(),
            "delete_on": row.delete_on.isoformat(),
            "was_there": _lines(row.was_there, row.units, helpers, agencies),
            "investigates": _lines(row.investigated_by, row.investigating_units, helpers, agencies),
        }


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def by_name(named: Mapping[str, str]) -> dict[str, str]:
    """From keys to names, turned round: each name as somebody may type it, and the key itself."""
    return {_plain(name): key for key, name in named.items()} | {_plain(key): key for key in named}


def _lines(
    people: tuple[str, ...], posts: tuple[PostRow, ...], helpers: Mapping[str, str], agencies: Mapping[str, str]
) -> str:
    """By key where two share a name: what stands there must read back as the same person."""
    names = list(helpers.values())
    lines = [helpers[key] if names.count(helpers[key]) == 1 else key for key in people]
    for post in posts:
        agency = agencies.get(post.agency, post.agency)
        lines.append(agency if post.unit == WHOLE_AGENCY else f"{agency}: {post.unit}")
    return "\n".join(lines)
