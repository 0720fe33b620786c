"""By keyboard alone, on a desk screen at 400 % zoom, of which 320 by 256 pixels are left: Rosa calls, Sam answers."""

from dataclasses import dataclass

from tests.browser.phones import Held, Phone, Phones

ZOOMED = Held(light="day", width=320, height=256, scale=4)
MOST_STEPS = 60
# Where the keyboard stands: its words, and whether a person sees that it stands there.
WHERE = """() => {
  const it = document.activeElement;
  const box = it.getBoundingClientRect();
  const line = getComputedStyle(it);
  const middle = document.elementFromPoint(box.left + Math.min(box.width, 40) / 2, Math.max(box.top, 0) + Math.min(box.height, 40) / 2);
  return {
    words: (it.labels?.[0] ?? it).textContent.trim().replace(/\\s+/g, " "),
    is_ringed: line.outlineStyle === "solid" && parseFloat(line.outlineWidth) >= 3,
    is_in_sight: box.top < innerHeight && box.bottom > 0 && box.left >= 0 && box.right <= innerWidth,
    is_uncovered: middle !== null && (it.contains(middle) || middle.contains(it)),
  };
}"""  # noqa: E501  a line of measuring


@dataclass
class Keyboard:
    """Hands that never touch a mouse or a screen."""

    phone: Phone

    def presses(self, words: str) -> None:
        """Go there with the tab key, seeing at each stop where one stands, and press."""
        self.goes_to(words)
        self.phone.page.keyboard.press("Enter")

    def chooses(self, words: str) -> None:
        """Tick a box."""
        self.goes_to(words)
        self.phone.page.keyboard.press("Space")

    def goes_to(self, words: str) -> None:
        """Step by step, in the order of the screen."""
        self.phone.page.wait_for_load_state("load")
        passed: list[str] = []
        for _ in range(MOST_STEPS):
            self.phone.page.keyboard.press("Tab")
            where = self.phone.page.evaluate(WHERE)
            passed.append(where["words"])
            seen = where["is_ringed"] and where["is_in_sight"] and where["is_uncovered"]
            assert seen or where["words"] == "", f"nobody sees that the keyboard stands here: {where}"
            if where["words"] == words:
                return
        raise AssertionError(f"the keyboard does not reach “{words}”; it passed {passed}")


def test_the_whole_way_of_calling_and_of_answering(phones: Phones) -> None:
    rosa, helpers = phones.one(ZOOMED), phones.helpers(ZOOMED)
    hers = Keyboard(rosa)
    rosa.opens()
    hers.presses("Call for backup")
    rosa.sees_heading("Your call is open")
    hers.presses("Go on")
    rosa.sees_heading("Who should come first?")
    hers.presses("Skip this")
    rosa.sees_heading("Where do you work?")
    hers.presses("Go on")
    rosa.sees_heading("Who is right for you, and who must not come?")
    hers.chooses("Nobody from my agency")
    hers.presses("Go on")
    rosa.sees_heading("What stays private with a peer, and where that ends")
    hers.presses("I’ve read this")
    rosa.sees_heading("We are looking for somebody")

    sam = helpers.one_gets_a_page()
    his = Keyboard(sam)
    sam.sees_heading("Can you take one?")
    his.presses("I can take it")
    sam.sees_heading("They have read the limits. Now come together.")
    his.presses("I’m with them")
    sam.sees_heading("You are with them")
    rosa.sees("is with you")
    his.presses("Finished")
    his.presses("Yes, we are finished")
    sam.sees_heading("How are you?")
    his.presses("Fine")
    sam.sees_heading("Thank you")
    rosa.sees_heading("This talk is over")


def test_standing_down_and_leaving(phones: Phones) -> None:
    rosa = phones.one(ZOOMED)
    hers = Keyboard(rosa)
    rosa.has_called()
    hers.presses("Stand down: I need nobody now")
    rosa.sees_heading("Stand down?")
    hers.presses("Keep the call open")
    rosa.sees_heading("We are looking for somebody")
    hers.presses("Leave quickly")
    rosa.page.wait_for_url("**/away")


def test_what_is_mistyped_is_where_the_keyboard_stands(phones: Phones) -> None:
    rosa = phones.one(ZOOMED)
    rosa.opens("/back")
    hers = Keyboard(rosa)
    hers.goes_to("Your eight words")
    rosa.page.keyboard.type("able acid nonsense")
    hers.presses("Back to your call")
    rosa.sees("Please look at this again")
    assert rosa.page.title() == "Error: Today"
    assert rosa.page.evaluate("document.activeElement.className") == "problems", "the summary takes the focus"
    rosa.page.keyboard.press("Tab")
    rosa.page.keyboard.press("Enter")
    assert rosa.page.evaluate("document.activeElement.value") == "able acid nonsense", "its link leads to the answer"
