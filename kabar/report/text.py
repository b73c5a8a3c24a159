"""Plain text in UTF-8, lines unbroken, as messengers want it; links stand after what leads to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from kabar.printable import printable
from kabar.report.document import Block, Bullets, Entry, Heading, Paragraph, Report, Span


def write(report: Report, out: BinaryIO) -> None:
    """Writes the report."""
    for line in _lines(report):
        out.write(printable(line).encode() + b"\n")


def _lines(report: Report) -> Iterator[str]:
    yield report.title.upper()
    for label, value in report.facts:
        yield f"{label}: {value}"
    for block in report.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text=text):
            yield from ("", "", f"== {text} ==")
        case Entry(number=number, text=text):
            yield from ("", f"{number}. {text}")
        case Paragraph(spans=spans):
            yield _line(spans)
        case Bullets(items=items):
            yield from (f"- {_line(item)}" for item in items)


def _line(spans: Iterable[Span]) -> str:
    return "".join(f"{span.text} {span.link}".lstrip() if span.link else span.text for span in spans)
