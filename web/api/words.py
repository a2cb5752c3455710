"""The vocabularies for programs: what own words may mean, and the terms of each vocabulary."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, RawBody
from msgspec import Meta, Struct, json

from directory.errors import NotFound
from web.api.bodies import read_body
from web.api.operations import Operation, Parameter
from web.house import House

STRENGTHS = "strengths"


class StrengthsRequest(Struct, kw_only=True, forbid_unknown_fields=True):
    """What a person says in their own words. It is read once and kept nowhere."""

    text: Annotated[str, Meta(max_length=400)]
    limit: Annotated[int, Meta(ge=1, le=3)] = 3


class Suggestion(Struct, frozen=True):
    """A strength that the words may mean, to be confirmed by the person, never taken as said."""

    code: str
    label: str


class StrengthsAnswer(Struct, frozen=True, kw_only=True):
    """Suggestions, best first; ``urgent`` names the topics of urgent help that the words call for: show those before anything else."""

    suggestions: tuple[Suggestion, ...]
    urgent: tuple[str, ...]


class TermLine(Struct, frozen=True, kw_only=True):
    """One term. ``group`` is a heading that cannot be chosen; ``parent`` is the code of the broader term, or empty."""

    code: str
    label: str
    description: str
    parent: str
    group: bool


class VocabularyAnswer(Struct, frozen=True, kw_only=True):
    """The terms of one vocabulary in their own order."""

    taxonomy: str
    terms: tuple[TermLine, ...]


class VocabularyLine(Struct, frozen=True, kw_only=True):
    """One vocabulary: its code, how many terms it has (headings that cannot be chosen are not counted), and where they stand."""

    taxonomy: str
    terms: int
    url: str


class VocabulariesAnswer(Struct, frozen=True, kw_only=True):
    """Every vocabulary, by its code."""

    vocabularies: tuple[VocabularyLine, ...]


@post("/strengths", name="api.strengths", status_code=200, sync_to_thread=True)
def strengths(request: Request[Any, Any, Any], house: NamedDependency[House], body: RawBody) -> Response[bytes]:
    """Strengths that somebody's own words may mean."""
    asked = read_body(body, request.headers.get("content-type", ""), StrengthsRequest)
    vocabulary = house.catalogue.vocabulary
    found = tuple(Suggestion(item.code, item.label) for item in vocabulary.suggest(STRENGTHS, asked.text, asked.limit))
    said = StrengthsAnswer(suggestions=found, urgent=tuple(vocabulary.urgent(asked.text)))
    return Response(json.encode(said), media_type="application/json", headers={"Cache-Control": "no-store"})


@get("/vocabularies/{taxonomy:str}", name="api.vocabulary", sync_to_thread=True)
def vocabulary(house: NamedDependency[House], taxonomy: FromPath[str]) -> Response[bytes]:
    """The terms of one vocabulary."""
    terms = house.catalogue.vocabulary.terms(taxonomy)
    if not terms:
        raise NotFound("There is no such vocabulary.")
    lines = tuple(TermLine(code=term.code, label=term.label, description=term.description, parent=term.parent, group=term.group) for term in terms)
    return _kept(json.encode(VocabularyAnswer(taxonomy=taxonomy, terms=lines)))


@get("/vocabularies", name="api.vocabularies", sync_to_thread=True)
def vocabularies(house: NamedDependency[House]) -> Response[bytes]:
    """Every vocabulary, with the address of its terms."""
    held = house.catalogue.vocabulary
    lines = tuple(
        VocabularyLine(taxonomy=name, terms=sum(not term.group for term in held.terms(name)), url=f"{house.settings.base_url}/api/vocabularies/{name}")
        for name in held.taxonomies
    )
    return _kept(json.encode(VocabulariesAnswer(vocabularies=lines)))


def _kept(content: bytes) -> Response[bytes]:
    """An answer that whoever asked may keep for a while."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    return Response(content, media_type="application/json", headers={"Cache-Control": "public, max-age=300", "ETag": tag})


OPERATIONS = (
    Operation(
        method="post", path="/api/strengths", name="strengths", tag="matching", summary="Strengths that somebody's own words may mean",
        body=StrengthsRequest, answer=StrengthsAnswer, problems=(400, 413, 415),
    ),
    Operation(
        method="get", path="/api/vocabularies", name="vocabularies", tag="vocabularies", summary="Every vocabulary, with the address of its terms",
        answer=VocabulariesAnswer,
    ),
    Operation(
        method="get", path="/api/vocabularies/{taxonomy}", name="vocabulary", tag="vocabularies", summary="The terms of one vocabulary",
        parameters=(Parameter(name="taxonomy", where="path", meaning="The code of the vocabulary, such as strengths.", schema={"type": "string"}),),
        answer=VocabularyAnswer, problems=(404,),
    ),
)

router = Router("/api", route_handlers=[strengths, vocabularies, vocabulary])
