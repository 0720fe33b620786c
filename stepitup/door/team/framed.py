"""allauth's screens, drawn in our frame and opened by our guard."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

from stepitup.door.team.navigation import ways_on
from stepitup.door.team.who import Me, for_whom, whoever


class InFrame:
    """For a view of allauth's: what the frame needs, and no answer that a browser insists on."""

    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the screen shows, with whoever looks at it."""
        told: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # allauth's own view is next
        me = whoever(self.request)
        return {**told, "me": me, "ways": ways_on(self.request, me)}

    def get_form(self, *args: Any, **kwargs: Any) -> BaseForm:
        """Validated by the server: no bubbles of the browser's."""
        form: BaseForm = super().get_form(*args, **kwargs)  # type: ignore[misc]  # as above
        form.use_required_attribute = False
        return form


def for_account(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open one of allauth's screens for everybody who is signed in, also while they are setting up."""

    @for_whom(setting_up=True)
    def opened(request: HttpRequest, me: Me, /, **kwargs: Any) -> HttpResponse:
        return view(request, **kwargs)

    return opened
