"""An Excel workbook: what the report is about, then its sheets, with filters and frozen heads; no cell is a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from kabar.export.xlsx import cells, workbook
from kabar.report.document import Report, Sheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook

NARROW, WIDE, MOST = 8, 60, 31  # characters: least and most of a column, most of a sheet's name


def write(report: Report, out: BinaryIO) -> None:
    """Writes the workbook.

    Raises:
        ImportError: XlsxWriter is missing: `pip install 'kabar[office]'`.
    """
    with workbook(out) as book:
        book.set_properties({"title": report.title[:255], "author": "kabar"})
        for sheet in report.sheets:
            _write_sheet(book, sheet)
        about = book.add_worksheet(report.title[:MOST])
        about.set_column(0, 0, 20)
        about.set_column(1, 1, WIDE)
        for at, fact in enumerate(report.facts):
            about.write_row(at, 0, cells(*fact))


def _write_sheet(book: Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name[:MOST])
    bold = book.add_format({"bold": True})
    percent, plain = book.add_format({"num_format": "0%"}), book.add_format({})
    page.write_row(0, 0, sheet.columns, bold)
    page.freeze_panes(1, 0)
    for at, row in enumerate(sheet.rows, 1):
        page.write_row(at, 0, cells(*row))
    for column, name in enumerate(sheet.columns):
        longest = max((len(str(row[column])) for row in sheet.rows if row[column] is not None), default=0)
        width = min(max(len(name) + 2, longest, NARROW), WIDE)
        page.set_column(column, column, width, percent if column in sheet.percent else plain)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
