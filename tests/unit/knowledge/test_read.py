"""Documents of every kind as blocks, and the named errors of the others."""

import io
import zipfile
from pathlib import Path

import pytest

from api.knowledge.extraction import read
from api.knowledge.extraction.blocks import DOCX, HTML, MARKDOWN, PDF, PLAIN, Block, MediaType, Unreadable
from tests.support import files


def blocks(tmp_path: Path, content: bytes, media_type: MediaType) -> list[Block]:
    path = tmp_path / "document"
    path.write_bytes(content)
    return list(read.blocks(path, media_type))


def test_plain_text_keeps_paragraphs_and_pages(tmp_path: Path) -> None:
    assert blocks(tmp_path, b"One\r\nstill one.\r\n\r\nTwo\fThree", PLAIN) == [
        Block("One still one.", (), 1), Block("Two", (), 1), Block("Three", (), 2),
    ]  # fmt: skip


def test_markdown_keeps_headings_and_loses_marks(tmp_path: Path) -> None:
    text = (
        "# Verbs\n\nSome **strong** [words](http://x).\n\n## Past\n\n- went\n\n"
        "| a | b |\n|---|---|\n| c | d |\n\n# End\n\nx"
    )
    found = blocks(tmp_path, text.encode(), MARKDOWN)
    assert found[0] == Block("Some strong words.", ("Verbs",))
    assert found[1] == Block("went", ("Verbs", "Past"))
    assert {one.text for one in found[2:6]} == {"a", "b", "c", "d"}
    assert found[-1] == Block("x", ("End",))


def test_html_shows_what_a_reader_sees(tmp_path: Path) -> None:
    text = (
        "<html><head><title>t</title><style>p{}</style></head><body><nav>menu</nav><h1>Top <i>one</i></h1>"
        "<p>Hello <b>bold</b><br>there &amp; here</p><script>alert(1)</script><h2>Sub</h2>loose<ul><li>a</li></ul>"
    )
    assert blocks(tmp_path, text.encode(), HTML) == [
        Block("Hello bold there & here", ("Top one",)), Block("loose", ("Top one", "Sub")),
        Block("a", ("Top one", "Sub")),
    ]  # fmt: skip


def test_pdf_keeps_pages(tmp_path: Path) -> None:
    found = blocks(tmp_path, files.pdf(["First page with inter-\nnational words.", "Second page."]), PDF)
    assert found == [Block("First page with international words.", (), 1), Block("Second page.", (), 2)]


def test_word_keeps_headings_and_rows(tmp_path: Path) -> None:
    content = files.word(
        [("Title", "Course"), ("Heading 1", "Past"), ("Normal", "I went."), ("Table", "go|went"), ("Heading 1", "Next"),
         ("Heading 2", "Deep"), ("Normal", "I will go.")]
    )  # fmt: skip
    assert blocks(tmp_path, content, DOCX) == [
        Block("I went.", ("Course", "Past")), Block("go | went", ("Course", "Past")),
        Block("I will go.", ("Course", "Next", "Deep")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "media_type", "code"),
    [
        (files.encrypted_pdf("Secret", "pass"), PDF, "encrypted"),
        (b"%PDF-1.4\nnonsense", PDF, "broken"),
        (files.pdf([""]), PDF, "empty"),
        (files.bomb(), DOCX, "zip_bomb"),
        (files.with_macros(), DOCX, "macros"),
        (files.zipped({"a.txt": b"hello"}), DOCX, "unsupported"),
        (b"PK\x03\x04nonsense", DOCX, "broken"),
        (files.zipped({"word/document.xml": b"<broken", "[Content_Types].xml": b"<x"}), DOCX, "broken"),
        (b" \n\n ", PLAIN, "empty"),
        (b"<html><script>x</script></html>", HTML, "empty"),
        (b"word " * 1_100_000, PLAIN, "too_long"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, content: bytes, media_type: MediaType, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        blocks(tmp_path, content, media_type)
    assert caught.value.code == code


def test_a_pdf_that_opens_without_a_password_is_read(tmp_path: Path) -> None:
    assert blocks(tmp_path, files.encrypted_pdf("Open to all", ""), PDF)[0].text == "Open to all"


def test_external_entities_are_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("TOP SECRET")
    attack = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]><w:document xmlns:w='
        '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p>'
        "</w:body></w:document>"
    ).encode()
    original = zipfile.ZipFile(io.BytesIO(files.word([("Normal", "x")])))
    content = files.zipped(
        {name: attack if name == "word/document.xml" else original.read(name) for name in original.namelist()}
    )
    try:
        assert not any("SECRET" in one.text for one in blocks(tmp_path, content, DOCX))
    except Unreadable as verdict:
        assert verdict.code in ("broken", "empty")
