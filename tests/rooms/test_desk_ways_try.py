"""`stepitup ways try`: a real test on each way, and in words what came back."""

import re
from argparse import Namespace
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

import stepitup.paging
from stepitup.desk import ways_try
from stepitup.desk.errors import NowhereToTry
from stepitup.desk.why_in_words import why_in_words
from stepitup.ground import heart
from stepitup.ground.deeds import deed
from stepitup.paging import carriers
from stepitup.paging.carriers.provider.tests import peer
from stepitup.paging.carriers.text_twilio.sender import Text
from stepitup.paging.facts import Then
from stepitup.roster.models import Way
from tests.stories import cast
from tests.stories.network import Network
from tests.stories.night import START, Night, a_night

pytestmark = pytest.mark.django_db


@pytest.fixture
def night() -> Iterator[Night]:
    with a_night() as ours:
        yield ours


def try_ways(night: Night, where: str, *, wait: float = 5) -> int:
    return ways_try.do(Namespace(where=where, wait=wait), sleep=lambda seconds: night.passes(seconds=seconds))


def test_sam_presses_on_one_way_and_the_other_is_said_to_be_silent(
    night: Night, capsys: pytest.CaptureFixture[str]
) -> None:
    sam = night.joins(cast.SAM, ways=("text", "voice"))
    deed(heart.beat, name="a watch")

    def asleep_then_presses(seconds: float) -> None:
        night.passes(seconds=seconds)
        if sam.unread():
            sam.gets_a_page().says_it_reached_me()
            sam.may_be_paged()

    ways_try.do(Namespace(where="sam", wait=3), sleep=asleep_then_presses)
    said = capsys.readouterr().out
    assert "On their way: text, voice. Each says TEST." in said
    assert re.search(r"text: it works; the carrier took it after \d+\.\d s, the button was pressed after \d+ s\.", said)
    assert Way.objects.get(helper=sam.id, carrier="text").confirmed_on is not None
    assert cast.SAM.number not in said


def test_what_a_carrier_refused_is_said_in_its_word(night: Night, capsys: pytest.CaptureFixture[str]) -> None:
    night.joins(cast.SAM)
    deed(heart.beat, name="a watch")
    night.text.refuses(cast.SAM.number, Then.NEXT_WAY)
    assert try_ways(night, "sam") == 1
    assert "text: the carrier did not take it: it refused. Look this word up" in capsys.readouterr().out


def test_a_reserve_that_does_not_answer_is_told_before_the_night_that_needs_it(
    night: Night, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    reserves = [("the provider at other.example", False), ("the modem", None)]
    monkeypatch.setattr(Network, "reserves", lambda _self: reserves, raising=False)
    night.joins(cast.SAM).may_be_paged()
    deed(heart.beat, name="a watch")
    try_ways(night, "sam", wait=0)
    said = capsys.readouterr().out
    assert "text: the provider at other.example stands behind it, and DOES NOT ANSWER for this account" in said
    assert "text: the modem stands behind it.\n" in said


def test_a_number_of_nobody_on_the_roster_is_tried_by_text_and_voice(
    night: Night, capsys: pytest.CaptureFixture[str]
) -> None:
    deed(heart.beat, name="a watch")
    night.phone("+15125550147")
    assert try_ways(night, "+15125550147", wait=1) == 0
    assert [message.to for message in (*night.text.delivered, *night.voice.delivered)] == ["+15125550147"] * 2
    assert "nobody has pressed so far" in capsys.readouterr().out


def test_without_a_watch_it_is_sent_from_here_and_never_again(night: Night, capsys: pytest.CaptureFixture[str]) -> None:
    night.phone("+15125550147")
    night.watch.stop()
    night.passes(minutes=1)
    try_ways(night, "+15125550147", wait=0)
    assert "No watch is alive, so they are sent from here." in capsys.readouterr().out
    night.watch.start()
    assert len(night.text.delivered) == 1


@pytest.mark.parametrize("where", ["nobody", "sam@example.org", "+1", ""])
def test_where_nothing_leads_it_says_what_to_write(night: Night, where: str) -> None:
    with pytest.raises(NowhereToTry, match="the key of a helper"):
        try_ways(night, where)


# Against a real provider on this machine, with each kind of answer.

NUMBER = "+15125550147"


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (peer.refuses(400, 21211), "there is no such number, or it takes no messages. Look at it together with"),
        (peer.refuses(400, 21610), "this number has replied STOP. Whoever holds it can write START to our number."),
        (peer.refuses(400, 21606), "it does not send from our number. Look at `sender` in team.toml."),
        (peer.refuses(400, 30034), "our number is not registered with the phone companies (docs/text-and-voice.md)."),
        (peer.refuses(400, 99999), "it refused. Look this word up in its own list of errors, or ask its support."),
        (peer.refuses(401, 20003), "it did not accept our name and password. Look at account and token"),
        (peer.refuses(429, 20429, Retry_After="3600"), "it asked us to wait: too many messages at once."),
        (peer.refuses(500), "it is in trouble itself just now. Look at its status page, and try again later."),
        (peer.hangs, "it did not answer in time. It may be down: look at its status page, and try again."),
        (peer.takes_it_and_hangs_up, "nobody has pressed so far"),
    ],
)
def test_what_a_real_provider_answers_is_said_in_words_to_act_on(
    night: Night, capsys: pytest.CaptureFixture[str], answers: peer.Misbehave, says: str
) -> None:
    deed(heart.beat, name="a watch")
    night.phone(NUMBER)
    with peer.provider() as company:
        company.misbehaves = answers
        text = Text(company.settings(), time_limit=timedelta(seconds=0.3), wall=lambda: START)
        with carriers.use(text):
            try_ways(night, NUMBER, wait=30)
    said = capsys.readouterr().out
    assert says in said
    assert NUMBER not in said


@pytest.mark.only_on("sqlite")
def test_with_another_token_the_words_lead_to_the_token(night: Night, capsys: pytest.CaptureFixture[str]) -> None:
    night.watch.stop()
    night.passes(minutes=1)
    with peer.provider() as company, carriers.use(Text(company.settings(token="an old one"))):
        assert try_ways(night, NUMBER, wait=0) == 1
    assert "it did not accept our name and password" in capsys.readouterr().out


@pytest.mark.only_on("sqlite")
def test_every_fixed_word_of_a_carrier_has_its_sentence() -> None:
    """Each word that a carrier may say stands in its code; one without a sentence would reach somebody bare."""
    package = Path(stepitup.paging.__file__).parent
    code = "\n".join(path.read_text("utf-8") for path in package.rglob("*.py") if "tests" not in path.parts)
    words = set(re.findall(r'(?:CannotSend|ProviderTrouble)\(f?"([^"{]+)', code))
    bare = {word for word in words if "it refused. Look this word up" in why_in_words(word.removesuffix(", code "))}
    assert len(words) > 25
    assert bare <= {"status ", "a link cannot be spoken", "code "}
