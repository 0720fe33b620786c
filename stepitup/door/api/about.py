"""What anybody may ask without a call: the limits, the hotlines, and what each problem means."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import AfterValidator
from typing_extensions import TypedDict

from stepitup.directory import questions as directory
from stepitup.directory.facts_file import hotlines_file
from stepitup.door.api.problems import ADDRESS, KINDS
from stepitup.door.api.shapes import hotline_shape, whole_limits_shape
from stepitup.door.api.told import HotlineShape, WholeLimitsShape
from stepitup.door.api.words import SERVICE_WORDS, EmployerWord, ServiceWord, SittingKind, StateWord, one_of
from stepitup.ground.vocabulary import UNKNOWN, Kind
from stepitup.limits.notice import Situation
from stepitup.limits.questions import notice_for

router = Router(tags=["limits and hotlines"])

_SERVES = tuple(dict.fromkeys((*SERVICE_WORDS, *hotlines_file().serves_values)))


class AskedLimits(Schema):
    """For whom the limits are asked. Unknown is an answer everywhere."""

    state: StateWord = UNKNOWN
    service: ServiceWord = UNKNOWN
    employer: EmployerWord = UNKNOWN
    helper: SittingKind = Kind.PEER.value


class AskedHotlines(Schema):
    """For whom the lines are asked."""

    state: StateWord = UNKNOWN
    serves: Annotated[str, AfterValidator(one_of(_SERVES))] = UNKNOWN


class ProblemShape(TypedDict):
    """One sort of trouble."""

    type: str
    title: str
    status: int


@router.get("/limits", response=WholeLimitsShape)
def limits(request: HttpRequest, asked: Query[AskedLimits]) -> WholeLimitsShape:
    """The limits for this state, service, employer and kind of helper, with the law behind them where one was read."""
    situation = Situation(asked.state, asked.service, asked.employer)
    return whole_limits_shape(notice_for(situation, Kind(asked.helper)))


@router.get("/hotlines", response=list[HotlineShape])
def hotlines(request: HttpRequest, asked: Query[AskedHotlines]) -> list[HotlineShape]:
    """Lines to call and text now, best first."""
    return [hotline_shape(line) for line in directory.hotlines(state=asked.state, serves=asked.serves)]


@router.get("/problems", response=list[ProblemShape])
def problems(request: HttpRequest) -> list[ProblemShape]:
    """What a problem's `type` means."""
    return [ProblemShape(type=f"{ADDRESS}#{kind.name}", title=str(kind.title), status=kind.status) for kind in KINDS]
