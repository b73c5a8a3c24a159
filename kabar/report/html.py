"""One HTML page that needs nothing else: no scripts, no pictures, no address but those of the articles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from lxml import etree

from kabar.export.rows import CONTROL
from kabar.report.document import Block, Bullets, Entry, Heading, Paragraph, Report, Span

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a }
h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2.5rem; border-bottom: 1px solid #bbb }
h3 { font-size: 1rem; margin: 1.5rem 0 0 } p, ul { margin: .2rem 0 } .faint { color: #595959; font-size: .875rem }
dl { display: grid; grid-template-columns: max-content auto; gap: .1rem 1rem } dt { color: #595959 } dd { margin: 0 }
a { color: #0b57a4; overflow-wrap: anywhere }
@media print { body { margin: 0; max-width: none } h3 { break-after: avoid } }
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write(report: Report, out: BinaryIO) -> None:
    """Writes the page."""
    page = etree.Element("html", lang=report.language)
    head = etree.SubElement(page, "head")
    etree.SubElement(head, "meta", charset="utf-8")
    etree.SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": POLICY})
    etree.SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    _add(head, "title", (Span(report.title),))
    etree.SubElement(head, "style").text = STYLE
    body = etree.SubElement(etree.SubElement(page, "body"), "main")
    _add(body, "h1", (Span(report.title),))
    facts = etree.SubElement(body, "dl")
    for label, value in report.facts:
        _add(facts, "dt", (Span(label),))
        _add(facts, "dd", (Span(value),))
    for block in report.blocks:
        _block(body, block)
    out.write(etree.tostring(page, encoding="utf-8", method="html", doctype="<!doctype html>"))


def _block(body: etree._Element, block: Block) -> None:
    match block:
        case Heading(text=text):
            _add(body, "h2", (Span(text),))
        case Entry(number=number, text=text):
            _add(body, "h3", (Span(f"{number}. {text}"),)).set("id", f"n{number}")
        case Paragraph(spans=spans, faint=faint):
            paragraph = _add(body, "p", spans)
            if faint:
                paragraph.set("class", "faint")
        case Bullets(items=items):
            bullets = etree.SubElement(body, "ul")
            for item in items:
                _add(bullets, "li", item)


def _add(parent: etree._Element, tag: str, spans: Iterable[Span]) -> etree._Element:
    """Adds an element that holds a line; lxml escapes whatever stands in it."""
    element = etree.SubElement(parent, tag)
    for span in spans:
        inner = etree.SubElement(element, "a" if span.link else "span")
        inner.text = CONTROL.sub("", span.text or span.link or "")
        if span.link:
            inner.set("href", CONTROL.sub("", span.link))
            inner.set("rel", "noreferrer")
    return element
