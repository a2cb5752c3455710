"""Whether something that somebody wrote speaks of danger: then urgent help comes first, whatever page it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from directory.papers import Papers
from web.forms.posted import PostedForm
from web.house import House


def urgent_topics(house: House, papers: Papers, posted: PostedForm | None = None) -> tuple[str, ...]:
    """The topics of urgent help that any text of the papers calls for, or what was just typed."""
    typed = [value for name in posted.names() if name != "papers" for value in posted.getall(name, [])] if posted else []
    return topics_of(house, (text for text in (*_texts(msgspec.to_builtins(papers)), *typed) if _is_words(text)))


def topics_of(house: House, texts: Iterable[str]) -> tuple[str, ...]:
    """The topics of urgent help that some texts call for, each once."""
    return tuple(dict.fromkeys(topic for text in texts if text for topic in house.catalogue.vocabulary.urgent(text)))


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
