"""What a coordinator types about a helper."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stepitup.door import labels
from stepitup.door.typed import Lines, OneOf, OneOfFew, SomeOf, Typed
from stepitup.ground.vocabulary import UNKNOWN, Kind
from stepitup.roster.facts import WHOLE_AGENCY
from stepitup.roster.keeping.kept import Kept, Post
from stepitup.roster.keeping.questions import agencies, agency_called

INDEPENDENT: Final = "none"
_MOST_POSTS = 30
_SWORN = {"yes": True, "no": False, UNKNOWN: None}
_KINDS = {
    Kind.PEER: gettext_lazy("Peer"),
    Kind.CHAPLAIN: gettext_lazy("Chaplain"),
    Kind.CLINICIAN: gettext_lazy("Clinician"),
    Kind.COORDINATOR: gettext_lazy("Coordinator: is asked to find somebody when nobody answers"),
}
_RANKS: labels.Labels = {**labels.RANK_BANDS, "line": gettext_lazy("Line: leads nobody")}
_SERVICES: labels.Labels = {
    word: label for word, label in labels.SERVICES.items() if word not in {"families", "chaplains", "other"}
}


class AboutAHelper(forms.Form):
    """The coordinator's part. What the helper shares, and how they are reached, they write themselves."""

    display_name = Typed(
        longest=60,
        label=gettext_lazy("Name that callers see"),
        help_text=gettext_lazy("A first name and an initial is enough."),
    )
    full_name = Typed(
        longest=120,
        label=gettext_lazy("Full name"),
        help_text=gettext_lazy("Sealed. Used only so that a caller who names them is never sent them."),
    )
    kinds = SomeOf(choices=list(_KINDS.items()), label=gettext_lazy("Helps as"))
    agency = OneOf(choices=[], label=gettext_lazy("Works for"))
    unit = Typed(longest=80, label=gettext_lazy("Unit, station or shift"))
    rank_band = OneOf(choices=labels.choices_or_unknown(_RANKS), label=gettext_lazy("Rank"))
    sworn = OneOfFew(
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")), (UNKNOWN, gettext_lazy("Not known"))],
        label=gettext_lazy("Sworn"),
    )
    services = SomeOf(choices=labels.choices(_SERVICES), label=gettext_lazy("Kinds of work they know"))
    state = OneOf(choices=labels.states(), label=gettext_lazy("State where they work"))
    internal_affairs = forms.BooleanField(required=False, label=gettext_lazy("Investigates colleagues"))
    supervises = Lines(
        longest=210,
        most=_MOST_POSTS,
        label=gettext_lazy("Whom they supervise"),
        help_text=gettext_lazy("One on each line: agency, a colon, unit. The agency alone means all of it."),
    )

    def __init__(self, *args: Any, only_agency: int | None = None, **kwargs: Any) -> None:
        """`only_agency`: this coordinator looks after one agency's people, and adds nobody elsewhere."""
        super().__init__(*args, **kwargs)
        known = {pk: name for pk, name in agencies().items() if only_agency in {None, pk}}
        nobody = [] if only_agency else [(INDEPENDENT, gettext_lazy("Nobody: independent"))]
        choices = self.fields["agency"]
        assert isinstance(choices, OneOf)
        choices.choices = [
            ("", gettext_lazy("Please choose")),
            *((str(pk), name) for pk, name in known.items()),
            *nobody,
        ]

    @staticmethod
    def filled_with(kept: Kept) -> dict[str, Any]:
        """The form as it stands for somebody who is there already."""
        names = agencies()
        return {
            "display_name": kept.display_name,
            "full_name": kept.full_name,
            "kinds": list(kept.kinds),
            "agency": str(kept.agency) if kept.agency else INDEPENDENT,
            "unit": kept.unit,
            "rank_band": kept.rank_band,
            "sworn": next(word for word, sworn in _SWORN.items() if sworn is kept.sworn),
            "services": list(kept.services),
            "state": kept.state,
            "internal_affairs": kept.internal_affairs,
            "supervises": "\n".join(_post_as_typed(post, names) for post in kept.supervises),
        }

    def clean_display_name(self) -> str:
        """Callers see it, so there must be one."""
        name: str = self.cleaned_data["display_name"]
        if not name:
            raise forms.ValidationError(_("Please write the name that callers see."))
        return name

    def clean_kinds(self) -> list[str]:
        """Somebody helps as something."""
        kinds: list[str] = self.cleaned_data["kinds"]
        if not kinds:
            raise forms.ValidationError(_("Please choose at least one."))
        return kinds

    def clean_agency(self) -> str:
        """Unknown would make every never-rule about agencies unsure."""
        agency: str = self.cleaned_data["agency"]
        if not agency:
            raise forms.ValidationError(_("Please choose where they work, or that they are independent."))
        return agency

    def clean_supervises(self) -> tuple[Post, ...]:
        """Each line is an agency that we know, and a unit."""
        posts = []
        for line in self.cleaned_data["supervises"]:
            name, _colon, unit = line.partition(":")
            agency = agency_called(name)
            if agency is None:
                raise forms.ValidationError(_("“%(name)s” is no agency of this roster.") % {"name": name.strip()[:60]})
            posts.append(Post(agency, unit.strip() or WHOLE_AGENCY))
        return tuple(sorted(dict.fromkeys(posts), key=lambda post: (post.agency, post.unit)))

    def kept(self) -> Kept:
        """What was typed, as a plain value."""
        said = self.cleaned_data
        return Kept(
            display_name=said["display_name"],
            kinds=tuple(kind for kind in Kind if kind in said["kinds"]),
            full_name=said["full_name"],
            agency=None if said["agency"] == INDEPENDENT else int(said["agency"]),
            unit=said["unit"],
            rank_band=said["rank_band"] or UNKNOWN,
            sworn=_SWORN[said["sworn"] or UNKNOWN],
            services=tuple(said["services"]),
            state=said["state"] or UNKNOWN,
            internal_affairs=said["internal_affairs"],
            supervises=said["supervises"],
        )


def _post_as_typed(post: Post, names: dict[int, str]) -> str:
    agency = names.get(post.agency, "")
    return agency if post.unit == WHOLE_AGENCY else f"{agency}: {post.unit}"
