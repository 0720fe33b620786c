"""One long night on which every screen of the house is shown to somebody, with all that people type in the forms."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from stepitup.paging.facts import Then
from tests.stories import cast
from tests.stories.night import Night
from tests.stories.people import Rosa
from tests.stories.screen import Screen

TYPED: dict[str, str | list[str]] = {
    "agency": "Quillfeather Constabulary",
    "unit": "Kennel Seventeen",
    "never_names": "Tobias Quennell",
    "show": ["agency", "unit"],
}
NUMBER, PLACE = "970 555 0173", "Mile marker 41"
# What nobody but Rosa's helper may ever read.
OF_ROSA = ("Quillfeather", "Kennel Seventeen", "Quennell", "0173", "Mile marker")
TO_READ = ("/", "/first", "/family", "/back", "/danger", "/worried", "/hotlines", "/my-job", "/who-runs-this")
MORE_TO_READ = ("/something-went-wrong", "/limits", "/what-we-hold", "/away", "/call", "/seat", "/p/no-such-page")


_lived: list[tuple[str, Screen]] = []


def all_screens(night: Night) -> list[tuple[str, Screen]]:
    """Every screen with its address. The night is lived once a run: its screens are read by several guards."""
    if not _lived:
        _lived.extend(live_through(night))
    return _lived


def live_through(night: Night) -> list[tuple[str, Screen]]:
    """Live the night and return every screen with its address."""
    for part in (cast.SAM, cast.INES, cast.THEO, cast.OKAFOR, cast.MARIA):
        night.joins(part).may_be_paged()
    stranger = night.browser()
    for address in (*TO_READ, *MORE_TO_READ, "/no/such/screen"):
        stranger.opens(address)
    _a_way_is_tested(night)
    _rosa_walks_and_is_helped(night)
    _somebody_has_it_already(night)
    _nobody_answers(night)
    return [shown for browser in night.browsers for shown in browser.shown]


def addresses() -> set[str]:
    """Every address of the house that takes no key."""
    return {f"/{route}" for route in routes(get_resolver().url_patterns) if "<" not in route}


def _rosa_walks_and_is_helped(night: Night) -> None:
    rosa, sam, ines = night.rosa(), night.helpers["sam"], night.helpers["ines"]
    rosa.presses()
    rosa.phone.presses("Go on")
    rosa.phone.presses("Skip this")
    rosa.works(state="US-CO", service="law_enforcement")
    rosa.says(**TYPED)
    rosa.phone.opens("/call/number")
    rosa.phone.presses("Keep this number", phone="12", if_lost="ring")
    rosa.leaves_a_number(NUMBER, if_lost="ring")
    rosa.presses("Tell my helper where I am")
    rosa.phone.presses("Tell my helper", place=PLACE)
    ines.gets_a_page().declines()
    page = sam.gets_a_page()
    page.answers()
    page.opens()
    night.browser().opens(page.path)
    rosa.looks()
    rosa.reads_the_limits()
    rosa.looks()
    for address in ("/seat", "/seat/at-hand", "/seat/limit-reached", "/seat/gone", "/seat/hard-news"):
        sam.phone.opens(address)
    sam.presses("I’m with them")
    sam.presses("Suggest a clinician")
    rosa.looks()
    rosa.phone.presses("Yes, please")
    okafor = night.helpers["okafor"]
    okafor.gets_a_page().answers()
    rosa.looks()
    rosa.reads_the_limits()
    okafor.presses("I can’t after all")
    sam.presses("Yes, we are finished")
    sam.presses("Off until this day", day="the day after")
    sam.presses("Fine")
    rosa.looks()
    _comes_back(night, rosa)


def _comes_back(night: Night, rosa: Rosa) -> None:
    phone = night.browser()
    for words in ("able acid", rosa.eight_words):
        phone.opens("/back")
        phone.presses("Back to your call", words=words)
    phone.sends("/call", {}, headers={"Sec-Fetch-Site": "cross-site"})


def _a_way_is_tested(night: Night) -> None:
    theo = night.helpers["theo"]
    for _ in range(2):
        night.tests(theo)
        night.passes(minutes=2)
    first, second = theo.gets_a_page(), theo.gets_a_page()
    first.opens()
    second.says_it_reached_me()


def _somebody_has_it_already(night: Night) -> None:
    rosa, sam, ines = night.rosa(), night.helpers["sam"], night.helpers["ines"]
    rosa.phone.opens("/family")
    rosa.phone.presses("Call for backup", agency="", state="US-XX")
    rosa.phone.opens("/first")
    rosa.phone.presses("Call for backup", wants="peer")
    hers, his = ines.gets_a_page(), sam.gets_a_page()
    his.answers()
    hers.opens()
    rosa.presses("Not this person: page somebody else. No reason needed.")
    sam.phone.opens("/seat")
    sam.phone.opens("/seat/how-are-you")
    rosa.phone.opens("/call/who")
    rosa.phone.opens("/call/stand-down")
    rosa.stands_down()


def _nobody_answers(night: Night) -> None:
    night.text.refuses(cast.OKAFOR.number, Then.UNREACHABLE)
    rosa = night.rosa()
    rosa.presses()
    rosa.looks()
    rosa.presses("Step it up")
    night.passes(minutes=6)
    rosa.looks()
    maria = night.helpers["maria"]
    maria.gets_a_page().opens()
    night.watch.stop()
    night.passes(minutes=1)
    rosa.looks()
    night.passes(hours=12)
    night.watch.start()
    rosa.looks()
    night.passes(hours=9 * 24)
    rosa.looks()


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, before + str(one.pattern))
        else:
            yield before + str(one.pattern)
