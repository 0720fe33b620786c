"""Maria, a coordinator, with a browser in hand; and others of the team beside her."""

from stepitup.roster.sign_in.facts import Role
from tests.rooms.team_door import signed_in
from tests.stories.browser import Browser


def somebody(
    *, role: Role | None = Role.COORDINATOR, name: str = "maria", helper: str = "", agency: str = ""
) -> Browser:
    """Somebody who is signed in, on a phone of their own."""
    phone = Browser(then=lambda: None, HTTP_SEC_FETCH_SITE="same-origin")
    signed_in(phone._client, role=role, helper=helper, agency=agency, name=name)
    return phone


def stranger() -> Browser:
    """Somebody who is not signed in."""
    return Browser(then=lambda: None, HTTP_SEC_FETCH_SITE="same-origin")
