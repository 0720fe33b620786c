"""What somebody sees who looks at a screen: not its frame, and not what lies ready in a template for another moment."""

import re

_LIES_READY = re.compile(r"<template\b.*?</template>", flags=re.DOTALL)


def has_a_number_in_sight(page: str) -> bool:
    """Whether 988 can be rung from the main part. Every page names it in its foot, and once more for a lost press."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return 'href="tel:988"' in _LIES_READY.sub("", main)
