"""The helper's card: what to have at hand while somebody's life may hang on the talk.

For helpers only, never on a caller's screen: it speaks of means (the rule in `facts/means_and_safety.json`). It is in
our own words; each section names the statements it rests on, and a statement from memory alone is never among them.
The Columbia questions are not printed: the right to use them here is not confirmed.
"""

import hashlib
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from stepitup.directory.checked import Approval
from stepitup.directory.county import County, CountyShown, shown_of
from stepitup.directory.errors import FactsWrong
from stepitup.directory.facts_file import Evidence, safety_file

COLUMBIA_CARD = "https://cssrs.columbia.edu/the-columbia-scale-c-ssrs/first-responders/"

# Read when the card was written, and not linked from it: an address that counts who opens it, and one whose very name
# nobody needs to meet at night. The statements stand on other pages as well.
_NOT_LINKED = frozenset(
    {
        "https://t.e2ma.net/click/9mrase/14r4iob/dympao",
        "https://ecobear.co/suicide-cleanup/media-guidelines-reporting-suicide/",
    }
)


@dataclass(frozen=True)
class CardSource:
    """A page a section rests on; `evidence` says whether it was read itself or through others."""

    url: str
    date: str | None
    evidence: Evidence


@dataclass(frozen=True)
class CardSection:
    """One thing to do, in a few sentences. `say`: words a helper may use as they stand."""

    key: str
    heading: str
    paragraphs: tuple[str, ...]
    say: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    link: str = ""

    @property
    def sources(self) -> tuple[CardSource, ...]:
        """Where the statements of this section were read."""
        return tuple(source for entry in self.rests_on for source in _sources_of(entry))


@dataclass(frozen=True)
class Card:
    """The whole card. `standing` says who approved it, or that nobody is on record."""

    sections: tuple[CardSection, ...]
    version: str
    approved: bool
    standing: str
    counties: tuple[CountyShown, ...] = ()


def card_of_today(*, approval: Approval | None, counties: tuple[County, ...] = ()) -> Card:
    """The card in the language of the moment; an approval counts only for the version it was given to.

    The counties' numbers stand beside its words: one more of them is no other card.
    """
    sections = tuple(map(_in_this_language, (*_NOW, *_MEANS, *_TONIGHT, *_AROUND_IT)))
    version = _version_of(sections)
    approved = approval is not None and approval.version == version
    standing = _standing(approval, approved=approved)
    return Card(sections, version=version, approved=approved, standing=standing, counties=shown_of(counties))


_NOW: Final = (
    CardSection(
        key="stay",
        heading=_("Stay"),
        paragraphs=(
            _("Stay with them. Listen more than you speak. You need not solve anything tonight."),
            _("You can ring your clinician at any point, without naming anybody. Stay on while you do."),
        ),
    ),
    CardSection(
        key="where",
        heading=_("Ask where they are"),
        paragraphs=(
            _("You cannot trace this caller. Ask where they are. Stay. Get a second person to ring."),
            _(
                "Your own 911 reaches your own county. Say the caller’s town, county and state first, and ask to "
                "be put through to theirs. If their county’s own number stands below, ring that first."
            ),
            _("Say to the dispatcher: “please keep it off the radio if you can”."),
            _("If they can, they call 911 themselves. Their own dispatch may take that call: ask what they want."),
        ),
        say=(_("Where are you right now?"),),
    ),
    CardSection(
        key="ask",
        heading=_("Ask directly"),
        paragraphs=(
            _("Asking does not plant it. More than a dozen papers found no rise in such thoughts from being asked."),
            _("People hide it when they fear what telling brings. Say first what you do with the answer."),
        ),
        say=(_("Are you thinking about killing yourself?"),),
        rests_on=("ask-directly", "ask-why-people-hide"),
    ),
    CardSection(
        key="answer",
        heading=_("What the answer calls for"),
        paragraphs=(
            _("They mean to act, have a plan, or did something lately: get your clinician on now, and stay."),
            _("Their life is in danger at this minute: 911 where they are. Tell them first where that is safe."),
            _("They say no, and you doubt it: ask again later, in other words. A low answer does not clear anyone."),
            _(
                "The Columbia questions are not printed here: we have no confirmed right to. If your team is "
                "trained in them, use the official card and change no word of it."
            ),
        ),
        rests_on=("columbia-who-may-ask", "columbia-cut-offs", "columbia-permission"),
        link=COLUMBIA_CARD,
    ),
)


