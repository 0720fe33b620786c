"""A coordinator's screens in a real browser, at 320 pixels, by night and by day: axe finds nothing, all of it fits."""

from stepitup.door.team.bring_in import urls as bring_in
from stepitup.door.team.log_book import urls as log_book
from stepitup.door.team.people import urls as people
from stepitup.door.team.set_up import urls as set_up
from tests.browser.looking import Look
from tests.browser.phones import Phone, Phones
from tests.browser.team_on_a_phone import signs_in
from tests.rooms.site_process import Running

# A press on its own, which answers with a screen of the walk or with a file.
TAKES_A_PRESS = {"team-import-yes", "team-export", "team-log-book-card"}

_MISTAKEN = '[[helper]]\nkey = "Nobody!"\nrank_band = "chief"\n'
_ONE_MORE = '\n[[helper]]\nkey = "wren"\ndisplay_name = "Wren A."\nkinds = ["peer"]\nindependent = true\n'


def test_screens_of_a_coordinator(phones: Phones, look: Look, program: Running) -> None:
    maria, owen = _maria(phones, program)
    for path, name in {
        "/team/": "team-today",
        "/team/people": "team-people",
        f"/team/people/{owen}": "team-person",
        f"/team/people/{owen}/change": "team-person-change",
        f"/team/people/{owen}/take-off": "team-person-take-off",
        "/team/set-up": "team-set-up",
    }.items():
        maria.opens(path)
        look.at(maria, name)
    _adds_nobody(maria, look)
    _suspends_and_lets_go_on(maria, look, owen)
    _settles_a_question(maria, look)
    _brings_files(maria, look)
    maria.opens("/team/log-book")
    maria.opens_the_fold("Keep a card of it somewhere else")
    look.at(maria, "team-log-book")
    assert _addresses() == {name for name in look.seen if not name.endswith("-again")} - {"team-today"} | TAKES_A_PRESS


def _adds_nobody(maria: Phone, look: Look) -> None:
    maria.opens("/team/people/new")
    maria.page.get_by_label("Unit, station or shift").fill("Ladder 3")
    maria.presses("Keep")
    maria.sees("Please write the name that callers see.")
    look.at(maria, "team-people-new")


def _suspends_and_lets_go_on(maria: Phone, look: Look, helper: str) -> None:
    maria.opens(f"/team/people/{helper}")
    maria.presses("Suspend at once")
    look.at(maria, "team-person-suspend")
    maria.presses("Suspend now")
    maria.sees("Suspended. No page goes there from now on.")
    look.at(maria, "team-person-again")
    maria.presses("Lift the suspension")
    maria.sees("The suspension is lifted.")


def _settles_a_question(maria: Phone, look: Look) -> None:
    maria.opens("/team/set-up/who-runs")
    maria.presses("Sign and keep")
    maria.sees("Please write who signs this.")
    look.at(maria, "team-set-up-question")
    maria.page.get_by_label("No", exact=True).check()
    maria.page.get_by_label("Signed by").fill("Dana Whitfield")
    maria.presses("Sign and keep")
    maria.sees("Kept: Who runs this machine, and where.")
    look.at(maria, "team-set-up-question-again")


def _brings_files(maria: Phone, look: Look) -> None:
    for text, heading, name in (
        (_MISTAKEN, "things to mend in the file", "team-import-again"),
        (_ONE_MORE, "This is what would change", "team-import-again"),
    ):
        maria.opens("/team/import")
        maria.page.get_by_label("The file", exact=True).set_input_files(
            {"name": "team.toml", "mimeType": "application/toml", "buffer": text.encode()}
        )
        maria.presses("Read it")
        maria.sees(heading)
        look.at(maria, name)
    maria.presses("Yes, bring it in")
    maria.sees("It counts from now on")
    look.at(maria, "team-import-again")
    maria.opens("/team/import")
    look.at(maria, "team-import")


def _maria(phones: Phones, program: Running) -> tuple[Phone, str]:
    """Signed in, as if she had come with her passkey (that is tried elsewhere); and the number of a helper."""
    maria = phones.one()
    signs_in(maria, program, "maria-coordinates", is_coordinator=True)
    maria.opens("/team/people?named=owen")
    maria.page.get_by_role("link", name="Owen").click()
    return maria, maria.page.url.rpartition("/")[2]


def _addresses() -> set[str]:
    every = (*people.urlpatterns, *set_up.urlpatterns, *log_book.urlpatterns, *bring_in.urlpatterns)
    return {str(one.name) for one in every}
