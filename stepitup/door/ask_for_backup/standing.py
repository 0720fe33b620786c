"""Where a call stands, in sentences: what every screen of a caller says first."""

from dataclasses import dataclass
from datetime import datetime

from stepitup.calls.shown import CallerSees
from stepitup.door import words
from stepitup.limits.notice import Notice


@dataclass(frozen=True)
class Standing:
    """A call at one moment. `heart_beats` is False when the watch, which does the paging, has stopped."""

    sees: CallerSees
    now: datetime
    heart_beats: bool

    @property
    def paged_now(self) -> list[str]:
        """Right after the press."""
        return self._with_who_was_wanted(words.being_paged(self.sees.paged))

    @property
    def paged(self) -> list[str]:
        """While waiting."""
        so_far = words.were_paged(self.sees.paged)
        rest = words.may_still_answer(self.sees.pages_out, paged=sum(one.how_many for one in self.sees.paged))
        lost = words.could_not_be_reached(self.sees.not_reached)
        return self._with_who_was_wanted([sentence for sentence in (*so_far, rest, lost) if sentence])

    @property
    def next_time(self) -> str:
        """When the next step comes: "in 2 minutes (03:21 MST)"; empty when nobody is looked for."""
        return words.when(self.sees.next_at, self.now) if self.sees.next_at else ""

    @property
    def true_for(self) -> int:
        """For how many seconds this screen is right about the time: an open one reads itself anew then. 0 for ever."""
        hotline_comes = None if self.hotline_is_main or self.sees.helpers else self.sees.hotline_is_main_at
        moments = (words.true_for(moment, self.now) for moment in (self.sees.next_at, hotline_comes))
        return min((seconds for seconds in moments if seconds), default=0)

    @property
    def next_clock(self) -> str:
        """The same moment alone: "03:21 MST"."""
        return words.clock_time(self.sees.next_at) if self.sees.next_at else ""

    @property
    def next_kinds(self) -> str:
        """Who is paged then."""
        return words.next_kinds(self.sees.next_kinds)

    @property
    def who_is_here(self) -> list[str]:
        """Who has answered or is with the caller, a sentence each."""
        return [
            words.is_with_you(there.helper.display_name)
            if there.joined
            else words.answered(there.helper.role, there.helper.display_name)
            for there in self.sees.helpers
        ]

    @property
    def limits_first(self) -> bool:
        """Somebody has answered and may not speak before the caller has read the limits."""
        return bool(self.sees.helpers and self.sees.limits_due)

    @property
    def number_is_wanted(self) -> bool:
        """The limits were read and neither of the two has a number of the other: hers is what brings them together."""
        numbers = [there.helper.team_number for there in self.sees.helpers]
        return bool(numbers) and not any(numbers) and not self.limits_first and self.sees.number is None

    @property
    def hotline_is_main(self) -> bool:
        """From minute 2, on the step after which there is none, and when our own machine is in trouble."""
        if self.sees.helpers:
            return not self.heart_beats
        return not self.heart_beats or self.sees.last_step or self.now >= self.sees.hotline_is_main_at

    @property
    def due(self) -> Notice | None:
        """The limits to read next."""
        return self.sees.limits_due[0] if self.sees.limits_due else None

    @property
    def expires(self) -> str:
        """Until when the call stays open."""
        return words.clock_time(self.sees.expires_at)

    @property
    def deleted_on(self) -> str:
        """The day on which everything about the call is deleted."""
        return words.day(self.sees.delete_at)

    @property
    def search_mark(self) -> str:
        """Tells one step of one search from the next, so that a form pressed twice steps up once."""
        return f"{self.sees.turns}.{self.sees.step}"

    def _with_who_was_wanted(self, sentences: list[str]) -> list[str]:
        """Whoever asked for a chaplain and reads of peers alone is told why. Where nobody at all was asked, that is."""
        came = self.sees.helpers or self.sees.wants in {one.kind.value for one in self.sees.paged}
        why = "" if came else words.none_of_the_wanted(self.sees.wants)
        return [*sentences, why] if sentences and why else sentences
