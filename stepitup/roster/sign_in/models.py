"""What is kept so that somebody can sign in: no mail address, no phone number, no time of a night, no machine."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Account(AbstractBaseUser):
    """Somebody who may open the team's own screens. Read by themselves and by the coordinators who look after them.

    Deleted with the helper it belongs to, 30 days after they were taken off the roster, or at once when they leave;
    a role besides helping keeps it. Whichever a coordinator closed is deleted 30 days later, unless it is opened again.
    """

    id = models.BigAutoField(primary_key=True, help_text="A number without meaning.")
    name = models.CharField(
        max_length=60, unique=True, help_text="The name they sign in with, chosen by themselves; any word will do."
    )
    password = models.CharField(
        max_length=128, help_text="What a passphrase is checked against; the passphrase itself is nowhere."
    )
    helper = models.OneToOneField(
        "roster.Helper",
        null=True,
        on_delete=models.CASCADE,
        related_name="account",
        help_text="The helper whose account it is, if they help.",
    )
    agency = models.ForeignKey(
        "roster.Agency",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The one agency whose people this coordinator looks after; none: the whole team.",
    )
    is_coordinator = models.BooleanField(default=False, help_text="Whether they keep the roster.")
    is_clinical_lead = models.BooleanField(default=False, help_text="Whether they lead the team clinically.")
    is_operator = models.BooleanField(default=False, help_text="Whether they run the machine.")
    is_active = models.BooleanField(default=True, help_text="Whether they may sign in at all.")
    closed_at = models.DateTimeField(null=True, help_text="When a coordinator closed it.")

    # When somebody signed in last would tell of their nights.
    last_login = None

    objects = BaseUserManager["Account"]()

    USERNAME_FIELD = "name"


class SignedIn(models.Model):
    """A browser in which somebody is signed in. Read by the door alone; deleted at sign-out, and half a day later.

    There is no address, no name of a browser and no time of a visit in it.
    """

    mark = models.CharField(
        max_length=64, primary_key=True, help_text="A fingerprint of the secret that the browser keeps."
    )
    account = models.ForeignKey(
        Account, null=True, on_delete=models.CASCADE, related_name="+", help_text="Who is signed in there."
    )
    sealed = models.BinaryField(help_text="How they signed in and what they are in the middle of, sealed.")
    ends_at = models.DateTimeField(db_index=True, help_text="When it ends by itself.")


class Invitation(models.Model):
    """A link by which somebody makes their account, once. Read by coordinators; deleted when used, and on its day."""

    id = models.BigAutoField(primary_key=True, help_text="A number without meaning.")
    mark = models.CharField(max_length=64, unique=True, help_text="A fingerprint of the secret in the link.")
    helper = models.ForeignKey(
        "roster.Helper", null=True, on_delete=models.CASCADE, related_name="+", help_text="The helper it is for."
    )
    account = models.ForeignKey(
        Account,
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="The account that gets new ways to sign in, when the old ones were lost.",
    )
    agency = models.ForeignKey(
        "roster.Agency",
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="The one agency whose people the new coordinator will look after.",
    )
    is_coordinator = models.BooleanField(default=False, help_text="Whether they will keep the roster.")
    is_clinical_lead = models.BooleanField(default=False, help_text="Whether they will lead the team clinically.")
    is_operator = models.BooleanField(default=False, help_text="Whether they run the machine.")
    ends_at = models.DateTimeField(db_index=True, help_text="When the link opens nothing any more.")


class Tried(models.Model):
    """That signing in by one name, or on one account, did not go well just now: five times, and it waits some minutes.

    Read by the door alone. Deleted when it has passed, at most ten minutes later. No name and no machine is in it.
    """

    mark = models.CharField(
        max_length=64, primary_key=True, help_text="A mark made of the name; without the site key it tells nothing."
    )
    sealed = models.BinaryField(help_text="The moments of those tries, sealed.")
    ends_at = models.DateTimeField(db_index=True, help_text="When it counts no more.")
