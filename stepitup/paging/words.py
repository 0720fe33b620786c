"""What a page says: never a reason, a name or a place, and never more than one text message holds.

Screens light up on kitchen tables and in patrol cars. Whoever reads over a shoulder learns that somebody is asked to
open a link, and nothing else.
"""

from django.utils.translation import gettext, override

from stepitup.paging.facts import NoticeWords, Words

# One text message in the GSM alphabet (3GPP TS 23.038). Two messages can arrive in the wrong order, or one alone.
ONE_TEXT = 160
# With an address of the house up to this long every page fits; `stepitup check` says when it is longer.
LONGEST_PUBLIC_URL = 60


def page_text(words: Words, link: str, *, takes_replies: bool = False, language: str = "en") -> str:
    """The whole message. `takes_replies`: only where a reply is read may we ask for one.

    A helper who answers "1" to an address that nobody reads believes that they have taken the call.
    """
    with override(language):
        return f"{_sentences(words, takes_replies=takes_replies)} {link}"


def notice_text(words: NoticeWords, link: str = "", *, language: str = "en") -> str:
    """The whole answer to a reply, or a notice; empty where nothing is said. It tells no more than a page does."""
    with override(language):
        return f"{_notice(words)} {link}".strip()


def subject(words: Words | NoticeWords, *, language: str = "en") -> str:
    """For ways that want a line on top."""
    with override(language):
        if isinstance(words, NoticeWords):
            return gettext("About your pages")
        return {
            Words.PAGE: gettext("Can you take one?"),
            Words.COORDINATOR: gettext("A page is unanswered"),
            Words.TEST: gettext("This is a test"),
        }[words]


def _notice(words: NoticeWords) -> str:
    return {
        NoticeWords.NOTHING: "",
        NoticeWords.JOIN_BY_RING: "",
        NoticeWords.YOURS_BY_RING: "",
        NoticeWords.NO_LINK: "",
        NoticeWords.YOURS: gettext("Thank you, it is yours. Open this link to go on:"),
        NoticeWords.SOMEONE_HAS_IT: gettext("Someone has it, thank you."),
        NoticeWords.OVER: gettext("This page is over, thank you."),
        NoticeWords.DECLINED: gettext("Thank you for saying so. The next one is asked."),
        NoticeWords.HANDED_BACK: gettext("Thank you for saying so. It is handed back, and the next one is asked."),
        NoticeWords.CANNOT: gettext("You cannot take it just now, thank you. The link in your page says why."),
        NoticeWords.UNCLEAR: gettext("We read only 1 for yes and 2 for no. Not meant for you? Reply STOP."),
        NoticeWords.TEST_ARRIVED: gettext("Thank you. The test reached you."),
        NoticeWords.WAY_IS_OFF: gettext("One way to reach you stopped working. Pages come another way. Mend it here:"),
        NoticeWords.STILL_THERE: gettext("No hurry. If you have finished, say so here. Until then no page comes:"),
        NoticeWords.HOUSE_IN_TROUBLE: gettext("This house could not rehearse a call, twice. Look at the machine now."),
        NoticeWords.HOUSE_IS_WELL: gettext("This house rehearses calls well again."),
        NoticeWords.TEXTS_ARE_OFF: gettext(
            "Texts to your number are off: it replied STOP. Pages come another way. Not you? Tell your coordinator."
        ),
    }[words]


def _sentences(words: Words, *, takes_replies: bool) -> str:
    if words is Words.COORDINATOR:
        return gettext("A page is unanswered. Find a helper.")
    if words is Words.TEST:
        return _test_sentences(takes_replies=takes_replies)
    if takes_replies:
        return gettext("Can you take one? Open the link, or reply 1 for yes, 2 for no.")
    return gettext("Can you take one? Open the link to say yes or no.")


def _test_sentences(*, takes_replies: bool) -> str:
    if takes_replies:
        return gettext("TEST, nobody is waiting. Open the link or reply 1 to say it reached you.")
    return gettext("TEST, nobody is waiting. Open the link to say it reached you.")
