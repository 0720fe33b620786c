"""What the roster keeps. Nothing here is about a caller.

Everything is read by the coordinator who keeps it; what else is read by whom stands with each table.
"""

from typing import ClassVar

from django.db import models

from stepitup.ground.vocabulary import UNKNOWN
from stepitup.roster.devices.models import Device
from stepitup.roster.duty.models import DutyFeed, DutyLetter, DutyOverride, DutySwap
from stepitup.roster.sign_in.models import Account, Invitation, SignedIn, Tried

__all__ = [
    "Account",
    "Agency",
    "Device",
    "DutyFeed",
    "DutyLetter",
    "DutyOverride",
    "DutySwap",
    "Helper",
    "Invitation",
    "NeverPair",
    "Oversight",
    "Related",
    "SignedIn",
    "Tried",
    "Way",
]


class Agency(models.Model):
    """Where helpers work. Read by matching and the coordinator; deleted when no helper belongs to it any more."""

    id = models.BigAutoField(primary_key=True, help_text="A number without meaning.")
    key = models.CharField(max_length=60, unique=True, help_text="The coordinator's short word for the agency.")
    name = models.CharField(max_length=120, help_text="The name of the agency.")
    aliases = models.JSONField(
        default=list, help_text="Other ways people write the name, so that a never-rule finds it."
    )
    state = models.CharField(max_length=7, default=UNKNOWN, help_text="The state where the agency is.")
    time_zone = models.CharField(max_length=60, default="", help_text="The zone in which its people tell the time.")
    address_words = models.JSONField(
        default=list,
        help_text="Mail domains and the like that belong to the agency, to refuse undeclared work addresses.",
    )


class People(models.Manager["Helper"]):
    """Everybody of flesh and blood. Whoever asks for helpers means these, and need not think of the house's own."""

    def get_queryset(self) -> models.QuerySet["Helper"]:
        """Without the house's own."""
        return super().get_queryset().filter(of_the_house=False)


class Helper(models.Model):
    """Somebody who helps. Read by matching, by the caller they sit with (what `shown_to_caller` gives) and themselves.

    Deleted 30 days after they were taken off the roster; the day of the last talk is deleted after 14 days.
    """

    id = models.BigAutoField(primary_key=True, help_text="A number without meaning.")
    key = models.CharField(max_length=60, unique=True, help_text="The coordinator's short word for the helper.")
    display_name = models.CharField(
        max_length=60, help_text="The name callers see; a first name and initial is enough."
    )
    full_name_sealed = models.BinaryField(
        null=True,
        help_text="The full name, sealed. It is used only so that a caller who types it is never sent this helper.",
    )
    agency = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="people", help_text="Where the helper works."
    )
    independent = models.BooleanField(default=False, help_text="Whether the helper works for no agency at all.")
    unit = models.CharField(max_length=80, default="", help_text="The unit in which the helper works.")
    rank_band = models.CharField(max_length=12, default=UNKNOWN, help_text="How high the rank is, in four bands.")
    sworn = models.BooleanField(null=True, help_text="Whether the helper is a sworn officer.")
    years = models.PositiveSmallIntegerField(null=True, help_text="How many years the helper has been on the job.")
    services = models.JSONField(default=list, help_text="The kinds of work the helper knows: police, fire and so on.")
    state = models.CharField(max_length=7, default=UNKNOWN, help_text="The state where the helper works.")
    languages = models.JSONField(default=list, help_text="The languages in which the helper can talk.")
    shares = models.JSONField(
        default=list, help_text="What the helper has been through, and whether callers may be told; in their own words."
    )
    about_the_job = models.JSONField(
        default=dict,
        help_text="Which of kind of work, unit, rank and years are for matching only, or are not used at all.",
    )
    is_peer = models.BooleanField(default=False, help_text="Whether the helper is a peer.")
    is_chaplain = models.BooleanField(default=False, help_text="Whether the helper is a chaplain.")
    is_clinician = models.BooleanField(default=False, help_text="Whether the helper is a clinician.")
    is_coordinator = models.BooleanField(default=False, help_text="Whether the helper is a coordinator.")
    internal_affairs = models.BooleanField(default=False, help_text="Whether the helper investigates colleagues.")
    suspended_at = models.DateTimeField(null=True, help_text="When a coordinator suspended the helper, if so.")
    removed_at = models.DateTimeField(null=True, help_text="When the helper was taken off the roster, if so.")
    off_until = models.DateTimeField(null=True, help_text="Until when the helper wants no pages.")
    quiet = models.JSONField(default=list, help_text="The weekly hours in which the helper wants no pages.")
    pages_in_a_row = models.PositiveSmallIntegerField(
        null=True,
        help_text="After how many pages within 12 hours others are asked first, if the helper chose a number.",
    )
    duty = models.JSONField(
        default=list, help_text="The hours in which the helper may be paged, in lines; none: always."
    )
    time_zone = models.CharField(max_length=60, default="", help_text="The helper's zone where it is not the agency's.")
    team_number_sealed = models.BinaryField(
        null=True, help_text="The number a caller may ring to reach this helper, sealed."
    )
    last_talk_on = models.DateField(
        null=True,
        db_index=True,
        help_text="The day of the helper's last talk, kept 14 days so that the rested come first.",
    )
    of_the_house = models.BooleanField(
        default=False, help_text="Whether this is nobody: the house's own, with whom it rehearses a call."
    )

    objects = People()
    with_the_house = models.Manager["Helper"]()


