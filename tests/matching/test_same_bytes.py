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

SMALL_WORLDS = "dab9ab651a3ce11f60090a9ed13c161641c774f2e1255f7f1e70ca66e3a24297"
INVENTED = "29189dc60582165dc3c001c1f4e9fbe888e39cd4d2ea16da0faa4ebd5de8db1b"


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
