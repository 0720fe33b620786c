"""What paging keeps: pages, the attempts to bring them, and what the demonstration's pager shows.

Helpers and ways are plain numbers here: this room cannot look into the roster, nor into calls.
"""

from typing import ClassVar

from django.db import models

from stepitup.paging.facts import AttemptState, DeliveryNote, NoticeWords, PageState, Words


class Page(models.Model):
    """One reaching-out to one helper, for one call or as a test; which call, only `calls` knows.

    Read by `calls` and the watch, and by the helper who holds its key. Deleted with its call; a test after 35 days.
    """

    id = models.UUIDField(primary_key=True, help_text="A random number for this page.")
    helper = models.BigIntegerField(help_text="The number of the helper who was paged.")
    words = models.CharField(
        max_length=12,
        choices=[(word.value, word.value) for word in Words],
        help_text="Which of three fixed texts it says.",
    )
    language = models.CharField(max_length=2, default="en", help_text="In which language it says so.")
    state = models.CharField(
        max_length=12,
        choices=[(state.value, state.value) for state in PageState],
        default=PageState.OPEN.value,
        help_text="Whether it is still open, or how it ended.",
    )
    key_fingerprint = models.CharField(
        max_length=64, unique=True, help_text="A fingerprint of the key in its link; the key cannot be had from it."
    )
    opened_at = models.DateTimeField(help_text="When it was written.")
    settled_at = models.DateTimeField(null=True, help_text="When it was answered, withdrawn or over.")

    class Meta:
        """A helper is asked one thing at a time: by the database, not by good will. A test asks nothing of them."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["helper"],
                condition=models.Q(state=PageState.OPEN.value) & ~models.Q(words=Words.TEST.value),
                name="one_open_page_a_helper",
            ),
        ]
        indexes: ClassVar = [
            # Tests are few among pages, and each of their questions goes through here.
            models.Index(fields=["helper"], condition=models.Q(words=Words.TEST.value), name="test_pages"),
        ]


class Attempt(models.Model):
    """One try of a page through one carrier.

    Read by the watch, which sends it. The address is deleted when the page is settled, the row with its call.
    """

    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="attempts", help_text="The page that it brings."
    )
    round = models.PositiveSmallIntegerField(
        default=1, help_text="How often the page has gone out, this time included."
    )
    position = models.PositiveSmallIntegerField(help_text="Its place in the order that the helper wants.")
    way = models.BigIntegerField(help_text="The number of the way on the roster.")
    carrier = models.CharField(max_length=20, help_text="What carries it: mail, text, voice and so on.")
    address = models.BinaryField(
        null=True, help_text="The helper's address or number, sealed; deleted when the page is settled."
    )
    number_mark = models.CharField(
        max_length=64, help_text="A mark by which a reply finds its page; no number can be had from it."
    )
    state = models.CharField(
        max_length=12,
        choices=[(state.value, state.value) for state in AttemptState],
        default=AttemptState.RESERVE.value,
        help_text="Whether it waits, was handed over, failed or was dropped.",
    )
    due_at = models.DateTimeField(null=True, help_text="When its turn comes.")
    written_at = models.DateTimeField(help_text="When it was written.")
    tried_at = models.DateTimeField(null=True, help_text="When a carrier last took it or refused it.")
    key = models.CharField(
        max_length=32, unique=True, help_text="A random number by which a carrier knows a second try."
    )
    reference = models.CharField(max_length=80, default="", help_text="The carrier's own number for the message.")
    failures = models.PositiveSmallIntegerField(default=0, help_text="How many tries came to nothing.")
    unreachable = models.BooleanField(default=False, help_text="Whether the carrier said that this way does not work.")
    why = models.CharField(max_length=40, default="", help_text="Why the last try came to nothing, in a fixed word.")
    note = models.CharField(
        max_length=14,
        default="",
        choices=[(note.value, note.value) for note in DeliveryNote],
        help_text="What the carrier said afterwards: whether it arrived on the phone. Only an answer says it was felt.",
    )

    class Meta:
        """One attempt for each way in each round; a reply finds the newest by its mark."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "round", "position"], name="one_attempt_a_way_and_round"),
        ]
        indexes: ClassVar = [models.Index(fields=["number_mark"], name="attempts_by_mark")]


class Heard(models.Model):
    """A reply that came, so that the same one twice is heard once. What was said is not kept.

    Read by whoever receives replies. Deleted a day after it came.
    """

    mark = models.CharField(
        max_length=64,
        unique=True,
        help_text="A mark of the carrier's id for the reply; the id cannot be had from it.",
    )
    number_mark = models.CharField(
        max_length=64, help_text="A mark of the number it came from; no number can be had from it."
    )
    words = models.CharField(
        max_length=16,
        choices=[(words.value, words.value) for words in NoticeWords],
        default=NoticeWords.NOTHING.value,
        help_text="Which fixed sentence went back.",
    )
    at = models.DateTimeField(help_text="When it came.")

    class Meta:
        """How often a number was answered of late is asked at each reply that we do not understand."""

        indexes: ClassVar = [models.Index(fields=["number_mark", "at"], name="heard_by_number")]


class Notice(models.Model):
    """A short word to a helper that is no page: the link to their seat after a yes by phone, say.

    Read by the watch, which sends it. Deleted as soon as a carrier took it, or an hour after it was written.
    """

    carrier = models.CharField(max_length=20, help_text="What carries it: mail, text and so on.")
    words = models.CharField(
        max_length=16,
        choices=[(words.value, words.value) for words in NoticeWords],
        help_text="Which of the fixed sentences it says.",
    )
    sealed = models.BinaryField(help_text="Where it goes, its link, and the ways that follow if this fails; sealed.")
    key = models.CharField(max_length=32, unique=True, help_text="A random number by which a second try is known.")
    failures = models.PositiveSmallIntegerField(default=0, help_text="How many tries came to nothing.")
    written_at = models.DateTimeField(help_text="When it was written.")


class PagerMessage(models.Model):
    """A message on the on-screen pager of the demonstration. No real house has a row here.

    Read by whoever opens the pager's screen. Deleted with its page.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", help_text="The page that it brought.")
    helper = models.BigIntegerField(help_text="Whose pager shows it, by number.")
    way = models.BigIntegerField(help_text="The number of the way on the roster.")
    message = models.BinaryField(help_text="The text and the link as they were handed over, sealed.")
    key = models.CharField(
        max_length=32, unique=True, help_text="A random number by which a second try is known and shown once."
    )
    at = models.DateTimeField(help_text="When it arrived.")