class Way(models.Model):
    """One way of reaching a helper. Read by paging and the helper; deleted with the helper, or when they change it."""

    id = models.BigAutoField(primary_key=True, help_text="A number without meaning.")
    helper = models.ForeignKey(Helper, on_delete=models.CASCADE, related_name="ways", help_text="Whose way it is.")
    position = models.PositiveSmallIntegerField(help_text="Its place in the order in which ways are tried.")
    carrier = models.CharField(max_length=20, help_text="How a page travels this way: mail, text and so on.")
    address_sealed = models.BinaryField(help_text="The number or address, sealed.")
    employer_owned = models.BooleanField(
        default=False, help_text="Whether the employer owns this phone or mailbox, declared by the helper."
    )
    confirmed_on = models.DateField(
        null=True, help_text="The day on which a test page was answered on this way; before that no page goes by it."
    )
    unreachable_since = models.DateTimeField(null=True, help_text="Since when messages on this way do not arrive.")

    class Meta:
        """One way in each place of the order."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["helper", "position"], name="one_way_a_place")]


class Oversight(models.Model):
    """Whom a helper supervises. Read by matching only; deleted with the helper, or when the coordinator changes it."""

    id = models.BigAutoField(primary_key=True, help_text="A number without meaning.")
    helper = models.ForeignKey(Helper, on_delete=models.CASCADE, related_name="oversights", help_text="Who supervises.")
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", help_text="The agency whose people they supervise."
    )
    unit = models.CharField(max_length=80, help_text="The unit they supervise, or * for the whole agency.")


class NeverPair(models.Model):
    """Callers whom a helper does not take: where a relative works, say. No reason is kept.

    Read by matching only; deleted with the helper, or when they change it.
    """

    id = models.BigAutoField(primary_key=True, help_text="A number without meaning.")
    helper = models.ForeignKey(Helper, on_delete=models.CASCADE, related_name="never_pairs", help_text="Who declines.")
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", help_text="The agency whose people they do not take."
    )
    unit = models.CharField(max_length=80, help_text="The unit they do not take, or * for the whole agency.")


class Related(models.Model):
    """Somebody close to a helper, so that a caller who refuses the one is not sent the other.

    Read by matching only; deleted with the helper, or when they change it.
    """

    id = models.BigAutoField(primary_key=True, help_text="A number without meaning.")
    helper = models.ForeignKey(
        Helper, on_delete=models.CASCADE, related_name="related", help_text="Whose relative it is."
    )
    name_sealed = models.BinaryField(help_text="The name of the relative, sealed.")


class Credential(models.Model):
    """A certificate, appointment or licence of a helper. Read by the coordinator, the helper and the watch.

    A caller sees of the one who answered: since when, and of a licence its name, its state, by whom and when it was
    checked. Deleted with the helper, or when a coordinator takes it off.
    """

    id = models.BigAutoField(primary_key=True, help_text="A number without meaning.")
    helper = models.ForeignKey(
        Helper, on_delete=models.CASCADE, related_name="credentials", help_text="Whose credential it is."
    )
    role = models.CharField(
        max_length=12, default="", help_text="The role for which it counts; empty: every role; training: none."
    )
    kind = models.CharField(max_length=40, default="other", help_text="Which of the known certificates it is.")
    name = models.CharField(max_length=120, help_text="What it is called.")
    issuer = models.CharField(max_length=120, default="", help_text="Who gave it.")
    number_sealed = models.BinaryField(null=True, help_text="Its number, sealed.")
    state = models.CharField(max_length=7, default=UNKNOWN, help_text="The state in which it holds, for a licence.")
    granted = models.DateField(null=True, help_text="The day from which it holds.")
    expires = models.DateField(null=True, help_text="The day through which it holds.")
    checked_how = models.CharField(
        max_length=12, default="", help_text="How it was checked; empty: not yet, and it does not count."
    )
    checked_by = models.CharField(max_length=60, default="", help_text="Who checked it.")
    checked_on = models.DateField(null=True, help_text="The day on which it was checked.")
    evidence = models.CharField(max_length=200, default="", help_text="What was seen, or where it was looked up.")
    designated_by = models.CharField(
        max_length=120, default="", help_text="The agency that named the helper a peer, or the body that stands behind."
    )
    designated_on = models.DateField(null=True, help_text="The day on which it did.")
    standard = models.CharField(max_length=120, default="", help_text="The standard or law under which it did.")
    specialised = models.CharField(
        max_length=200, default="", help_text="Of a clinician: how we know that they specialise in responders."
    )
    npi_sealed = models.BinaryField(null=True, help_text="The National Provider Identifier, sealed. Not a licence.")
    npi_looked_up_on = models.DateField(null=True, help_text="The day on which the registry was asked for it.")
    reminded = models.PositiveSmallIntegerField(
        null=True, help_text="How many days ahead the helper was last reminded that it ends."
    )


class Incident(models.Model):
    """Something that happened, by a short word and a day, so that nobody who was there is sent. Nothing of a caller.

    Read by matching and the coordinator; deleted on the day that was set when it was written down.
    """

    id = models.BigAutoField(primary_key=True, help_text="A number without meaning.")
    key = models.CharField(max_length=60, unique=True, help_text="The coordinator's short word for it.")
    happened_on = models.DateField(help_text="The day on which it happened.")
    deleted_on = models.DateField(help_text="The day on which this is deleted.")


class AtIncident(models.Model):
    """Who was at an incident, or investigates it: a helper, or a whole unit. Read by matching only.

    Deleted with the incident, or with the helper.
    """

    id = models.BigAutoField(primary_key=True, help_text="A number without meaning.")
    incident = models.ForeignKey(
        Incident, on_delete=models.CASCADE, related_name="people", help_text="At which incident."
    )
    investigates = models.BooleanField(default=False, help_text="Whether they investigate it; otherwise: were there.")
    helper = models.ForeignKey(
        Helper, null=True, on_delete=models.CASCADE, related_name="+", help_text="The helper, where it is one."
    )
    agency = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="+", help_text="The agency, where it is a unit."
    )
    unit = models.CharField(max_length=80, default="", help_text="The unit, or * for the whole agency.")
