"""One contract, run over every carrier. A new carrier is held to it by one line in FAR_ENDS."""

import logging
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import pytest
from django.db import connection
from pytest_django import Settings

from stepitup.ground.team import MailSettings, ModemSettings, ProviderSettings, Team
from stepitup.paging import carriers
from stepitup.paging.carriers.app_apprise.tests.far_end import app_far_end
from stepitup.paging.carriers.contract import Carrier
from stepitup.paging.carriers.mail.tests.far_end import mail_far_end
from stepitup.paging.carriers.modem_gammu.tests.far_end import modem_far_end
from stepitup.paging.carriers.pager.tests.far_end import PagerFarEnd
from stepitup.paging.carriers.push.tests.far_end import push_far_end
from stepitup.paging.carriers.text_twilio.tests.far_end import text_far_end
from stepitup.paging.carriers.voice_twilio.tests.far_end import voice_far_end
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Outcome, Outgoing, Then
from stepitup.paging.sending import hand_over

pytestmark = pytest.mark.django_db(transaction=True)


class FarEnd(Protocol):
    """What the contract needs to see of the other end of a carrier."""

    @property
    def carrier(self) -> Carrier:
        """The carrier whose other end this is."""
        ...

    def page(self, helper: int = 4) -> Outgoing:
        """A page that can be sent."""
        ...

    def page_to_nobody(self) -> Outgoing:
        """A page that the other side will refuse."""
        ...

    def seen(self) -> list[str]:
        """The texts that helpers see."""
        ...

    def travelled(self) -> list[str]:
        """Everything that went over, as it went."""
        ...

    def hanging(self, limit: timedelta) -> AbstractContextManager[Carrier]:
        """The carrier with another side that accepts and never answers."""
        ...


# A carrier that can be gone in several ways stands here once for each: "text by a modem".
FAR_ENDS: dict[str, Callable[[], AbstractContextManager[FarEnd]]] = {
    "pager": lambda: nullcontext(PagerFarEnd()),
    "mail": mail_far_end,
    "text by a modem": modem_far_end,
    "text": text_far_end,
    "voice": voice_far_end,
    "push": push_far_end,
    "app": app_far_end,
}
# Their network is no database: once is enough.
_ON_SQLITE_ALONE = {"text by a modem", "push", "app"}

LIMIT = timedelta(seconds=0.2)
GRACE = 1.5  # what a busy machine may add

# What a page must not hint at, in a header or a file name either.
TELLING = re.compile(
    r"suicid|crisis|kill|trauma|therap|counsel|mental|support|chaplain|clinic|officer|police|step ?it ?up|emergency",
    re.I,
)


def _each_once(name: str) -> Any:
    return pytest.param(name, marks=pytest.mark.only_on("sqlite")) if name in _ON_SQLITE_ALONE else name


@pytest.fixture(params=[_each_once(name) for name in sorted(FAR_ENDS)])
def far_end(request: pytest.FixtureRequest) -> Iterator[FarEnd]:
    with FAR_ENDS[request.param]() as there:
        yield there


def test_every_carrier_stands_under_the_contract() -> None:
    assert {name.partition(" by ")[0] for name in FAR_ENDS} == set(carriers.KNOWN)


def test_a_carrier_says_how_long_it_may_take_and_how_many_at_once(far_end: FarEnd) -> None:
    assert far_end.carrier.name in carriers.KNOWN
    assert timedelta(0) < far_end.carrier.time_limit <= timedelta(seconds=30)
    assert far_end.carrier.at_once >= 1


def test_it_hands_the_page_over_word_for_word(far_end: FarEnd) -> None:
    page = far_end.page()
    reference = far_end.carrier.send(page)
    assert far_end.seen() == [page.text]
    assert len(reference) <= 80


@pytest.mark.fault("delivered twice")
def test_the_same_key_twice_is_one_message_to_the_helper(far_end: FarEnd) -> None:
    page = far_end.page()
    assert far_end.carrier.send(page) == far_end.carrier.send(page)
    assert far_end.seen() == [page.text]


def test_nothing_that_travels_tells_why_or_who_or_where(far_end: FarEnd) -> None:
    far_end.carrier.send(far_end.page())
    (went,) = far_end.travelled()
    assert not TELLING.search(went)


