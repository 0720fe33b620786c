"""Never this person (promise P9): the rules that leave a helper out, whatever else is true.

Each rule gives one of three answers about one helper: no, yes, or "it may be". A rule that cannot be decided errs to
leaving the helper out, and says so in a sentence the caller can act on. Some rules hold for every call, without a wish:
nobody who supervises the caller, is supervised by them or investigates their agency.

The sentences never tell who is on the team: what is said about typed names is the same whether or not a name was found.
"""

from collections.abc import Callable, Collection, Hashable, Sequence
from functools import cache

from django.utils.translation import gettext as _

from stepitup.ground.vocabulary import UNKNOWN
from stepitup.roster.agency_names import Same, means, names_no_agency, same_unit
from stepitup.roster.facts import WHOLE_AGENCY, HelperFacts, Post, Wishes
from stepitup.roster.person_names import is_only_a_title, looks_like, tokens_typed

# Who stands above whom. Civilians stand beside: their band says nothing about command.
_HEIGHT = {"line": 0, "supervisor": 1, "command": 2}

Rule = Callable[[HelperFacts], Same]


class NeverRules:
    """The never-rules of one call, ready to be put to many helpers."""

    def __init__(self, wishes: Wishes, helpers: Sequence[HelperFacts]) -> None:
        self._wishes = wishes
        self._my_agency_known = bool(wishes.mine_agency.strip()) and not names_no_agency(wishes.mine_agency)
        # Remembered for this call only, and gone with it: thousands of helpers share a few agencies and units.
        self._same_agency, self._same_unit = cache(lambda typed: cache(means(typed))), cache(same_unit)
        self._named = _tokens_meant(wishes.never_names, helpers)
        self._rules = self._rules_in_force()
        self._doubts = dict.fromkeys(self._doubts_from_the_start())
        # Whether any rule in force looks at a helper's unit, or at their rank.
        commands = bool(_HEIGHT.get(wishes.mine_rank_band, 0))
        self._by_unit = commands or any(unit.strip() for unit in wishes.never_units)
        self._by_rank = commands or wishes.never_above_me or any(map(is_only_a_title, wishes.never_names))
        self._judged = dict[Hashable, tuple[bool, bool | None]]()

    def judge(self, helper: HelperFacts) -> tuple[bool, bool | None]:
        """Must this helper never come? And do they work where the caller works (None: it cannot be told for sure)?"""
        post = self._post_of(helper)
        judged = self._judged.get(post)
        if judged is None:
            judged = self._judged[post] = (self._leave_out(helper), self._is_colleague(helper))
        return (True, judged[1]) if self._named and self._is_named(helper) else judged

    def _leave_out(self, helper: HelperFacts) -> bool:
        """Every rule is asked, so that every doubt is told."""
        left_out = False
        for rule, doubt in self._rules:
            answer = rule(helper)
            left_out = left_out or answer is not Same.NO
            if answer is Same.MAYBE and doubt:
                self._doubts.setdefault(doubt)
        return left_out

    @property
    def unsure(self) -> tuple[str, ...]:
        """A sentence for each rule that could not be decided and left somebody out."""
        return tuple(self._doubts)

    def _is_colleague(self, helper: HelperFacts) -> bool | None:
        if not self._my_agency_known or not (helper.independent or helper.agency_names):
            return None
        answer = self._is_of_my_agency(helper)
        return None if answer is Same.MAYBE else answer is Same.YES

    def _post_of(self, helper: HelperFacts) -> Hashable:
        """All that the rules in force look at besides names: thousands of helpers share a few hundred posts."""
        return (
            helper.agency_name,
            helper.unit if self._by_unit else "",
            helper.rank_band if self._by_rank else "",
            helper.agency_aliases,
            helper.agency_state,
            helper.independent,
            helper.internal_affairs,
            helper.supervises,
            helper.never_for,
            helper.was_at,
            helper.investigates,
        )

    def _rules_in_force(self) -> list[tuple[Rule, str]]:
        wishes, rules = self._wishes, list[tuple[Rule, str]]()
        rules.append((self._investigates_my_agency, self._doubt_about_internal_affairs()))
        if self._my_agency_known:
            rules.append((self._supervises_me, self._doubt_about_my_unit()))
            rules.append((self._is_supervised_by_me, self._doubt_about_my_unit()))
            rules.append((self._does_not_take_my_unit, ""))
        if wishes.never_my_agency or wishes.family or any(map(names_no_agency, wishes.never_agencies)):
            rules.append((self._is_of_my_agency, self._doubt_about_my_agency()))
        if wishes.never_above_me or any(map(is_only_a_title, wishes.never_names)):
            rules.append((self._is_above_me, self._doubt_about_rank()))
        if wishes.incident_on or "under_investigation" in wishes.matters:
            rules.append((self._has_to_do_with_it, self._doubt_about_the_incident()))
        rules.extend((self._is_of(agency), _doubt_about_an_agency(agency)) for agency in self._agencies_named())
        rules.extend((self._is_of_unit(unit), _doubt_about_a_unit(unit)) for unit in wishes.never_units if unit.strip())
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
            return self._my_agency_is(helper.agency_names)
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
        here = self._my_agency_is((agency,))
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
        def is_of_that_agency(helper: HelperFacts) -> Same:
            if helper.independent:
                return Same.NO
            return self._same_agency(agency)(helper.agency_names) if helper.agency_names else Same.MAYBE

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

    def _is_named(self, helper: HelperFacts) -> bool:
        """Named, or close to somebody named: whoever refuses Lt. Ruiz does not want Ruiz's wife either."""
        meant = self._named
        return not (meant.isdisjoint(helper.name_tokens) and meant.isdisjoint(helper.related_tokens))

    def _my_agency_is(self, names: tuple[str, ...]) -> Same:
        return self._same_agency(self._wishes.mine_agency)(names)

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


def _tokens_meant(typed: Sequence[str], helpers: Sequence[HelperFacts]) -> frozenset[str]:
    """Every word in the team's names that could be meant: each word is looked at once, not once for each helper."""
    looked_for = {token for name in typed for token in tokens_typed(name)}
    if not looked_for:
        return frozenset()
    on_the_team = {token for helper in helpers for token in (*helper.name_tokens, *helper.related_tokens)}
    return frozenset(token for token in on_the_team if any(looks_like(one, token) for one in looked_for))
