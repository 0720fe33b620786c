"""Rosa presses. What happens in the first minutes, and what she is told meanwhile."""

from tests.stories.people import Helper, Rosa


def test_rosa_presses_once_sam_is_paged_before_she_reads_the_limits_and_no_word_passes_until_she_has(
    rosa: Rosa, sam: Helper
) -> None:
    rosa.presses()
    rosa.reads("1 peer is being paged now.")
    rosa.leaves_a_number("303 555 0199")

    sam.gets_a_page().answers()
    sam.sees("Someone is waiting. They are reading the limits.")
    sam.does_not_see("555-0199", "5550199")
    rosa.sees("Sam K. has answered", "Before the first word, read what stays private")
    rosa.does_not_see("555-0161", "0161")

    rosa.reads_the_limits()
    sam.sees("They have read the limits. Now come together.", "0199")
    rosa.sees("Sam K. has answered", "0161")


def test_she_sees_how_many_were_paged_and_what_comes_next_and_when(rosa: Rosa, sam: Helper, ines: Helper) -> None:
    rosa.presses()
    rosa.sees("2 peers were paged.", "in 2 minutes (03:06 MST)")
    sam.gets_a_page()
    ines.gets_a_page()


def test_when_they_are_together_both_screens_say_so_and_the_end_is_kind(rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    sam.gets_a_page().answers()
    rosa.reads_the_limits()
    sam.presses("I’m with them")
    rosa.sees("Sam K. is with you")

    sam.presses("Yes, we are finished")
    rosa.sees("This talk is over", "deleted already")


def test_she_learns_of_the_helper_what_they_let_her_learn(rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    sam.gets_a_page().answers()
    rosa.sees("A peer", "Sworn.", "Certified since January 2020", "Knows from their own life:")
    rosa.does_not_see("Karstadt", "drink")
