"""JSON Schema (draft 2020-12) of `TaggedArticle`, made from the types themselves."""

from __future__ import annotations

from typing import Any

import msgspec

from tagger.document import TaggedArticle

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def tagged_schema() -> dict[str, Any]:
    """The schema of one tagged article; `$defs` holds the types it is made of.

    >>> tagged_schema()["$schema"]
    'https://json-schema.org/draft/2020-12/schema'
    """
    (root,), definitions = msgspec.json.schema_components([TaggedArticle], ref_template="#/$defs/{name}")
    whole = {
        "$schema": DIALECT,
        "title": "TaggedArticle",
        "description": "An article and what it is about: cities, officials, organizations, countries, quotes.",
        **root,
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(whole))  # defaults become JSON's own types
    return plain
