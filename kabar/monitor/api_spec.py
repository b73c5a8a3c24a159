"""The OpenAPI 3.1 document of the read API, made from its endpoints and their classes."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from kabar import __version__
from kabar.monitor.api_answers import ENDPOINTS, Endpoint
from kabar.monitor.api_model import Problem

ROOT = "/api/v1"
PROBLEMS = {
    "400": "A parameter or the search cannot be read",
    "401": "The token is missing or wrong",
    "404": "There is no such thing",
    "503": "The store cannot be read now, or the question takes too long",
}
_REF = "#/components/schemas/{name}"


@cache
def openapi() -> dict[str, Any]:
    """The document."""
    gives = [Problem, *dict.fromkeys(endpoint.gives for endpoint in ENDPOINTS)]
    _, components = msgspec.json.schema_components(gives, ref_template=_REF)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "kabar",
            "version": __version__,
            "description": "Reads the store of a monitor. Nothing is written through it.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": ROOT}],
        "paths": {endpoint.path: {"get": _operation(endpoint)} for endpoint in ENDPOINTS},
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def parameters(endpoint: Endpoint) -> list[dict[str, Any]]:
    """Its parameters, as OpenAPI writes them."""
    (_,), components = msgspec.json.schema_components([endpoint.asks], ref_template=_REF)
    schema = components[endpoint.asks.__name__]
    return [_parameter(name, dict(own), endpoint.path) for name, own in schema["properties"].items()]


def _parameter(name: str, schema: dict[str, Any], path: str) -> dict[str, Any]:
    in_path = f"{{{name}}}" in path
    about = schema.pop("description", name)
    return {"name": name, "in": "path" if in_path else "query", "required": in_path, "description": about,
            "schema": schema}  # fmt: skip


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": _REF.format(name=endpoint.gives.__name__)}}}
    problem = {"application/problem+json": {"schema": {"$ref": _REF.format(name=Problem.__name__)}}}
    problems = {status: {"description": about, "content": problem} for status, about in PROBLEMS.items()}
    return {
        "summary": endpoint.about,
        "operationId": endpoint.path.strip("/").replace("/{id}", "_one").replace("/", "_"),
        "parameters": parameters(endpoint),
        "responses": {
            "200": {"description": endpoint.about, "content": content},
            "304": {"description": "Nothing has changed since the ETag"},
            **problems,
        },
    }
