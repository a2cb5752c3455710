"""Topics to look through: plain addresses without anything of a person in them."""

from __future__ import annotations

from typing import Annotated

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Template

from directory.errors import NotFound
from matching.values import Inquiry, MustHaves
from web.forms.choices import choices_of
from web.house import House
from web.wording import count_words

PER_PAGE = 20


@get("/", name="browse.index", sync_to_thread=True)
def index(house: NamedDependency[House]) -> Template:
    """Every topic."""
    return Template("browse/index.html", context={"topics": choices_of(house.catalogue.vocabulary).supports})


@get("/{code:str}", name="browse.topic", sync_to_thread=True)
def topic(house: NamedDependency[House], code: FromPath[str], page: Annotated[int, QueryParameter(ge=1, le=500)] = 1) -> Template:
    """What there is under one topic, for everybody alike."""
    terms = {term.code: term for term in house.catalogue.vocabulary.terms("supports") if not term.group}
    if code not in terms:
        raise NotFound("There is no such topic.")
    offset = (page - 1) * PER_PAGE
    found = house.catalogue.search(Inquiry(supports=(code,), limit=PER_PAGE, offset=offset, must=MustHaves()), at=house.now(), around=False)
    context = {
        "code": code,
        "label": terms[code].label,
        "description": terms[code].description,
        "count_words": count_words(found.ranking.total, offset + 1, len(found.cards)),
        "results": list(zip(found.ranking.matches, found.cards, strict=True)),
        "at": found.at,
        "after": page + 1 if offset + PER_PAGE < found.ranking.total else 0,
    }
    return Template("browse/topic.html", context=context)


router = Router("/browse", route_handlers=[index, topic])
