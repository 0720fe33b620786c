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


class LogBookEntry(models.Model):
    """One thing that a coordinator did: numbers of ours and a word of a closed list. No name stands in it, no caller.

    Read by coordinators, the clinical lead and the operator. The database refuses to change or take away a line.
    A year's book is deleted two years after the year is over; its head is kept.
    """

    book = models.PositiveSmallIntegerField(help_text="The year whose book this is.")
    number = models.PositiveIntegerField(help_text="The place in the book, counted from 1, without gaps.")
    at = models.DateTimeField(help_text="When it was done.")
    who = models.CharField(max_length=40, help_text="Who did it: the number of an account, or the operator.")
    what = models.CharField(max_length=40, help_text="What was done, as a word of a closed list.")
    about = models.CharField(max_length=40, help_text="Whom or what it was done to: the number of a helper, say.")
    how_many = models.PositiveIntegerField(null=True, help_text="How many rows it touched, where that is of use.")
    leaf = models.BinaryField(help_text="The hash of this line (RFC 6962).")
    peak = models.BinaryField(help_text="The hash of the largest whole tree that ends with this line.")
    deleted_on = models.DateField(help_text="The day on which this book is deleted, set when the line was written.")

    class Meta:
        """One line in each place."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["book", "number"], name="one_line_a_place")]


class LogBookHead(models.Model):
    """The head of a book as it stood on a day: how many lines, and one hash over all of them. It names nobody.

    Read by coordinators, the clinical lead and the operator. Never deleted, for it is what a later reader checks
    against; the database refuses to change it or take it away.
    """

    book = models.PositiveSmallIntegerField(help_text="The year whose book this is.")
    size = models.PositiveIntegerField(help_text="How many lines the book had.")
    root = models.BinaryField(help_text="The hash over all of them (RFC 6962).")
    at = models.DateTimeField(help_text="When the head was taken.")

    class Meta:
        """One head for each size of a book."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["book", "size"], name="one_head_a_size")]


class TeamAnswer(models.Model):
    """One answer of the team's set-up: its policy, its clinical lead, where a complaint goes. Nothing about a caller.

    Read by coordinators, the clinical lead and the operator; what callers or helpers need of it stands on their
    screens. When the team answers anew it is overwritten, and what stood there goes to the earlier answers.
    """

    question = models.CharField(
        max_length=30, primary_key=True, help_text="Which question, as a word of a closed list."
    )
    answer = models.BinaryField(help_text="What the team says, sealed.")
    signed_by = models.BinaryField(help_text="The name of whoever signed it, sealed.")
    dated = models.DateField(help_text="The day of the signature.")
    written_at = models.DateTimeField(help_text="When it was typed in.")
    version = models.PositiveIntegerField(help_text="How often it was changed, so that two people do not cross.")


class EarlierAnswer(models.Model):
    """What the team answered before: who signed which words, of which day, until when they stood. Not about a caller.

    Read by coordinators, the clinical lead and the operator: a caller may have gone by those words. Deleted two years
    after they were replaced.
    """

    id = models.BigAutoField(primary_key=True, help_text="A number without meaning.")
    question = models.CharField(max_length=30, help_text="Which question, as a word of a closed list.")
    answer = models.BinaryField(help_text="What the team said, sealed.")
    signed_by = models.BinaryField(help_text="The name of whoever signed it, sealed.")
    dated = models.DateField(help_text="The day of the signature.")
    version = models.PositiveIntegerField(help_text="Its place among the answers to this question.")
    replaced_at = models.DateTimeField(db_index=True, help_text="When another answer took its place.")

    class Meta:
        """Each version of an answer once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["question", "version"], name="one_earlier_a_version")]


class Draft(models.Model):
    """A file that somebody brought and has not said yes to yet: a roster between "this would change" and "do it".

    Read by whoever brought it. Deleted when they said yes or no, and an hour later at the latest.
    """

    id = models.UUIDField(primary_key=True, help_text="A random number for this file.")
    owner = models.CharField(max_length=40, help_text="Who brought it: the number of an account.")
    sealed = models.BinaryField(help_text="The file, sealed.")
    ends_at = models.DateTimeField(help_text="When it is deleted if nobody says yes.")
