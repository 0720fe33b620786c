"""What can be asked about pages. Nothing here changes anything."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, QuerySet

from stepitup.ground import keys
from stepitup.ground.errors import SealBroken
from stepitup.ground.seal import unseal
from stepitup.ground.spelled import spelled
from stepitup.paging import carriers
from stepitup.paging.carriers.pager.sender import SEAL
from stepitup.paging.facts import AttemptState, NumberPage, Outgoing, PageFacts, PagerLine, PageState, Words
from stepitup.paging.links import link_to, page_key
from stepitup.paging.models import Attempt, Page, PagerMessage
from stepitup.paging.rounds import opened_address
from stepitup.paging.words import page_text


def prepare(attempt_ids: Collection[int]) -> list[Outgoing]:
    """What is to be handed to a carrier for these attempts; those that have nothing left to send are left out.

    A page may have been answered, withdrawn or forgotten since its attempt was armed, or another watch has sent it.
    """
    return [_outgoing(_ToSend._make(values)) for values in _to_send(attempt_ids)]


class _ToSend(NamedTuple):
    pk: int
    page_id: UUID
    page__helper: int
    page__words: str
    page__language: str
    way: int
    carrier: str
    address: bytes | memoryview
    key: str
    written_at: datetime


@spelled
def _to_send(attempts: Collection[int]) -> QuerySet[Attempt, tuple[Any, ...]]:
    to_send = Attempt.objects.filter(state=AttemptState.WAITING, page__state=PageState.OPEN, address__isnull=False)
    return to_send.filter(pk__in=attempts).values_list(*_ToSend._fields)


def prepare_tests(page_ids: Collection[UUID]) -> list[Outgoing]:
    """The same for these test pages, for a house whose watch is not awake."""
    tests = Attempt.objects.filter(page__in=page_ids, page__words=Words.TEST)
    return prepare(list(tests.values_list("pk", flat=True)))


def page_by_key(key: str) -> PageFacts | None:
    """The page that this key answers, in whatever state; None for a key that never was one or is deleted."""
    if not key.isascii():
        return None
    page = Page.objects.filter(key_fingerprint=keys.fingerprint(key)).first()
    return _facts(page) if page else None


def pages(page_ids: Iterable[UUID]) -> dict[UUID, PageFacts]:
    """What may be known of these pages."""
    return {page.pk: _facts(page) for page in Page.objects.filter(pk__in=list(page_ids))}


def attempt_by_key(key: str) -> int | None:
    """The attempt that this key belongs to, while it is kept."""
    return Attempt.objects.filter(key=key).values_list("pk", flat=True).first()


def page_by_attempt(key: str) -> PageFacts | None:
    """The page that the attempt with this key brings, while it is kept."""
    page = Page.objects.filter(attempts__key=key).first()
    return _facts(page) if page else None


def newest_key_to(number: str) -> str | None:
    """The key of the attempt that our modem brought to this number last: its network's notes name only a number.

    A provider's reference is its own number for the message, a modem's is the key: theirs are not spoken of.
    """
    mark = keys.number_mark(number.strip().lower())
    went = Attempt.objects.filter(number_mark=mark, carrier="text", state=AttemptState.HANDED_OVER, reference=F("key"))
    return went.order_by("-pk").values_list("key", flat=True).first()


def pages_of_number(number: str) -> list[NumberPage]:
    """The pages that went to this number and are still kept, whatever became of them; each helper's apart."""
    mark = keys.number_mark(number.strip().lower())
    found: dict[UUID, NumberPage] = {}
    for attempt in Attempt.objects.filter(number_mark=mark).select_related("page").order_by("pk"):
        known = found.get(attempt.page_id)
        sent = attempt.due_at if _may_have_gone(attempt) else None
        if known is None or (known.sent_at is None and sent is not None):
            found[attempt.page_id] = _to_number(attempt, sent)
    return list(found.values())


def who_is_asked() -> set[int]:
    """The helpers who have an unanswered page now, and so cannot be asked anything else. A test keeps nobody busy."""
    return set(_asked())


@spelled
def _asked() -> QuerySet[Page, int]:
    asked = Page.objects.filter(state=PageState.OPEN).exclude(words=Words.TEST)
    return asked.values_list("helper", flat=True)


def how_many_pages_since(moment: datetime) -> dict[int, int]:
    """How many pages each helper has had since a moment, test pages left out."""
    lately = Page.objects.filter(opened_at__gt=moment).exclude(words=Words.TEST)
    return dict(lately.values_list("helper").annotate(Count("pk")).order_by())


def how_many_attempts() -> dict[tuple[str, str], int]:
    """How many attempts by carrier and state are kept now: counts for the operator, with nobody in them."""
    kept = Attempt.objects.exclude(carrier="house").values_list("carrier", "state").annotate(Count("pk")).order_by()
    return {(carrier, state): count for carrier, state, count in kept}


def carriers_in_trouble(now: datetime) -> list[str]:
    """Carriers that were tried within a day and took nothing. How often, and when, is not told."""
    tries = Attempt.objects.filter(tried_at__gt=now - timedelta(days=1)).values_list("carrier", "state").distinct()
    came_back = {carrier for carrier, state in tries.order_by() if state == AttemptState.FAILED}
    return sorted(came_back - {carrier for carrier, state in tries.order_by() if state == AttemptState.HANDED_OVER})


def pager_lines(helper: int | None = None) -> list[PagerLine]:
    """What the demonstration's pagers show, the newest last: all of them, or one helper's."""
    messages = PagerMessage.objects.order_by("at", "pk")
    chosen = messages if helper is None else messages.filter(helper=helper)
    return [_line(message) for message in chosen]


def _outgoing(row: _ToSend) -> Outgoing:
    words = Words(row.page__words)
    carrier = carriers.by_name().get(row.carrier)
    takes_replies = carrier.takes_replies if carrier else False
    link = link_to(row.page_id)
    return Outgoing(
        attempt=row.pk,
        page=row.page_id,
        helper=row.page__helper,
        way=row.way,
        carrier=row.carrier,
        to=_address_or_none(row.address),
        words=words,
        text=page_text(words, link, takes_replies=takes_replies, language=row.page__language),
        link=link,
        key=row.key,
        at=row.written_at,
        language=row.page__language,
    )


def _may_have_gone(attempt: Attempt) -> bool:
    """Whether a carrier was asked to take it. An answer may come before we have noted that it was taken."""
    waits = attempt.state in {AttemptState.RESERVE, AttemptState.DROPPED}
    return not waits or attempt.tried_at is not None


def _to_number(attempt: Attempt, sent: datetime | None) -> NumberPage:
    page = attempt.page
    return NumberPage(
        id=page.pk,
        helper=page.helper,
        way=attempt.way,
        words=Words(page.words),
        state=PageState(page.state),
        opened_at=page.opened_at,
        settled_at=page.settled_at,
        sent_at=sent,
        language=page.language,
    )


def _address_or_none(sealed: bytes | memoryview) -> str:
    """An address whose seal does not open is no address: its carrier refuses it, and the next way goes."""
    try:
        return opened_address(sealed)
    except SealBroken:
        return ""


def _facts(page: Page) -> PageFacts:
    return PageFacts(page.pk, page.helper, PageState(page.state), Words(page.words), page.opened_at)


def _line(message: PagerMessage) -> PagerLine:
    shown = unseal(SEAL, message.message)
    assert isinstance(shown, dict), "the pager seals a text and a link"
    return PagerLine(
        helper=message.helper,
        way=message.way,
        text=str(shown["text"]),
        link=str(shown["link"]),
        key=page_key(message.page_id),
        at=message.at,
    )
