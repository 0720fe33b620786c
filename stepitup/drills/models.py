"""What a drill keeps: that there was one, and who was asked. What came of it stands with the test pages."""

from typing import ClassVar

from django.db import models

from stepitup.paging.models import Page


class Drill(models.Model):
    """One drill: test pages to everybody who may be woken at that hour.

    Read by the coordinator. Deleted 35 days after it began, so that a monthly one is still there at the next.
    """

    id = models.UUIDField(primary_key=True, help_text="A random number.")
    begun_at = models.DateTimeField(db_index=True, help_text="When it began.")
    by_hand = models.BooleanField(help_text="Whether somebody began it, or the timetable.")
    left_out = models.PositiveIntegerField(
        help_text="How many were let sleep: off duty, resting, or with somebody. A number, without names."
    )


class DrillAsked(models.Model):
    """One helper whom a drill asked, by one way, or whom no way reaches.

    Read by the coordinator as "reached" or "not reached" and nothing more: how quickly somebody pressed is read by
    themselves alone. Deleted with its drill.
    """

    drill = models.ForeignKey(Drill, on_delete=models.CASCADE, related_name="asked", help_text="Its drill.")
    helper = models.BigIntegerField(help_text="The number of the helper.")
    page = models.OneToOneField(
        Page, null=True, on_delete=models.CASCADE, related_name="+", help_text="The test page; none where no way leads."
    )

    class Meta:
        """A drill is read whole; the index of its key is all that it needs."""

        indexes: ClassVar = [models.Index(fields=["drill", "helper"], name="asked_by_drill")]


class Rehearsal(models.Model):
    """When the house rehearsed a call with itself most recently, and how that went. One row; no person is in it.

    Read by the operator, by `/readyz` and by the watch. Overwritten at each rehearsal.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, help_text="Always one.")
    began_at = models.DateTimeField(help_text="When the newest rehearsal began.")
    went_well_at = models.DateTimeField(null=True, help_text="When one last went well, the whole way.")
    failures = models.PositiveIntegerField(default=0, help_text="How many came to nothing since.")
