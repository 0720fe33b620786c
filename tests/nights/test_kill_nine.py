"""`kill -9`, at the worst instants: no page is lost, none is sent as a second one, no confirmed press is gone."""

import secrets
import threading
import time

import httpx
from pytest_django import DjangoDbBlocker

from stepitup.paging.carriers.mail.tests.broken_servers import scripted_server
from tests.nights.mail_servers import HangingServer, ids_of, mail_server_at
from tests.nights.program import Phone, Pressed, Program, until
from tests.nights.team import write_roster, write_team
from tests.provision.databases import House

_PAGES = 10


def test_ten_pages_hang_and_six_people_press_and_after_the_restart_not_one_of_either_is_lost(
    house: House, django_db_blocker: DjangoDbBlocker
) -> None:
    write_roster(house, django_db_blocker, peers=_PAGES)
    with Program(house.environment, house.data) as program:
        hanging = HangingServer()
        with scripted_server(hanging) as mail:
            write_team(house, port=program.port, mail=mail)
            with program.start().phone() as rosa:
                calls = [rosa.presses() for _ in range(4)]  # three peers each; the fourth gets who is left
            until(lambda: hanging.lines == _PAGES and len(hanging.took) == _PAGES // 2, what=f"{hanging.lines} hang")
            people = [Presser(program) for _ in range(6)]
            until(lambda: sum(len(one.confirmed) for one in people) >= 30, what="nobody could press")
            program.kill()
        with mail_server_at(mail) as mailbox:
            began = time.monotonic()
            program.start()
            until(lambda: len(ids_of(mailbox.arrived)) == _PAGES, what=f"{len(mailbox.arrived)} pages arrived")
            assert time.monotonic() - began < 10
            assert {mail["To"] for mail in mailbox.arrived} == {f"peer-{n}@home.example" for n in range(_PAGES)}
            assert ids_of(mailbox.arrived) >= set(hanging.took), "a second try must be the same mail"
        with program.phone() as rosa:
            assert sum(rosa.looks_at(call)["paged"] for call in calls) == _PAGES
            _finds_every_confirmed_press(rosa, people)


def _finds_every_confirmed_press(rosa: Phone, people: list["Presser"]) -> None:
    for one in people:
        one.join()
        assert {rosa.looks_at(call)["state"] for call in one.confirmed} == {"waiting"}
        # The answer to the last press was lost: pressing the same form again makes no third thing of it.
        again = rosa.presses(one.last_key)
        assert rosa.presses(one.last_key) == again
        assert again not in one.confirmed


class Presser(threading.Thread):
    """Somebody who presses again and again, each time with a fresh form, until nobody answers any more."""

    def __init__(self, program: Program) -> None:
        super().__init__(daemon=True)
        self.confirmed: list[Pressed] = []
        self.last_key = ""
        self._program = program
        self.start()

    def run(self) -> None:
        with self._program.phone() as phone:
            while True:
                self.last_key = secrets.token_urlsafe(16)
                try:
                    self.confirmed.append(phone.presses(self.last_key))
                except httpx.TransportError:
                    return
