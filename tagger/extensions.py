"""Registers, once at import, the custom attributes through which the components hand on their findings.

See `tagger.mentions` for what each one holds.
"""

from __future__ import annotations

from spacy.tokens import Doc

FINDINGS = ("regions", "countries", "organizations", "events", "officials", "quotes")


def register() -> None:
    """Sets the defaults on `Doc`; doing it again changes nothing."""
    if not Doc.has_extension("title_length"):
        Doc.set_extension("title_length", default=0)
        Doc.set_extension("article", default=None)
        Doc.set_extension("places", default=None)
        Doc.set_extension("dateline", default=())
    for name in FINDINGS:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=())
