"""team.toml: what it says is taken as it says it; what cannot stand is told in words, all of it at once."""

from datetime import date
from pathlib import Path

import pytest

from stepitup.ground.errors import TeamFileWrong
from stepitup.ground.team import MailSettings, ModemSettings, ProviderSettings, SignedAnswers, Team, read_team

pytestmark = pytest.mark.only_on("sqlite")

WHOLE = """\
name = "Cedar Mesa peer support"
who_runs = "the union local"
network = "its own"
run_by_employer = false
time_zone = "America/Denver"
public_url = "https://help.example"
default_state = "US-CO"
on_call_clinician = "Dr. Okafor, 555 0142"
complaint_to = "the outside reviewer, 555 0199"
team_rule = "What you say stays with your peer."
under_18_trained = true

[my_job]
answers = "We do not know. Ask your union before you tell."
signed_by = "Maria R."
dated = 2026-01-15

[mail]
host = "mail.example"
sender = "pages@help.example"
user = "pages"
password = "not a real one"
"""


def wrong(data: Path, text: str | bytes) -> str:
    """Write it, read it, and give back what was said."""
    (data / "team.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(TeamFileWrong) as trouble:
        read_team(data)
    assert str(data / "team.toml") in str(trouble.value)
    return str(trouble.value)


def test_a_whole_file_is_read_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "team.toml").write_text(WHOLE, encoding="utf-8")
    ours = read_team(tmp_path)
    assert ours.who_runs == "the union local"
    assert ours.under_18_trained
    assert ours.zone.key == "America/Denver"
    assert ours.my_job == SignedAnswers(
        "We do not know. Ask your union before you tell.", signed_by="Maria R.", dated=date(2026, 1, 15)
    )
    assert ours.mail == MailSettings("mail.example", "pages@help.example", user="pages", password="not a real one")
    assert ours.mail.security == "starttls"
    assert ours.data == tmp_path


def test_a_house_without_a_file_has_nothing_filled_in(tmp_path: Path) -> None:
    assert read_team(tmp_path) == Team(data=tmp_path)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    said = wrong(
        tmp_path,
        """\
nmae = "Us"
who_runs = 7
demo = "yes"
data = "/somewhere/else"
[mail]
port = "25"
colour = "red"
[my_job]
answers = "ask"
dated = "yesterday"
""",
    )
    for mistake in (
        "nmae: not a word of this file",
        "who_runs: text in quotes is wanted here",
        "demo: true or false is wanted here",
        "data: not a word of this file",
        "mail.port: a whole number is wanted here",
        "mail.colour: not a word of this file",
        "mail.host: missing",
        "mail.sender: missing",
        "my_job.dated: a date is wanted here",
        "my_job.signed_by: missing",
    ):
        assert f"  - {mistake}" in said
    assert said.count("\n  - ") == 10


def test_what_cannot_stand_is_told_at_once_too(tmp_path: Path) -> None:
    said = wrong(
        tmp_path,
        """\
time_zone = "Denver"
default_state = "Colorado"
public_url = "help.example"
demo = true
[mail]
host = "mail.example"
sender = "pages@help.example"
security = "a little"
""",
    )
    assert "'Denver' is not a zone" in said
    assert "'Colorado' is not a state" in said
    assert "must begin with https://" in said
    assert "demo cannot be on beside a real carrier" in said
    assert "mail.security: 'a little' is not starttls, tls or none" in said


ACCOUNT = 'account = "AC1"\ntoken = "quiet"\nsender = "+13035550100"\n'


@pytest.mark.parametrize(
    ("carrier", "settings"),
    [
        ("mail", 'host = "mail.example"\nsender = "pages@help.example"\n'),
        ("text", ACCOUNT),
        ("voice", ACCOUNT),
        ("modem", ""),
        ("push", 'contact = "us@help.example"\n'),
        ("app", ""),
    ],
)
def test_a_demonstration_stands_beside_no_real_carrier(tmp_path: Path, carrier: str, settings: str) -> None:
    said = wrong(tmp_path, f"demo = true\n[{carrier}]\n{settings}")
    assert f"demo cannot be on beside a real carrier: take out [{carrier}], or turn demo off" in said
    assert said.count("\n  - ") == 1


