"""What can go wrong in the directory, each named after what is wrong; the doors turn them into words for people."""

from __future__ import annotations


class DirectoryError(Exception):
    """The base of every error of this package."""


class NotFound(DirectoryError):
    """No such record, or none that may be shown."""


class UnsafeSetting(DirectoryError):
    """A setting that would lose or leak data; the text says what to do."""


class UnreadableInput(DirectoryError):
    """A file that cannot be read as what it claims to be; nothing was changed."""

    def __init__(self, what: str, *, file: str = "", line: int | None = None) -> None:
        where = f"{file}, line {line}: " if line else f"{file}: " if file else ""
        super().__init__(where + what)
        self.file, self.line = file, line


class Unavailable(DirectoryError):
    """The database does not answer, is locked too long, damaged, read-only, or its disk is full. Nothing of the change was kept."""
