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

SMALL_WORLDS = "1f1eeccf9219a17b1997f68e0618c2852a7098e98658d20563c8eabfaffe8aff"
INVENTED = "e0a2c8d3e606db2795a8528b899129432a9a5852004f3a4fc115b241be75ca5a"


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
