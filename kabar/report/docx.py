"""A Word document (OOXML) whose headings are headings, so that Word's navigation and table of contents work."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any, BinaryIO

from kabar.export.rows import CONTROL
from kabar.report.document import Block, Bullets, Entry, Heading, Paragraph, Report, Span

FAINT = 0x59, 0x59, 0x59
LINK = 0x0B, 0x57, 0xA4


def write(report: Report, out: BinaryIO) -> None:
    """Writes the document.

    Raises:
        ImportError: python-docx is missing: `pip install 'kabar[office]'`.
    """
    try:
        from docx import Document
    except ImportError as error:
        raise ImportError("docx needs python-docx: pip install 'kabar[office]'") from error
    document = Document()
    _set_page(document)
    document.core_properties.title = CONTROL.sub("", report.title)[:255]
    document.core_properties.author = "kabar"
    document.core_properties.language = report.language
    document.add_heading(CONTROL.sub("", report.title), level=0)
    facts = document.add_table(rows=0, cols=2)
    for label, value in report.facts:
        for cell, text in zip(facts.add_row().cells, (label, value), strict=True):
            cell.text = CONTROL.sub("", text)
    for block in report.blocks:
        _block(document, block)
    buffer = io.BytesIO()  # a zip file is written at its end: a seekable buffer serves every kind of stream
    document.save(buffer)
    out.write(buffer.getvalue())


def _set_page(document: Any) -> None:
    """A4, with the page's number at its foot: a field, which Word counts itself."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    (section,) = document.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    section.footer.paragraphs[0]._p.append(field)


def _block(document: Any, block: Block) -> None:
    match block:
        case Heading(text=text):
            document.add_heading(CONTROL.sub("", text), level=1)
        case Entry(number=number, text=text):
            document.add_heading(CONTROL.sub("", f"{number}. {text}"), level=2)
        case Paragraph(spans=spans, faint=faint):
            _fill(document.add_paragraph(), spans, faint)
        case Bullets(items=items):
            for item in items:
                _fill(document.add_paragraph(style="List Bullet"), item, True)


def _fill(paragraph: Any, spans: Iterable[Span], faint: bool) -> None:
    from docx.shared import Pt, RGBColor

    paragraph.paragraph_format.space_after = Pt(4)
    for span in spans:
        text = CONTROL.sub("", span.text or span.link or "")
        if span.link:
            run = _linked(paragraph, text, CONTROL.sub("", span.link))
            run.font.color.rgb = RGBColor(*LINK)
        else:
            run = paragraph.add_run(text)
            if faint:
                run.font.color.rgb = RGBColor(*FAINT)
        if faint:
            run.font.size = Pt(9)


def _linked(paragraph: Any, text: str, link: str) -> Any:
    """A run inside a hyperlink, for which python-docx has no call of its own."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    relation = paragraph.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    hyperlink = OxmlElement("w:hyperlink")
    hyperlink.set(qn("r:id"), relation)
    run = paragraph.add_run(text)
    run.font.underline = True
    hyperlink.append(run._r)
    paragraph._p.append(hyperlink)
    return run
