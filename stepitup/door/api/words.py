"""What a program may say, in small: words to choose from, plain text, a phone number. Each refuses in words."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Annotated

import phonenumbers
from django.utils.translation import gettext as _
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from stepitup.door.labels import LANGUAGES
from stepitup.door.typed import MOST_WORDS
from stepitup.ground.vocabulary import EMPLOYERS, RANK_BANDS, SERVICES, STATES, UNKNOWN, WANTS, Kind

_COUNTRY = "US"


def one_of(words: Iterable[str]) -> Callable[[str], str]:
    """Only these words; another one is answered with the words to choose from."""
    known = tuple(words)

    def check(said: str) -> str:
        if said not in known:
            raise PydanticCustomError("unknown_word", "choose", {"choose_from": list(known)})
        return said

    return check


def plain(said: str) -> str:
    """Text that somebody can have typed: no control characters, no halves of characters."""
    if any(unicodedata.category(sign) in {"Cc", "Cs", "Co", "Cn"} for sign in said):
        raise PydanticCustomError("not_plain", "plain")
    return said.strip()


def few_words(said: str) -> str:
    """One name of a person, a unit or an agency."""
    if len(said.split()) > MOST_WORDS:
        raise PydanticCustomError("too_many_words", "words")
    return said


def a_day(said: str) -> str:
    """A day such as 2027-05-31."""
    try:
        return date.fromisoformat(plain(said)).isoformat()
    except ValueError:
        raise PydanticCustomError("not_a_day", "day") from None


def phone(said: str) -> str:
    """A number however it is written, as E.164."""
    try:
        number = phonenumbers.parse(plain(said), _COUNTRY)
    except phonenumbers.NumberParseException:
        raise PydanticCustomError("not_a_phone", "phone") from None
    if not phonenumbers.is_possible_number(number):
        raise PydanticCustomError("not_a_phone", "phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def in_words(error_type: str, *, context: Mapping[str, object]) -> str:
    """What is wrong with one field, in a sentence a person can act on. It never repeats what was said."""
    if error_type in {"string_too_long", "too_long"}:
        return _("This is too long: at most %(most)s fit.") % {"most": context.get("max_length")}
    sentences = {
        "unknown_word": _("This is not one of our words. Choose one from `choose_from`."),
        "extra_forbidden": _("We do not know this field. Leave it out."),
        "not_plain": _("This holds signs that nobody types, such as control characters. Send plain text."),
        "not_a_phone": _("We cannot ring this number. Write it with its area code, such as 303 555 0101."),
        "not_a_day": _("A day is wanted here, such as 2027-05-31."),
        "missing": _("This field is needed here."),
        "string_type": _("Text in quotes is wanted here."),
        "bool_type": _("true or false is wanted here."),
        "list_type": _("A list is wanted here: [ … ]"),
        "too_many_words": _("One name is wanted here: at most %(most)d words.") % {"most": MOST_WORDS},
        "dict_type": _("An object is wanted here: { … }"),
        "model_type": _("An object is wanted here: { … }"),
        "model_attributes_type": _("An object is wanted here: { … }"),
    }
    return sentences.get(error_type, _("This is not as we can read it."))


STATE_WORDS = (*STATES, UNKNOWN)
SERVICE_WORDS = (*SERVICES, UNKNOWN)
EMPLOYER_WORDS = (*EMPLOYERS, UNKNOWN)
RANK_BAND_WORDS = (*RANK_BANDS, UNKNOWN)
SITTING_WORDS = (Kind.PEER.value, Kind.CHAPLAIN.value, Kind.CLINICIAN.value)
LANGUAGE_WORDS = tuple(LANGUAGES)
IF_LOST_WORDS = ("ring", "text", "neither")

Wanted = Annotated[str, AfterValidator(one_of(WANTS)), Field(json_schema_extra={"enum": list(WANTS)})]
StateWord = Annotated[str, AfterValidator(one_of(STATE_WORDS)), Field(json_schema_extra={"enum": list(STATE_WORDS)})]
ServiceWord = Annotated[
    str, AfterValidator(one_of(SERVICE_WORDS)), Field(json_schema_extra={"enum": list(SERVICE_WORDS)})
]
EmployerWord = Annotated[
    str, AfterValidator(one_of(EMPLOYER_WORDS)), Field(json_schema_extra={"enum": list(EMPLOYER_WORDS)})
]
Language = Annotated[
    str, AfterValidator(one_of(LANGUAGE_WORDS)), Field(json_schema_extra={"enum": list(LANGUAGE_WORDS)})
]
RankBand = Annotated[
    str, AfterValidator(one_of(RANK_BAND_WORDS)), Field(json_schema_extra={"enum": list(RANK_BAND_WORDS)})
]
SittingKind = Annotated[
    str, AfterValidator(one_of(SITTING_WORDS)), Field(json_schema_extra={"enum": list(SITTING_WORDS)})
]
IfLost = Annotated[str, AfterValidator(one_of(IF_LOST_WORDS)), Field(json_schema_extra={"enum": list(IF_LOST_WORDS)})]
Few = Annotated[str, Field(max_length=120), AfterValidator(plain), AfterValidator(few_words)]
Version = Annotated[str, Field(max_length=80), AfterValidator(plain)]
Phone = Annotated[str, Field(max_length=40), AfterValidator(phone)]
Place = Annotated[str, Field(max_length=500), AfterValidator(plain)]
