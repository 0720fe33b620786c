"""What does not start says why in words; what is told to stop stops, whatever hangs at that moment."""

import argparse
import socket

import pytest
from pytest_django import DjangoDbBlocker

from stepitup.paging.carriers.mail.tests.broken_servers import scripted_server
from stepitup.site import watch_alone
from stepitup.site.errors import CannotStart
from stepitup.site.one_process import the_only_one
from stepitup.site.serve import listen
from tests.nights.mail_servers import HangingServer, mail_server_at
from tests.nights.program import Program, free_port, until
from tests.nights.team import write_roster, write_team
from tests.provision.databases import House


@pytest.mark.only_on("sqlite")
def test_a_second_process_on_the_same_folder_is_refused_in_words_until_the_first_is_gone(house: House) -> None:
    with Program(house.environment, house.data) as first, Program(house.environment, house.data) as second:
        write_team(house, port=first.port)
        with first.start().phone() as rosa:
            second.begin()
            said = second.gives_up()
            assert "Another process serves" in said
            assert "PostgreSQL (STEPITUP_DATABASE_URL)" in said
            assert "Traceback" not in said
            assert rosa.looks_at(rosa.presses())["state"] == "waiting"
        first.kill()
    with the_only_one(house.data):
        pass  # however it ends, it leaves no lock behind


@pytest.mark.only_on("postgresql")
def test_two_doors_share_one_postgresql_and_a_page_still_goes_out_once(
    house: House, django_db_blocker: DjangoDbBlocker
) -> None:
    write_roster(house, django_db_blocker, peers=3)
    with Program(house.environment, house.data) as first, Program(house.environment, house.data) as second:
        with mail_server_at(port := free_port()) as mailbox:
            write_team(house, port=first.port, mail=port)
            first.begin()
            second.begin()
            with first.is_up().phone() as rosa, second.is_up().phone() as ines:
                call = rosa.presses()
                assert ines.looks_at(call)["paged"] == 3
                until(lambda: len(mailbox.arrived) >= 3, what="the pages did not arrive")
            first.process.terminate()
            second.stop()
            first.stop()
            assert len(mailbox.arrived) == 3


@pytest.mark.only_on("sqlite")
def test_a_port_that_is_taken_is_said_in_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as somebody_else:
        port = somebody_else.getsockname()[1]
        with pytest.raises(CannotStart, match=rf"Port {port} on 127\.0\.0\.1 cannot be had.*Choose another: --port \d"):
            listen("127.0.0.1", port)


@pytest.mark.only_on("sqlite")
def test_a_team_file_with_mistakes_is_refused_with_all_of_them(house: House) -> None:
    (house.data / "team.toml").write_text('nmae = "Us"\ntime_zone = "Denver"\ndemo = "yes"\n', encoding="utf-8")
    said = _refused(house)
    assert "nmae: not a word of this file" in said
    assert "demo: true or false is wanted here" in said


@pytest.mark.only_on("sqlite")
def test_a_demonstration_beside_a_real_carrier_is_refused(house: House) -> None:
    write_team(house, port=8000, mail=2525)
    file = house.data / "team.toml"
    file.write_text("demo = true\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert "demo cannot be on beside a real carrier" in _refused(house)


@pytest.mark.only_on("sqlite")
def test_a_demonstration_does_not_touch_a_real_teams_folder(house: House) -> None:
    write_team(house, port=8000, mail=2525)
    before = (house.data / "team.toml").read_bytes()
    assert "is a real team's" in _refused(house, "--demo")
    assert (house.data / "team.toml").read_bytes() == before


@pytest.mark.only_on("sqlite")
def test_a_watch_of_its_own_is_refused_on_sqlite() -> None:
    with pytest.raises(CannotStart, match="the watch lives inside `stepitup run`"):
        watch_alone.do(argparse.Namespace())


def test_it_stops_in_a_few_seconds_while_a_carrier_hangs_and_a_screen_listens(
    house: House, django_db_blocker: DjangoDbBlocker
) -> None:
    write_roster(house, django_db_blocker, peers=3)
    hanging = HangingServer()
    with Program(house.environment, house.data) as program, scripted_server(hanging) as mail:
        write_team(house, port=program.port, mail=mail)
        with program.start().phone() as rosa, program.line() as slow, program.line() as listening:
            call = rosa.presses()
            slow.sendall(b"POST /call HTTP/1.1\r\nhost: localhost\r\ncontent-length: 50\r\n\r\nopening")
            listening.sendall(
                f"GET /call/events HTTP/1.1\r\nhost: localhost\r\ncookie: __Host-call={call.token}\r\n\r\n".encode()
            )
            assert b" 200 " in listening.recv(4096)
            until(lambda: hanging.lines == 3, what="the carrier does not hang")
            assert program.stop() < 7
        assert program.process.returncode == 0
        assert "Traceback" not in program.said()


def _refused(house: House, *words: str) -> str:
    with Program(house.environment, house.data) as program:
        program.begin(*words)
        said = program.gives_up()
    assert "Traceback" not in said
    return said
