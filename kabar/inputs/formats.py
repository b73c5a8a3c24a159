"""Which format an input has: by its name, else by its first bytes."""

from __future__ import annotations

import zlib
from pathlib import PurePath
from typing import Literal

Format = Literal["html", "text", "jsonl", "warc", "mhtml"]

SUFFIXES: dict[str, Format] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".txt": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".warc": "warc",
    ".arc": "warc",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
}
GZIP_MAGIC = b"\x1f\x8b"
SNIFFED = 512


def by_name(path: str) -> Format | None:
    """The format that a file's name tells; a last `.gz` is looked through."""
    name = PurePath(path.lower())
    if name.suffix == ".gz":
        name = name.with_suffix("")
    return SUFFIXES.get(name.suffix)


def by_content(head: bytes) -> Format:
    """The format that the first bytes tell (compressed or not); text where nothing speaks for another one."""
    if head.startswith(GZIP_MAGIC):
        head = _inflated(head)
    if head.startswith((b"WARC/", b"filedesc:")):
        return "warc"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        return "jsonl"
    if start.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\x00<")):
        return "html"
    if b"Content-Type: multipart/related" in head:
        return "mhtml"
    return "text"


def _inflated(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(head, SNIFFED)
    except zlib.error:
        return b""
