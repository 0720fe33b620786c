"""What somebody may do besides helping."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stepitup.roster.models import Agency
from stepitup.roster.sign_in.facts import AccountSeen, Role


class RolesForm(forms.Form):
    """Coordinator, of whom; clinical lead. The operator comes by the command line."""

    coordinator = forms.BooleanField(label=_("Coordinator: keeps the roster"), required=False)
    bound_to = forms.ChoiceField(label=_("A coordinator looks after"), required=False)
    clinical_lead = forms.BooleanField(label=_("Clinical lead: looks after credentials and care"), required=False)

    def __init__(self, data: Any = None, *, one: AccountSeen) -> None:
        at_first = {
            "coordinator": Role.COORDINATOR in one.roles,
            "clinical_lead": Role.CLINICAL_LEAD in one.roles,
            "bound_to": str(one.bound_to or ""),
        }
        super().__init__(data, initial=at_first, use_required_attribute=False)
        agencies = [(str(pk), name) for pk, name in Agency.objects.order_by("name").values_list("pk", "name")]
        self.fields["bound_to"].choices = [("", _("the whole team")), *agencies]  # type: ignore[attr-defined]  # a field of choices

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that were ticked."""
        return frozenset(role for role in (Role.COORDINATOR, Role.CLINICAL_LEAD) if self.cleaned_data[role.value])

    @property
    def agency(self) -> int | None:
        """The one agency they are bound to."""
        return int(self.cleaned_data["bound_to"]) if self.cleaned_data["bound_to"] else None
