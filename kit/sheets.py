"""Tables as CSV files that spreadsheets open: RFC 4180, with the mark by which Excel knows UTF-8."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

MEDIA_TYPE = "text/csv"
_MARK = "\ufeff"
_FORMULA = tuple("=+-@＝＋－＠")
_BREAK = ("\t", "\r", "\n")  # where some spreadsheets begin a cell of their own

Cell = str | int | float | datetime | None


def written(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The file's text. Moments are in UTC, to the second (`2026-11-23 19:00:00`); None is an empty cell.

    A text that a spreadsheet would run as a formula gets an apostrophe before it, which spreadsheets take for "this is
    text" (OWASP, CSV injection).
    """
    file = io.StringIO(newline="")
    lines = csv.writer(file)
    lines.writerow(columns)
    lines.writerows([_cell(cell) for cell in row] for row in rows)
    return _MARK + file.getvalue()


def _cell(value: Cell) -> str | int | float | None:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, str) and (value.startswith(_BREAK) or value.lstrip().startswith(_FORMULA)):
        return f"'{value}"
    return value
