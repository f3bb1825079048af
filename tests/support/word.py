"""Word documents, built from their elements."""

from pathlib import Path

from api.knowledge.extraction import read
from api.knowledge.extraction.blocks import DOCX, Block


def shown(tmp_path: Path, content: bytes) -> list[Block]:
    path = tmp_path / "document"
    path.write_bytes(content)
    return list(read.blocks(path, DOCX))


def texts(tmp_path: Path, content: bytes) -> list[str]:
    return [block.text for block in shown(tmp_path, content)]


def p(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"
