"""What stays private, and where that ends: for any state, service and employer, before anybody calls."""

from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from stepitup.door import labels
from stepitup.door.ask_for_backup.forms import Workplace
from stepitup.door.reading.views import never_kept
from stepitup.door.typed import OneOf
from stepitup.ground.vocabulary import Kind
from stepitup.limits.questions import notice_for

_HELPERS: labels.Labels = {kind: labels.KINDS[kind] for kind in ("peer", "chaplain", "clinician")}


class AnyLimits(Workplace):
    """Which limits somebody wants to read."""

    helper = OneOf(choices=labels.choices(_HELPERS), label=_("Whom you talk to"), initial="peer")

    field_order = ("helper", "state", "service", "employer")


@require_safe
def limits(request: HttpRequest) -> HttpResponse:
    """The same words that a caller reads. What is chosen here is kept nowhere."""
    asked = bool(request.GET.keys() & AnyLimits.base_fields.keys())
    form = AnyLimits(request.GET) if asked else AnyLimits()
    notice = notice_for(form.situation(), Kind(form.cleaned_data["helper"] or Kind.PEER)) if _is_whole(form) else None
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return never_kept(render(request, "reading/limits.html", {"form": form, "notice": notice}, status=status))


def _is_whole(form: forms.Form) -> bool:
    return form.is_bound and form.is_valid()
