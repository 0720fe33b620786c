"""From what may be seen to what programs are told: once, so that an answer and the live stream agree."""

from datetime import datetime
from uuid import UUID

from stepitup.calls.actions import Opened, Seated
from stepitup.calls.shown import CallerSees, HelperThere, PageSeen, SeatSees
from stepitup.directory import questions as directory
from stepitup.directory.hotline import Hotline
from stepitup.door.answer_a_page.seat_words import in_words
from stepitup.door.api.told import (
    CallShape,
    HelperShape,
    HotlineShape,
    LawShape,
    LimitsShape,
    NumberShape,
    OpenedShape,
    PageShape,
    SeatedShape,
    SeatShape,
    WholeLimitsShape,
)
from stepitup.ground.team import team
from stepitup.limits.notice import Law, Notice
from stepitup.limits.questions import for_this_pair
from stepitup.paging.facts import PageState, WayTried


def shape(sees: CallerSees) -> CallShape:
    """A call as its caller sees it: for GET, and for the live stream."""
    helpers = [_helper(there) for there in sees.helpers]
    shaped = CallShape(
        id=str(sees.id),
        version=sees.version,
        state=sees.state.value,
        ending=sees.ending.value if sees.ending else None,
        last_step=sees.last_step,
        paged=sum(one.how_many for one in sees.paged),
        not_reached=sees.not_reached,
        paged_by_kind={one.kind.value: one.how_many for one in sees.paged},
        step=sees.step,
        next_at=_moment(sees.next_at),
        next_kinds=[kind.value for kind in sees.next_kinds],
        limits_due=[limits_shape(notice) for notice in sees.limits_due] if sees.is_open else [],
        helpers=helpers,
        suggested=sees.suggested.value if sees.suggested else None,
        turns=sees.turns,
        expires_at=sees.expires_at.isoformat(),
        deleted_on=sees.delete_at.astimezone(team().zone).date().isoformat(),
        hotlines=_hotlines_for(sees),
    )
    if helpers:
        shaped["helper"] = helpers[-1]  # who came last: the one "not this person" is about
    return shaped


def opened_shape(opened: Opened, sees: CallerSees) -> OpenedShape:
    """What a press gives back."""
    return OpenedShape(
        id=str(opened.id),
        token=opened.token,
        receipt=opened.receipt,
        status_url=status_url(opened.id),
        events_url=f"{status_url(opened.id)}/events",
        limits_due=[limits_shape(notice) for notice in sees.limits_due],
        unsure=list(opened.unsure),
        hotlines=_hotlines_for(sees),
    )


def status_url(call: UUID) -> str:
    """Where a call is looked at."""
    return f"/api/v1/calls/{call}"


def page_shape(seen: PageSeen) -> PageShape:
    """A page, with nothing about the caller."""
    return PageShape(state=seen.state, role=seen.role.value, test=False)  # type: ignore[typeddict-item]  # of the words


def shape_of_a_test(tried: WayTried) -> PageShape:
    """A test page: it says so, and nobody is waiting."""
    words = {PageState.OPEN: "open", PageState.REACHED: "reached"}
    return PageShape(state=words.get(tried.state, "over"), role="test", test=True)  # type: ignore[typeddict-item]  # of them


def seat_shape(sees: SeatSees) -> SeatShape:
    """A seat as it stands."""
    return SeatShape(
        state=sees.state.value,
        role=sees.kind.value,
        call=sees.call_state.value,
        ending=sees.ending.value if sees.ending else None,
        joined=sees.joined,
        join_by=_moment(sees.join_by),
        words_may_pass=sees.words_may_pass,
        shown=[in_words(word) for word in sees.shown],
        number=NumberShape(phone=sees.number.phone, if_lost=sees.number.if_lost) if sees.number else None,
        place=sees.place,
        same_agency=sees.same_agency,
        limits=_limits_of_the_pair(sees),
        suggested=sees.suggested.value if sees.suggested else None,
        others=sees.others,
        version=sees.version,
    )


def seated_shape(seated: Seated, sees: SeatSees) -> SeatedShape:
    """What the winner is given."""
    return SeatedShape(seat=seated.secret, **seat_shape(sees))


def limits_shape(notice: Notice) -> LimitsShape:
    """The limits as they are due: kind, version, text."""
    return LimitsShape(kind=notice.kind.value, version=notice.version, text=notice.text)


def whole_limits_shape(notice: Notice) -> WholeLimitsShape:
    """The limits with the law behind them, where a row was read."""
    shaped = WholeLimitsShape(
        kind=notice.kind.value,
        version=notice.version,
        text=notice.text,
        universal_warning=notice.universal_warning,
    )
    if notice.law:
        shaped["law"] = _law(notice.law)
    return shaped


def hotline_shape(line: Hotline) -> HotlineShape:
    """A hotline with what must be said beside its number."""
    return HotlineShape(
        id=line.id,
        name=line.name,
        phone=line.phone,
        phone_display=line.phone_display,
        text_to=line.text_to,
        text_keyword=line.text_keyword,
        serves=list(line.serves),
        who_answers=line.who_answers,
        hours=line.hours,
        rescue=line.rescue_sentence,
        region=line.region,
        seen=line.seen,
        checked=line.checked,
        checked_on=line.checked_on.isoformat() if line.checked_on else None,
    )


def _hotlines_for(sees: CallerSees) -> list[HotlineShape]:
    lines = directory.hotlines(state=sees.situation.state, serves=sees.situation.service)
    return [hotline_shape(line) for line in lines]


def _helper(there: HelperThere) -> HelperShape:
    shown = there.helper
    return HelperShape(
        role=shown.role.value,
        display_name=shown.display_name,
        same_agency=shown.same_agency,
        sworn=shown.sworn,
        shares=list(shown.shares),
        in_common=list(shown.in_common),
        certified_since=shown.certified_since.isoformat() if shown.certified_since else None,
        joined=there.joined,
        words_may_pass=there.words_may_pass,
        team_number=shown.team_number,
    )


def _limits_of_the_pair(sees: SeatSees) -> LimitsShape | None:
    if sees.situation is None:
        return None
    return limits_shape(for_this_pair(sees.situation, sees.kind, same_agency=sees.same_agency, sworn=sees.sworn))


def _law(law: Law) -> LawShape:
    return LawShape(
        name=law.name,
        citations=list(law.citations),
        sources=list(law.sources),
        as_of=law.as_of,
        partial=law.partial,
    )


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
