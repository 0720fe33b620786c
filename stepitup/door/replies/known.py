"""Whether a request is a provider's own: signed with a token of ours over the address that it was given."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from stepitup.ground.team import team
from stepitup.paging.carriers.provider.signature import is_signed

View = Callable[..., HttpResponse]

_NOT_FOR_YOU = "This address is for the provider of texts and rings alone. It shows nothing and takes nothing else."


def from_the_provider(view: View) -> View:
    """Let only a provider's own requests through. Everybody else learns that this is not for them, and no more."""

    @require_POST
    @wraps(view)
    def guarded(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        if not is_the_providers_own(request):
            return plain(_NOT_FOR_YOU, status=403)
        return view(request, *args, **kwargs)

    return guarded


def is_the_providers_own(request: HttpRequest) -> bool:
    """The address in the signature is the public one: behind a TLS proxy the request itself shows another."""
    ours = team()
    address = ours.public_url.rstrip("/") + request.get_full_path()
    tokens = [account.token for account in (ours.text, ours.second_text, ours.voice) if account]
    sent = {name: [str(value) for value in values] for name, values in request.POST.lists()}
    return is_signed(request.headers.get("X-Twilio-Signature", ""), address, sent, tokens=tokens)


def plain(words: str, *, status: int = 200) -> HttpResponse:
    """A few words for a machine; nobody keeps them."""
    response = HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
