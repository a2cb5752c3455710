"""Tests of the one OpenAPI document: valid, whole, and no promise that is not kept."""

from __future__ import annotations

import re
from typing import Any

import jsonschema
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.web.routes import routes

Client = TestClient[Litestar]
NOT_DESCRIBED = {"GET /api", "GET /api/openapi.json"}


@pytest.fixture(scope="module")
def document(client: Client) -> dict[str, Any]:
    made: dict[str, Any] = client.get("/api/openapi.json").json()
    return made


def test_the_document_is_valid_openapi(document: dict[str, Any]) -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_every_route_of_the_interface_is_described_and_nothing_else(document: dict[str, Any], web_app: Litestar) -> None:
    described = {f"{method.upper()} {path}" for path, item in document["paths"].items() for method in item}
    there = {re.sub(r":\w+}", "}", route) for route in routes(web_app) if "/api" in route or " /feeds/" in route}
    assert described == there - NOT_DESCRIBED


def test_the_document_names_no_host_but_ours(document: dict[str, Any], client: Client) -> None:
    assert document["servers"] == [{"url": "https://home.example"}]
    assert set(re.findall(r"https?://[^/\"]+", client.get("/api/openapi.json").text)) == {"https://home.example"}


def schema(document: dict[str, Any], path: str, method: str) -> dict[str, Any]:
    content = document["paths"][path][method]["responses"]["200"]["content"]["application/json"]["schema"]
    return {**content, "components": document["components"]}


@pytest.mark.parametrize(("path", "said"), [("/api/match", {"text": "food", "limit": 30}), ("/api/strengths", {"text": "I cook and sing"})])
def test_answers_are_as_the_document_says(client: Client, document: dict[str, Any], path: str, said: dict[str, Any]) -> None:
    jsonschema.validate(client.post(path, json=said).json(), schema(document, path, "post"))


def test_a_page_of_services_is_as_the_document_says(client: Client, document: dict[str, Any]) -> None:
    jsonschema.validate(client.get("/api/hsds/services").json(), schema(document, "/api/hsds/services", "get"))


def test_problems_are_as_the_document_says(client: Client, document: dict[str, Any]) -> None:
    shape = {"$ref": "#/components/schemas/Problem", "components": document["components"]}
    for answer in (client.get("/api/none"), client.post("/api/match", json={"x": 1}), client.post("/api/match", json={"place": "Springfield"})):
        jsonschema.validate(answer.json(), shape)


def test_the_page_for_people_lists_every_operation(client: Client, document: dict[str, Any]) -> None:
    text = client.get("/api").text
    for path, item in document["paths"].items():
        for method in item:
            assert f"{method.upper()} {path}" in text
