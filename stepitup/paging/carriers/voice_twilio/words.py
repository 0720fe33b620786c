"""What a ring says: as little as a page. Whoever stands beside the phone hears it too, so it names nothing."""

from django.utils.translation import gettext, override

from stepitup.paging.facts import NoticeWords, Words
from stepitup.paging.words import notice_text

LANGUAGES = ("en", "es")


def spoken_page(words: Words, *, language: str = "en") -> str:
    """What is said to whoever picks up, and which keys there are."""
    with override(language):
        if words is Words.TEST:
            return gettext("This is a test. Nobody is waiting. Press 1 to say that it reached you.")
        if words is Words.COORDINATOR:
            return gettext("A page is unanswered. Find somebody. Press 1 if you can take it yourself, 2 if you cannot.")
        return gettext("Can you take one? Press 1 for yes, 2 for no.")


def spoken_answer(words: NoticeWords, *, language: str = "en") -> str:
    """What is said after a key. A link cannot be spoken, so it goes another way."""
    with override(language):
        return {
            NoticeWords.YOURS: gettext("Thank you, it is yours. A link is on its way to you now. Open it to go on."),
            NoticeWords.YOURS_BY_RING: gettext(
                "Thank you, it is yours. Hang up now and keep your phone near. We ring you again when they have read "
                "what stays private, and join you with them. If we do not ring, somebody else has it."
            ),
            NoticeWords.NO_LINK: gettext(
                "Thank you. You cannot take this one. They left no number, and no link reaches you. The next one is "
                "asked. Give your coordinator a number for texts, or a mail address."
            ),
            NoticeWords.SOMEONE_HAS_IT: gettext("Someone has it, thank you."),
            NoticeWords.DECLINED: gettext("Thank you for saying so. The next one is asked."),
            NoticeWords.HANDED_BACK: gettext("Thank you for saying so. It is handed back, and the next one is asked."),
            NoticeWords.CANNOT: gettext("You cannot take it just now, thank you."),
            NoticeWords.UNCLEAR: gettext("We did not hear a key. Press 1 for yes, 2 for no."),
            NoticeWords.TEST_ARRIVED: gettext("Thank you. The test reached you."),
        }.get(words, gettext("This page is over, thank you."))


def spoken_to_the_operator(words: NoticeWords) -> str:
    """What a notice of the house says to whoever picks up, or to their voicemail: nobody's night is in it."""
    return notice_text(words)


def goodbye(*, language: str = "en") -> str:
    """Said when no key was pressed."""
    with override(language):
        return gettext("No key was pressed. Goodbye.")


def one_moment(*, language: str = "en") -> str:
    """Said to a helper whose caller is rung now."""
    with override(language):
        return gettext("One moment. We ring them now.")


def cannot_join(*, language: str = "en") -> str:
    """Said to a helper whose caller does not answer, or has no number here any more."""
    with override(language):
        return gettext("They cannot be reached this way just now. Look at your seat.")


def not_just_now(*, language: str = "en") -> str:
    """The same to a helper who has no screen."""
    with override(language):
        return gettext("They cannot be reached just now.")


def how_does_it_go_on(*, language: str = "en") -> str:
    """Asked of a helper who has no screen, after the two have talked or could not."""
    with override(language):
        return gettext("Press 1 to be joined with them again, 2 to pass them on to somebody else, 3 if you are done.")


def your_part_is_done(*, language: str = "en") -> str:
    """Said to a helper who has no screen when they are done."""
    with override(language):
        return gettext("Thank you. Your part is done. If it was hard, ring somebody of your team.")


def somebody_is_there(*, language: str = "en") -> str:
    """Said to whoever picks up at the caller's number, who may be somebody else."""
    with override(language):
        return gettext("Somebody you are waiting for is on the line. Press 1 to talk.")
