"""What a page says: it fits one text, every phone can show it, and whoever reads over a shoulder learns nothing."""

import re
from itertools import product
from uuid import UUID

import gsm0338  # type: ignore[import-untyped]  # it has no types
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from stepitup.ground.keys import fingerprint, new_id, secret_for
from stepitup.ground.team import Team, team
from stepitup.paging.facts import NoticeWords, Words
from stepitup.paging.links import KEY_LENGTH, link_to, page_key, way_in_key, way_in_link
from stepitup.paging.words import LONGEST_PUBLIC_URL, ONE_TEXT, notice_text, page_text, subject

EVERY_TEXT = list(product(Words, [True, False], ["en", "es"]))
GSM = gsm0338.Codec()
PAGE = UUID("7d444840-9dc0-11d1-b245-5ffdce74fad2")

# What a page must not hint at: why, who, where, and what kind of help this is.
TELLING = re.compile(
    r"suicid|crisis|kill|trauma|therap|counsel|mental|peer|support|chaplain|clinic|officer|police|fire|medic|dispatch"
    r"|station|caller|urgent|emergency|call",
    re.IGNORECASE,
)


@pytest.fixture(autouse=True)
def _a_team_with_the_longest_address(settings: Settings) -> None:
    address = "https://" + "a" * (LONGEST_PUBLIC_URL - len("https://.example")) + ".example"
    assert len(address) == LONGEST_PUBLIC_URL
    settings.TEAM = Team(public_url=address)


@pytest.mark.parametrize(("words", "takes_replies", "language"), EVERY_TEXT)
def test_a_page_fits_one_text_with_the_longest_link(words: Words, takes_replies: bool, language: str) -> None:
    text = page_text(words, link_to(PAGE), takes_replies=takes_replies, language=language)
    encoded, _ = GSM.encode(text)
    assert len(encoded) <= ONE_TEXT


@pytest.mark.parametrize(("words", "language"), list(product(NoticeWords, ["en", "es"])))
def test_so_does_every_notice(words: NoticeWords, language: str) -> None:
    seat = way_in_link(way_in_key("a mark"))
    links = {NoticeWords.WAY_IS_OFF: f"{team().public_url}/team/"}
    links |= dict.fromkeys((NoticeWords.YOURS, NoticeWords.STILL_THERE), seat)
    encoded, _ = GSM.encode(notice_text(words, links.get(words, ""), language=language))
    assert len(encoded) <= ONE_TEXT


@pytest.mark.parametrize("words", [words for words in NoticeWords if not words.is_of_the_house])
def test_a_helper_who_speaks_spanish_is_written_to_in_spanish(words: NoticeWords) -> None:
    english, spanish = notice_text(words), notice_text(words, language="es")
    assert english != spanish or not english
    assert subject(words, language="es") == "Sobre sus avisos"
    for kind, takes_replies in product(Words, [True, False]):
        assert page_text(kind, "", takes_replies=takes_replies) != page_text(kind, "", language="es")


@given(st.uuids())
def test_every_key_can_be_sent_in_the_alphabet_of_every_phone(page: UUID) -> None:
    key = page_key(page)
    encoded, _ = GSM.encode(key)
    assert len(encoded) == len(key) == KEY_LENGTH


@pytest.mark.parametrize(("words", "takes_replies", "language"), EVERY_TEXT)
def test_a_page_never_says_why_who_or_where(words: Words, takes_replies: bool, language: str) -> None:
    text = page_text(words, "", takes_replies=takes_replies, language=language)
    assert not TELLING.search(text)
    assert not TELLING.search(subject(words, language=language))


@pytest.mark.parametrize("words", Words)
def test_a_page_is_the_same_for_everybody_but_for_its_link(words: Words) -> None:
    one, other = link_to(new_id()), link_to(new_id())
    assert page_text(words, one).replace(one, "") == page_text(words, other).replace(other, "")


def test_the_coordinator_reads_one_sentence_to_act_on_and_nothing_else() -> None:
    assert page_text(Words.COORDINATOR, "LINK") == "A page is unanswered. Find a helper. LINK"
    assert page_text(Words.COORDINATOR, "LINK", takes_replies=True) == "A page is unanswered. Find a helper. LINK"


def test_nobody_is_asked_to_reply_where_no_reply_is_read() -> None:
    assert not any("reply" in page_text(words, "LINK") for words in Words)
    assert "reply 1 for yes, 2 for no" in page_text(Words.PAGE, "LINK", takes_replies=True)


def test_a_test_page_says_first_of_all_that_it_is_one() -> None:
    assert page_text(Words.TEST, "LINK").startswith("TEST")


def test_the_link_leads_to_the_page_with_a_key_beyond_guessing(settings: Settings) -> None:
    settings.TEAM = Team(public_url="https://help.example/")
    address, _, key = link_to(PAGE).rpartition("/")
    assert address == "https://help.example/p"
    assert len(key) * 6 >= 128, "six bits a character"
    assert secret_for("page", PAGE).startswith(key)


def test_the_key_cannot_be_had_from_what_the_database_holds() -> None:
    assert page_key(PAGE) not in fingerprint(page_key(PAGE))
    assert page_key(PAGE) != secret_for("seat", PAGE)[:KEY_LENGTH], "a key for one purpose opens nothing else"
