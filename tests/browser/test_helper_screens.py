"""A helper's own screens, and the rest of a coordinator's, at 320 pixels by night and by day: axe finds nothing."""

import pytest

from tests.browser.looking import Look
from tests.browser.phones import Phones
from tests.browser.team_on_a_phone import signs_in
from tests.rooms.site_process import Running

pytestmark = pytest.mark.only_on("sqlite")

OWN = (
    *("me", "me/words", "me/shares", "me/hours", "me/ways", "me/credentials", "me/leave", "me/push"),
    *("drills", "devices", "security"),
)
# What somebody with more hats sees more of is looked at with those on (test_screens_of_other_roles.py).
COORDINATES = ("invitations", "devices/team", "drills")


def test_screens_of_a_helper_at_home(phones: Phones, look: Look, program: Running) -> None:
    sam = phones.one()
    signs_in(sam, program, "sam")
    sam.opens("/team/")
    look.at(sam, "own-home")
    for path in OWN:
        sam.opens(f"/team/{path}")
        look.at(sam, f"own-{path.replace('/', '-')}")


def test_what_else_a_coordinator_opens(phones: Phones, look: Look, program: Running) -> None:
    maria = phones.one()
    signs_in(maria, program, "maria-coordinates", is_coordinator=True)
    for path in COORDINATES:
        maria.opens(f"/team/{path}")
        look.at(maria, f"team-{path.replace('/', '-')}")
    maria.opens("/team/people?named=sam")
    maria.page.get_by_role("link", name="Sam K.").click()
    sams = f"/team/{maria.page.url.partition('/team/')[2]}/credentials"
    for path, name in ((sams, "team-credentials"), (f"{sams}/new", "team-credential-new")):
        maria.opens(path)
        look.at(maria, name)
    maria.opens(sams)
    maria.page.locator("main .choices a").first.click()
    look.at(maria, "team-credential")
    maria.page.get_by_role("link", name="Change the days").click()
    look.at(maria, "team-credential-days")
