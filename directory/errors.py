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


class NotSafe(DirectoryError):
    """Somebody said that this way of reaching them is not safe. Nothing goes out, and nobody is told why."""


class NotPermitted(DirectoryError):
    """Somebody who may see a thing may not do this with it."""


class StepUpNeeded(DirectoryError):
    """An act of weight: the person has to show a factor again first."""


class TooOften(DirectoryError):
    """Tried too often; ``seconds`` says how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__("That was tried too often.")
        self.seconds = seconds


class Stale(DirectoryError):
    """What somebody changes has changed meanwhile."""


class Invalid(DirectoryError):
    """Something given does not fit; ``errors`` says what, by field."""

    def __init__(self, **errors: str) -> None:
        super().__init__("; ".join(f"{field}: {words}" for field, words in errors.items()))
        self.errors = errors


class LaterChanges(DirectoryError):
    """A change that cannot be taken back as things stand; ``reasons`` says in words what stands in the way. Nothing was changed."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons
