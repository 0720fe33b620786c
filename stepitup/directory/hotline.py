"""A hotline as the screens show it: only lines whose marks allow it ever become one of these."""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from stepitup.directory.errors import FactsWrong
from stepitup.directory.facts_file import Line, LineKind, LineSource, Rescue, Serves
from stepitup.directory.tried import TestCall, how_it_was_tried, in_words
from stepitup.directory.words import LineWords, rescue_in_a_sentence, serves_in_words
from stepitup.ground.vocabulary import STATES


@dataclass(frozen=True)
class Hotline:
    """One line outside the team, with everything that must be said beside its number.

    phone, text_to: what `tel:` and `sms:` carry, the number alone · phone_display, text_keyword: what is printed ·
    rescue: the mark; rescue_sentence: the same in words · seen: how far we know the number · checked_on: when this team
    rang it, if it did.
    """

    id: str
    name: str
    operator: str
    kind: LineKind
    phone: str | None
    phone_display: str | None
    text_to: str | None
    text_display: str | None
    text_keyword: str | None
    tty_display: str | None
    serves: tuple[Serves, ...]
    serves_in_words: str
    specialises: bool
    who_answers: str
    hours: str
    know: tuple[str, ...]
    rescue: Rescue
    rescue_sentence: str
    rescue_note: str
    before_text: str
    warning: str
    region: str
    state_name: str | None
    seen: str
    checked: str
    checked_on: dt.date | None
    sources: tuple[LineSource, ...]

    @property
    def call_words(self) -> str:
        """The words on the button that rings."""
        return _("Call %(number)s") % {"number": self.phone_display}

    @property
    def text_words(self) -> str:
        """The words on the button that texts: with the keyword, where there is one."""
        if self.text_keyword:
            return _("Text %(keyword)s to %(number)s") % {"keyword": self.text_keyword, "number": self.text_display}
        return _("Text %(number)s") % {"number": self.text_display}


def hotline_from(line: Line, words: LineWords, *, tried: TestCall | None) -> Hotline:
    """Turn a published line into what the screens show. Raises FactsWrong for a line whose marks do not allow it."""
    if not line.publish_by_default:
        raise FactsWrong(f"{line.id} may not be shown: its marks do not allow it")
    return Hotline(
        id=line.id,
        name=line.name,
        operator=line.operator,
        kind=line.kind,
        phone=line.phone_e164,
        phone_display=line.phone_display,
        text_to=line.text.to if line.text else None,
        text_display=_text_printed(line),
        text_keyword=line.text.keyword if line.text else None,
        tty_display=_tty(line),
        serves=line.serves,
        serves_in_words=_serves_whom(line),
        specialises=line.specialises_in_first_responders,
        who_answers=words.who,
        hours=words.hours,
        know=words.know,
        rescue=line.may_involve_rescue,
        rescue_sentence=rescue_in_a_sentence(line.may_involve_rescue),
        rescue_note=words.rescue,
        before_text=words.before_text,
        warning=words.warning,
        region=line.region,
        state_name=STATES.get(line.region),
        seen=_how_it_was_seen(line),
        checked=how_it_was_tried(tried),
        checked_on=tried.date if tried else None,
        sources=line.sources,
    )


def _text_printed(line: Line) -> str | None:
    if line.text is None:
        return None
    return line.phone_display if line.text.to == line.phone_e164 else line.text.to


def _tty(line: Line) -> str | None:
    """The number for a text telephone, where the file holds one among the other names of the line."""
    found = [alias.removeprefix("TTY ") for alias in line.phone_aliases if re.fullmatch(r"TTY [\d-]+", alias)]
    return found[0] if found else None


def _serves_whom(line: Line) -> str:
    if "everyone" in line.serves:
        return serves_in_words("everyone")
    return ", ".join(serves_in_words(whom) for whom in line.serves)


def _how_it_was_seen(line: Line) -> str:
    """Where the number was read and how old the newest page is. The date is not that of the number's own page."""
    newest = in_words(line.source_date) if line.source_date else None
    read = line.evidence == "read"
    if read and newest:
        return _(
            "Number seen on a page of the line itself or of a public body. Newest page read about this line: %(date)s."
        ) % {"date": newest}
    if read:
        return _("Number seen on a page of the line itself or of a public body. The page carries no date.")
    if newest:
        return _("Number seen only on other people’s pages. Newest page read about this line: %(date)s.") % {
            "date": newest
        }
    return _("Number seen only on other people’s pages. They carry no date.")
