"""What people do in a story, in the words of the field: Rosa presses and reads, a helper's phone lights up."""

from dataclasses import dataclass

from stepitup.roster.models import Helper as HelperRow
from tests.stories.browser import Browser
from tests.stories.cast import Part
from tests.stories.network import Message, Network
from tests.stories.phone import Phone
from tests.stories.screen import holds

PRESS = "Call for backup"
HAVE_READ = "I’ve read this"
TAKE_IT, CANNOT, IT_REACHED_ME = "I can take it", "I can’t", "It reached me"


class Rosa:
    """The caller. `sees` and `does_not_see` look at her call as it stands now; `reads` looks at what is before her."""

    def __init__(self, phone: Browser) -> None:
        self.phone = phone
        self.eight_words = ""

    def presses(self, button: str = PRESS, **typed: str | list[str]) -> None:
        """Press a button by its words. Without words: the large one on the first screen."""
        if button == PRESS and not self.phone.screen.has_button(PRESS):
            self.phone.opens("/")
        elif not self.phone.screen.has_button(button):
            self.looks()
        self.phone.presses(button, **typed)
        if 'class="receipt"' in self.phone.screen.raw:
            self.eight_words = self.phone.screen.raw.partition('class="receipt" translate="no">')[2].partition("<")[0]

    def calls(self) -> None:
        """Press, from the first screen."""
        self.phone.opens("/")
        self.presses()

    def looks(self) -> None:
        """Look at the call itself, past whatever question is next."""
        self.phone.opens("/call")
        if self.phone.screen.has_button("See your call"):
            self.phone.presses("See your call")

    def sees(self, *sentences: str) -> None:
        """Her call, now, says each of these."""
        self.looks()
        self.reads(*sentences)

    def reads(self, *sentences: str) -> None:
        """The screen before her says each of these."""
        for sentence in sentences:
            assert sentence in self.phone.screen.words, f"“{sentence}” is not here:\n{self.phone.screen.words}"

    def does_not_see(self, *words: str) -> None:
        """Her call, now, says none of these."""
        self.looks()
        for word in words:
            assert word not in self.phone.screen.words, f"“{word}” is here:\n{self.phone.screen.words}"

    def reads_the_limits(self) -> None:
        """Read what stays private, for each kind of helper there is, and say so."""
        self.phone.opens("/call/limits")
        self.phone.presses(HAVE_READ)
        while self.phone.screen.has_button(HAVE_READ):
            self.phone.presses(HAVE_READ)

    def leaves_a_number(self, number: str, *, if_lost: str = "neither") -> None:
        self.phone.opens("/call/number")
        self.phone.presses("Keep this number", phone=number, if_lost=if_lost)

    def says(self, **wishes: str | list[str]) -> None:
        """Say what matters and who must not come."""
        self.phone.opens("/call/matters")
        self.phone.presses("Go on", **wishes)

    def works(self, *, state: str, service: str, employer: str = "local") -> None:
        self.phone.opens("/call/work")
        self.phone.presses("Go on", state=state, service=service, employer=employer)

    def stands_down(self) -> None:
        self.presses("Stand down: I need nobody now")
        self.phone.presses("Stand down")


@dataclass(frozen=True)
class PageOnPhone:
    """A page on somebody's phone, and what they do with it."""

    helper: "Helper"
    message: Message

    @property
    def says(self) -> str:
        return self.message.text

    @property
    def path(self) -> str:
        return "/p/" + self.message.link.rpartition("/p/")[2]

    def opens(self) -> str:
        """Open the link and read."""
        return self.helper.phone.opens(self.path).words

    def answers(self) -> str:
        """Yes. Returns what the screen says then."""
        self.opens()
        return self.helper.phone.presses(TAKE_IT).words

    def declines(self, *, i_was_there: bool = False) -> str:
        """No; that is fine."""
        self.opens()
        return self.helper.phone.presses(CANNOT, **({"i_was_there": "yes"} if i_was_there else {})).words

    def says_it_reached_me(self) -> str:
        """A test: the one button that it has."""
        self.opens()
        return self.helper.phone.presses(IT_REACHED_ME).words

    def is_over(self) -> bool:
        return "This page is over, thank you" in self.opens()

    def somebody_has_it(self) -> bool:
        return "Someone has it, thank you" in self.opens()


class Helper:
    """A helper and their phone. What lights up there and is not asked about fails the story."""

    def __init__(self, part: Part, *, networks: list[Network], phone: Phone) -> None:
        self.part, self.phone = part, phone
        phone.belongs_to(unread=self.unread, take=self._takes_up)
        self._networks, self._addresses = networks, part.addresses
        self._seen = set[int]()
        self._links: list[str] = []
        self.pages: list[PageOnPhone] = []
        self._expects_anything = False

    @property
    def id(self) -> int:
        return HelperRow.objects.get(key=self.part.key).pk

    def gets_a_page(self) -> PageOnPhone:
        """A page that was not there before."""
        new = self.unread()
        assert new, f"{self.part.name} got nothing"
        assert new[0].link not in self._links, f"{self.part.name} got the same page again"
        return self._takes_up(new[0])

    def gets_it_again(self) -> PageOnPhone:
        """The page they have already, once more."""
        new = self.unread()
        assert new, f"{self.part.name} got nothing"
        assert new[0].link in self._links, f"{self.part.name} got another page"
        return self._takes_up(new[0])

    def gets_nothing(self) -> None:
        new = self.unread()
        assert not new, f"{self.part.name} got {new[0].text!r}"

    def may_be_paged(self) -> None:
        """What arrives here is not what the story is about."""
        self._expects_anything = True

    def unexpected(self) -> list[Message]:
        """What arrived and nobody asked about."""
        return [] if self._expects_anything else self.unread()

    def presses(self, button: str, **typed: str | list[str]) -> None:
        """Press a button on the seat's screen."""
        if not self.phone.screen.has_button(button):
            self.phone.opens("/seat")
        self.phone.presses(button, **typed)

    def sees(self, *sentences: str) -> None:
        """The seat, now, says each of these."""
        words = self.phone.opens("/seat").words
        for sentence in sentences:
            assert sentence in words, f"“{sentence}” is not here:\n{words}"

    def does_not_see(self, *words: str) -> None:
        """The seat, now, holds none of these, not even hidden."""
        raw = self.phone.opens("/seat").raw
        for word in words:
            assert not holds(raw, word), f"“{word}” is here:\n{self.phone.screen.words}"

    def unread(self) -> list[Message]:
        """What has arrived and was not looked at yet."""
        return [message for message in self._mine() if message.place not in self._seen]

    def _takes_up(self, message: Message) -> PageOnPhone:
        """Look at it; the same page by a second way is the same page."""
        same = {one.place for one in self.unread() if one.link == message.link and "/p/" in one.link}
        self._seen |= {message.place} | same
        self._links.append(message.link)
        self.pages.append(PageOnPhone(self, message))
        return self.pages[-1]

    def _mine(self) -> list[Message]:
        """What arrived on this phone by any network, in the order in which it came."""
        arrived = [message for network in self._networks for message in network.delivered]
        return sorted((one for one in arrived if one.to in self._addresses), key=lambda one: one.place)
