"""Every screen there is, at 320 pixels, by night and by day: axe finds nothing, all of it fits, is large enough, stays.

Four walks open them all. Which screens there are is read from the house's own addresses: a new one without a place in
a walk fails.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.urls import URLPattern, URLResolver, get_resolver

from stepitup.calls.plan import DEFAULT
from tests.browser.looking import Look
from tests.browser.phones import Phone, Phones

# What only takes a press and always answers with one of the screens below; and what is for programs.
TAKES_A_PRESS = {
    "call/step-up", "call/not-this-person", "call/suggestion", "p/<str:key>/acknowledge", "p/<str:key>/decline",
    "seat/joined", "seat/hand-back", "seat/finished", "seat/not-a-call", "seat/hand-off", "seat/rest", "seat/fine",
    "seat/ring", "seat/elsewhere", "seat/this-device", "p/<str:key>/reached", "night",
}  # fmt: skip
FOR_PROGRAMS = {
    "demo/pager.json", "healthz", "readyz", "metrics", "duty/<str:secret>.ics",
    "replies/join/<str:key>", "replies/join/<str:key>/caller", "replies/join/<str:key>/yes",
    "replies/join/<str:key>/ended", "replies/join/<str:key>/after", "replies/join/<str:key>/after/key",
    "replies/join/<str:key>/after/ended",
    "replies/text", "replies/text/status/<str:key>",
    "replies/voice/<str:key>", "replies/voice/<str:key>/key", "replies/voice/<str:key>/status",
    "replies/voice/house/<str:words>", "replies/voice/house/<str:words>/ended",
}  # fmt: skip

READING = {
    "", "first", "family", "back", "danger", "worried", "hotlines", "limits", "my-job", "who-runs-this",
    "something-went-wrong", "what-we-hold", "away", "demo/pager",
}  # fmt: skip
CALLING = {
    "call",
    "call/who",
    "call/work",
    "call/matters",
    "call/limits",
    "call/number",
    "call/where",
    "call/stand-down",
}
ANSWERING = {"p/<str:key>", "s/<str:key>", "seat"} | {
    f"seat/{screen}" for screen in ("at-hand", "limit-reached", "gone", "hard-news", "how-are-you")
}


def test_every_address_of_the_house_has_its_place_in_a_walk() -> None:
    # The team's own screens have walks of their own, beside this one.
    there = {address for address in _addresses(get_resolver()) if not address.startswith(("api/", "team/"))}
    assert there == READING | CALLING | ANSWERING | TAKES_A_PRESS | FOR_PROGRAMS


def test_screens_to_read(phones: Phones, look: Look) -> None:
    phone = phones.one()
    for path in sorted(READING):
        phone.opens(f"/{path}")
        look.at(phone, path or "first-screen")
    phone.opens("/limits?state=US-TX&service=law_enforcement&employer=local&kind=peer")
    look.at(phone, "limits-of-texas")
    phone.opens("/no-signal")
    look.at(phone, "no-signal")


def test_screens_for_when_something_is_not_as_it_ought_to_be(phones: Phones, look: Look) -> None:
    phone = phones.one()
    for path, name in {
        "/nowhere": "no-such-screen",
        "/static/nothing": "refused-by-the-router",
        "/night": "opens-another-way",
        "/call": "no-call",
        "/seat": "no-seat",
        "/p/nobody-has-this-key": "page-over",
        "/s/nobody-has-this-key": "way-in-over",
    }.items():
        phone.opens(path)
        look.at(phone, name)
    phone.opens("/back")
    phone.page.get_by_label("Your eight words").fill("able acid nonsense")
    phone.presses("Back to your call")
    look.at(phone, "mistyped-words")
    _press_on_another_site(phone, "/call")
    look.at(phone, "press-from-elsewhere")


def test_screens_of_a_caller(phones: Phones, look: Look) -> None:
    rosa = phones.one()
    helpers = phones.helpers()
    rosa.calls(waits=False)
    look.at(rosa, "receipt")
    rosa.presses("Go on")
    for name in ("who", "work", "matters"):
        look.at(rosa, name)
        rosa.presses("Skip this")
    look.at(rosa, "call-limits")
    rosa.presses("Later")
    look.at(rosa, "waiting")
    _leaves_a_number(rosa, look)
    _says_where_she_is(rosa, look)
    _names_somebody_we_cannot_place(rosa, look)
    rosa.opens("/")
    look.at(rosa, "first-screen-with-a-call")
    rosa.opens("/call")
    _steps_up_to_the_last_step(rosa, look)
    sam = helpers.one_gets_a_page()
    sam.presses("I can take it")
    rosa.sees_heading("Somebody has answered")
    look.at(rosa, "answered")
    rosa.reads_the_limits()
    rosa.sees_heading("You are not alone with this")
    look.at(rosa, "may-speak")
    sam.opens("/seat")
    sam.presses("I’m with them")
    sam.opens_the_fold("Bring in somebody else as well")
    sam.presses("Suggest a clinician")
    rosa.sees("Your helper suggests that a clinician joins you")
    look.at(rosa, "suggestion")
    rosa.presses("Stand down: I need nobody now")
    look.at(rosa, "stand-down")
    rosa.presses("Stand down")
    look.at(rosa, "stood-down")
    sam.sees_heading("They stood down")
    look.at(sam, "seat-after-she-stood-down")


def test_screens_of_a_helper(phones: Phones, look: Look) -> None:
    rosa = phones.one()
    helpers = phones.helpers()
    rosa.has_called()
    ines = helpers.one_gets_a_page()
    look.at(ines, "page")
    hers = urlsplit(ines.page.url).path
    second = phones.one()
    others = [path for path in helpers.all_who_got_pages() if path != hers]
    second.opens(others[0])
    second.presses("I can’t")
    look.at(second, "declined")
    ines.presses("I can take it")
    ines.sees_heading("Someone is waiting. They are reading the limits.")
    look.at(ines, "seat-waiting")
    second.opens(others[1])
    look.at(second, "taken")
    second.opens(hers)
    look.at(second, "answered-on-another-phone")
    rosa.reads_the_limits()
    ines.sees_heading("They have read the limits. Now come together.")
    look.at(ines, "seat")
    ines.presses("I’m with them")
    for fold in ("Bring in somebody else as well", "Finished", "Not a call for backup"):
        ines.opens_the_fold(fold)
    look.at(ines, "seat-joined")
    for path in ("seat/at-hand", "seat/limit-reached", "seat/gone", "seat/hard-news"):
        ines.opens(f"/{path}")
        look.at(ines, path.replace("/", "-"))
    ines.opens("/seat")
    ines.opens_the_fold("Finished")
    ines.presses("Yes, we are finished")
    look.at(ines, "how-are-you")
    ines.presses("Off until this day")
    look.at(ines, "how-are-you-mistyped")
    ines.opens("/seat")
    look.at(ines, "seat-over")
    rosa.sees_heading("This talk is over")
    look.at(rosa, "talk-over")
    ines.presses("How are you?")
    ines.presses("12 hours")
    look.at(ines, "thank-you")


def _leaves_a_number(rosa: Phone, look: Look) -> None:
    rosa.presses("Leave a number, if we lose you")
    look.at(rosa, "number")
    rosa.page.get_by_label("Your number").fill("12")
    rosa.presses("Keep this number")
    look.at(rosa, "number-mistyped")
    rosa.page.get_by_label("Your number").fill("303 555 0147")
    rosa.presses("Keep this number")
    rosa.sees("Change or take back your number")


def _says_where_she_is(rosa: Phone, look: Look) -> None:
    rosa.presses("Tell my helper where I am")
    look.at(rosa, "where")
    rosa.page.get_by_label("Where you are").fill("The lot behind the old mill")
    rosa.presses("Tell my helper")
    rosa.sees("Step it up")


def _names_somebody_we_cannot_place(rosa: Phone, look: Look) -> None:
    rosa.presses("Say what matters, and who must not come")
    for fold in rosa.page.locator("summary").all():
        fold.click()
    look.at(rosa, "matters-unfolded")
    rosa.page.get_by_label("Nobody above me").check()
    rosa.presses("Go on")
    look.at(rosa, "waiting-after-wishes")


def _steps_up_to_the_last_step(rosa: Phone, look: Look) -> None:
    for _ in range(len(DEFAULT.steps)):
        if rosa.reads() != "Please call this line now":
            with rosa.page.expect_navigation():
                rosa.presses("Step it up")
    rosa.sees("Nobody has answered yet. That is our failure, not yours.")
    look.at(rosa, "last-step")


def _press_on_another_site(phone: Phone, path: str) -> None:
    phone.page.goto("about:blank")
    phone.page.set_content(f"<form method=post action='{phone.address}{path}'><button>A trap</button></form>")
    with phone.page.expect_navigation():
        phone.page.get_by_role("button").click()


def _addresses(resolver: URLResolver | URLPattern, before: str = "") -> Iterator[str]:
    address = before + str(resolver.pattern).lstrip("^")
    if isinstance(resolver, URLPattern):
        yield address
    else:
        for part in resolver.url_patterns:
            yield from _addresses(part, address.removeprefix("/"))
