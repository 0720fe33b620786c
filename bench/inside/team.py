"""The people of a measured house: peers, chaplains, clinicians and coordinators with one or two ways each."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from bench.inside.carrier import NAME
from stepitup.ground.keys import make_site_key
from stepitup.ground.seal import seal
from stepitup.roster.models import Agency, Credential, Helper, Way
from stepitup.roster.reading import ADDRESS, FULL_NAME

_AGENCIES = 5
_LONG_AGO, _LATER = date(2020, 1, 1), date(2040, 1, 1)
_HOURS = [[], ["daily 00:00-24:00"], ["Mon-Sun 18:00-06:00", "Mon-Sun 06:00-18:00"]]


def build_house(*, helpers: int, by: tuple[str, str] = (NAME, NAME)) -> None:
    """A migrated database and a team of so many, with two ways each: eight of ten peers, the others of other roles."""
    make_site_key(Path(settings.SITE_KEY_FILE))
    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        agencies = [Agency.objects.create(key=f"a{n}", name=f"Agency {n}", state="US-TX") for n in range(_AGENCIES)]
        people = Helper.objects.bulk_create([_helper(n, agencies[n % _AGENCIES]) for n in range(helpers)])
        Credential.objects.bulk_create([_credential(helper) for helper in people])
        Way.objects.bulk_create([_way(helper, position, by[position]) for helper in people for position in range(2)])
    connection.close()


def _helper(number: int, agency: Agency) -> Helper:
    role = number % 10
    return Helper(
        key=f"helper-{number}",
        display_name=f"Helper {number}",
        full_name_sealed=seal(FULL_NAME, f"Given{number} Family{number}"),
        agency=agency,
        unit=f"Unit {number % 7}",
        rank_band="line",
        sworn=True,
        years=number % 25,
        state="US-TX",
        services=["law_enforcement"],
        is_peer=role < 8,
        is_chaplain=role == 8,
        is_clinician=role == 9,
        is_coordinator=role == 7,
        duty=_HOURS[number % len(_HOURS)],
    )


def _credential(helper: Helper) -> Credential:
    return Credential(helper=helper, name="Certificate", granted=_LONG_AGO, expires=_LATER, checked_how="file")


def _way(helper: Helper, position: int, carrier: str) -> Way:
    own = f"{helper.key}.{position}@bench.invalid" if carrier == NAME else f"+1512{5_550_000 + helper.pk:07}"
    address = seal(ADDRESS, own)
    return Way(helper=helper, position=position, carrier=carrier, address_sealed=address, confirmed_on=_LONG_AGO)
