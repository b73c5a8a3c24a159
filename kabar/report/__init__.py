"""Reports for people: a heading, facts, blocks to read and sheets to work with, in formats that offices use.

    report = digest_report(digest, words("id"))
    writer("docx")(report, stream)

What is reported (`kabar.digest`, `kabar.proof`) knows no format, and a format knows nothing of what is reported. A new
format is one module with `write(report, out)` and one entry of `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import BinaryIO, Literal, cast, get_args

from kabar.report.document import Block, Bullets, Entry, Heading, Paragraph, Report, Sheet, Span

__all__ = [
    "FORMATS",
    "Block",
    "Bullets",
    "Entry",
    "Format",
    "Heading",
    "Paragraph",
    "Report",
    "Sheet",
    "Span",
    "writer",
]

Format = Literal["text", "html", "docx", "xlsx", "csv"]
FORMATS: tuple[Format, ...] = get_args(Format)
Write = Callable[[Report, BinaryIO], None]


def writer(name: Format) -> Write:
    """The writer of a format; its module is imported only now.

    Raises:
        ImportError: the format needs an extra that is not installed; the message names it.
    """
    return cast("Write", import_module(f"kabar.report.{name}").write)
