"""What a helper reads first on the seat: what the two are to each other, and that we cannot find the caller."""

from django.utils.translation import gettext

from stepitup.ground.vocabulary import Kind
from stepitup.limits.notice import Section
from stepitup.limits.sections import UNDER_PEER_LAW


def first_words(kind: Kind, *, same_agency: bool | None, sworn: bool | None, has_law: bool) -> tuple[Section, ...]:
    """The helper's own sections, before the ones that the caller read."""
    return (
        Section(
            "for_you",
            gettext("They may say they want to die. Tell them you want to hear it."),
            (
                gettext("You cannot trace this caller. Ask where they are. Stay. Get a second person to ring."),
                gettext("If their life is in danger now, work it out with them first."),
                gettext("If that is not enough, call for help. Tell them first where it is safe."),
            ),
        ),
        Section(
            "pair",
            gettext("You and this caller"),
            (_agency(same_agency), *_oath(sworn), *_role(kind, has_law=has_law)),
        ),
        Section(
            "caller_read",
            gettext("What the caller reads"),
            (gettext("“You” below is the caller, and “your helper” is you."),),
        ),
    )


def _agency(same: bool | None) -> str:
    if same is None:
        return gettext("We do not know if you work for the same agency. If you do not, their law may not cover you.")
    if same:
        return gettext("You work for the same agency. They may fear that it will hear of this. Say what you will keep.")
    return gettext("You are from another agency. The caller's law may not cover a peer from another agency.")


def _oath(sworn: bool | None) -> tuple[str, ...]:
    officers = gettext("Officers may have to act on what they hear.")
    if sworn is None:
        return (gettext("We do not know if you are sworn. If you are, tell the caller before they speak."), officers)
    if sworn:
        return (gettext("You are sworn. Tell the caller before they speak."), officers)
    return (gettext("You are not sworn. You may still have duties of your own to report."),)


def _role(kind: Kind, *, has_law: bool) -> tuple[str, ...]:
    if kind not in UNDER_PEER_LAW:
        return (gettext("Clinicians and clergy have rules of their own. Explain yours before the caller speaks."),)
    if has_law:
        return (gettext("The law protects a talk only with the helpers it names. Say if you are not one of them."),)
    return (gettext("We could not confirm a law here. Do not promise more than you can keep."),)