@pytest.mark.parametrize("text", ['name = "no end', b"\xff\xfe name", "[mail]\n[mail]\n"])
def test_what_is_no_toml_at_all_is_told_with_the_file(tmp_path: Path, text: str | bytes) -> None:
    wrong(tmp_path, text)


def test_a_table_that_is_no_table_is_told(tmp_path: Path) -> None:
    assert "mail: a table is wanted here" in wrong(tmp_path, 'mail = "mail.example"')


@pytest.mark.parametrize(
    ("written", "stands"),
    [("backup+*@lodge12.example", True), ("", True), ("*@bounces.lodge12.example", True),
     ("backup@lodge12.example", False), ("backup+*", False), ("b@*.example", False), ("a*b*@x.example", False),
     ("backup-of-lodge-twelve-*@x.example", False)],
)  # fmt: skip
def test_an_address_to_which_mail_comes_back_has_a_place_for_its_mark(
    tmp_path: Path, written: str, stands: bool
) -> None:
    text = f'[mail]\nhost = "mail.example"\nsender = "a@lodge12.example"\ncomes_back_to = "{written}"'
    if stands:
        (tmp_path / "team.toml").write_text(text, encoding="utf-8")
        assert read_team(tmp_path).mail is not None
    else:
        assert "mail.comes_back_to: one * before the @" in wrong(tmp_path, text)


@pytest.mark.parametrize("state", ["unknown", "US-DC", "US-TX"])
def test_a_state_may_be_unknown(tmp_path: Path, state: str) -> None:
    (tmp_path / "team.toml").write_text(f'default_state = "{state}"', encoding="utf-8")
    assert read_team(tmp_path).default_state == state


PROVIDERS = """\
public_url = "https://help.example"
[text]
account = "AC1"
token = "t"
sender = "MG1"
registered = "10DLC"
[second_text]
account = "AC2"
token = "u"
sender = "+15125550100"
base_url = "https://other.example"
[voice]
account = "AC1"
token = "t"
sender = "+15125550101"
"""


def test_providers_of_text_and_voice_are_read(tmp_path: Path) -> None:
    (tmp_path / "team.toml").write_text(PROVIDERS, encoding="utf-8")
    ours = read_team(tmp_path)
    assert ours.text == ProviderSettings("AC1", "t", "MG1", registered="10DLC")
    assert ours.second_text is not None
    assert ours.second_text.base_url == "https://other.example"
    assert ours.voice is not None


def test_what_cannot_stand_of_a_provider_is_told(tmp_path: Path) -> None:
    said = wrong(tmp_path, PROVIDERS.replace("[text]", "[another]").replace("+15125550101", "MG2"))
    assert "another: not a word of this file" in said
    said = wrong(tmp_path, PROVIDERS.replace("[text]", "demo = true\n[my_text]").replace("[my_text]", "[text]")
                 .replace("+15125550101", "MG2").replace("https://other", "ftp://other"))  # fmt: skip
    assert "demo cannot be on beside a real carrier: take out [text], [second_text], [voice]" in said
    assert "voice.sender: 'MG2' is not a number" in said
    assert "second_text.base_url: 'ftp://other.example'" in said


def test_a_second_provider_needs_a_first(tmp_path: Path) -> None:
    only_second = PROVIDERS[PROVIDERS.index("[second_text]") :]
    assert "second_text: there is no first" in wrong(tmp_path, only_second)


def test_a_modem_stands_beside_a_provider_of_text_or_before_it(tmp_path: Path) -> None:
    (tmp_path / "team.toml").write_text(PROVIDERS + "[modem]\ngoes_first = true\n", encoding="utf-8")
    ours = read_team(tmp_path)
    assert ours.text is not None
    assert ours.modem == ModemSettings(goes_first=True)
