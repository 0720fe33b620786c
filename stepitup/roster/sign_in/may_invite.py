"""Who may invite whom. An invitation also replaces lost ways to sign in, so it must never reach above its maker."""

from stepitup.roster.sign_in.facts import Guest, Me, Role


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
