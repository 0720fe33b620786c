"""Never this person (promise P9): the rules that leave a helper out, whatever else is true.

Each rule gives one of three answers about one helper: no, yes, or "it may be". A rule that cannot be decided errs to
leaving the helper out, and says so in a sentence the caller can act on. Some rules hold for every call, without a wish:
nobody who supervises the caller, is supervised by them or investigates their agency.

The sentences never tell who is on the team: what is said about typed names is the same whether or not a name was found.
"""

from collections.abc import Callable, Collection, Hashable, Sequence
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from django.utils.translation import gettext as _

from stepitup.ground.vocabulary import UNKNOWN
from stepitup.roster.agency_names import Same, means, names_no_agency, same_unit
from stepitup.roster.facts import WHOLE_AGENCY, HelperFacts, Post, Wishes
from stepitup.roster.person_names import is_only_a_title, tokens_typed, who_looks_like

# Who stands above whom. Civilians stand beside: their band says nothing about command.
_HEIGHT = {"line": 0, "supervisor": 1, "command": 2}

Rule = Callable[[HelperFacts], Same]

# What a rule looks at. Thousands of helpers share a few agencies, units and ranks: each of these is judged once a call.
_agency = attrgetter("employer")
_supervises = attrgetter("supervises")
_declines = attrgetter("never_for")
_incidents = attrgetter("was_at", "investigates")


def _inquiries(helper: HelperFacts) -> Hashable:
    return helper.internal_affairs and helper.employer


def _rank(helper: HelperFacts) -> Hashable:
    return helper.rank_band, bool(helper.supervises), helper.employer


def _rank_and_unit(helper: HelperFacts) -> Hashable:
    return helper.rank_band, helper.unit, helper.employer


def _unit(helper: HelperFacts) -> Hashable:
    """Whoever has no unit may be of any unit of their agency."""
    return helper.unit or helper.employer, helper.supervises


class _InForce(NamedTuple):
    """A rule of this call, all that it looks at in a helper, and what is said where it has to err."""

    rule: Rule
    looks_at: Callable[[HelperFacts], Hashable]
    doubt: str


class _Alike(NamedTuple):
    """For each helper what is looked at in them, and one helper as an example of each."""

    keys: Sequence[Hashable]
    examples: dict[Hashable, HelperFacts]


