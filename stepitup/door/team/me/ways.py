"""How I am reached: in which order, whether each way was tried, and a test page for one that was not."""

from collections.abc import Mapping
from typing import Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stepitup.door.reading.what_we_hold import others_here
from stepitup.door.team.me.mine import for_the_helper
from stepitup.door.team.screens import see, team_screen
from stepitup.door.team.who import Me
from stepitup.door.typed import OneOfFew, Typed
from stepitup.drills.errors import CarrierNotSetUp, EnoughTests, JustTested
from stepitup.drills.one_way import send_test
from stepitup.ground.deeds import deed
from stepitup.paging import carriers
from stepitup.roster.browsers import has_only_courtesies, has_only_rings
from stepitup.roster.errors import NoSuchWay, WayRefused
from stepitup.roster.file.addresses import CARRIERS
from stepitup.roster.own_hands import ways as own

_CALLED: Final[Mapping[str, Promise]] = {
    "text": gettext_lazy("Text message"),
    "voice": gettext_lazy("Phone, with a voice"),
    "mail": gettext_lazy("Mail"),
    "pager": gettext_lazy("Pager of the demonstration"),
    "push": gettext_lazy("Notice in a browser"),
    "app": gettext_lazy("Another app"),
}


class WayForm(forms.Form):
    """A further way."""

    carrier = OneOfFew(choices=[], label=gettext_lazy("How"))
    address = Typed(
        longest=500, label=gettext_lazy("Number or address"), help_text=gettext_lazy("Write it any way you like.")
    )
    employer_owned = forms.BooleanField(
        required=False,
        label=gettext_lazy("It belongs to my employer, and I know that they may see that pages come"),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django takes many things here
        choices = self.fields["carrier"]
        assert isinstance(choices, OneOfFew)
        # A browser writes its own address, on its own screen.
        ours = [carrier for carrier in CARRIERS if carrier in carriers.in_use() and carrier != "push"]
        choices.choices = [(carrier, called(carrier)) for carrier in ours]

    def clean_carrier(self) -> str:
        """One must be chosen."""
        carrier: str = self.cleaned_data["carrier"]
        if not carrier:
            raise forms.ValidationError(_("Please choose how."))
        return carrier


@for_the_helper
def ways(request: HttpRequest, me: Me, helper: int) -> HttpResponse:
    """The list; and a further one."""
    form = WayForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        said = form.cleaned_data
        try:
            way = deed(own.add_way, helper, said["carrier"], said["address"], employer_owned=said["employer_owned"])
        except WayRefused as why:
            form.add_error("address", str(why))
        else:
            return _tried(helper, way)
    listed = _listed(helper)
    told = {
        "form": form or WayForm(),
        "listed": listed,
        "goes_any": any(one["goes"] for one in listed),
        "done": request.GET.get("done", ""),
        "only_courtesies": has_only_courtesies(helper),
        "only_rings": has_only_rings(helper),
        "notices": "push" in carriers.in_use(),
        "others": others_here(),
    }
    return team_screen(request, me, "me/ways.html", told)


@for_the_helper
def one_way(request: HttpRequest, me: Me, helper: int, way: int) -> HttpResponse:
    """Try it, put it earlier, or take it off. Somebody else's way is not there."""
    if not own.way_is_mine(helper, way):
        raise Http404
    what = request.POST.get("what", "")
    if request.method != "POST":
        return see("/team/me/ways")
    try:
        if what == "try":
            return _tried(helper, way)
        if what == "earlier":
            deed(own.move_way_up, helper, way)
        if what == "off":
            deed(own.take_off_way, helper, way)
    except NoSuchWay as gone:
        raise Http404 from gone
    return see(f"/team/me/ways?done={'off' if what == 'off' else ''}")


def _tried(helper: int, way: int) -> HttpResponse:
    try:
        deed(send_test, way)
    except (JustTested, EnoughTests):
        return see("/team/me/ways?done=wait")
    except CarrierNotSetUp:
        return see("/team/me/ways?done=none")
    return see("/team/me/ways?done=sent")


def _listed(helper: int) -> list[dict[str, object]]:
    ours = carriers.in_use()
    return [{"way": way, "called": called(way.carrier), "goes": way.carrier in ours} for way in own.own_ways(helper)]


def called(carrier: str) -> str:
    """The carrier as a helper calls it."""
    return str(_CALLED.get(carrier, carrier))
