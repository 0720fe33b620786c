"""What a caller leaves, in a real browser: closed on a phone that the team does not know, open on the one it does."""

import json
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, expect

from stepitup.ground import root_key
from stepitup.site.data_folder import DEMO_TEAM
from tests.browser.looking import Look
from tests.browser.phones import Held, Phone, Phones
from tests.browser.team_on_a_phone import signs_in
from tests.provision import databases
from tests.rooms.site_process import NO_TLS, Running, running

pytestmark = pytest.mark.only_on("sqlite")  # about no database: once is enough
ROOT, _FILE = root_key.make("kettle gravel orchid", cost=2)
NUMBER, PLACE = "555‑0147", "Behind the old mill"


@pytest.fixture
def house(django_db_setup: None, tmp_path: Path) -> Iterator[Running]:
    """A house whose team has a root key."""
    with databases.new_house(f"{databases.worker()}_enrolled", data=tmp_path / "data") as ours:
        team = f'{DEMO_TEAM}root_key = "{ROOT.public}"\n'
        (ours.data / "team.toml").write_text(team, encoding="utf-8")
        with running(ours.environment, ours.data) as there:
            yield there


def test_a_callers_details_open_on_the_enrolled_phone_and_on_no_other(
    house: Running, browser: Browser, look: Look, tmp_path: Path
) -> None:
    phones = Phones(browser, house)
    rosa, helpers = phones.one(), phones.helpers()
    rosa.has_called()
    leaves_a_number_and_a_place(rosa)
    borrowed = helpers.one_gets_a_page()
    whose = helper_of(house, urlsplit(borrowed.page.url).path)
    borrowed.presses("I can take it")
    rosa.learns("Before the first word, read what stays private")
    rosa.reads_the_limits()
    borrowed.sees_heading("They have read the limits. Now come together.")
    borrowed.sees("We cannot see that it is enrolled")
    borrowed.sees_nothing_of(NUMBER, PLACE)
    look.at(borrowed, "seat-closed")

    own = phones.one()
    signs_in(own, house, whose)
    own.opens("/team/devices")
    own.presses("Enrol this device")
    own.sees("Waiting for the team’s root key.")
    the_root_key_signs(house, phones.one(), tmp_path / "signatures.json")

    borrowed.presses("Go on at my enrolled phone")
    look.at(borrowed, "seat-elsewhere")
    own.opens(link_on(borrowed))
    own.page.route("**/seat/this-device", lambda lost: lost.abort(), times=1)  # one bar of signal
    own.presses("Go to your seat")
    own.sees(NUMBER)
    own.sees(PLACE)
    own.sees_nothing_of("that it is enrolled")
    borrowed.presses("Back to your seat")
    borrowed.sees("We cannot see that it is enrolled")
    borrowed.sees_nothing_of(NUMBER, PLACE)

    borrowed.presses("Go on at my enrolled phone")
    plain = phones.one(Held(script=False))
    plain.opens(link_on(borrowed))
    plain.presses("Go to your seat")
    expect(plain.page.locator("noscript p", has_text="This browser runs no script.")).to_be_visible()
    plain.sees_nothing_of(NUMBER, PLACE)
    phones.take_back()


def leaves_a_number_and_a_place(rosa: Phone) -> None:
    rosa.presses("Leave a number, if we lose you")
    rosa.page.get_by_label("Your number").fill("303 555 0147")
    rosa.presses("Keep this number")
    rosa.sees("Change or take back your number")
    rosa.presses("Tell my helper where I am")
    rosa.page.get_by_label("Where you are").fill(PLACE)
    rosa.presses("Tell my helper")
    rosa.sees("Step it up")


def the_root_key_signs(house: Running, marias: Phone, file: Path) -> None:
    """Maria takes the file of waiting devices to whoever holds the root key, and brings the signatures in."""
    signs_in(marias, house, "maria", is_coordinator=True)
    asked = marias.context.request.get(f"{house.address}/team/devices/requests.json").json()["devices"]
    signed = [{"key": one["key"], "signature": ROOT.sign(name=one["name"], key=one["key"])} for one in asked]
    file.write_text(json.dumps({"what": "stepitup device signatures 1", "signatures": signed}), encoding="utf-8")
    marias.opens("/team/devices/team")
    marias.page.get_by_label("The file of signatures").set_input_files(file)
    marias.presses("Bring them in")
    marias.sees("Nothing waits.")


def helper_of(house: Running, page: str) -> str:
    """The roster's short word for whoever got this page."""
    lines = httpx.get(f"{house.address}/demo/pager.json", **NO_TLS).json()
    [name] = {line["helper"] for line in lines if urlsplit(line["link"]).path == page}
    team = tomllib.loads(files("stepitup.roster").joinpath("demo_team.toml").read_text(encoding="utf-8"))
    return next(str(one["key"]) for one in team["helper"] if one["display_name"] == name)


def link_on(phone: Phone) -> str:
    return urlsplit(phone.page.locator("p.receipt").inner_text()).path
