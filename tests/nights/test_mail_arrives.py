"""A page as it really travels: by mail, through a real server, with a link that a helper opens and answers."""

import re
import time

from pytest_django import DjangoDbBlocker

from tests.nights.mail_servers import mail_server_at
from tests.nights.program import Program, free_port, until
from tests.nights.team import write_roster, write_team
from tests.provision.databases import House


def test_sam_opens_the_link_in_the_mail_and_takes_the_call(house: House, django_db_blocker: DjangoDbBlocker) -> None:
    write_roster(house, django_db_blocker, peers=3)
    with Program(house.environment, house.data) as program, mail_server_at(port := free_port()) as mailbox:
        write_team(house, port=program.port, mail=port)
        with program.start().phone() as rosa, program.phone() as sam, program.phone() as ines:
            began = time.monotonic()
            call = rosa.presses()
            until(lambda: len(mailbox.arrived) == 3, what="the mails did not arrive", within=10)
            assert time.monotonic() - began < 3
            his, hers, _ = (re.search(r"https?://\S+", str(mail.get_payload())) for mail in mailbox.arrived)
            assert his
            assert hers
            sam.get(his[0])
            screen = sam.get(his[0])
            assert rosa.looks_at(call)["state"] == "waiting", "opening it, as mail scanners do too, answers nothing"
            press = re.search(r'name="press" value="([^"]+)"', screen.text)
            assert press
            taken = sam.post(f"{his[0]}/acknowledge", data={"press": press[1]})
            assert taken.status_code in {200, 303}
            assert rosa.looks_at(call)["state"] == "acknowledged"
            assert ines.get(hers[0]).status_code == 200
            assert "press" not in re.findall(r'name="(\w+)"', ines.get(hers[0]).text), "somebody has it"
            assert len(mailbox.arrived) == 3
