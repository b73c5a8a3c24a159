"""Texts for the rules about officials, where [ ] stands around each person whom the model sees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagger.officials import tag_officials
from tagger.person_spans import trim_persons

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def marked(text: str, nlp: Language) -> Doc:
    """The tagged text without its brackets; what stands before a blank line is its title."""
    parts = re.split(r"[][]", text)
    starts = [sum(map(len, parts[:at])) for at in range(len(parts))]
    plain = "".join(parts)
    title, gap, _ = plain.partition("\n\n")
    doc = nlp.make_doc(plain)
    doc._.title_length = len(title) if gap else 0
    doc = nlp(doc)
    seen = [(starts[at], starts[at] + len(parts[at])) for at in range(1, len(parts), 2)]
    doc.spans["ner"] = [doc.char_span(*span, label="PER", alignment_mode="expand") for span in seen]
    return tag_officials(trim_persons(doc))


def officials(text: str, nlp: Language) -> list[tuple[str, str]]:
    """The officials of a text as (name, office)."""
    return [(official.name, official.office) for official in marked(text, nlp)._.officials]
