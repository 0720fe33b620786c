"""What a reply does: by text, by a modem of one's own, by mail, or by a key on the phone. One deed a reply.

1. The same reply twice is heard once, and gets the same answer again.
2. Stop: that number gets no more texts; whoever owns it is told another way, and the coordinator sees it.
3. Yes takes the call that waits longest among the pages that had gone to this number, and withdraws the rest.
4. No declines what had gone out before the reply was sent; after a yes it hands the call back.
5. A number to which no page went learns nothing, not even that somebody reads this.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from stepitup.calls import changes
from stepitup.calls.actions.by_a_helper import acknowledge, decline
from stepitup.calls.actions.by_a_test import it_reached_me
from stepitup.calls.actions.by_the_caller import Change, change
from stepitup.calls.actions.joining_by_ring import ring_who_has_no_screen
from stepitup.calls.actions.ways_in import make_way_in
from stepitup.calls.errors import AnsweredElsewhere, CannotSit, PageTrouble, SomeoneHasIt
from stepitup.calls.joining import may_join_by_ring, ways_for_a_link
from stepitup.calls.life import SeatState
from stepitup.calls.models import Asked, Seat, WayIn
from stepitup.calls.reaching import reach_by
from stepitup.ground.keys import fingerprint, new_id
from stepitup.paging import questions
from stepitup.paging.facts import NoticeWords, NumberPage, Reply, SaidBack, Words
from stepitup.paging.hearing import hear, mark_of, note_answer, was_heard
from stepitup.paging.links import page_key, way_in_key, way_in_link
from stepitup.paging.notices import write_notice
from stepitup.paging.replies import Meaning, answerable, meaning_of, taken_before, was_taken_by_another
from stepitup.paging.words import notice_text
from stepitup.roster import actions as roster_actions
from stepitup.roster import questions as roster


def reply(now: datetime, said: Reply) -> SaidBack:
    """Do what a reply asks for, and return what goes back to whoever sent it (an empty text: nothing)."""
    before = hear(now, said)
    words = before if before is not None else note_answer(now, said, _do(now, said))
    link = way_in_link(way_in_key(mark_of(said))) if words is NoticeWords.YOURS else ""
    return SaidBack(words, notice_text(words, link, language=_language_at(said.number)))


def _language_at(number: str) -> str:
    """In which language the newest page to this number spoke."""
    pages = questions.pages_of_number(number)
    return max(pages, key=lambda page: page.opened_at).language if pages else "en"


def key_pressed(now: datetime, said: Reply) -> SaidBack:
    """The same for a key on the phone. A link cannot be spoken: it goes by another way of the same helper.

    Whoever has no other way takes a call by key only where the caller gave a number: then the house rings both. Else
    they could not come in, and the caller would wait for them. Where two live pages went to a phone that can only be
    rung, either might be the one that is taken, so both callers must have given one.
    """
    live = answerable(questions.pages_of_number(said.number), said.at)
    if meaning_of(said.said) is Meaning.YES and not all(_can_come_in(page) for page in live):
        return SaidBack(NoticeWords.NO_LINK)
    is_new = not was_heard(said)
    back = reply(now, said)
    if back.words is not NoticeWords.YOURS:
        return back
    key = way_in_key(mark_of(said))
    found = WayIn.objects.select_related("seat__turn").filter(key_fingerprint=fingerprint(key)).first()
    if found is None:
        return back  # the same key, brought again after a younger yes: its link has gone already
    seat = found.seat
    links = ways_for_a_link({seat.helper_id})[seat.helper_id]
    if not links:
        ring_who_has_no_screen(now, seat.turn.call_id)
        return SaidBack(NoticeWords.YOURS_BY_RING)
    if is_new:
        write_notice(now, NoticeWords.YOURS, links, link=way_in_link(key))
    return back


def _can_come_in(page: NumberPage) -> bool:
    """Whether whoever says yes to this page by a key gets to the caller. A test page has none."""
    if page.words is Words.TEST or ways_for_a_link({page.helper})[page.helper]:
        return True
    asked = Asked.objects.select_related("turn__call").filter(page=page.id).first()
    return asked is not None and may_join_by_ring(asked.turn.call, page.helper)


def stop_texts(now: datetime, number: str) -> None:
    """This number takes no texts any more: its ways are marked, and their helpers told by another way."""
    for helper, way in roster.ways_at("text", number):
        roster_actions.mark_unreachable(now, way)
        others = roster.ways_of([helper])[helper]
        reaches = [reach_by(other) for other in others if other.address != number]
        write_notice(now, NoticeWords.TEXTS_ARE_OFF, reaches)


def _do(now: datetime, said: Reply) -> NoticeWords:
    meaning = meaning_of(said.said)
    if meaning is Meaning.STOP:
        stop_texts(now, said.number)
        return NoticeWords.NOTHING
    pages = questions.pages_of_number(said.number)
    live = answerable(pages, said.at)
    if meaning is Meaning.YES:
        return _yes(now, said, pages, live)
    if meaning is Meaning.NO:
        return _no(now, said, pages, live)
    return NoticeWords.UNCLEAR if live else NoticeWords.NOTHING


def _yes(now: datetime, said: Reply, pages: Sequence[NumberPage], live: Sequence[NumberPage]) -> NoticeWords:
    """The first that can be taken is taken; where none can, the helper hears why not of the one that waits longest."""
    heard: list[NoticeWords] = []
    for page in _longest_waiting_first(live):
        words = _take(now, page, mark_of(said))
        if words is NoticeWords.YOURS:
            _withdraw(now, [other for other in live if other.id != page.id])
            return words
        heard.append(words)
    tests = [_test_arrived(now, page) for page in live if page.words is Words.TEST]
    if heard or tests:
        return (heard or tests)[0]
    return _again(now, said, pages) or _nothing_live(pages)


def _no(now: datetime, said: Reply, pages: Sequence[NumberPage], live: Sequence[NumberPage]) -> NoticeWords:
    tests = [_test_arrived(now, page) for page in live if page.words is Words.TEST]
    declined = [page for page in live if page.words is not Words.TEST]
    for page in declined:
        decline(now, page_key(page.id))
    if declined or tests:
        return NoticeWords.DECLINED if declined else tests[0]
    for page in taken_before(pages, said.at):
        if _sits(page):
            decline(now, page_key(page.id))
            return NoticeWords.HANDED_BACK
    return _nothing_live(pages)


def _take(now: datetime, page: NumberPage, mark: str) -> NoticeWords:
    try:
        # A savepoint: where this call cannot be taken, the next one is tried in the same deed.
        with transaction.atomic():
            acknowledge(now, page_key(page.id), press=mark)
            make_way_in(now, page.id, mark)
    except PageTrouble as trouble:
        return _in_words(trouble)
    return NoticeWords.YOURS


def _in_words(trouble: PageTrouble) -> NoticeWords:
    match trouble:
        case SomeoneHasIt() | AnsweredElsewhere():
            return NoticeWords.SOMEONE_HAS_IT
        case CannotSit():
            return NoticeWords.CANNOT
        case _:
            return NoticeWords.OVER


def _again(now: datetime, said: Reply, pages: Sequence[NumberPage]) -> NoticeWords | None:
    """They have said yes already, here or on a screen: a fresh link, for the one before may be lost or used."""
    for page in taken_before(pages, said.at):
        if make_way_in(now, page.id, mark_of(said)) is not None:
            return NoticeWords.YOURS
    return None


def _nothing_live(pages: Sequence[NumberPage]) -> NoticeWords:
    if not pages:
        return NoticeWords.NOTHING
    return NoticeWords.SOMEONE_HAS_IT if was_taken_by_another(pages) else NoticeWords.OVER


def _longest_waiting_first(live: Sequence[NumberPage]) -> list[NumberPage]:
    """Pages of calls, in the order in which their callers pressed. Test pages have no call."""
    asked = Asked.objects.filter(page__in=[page.id for page in live])
    pressed = dict(asked.values_list("page_id", "turn__call__opened_at"))
    mine = [page for page in live if page.id in pressed]
    return sorted(mine, key=lambda page: (pressed[page.id], page.opened_at))


def _withdraw(now: datetime, pages: Sequence[NumberPage]) -> None:
    """Whoever is at this number is taken now: other callers get somebody else, and not this number again at once."""
    for page in pages:
        if page.words is Words.TEST:
            _test_arrived(now, page)
            continue
        call = Asked.objects.filter(page=page.id).values_list("turn__call", flat=True).first()
        if call is not None:
            change(now, call, _without(page, now))


def _without(page: NumberPage, now: datetime) -> Change:
    # Until this is kept, whoever holds the page counts as asked, so `free` has somebody else.
    return lambda life, free: changes.withdraw(life, page.id, now, free=free, new_id=new_id)


def _test_arrived(now: datetime, page: NumberPage) -> NoticeWords:
    """An answer to a test page: the way works, whatever was answered."""
    it_reached_me(now, page.id)
    return NoticeWords.TEST_ARRIVED


def _sits(page: NumberPage) -> bool:
    return Seat.objects.filter(page=page.id, state=SeatState.ACTIVE.value).exists()
