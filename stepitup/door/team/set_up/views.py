"""The set-up: what is settled and what is not, and one screen a question."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse

from stepitup.door.team.screens import see, team_screen
from stepitup.door.team.set_up.forms import Signature, initial
from stepitup.door.team.set_up.questions import BY_WORD, QUESTIONS, Question, after
from stepitup.door.team.who import Me, Role
from stepitup.door.team.whole_team import for_the_whole_team
from stepitup.ground import clock, log_book, set_up
from stepitup.ground.deeds import deed
from stepitup.ground.set_up import YES, Answer, Asked, ChangedMeanwhile
from stepitup.ground.team import team

_HOME = "/team/set-up"
_ROLES = (Role.COORDINATOR, Role.CLINICAL_LEAD, Role.OPERATOR)


@dataclass(frozen=True)
class Settled:
    """One question of the list: settled by whom and when, or in the file, or not at all."""

    question: Question
    signed_by: str = ""
    dated: date | None = None
    in_the_file: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether somebody has answered it somewhere."""
        return self.dated is not None or self.in_the_file


@for_the_whole_team(*_ROLES)
def overview(request: HttpRequest, me: Me) -> HttpResponse:
    """What is settled, and the next question that is not."""
    said = set_up.answers()
    lines = [_settled(question, said) for question in QUESTIONS]
    open_ones = [line.question for line in lines if not line.is_settled]
    told = {
        "lines": lines,
        "settled": len(lines) - len(open_ones),
        "next": open_ones[0] if open_ones else None,
        "kept": BY_WORD.get(request.GET.get("kept", "")),
    }
    return team_screen(request, me, "set_up/overview.html", told)


@for_the_whole_team(*_ROLES)
def question(request: HttpRequest, me: Me, word: str) -> HttpResponse:
    """One question: what was answered before, and a place for a new answer."""
    asked = BY_WORD.get(word)
    if asked is None:
        raise Http404
    today = clock.now().astimezone(team().zone).date()
    said = set_up.answers()
    if request.method != "POST":
        form = Signature(asked, today, initial=initial(asked, said, _in_the_file(), today))
        return _screen(request, me, asked, form, seen=said)
    form = Signature(asked, today, request.POST)
    seen = {one: _number(request.POST.get(f"seen_{one}", "")) for one in asked.asked}
    if not form.is_valid():
        return _screen(request, me, asked, form, seen=seen)
    try:
        _keep(me, form, today, seen)
    except ChangedMeanwhile:
        return _screen(request, me, asked, form, seen=set_up.answers(), theirs=set_up.answers())
    follows = after(asked)
    return see(f"{_HOME}/{follows.word}?kept={word}" if follows else f"{_HOME}?kept={word}")


def open_questions() -> list[Question]:
    """The questions that nobody has answered anywhere."""
    said = set_up.answers()
    return [question for question in QUESTIONS if not _settled(question, said).is_settled]


def _keep(me: Me, form: Signature, today: date, seen: Mapping[Asked, int]) -> None:
    deed(
        set_up.answer,
        form.texts,
        signed_by=form.cleaned_data["signed_by"],
        dated=form.cleaned_data["dated"] or today,
        who=log_book.account(me.account),
        seen=seen,
    )


def _screen(
    request: HttpRequest,
    me: Me,
    asked: Question,
    form: Signature,
    *,
    seen: Mapping[Asked, Answer] | Mapping[Asked, int],
    theirs: Mapping[Asked, Answer] | None = None,
) -> HttpResponse:
    """The form; `theirs` is what somebody else said while this was being typed: nothing typed here is lost."""
    versions = {f"seen_{one}": _version(seen.get(one, 0)) for one in asked.asked}
    told = {
        "question": asked,
        "form": form,
        "versions": versions,
        "theirs": [theirs[one] for one in asked.asked if one in theirs] if theirs is not None else None,
        "next": after(asked),
        "kept": BY_WORD.get(request.GET.get("kept", "")),
        "earlier": set_up.earlier(asked.asked),
        "place": QUESTIONS.index(asked) + 1,
        "of": len(QUESTIONS),
    }
    return team_screen(request, me, "set_up/question.html", told)


def _settled(asked: Question, said: Mapping[Asked, Answer]) -> Settled:
    answers = [said[one] for one in asked.asked if one in said and said[one].text]
    if answers:
        return Settled(asked, answers[0].signed_by, answers[0].dated)
    return Settled(asked, in_the_file=any(_in_the_file().get(one) for one in asked.asked))


def _in_the_file() -> dict[Asked, str]:
    """What `team.toml` says to these questions."""
    ours = team()
    words = {
        Asked.WHO_RUNS: ours.who_runs,
        Asked.NETWORK: ours.network,
        Asked.ON_CALL_CLINICIAN: ours.on_call_clinician,
        Asked.COMPLAINT_TO: ours.complaint_to,
        Asked.MY_JOB: ours.my_job.answers if ours.my_job else "",
    }
    return words | ({Asked.RUN_BY_EMPLOYER: YES} if ours.run_by_employer else {})


def _version(seen: Answer | int) -> int:
    return seen if isinstance(seen, int) else seen.version


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
