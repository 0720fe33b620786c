"""Rosa calls and Sam answers on real phones: with and without script, by night and by day, with cookies and without."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.line import Line
from tests.browser.phones import WITH_AND_WITHOUT_SCRIPT, Held, Phone, Phones

with_and_without_script = pytest.mark.parametrize("held", WITH_AND_WITHOUT_SCRIPT, ids=str)


@with_and_without_script
def test_rosa_walks_the_questions_and_sam_is_with_her(phones: Phones, held: Held) -> None:
    rosa, helpers = phones.one(held), phones.helpers(held)
    rosa.calls(waits=False)
    rosa.presses("Go on")
    rosa.page.get_by_label("A peer: somebody from the job, trained for this").check()
    rosa.presses("Go on")
    rosa.page.get_by_label("Your state").select_option("Colorado")
    rosa.presses("Go on")
    rosa.opens_the_fold("What my helper may also see")
    rosa.page.get_by_label("My state").check()
    rosa.presses("Go on")
    rosa.sees("You can say you want to die. We want to hear it.")
    rosa.presses("I’ve read this")
    rosa.sees_heading("We are looking for somebody")

    sam = helpers.one_looks_at_the_pager()
    sam.sees_heading("Can you take one?")
    sam.sees_nothing_of("Rosa", "Colorado")
    sam.presses("I can take it")
    rosa.learns("has answered")
    expect(rosa.button_that_begins("Ring ")).to_be_visible()
    sam.sees_heading("They have read the limits. Now come together.")
    sam.sees("State: Colorado")

    sam.presses("I’m with them")
    rosa.learns("is with you")
    sam.opens_the_fold("Finished")
    sam.presses("Yes, we are finished")
    rosa.learns("This talk is over")
    sam.sees_heading("How are you?")
    sam.presses("Fine")
    sam.sees_heading("Thank you")
    sam.opens("/seat")
    sam.sees_heading("There is no seat on this phone")


@with_and_without_script
def test_nothing_of_her_is_seen_before_she_has_read_the_limits(phones: Phones, held: Held) -> None:
    rosa, helpers = phones.one(held), phones.helpers(held)
    rosa.has_called()
    rosa.presses("Tell my helper where I am")
    rosa.page.get_by_label("Where you are").fill("Behind the old mill")
    rosa.presses("Tell my helper")
    sam = helpers.one_gets_a_page()
    sam.presses("I can take it")
    sam.sees_heading("Someone is waiting. They are reading the limits.")
    sam.sees_nothing_of("the old mill")

    rosa.learns("Before the first word, read what stays private")
    rosa.reads_the_limits()
    sam.learns("They say they are here: Behind the old mill")


@with_and_without_script
def test_she_steps_it_up_and_refuses_one_and_stands_down(phones: Phones, held: Held) -> None:
    rosa, helpers = phones.one(held), phones.helpers(held)
    rosa.has_called()
    rosa.sees("3 peers were paged.")
    rosa.presses("Step it up")
    expect(rosa.page.locator("dd").first).not_to_have_text("3 peers were paged.")
    sam = helpers.one_gets_a_page()
    sam.presses("I can take it")
    rosa.learns("has answered")
    name = rosa.page.locator(".well h2").inner_text().removesuffix(" has answered")
    rosa.presses("Not this person: page somebody else. No reason needed.")
    rosa.sees_heading("We are looking for somebody")
    rosa.sees_nothing_of(name)
    sam.learns("They go on with somebody else")

    rosa.presses("Stand down: I need nobody now")
    rosa.presses("Stand down")
    rosa.sees_heading("You stood down. That is fine")
    sam.opens(helpers.all_who_got_pages()[-1])
    sam.sees_heading("This page is over, thank you")


@with_and_without_script
def test_no_is_as_easy_as_yes_and_the_second_is_thanked(phones: Phones, held: Held) -> None:
    rosa, helpers = phones.one(held), phones.helpers(held)
    rosa.has_called()
    sam = helpers.one_gets_a_page()
    sam.presses("I can’t: I was there")
    sam.sees_heading("Thank you for saying so")
    others = [path for path in helpers.all_who_got_pages() if not urlsplit(sam.page.url).path.startswith(path)]
    ines, lena = phones.one(held), phones.one(held)
    ines.opens(others[0])
    lena.opens(others[-1])
    ines.presses("I can take it")
    lena.presses("I can take it")
    lena.sees_heading("Someone has it, thank you")


def test_her_eight_words_bring_her_back_from_another_phone(phones: Phones) -> None:
    rosa = phones.one()
    rosa.calls(waits=False)
    words = rosa.receipt
    borrowed = phones.one(Held(script=False, light="day"))
    borrowed.opens("/back")
    borrowed.page.get_by_label("Your eight words").fill(words.upper().replace(" ", "\n"))
    borrowed.presses("Back to your call")
    borrowed.sees_heading("We are looking for somebody")
    borrowed.opens("/call")
    borrowed.sees("Step it up")


@with_and_without_script
def test_with_cookies_blocked_the_whole_way_works(phones: Phones, line_without_cookies: Line, held: Held) -> None:
    rosa = phones.one(held, address=line_without_cookies.address)
    helpers = phones.helpers(held)
    rosa.calls(waits=False)
    rosa.presses("Go on")
    rosa.skips_the_questions()
    phones.remember(rosa.token)
    assert rosa.context.cookies() == []
    sam = helpers.one_gets_a_page(address=line_without_cookies.address)
    sam.presses("I can take it")
    sam.sees_heading("Someone is waiting. They are reading the limits.")

    rosa.presses("Look again")
    rosa.reads_the_limits()
    rosa.sees_heading("You are not alone with this")
    sam.presses("Look again now")
    sam.presses("I’m with them")
    sam.sees_heading("You are with them")
    sam.opens_the_fold("Finished")
    sam.presses("Yes, we are finished")
    sam.presses("12 hours")
    sam.sees("You get no pages until")
    rosa.presses("Look again")
    rosa.sees_heading("This talk is over")
    assert rosa.context.cookies() == sam.context.cookies() == []


@with_and_without_script
def test_night_or_day_is_her_own_choice_and_stays(phones: Phones, held: Held) -> None:
    phone = phones.one(held)
    phone.opens("/worried")
    before = _ground(phone)
    phone.presses("Day colours" if held.light == "night" else "Night colours")
    phone.sees_heading("You are worried about someone")
    assert _ground(phone) != before
    phone.opens("/")
    assert _ground(phone) != before


def _ground(phone: Phone) -> str:
    colour: str = phone.page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour
