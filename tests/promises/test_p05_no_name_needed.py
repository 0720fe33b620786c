"""P5: calling needs no account, no captcha, no number; nothing of a caller's machine is stored or logged."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import GenericIPAddressField
from django.test import Client

from tests.promises.every_screen import all_screens
from tests.stories import cast
from tests.stories.night import Night, a_night
from tests.stories.people import Rosa
from tests.stories.the_disk import everything_stored

ADDRESSES = ("203.0.113.77", "198.51.100.23", "2001:db8::77")
OF_HER_MACHINE: dict[str, Any] = {
    "REMOTE_ADDR": ADDRESSES[0],
    "REMOTE_HOST": "zorblax-host.example",
    "HTTP_X_FORWARDED_FOR": f"{ADDRESSES[1]}, {ADDRESSES[2]}",
    "HTTP_X_REAL_IP": ADDRESSES[1],
    "HTTP_FORWARDED": f'for="[{ADDRESSES[2]}]"',
    "HTTP_CF_CONNECTING_IP": ADDRESSES[1],
    "HTTP_USER_AGENT": "ZorblaxBrowser/1.0 (ZorblaxPhone)",
    "HTTP_REFERER": "https://zorblax-referrer.example/from",
    "HTTP_ACCEPT_LANGUAGE": "en-ZW;q=0.77",
    "HTTP_VIA": "1.1 zorblax-proxy",
    "HTTP_X_REQUEST_ID": "zorblax-request-id",
}
MARKS = (*ADDRESSES, "zorblax", "Zorblax", "en-ZW")


@pytest.fixture
def night(transactional_db: None) -> Iterator[Night]:
    """Committed, so that the files of the database can be searched too."""
    with a_night() as ours:
        yield ours


def test_nothing_of_a_callers_machine_is_stored_or_logged(night: Night, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    rosa, sam = Rosa(night.browser(**OF_HER_MACHINE)), night.joins(cast.SAM)
    rosa.calls()
    rosa.works(state="US-CO", service="fire")
    rosa.says(agency="Cedar Mesa PD", never_my_agency="on")
    rosa.leaves_a_number("no number at all")
    rosa.phone.opens("/no/such/screen")
    rosa.stands_down()
    _calls_by_program()
    night.watch.work()
    sam.may_be_paged()
    stored = everything_stored()
    assert [mark for mark in MARKS if stored.holds(mark)] == []
    ours = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("django.db"))
    assert [mark for mark in MARKS if mark in ours] == []
    assert stored.rows, "there is something to search"


def test_no_table_has_a_place_for_an_address_of_a_machine() -> None:
    columns = [field for model in apps.get_models() for field in model._meta.concrete_fields]
    assert not [field for field in columns if isinstance(field, GenericIPAddressField)]
    suspicious = {"ip", "ip_address", "user_agent", "agent_string", "referrer", "referer", "session_key", "host"}
    assert not suspicious & {field.name for field in columns}


def test_no_session_no_account_and_no_access_log_is_on_the_callers_path() -> None:
    heavy = ("session", "auth", "messages", "admin", "account", "csrf")
    assert [name for name in settings.MIDDLEWARE if any(word in name.lower() for word in heavy)] == []
    assert settings.SESSION_COOKIE_PATH == "/team/", "no browser brings a session along when it calls for backup"
    requests = settings.LOGGING["loggers"]["django.request"]  # type: ignore[index]  # a table, says our own settings
    assert requests == {"handlers": ["nowhere"], "propagate": False}


def test_a_press_without_a_single_word_opens_a_call(night: Night) -> None:
    phone = night.browser()
    assert "Your call is open" in phone.sends("/call", {}).words
    assert _calls_by_program() == 201


def test_no_screen_asks_for_an_account_a_captcha_a_mail_address_or_an_answer(night: Night) -> None:
    for address, screen in all_screens(night):
        fields = screen.raw.lower()
        for asked in ("captcha", 'type="password"', 'type="email"', 'autocomplete="name"', 'autocomplete="username"'):
            assert asked not in fields, f"{address} asks for {asked}"
        assert " required" not in fields.replace("not required", ""), f"{address} has an answer that must be given"


def test_no_screen_asks_to_agree_to_cookies_and_each_cookie_is_one_of_ours(rosa: Rosa, night: Night) -> None:
    rosa.calls()
    rosa.presses("Go on")
    assert set(rosa.phone.cookies) <= {"__Host-call", "__Host-press", "__Host-walked", "light"}
    assert not [address for address, screen in all_screens(night) if "accept cookies" in screen.words.lower()]


@pytest.fixture
def rosa(night: Night) -> Rosa:
    return night.rosa()


def _calls_by_program() -> int:
    return Client(**OF_HER_MACHINE).post("/api/v1/calls", b"{}", content_type="application/json").status_code
