"""PDF, page by page."""

import logging
from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from api.knowledge.extraction.blocks import MOST_PAGES, Block, Unreadable


def read_pdf(path: Path) -> Iterator[Block]:
    """One block a page. A file that opens with an empty password is not counted as encrypted."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(path, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("encrypted")
        if len(reader.pages) > MOST_PAGES:
            raise Unreadable("too_long")
        for number, page in enumerate(reader.pages, start=1):
            yield Block(page.extract_text() or "", page=number)
    except Unreadable:
        raise
    except MemoryError:
        raise Unreadable("too_much_memory") from None
    except (PyPdfError, NotImplementedError) as error:
        # pypdf asks for an optional package to decrypt AES files: for us that is an encrypted file too.
        raise Unreadable("encrypted" if "crypt" in str(error).lower() else "broken") from error
    except Exception as error:  # a parser of hostile files fails in many ways; all mean the same
        raise Unreadable("broken") from error
