"""Who may invite whom, and look after whose account. Neither ever reaches above whoever does it."""

from stepitup.roster.sign_in.facts import AccountSeen, Guest, Me, Role


def may_invite(me: Me, guest: Guest, *, agency: int | None, holds: frozenset[Role]) -> bool:
    """Whether this coordinator may make this invitation. `agency` is the helper's, `holds` what they may do already.

    1. Only coordinators invite. 2. A coordinator of one agency invites its helpers alone, gives no roles, and renews
    nobody who holds one. 3. The operator comes by the command line: nobody signed in takes the machine's keeper over.
    """
    if Role.COORDINATOR not in me.roles or Role.OPERATOR in guest.roles | holds:
        return False
    if me.agency is None:
        return True
    return guest.helper is not None and agency == me.agency and not guest.roles and not holds


def looks_after_account(me: Me, one: AccountSeen) -> bool:
    """Whether this coordinator sees this account, signs it out, invites it anew.

    A coordinator of one agency looks after its helpers, and after nobody who holds a role.
    """
    if Role.COORDINATOR not in me.roles:
        return False
    return me.agency is None or (one.helper is not None and one.helper_agency == me.agency and not one.roles)


def may_close(me: Me, one: AccountSeen) -> bool:
    """Whether they may close it: never their own, which is a slip or the end of the last coordinator."""
    return looks_after_account(me, one) and one.id != me.account


def may_give_roles(me: Me, one: AccountSeen) -> bool:
    """Whether they may change what it may do: coordinators of the whole team, and never their own."""
    return Role.COORDINATOR in me.roles and me.agency is None and one.id != me.account
