"""Documents of every kind, made here: good ones and hostile ones."""

import io
import zipfile

import docx
from pypdf import PdfReader, PdfWriter

BLOB = b"\x00" * (60 * 1024 * 1024)


def pdf(pages: list[str], padding: int = 0) -> bytes:
    """A PDF with a line of text for each line of each page; `padding` bytes of an unused stream make it larger."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for page in pages:
        lines = "".join(
            f"({line.replace(chr(92), '').replace('(', '').replace(')', '')}) Tj T* " for line in page.split("\n")
        )
        content = f"BT /F1 11 Tf 14 TL 50 780 Td {lines}ET".encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            b"/Contents %d 0 R >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (b" ".join(kids), len(kids))
    if padding:
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (padding, b"\x55" * padding))
    return _file(objects)


def placed_pdf(runs: list[tuple[int, int, str]]) -> bytes:
    """A PDF of one page with each text at its place (x, y; points from the lower left), its characters from left to
    right, half an em wide. At most 200 different characters."""
    codes = {one: code for code, one in enumerate(sorted({one for _, _, text in runs for one in text}), start=33)}
    shown = "".join(f"1 0 0 1 {x} {y} Tm <{''.join(f'{codes[one]:02x}' for one in text)}> Tj " for x, y, text in runs)
    content = f"BT /F1 11 Tf {shown}ET".encode()
    meant = "".join(f"<{code:02x}> <{one.encode('utf-16-be').hex()}>\n" for one, code in codes.items())
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange\n<00> <ff>\n"
        f"endcodespacerange\n{len(codes)} beginbfchar\n{meant}endbfchar\nendcmap end end"
    ).encode()
    widths = " ".join(["500"] * len(codes)).encode()
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            b"<< /Type /Font /Subtype /TrueType /BaseFont /Some /FirstChar 33 /LastChar %d /Widths [%b] "
            b"/ToUnicode 6 0 R >>" % (32 + len(codes), widths),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            b"/Contents 5 0 R >>",
            b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
            b"<< /Length %d >>\nstream\n%b\nendstream" % (len(to_unicode), to_unicode),
        ]
    )


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def encrypted_pdf(text: str, password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([text]))))
    writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(parts: list[tuple[str, str]]) -> bytes:
    """A docx of (style, text): styles are Title, Heading 1 … and Normal; "Table" makes a row of cells parted by |."""
    document = docx.Document()
    for style, text in parts:
        if style == "Table":
            cells = text.split("|")
            table = document.add_table(rows=1, cols=len(cells))
            for cell, value in zip(table.rows[0].cells, cells, strict=True):
                cell.text = value
        else:
            document.add_paragraph(text, style=style)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


_OFFICE = "http://schemas.openxmlformats.org"
_STRICT = "http://purl.oclc.org/ooxml"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def docx_of(
    body: str, parts: dict[str, str | bytes] | None = None, *, strict: bool = False, main: str = "word/document.xml"
) -> bytes:
    """A docx from XML. `parts` by their kind (`styles`, `footnotes` …) or by `kind:name`; each has its kind as the id
    of its relationship, numbered (`header1`) where there are several."""
    office = _STRICT if strict else _OFFICE
    spaces = {
        "w": f"{office}/wordprocessingml/main" if strict else f"{office}/wordprocessingml/2006/main",
        "r": f"{office}/officeDocument/relationships" if strict else f"{office}/officeDocument/2006/relationships",
        "m": f"{office}/officeDocument/math" if strict else f"{office}/officeDocument/2006/math",
        "a": f"{office}/drawingml/main" if strict else f"{office}/drawingml/2006/main",
        "c": f"{office}/drawingml/chart" if strict else f"{office}/drawingml/2006/chart",
        "dgm": f"{office}/drawingml/diagram" if strict else f"{office}/drawingml/2006/diagram",
        "mc": f"{_OFFICE}/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }
    named = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in spaces.items())
    kinds = spaces["r"]
    folder, _, name = main.rpartition("/")
    entries: dict[str, bytes] = {
        "_rels/.rels": _relations([("rId1", f"{kinds}/officeDocument", f"/{main}")]),
        main: f"<w:document {named}><w:body>{body}</w:body></w:document>".encode(),
    }
    related = []
    for key, content in (parts or {}).items():
        kind, _, target = key.partition(":")
        target = target or f"{kind}.xml"
        if isinstance(content, str):
            content = content.replace(" xmlns", f" {named}", 1).encode()
        entries[f"{folder}/{target}"] = content
        related.append((kind, f"{kinds}/{kind.rstrip('0123456789')}", target))
    entries[f"{folder}/_rels/{name}.rels"] = _relations(related)
    listed = f'<Override PartName="/{main}" ContentType="{_TYPES}.document.main+xml"/>'
    types = f'<Types xmlns="{_OFFICE}/package/2006/content-types">{listed}</Types>'
    return zipped({"[Content_Types].xml": types.encode()} | entries)


def _relations(related: list[tuple[str, str, str]]) -> bytes:
    rows = "".join(f'<Relationship Id="{key}" Type="{type_}" Target="{target}"/>' for key, type_, target in related)
    return f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">{rows}</Relationships>'.encode()


def zipped(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    """A docx of 60 KB that unpacks to 60 MB."""
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": BLOB})


def with_macros() -> bytes:
    return zipped({"word/document.xml": b"<w/>", "word/vbaProject.bin": b"Sub AutoOpen()"})


def encrypted_office() -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 400
