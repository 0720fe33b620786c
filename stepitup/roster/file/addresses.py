"""Numbers and addresses as people write them, made into one form, or refused in words."""

import re
from collections.abc import Iterable
from typing import Final

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from stepitup.ground.app_address import AppAddressUnclear, check_app_address
from stepitup.ground.subscription import LONGEST as SUBSCRIPTION
from stepitup.ground.subscription import SubscriptionUnclear, read_subscription

CARRIERS: Final = ("pager", "mail", "text", "voice", "push", "app")
LONGEST: Final = SUBSCRIPTION
_HOME: Final = "US"
_ONE_FORM: Final = re.compile(r"\+1[2-9]\d{2}[2-9]\d{6}", re.ASCII)
_PAGER: Final = re.compile(r"pager:[a-z0-9-]{1,40}")
_is_mail = EmailValidator()


class AddressUnclear(ValueError):
    """This cannot be a number or address of this carrier; the message says what is wanted."""


def one_form(carrier: str, address: str) -> str:
    """The address in the one form that is stored. Raises AddressUnclear, in words."""
    if carrier == "mail":
        return _mail(address)
    if carrier in {"text", "voice"}:
        return phone(address)
    if carrier in {"push", "app"}:
        return _as_it_is(carrier, address)
    if not _PAGER.fullmatch(address):
        raise AddressUnclear(f"“{address}” is not a pager; write it like pager:sam-1")
    return address


def owner_of(address: str, agencies: Iterable[tuple[str, Iterable[str]]]) -> str:
    """The name of the agency that owns this phone or mailbox, by its words; empty where none does.

    A page to a phone or mailbox that the employer owns is seen by the employer.
    """
    low = address.lower()
    return next((name for name, words in agencies if any(word in low for word in words)), "")


def _as_it_is(carrier: str, address: str) -> str:
    """These are made by a browser or an app; what is in them is looked at, and no letter is changed."""
    try:
        if carrier == "push":
            return read_subscription(address).written()
        check_app_address(address)
    except (SubscriptionUnclear, AppAddressUnclear) as unclear:
        raise AddressUnclear(str(unclear)) from None
    return address


def phone(number: str) -> str:
    """A phone number in the form +12025550143, however it was written. Raises AddressUnclear."""
    if _ONE_FORM.fullmatch(number):
        return number  # as an export writes it; taking fifty thousand of them apart would take half a minute
    wanted = "write all digits with the area code, such as 202 555 0143 or +1 202 555 0143"
    try:
        parsed = phonenumbers.parse(number, _HOME)
    except phonenumbers.NumberParseException as wrong:
        raise AddressUnclear(f"“{number}” is not a phone number; {wanted}") from wrong
    if parsed.extension:
        raise AddressUnclear(f"“{number}” has an extension, which a page cannot dial; give a direct number")
    # A number without its area code is "possible, locally", and reaches whoever has it next door.
    if phonenumbers.is_possible_number_with_reason(parsed) != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise AddressUnclear(f"“{number}” has too few or too many digits; {wanted}")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _mail(address: str) -> str:
    try:
        _is_mail(address)
    except ValidationError as wrong:
        raise AddressUnclear(f"“{address}” is not a mail address; write it like sam@example.org") from wrong
    name, _at, domain = address.rpartition("@")
    return f"{name}@{domain.lower()}"
