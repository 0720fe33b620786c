"""P7: no page, mail, push, log line or page title holds a reason, a name or a place."""

import logging
import re

import pytest

from stepitup.calls.models import Asked, Call
from stepitup.ground.team import MailSettings
from stepitup.paging import carriers
from stepitup.paging.carriers.mail.sender import Mail, as_letter
from stepitup.paging.carriers.provider.tests.peer import provider
from stepitup.paging.carriers.text_twilio.sender import Text
from stepitup.paging.carriers.text_twilio.tests.far_end import page_to
from stepitup.paging.facts import NoticeWords, Outgoing, Words
from stepitup.paging.links import link_to
from stepitup.paging.words import LONGEST_PUBLIC_URL, ONE_TEXT, notice_text, page_text, subject
from tests.promises.every_screen import OF_ROSA, all_screens, live_through
from tests.stories import cast
from tests.stories.night import START, Night
from tests.stories.screen import holds

# The basic characters of one text message (3GPP TS 23.038) that we use.
GSM = frozenset("@$ !\"#%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\n_")
THE_ONLY_SENTENCES = {
    "Can you take one? Open the link to say yes or no.",
    "Can you take one? Open the link, or reply 1 for yes, 2 for no.",
    "A page is unanswered. Find a helper.",
    "TEST, nobody is waiting. Open the link to say it reached you.",
    "TEST, nobody is waiting. Open the link or reply 1 to say it reached you.",
}
# What would tell somebody who looks over a shoulder what this is about.
TELLS = re.compile(
    r"suicid|crisis|backup|step it up|peer|chaplain|counsel|clinic|therap|help(?!er)|police|fire|"
    r"sheriff|cedar|larkspur|denver|colorado|rosa|sam\b|ines",
    flags=re.IGNORECASE,
)


@pytest.mark.only_on("sqlite")  # about no database: once is enough
@pytest.mark.parametrize("words", Words)
@pytest.mark.parametrize("takes_replies", [True, False])
def test_there_are_five_sentences_and_no_sixth_and_each_fits_one_text(words: Words, takes_replies: bool) -> None:
    link = "https://" + "x" * (LONGEST_PUBLIC_URL - 8) + "/p/" + "k" * 22
    text = page_text(words, link, takes_replies=takes_replies)
    assert text.removesuffix(f" {link}") in THE_ONLY_SENTENCES
    assert len(text) <= ONE_TEXT
    assert set(text) <= GSM
    assert not TELLS.search(text.removesuffix(link))
    assert not TELLS.search(subject(words))


def test_what_went_out_on_a_long_night_was_only_these_sentences_and_a_link(night: Night) -> None:
    live_through(night)
    sent = night.messages()
    assert {text.partition(" http")[0] for text in sent} <= THE_ONLY_SENTENCES
    known = {link_to(page) for page in Asked.objects.values_list("page_id", flat=True)}
    assert len(sent) > 10
    assert all(re.fullmatch(r"http://localhost:8000/p/[\w-]{22}", "http" + text.partition(" http")[2]) for text in sent)
    assert len(known) == Asked.objects.count()


@pytest.mark.only_on("sqlite")  # about no database: once is enough
def test_a_mail_says_no_more_than_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    mail = Mail(MailSettings(host="localhost", sender="Team <team@example.org>", security="none"))
    link = "https://team.example/p/" + "k" * 22
    text = page_text(Words.PAGE, link)
    page = Outgoing(
        attempt=1, page=Call().id, helper=1, way=1, carrier="mail", to="sam@example.org", words=Words.PAGE,
        text=text, link=link, key="c0ffee", at=START,
    )  # fmt: skip
    message = mail._write(as_letter(page))
    assert str(message["Subject"]) == "Can you take one?"
    assert message.get_content().strip() == text
    expected = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version"}
    assert {name for name in message if not name.startswith("Content-")} - {"X-Auto-Response-Suppress"} <= expected


@pytest.mark.only_on("sqlite")  # about no database: once is enough
def test_every_carrier_of_the_house_is_held_to_this() -> None:
    ours = {"pager", "mail", "text", "voice", "push", "app"}
    assert set(carriers.KNOWN) == ours, "a new carrier needs its own guard here"


@pytest.mark.only_on("sqlite")  # about no database: once is enough
def test_a_text_is_the_page_word_for_word_and_nothing_else() -> None:
    with provider() as ours:
        page = page_to("+15125550104")
        Text(ours.settings()).send(page)
    assert ours.texts == [page.text]
    assert page.text.removesuffix(f" {page.link}") in THE_ONLY_SENTENCES


@pytest.mark.only_on("sqlite")  # about no database: once is enough
@pytest.mark.parametrize("words", NoticeWords)
def test_what_goes_back_to_a_reply_tells_no_more_than_a_page_and_fits_one_text(words: NoticeWords) -> None:
    opens_a_seat = words in {NoticeWords.YOURS, NoticeWords.STILL_THERE}
    link = "https://" + "x" * (LONGEST_PUBLIC_URL - 8) + "/s/" + "k" * 22 if opens_a_seat else ""
    text = notice_text(words, link)
    assert len(text) <= ONE_TEXT
    assert set(text) <= GSM
    assert not TELLS.search(text.removesuffix(link))
    assert not TELLS.search(subject(words))


def test_no_log_line_of_a_long_night_names_anybody_or_opens_anything(
    night: Night, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    live_through(night)
    ours = [record for record in caplog.records if not record.name.startswith(("django.db", "asyncio", "hypothesis"))]
    written = "\n".join(record.getMessage() for record in ours if _is_written_down(record))
    secrets = [one.path.removeprefix("/p/") for one in night.answered]
    names = [part.name for part in (cast.SAM, cast.INES, cast.THEO, cast.OKAFOR)]
    numbers = [part.number for part in (cast.SAM, cast.INES, cast.THEO, cast.OKAFOR)]
    assert [word for word in (*OF_ROSA, *names, *numbers, *secrets) if holds(written, word)] == []
    assert secrets


@pytest.mark.only_on("sqlite")  # about screens
def test_the_title_of_every_screen_says_only_today(night: Night) -> None:
    titles = [(address, _title(screen.raw)) for address, screen in all_screens(night)]
    assert [one for one in titles if one[1] not in {"Today", "Error: Today"}] == []


def _title(raw: str) -> str:
    return raw.partition("<title>")[2].partition("</title>")[0]


def _is_written_down(record: logging.LogRecord) -> bool:
    """Django's own words on requests go nowhere in this house (settings); what else is said is written."""
    return not record.name.startswith(("django.request", "django.security"))
