"""Plain values about whoever is signed in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What somebody who is signed in may do. No role shows calls."""

    HELPER = "helper"
    COORDINATOR = "coordinator"
    CLINICAL_LEAD = "clinical_lead"
    OPERATOR = "operator"


@dataclass(frozen=True)
class Me:
    """Whoever is signed in.

    `helper` is the row of the roster that is theirs, if one is. `agency` binds a coordinator to one agency's people;
    None: the whole team.
    """

    account: int
    name: str
    helper: int | None = None
    roles: frozenset[Role] = frozenset()
    agency: int | None = None

    def has(self, *roles: Role) -> bool:
        """Whether at least one of these roles is theirs."""
        return bool(self.roles.intersection(roles))

    def looks_after(self, agency: int | None) -> bool:
        """Whether, as a coordinator, they look after the people of this agency (None: people of no agency)."""
        return Role.COORDINATOR in self.roles and (self.agency is None or self.agency == agency)


@dataclass(frozen=True)
class Guest:
    """Whom an invitation is for: a helper of the roster, roles for somebody new, or an account that needs new ways."""

    helper: int | None = None
    account: int | None = None
    roles: frozenset[Role] = frozenset()
    agency: int | None = None


@dataclass(frozen=True)
class InvitationSeen:
    """What whoever holds the link, or the coordinator who made it, may see."""

    id: int
    helper: str
    account: str
    roles: tuple[Role, ...]
    ends_at: datetime

    @property
    def is_for_new_ways(self) -> bool:
        """Whether it lets somebody who has an account set up new ways to sign in."""
        return bool(self.account)


@dataclass(frozen=True)
class AccountSeen:
    """An account, as the coordinator who looks after it sees it. There is no time of a sign-in: nobody knows it."""

    id: int
    name: str
    helper: int | None
    helper_key: str
    helper_name: str
    helper_agency: int | None
    roles: frozenset[Role]
    bound_to: int | None
    bound_to_name: str
    is_open: bool
    has_a_way: bool
    closed_at: datetime | None

    @property
    def mark(self) -> str:
        """What stood there when a form was opened: whoever reads older roles changes nothing."""
        return f"{'+'.join(sorted(self.roles))}@{self.bound_to or ''}"
