"""`rules`: the pipeline without a model, assembled once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tagger import load

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def rules() -> Language:
    return load(rules_only=True)
