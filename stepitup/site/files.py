"""Files served from memory, by the router itself: style, scripts, and the screens for when all else is down.

    /static/…    door's static folder
    /hotlines, /no-signal    what the directory wrote at the start
    /sw.js       the offline script, which a browser accepts only from the top

Each is compressed once, and read again when it changes on disk.
"""

import gzip
import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path

from stepitup.site.messages import Answer, Scope, header

# For five minutes nobody asks again; for a day an older copy is shown at once while the new one comes: on one bar of
# signal a style sheet must not keep a screen waiting.
_KEPT_A_WHILE = b"public, max-age=300, stale-while-revalidate=86400"
_ASKED_EACH_TIME = b"no-cache"
_WORTH_COMPRESSING = 200
# Not asked of the machine: what it knows of endings differs, and a browser runs no script of a wrong kind.
_KINDS = {
    ".css": b"text/css; charset=utf-8",
    ".html": b"text/html; charset=utf-8",
    ".js": b"text/javascript; charset=utf-8",
    ".svg": b"image/svg+xml",
    ".txt": b"text/plain; charset=utf-8",
    ".webmanifest": b"application/manifest+json",
}
_PICTURES = {".ico": b"image/x-icon", ".png": b"image/png", ".woff2": b"font/woff2"}


@dataclass(frozen=True)
class Kept:
    """A file in memory, plain and compressed."""

    stamp: tuple[int, int]
    plain: bytes
    small: bytes | None
    etag: bytes
    kind: bytes


class Files:
    """The files of one house. `static` is door's folder, `written` the folder that the directory wrote."""

    def __init__(self, *, static: Path, written: Path) -> None:
        self._static = static
        self._named = {
            "/hotlines": written / "hotlines.html",
            "/no-signal": written / "no-signal.html",
            "/sw.js": static / "sw.js",
        }
        self._trouble = written / "trouble.html"
        self._kept: dict[Path, Kept] = {}

    def serves(self, path: str) -> bool:
        """Whether this address is a file's, there or not."""
        return path in self._named or path.startswith("/static/")

    def answer(self, scope: Scope) -> Answer | None:
        """The file at this address; None when there is none."""
        path: str = scope["path"]
        named = self._named.get(path)
        kept = self._read(named or self._inside(path))
        if kept is None:
            return None
        return _answer(kept, scope, cache=_ASKED_EACH_TIME if named else _KEPT_A_WHILE)

    def trouble(self) -> Answer | None:
        """The screen for a night when our machine is in trouble."""
        kept = self._read(self._trouble)
        return Answer(503, kept.plain, headers=((b"cache-control", b"no-store"),)) if kept else None

    def _inside(self, path: str) -> Path | None:
        """The file under /static/, or None for an address that leads out of the folder."""
        wanted = (self._static / path.removeprefix("/static/")).resolve() if "\x00" not in path else self._static
        return wanted if self._static in wanted.parents else None

    def _read(self, file: Path | None) -> Kept | None:
        if file is None:
            return None
        kept = self._kept.get(file)
        try:
            now = file.stat()
            stamp = (now.st_mtime_ns, now.st_size)
            if stat.S_ISREG(now.st_mode) and (kept is None or kept.stamp != stamp):
                kept = self._kept[file] = _keep(file, stamp)
        except OSError:
            return kept  # what was once read outlives its file
        return kept


def _keep(file: Path, stamp: tuple[int, int]) -> Kept:
    plain = file.read_bytes()
    is_text = file.suffix in _KINDS
    small = gzip.compress(plain, 9, mtime=0) if is_text and len(plain) >= _WORTH_COMPRESSING else None
    etag = f'"{hashlib.sha256(plain).hexdigest()[:20]}"'.encode()
    kind = _KINDS.get(file.suffix) or _PICTURES.get(file.suffix, b"application/octet-stream")
    return Kept(stamp, plain, small, etag, kind)


def _answer(kept: Kept, scope: Scope, *, cache: bytes) -> Answer:
    headers = ((b"etag", kept.etag), (b"cache-control", cache), (b"vary", b"accept-encoding"))
    if kept.etag.decode() in header(scope["headers"], b"if-none-match"):
        return Answer(304, headers=headers)
    if kept.small is not None and accepts_gzip(scope):
        return Answer(200, kept.small, kept.kind, (*headers, (b"content-encoding", b"gzip")))
    return Answer(200, kept.plain, kept.kind, headers)


def accepts_gzip(scope: Scope) -> bool:
    """Whether whoever asks can read gzip."""
    coded = header(scope["headers"], b"accept-encoding")
    return any(part.strip().startswith("gzip") and "q=0" not in part.replace("q=0.", "") for part in coded.split(","))
