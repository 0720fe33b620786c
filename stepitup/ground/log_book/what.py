"""What a coordinator can have done: a closed list, so that no free text, and so no name, finds its way into the book.

A new deed adds a word here. A word that was used once stays, or an old book could no longer be read out.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class What(TextChoices):
    """One thing that was done, and how a screen says it."""

    OPENED_BOOK = "opened_book", _("Began the book of this year")
    RESTORED = "restored", _("Put a safe copy back")
    # the roster
    ADDED = "added", _("Added to the roster")
    CHANGED = "changed", _("Changed on the roster")
    REMOVED = "removed", _("Took off the roster")
    SUSPENDED = "suspended", _("Suspended")
    LIFTED_SUSPENSION = "lifted_suspension", _("Lifted a suspension")
    IMPORTED = "imported", _("Brought a roster file in")
    EXPORTED = "exported", _("Took a copy of the roster out")
    CHANGED_AGENCY = "changed_agency", _("Changed an agency")
    CHANGED_OVERSIGHT = "changed_oversight", _("Changed who supervises whom")
    CHANGED_INCIDENT = "changed_incident", _("Changed who was at, or investigates, an incident")
    # credentials
    CHECKED_CREDENTIAL = "checked_credential", _("Checked a credential")
    CHANGED_CREDENTIAL = "changed_credential", _("Changed a credential")
    WITHDREW_CREDENTIAL = "withdrew_credential", _("Withdrew a credential")
    # duty
    CHANGED_DUTY = "changed_duty", _("Changed duty times")
    # accounts and devices
    INVITED = "invited", _("Invited somebody")
    TOOK_BACK_INVITATION = "took_back_invitation", _("Took an invitation back")
    CHANGED_ROLES = "changed_roles", _("Changed somebody’s roles")
    CLOSED_ACCOUNT = "closed_account", _("Closed an account")
    OPENED_ACCOUNT = "opened_account", _("Opened an account again")
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere", _("Signed somebody out everywhere")
    REMOVED_DEVICE = "removed_device", _("Removed a device")
    SIGNED_DEVICES = "signed_devices", _("Brought signed devices in")
    # the team's own words
    ANSWERED_SET_UP = "answered_set_up", _("Changed an answer of the set-up")
    SIGNED_MY_JOB = "signed_my_job", _("Signed answers to “My job? My gun? My certificate?”")
    # proof that it works
    RAN_DRILL = "ran_drill", _("Ran a drill")
    SENT_TEST_PAGE = "sent_test_page", _("Sent a test page")
    TOOK_HEAD = "took_head", _("Took the head of the log book out")