def test_it_writes_nothing_into_the_log(far_end: FarEnd, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="stepitup")
    far_end.carrier.send(far_end.page())
    with pytest.raises(CannotSend):
        far_end.carrier.send(far_end.page_to_nobody())
    assert not [line for line in caplog.records if line.name.startswith("stepitup")]


def test_it_refuses_in_words_that_name_nobody(far_end: FarEnd) -> None:
    page = far_end.page_to_nobody()
    with pytest.raises(CannotSend) as refused:
        far_end.carrier.send(page)
    assert re.fullmatch(r"[A-Za-z0-9 ,]{3,40}", refused.value.why)
    assert refused.value.then in Then
    assert page.key not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__, "nor does a traceback show what the other side said"


def test_after_a_refusal_the_next_page_goes(far_end: FarEnd) -> None:
    with pytest.raises(CannotSend):
        far_end.carrier.send(far_end.page_to_nobody())
    page = far_end.page()
    far_end.carrier.send(page)
    assert far_end.seen() == [page.text]


@pytest.mark.fault("hangs on read", "hangs on connect")
def test_when_the_other_side_hangs_it_ends_within_its_limit(far_end: FarEnd) -> None:
    page = far_end.page()
    with far_end.hanging(LIMIT) as carrier:
        began = time.monotonic()
        with pytest.raises(CannotSend):
            carrier.send(page)
        took = time.monotonic() - began
    assert took < LIMIT.total_seconds() + GRACE


@pytest.mark.fault("hangs on read")
def test_one_that_hung_can_be_sent_again_and_arrives_once(far_end: FarEnd) -> None:
    page = far_end.page()
    with far_end.hanging(LIMIT) as carrier, pytest.raises(CannotSend):
        carrier.send(page)
    far_end.carrier.send(page)
    assert far_end.seen() == [page.text]


def test_as_many_as_it_allows_go_side_by_side(far_end: FarEnd) -> None:
    pages = [far_end.page(helper) for helper in range(1, far_end.carrier.at_once + 1)]
    _side_by_side([partial(far_end.carrier.send, page) for page in pages])
    assert sorted(far_end.seen()) == sorted(page.text for page in pages)


@pytest.mark.fault("delivered twice")
def test_two_workers_with_the_same_page_bring_one_message(far_end: FarEnd) -> None:
    page = far_end.page()
    _side_by_side([partial(far_end.carrier.send, page)] * 2)
    assert far_end.seen() == [page.text]


def test_handing_over_gives_an_outcome_and_never_breaks(far_end: FarEnd) -> None:
    with carriers.use(far_end.carrier):
        assert hand_over(far_end.page()).then is None
        refused = hand_over(far_end.page_to_nobody())
    assert refused.then is not None
    assert refused.why
    with carriers.use():
        assert hand_over(far_end.page(helper=5)) == Outcome.next_way("not set up")


# Which carriers a house has.


def test_the_demonstration_has_the_pager_and_nothing_else(settings: Settings) -> None:
    settings.TEAM = Team(demo=True)
    assert list(carriers.in_use()) == ["pager"]


def test_a_house_with_a_mail_server_has_mail_and_keeps_it(settings: Settings) -> None:
    settings.TEAM = Team(mail=MailSettings(host="mail.example", sender="pages@help.example"))
    assert list(carriers.in_use()) == ["mail"]
    assert carriers.in_use()["mail"] is carriers.in_use()["mail"]


def test_a_provider_and_a_modem_are_one_carrier_of_text(settings: Settings, tmp_path: Path) -> None:
    provider = ProviderSettings("AC1", "token", "+15125550100", base_url="http://127.0.0.1:1")
    settings.TEAM = Team(text=provider, modem=ModemSettings(), data=tmp_path)
    assert list(carriers.in_use()) == ["text"]
    assert carriers.modem() is not None, "whose replies are read all the same"
    assert timedelta(seconds=10) < carriers.in_use()["text"].time_limit <= timedelta(seconds=30)


def test_a_house_with_nothing_set_up_has_no_carrier_and_still_knows_the_names(settings: Settings) -> None:
    settings.TEAM = Team()
    assert dict(carriers.in_use()) == {}
    assert set(carriers.names()) == {*carriers.KNOWN, "house"}


def _side_by_side(sends: list[Callable[[], str]]) -> None:
    troubles: list[Exception] = []

    def run(send: Callable[[], str]) -> None:
        try:
            send()
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(send,)) for send in sends]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
