"""What can go wrong about signing in.

SignInTrouble
├── InvitationOver   used already, taken back, past its day, or never made
├── NameNotGood      a sign-in name that cannot be used; the message says what fits
├── NameTaken        somebody else signs in with this name
├── NobodyToInvite   nobody on the roster has this key
├── NotThatDevice    a device that cannot be enrolled: no proof, known already, or one too many
├── NoSuchAccount    nobody signs in with it, or it is not for them to see
├── NobodyLeft       without this coordinator nobody would keep the roster
└── RolesChanged     somebody else changed these roles meanwhile
"""


class SignInTrouble(Exception):
    """Something about signing in is not as it must be."""


class InvitationOver(SignInTrouble):
    """Used already, taken back, past its day, or never made. Which of these is told to nobody."""


class NameNotGood(SignInTrouble):
    """A sign-in name that cannot be used."""


class NameTaken(SignInTrouble):
    """Somebody else signs in with this name."""


class NobodyToInvite(SignInTrouble):
    """Nobody on the roster, or nobody who signs in, goes by this word."""


class NotThatDevice(SignInTrouble):
    """A device that cannot be enrolled: no proof that it holds its key, known already, or one too many."""


class NoSuchAccount(SignInTrouble):
    """Nobody signs in with this account, or it was deleted meanwhile."""


class NobodyLeft(SignInTrouble):
    """Without this coordinator of the whole team nobody would keep the roster."""


class RolesChanged(SignInTrouble):
    """Somebody else changed these roles after the form was opened."""
