"""Word documents (docx)."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

from api.knowledge.extraction.blocks import Block, Unreadable

_MOST_ENTRIES = 5_000
_MOST_UNPACKED = 200 * 1024 * 1024
_MOST_RATIO = 200
_RATIO_COUNTS_FROM = 1024 * 1024


def read_docx(path: Path) -> Iterator[Block]:
    """Paragraphs and table rows under their headings. Unreadable for bombs, macros, other zips and broken files."""
    _check(path)
    try:
        document = docx.Document(str(path))
        outline: list[tuple[int, str]] = []
        for item in document.iter_inner_content():
            if isinstance(item, Paragraph):
                level = _level(item)
                if level is not None and item.text.strip():
                    outline = [one for one in outline if one[0] < level] + [(level, item.text.strip())]
                elif level is None:
                    yield Block(item.text, tuple(title for _, title in outline))
            else:
                yield from _rows(item, tuple(title for _, title in outline))
    except MemoryError:
        raise Unreadable("too_much_memory") from None
    except Unreadable:
        raise
    except Exception as error:  # a parser of hostile files fails in many ways; all mean the same
        raise Unreadable("broken") from error


def _rows(table: Table, headings: tuple[str, ...]) -> Iterator[Block]:
    for row in table.rows:
        cells = list(dict.fromkeys(cell.text.strip() for cell in row.cells))
        yield Block(" | ".join(cell for cell in cells if cell), headings)


def _level(paragraph: Paragraph) -> int | None:
    name = paragraph.style.name if paragraph.style is not None and paragraph.style.name else ""
    if name == "Title":
        return 0
    number = name.removeprefix("Heading ")
    return int(number) if number != name and number.isdigit() else None


def _check(path: Path) -> None:
    """Look at the zip's directory before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unreadable("broken") from error
    names = {entry.filename for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(sum(entry.compress_size for entry in entries), 1)
    if len(entries) > _MOST_ENTRIES or unpacked > _MOST_UNPACKED:
        raise Unreadable("zip_bomb")
    if unpacked > _RATIO_COUNTS_FROM and unpacked / packed > _MOST_RATIO:
        raise Unreadable("zip_bomb")
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise Unreadable("macros")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("encrypted")
    if "word/document.xml" not in names:
        raise Unreadable("unsupported")
