"""Every screen and every call to the API, tried by a stranger, a helper, coordinators, a clinical lead, an operator.

The table below says who may. A new address under /team/ without a line in it fails.
"""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from stepitup.ground import clock
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.roster import actions as roster
from stepitup.roster.models import Account, Helper
from stepitup.roster.sign_in.facts import Role
from tests.promises.every_screen import routes
from tests.promises.test_p12_it_is_the_same_for_everybody import RULES, Reader
from tests.rooms.door_night import NIGHT
from tests.rooms.roster_builders import CEDAR_IN_FILE, helper_in_file
from tests.rooms.team_door import signed_in

pytestmark = pytest.mark.only_on("sqlite")  # who may open what is decided by no database: once is enough

LARKSPUR = """
[[agency]]
key = "larkspur"
name = "Larkspur Bend Fire Rescue"
state = "US-WA"
time_zone = "America/Los_Angeles"
"""
WHO = ("stranger", "helper", "coordinator", "coordinator elsewhere", "clinical lead", "operator")
EVERYBODY = frozenset(WHO)
SIGNED_IN = EVERYBODY - {"stranger"}
COORDINATORS = frozenset({"coordinator", "coordinator elsewhere"})
WHOLE_TEAM = frozenset({"coordinator", "clinical lead", "operator"})
LEADS = frozenset({"clinical lead"})
OPERATORS = frozenset({"operator"})
HELPERS = frozenset({"helper"})
NOBODY = frozenset[str]()  # it asks for something that is not there
RUN_DRILLS = frozenset({"coordinator", "operator"})
WHOLE_COORDINATOR = frozenset({"coordinator"})
WHOSE_AGENCY_IT_IS = frozenset({"coordinator"})

# Who may open what. An address that takes a number or a key stands with what it takes.
TABLE: dict[str, frozenset[str]] = {
    "/team/": SIGNED_IN,
    "/team/sign-in": EVERYBODY,
    "/team/sign-in/passkey": EVERYBODY,
    "/team/sign-in/code": EVERYBODY,
    "/team/sign-in/recovery": EVERYBODY,
    "/team/sign-in/closed": EVERYBODY,
    "/team/sign-out": EVERYBODY,
    "/team/invitation/<str:secret>": EVERYBODY,
    "/team/invitations": COORDINATORS,
    "/team/accounts": COORDINATORS,
    "/team/accounts/<int:account>": WHOSE_AGENCY_IT_IS,
    "/team/accounts/<int:account>/roles": WHOSE_AGENCY_IT_IS,
    "/team/accounts/<int:account>/close": WHOSE_AGENCY_IT_IS,
    "/team/accounts/<int:account>/open": WHOSE_AGENCY_IT_IS,
    "/team/accounts/<int:account>/sign-out": WHOSE_AGENCY_IT_IS,
    "/team/care": LEADS,
    "/team/care/people": LEADS,
    "/team/care/people/<int:helper>": LEADS,
    "/team/care/people/<int:helper>/suspend": LEADS,
    "/team/machine": OPERATORS,
    "/team/machine/checks": OPERATORS,
    "/team/log-book": WHOLE_TEAM,
    "/team/log-book/card": WHOLE_TEAM,
    "/team/people": COORDINATORS,
    "/team/people/new": COORDINATORS,
    "/team/people/<int:helper>": WHOSE_AGENCY_IT_IS,
    "/team/people/<int:helper>/change": WHOSE_AGENCY_IT_IS,
    "/team/people/<int:helper>/suspend": WHOSE_AGENCY_IT_IS,
    "/team/people/<int:helper>/take-off": WHOSE_AGENCY_IT_IS,
    "/team/incidents": WHOLE_COORDINATOR,
    "/team/incidents/new": WHOLE_COORDINATOR,
    "/team/crew": WHOLE_COORDINATOR,
    "/team/incidents/<slug:key>": WHOLE_COORDINATOR,
    "/team/import": WHOLE_COORDINATOR,
    "/team/import/yes": WHOLE_COORDINATOR,
    "/team/export": WHOLE_COORDINATOR,
    "/team/drills": SIGNED_IN,
    "/team/drills/begin": RUN_DRILLS,
    "/team/duty": SIGNED_IN,
    "/team/duty/week": HELPERS,
    "/team/duty/month": HELPERS,
    "/team/duty/link": HELPERS,
    "/team/duty/mine": HELPERS,
    "/team/duty/swap": HELPERS,
    "/team/duty/swap/ask": HELPERS,
    "/team/duty/swaps/<int:swap>": HELPERS,
    "/team/duty/everybody": COORDINATORS,
    "/team/duty/everybody/month": COORDINATORS,
    "/team/duty/day": COORDINATORS,
    "/team/duty/gaps": COORDINATORS,
    "/team/duty/shifts": COORDINATORS,
    "/team/duty/helpers/<int:helper>": WHOSE_AGENCY_IT_IS,
    "/team/duty/helpers/<int:helper>/hours": WHOSE_AGENCY_IT_IS,
    "/team/duty/helpers/<int:helper>/change": WHOSE_AGENCY_IT_IS,
    "/team/duty/helpers/<int:helper>/changes/<int:change>": WHOSE_AGENCY_IT_IS,
    "/team/me": HELPERS,
    "/team/me/break": HELPERS,
    "/team/me/credentials": HELPERS,
    "/team/me/hours": HELPERS,
    "/team/me/leave": HELPERS,
    "/team/me/shares": HELPERS,
    "/team/me/ways": HELPERS,
    "/team/me/ways/<int:way>": NOBODY,
    "/team/me/words": HELPERS,
    "/team/people/<int:helper>/credentials": WHOSE_AGENCY_IT_IS,
    "/team/people/<int:helper>/credentials/<int:number>": NOBODY,
    "/team/people/<int:helper>/credentials/<int:number>/<slug:word>": NOBODY,
    "/team/people/<int:helper>/credentials/new": WHOSE_AGENCY_IT_IS,
    "/team/me/push": HELPERS,
    "/team/me/push/off": HELPERS,
    "/team/me/push/test": HELPERS,
    "/team/set-up": WHOLE_TEAM,
    "/team/set-up/<slug:word>": WHOLE_TEAM,
    "/team/devices": HELPERS,
    "/team/devices/team": COORDINATORS,
    "/team/devices/requests.json": COORDINATORS,
    "/team/security": SIGNED_IN,
    "/team/security/passkey": SIGNED_IN,
    "/team/security/passkey/<int:passkey>/remove": SIGNED_IN,
    "/team/security/code-app": SIGNED_IN,
    "/team/security/code-app/remove": SIGNED_IN,
    "/team/security/passphrase": SIGNED_IN,
    "/team/security/recovery-codes": SIGNED_IN,
    "/team/security/recovery-codes/new": SIGNED_IN,
    "/team/security/again/code": SIGNED_IN,
    "/team/security/again/passkey": SIGNED_IN,
    "/team/security/sign-out-everywhere": SIGNED_IN,
}
# Answers and addresses that end a session: tried alone.
ENDS_A_SESSION = {"/team/sign-out", "/team/security/sign-out-everywhere", "/team/me/leave"}


