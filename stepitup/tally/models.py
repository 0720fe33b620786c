"""What the tally keeps: a number for a week."""

from typing import ClassVar

from django.db import models


class WeekCount(models.Model):
    """How often something happened in one week, and nothing else. No person, no night, no place.

    Read by coordinators, once the week is over, and only where the number is large enough. Deleted after a year.
    """

    id = models.BigAutoField(primary_key=True, help_text="A number without meaning.")
    monday = models.DateField(help_text="The Monday on which the week began, in the team's zone.")
    what = models.CharField(max_length=30, help_text="What was counted, as a word of a closed list.")
    how_many = models.PositiveIntegerField(default=0, help_text="How often it happened in that week.")

    class Meta:
        """One number for each week."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["monday", "what"], name="one_count_a_week")]
