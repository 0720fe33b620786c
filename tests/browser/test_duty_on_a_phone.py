"""Duty with one thumb at 320 pixels, by night and by day: nothing too small, too wide or too pale."""

import pytest

from tests.browser.looking import Look
from tests.browser.phones import Held, Phones
from tests.browser.team_on_a_phone import signs_in
from tests.rooms.site_process import Running

pytestmark = pytest.mark.only_on("sqlite")


def test_a_coordinator_and_a_helper_look_after_duty(phones: Phones, look: Look, program: Running) -> None:
    maria = phones.one()
    signs_in(maria, program, "maria-coordinates", is_coordinator=True)
    maria.opens("/team/duty/day?name=sam")
    maria.presses("Sam K.")
    maria.presses("Change the hours")
    maria.page.fill("textarea", "daily 18:00-06:00")
    look.at(maria, "duty-hours")
    maria.presses("Save")
    maria.sees("daily 18:00-06:00")
    for screen in ("everybody", "everybody/month", "gaps", "shifts"):
        maria.opens(f"/team/duty/{screen}")
        look.at(maria, f"duty-{screen.replace('/', '-')}")
    sam = phones.one(Held(light="day"))
    signs_in(sam, program, "sam")
    sam.opens("/team/duty")
    look.at(sam, "duty-week")
    sam.presses("Later")
    sam.button_that_begins("Ask somebody").click()
    sam.sees_heading("Who could take it?")
    look.at(sam, "duty-swap")
