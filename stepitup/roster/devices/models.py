"""What is kept of a helper's device: the public half of its key, and what the root key said of it."""

from typing import ClassVar

from django.db import models

from stepitup.roster.sign_in.models import Account


class Device(models.Model):
    """A phone or computer that a helper enrolled. Read by its owner and by coordinators; deleted when either takes it
    off, at once, and with the account.

    Nothing of the machine itself is in it: no address, no maker, no time of use.
    """

    id = models.BigAutoField(primary_key=True, help_text="A number without meaning.")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="devices", help_text="Whose it is.")
    name = models.CharField(max_length=40, help_text="What its owner calls it.")
    key = models.CharField(max_length=100, unique=True, help_text="The public half of its key, which it made itself.")
    signature = models.CharField(
        max_length=100, default="", help_text="What the team's root key said of it; empty while it waits for that."
    )
    in_doubt = models.BooleanField(
        default=False,
        help_text="Whether its owner lost their ways to sign in and has not said since that they still have it.",
    )

    class Meta:
        """In the order in which they came."""

        ordering: ClassVar = ["pk"]
