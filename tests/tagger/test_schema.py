"""The JSON Schema holds for what the tagger writes, and says what it does not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest
from jsonschema import Draft202012Validator, ValidationError

from scraper.article import Article
from tagger import tag
from tagger.schema import tagged_schema

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(tagged_schema())
    return Draft202012Validator(tagged_schema())


def as_json(article: Article | str, nlp: Language) -> dict:  # type: ignore[type-arg]
    return json.loads(msgspec.json.encode(tag(article, nlp)))  # type: ignore[no-any-return]


def test_a_tagged_article_is_valid(validator: Draft202012Validator, rules: Language) -> None:
    article = Article(
        id="1", title="Bupati Tebo ke IKN", text='"Kami siap membantu Jepang," kata Bupati Tebo Ali Amin.'
    )
    validator.validate(as_json(article, rules))


@pytest.mark.parametrize(
    ("field", "value"),
    [("level", "village"), ("score", 1.5), ("role", "subject")],
)
def test_a_wrong_city_is_not(validator: Draft202012Validator, rules: Language, field: str, value: object) -> None:
    tagged = as_json("Bupati Tebo tiba.", rules)
    tagged["cities"][0][field] = value
    with pytest.raises(ValidationError):
        validator.validate(tagged)


def test_it_can_be_written_as_json() -> None:
    assert json.loads(json.dumps(tagged_schema()))["title"] == "TaggedArticle"