_MEANS: Final = (
    CardSection(
        key="means",
        heading=_("Time and distance"),
        paragraphs=(
            _("Ask about the duty gun and the private ones, and about pills."),
            _(
                "The aim is time and distance: for now, by their own choice, locked away or with someone they "
                "trust. They stay in charge. Nothing is taken from them."
            ),
            _(
                "You do not collect weapons, unless your team’s written rule says so. The law on handing over a "
                "gun differs by state: go by the local rule. Handing in a duty gun can be seen at work."
            ),
            _("A crisis can turn within minutes, or take days. A calm hour proves nothing."),
        ),
        say=(
            _("Is your gun with you?"),
            _("Some people have a friend, a range or a shop hold it until things are better. Could that be you?"),
        ),
        rests_on=(
            "means-why-it-matters",
            "means-minutes-not-always",
            "means-time-and-distance",
            "means-how-to-raise-it",
            "means-officers-own-guns",
            "means-where-to-store",
        ),
    ),
)


_TONIGHT: Final = (
    CardSection(
        key="tonight",
        heading=_("Agree on tonight"),
        paragraphs=(
            _("Who is with you? Where will you be? What is next, and when?"),
            _("They keep the plan, on paper or on their own phone. Nothing is entered here."),
            _("Ask for no promise and no contract not to die. It gives false comfort and may stop them speaking."),
        ),
        say=(_("What do we do until the morning?"),),
        rests_on=("safety-plan-steps", "no-suicide-contracts"),
    ),
    CardSection(
        key="clinician",
        heading=_("Bring in the clinician"),
        paragraphs=(
            _("When they mean to act or have a plan. When something is already done or taken: 911 first."),
            _("When somebody else may be hurt, or a child."),
            _("When it is beyond you. Handing on, with their yes, is the backup working."),
        ),
    ),
    CardSection(
        key="silence",
        heading=_("If they go quiet"),
        paragraphs=(
            _("Their seat stays open. Use only the way they agreed to: ring, text or neither."),
            _("Nobody sends a check to their home by itself. Ring your clinician. You could not do more from here."),
        ),
    ),
)


_AROUND_IT: Final = (
    CardSection(
        key="limits",
        heading=_("If you may have to tell somebody"),
        paragraphs=(
            _(
                "Read the limits for this talk on your screen. Tell the person first where it is safe, and "
                "what happens next."
            ),
            _("Not sure what you must do? Ask your clinician, without naming anybody, before you tell."),
        ),
    ),
    CardSection(
        key="words",
        heading=_("Words"),
        paragraphs=(
            _("Say “died by suicide”. Do not say “committed”, and do not call an attempt failed or successful."),
            _("Give no method, no single cause, no heroes. Name one thing they can do now."),
        ),
        rests_on=(
            "wording-died-by-suicide",
            "wording-no-method-or-place",
            "wording-no-single-cause",
            "wording-help-and-hope",
        ),
    ),
    CardSection(
        key="after",
        heading=_("Afterwards"),
        paragraphs=(
            _("A short word later may help, if they agreed to it, and if it says nothing on a locked phone."),
            _("How are you? You can be off until you say so, and talk to the clinician now."),
        ),
        rests_on=("caring-contacts",),
    ),
)


def _standing(approval: Approval | None, *, approved: bool) -> str:
    if approval is None:
        return gettext("No clinician of this team has signed this card yet. It is not clinical advice.")
    signed = {"by": approval.by, "date": approval.date.isoformat()}
    if approved:
        return gettext("Read and approved for this team by %(by)s on %(date)s.") % signed
    return gettext("%(by)s approved an earlier version on %(date)s. This one waits to be read again.") % signed


def _in_this_language(section: CardSection) -> CardSection:
    return replace(
        section,
        heading=gettext(section.heading),
        paragraphs=tuple(map(gettext, section.paragraphs)),
        say=tuple(map(gettext, section.say)),
    )


def _version_of(sections: tuple[CardSection, ...]) -> str:
    told = repr([(section.heading, section.paragraphs, section.say, section.link) for section in sections])
    return f"{safety_file().compiled_on}-{hashlib.sha256(told.encode()).hexdigest()[:8]}"


def _sources_of(entry_id: str) -> tuple[CardSource, ...]:
    """The pages behind a statement. Raises FactsWrong for one that does not exist or is from memory alone."""
    entry = next((entry for entry in safety_file().entries if entry.id == entry_id), None)
    if entry is None or entry.evidence == "recalled":
        raise FactsWrong(f"the card rests on {entry_id!r}, which nobody has read")
    shown = (page for page in entry.sources if page.url not in _NOT_LINKED)
    return tuple(CardSource(url=page.url, date=page.date, evidence=entry.evidence) for page in shown)
