"""Reading a list of people from the text of a CSV file. Pure rules: nothing is looked up."""

import csv
import io
from dataclasses import dataclass

COLUMNS = ("email", "username", "full_name", "plan", "timezone", "native_language")
MOST_LINES = 2_000


@dataclass(frozen=True, slots=True)
class Line:
    """`number` is that of the file, from 1. `fields` are those that are not empty; `fault` is why it cannot be read."""

    number: int
    fields: dict[str, str]
    fault: str | None = None


def read(text: str) -> list[Line]:
    """The lines after the first, which names the columns; empty ones are left out. A file that cannot be read is one
    faulty line."""
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[Line] = []
    try:
        columns = [name.strip().lower().replace(" ", "_") for name in next(rows, [])]
        if (fault := _fault_of(columns)) is not None:
            return [Line(1, {}, fault)]
        before = rows.line_num
        for row in rows:
            number, before = before + 1, rows.line_num
            if not any(cell.strip() for cell in row):
                continue
            if len(lines) == MOST_LINES:
                return [Line(number, {}, f"a file may have {MOST_LINES} lines: divide it")]
            lines.append(_line(number, columns, row))
    except csv.Error as error:
        lines.append(Line(rows.line_num, {}, f"cannot be read: {error}"))
    return lines or [Line(1, {}, "the file names no people")]


def _line(number: int, columns: list[str], row: list[str]) -> Line:
    if any("\ufffd" in cell for cell in row):  # programs put it where a byte is no UTF-8
        return Line(number, {}, "has characters that are not UTF-8: save the file as “CSV UTF-8”")
    if len(row) > len(columns):
        return Line(number, {}, f"has {len(row)} columns, and the first line names {len(columns)}")
    fields = {name: cell.strip() for name, cell in zip(columns, row, strict=False) if cell.strip()}
    return Line(number, fields, None if "email" in fields else "email: is missing")


def _fault_of(columns: list[str]) -> str | None:
    unknown = [name for name in columns if name not in COLUMNS]
    if unknown:
        return f"the first line names the columns; {unknown[0][:40]!r} is none of {', '.join(COLUMNS)}"
    if len(set(columns)) < len(columns):
        return "the first line names a column twice"
    return None if "email" in columns else "the first line names the columns, and email is missing"
