"""Step it up: another kind of help, asked for by Rosa, or suggested by her helper and taken with her yes."""

from tests.stories.night import Night
from tests.stories.people import Helper, Rosa


def test_a_chaplain_is_wanted_and_comes_first(night: Night, rosa: Rosa, daniel: Helper, sam: Helper) -> None:
    rosa.phone.opens("/")
    rosa.phone.taps("Choose who comes first")
    rosa.phone.presses("Call for backup", wants="chaplain")
    page = daniel.gets_a_page()
    sam.gets_nothing()
    page.answers()
    rosa.sees("Daniel P. has answered", "A chaplain")


def test_a_chaplain_is_wanted_after_the_press_and_the_peer_is_let_go(rosa: Rosa, daniel: Helper, sam: Helper) -> None:
    rosa.presses()
    page = sam.gets_a_page()
    rosa.phone.opens("/call/who")
    rosa.phone.presses("Go on", wants="chaplain")
    daniel.gets_a_page()
    assert page.is_over()


def test_no_chaplain_is_on_duty_so_the_peer_stays_asked(rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    page = sam.gets_a_page()
    rosa.phone.opens("/call/who")
    rosa.phone.presses("Go on", wants="chaplain")
    assert "Can you take one?" in page.opens()


def test_step_it_up_brings_the_next_kind_at_once(rosa: Rosa, sam: Helper, okafor: Helper) -> None:
    rosa.presses()
    page = sam.gets_a_page()
    rosa.presses("Step it up")
    okafor.gets_a_page()
    assert "Can you take one?" in page.opens()
    rosa.sees("1 peer was paged.", "1 clinician was paged.")


def test_step_it_up_pressed_twice_by_a_shaking_hand_is_one_step(
    rosa: Rosa, sam: Helper, okafor: Helper, maria: Helper
) -> None:
    rosa.presses()
    sam.gets_a_page()
    rosa.looks()
    form = rosa.phone.screen.form_with("Step it up")
    for _ in range(2):
        rosa.phone.sends(form.action, {**form.fields})
    okafor.gets_a_page()
    maria.gets_nothing()


def test_on_the_last_step_pressing_in_panic_does_not_ring_ten_times(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    sam.gets_a_page()
    night.passes(minutes=6)
    sam.may_be_paged()
    before = len(night.messages())
    for _ in range(10):
        rosa.presses("Step it up")
        night.passes(seconds=3)
    assert len(night.messages()) <= before + 1


def test_step_it_up_beside_sam_brings_a_clinician_and_sam_stays(rosa: Rosa, sam: Helper, okafor: Helper) -> None:
    rosa.presses()
    sam.gets_a_page().answers()
    rosa.reads_the_limits()
    sam.presses("I’m with them")
    rosa.presses("Step it up")
    okafor.gets_a_page().answers()
    rosa.sees("Sam K. is with you", "Dr. Okafor has answered")


def test_a_clinician_comes_with_her_yes_while_sam_stays_and_reads_before_the_first_word(
    rosa: Rosa, sam: Helper, okafor: Helper
) -> None:
    rosa.presses()
    rosa.leaves_a_number("303 555 0199")
    sam.gets_a_page().answers()
    rosa.reads_the_limits()
    sam.presses("I’m with them")
    sam.presses("Suggest a clinician")
    okafor.gets_nothing()
    rosa.sees("Your helper suggests that a clinician joins you")

    rosa.phone.presses("Yes, please")
    okafor.gets_a_page().answers()
    okafor.does_not_see("0199")
    assert "What stays private with a clinician, and where that ends" in rosa.phone.opens("/call/limits").headings
    rosa.reads_the_limits()
    okafor.sees("0199", "Another helper is here with them too.")

    sam.presses("Yes, we are finished")
    okafor.presses("I’m with them")
    rosa.sees("Dr. Okafor is with you")
    rosa.does_not_see("Sam K.", "This talk is over")


def test_she_says_no_to_the_clinician_and_nobody_is_paged(
    night: Night, rosa: Rosa, sam: Helper, okafor: Helper
) -> None:
    rosa.presses()
    sam.gets_a_page().answers()
    rosa.reads_the_limits()
    sam.presses("I’m with them")
    sam.presses("Suggest a clinician")
    rosa.looks()
    rosa.phone.presses("No, thank you")
    night.passes(hours=1)
    okafor.gets_nothing()
    rosa.sees("Sam K. is with you")


def test_nobody_comes_to_the_hand_off_and_sam_is_still_there(
    night: Night, rosa: Rosa, sam: Helper, okafor: Helper
) -> None:
    rosa.presses()
    sam.gets_a_page().answers()
    rosa.reads_the_limits()
    sam.presses("I’m with them")
    rosa.presses("Step it up")
    okafor.gets_a_page().declines()
    night.passes(minutes=30)
    okafor.gets_nothing()
    rosa.sees("Sam K. is with you", "Also being looked for")