@pytest.fixture
def people(db: None) -> Iterator[dict[str, Client]]:
    with clock.use(HandClock(NIGHT)):
        deed(roster.import_roster, CEDAR_IN_FILE + LARKSPUR + helper_in_file("sam"))
        them = {name: Client(headers={"Sec-Fetch-Site": "same-origin"}) for name in WHO}
        signed_in(them["helper"], helper="sam")
        signed_in(them["coordinator"], role=Role.COORDINATOR)
        signed_in(them["coordinator elsewhere"], role=Role.COORDINATOR, agency="larkspur", name="lark")
        signed_in(them["clinical lead"], role=Role.CLINICAL_LEAD)
        signed_in(them["operator"], role=Role.OPERATOR)
        yield them


def every_address() -> list[str]:
    return sorted({f"/{route}" for route in routes(get_resolver().url_patterns) if route.startswith("team/")})


def written_out(address: str) -> str:
    """With Sam's number where a helper is meant, else with a number or a key that is nobody's."""
    address = address.replace("<int:helper>", str(Helper.objects.get(key="sam").pk))
    address = address.replace("<int:account>", str(Account.objects.get(name="sam").pk))
    for taken in ("<int:", "<str:", "<slug:", "<uuid:"):
        while taken in address:
            before, _, after = address.partition(taken)
            nobody = {"<int:": "999999", "<uuid:": "00000000-0000-4000-8000-000000000000"}.get(taken, "nobody")
            address = before + nobody + after.partition(">")[2]
    return address


def test_every_address_of_the_team_has_a_line_in_the_table() -> None:
    assert every_address() == sorted(TABLE)


def test_every_screen_is_tried_by_everybody_and_keeps_the_rules_of_all_screens(people: dict[str, Client]) -> None:
    wrong = list[str]()
    for address in every_address():
        for who, client in people.items():
            for method in ("get", "post") if address not in ENDS_A_SESSION else ():
                with transaction.atomic():
                    answer = getattr(client, method)(written_out(address), secure=True)
                    transaction.set_rollback(True)  # whoever comes next finds everything as it was
                if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                    continue  # it opens the other way alone, for whomever
                if TABLE[address] is not EVERYBODY and is_refused(answer, address) is (who in TABLE[address]):
                    wrong.append(f"{address}: {who} got {answer.status_code} by {method}")
                wrong += [f"{address}: {who} broke it"] if answer.status_code >= 500 else []
                wrong += [f"{address} as {who}: {rule}" for rule in broken_rules(answer)] if method == "get" else []
    assert wrong == []


def broken_rules(answer: Any) -> list[str]:
    """The rules of all screens that this one does not keep."""
    if not answer.headers.get("Content-Type", "").startswith("text/html") or not answer.text:
        return []
    screen = Reader(answer.text)
    return [f"{rule} {screen.wrong or screen.unnamed}" for rule, holds in RULES.items() if not holds(screen)]


def is_refused(answer: Any, address: str) -> bool:
    """Sent to sign in, told that it is not for them, or told of nobody where a helper stands."""
    to_sign_in: bool = answer.headers.get("Location", "").startswith("/team/sign-in")
    not_theirs = ("<int:helper>", "<int:account>", "/team/me")
    is_hidden = answer.status_code == 404 and any(word in address for word in not_theirs)
    return to_sign_in or answer.status_code == 403 or is_hidden


def test_no_account_opens_more_of_the_programs_calls_than_a_stranger_does(people: dict[str, Client]) -> None:
    stranger, *others = people.values()
    for route in sorted(f"/{route}" for route in routes(get_resolver().url_patterns) if route.startswith("api/")):
        address = written_out(route)
        for method in ("get", "post", "patch", "delete"):
            plain = getattr(stranger, method)(address, secure=True)
            for other in others:
                theirs = getattr(other, method)(address, secure=True)
                assert (theirs.status_code, theirs.content) == (plain.status_code, plain.content) or _opens_a_call(
                    route
                )


def _opens_a_call(route: str) -> bool:
    return route.endswith("/calls")
