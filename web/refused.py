"""A request that cannot be done, with words for whoever sent it; web/errors.py makes it an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct


class FieldError(Struct, frozen=True):
    """What is wrong with one field: its path (``profile.strengths[0].enjoy``), and what it may be."""

    field: str
    message: str


class Refused(Exception):
    """A request that cannot be done, with the words for the person or program that sent it."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: tuple[FieldError, ...] = (),
        choices: tuple[Any, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors, self.choices = status, detail, errors, choices
        self.headers = dict(headers or {})
