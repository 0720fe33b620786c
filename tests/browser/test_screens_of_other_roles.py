"""The screens of who looks after accounts, leads clinically or runs the machine: at 320 pixels, by night and by day."""

from tests.browser.looking import Look
from tests.browser.phones import Phones
from tests.browser.team_on_a_phone import signs_in
from tests.rooms.site_process import Running


def test_screens_of_accounts_care_and_the_machine(phones: Phones, look: Look, program: Running) -> None:
    nora = phones.one()
    signs_in(nora, program, "wears-three-hats", is_coordinator=True, is_clinical_lead=True, is_operator=True)
    for path, name in {
        "/team/accounts": "accounts",
        "/team/care": "care",
        "/team/care/people": "care-people",
        "/team/machine": "machine",
        "/team/crew": "crew",
        "/team/incidents": "incidents",
        "/team/incidents/new": "incident-new",
    }.items():
        nora.opens(path)
        look.at(nora, name)
    nora.opens("/team/care/people")
    nora.page.locator("main a[href^='/team/care/people/']").first.click()
    look.at(nora, "care-person")
