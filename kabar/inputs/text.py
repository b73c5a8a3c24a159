"""Bytes of a text file to text."""

from __future__ import annotations

import codecs

from scraper.errors import NotText

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Decodes as UTF-8 (or as the byte order mark tells), else as windows-1252 with a warning.

    Returns:
        the text, and warnings.

    Raises:
        NotText: NUL bytes, so binary data.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    if encoding != "utf-16" and b"\0" in data:
        raise NotText("binary data, not text")
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), ("not UTF-8; read as windows-1252",)
