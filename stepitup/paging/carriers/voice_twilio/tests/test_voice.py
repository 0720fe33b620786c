"""A ring: what is asked of the provider, and what is said, in two languages, without a reason, a name or a place."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils.translation import gettext, override

from stepitup import paging
from stepitup.paging.carriers.provider.tests import peer
from stepitup.paging.carriers.provider.tests.peer import SENDER, Provider, provider
from stepitup.paging.carriers.voice_twilio.sender import Voice
from stepitup.paging.carriers.voice_twilio.tests.far_end import ring_to
from stepitup.paging.carriers.voice_twilio.words import LANGUAGES, goodbye, spoken_answer, spoken_page
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import NoticeWords, Then, Words

pytestmark = pytest.mark.only_on("sqlite")

SAM = "+15125550104"


@pytest.fixture
def ours() -> Iterator[Provider]:
    with provider() as peer:
        yield peer


def test_a_ring_is_asked_for_as_the_provider_documents_it(ours: Provider) -> None:
    page = ring_to(SAM)
    Voice(ours.settings()).send(page)
    [form] = ours.taken
    here = f"http://localhost:8000/replies/voice/{page.key}"
    assert form == {
        "To": SAM,
        "From": SENDER,
        "Url": here,
        "StatusCallback": f"{here}/status",
        "Timeout": "24",
        "MachineDetection": "Enable",
    }
    assert ours.travelled[0].startswith("/2010-04-01/Accounts/AC00000000000000000000000000000001/Calls.json")


def test_a_link_cannot_be_spoken(ours: Provider) -> None:
    with pytest.raises(CannotSend) as refused:
        Voice(ours.settings()).send(replace(ring_to(SAM), words=NoticeWords.YOURS))
    assert refused.value.then is Then.NEXT_WAY


@pytest.mark.parametrize("words", [words for words in NoticeWords if words.is_of_the_house])
def test_how_the_house_does_can_be_spoken_and_the_operator_is_rung(ours: Provider, words: NoticeWords) -> None:
    Voice(ours.settings()).send(replace(ring_to(SAM), words=words, link=""))
    [form] = ours.taken
    assert form["Url"] == f"http://localhost:8000/replies/voice/house/{words.name.lower()}"
    assert form["StatusCallback"] == f"{form['Url']}/ended"


@pytest.mark.fault("wrong credentials")
@pytest.mark.parametrize(("code", "then"), [(13224, Then.UNREACHABLE), (21215, Then.NEXT_WAY), (20429, Then.TRY_AGAIN)])
def test_what_a_refusal_means(ours: Provider, code: int, then: Then) -> None:
    ours.misbehaves = peer.refuses(400, code)
    with pytest.raises(CannotSend) as refused:
        Voice(ours.settings()).send(ring_to(SAM))
    assert refused.value.then is then


@pytest.mark.parametrize("words", Words)
def test_every_page_is_spoken_in_both_languages(words: Words) -> None:
    said = {language: spoken_page(words, language=language) for language in LANGUAGES}
    assert len(set(said.values())) == len(LANGUAGES)
    assert "1" in said["es"]


@pytest.mark.parametrize("words", NoticeWords)
def test_so_is_every_answer(words: NoticeWords) -> None:
    assert spoken_answer(words, language="en") != spoken_answer(words, language="es")
    assert goodbye(language="en") != goodbye(language="es")


def test_what_is_built_is_what_is_written() -> None:
    written = (Path(paging.__file__).parent / "locale" / "es" / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    pairs = re.findall(r'msgid "(.+)"\nmsgstr "(.+)"', written)
    with override("es"):
        assert [msgid for msgid, msgstr in pairs if gettext(msgid) != msgstr] == [], "msgfmt -o django.mo django.po"
    assert len(pairs) > 10
