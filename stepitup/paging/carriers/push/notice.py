"""What a notice holds: where it leads and which fixed words it says, in exactly 128 bytes, so that its length is mute.

The words themselves are in the browser (browser/src/worker): what lights up on the screen never depends on a server.
"""

import json
from urllib.parse import urlsplit

from stepitup.paging.facts import NoticeWords, Words

LENGTH = 128


def content_of(words: Words | NoticeWords, link: str) -> bytes:
    """The content of a notice. The link's house is not in it: a browser knows whose notice it got."""
    # JSON may end with spaces: that is our padding, inside the seal.
    said = json.dumps({"w": words.value, "p": urlsplit(link).path or "/"}, separators=(",", ":"))
    content = said.encode("ascii").ljust(LENGTH)
    assert len(content) == LENGTH, "a path of ours and a fixed word fit"
    return content
