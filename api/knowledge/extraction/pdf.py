"""PDF, page by page."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from api.knowledge.extraction import right_to_left
from api.knowledge.extraction.blocks import MOST_PAGES, Block, Unreadable

_HIDDEN = 2 | 32  # flags of an annotation: hidden, or not shown on the screen
_PASSWORD = 1 << 13  # flag of a field
_DEEPEST_FIELD = 20
_MOST_OBJECTS = 500_000


def read_pdf(path: Path) -> Iterator[Block]:
    """One block for each page. A file that opens with an empty password does not count as encrypted. A page that cannot
    be read is left out as long as there is one that can be, as in a viewer."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        yield from _pages(_opened(path))
    except Unreadable:
        raise
    except MemoryError:
        raise Unreadable("too_much_memory") from None
    except (PyPdfError, NotImplementedError) as error:
        # pypdf asks for an optional package to decrypt AES files: for us that is an encrypted file too.
        raise Unreadable("encrypted" if "crypt" in str(error).lower() else "broken") from error
    except Exception as error:  # a parser of hostile files fails in many ways; all mean the same
        raise Unreadable("broken") from error


def _opened(path: Path) -> PdfReader:
    """Also of a file whose end is missing, as after a broken download: pypdf looks for the objects when there is a
    trailer that is wrong, but not when there is none."""
    try:
        reader = PdfReader(path, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("encrypted")
        pages = len(reader.pages)
    except (Unreadable, MemoryError):
        raise
    except Exception:
        content = path.read_bytes()
        if b"/Encrypt" in content:
            raise
        objects = min(content.count(b" obj") + content.count(b"/ObjStm") * 200, _MOST_OBJECTS)
        content += b"\ntrailer\n<</Size %d>>\nstartxref\n0\n%%%%EOF\n" % (objects + 1)
        reader = PdfReader(io.BytesIO(content), strict=False)
        pages = len(reader.pages)
    if pages > MOST_PAGES:
        raise Unreadable("too_long")
    return reader


def _pages(reader: PdfReader) -> Iterator[Block]:
    failed: Exception | None = None
    read = 0
    for number, page in enumerate(reader.pages, start=1):
        try:
            text = _read(page)
        except MemoryError:
            raise
        except Exception as error:  # see above; the next page may be well
            failed, text = error, ""
        else:
            read += 1
        yield Block("\n".join([text, *_filled_in(page)]), page=number)
    if failed is not None and not read:
        raise failed


def _read(page: PageObject) -> str:
    """The page's text in the order of the file. One of Hebrew or Arabic is read as it looks instead: pypdf leaves out
    spaces where the next word stands to the left, and puts numbers and names of other scripts at wrong places."""
    text = page.extract_text() or ""
    leftward = right_to_left.letters(text)
    if leftward * 2 < sum(map(str.isalpha, text)) or not leftward:
        return text
    try:
        seen = page.extract_text(extraction_mode="layout", layout_mode_strip_rotated=False)
    except MemoryError:
        raise
    except Exception:  # what could be read in the simpler way is better than nothing
        return text
    read = "\n".join(right_to_left.joined(right_to_left.as_read(line), text) for line in seen.splitlines())
    return read if sum(map(str.isalnum, read)) >= sum(map(str.isalnum, text)) else text


def _filled_in(page: PageObject) -> list[str]:
    """What a viewer shows above the page: the values of form fields, and notes that were typed onto it."""
    try:
        annotations = [one.get_object() for one in page.get("/Annots") or ()]
        return [text for one in annotations if (text := _shown(one)).strip()]
    except Exception:  # the page's own text counts all the same
        return []


def _shown(annotation: Any) -> str:
    if int(annotation.get("/F", 0)) & _HIDDEN:
        return ""
    match annotation.get("/Subtype"):
        case "/FreeText":
            return _text(annotation.get("/Contents"))
        case "/Widget" if _field(annotation, "/FT") in ("/Tx", "/Ch"):
            return "" if int(_field(annotation, "/Ff") or 0) & _PASSWORD else _text(_field(annotation, "/V"))
    return ""


def _field(annotation: Any, key: str) -> Any:
    """A field's property, which its parents may hold."""
    for _ in range(_DEEPEST_FIELD):
        if (value := annotation.get(key)) is not None:
            return value.get_object()
        if (parent := annotation.get("/Parent")) is None:
            return None
        annotation = parent.get_object()
    return None


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_text(one) for one in value)
    return str(value) if isinstance(value, str) and not value.startswith("/") else ""
