"""A document's type comes from its bytes."""

from pathlib import Path

import pytest

from api.knowledge.extraction import charsets, read, sniff
from api.knowledge.extraction.blocks import DOCX, HTML, MARKDOWN, PDF, PLAIN, Unreadable
from tests.support import files


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (files.pdf(["Hello"]), "notes.txt", PDF),
        (files.word([("Normal", "Hello")]), "notes.pdf", DOCX),
        (b"<!DOCTYPE html><p>Hello", "notes.txt", HTML),
        (b"<!-- made by hand -->\n<html>", "page", HTML),
        (b"Hello <b>you</b>", "page.html", HTML),
        (b"# Title\n\nText", "readme.md", MARKDOWN),
        (b"# Title\n\nText", "readme", MARKDOWN),
        (b"# Title\n\nText", "readme.txt", PLAIN),
        ("Grüße".encode("cp1252"), "a.txt", PLAIN),
        ("Grüße".encode("utf-16"), "a.txt", PLAIN),
    ],
)
def test_the_name_does_not_decide(content: bytes, name: str, media_type: str) -> None:
    assert sniff.media_type(content[: sniff.HEAD_BYTES], content[-sniff.HEAD_BYTES :], name) == media_type


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n\x00", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "unsupported"),
        (b"\x7fELF\x02\x01\x01\x00", "unsupported"),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00", "unsupported"),
        (b"SQLite format 3\x00\x10\x00\x01\x01\x00", "unsupported"),
        (b"notes.txt".ljust(100, b"\x00") + b"0000644\x00" * 3 + bytes(380) + b"Some text. " * 400, "unsupported"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "unsupported"),
        (bytes(range(256)) * 8, "unsupported"),
        (files.encrypted_office(), "encrypted"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"WordDocument" * 10, "unsupported"),
    ],
)
def test_what_is_no_document_is_named(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        sniff.media_type(content, content, "a.pdf")
    assert caught.value.code == code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_decoded_by_what_it_is(encoding: str) -> None:
    assert charsets.text("Grüße “hier”".encode(encoding)) == "Grüße “hier”"


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"<!-- a -- b --> \n<!----><html>", HTML),
        (b"<!---->" * 500 + b"<body>", HTML),
        (b"<!---->" * 500 + b"x", PLAIN),
        (b"<!-- never closed " * 200, PLAIN),
    ],
)
def test_comments_before_the_first_element_are_passed_at_once_however_many(head: bytes, media_type: str) -> None:
    assert sniff.media_type(head, b"", "a.txt") == media_type


PDF_TEXT = b"Every PDF begins with %PDF-1.4 and ends with %%EOF; see startxref."


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PDF_TEXT, "about.txt"),
        (b"%PDF-1.7 is what the first line says, and 1 0 obj follows.", "notes"),
        (b"# How a PDF looks\n\n%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n", "how.md"),
        (b"One.\r\n\r\nTwo.\x1a", "dos.txt"),
        (b"One.\x1a\x1a\x1a", "dos.txt"),
        (b"first line\x0bsecond line", "word.txt"),
        (b"page one\x0cpage two", "pages.txt"),
        (b"NAME\n     b\x08bo\x08ol\x08ld\n", "ls.man"),
        (b"\x1b[1mbold\x1b[0m text", "log"),
        (b"Hello\x03 world", "keystroke.txt"),
        (b"Hello world\x00", "ended.txt"),
        (b"Hello world" + bytes(4000), "padded.txt"),
        (b"Hello\x00world", "c.txt"),
        ("Привет\x01, мир".encode(), "soh.txt"),
        (b"# Title\n\nText\x02", "stx.md"),
        (b"a bell \x07 in a long enough text that has nothing else strange about it" * 2, "bell.txt"),
    ],
)
def test_texts_may_hold_what_they_like(content: bytes, name: str) -> None:
    assert sniff.media_type(content, content, name) in (PLAIN, MARKDOWN)


@pytest.mark.parametrize(
    "content",
    [
        b"\r\n\r\n" + files.pdf(["Hello"]),
        b"\xef\xbb\xbf" + files.pdf(["Hello"]),
        b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n" + files.pdf(["Hello"]),
        files.pdf(["Hello"]).replace(b"%PDF-1.4\n", b"%PDF-1.4%\xe2\xe3\xcf\xd3\r"),
        files.pdf(["Hello"])[:-30],
    ],
)
def test_a_pdf_is_one_though_something_stands_before_it(content: bytes) -> None:
    head, tail = content[: sniff.HEAD_BYTES], content[-sniff.HEAD_BYTES :]
    assert sniff.media_type(head, tail, "received.bin") == PDF


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_controls_are_not_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"<p>Hello\x03 big\x00world\x00" if name == "a.html" else b"Hello\x03 big\x00world\x00")
    content = path.read_bytes()
    found = list(read.blocks(path, sniff.media_type(content, content, name)))
    assert [one.text for one in found] == ["Hello big world"]


LETTER = (
    b"From: a@b.c\r\nReceived: by x\r\n\tfor y\r\nMIME-Version: 1.0\r\nContent-Transfer-Encoding: base64\r\n\r\nVGhl"
)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (rb"{\rtf1\ansi The \b giraffe\b0 .\par}", "a.rtf"),
        (rb"{\rtf1\ansi The \b giraffe\b0 .\par}", "a.txt"),
        (LETTER, "a.eml"),
        (LETTER, "a.txt"),
        (b"Subject: a note\r\n\r\nHello", "a.eml"),
        (b'<?xml version="1.0"?><office:document xmlns:office="x"><office:body/></office:document>', "a.fodt"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="x"/>', "a.xml"),
        ("The giraffe reads Tolstoy on Wednesday. ".encode("cp037") * 3, "a.txt"),
    ],
)
def test_codes_of_programs_are_no_text(content: bytes, name: str) -> None:
    with pytest.raises(Unreadable, match="unsupported"):
        sniff.media_type(content, content, name)


@pytest.mark.parametrize(
    "content",
    [
        rb"A file of rich text begins with {\rtf1.",
        b"Note: a letter has a header.\r\n\r\nMIME-Version: 1.0 stands in it.",
        b"<?xml version='1.0'?><book><p>Hello</p></book>",
        rb"\documentclass{article}\begin{document}Hello",
    ],
)
def test_texts_may_speak_of_them(content: bytes) -> None:
    assert sniff.media_type(content, content, "a.txt") == PLAIN


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be", "iso2022_jp"])
@pytest.mark.parametrize("text", ["The giraffe reads.\nAgain.", "\u7d2b\u306e\u30ad\u30ea\u30f3\u3002 \u8aad\u3080"])
def test_texts_without_a_mark_are_read_by_what_they_are(encoding: str, text: str) -> None:
    raw = text.encode(encoding)
    assert sniff.media_type(raw, raw, "a.txt") == PLAIN
    assert charsets.text(raw) == text
