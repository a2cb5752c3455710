"""The pages of a list hold each item once, in one order, and every filter only narrows."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import Any
from uuid import uuid4

import pytest

from directory.exchange.hsds.pages import PER_PAGE_LIMIT, BadParameter, service_page
from directory.exchange.records import Attribute, Organization, Taxonomy, TaxonomyTerm
from directory.storage import Storage
from tests.directory.conftest import Bring
from tests.directory.exchange.make import AT, a_record, a_service, an_id

FOOD, BREAD = an_id("term", "food"), an_id("term", "bread")
TAXONOMY = Taxonomy(id=an_id("taxonomy", 1), name="Words")


def page(storage: Storage, **options: Any) -> dict[str, Any]:
    with storage.reading() as session:
        return service_page(session, **options)


@pytest.fixture
def seven(storage: Storage, bring: Bring) -> Storage:
    """Seven services of two organizations, the third about bread, modified an hour apart."""
    food = TaxonomyTerm(id=FOOD, name="Food", taxonomy_detail=TAXONOMY)
    bread = TaxonomyTerm(id=BREAD, name="Bread", parent_id=FOOD, taxonomy_detail=TAXONOMY)
    services = [
        a_service(
            key, name=f"Bench {key}", last_modified=AT + timedelta(hours=key),
            organization=Organization(id=an_id("organization", key % 2), name=f"Shed {key % 2}"),
            attributes=[Attribute(id=an_id("attribute", 3), taxonomy_term=bread)] if key == 3 else [],
        )
        for key in range(1, 8)
    ]
    bring(a_record(food), *(a_record(service, line=line) for line, service in enumerate(services, 2)))
    return storage


@pytest.mark.parametrize("per_page", [1, 2, 3, 7, 50])
def test_walking_the_pages_meets_each_service_once(seven: Storage, per_page: int) -> None:
    pages = [page(seven, page=number, per_page=per_page) for number in range(1, ceil(7 / per_page) + 1)]
    ids = [item["id"] for one in pages for item in one["contents"]]
    assert len(ids) == len(set(ids)) == 7
    assert ids == sorted(ids)
    for number, one in enumerate(pages, 1):
        assert (one["total_items"], one["total_pages"], one["page_number"]) == (7, len(pages), number)
        assert (one["first_page"], one["last_page"], one["empty"]) == (number == 1, number == len(pages), False)
        assert one["size"] == len(one["contents"]) == (per_page if number < len(pages) else 7 - per_page * (len(pages) - 1))


def test_no_results_are_an_empty_page_with_every_key(storage: Storage) -> None:
    assert page(storage) == {
        "total_items": 0, "total_pages": 0, "page_number": 1, "size": 0, "first_page": True, "last_page": True, "empty": True, "contents": [],
    }


def test_a_page_after_the_last_is_empty(seven: Storage) -> None:
    beyond = page(seven, page=9, per_page=3)
    assert (beyond["empty"], beyond["total_items"], beyond["first_page"], beyond["last_page"]) == (True, 7, False, True)


@pytest.mark.parametrize("name", ["page", "per_page"])
def test_a_page_below_one_is_named(storage: Storage, name: str) -> None:
    with pytest.raises(BadParameter) as caught:
        page(storage, **{name: 0})
    assert caught.value.parameter == name


def test_a_page_is_never_larger_than_the_limit(seven: Storage) -> None:
    assert page(seven, per_page=PER_PAGE_LIMIT * 10)["total_pages"] == 1


@pytest.mark.parametrize(("options", "names"), [
    ({"search": "bench 3"}, {3}), ({"search": "SHED 1"}, {1, 3, 5, 7}), ({"search": "nothing"}, set()),
    ({"search": "%"}, set()), ({"search": "_"}, set()),
    ({"search": " "}, {1, 2, 3, 4, 5, 6, 7}),
    ({"organization_id": an_id("organization", 0)}, {2, 4, 6}), ({"organization_id": uuid4()}, set()),
    ({"taxonomy_term_id": BREAD}, {3}), ({"taxonomy_term_id": FOOD}, {3}), ({"taxonomy_term_id": uuid4()}, set()),
    ({"taxonomy_id": TAXONOMY.id}, {3}), ({"taxonomy_id": uuid4()}, set()),
    ({"modified_after": AT + timedelta(hours=6)}, {6, 7}),
    ({"modified_after": AT + timedelta(hours=6), "organization_id": an_id("organization", 1)}, {7}),
])
def test_each_filter_finds_what_it_names(seven: Storage, options: dict[str, Any], names: set[int]) -> None:
    assert {item["name"] for item in page(seven, **options)["contents"]} == {f"Bench {key}" for key in names}


def test_minimal_items_have_what_lists_require_and_no_more(seven: Storage) -> None:
    assert all(set(item) == {"id", "name", "status", "last_modified", "modified_date"} for item in page(seven, minimal=True)["contents"])


def test_list_items_carry_the_organization_and_no_lists(seven: Storage) -> None:
    for item in page(seven)["contents"]:
        assert item["organization"]["name"].startswith("Shed")
        assert [name for name, value in item.items() if isinstance(value, list)] == []
