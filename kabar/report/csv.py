"""CSV (RFC 4180) of the report's first sheet, in UTF-8 with a byte order mark, as spreadsheets want it."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from kabar.export.rows import safe_cell
from kabar.report.document import Report


def write(report: Report, out: BinaryIO) -> None:
    """Writes a head line and the rows; cells cannot run as formulas."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    table = csv.writer(text)
    sheet = report.sheets[0]
    table.writerow(sheet.columns)
    table.writerows([safe_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in sheet.rows)
    text.detach()
