"""What a caller does with an open call: more, not this one, no more. Each is pressed; a double press does it once."""

from contextlib import suppress
from datetime import timedelta

from django.http import HttpResponse

from stepitup.calls import actions
from stepitup.calls.errors import NobodyToRefuse, NothingSuggested
from stepitup.door.ask_for_backup import walk
from stepitup.door.ask_for_backup.at import At, closed, for_the_caller, private_screen
from stepitup.ground.deeds import deed

# A press on a screen from before the call moved on is a second press only if that was a moment ago; later, the caller
# looked at an old screen and means it.
_A_DOUBLE_PRESS = timedelta(seconds=15)


@for_the_caller
def step_up(at: At) -> HttpResponse:
    """More, now: the next kind of backup."""
    if _pressed(at) and not _pressed_twice(at):
        deed(actions.step_up, at.caller.call)
    return walk.go_on(_all_walked(at))


@for_the_caller
def not_this_person(at: At) -> HttpResponse:
    """No reason is asked. The press names whom it saw, so that it never refuses the next one."""
    whom = [there.seat for there in at.standing.sees.helpers if there.mark == at.request.POST.get("whom")]
    if _pressed(at) and whom:
        with suppress(NobodyToRefuse):  # they left in this very moment
            deed(actions.not_this_person, at.caller.call, seat=whom[0])
    return walk.go_on(at.again())


@for_the_caller
def suggestion(at: At) -> HttpResponse:
    """Their helper suggests a further kind of backup; nothing happens without this yes."""
    answer = at.request.POST.get("answer", "")
    if _pressed(at) and answer in {"yes", "no"}:
        with suppress(NothingSuggested):  # answered before, or taken back
            deed(actions.answer_suggestion, at.caller.call, yes=answer == "yes")
    return walk.go_on(at.again())


@for_the_caller
def stand_down(at: At) -> HttpResponse:
    """Asked once more before anything happens, because everybody is released."""
    if not _pressed(at) or "sure" not in at.request.POST:
        return private_screen(at, "stand_down.html")
    deed(actions.stand_down, at.caller.call)
    return closed(at.again())


def _pressed(at: At) -> bool:
    return at.request.method == "POST"


def _pressed_twice(at: At) -> bool:
    moved = at.request.POST.get("seen", at.standing.search_mark) != at.standing.search_mark
    return moved and at.standing.now - at.standing.sees.changed_at < _A_DOUBLE_PRESS


def _all_walked(at: At) -> At:
    """Whoever presses for more wants a person, not questions."""
    return at.past("limits").again()
