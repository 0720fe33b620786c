"""What is asked about the credentials that are kept."""

from datetime import date

from stepitup.ground.vocabulary import Kind
from stepitup.roster.credentials.kinds import LICENCE
from stepitup.roster.credentials.record import EVERY_ROLE
from stepitup.roster.facts import LicenceShown
from stepitup.roster.models import Credential, Helper


def shown_of_credentials(helper: Helper, role: Kind, *, today: date) -> tuple[date | None, LicenceShown | None]:
    """What a caller sees: since when somebody may help in this role, and of a clinician the licence.

    Only of what holds today: a licence that has lapsed must not look like one that holds, whatever else keeps them fit.
    """
    roles = [role.value, EVERY_ROLE]
    if role is Kind.COORDINATOR:
        roles = [EVERY_ROLE, *(kind.value for kind in Kind)]
    held = Credential.objects.filter(helper=helper, role__in=roles, granted__lte=today, expires__gte=today)
    held = held.exclude(checked_how="").order_by("granted")
    since = min((one.granted for one in held if one.granted), default=None)
    licences = [one for one in held if one.kind.startswith(LICENCE)] if role is Kind.CLINICIAN else []
    if not licences:
        return since, None
    licence = max(licences, key=lambda one: one.expires or date.min)
    return since, LicenceShown(licence.name, licence.state, licence.checked_by, licence.checked_on)
