"""Draws each question. What was typed stays in the form, whatever was wrong with it."""

from http import HTTPStatus

from django.forms import Form
from django.http import HttpResponse

from stepitup.door.ask_for_backup.at import At, private_screen
from stepitup.door.ask_for_backup.forms import Matters, Who, Work


def who(at: At, form: Form | None = None) -> HttpResponse:
    """Who comes first?"""
    return _asked(at, "who.html", form, Who(initial={"wants": at.standing.sees.wants}))


def work(at: At, form: Form | None = None) -> HttpResponse:
    """State, service, employer: they decide which law is shown."""
    return _asked(at, "work.html", form, Work.filled_with(at.standing.sees.situation))


def matters(at: At, form: Form | None = None) -> HttpResponse:
    """What matters in a helper, and who must not come."""
    return _asked(at, "matters.html", form, Matters())


def limits(at: At, *, changed: bool = False) -> HttpResponse:
    """What stays private and where that ends, for the kind of helper who comes."""
    notice = at.standing.due or at.standing.sees.limits[0]
    return private_screen(at, "limits.html", notice=notice, changed=changed)


def _asked(at: At, template: str, form: Form | None, empty: Form) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None and form.errors else HTTPStatus.OK
    return private_screen(at, template, status=status, form=form if form is not None else empty)
