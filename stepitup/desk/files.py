"""Files that the desk reads and writes. What holds names is for its owner alone, and whole or not there at all."""

import os
import tempfile
from pathlib import Path

from stepitup.desk.errors import CannotRead, CannotWrite


def read_whole(path: Path, *, at_most: int) -> bytes:
    """The file's bytes. Raises CannotRead."""
    try:
        with path.open("rb") as file:
            content = file.read(at_most + 1)
    except OSError as wrong:
        raise CannotRead(path, wrong.strerror or str(wrong)) from wrong
    if len(content) > at_most:
        raise CannotRead(path, f"it is larger than {at_most // 1024**2} MB")
    return content


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read: beside its place first, then there in one step, and onto the disk.

    Raises CannotWrite; whatever stood there before then still stands.
    """
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # its mode is 0600
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
        _keep_the_name(path.parent)
    except OSError as wrong:
        raise CannotWrite(path, wrong.strerror or str(wrong)) from wrong


def _keep_the_name(folder: Path) -> None:
    """A name is the folder's content: without this a power cut may keep the bytes and lose the name."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
