"""The same directory, question and moment give the same bytes on every machine: two machines that agree with this file agree with each other.

Whoever changes the order on purpose writes the new digest down here; then it is seen that they did.
"""

from __future__ import annotations

from hashlib import sha256

import msgspec

from matching import Index, rank
from seeds.invent import TODAY, invent_listings
from tests.bench.data import vocabulary
from tests.bench.engines.ours import AT as THEN
from tests.bench.queries import VARIANTS, inquiries
from tests.matching.worlds import AT, index_of, world_of

SMALL_WORLDS = "ae81985bc1f3be3f368627946c96291547f86eccd18685a2a8449617d033190c"
INVENTED = "72b510c4b955c7912020cfecbaef543d37de8ed1d367d64c2b687562df150c22"


def test_small_worlds_are_ranked_to_the_same_bytes() -> None:
    digest = sha256()
    for number in range(150):
        world = world_of(number, 25)
        digest.update(msgspec.json.encode(rank(world.inquiry, index_of(world.directory), at=AT), order="sorted"))
    assert digest.hexdigest() == SMALL_WORLDS


def test_an_invented_country_is_ranked_to_the_same_bytes() -> None:
    index, digest = Index.build(invent_listings(3_000, seed=8), vocabulary(), on=TODAY), sha256()
    for variant in VARIANTS:
        for inquiry in inquiries(variant, 15):
            digest.update(msgspec.json.encode(rank(inquiry, index, at=THEN), order="sorted"))
    assert digest.hexdigest() == INVENTED
