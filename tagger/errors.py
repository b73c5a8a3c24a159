"""What can go wrong in this package."""

from __future__ import annotations


class TaggerError(Exception):
    """Base of all errors raised by `tagger`; the message tells the way out."""


class ModelError(TaggerError):
    """NER weights or a user's spaCy pipeline are missing, damaged or of the wrong kind."""


class GazetteerError(TaggerError):
    """A gazetteer table is missing or malformed; names the file and the line."""
