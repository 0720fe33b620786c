"""Takes the answers to the questions. GET shows the question, POST saves; "skip" saves nothing and goes on."""

from dataclasses import replace

from django.http import HttpResponse

from stepitup.calls import actions
from stepitup.calls.errors import LimitsChanged
from stepitup.calls.matching import matched_ahead
from stepitup.calls.told import Told
from stepitup.door.ask_for_backup import asking, walk
from stepitup.door.ask_for_backup.at import At, for_the_caller
from stepitup.door.ask_for_backup.forms import Matters, Who, Work
from stepitup.ground.deeds import deed


@for_the_caller
def who(at: At) -> HttpResponse:
    """Who comes first."""
    if not _saves(at):
        return _shown_or_skipped(at, "who")
    form = Who(at.request.POST)
    if not form.is_valid():
        return asking.who(at, form)
    if form.told().wants and form.told().wants != at.standing.sees.wants:
        deed(actions.tell, at.caller.call, form.told())
    return walk.go_on(at.past("who").again())


@for_the_caller
def work(at: At) -> HttpResponse:
    """State, service, employer; and whose agency a responder's family leaves out."""
    if not _saves(at):
        return _shown_or_skipped(at, "work")
    form = Work(at.request.POST)
    if not form.is_valid():
        return asking.work(at, form)
    unsure = _tell(at, form.told(at.standing.sees.situation))
    return _on_with_doubts(replace(at.past("work").again(), unsure=unsure))


@for_the_caller
def matters(at: At) -> HttpResponse:
    """What matters, and who must not come. What could not be decided is said once, on top of the next screen."""
    if not _saves(at):
        return _shown_or_skipped(at, "matters")
    form = Matters(at.request.POST)
    if not form.is_valid():
        return asking.matters(at, form)
    unsure = _tell(at, form.told(at.standing.sees.situation))
    return _on_with_doubts(replace(at.past("matters").again(), unsure=unsure))


@for_the_caller
def limits(at: At) -> HttpResponse:
    """I have read this: noted are the wording, the kind of helper and the time; no more."""
    if not _saves(at):
        return _shown_or_skipped(at, "limits")
    try:
        deed(actions.limits_read, at.caller.call, version=at.request.POST.get("version", "")[:40])
    except LimitsChanged:
        return asking.limits(at.again(), changed=True)
    after = at.past("limits").again()
    if after.standing.limits_first:
        return asking.limits(after)
    return walk.go_on(after)


def _tell(at: At, told: Told) -> tuple[str, ...]:
    return deed(actions.tell, at.caller.call, matched_ahead(told, at.caller.call))


def _on_with_doubts(after: At) -> HttpResponse:
    """Doubts are shown at once rather than after a redirection, so that the very next screen has them and no other."""
    return walk.where_they_stand(after) if after.unsure else walk.go_on(after)


def _saves(at: At) -> bool:
    return at.request.method == "POST" and "save" in at.request.POST


def _shown_or_skipped(at: At, question: str) -> HttpResponse:
    """A form without "save" either skips the question or, from the waiting screen, opens it."""
    if at.request.method == "POST" and "skip" in at.request.POST:
        return walk.go_on(at.past(question))
    return walk.DRAWN[question](at)
