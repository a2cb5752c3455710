"""The command ``homeground codes``: the vocabularies, and the codes of one with their labels."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from matching.values import Term


@click.command()
@click.argument("vocabulary", required=False)
def codes(vocabulary: str | None) -> None:
    """The codes of a VOCABULARY (strengths, supports, languages ...) with what they mean; without one, which vocabularies there are."""
    terms = _terms()
    counts = Counter(term.taxonomy for term in terms if not term.group)
    if vocabulary is None:
        lines = [f"{name}: {count:,} codes" for name, count in sorted(counts.items())]
    elif vocabulary in counts:
        lines = [f"{term.code}: {term.label}" for term in terms if term.taxonomy == vocabulary and not term.group]
    else:
        raise click.UsageError(f"There is no vocabulary “{vocabulary}”. There are: {', '.join(sorted(counts))}.")
    click.echo("\n".join(lines))


def _terms() -> list[Term]:
    """Every term of this installation, and every language with a known name."""
    from directory.languages import language_terms
    from directory.vocabularies import read_vocabulary
    from web import verbs
    from web.settings import read_settings

    with verbs.open_storage(read_settings()).reading() as session:
        return [*read_vocabulary(session), *language_terms()]