class NeverRules:
    """The never-rules of one call, laid on all helpers at once."""

    def __init__(self, wishes: Wishes, helpers: Sequence[HelperFacts]) -> None:
        self._wishes, self._helpers = wishes, helpers
        self._my_agency_known = bool(wishes.mine_agency.strip()) and not names_no_agency(wishes.mine_agency)
        # Remembered for this call only, and gone with it.
        self._is_my_agency, self._same_unit = means(wishes.mine_agency), cache(same_unit)
        self._known = dict[Callable[[HelperFacts], Hashable], _Alike]()
        self._doubts = dict.fromkeys(self._doubts_from_the_start())

    def who_is_left_out(self) -> frozenset[int]:
        """Whoever must never come for this call. Every rule is asked of everybody, so that every doubt is told."""
        out = self._who_is_named()
        for one in self._rules_in_force():
            out |= self._forbidden_by(one)
        return frozenset(out)

    def _forbidden_by(self, one: _InForce) -> set[int]:
        alike = self._alike_in(one.looks_at)
        answers = {key: one.rule(example) for key, example in alike.examples.items()}
        if one.doubt and Same.MAYBE in answers.values():
            self._doubts.setdefault(one.doubt)
        forbidden = {key for key, answer in answers.items() if answer is not Same.NO}
        if not forbidden:
            return set()
        return {helper.id for helper, key in zip(self._helpers, alike.keys, strict=True) if key in forbidden}

    def _alike_in(self, looks_at: Callable[[HelperFacts], Hashable]) -> _Alike:
        if looks_at not in self._known:
            keys = [looks_at(helper) for helper in self._helpers]
            self._known[looks_at] = _Alike(keys, dict(zip(keys, self._helpers, strict=True)))
        return self._known[looks_at]

    def _who_is_named(self) -> set[int]:
        """Named, or close to somebody named: whoever refuses Lt. Ruiz does not want Ruiz's wife either."""
        looked_for = {token for name in self._wishes.never_names for token in tokens_typed(name)}
        if not looked_for:
            return set()
        names = [helper.name_tokens for helper in self._helpers]
        close = [helper.related_tokens for helper in self._helpers]
        # Each word of the team's names is looked at once, not once for each helper.
        meant = who_looks_like(looked_for, frozenset[str]().union(*names, *filter(None, close)))
        if not meant:
            return set()
        apart = meant.isdisjoint
        return {
            helper.id
            for helper, theirs, of_theirs in zip(self._helpers, names, close, strict=True)
            if not apart(theirs) or (of_theirs and not apart(of_theirs))
        }

    @property
    def unsure(self) -> tuple[str, ...]:
        """A sentence for each rule that could not be decided and left somebody out."""
        return tuple(self._doubts)

    def who_are_colleagues(self, *, besides: Collection[int]) -> dict[int, bool]:
        """For each helper whether they work where the caller works; whoever cannot be told for sure is not in it."""
        if not self._my_agency_known:
            return {}
        alike = self._alike_in(_agency)
        answers = {key: self._is_of_my_agency(example) for key, example in alike.examples.items()}
        sure = {key: answer is Same.YES for key, answer in answers.items() if answer is not Same.MAYBE}
        return {
            helper.id: sure[key]
            for helper, key in zip(self._helpers, alike.keys, strict=True)
            if helper.id not in besides and key in sure
        }

    def _rules_in_force(self) -> list[_InForce]:
        wishes, rules = self._wishes, list[_InForce]()

        def add(rule: Rule, looks_at: Callable[[HelperFacts], Hashable], doubt: str) -> None:
            rules.append(_InForce(rule, looks_at, doubt))

        add(self._investigates_my_agency, _inquiries, self._doubt_about_internal_affairs())
        if self._my_agency_known:
            add(self._supervises_me, _supervises, self._doubt_about_my_unit())
            if _HEIGHT.get(wishes.mine_rank_band, 0):
                add(self._is_supervised_by_me, _rank_and_unit, self._doubt_about_my_unit())
            add(self._does_not_take_my_unit, _declines, "")
        if wishes.never_my_agency or wishes.family or any(map(names_no_agency, wishes.never_agencies)):
            add(self._is_of_my_agency, _agency, self._doubt_about_my_agency())
        if wishes.never_above_me or any(map(is_only_a_title, wishes.never_names)):
            add(self._is_above_me, _rank, self._doubt_about_rank())
        if wishes.incident_on or "under_investigation" in wishes.matters:
            add(self._has_to_do_with_it, _incidents, self._doubt_about_the_incident())
        for agency in self._agencies_named():
            add(self._is_of(agency), _agency, _doubt_about_an_agency(agency))
        for unit in filter(str.strip, wishes.never_units):
            add(self._is_of_unit(unit), _unit, _doubt_about_a_unit(unit))
        return rules

    def _agencies_named(self) -> list[str]:
        return [agency for agency in self._wishes.never_agencies if not names_no_agency(agency)]

    # The rules -------------------------------------------------------------------------------------------------------

    def _is_of_my_agency(self, helper: HelperFacts) -> Same:
        """Works the helper where the caller works? Another state is another agency, also while the name is unknown."""
        if helper.independent:
            return Same.NO
        if not helper.agency_names:
            return Same.MAYBE
        if self._my_agency_known:
            return max(map(self._is_my_agency, helper.agency_names))
        states = {self._wishes.work_state, helper.agency_state}
        return Same.NO if len(states) == 2 and UNKNOWN not in states else Same.MAYBE

    def _investigates_my_agency(self, helper: HelperFacts) -> Same:
        """Internal affairs are asked only by people surely of another agency."""
        if not helper.internal_affairs:
            return Same.NO
        return self._is_of_my_agency(helper) if self._my_agency_known else Same.MAYBE

    def _is_above_me(self, helper: HelperFacts) -> Same:
        """Two doubts make one: the same agency perhaps, a higher rank perhaps."""
        height = self._stands_above(helper)
        return min(height, self._is_of_my_agency(helper)) if height else Same.NO

    def _stands_above(self, helper: HelperFacts) -> Same:
        """Bands are wide: a sergeant and a lieutenant share one, so an equal band above the line may still be above."""
        if helper.supervises:
            return Same.YES
        theirs, mine = _HEIGHT.get(helper.rank_band), _HEIGHT.get(self._wishes.mine_rank_band)
        if theirs is None:
            return Same.MAYBE if helper.rank_band == UNKNOWN else Same.NO
        if mine is None:
            return Same.MAYBE if theirs else Same.NO
        return Same.YES if theirs > mine else Same.MAYBE if theirs == mine and theirs else Same.NO

    def _supervises_me(self, helper: HelperFacts) -> Same:
        return self._covers_me(helper.supervises)

    def _does_not_take_my_unit(self, helper: HelperFacts) -> Same:
        """The helper's own wish: nobody from this unit, because a relative works there."""
        return self._covers_me(helper.never_for)

    def _covers_me(self, posts: Collection[Post]) -> Same:
        return max([self._is_my_post(post) for post in posts], default=Same.NO) if posts else Same.NO

    def _is_my_post(self, post: Post) -> Same:
        agency, unit = post
        here = self._is_my_agency(agency)
        return (
            here
            if unit == WHOLE_AGENCY or here is Same.NO
            else min(here, self._same_unit(self._wishes.mine_unit, unit))
        )

    def _is_supervised_by_me(self, helper: HelperFacts) -> Same:
        """The law wants no talk between a boss and their people, in either direction."""
        mine = _HEIGHT.get(self._wishes.mine_rank_band, 0)
        if not mine or helper.rank_band == "civilian" or _HEIGHT.get(helper.rank_band, 0) >= mine:
            return Same.NO
        here = self._is_of_my_agency(helper)
        # Whoever commands may command any unit; whoever supervises, their own.
        unit = (
            self._same_unit(self._wishes.mine_unit, helper.unit)
            if self._wishes.mine_rank_band == "supervisor"
            else Same.YES
        )
        return min(here, unit)

    def _is_of(self, agency: str) -> Rule:
        is_that = means(agency)

        def is_of_that_agency(helper: HelperFacts) -> Same:
            if helper.independent:
                return Same.NO
            return max(map(is_that, helper.agency_names)) if helper.agency_names else Same.MAYBE

        return is_of_that_agency

    def _is_of_unit(self, unit: str) -> Rule:
        def is_of_that_unit(helper: HelperFacts) -> Same:
            if any(self._same_unit(unit, post[1]) for post in helper.supervises if post[1] != WHOLE_AGENCY):
                return Same.YES
            if helper.unit:
                return self._same_unit(unit, helper.unit)
            return min(Same.MAYBE, self._is_of_my_agency(helper))

        return is_of_that_unit

    def _has_to_do_with_it(self, helper: HelperFacts) -> Same:
        """Nobody who was at the incident or investigates it, by its day (a night has two).

        Without a day whoever investigates anything may be the one.
        """
        day = self._wishes.incident_on
        if day is None:
            return Same.MAYBE if helper.investigates else Same.NO
        days = helper.was_at | helper.investigates
        if day in days:
            return Same.YES
        return Same.MAYBE if any(abs((day - one).days) == 1 for one in days) else Same.NO

    # What is said when a rule had to err -----------------------------------------------------------------------------

    def _doubts_from_the_start(self) -> list[str]:
        if not any(name.strip() for name in self._wishes.never_names):
            return []
        return [
            _(
                "A name can be written in many ways. Everybody whose name is close to what you typed is left out. "
                "A nickname may be one we do not know."
            )
        ]

    def _doubt_about_my_agency(self) -> str:
        if self._wishes.family:
            return _("We are not sure where your responder works, so everybody who may work there is left out.")
        if self._my_agency_known:
            return _("We are not sure which agency is yours. Everybody who may work there is left out.")
        return _("We do not know which agency is yours, so everybody who may work there is left out.")

    def _doubt_about_internal_affairs(self) -> str:
        if self._wishes.family:
            return self._doubt_about_my_agency()
        if self._my_agency_known:
            return _(
                "We are not sure which agency is yours, so nobody from internal affairs who may work there is asked."
            )
        return _("We do not know which agency is yours, so nobody from internal affairs is asked.")

    def _doubt_about_my_unit(self) -> str:
        if self._wishes.family:
            return ""  # nobody of that agency comes anyway
        return _(
            "We are not sure which unit is yours, so everybody who may supervise you, or whom you may supervise, "
            "is left out."
        )

    def _doubt_about_the_incident(self) -> str:
        if self._wishes.incident_on is None:
            return _("We do not know which investigation it is, so nobody who is known to lead one is asked.")
        return _("We are not sure which incident you mean. Everybody who may have been there is left out.")

    def _doubt_about_rank(self) -> str:
        if self._my_agency_known and self._wishes.mine_rank_band in _HEIGHT:
            return _("We cannot tell for everybody who is above you. Whoever may be is left out.")
        return _("We do not know your agency and rank, so every supervisor who may be above you is left out.")


def _doubt_about_an_agency(typed: str) -> str:
    return _("“%(typed)s” may mean more than one agency. Everybody who may work there is left out.") % {"typed": typed}


def _doubt_about_a_unit(typed: str) -> str:
    return _("“%(typed)s” may mean more than one unit. Everybody who may work there is left out.") % {"typed": typed}
