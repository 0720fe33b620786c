"""What a carrier says after it took a page. Notes come in any order, twice, or before we know that it was taken."""

from datetime import datetime

from stepitup.paging.facts import AttemptState, DeliveryNote, Outcome, PageState, Standing, StandingState, Then, Words
from stepitup.paging.models import Attempt, Page
from stepitup.paging.next_way import NextWay, Tried, not_arrived
from stepitup.paging.rounds import arm, disarm

_MAY_STILL_FAIL = (AttemptState.HANDED_OVER, AttemptState.WAITING)


def note_delivery(now: datetime, key: str, outcome: Outcome) -> Standing | None:
    """Note what became of the attempt with this key, and say how its page stands; None where nothing follows.

    1. "Arrived" is not "reached": only an answer is, so nothing else changes.
    2. "Not arrived" lets the next way go at once. It counts once, and not after "arrived".
    3. Of a round that is over it hastens nothing: the page has gone out once more, and that is on its way.
    """
    # The page alone: with the attempts beside it, rows would be held in an order that nobody else keeps.
    page = Page.objects.select_for_update(of=("self",)).filter(attempts__key=key).first()
    if page is None:
        return None
    attempt = Attempt.objects.get(key=key)  # only now: a note that came a moment before may have changed it
    if outcome.then is None:
        Attempt.objects.filter(pk=attempt.pk).update(note=DeliveryNote.ARRIVED)
        return None
    if attempt.note or attempt.state not in _MAY_STILL_FAIL:
        return None
    every = list(Attempt.objects.filter(page=page).order_by("position"))
    ways = [way for way in every if way.round == attempt.round]
    decided = not_arrived([_tried(way) for way in ways], attempt.position, now)
    _note(attempt, outcome, decided.becomes)
    goes_on = any(way.round > attempt.round for way in every)
    if page.state == PageState.OPEN and not goes_on:
        _arm(ways, decided, test=page.words == Words.TEST)
    unreachable = attempt.way if outcome.then is Then.UNREACHABLE else None
    standing = StandingState.UNDER_WAY if goes_on else decided.standing
    return Standing(page.pk, standing, helper=page.helper, unreachable_way=unreachable)


def _tried(way: Attempt) -> Tried:
    return Tried(way.position, AttemptState(way.state), due=way.due_at, failures=way.failures)


def _note(attempt: Attempt, outcome: Outcome, becomes: AttemptState) -> None:
    disarm([(attempt.pk, attempt.carrier)])
    Attempt.objects.filter(pk=attempt.pk).update(
        state=becomes,
        note=DeliveryNote.NOT_ARRIVED,
        why=outcome.why[:40],
        unreachable=attempt.unreachable or outcome.then is Then.UNREACHABLE,
    )


def _arm(ways: list[Attempt], decided: NextWay, *, test: bool) -> None:
    due = {send.position: send.at for send in decided.send}
    follow = [(way, due[way.position]) for way in ways if way.position in due]
    for way, at in follow:
        Attempt.objects.filter(pk=way.pk).update(state=AttemptState.WAITING, due_at=at)
    arm([(way.pk, way.carrier, at) for way, at in follow], test=test)
