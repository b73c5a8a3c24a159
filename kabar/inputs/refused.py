"""Files that are no pages, texts or lists, told by name or first bytes, each with its way out."""

from __future__ import annotations

import re
from pathlib import PurePath

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF, not text; take its text out first (pdftotext FILE.pdf)"),
    (b"{\\rtf", "a document of a word processor, not text; save it as plain text (.txt)"),
    (b"\xd0\xcf\x11\xe0", "an old Office document, not text; save it as plain text (.txt)"),
    (b"PK\x03\x04", "a zip archive or Office document (.docx, .xlsx), not text; unpack it, or save it as .txt"),
    (b"SQLite format 3\0", "an SQLite file, not text; kabar export --store FILE writes the articles of a store"),
)
TABLES = frozenset({".csv", ".tsv"})
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def refusal(name: str, head: bytes) -> str | None:
    """Why a file cannot be read as any format, and what to do; None where it may be.

    Args:
        name: path of the file.
        head: its first bytes, some hundred.
    """
    if PurePath(name.lower()).suffix in TABLES:
        return "a table; kabar reads JSON Lines, one object a line with `text` or `html` (--input-format text takes it)"
    told = next((reason for magic, reason in MAGIC if head.startswith(magic)), None)
    return told or _one_json(head.removeprefix(b"\xef\xbb\xbf").lstrip())


def _one_json(start: bytes) -> str | None:
    """JSON in one piece: an array of objects, or an object that goes over several lines."""
    if start.startswith(b"[") and start[1:].lstrip().startswith(b"{"):
        return "a JSON array, not JSON Lines; one object a line is read: jq -c '.[]' FILE > FILE.jsonl"
    if re.match(rb'\{\s*\n\s*"', start):
        return "JSON over several lines, not JSON Lines; one object a line is read: jq -c . FILE > FILE.jsonl"
    return None


def is_list_of_addresses(text: str) -> bool:
    """Whether a text is nothing but web addresses, one a line.

    >>> is_list_of_addresses("https://warta.example/a\\nhttps://warta.example/b\\n")
    True
    >>> is_list_of_addresses("https://warta.example/a\\n\\nTanggul jebol di Tebo.")
    False
    """
    lines = [line.strip() for line in text.splitlines()]
    return any(lines) and all(ADDRESS.fullmatch(line) for line in lines if line)
