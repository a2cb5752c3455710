"""Whether something that somebody wrote speaks of danger: then urgent help comes first, whatever page it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from directory.papers import Papers
from web.forms.posted import PostedForm
from web.house import House


def is_urgent(house: House, papers: Papers, posted: PostedForm | None = None) -> bool:
    """Words of crisis in any text of the papers, or in what was just typed."""
    typed = [value for name in posted.names() if name != "papers" for value in posted.getall(name, [])] if posted else []
    return any(house.catalogue.vocabulary.urgent(text) for text in (*_texts(msgspec.to_builtins(papers)), *typed) if _is_words(text))


def _is_words(text: str) -> bool:
    """Not a code of a vocabulary, which nobody wrote."""
    return len(text) > 3 and (" " in text or "_" not in text)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)
