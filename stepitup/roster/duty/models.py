"""What is kept of duty beside the lines on the helper. Hours that are planned; nothing about a page or a caller."""

from typing import ClassVar

from django.db import models


class DutySwap(models.Model):
    """A duty that one helper asks another to take. Read by the two of them; coordinators see only who is on duty.

    Deleted 14 days after the duty ended, or with either helper.
    """

    id = models.BigAutoField(primary_key=True, help_text="A number without meaning.")
    asker = models.ForeignKey(
        "roster.Helper", on_delete=models.CASCADE, related_name="+", help_text="The helper who asks."
    )
    asked = models.ForeignKey(
        "roster.Helper", on_delete=models.CASCADE, related_name="+", help_text="The helper who is asked."
    )
    starts_at = models.DateTimeField(help_text="When the duty begins that is to change hands.")
    ends_at = models.DateTimeField(help_text="When it ends.")
    back_starts_at = models.DateTimeField(null=True, help_text="When the duty begins that is given in return, if any.")
    back_ends_at = models.DateTimeField(null=True, help_text="When that one ends.")
    state = models.CharField(max_length=10, help_text="Whether it was asked, agreed, declined or taken back.")
    asked_at = models.DateTimeField(help_text="When it was asked.")
    answered_at = models.DateTimeField(null=True, help_text="When it was answered or taken back.")
    told_at = models.DateTimeField(null=True, help_text="When a letter went to the helper who is asked.")
    answer_told_at = models.DateTimeField(null=True, help_text="When a letter with the answer went to whoever asked.")

    class Meta:
        """Looked up by whom it is about."""

        verbose_name = "swap of duty"
        indexes: ClassVar = [
            models.Index(fields=["asked", "state"], name="swaps_asked"),
            models.Index(fields=["asker", "state"], name="swaps_asking"),
        ]


class DutyOverride(models.Model):
    """A span in which a helper is on duty, or off, whatever their lines say. Of two that overlap the later made holds.

    Read by the engine, the helper and coordinators. Deleted 14 days after it ended, or with the helper.
    """

    id = models.BigAutoField(primary_key=True, help_text="A number without meaning.")
    helper = models.ForeignKey(
        "roster.Helper", on_delete=models.CASCADE, related_name="duty_overrides", help_text="Whose duty it is."
    )
    starts_at = models.DateTimeField(help_text="When it begins.")
    ends_at = models.DateTimeField(help_text="When it ends.")
    is_on = models.BooleanField(help_text="Whether the helper is on duty then, or off.")

    class Meta:
        """Found by the moment."""

        verbose_name = "change of duty"
        indexes: ClassVar = [models.Index(fields=["starts_at", "ends_at"], name="overrides_when")]


class DutyFeed(models.Model):
    """The secret link by which a helper's own calendar reads when they are on duty. Read by whoever holds the link.

    Deleted with the helper, or when they end it; renewed, the old link finds nothing any more.
    """

    helper = models.OneToOneField(
        "roster.Helper",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="duty_feed",
        help_text="Whose duty it tells.",
    )
    number = models.UUIDField(help_text="The number from which the link is made, with the site key.")
    fingerprint = models.CharField(max_length=64, unique=True, help_text="A fingerprint by which the link is known.")
    made_at = models.DateTimeField(help_text="When the link was made.")

    class Meta:
        """In words."""

        verbose_name = "calendar feed"


class DutyLetter(models.Model):
    """That a coordinator was told by mail, on a day, of gaps in the coming duty. Holds no gap and no address.

    Read by the watch alone, so that each is told once a day; deleted after 14 days, or with the helper.
    """

    id = models.BigAutoField(primary_key=True, help_text="A number without meaning.")
    helper = models.ForeignKey(
        "roster.Helper", on_delete=models.CASCADE, related_name="+", help_text="The coordinator who is told."
    )
    day = models.DateField(help_text="The day on which they are told.")
    next_try_at = models.DateTimeField(help_text="When the mail may be tried again.")
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often it was tried.")
    sent_at = models.DateTimeField(null=True, help_text="When the mail server took it.")

    class Meta:
        """One a day for each."""

        verbose_name = "letter about gaps"
        constraints: ClassVar = [models.UniqueConstraint(fields=["helper", "day"], name="one_letter_a_day")]
