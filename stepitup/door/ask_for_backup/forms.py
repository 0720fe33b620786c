"""The few forms of the caller's journey. Everything in them may be left out."""

from typing import Self

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stepitup.calls.told import Number, Told
from stepitup.door import labels
from stepitup.door.typed import Day, Lines, OneOf, OneOfFew, PhoneNumber, SomeOf, Typed
from stepitup.ground.team import team
from stepitup.ground.vocabulary import FAMILIES, UNKNOWN
from stepitup.limits.notice import Situation
from stepitup.roster.facts import Wishes
from stepitup.roster.shared_ground import MATTERS, SHARED_GROUND

_NAME, _UNIT, _LINE, _MOST_LINES = 120, 80, 120, 20
LONGEST_PLACE = 500

SHOWABLE: dict[str, Promise | str] = {
    "service": _("The kind of work I do"),
    "state": _("My state"),
    "agency": _("My agency"),
    "unit": _("My unit"),
    "rank_band": _("My rank"),
    "matters": _("What I want us to have in common"),
}


def family_wishes(responder_at: str, state: str) -> Wishes:
    """What leaves out the agency at which a caller's responder works; all who may be of it, where it was not said."""
    return Wishes(mine_agency=responder_at, family=True, work_service=FAMILIES, work_state=state)


class Who(forms.Form):
    """Who comes first."""

    wants = OneOfFew(choices=labels.choices(labels.WANTS), label=_("Who comes first"))

    def told(self) -> Told:
        """What the caller said, or nothing."""
        return Told(wants=self.cleaned_data["wants"] or None)


class Workplace(forms.Form):
    """State, service, employer: they decide which law is shown."""

    state = OneOf(choices=labels.states(), label=_("Your state"))
    service = OneOf(choices=labels.choices_or_unknown(labels.SERVICES), label=_("Your work"))
    employer = OneOf(choices=labels.choices_or_unknown(labels.EMPLOYERS), label=_("Who employs you"))

    def situation(self) -> Situation:
        """Where and for whom the caller works."""
        said = {name: self.cleaned_data[name] or UNKNOWN for name in ("state", "service", "employer")}
        return Situation(**said)


class Work(Workplace):
    """The same within a call, where it also says whose agency a responder's family leaves out."""

    responder_at = Typed(
        longest=_NAME,
        label=_("Only if you are family: where your responder works"),
        help_text=_("We leave these people out. Without it, we leave out everybody of whom we are not sure. Not kept."),
    )

    @classmethod
    def filled_with(cls, situation: Situation) -> Self:
        """As the caller said before; a team's own state is a fair first guess, and it is seen."""
        state = situation.state if situation.state != UNKNOWN else team().default_state
        return cls(initial={"state": state, "service": situation.service, "employer": situation.employer})

    def told(self, before: Situation) -> Told:
        """What the caller said. Family said here leaves the responder's agency out, as on the screen for family."""
        situation = self.situation()
        is_new = situation.service == FAMILIES != before.service
        wishes = family_wishes(self.cleaned_data["responder_at"], situation.state)
        return Told(situation=situation, wishes=wishes if is_new or wishes.mine_agency else None)


