"""How one takes part in what has no place to go to."""

import pytest

from web.wording import ways_words


@pytest.mark.parametrize(
    ("ways", "words"),
    [
        (("By phone",), "By phone"), (("Online", "By phone"), "Online and by phone"), (("At your home",), "At your home"),
        ((), "Place not stated: ask where it is"),
    ],
)  # fmt: skip
def test_ways_in_words(ways: tuple[str, ...], words: str) -> None:
    """Help that comes to the home is not "by phone or online", and where nobody said anything it is to be asked."""
    assert ways_words(ways) == words
