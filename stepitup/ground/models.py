"""What the ground keeps: timers and the watch's heartbeat. No person stands in either."""

from typing import ClassVar

from django.db import models


class Timer(models.Model):
    """Something that must happen at a moment. Read by the watch; deleted when it has happened.

    `next_at` is the due time while armed, and the end of the lease while somebody is at it: one column, one index,
    and a worker that died is overtaken simply because its lease has become due.
    """

    kind = models.CharField(max_length=40, help_text="What must happen: send a page by a carrier, escalate, delete …")
    subject = models.CharField(max_length=40, help_text="The id of what it is about: an attempt, a turn or a call.")
    due_at = models.DateTimeField(help_text="When it was to happen; kept while leased, to measure lateness.")
    next_at = models.DateTimeField(db_index=True, help_text="When it must happen, or when its lease ends.")
    holder = models.CharField(max_length=40, default="", help_text="The watch that is at it now; empty while armed.")

    class Meta:
        """One timer of a kind for each subject."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "subject"], name="one_timer_of_a_kind"),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "next_at"], name="timers_due")]


class Heartbeat(models.Model):
    """One row for each watch that lives or lived. Read by everybody; overwritten at each beat."""

    name = models.CharField(max_length=60, primary_key=True, help_text="Which watch: a random name for each start.")
    at = models.DateTimeField(help_text="When it last beat.")