class Matters(forms.Form):
    """What matters in a helper, and who must not come. It is used once, to put helpers in order, and not kept."""

    matters = SomeOf(
        # The language is named below, not ticked.
        choices=[(word, common.label) for word, common in SHARED_GROUND.items() if word != "language"],
        label=_("What you want in common"),
    )
    language = OneOf(
        choices=[("", labels.NOT_SAID), *labels.LANGUAGES.items()], label=_("The language you want to speak")
    )
    agency = Typed(
        longest=_NAME,
        label=_("Your agency"),
        help_text=_("Without it, “nobody from my agency” leaves out everybody who may work there."),
    )
    unit = Typed(longest=_UNIT, label=_("Your unit, station or shift"))
    rank_band = OneOf(choices=labels.choices_or_unknown(labels.RANK_BANDS), label=_("Your rank"))
    never_my_agency = forms.BooleanField(required=False, label=_("Nobody from my agency"))
    never_above_me = forms.BooleanField(required=False, label=_("Nobody above me"))
    never_names = Lines(
        longest=_LINE,
        most=_MOST_LINES,
        label=_("Not these people"),
        help_text=_("One name on each line. We never show a list of helpers to pick from."),
    )
    incident_on = Day(
        label=_("Nobody who was there, on the day it happened"),
        help_text=_(
            "As 2027-05-31. Whoever was there, or looks into it, is left out, as far as your team wrote it down."
        ),
    )
    never_units = Lines(longest=_UNIT, most=_MOST_LINES, label=_("Not these units"), help_text=_("One on each line."))
    never_agencies = Lines(
        longest=_NAME, most=_MOST_LINES, label=_("Not these agencies"), help_text=_("One on each line.")
    )
    show = SomeOf(choices=list(SHOWABLE.items()), label=_("Also show to the helper"))

    def told(self, situation: Situation) -> Told:
        """What the caller said; wishes only where there are any, so that a form left empty leaves nobody out."""
        wishes = self._wishes(situation)
        nothing = Wishes(work_service=situation.service, work_state=situation.state)
        return Told(wishes=None if wishes == nothing else wishes, shown=self._shown(situation))

    def _wishes(self, situation: Situation) -> Wishes:
        """What matching is given; the words themselves are let go after it."""
        said = self.cleaned_data
        return Wishes(
            mine_agency=said["agency"],
            mine_unit=said["unit"],
            mine_rank_band=said["rank_band"] or UNKNOWN,
            matters=dict.fromkeys(said["matters"], MATTERS),
            never_agencies=said["never_agencies"],
            never_names=said["never_names"],
            never_units=said["never_units"],
            never_above_me=said["never_above_me"],
            incident_on=said["incident_on"],
            never_my_agency=said["never_my_agency"],
            work_service=situation.service,
            work_state=situation.state,
            language=said["language"],
        )

    def _shown(self, situation: Situation) -> tuple[str, ...]:
        """What the caller chose to show: lines that the helper reads, and words of what we can have in common."""
        said, chosen = self.cleaned_data, self.cleaned_data["show"]
        rank = said["rank_band"] or UNKNOWN
        able = {
            "service": (situation.service, gettext("Work: %(what)s"), labels.SERVICES.get(situation.service)),
            "state": (situation.state, gettext("State: %(what)s"), dict(labels.states()).get(situation.state)),
            "agency": (said["agency"], gettext("Agency: %(what)s"), said["agency"]),
            "unit": (said["unit"], gettext("Unit: %(what)s"), said["unit"]),
            "rank_band": (rank, gettext("Rank: %(what)s"), labels.RANK_BANDS.get(rank)),
        }
        lines = [able[word] for word in SHOWABLE if word in able and word in chosen]
        told = [sentence % {"what": what} for value, sentence, what in lines if value and value != UNKNOWN]
        # As our own words, so that each reads them in their own language, and both are told what they have in common.
        return (*told, *(said["matters"] if "matters" in chosen else ()))


class Family(forms.Form):
    """A press by somebody of a responder's family: the responder's agency is left out."""

    agency = Typed(
        longest=_NAME,
        label=_("Where your responder works"),
        help_text=_("Used once, to leave these people out. Not kept."),
    )
    state = OneOf(choices=labels.states(), label=_("Your state"))

    @classmethod
    def fresh(cls) -> Self:
        """With the team's own state as a first guess that is seen."""
        return cls(initial={"state": team().default_state})

    def told(self) -> Told:
        """A situation and wishes that leave the responder's agency out."""
        state = self.cleaned_data["state"] or UNKNOWN
        return Told(
            situation=Situation(state=state, service=FAMILIES),
            wishes=family_wishes(self.cleaned_data["agency"], state),
        )


class ReachMe(forms.Form):
    """A number, and what to do if the two lose each other."""

    phone = PhoneNumber(label=_("Your number"), help_text=_("Any way of writing it. You can leave it empty."))
    if_lost = OneOfFew(choices=labels.choices(labels.IF_LOST), label=_("If we lose you"))

    def number(self) -> Number | None:
        """The number, or None when none was typed: then there is nothing to keep."""
        phone = self.cleaned_data["phone"]
        return Number(phone, self.cleaned_data["if_lost"] or "neither") if phone else None


class Where(forms.Form):
    """Where the caller is, in their own words."""

    place = Typed(
        longest=LONGEST_PLACE,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        label=_("Where you are"),
        help_text=_("A street, a place, a mile marker: whatever helps to find you."),
    )


class EightWords(forms.Form):
    """The eight words that bring a caller back."""

    words = Typed(
        longest=400,
        widget=forms.Textarea(
            attrs={"rows": 2, "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        label=_("Your eight words"),
        help_text=_("Any spacing, large or small letters."),
    )
