"""What people type, read at the door: every way of writing is taken, and what cannot be kept is said in plain words."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any, cast

import phonenumbers
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

_PLAIN_SPACES = frozenset("\n\t")
_REPLACED = "\ufffd"  # what is left of bytes that were no text in UTF-8
_COUNTRY = "US"
MOST_WORDS = 8  # no name of a person, unit or agency has more; each word is compared with every helper's name
_SHOWN = 30  # so much of a strange word is said back

_AS_A_DAY = gettext_lazy("As 2027-05-31.")
_MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)

# Words may be translated late; django-stubs knows that only by a class of its own, hence the casts below.
Label = Promise | str


def broken_signs(text: str) -> bool:
    """Whether a text holds signs that nobody typed: control characters, halves of a character, broken bytes."""
    return _REPLACED in text or any(
        unicodedata.category(sign) in {"Cc", "Cs"} and sign not in _PLAIN_SPACES for sign in text
    )


class Typed(forms.CharField):
    """A few words, at most `longest` characters. The browser does not remember them."""

    widget: type[forms.Widget] | forms.Widget = forms.TextInput(attrs={"autocomplete": "off"})

    def __init__(self, *, longest: int, label: Label, **more: Any) -> None:
        super().__init__(required=False, label=cast("str", label), **more)
        self._longest = longest
        self.validators = []

    def to_python(self, value: object) -> str:
        """The words without spaces around them."""
        return str(value or "").replace("\r\n", "\n").replace("\r", "\n").strip()

    def validate(self, value: str) -> None:
        """Refuse what cannot be kept, in words."""
        if broken_signs(value):
            raise forms.ValidationError(_("Some signs here did not reach us whole. Please type them again."))
        if len(value) > self._longest:
            over = len(value) - self._longest
            raise forms.ValidationError(
                ngettext(
                    "This is %(over)d letter too long. Please make it shorter.",
                    "This is %(over)d letters too long. Please make it shorter.",
                    over,
                )
                % {"over": over}
            )


class Day(Typed):
    """A day, written as 2027-05-31 or as 5/31/2027."""

    def __init__(self, *, label: Label, help_text: Label = _AS_A_DAY, **more: Any) -> None:
        super().__init__(longest=10, label=label, help_text=help_text, **more)

    def clean(self, value: object) -> date | None:
        """The day, or None where nothing was typed."""
        said = super().clean(value)
        if not said:
            return None
        try:
            if american := _MONTH_FIRST.fullmatch(said):
                return date(int(american[3]), int(american[1]), int(american[2]))
            return date.fromisoformat(said)
        except ValueError as wrong:
            raise forms.ValidationError(_("Please write the day as 2027-05-31.")) from wrong


class Lines(Typed):
    """One thing a line, so many lines at the most."""

    widget = forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})

    def __init__(self, *, longest: int, most: int, label: Label, **more: Any) -> None:
        super().__init__(longest=longest * most, label=cast("str", label), **more)
        self._longest_line, self._most = longest, most

    def clean(self, value: object) -> tuple[str, ...]:
        """The lines that hold something."""
        text: str = super().clean(value)
        lines = tuple(line.strip() for line in text.split("\n") if line.strip())
        if len(lines) > self._most:
            raise forms.ValidationError(_("Up to %(most)d lines fit here.") % {"most": self._most})
        if any(len(line) > self._longest_line for line in lines):
            raise forms.ValidationError(
                _("A line here has more than %(longest)d letters. Please write one on each line.")
                % {"longest": self._longest_line}
            )
        if any(len(line.split()) > MOST_WORDS for line in lines):
            raise forms.ValidationError(
                _("A line here has more than %(most)d words. Please write one on each line.") % {"most": MOST_WORDS}
            )
        return lines


class OneOf(forms.ChoiceField):
    """One word of those on the screen. Another word gets the form again, with the words to choose from."""

    def __init__(self, *, choices: Iterable[tuple[str, Label]], label: Label, **more: Any) -> None:
        super().__init__(choices=list(choices), required=False, label=cast("str", label), **more)

    def validate(self, value: str) -> None:
        """Refuse a word that is not among them, and say which was meant."""
        if value and not self.valid_value(value):
            raise forms.ValidationError(_not_among(value))


class OneOfFew(OneOf):
    """The same with every word in sight, each a large target."""

    widget = forms.RadioSelect


class SomeOf(forms.MultipleChoiceField):
    """Any of the words on the screen."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, choices: Iterable[tuple[str, Label]], label: Label, **more: Any) -> None:
        super().__init__(choices=list(choices), required=False, label=cast("str", label), **more)
        self.error_messages["invalid_choice"] = gettext_lazy("Please choose from the words on this screen.")


class PhoneNumber(Typed):
    """A phone number, however it is written; kept as E.164."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})

    def __init__(self, *, label: Label, **more: Any) -> None:
        super().__init__(longest=40, label=cast("str", label), **more)

    def clean(self, value: object) -> str:
        """The number as +13035550101, or nothing when nothing was typed."""
        text: str = super().clean(value)
        if not text:
            return ""
        try:
            number = phonenumbers.parse(text, _COUNTRY)
        except phonenumbers.NumberParseException:
            raise forms.ValidationError(_not_a_number()) from None
        if not phonenumbers.is_possible_number(number):
            raise forms.ValidationError(_not_a_number())
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def number_as_written_here(phone: str) -> str:
    """+13035550101 as people write it: (303) 555-0101; a foreign one with its country; what is no number as it is."""
    try:
        number = phonenumbers.parse(phone, _COUNTRY)
    except phonenumbers.NumberParseException:
        return phone
    home = number.country_code == phonenumbers.country_code_for_region(_COUNTRY)
    shape = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, shape.NATIONAL if home else shape.INTERNATIONAL)


def _not_among(value: str) -> str:
    shown = value[:_SHOWN] if not broken_signs(value) else ""
    return _("“%(word)s” is not one of these. Please choose one.") % {"word": shown}


def _not_a_number() -> str:
    return _("We cannot ring this number. Please write it with its area code, such as 303 555 0101.")
