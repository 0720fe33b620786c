"""What is kept of a call. Links point downward only; each table says who may read it and when it is deleted.

Nothing here names the caller. What they typed to be matched is used once and never stored; what they chose to show,
their number and their place are sealed and blanked when the call closes.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from stepitup.calls.life import CallState, SeatState, TurnKind
from stepitup.paging.models import Page
from stepitup.roster.models import Helper


class Call(models.Model):
    """One call for backup. Read by the caller who holds its token, and by the watch; by no role of the team.

    Deleted on `delete_at`, which is set at the press and shown to the caller.
    """

    id = models.UUIDField(primary_key=True, help_text="A random number; it says nothing about anybody.")
    state = models.CharField(max_length=12, help_text="Waiting, acknowledged, joined or closed.")
    version = models.BigIntegerField(default=1, help_text="Goes up at each change, so that an open screen knows.")
    opened_at = models.DateTimeField(help_text="When the call was pressed.")
    changed_at = models.DateTimeField(db_index=True, help_text="When anything about it last changed.")
    closed_at = models.DateTimeField(null=True, help_text="When it closed; empty while open.")
    ending = models.CharField(max_length=12, default="", help_text="How it ended: stood down, finished, expired …")
    delete_at = models.DateTimeField(help_text="The day of deletion, set at the press.")
    rehearsal = models.BooleanField(
        default=False, help_text="Whether the house rehearsed it with itself: no caller, nobody paged, never counted."
    )
    seed = models.BigIntegerField(help_text="Chance for the order of equals, so that a retry gives the same order.")
    suggested = models.CharField(max_length=12, default="", help_text="A further kind of backup a helper suggested.")
    token_mark = models.CharField(max_length=64, unique=True, help_text="Fingerprint of the caller's token.")
    receipt_mark = models.CharField(max_length=64, unique=True, help_text="Fingerprint of the eight words.")
    opening_mark = models.CharField(
        max_length=64, unique=True, null=True, help_text="Fingerprint of the press, so that two make one call."
    )
    opening_body_mark = models.CharField(
        max_length=64, default="", help_text="Fingerprint of what came with the press, keyed; blank once closed."
    )
    wants = models.CharField(max_length=12, default="", help_text="Who comes first: peer, chaplain, clinician, anyone.")
    sealed_situation = models.BinaryField(null=True, help_text="State, service, employer, for the limits; until close.")
    sealed_order = models.BinaryField(null=True, help_text="Order of helpers after matching; until close.")
    sealed_shown = models.BinaryField(null=True, help_text="What the caller chose to show the helper; until close.")
    sealed_reach = models.BinaryField(null=True, help_text="A number the caller gave, and how to use it; until close.")
    sealed_place = models.BinaryField(null=True, help_text="Where the caller says they are; until close.")


class Turn(models.Model):
    """One search for one helper. Read by the watch. Deleted with its call."""

    id = models.UUIDField(primary_key=True, help_text="A random number.")
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="turns", help_text="Its call.")
    number = models.PositiveSmallIntegerField(help_text="First, second, … turn of the call.")
    kind = models.CharField(
        max_length=10,
        choices=[(kind.value, kind.value) for kind in TurnKind],
        help_text="First, reopened, or a hand-off beside somebody who stays.",
    )
    state = models.CharField(
        max_length=12,
        choices=[(state.value, state.value) for state in CallState],
        help_text="Waiting, acknowledged, joined or closed.",
    )
    plan = models.JSONField(help_text="Who is asked first, next and after: frozen, so that edits do not bend it.")
    opened_at = models.DateTimeField(help_text="When the search began.")
    step = models.SmallIntegerField(help_text="The step of the plan under way.")
    next_at = models.DateTimeField(null=True, help_text="When the next step comes, or the time to join by.")
    last_step = models.BooleanField(help_text="Everybody was asked; pages repeat.")
    hungry = models.BooleanField(help_text="Fewer were free than wanted: whoever comes free is asked.")

    class Meta:
        """Hungry turns are looked up each time a helper comes free."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "number"], name="one_turn_a_number")]
        indexes: ClassVar = [
            models.Index(fields=["opened_at"], name="hungry_turns", condition=Q(hungry=True, state="waiting"))
        ]


class Asked(models.Model):
    """Which helper was asked by which page, for which turn. Read by the watch, by no screen. Deleted with its call."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, help_text="The page.")
    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="asked", help_text="Its turn.")
    helper = models.ForeignKey(Helper, on_delete=models.CASCADE, related_name="+", help_text="Who was asked.")
    kind = models.CharField(max_length=12, help_text="As peer, chaplain, clinician or coordinator.")
    step = models.SmallIntegerField(help_text="At which step.")


class Seat(models.Model):
    """A helper beside a caller. Read by that helper with the seat's secret. Deleted with its call.

    The moments at which a helper begins and ends are marked because the law protects a talk by the role in which the
    helper has it; nothing said is kept.
    """

    id = models.UUIDField(primary_key=True, help_text="A random number.")
    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="seats", help_text="Its turn.")
    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+", help_text="The page answered.")
    helper = models.ForeignKey(Helper, on_delete=models.CASCADE, related_name="+", help_text="Who sits.")
    kind = models.CharField(max_length=12, help_text="As peer, chaplain or clinician.")
    state = models.CharField(max_length=12, help_text="Active, or how it ended.")
    secret_mark = models.CharField(max_length=64, unique=True, help_text="Fingerprint of the seat's secret.")
    press_mark = models.CharField(max_length=64, help_text="Fingerprint of the press that took it.")
    opened_at = models.DateTimeField(help_text="When the helper took the call.")
    joined_at = models.DateTimeField(null=True, help_text="When the two were in contact.")
    ended_at = models.DateTimeField(null=True, help_text="When the helper's part ended.")
    rings_until = models.DateTimeField(
        null=True, help_text="Until when a ring that joins the two is on its way, so that a second press rings nobody."
    )

    class Meta:
        """Two yeses to two calls cannot both win: one active seat a helper."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["helper"], condition=Q(state=SeatState.ACTIVE.value), name="one_active_seat_a_helper"
            )
        ]


class WayIn(models.Model):
    """A link that opens a seat once: for a helper who said yes by text or key, who goes on at another phone, or who is
    asked after hours whether they have finished.

    Read by whoever holds the link: it goes to the helper's own number, or stands on the seat. Deleted with its call.
    """

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="ways_in", help_text="The seat it opens.")
    key_fingerprint = models.CharField(
        max_length=64, unique=True, help_text="A fingerprint of the key in the link; the key cannot be had from it."
    )
    made_at = models.DateTimeField(help_text="When the link was made.")
    used_at = models.DateTimeField(null=True, help_text="When it was used; it opens nothing after that.")
    press_mark = models.CharField(max_length=64, default="", help_text="Fingerprint of the press that used it.")


class LimitsRead(models.Model):
    """Which limits were read: the wording, for which kind of helper, when. No more.

    Read by the rules alone, to know whether a word may pass. Deleted with its call.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="limits_read", help_text="Its call.")
    kind = models.CharField(max_length=12, help_text="For a peer, a chaplain or a clinician.")
    version = models.CharField(max_length=40, help_text="Which wording.")
    read_at = models.DateTimeField(help_text="When 'I've read this' was pressed.")

    class Meta:
        """Reading the same wording twice is reading it once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "kind", "version"], name="read_once")]
