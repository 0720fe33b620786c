"""One running house and one real Chromium for each worker; a phone of its own for each person in each test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker

from tests.browser.line import Line
from tests.browser.looking import AXE, Look
from tests.browser.phones import Phones
from tests.provision import databases
from tests.provision.chromium import FLAGS
from tests.rooms.site_process import Running, running


@pytest.fixture(scope="session")
def program(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """`stepitup run --demo`, the real process, until the tests of this worker have ended."""
    data = tmp_path_factory.mktemp("house") / "data"
    with django_db_blocker.unblock(), databases.new_house(f"{databases.worker()}_browser", data=data) as house:
        with running(house.environment, data) as there:
            yield there


@pytest.fixture(scope="session")
def browser(program: Running, chromium: Path) -> Iterator[Browser]:
    """Debian's Chromium, or whichever this machine has. It ends before the house does."""
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def phones(browser: Browser, program: Running) -> Iterator[Phones]:
    """Phones to hand out; at the end each call is stood down, and no browser may have complained."""
    handed_out = Phones(browser, program)
    yield handed_out
    handed_out.take_back()


@pytest.fixture
def line(program: Running) -> Iterator[Line]:
    """A phone's line that can be weighed and cut."""
    with Line(program.port) as between:
        yield between


@pytest.fixture
def line_without_cookies(program: Running) -> Iterator[Line]:
    """A line on which no cookie ever arrives: as with a browser that blocks them."""
    with Line(program.port, keeps_cookies=False) as between:
        yield between


@pytest.fixture(scope="session")
def axe() -> str:
    """The rules by which every screen is judged, as `npm ci` in browser/ brings them."""
    assert AXE.exists(), "axe-core is not there: run `npm ci` in browser/, or `make test`, which does it first."
    return AXE.read_text(encoding="utf-8")


@pytest.fixture
def look(axe: str) -> Iterator[Look]:
    """Looks at each screen that it is shown; what is wrong with any of them fails the test at its end.

    STEPITUP_PICTURES=some/folder keeps a picture of each, by night and by day.
    """
    pictures = os.environ.get("STEPITUP_PICTURES", "")
    looking = Look(axe, pictures=Path(pictures) if pictures else None)
    yield looking
    if looking.found:
        pytest.fail(f"{len(looking.found)} found:\n" + "\n".join(looking.found), pytrace=False)
