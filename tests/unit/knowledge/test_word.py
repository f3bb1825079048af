"""Word documents as Word shows them: what is in wrappers, in boxes and in parts of their own is read, what is deleted,
hidden or written twice is not."""

from pathlib import Path

import pytest

from api.knowledge.extraction import read
from api.knowledge.extraction.blocks import DOCX, Block, Unreadable
from tests.support import files


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


def sdt(content: str) -> str:
    return f'<w:sdt><w:sdtPr><w:alias w:val="no"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def char(kind: str, inside: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'


def instruction(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def drawing_box(content: str) -> str:
    inside = f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
    return f"<w:drawing><a:graphic><wps:wsp>{inside}</wps:wsp></a:graphic></w:drawing>"


def old_box(content: str) -> str:
    return f"<w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>"


def twice(new: str, old: str) -> str:
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


INLINE = {
    "an insertion": (r("a ") + f'<w:ins w:id="1">{r("new ")}</w:ins>' + r("b"), "a new b"),
    "a deletion": (r("a ") + "<w:del><w:r><w:delText>old </w:delText></w:r></w:del>" + r("b"), "a b"),
    "an insertion that was deleted": (r("a ") + f"<w:ins><w:del>{r('x')}</w:del></w:ins>" + r("b"), "a b"),
    "a move": (f"<w:moveFrom>{r('here ')}</w:moveFrom>{r('then ')}<w:moveTo>{r('here')}</w:moveTo>", "then here"),
    "a content control": (r("Dear ") + sdt(r("Anna")) + r("!"), "Dear Anna!"),
    "controls in controls": (sdt(r("a") + sdt(r("b") + sdt(r("c")))), "abc"),
    "a smart tag": (r("in ") + f'<w:smartTag w:element="City"><w:smartTagPr/>{r("Paris")}</w:smartTag>', "in Paris"),
    "custom xml": (f'<w:customXml w:element="x"><w:customXmlPr/>{r("inside")}</w:customXml>', "inside"),
    "a link": (f'<w:hyperlink r:id="x">{r("the page")}</w:hyperlink>', "the page"),
    "a link in an insertion in a control": (sdt(f"<w:ins><w:hyperlink>{r('deep')}</w:hyperlink></w:ins>"), "deep"),
    "a simple field": (r("on ") + f'<w:fldSimple w:instr=" DATE ">{r("1 May")}</w:fldSimple>', "on 1 May"),
    "a field": (r("page ") + char("begin") + instruction("PAGE") + char("separate") + r("7") + char("end"), "page 7"),
    "a field in the instructions of another": (
        char("begin")
        + instruction("IF ")
        + char("begin")
        + instruction("X")
        + char("separate")
        + r("no")
        + char("end")
        + instruction(" = 1")
        + r("no")
        + char("separate")
        + r("yes")
        + char("end")
        + r(" after"),
        "yes after",
    ),
    "a field without a result": (r("a") + char("begin") + instruction("XE") + char("end") + r("b"), "ab"),
    "a field that never ends": (r("a ") + char("begin") + r("b ") + char("separate") + r("c"), "a b c"),
    "an end of no field": (r("a ") + char("end") + r("b"), "a b"),
    "a field in hidden runs": (
        f'<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r>{instruction("TC")}'
        f'<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="end"/></w:r>{r("shown")}',
        "shown",
    ),
    "a drop-down list of a form": (
        char(
            "begin",
            '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="red"/><w:listEntry w:val="blue"/>'
            "</w:ddList></w:ffData>",
        )
        + instruction("FORMDROPDOWN")
        + char("end"),
        "blue",
    ),
    "hidden text": (r("a ") + r("secret", "<w:vanish/>") + r("b", '<w:vanish w:val="0"/>'), "a b"),
    "tabs and breaks": ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t></w:r>", "a b c d"),
    "hyphens": (
        "<w:r><w:t>twenty</w:t><w:noBreakHyphen/><w:t>one syl</w:t><w:softHyphen/><w:t>lable</w:t></w:r>",
        "twenty-one syllable",
    ),
    "a symbol": (
        r("angle ") + '<w:r><w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Arial" w:char="2192"/></w:r>',
        "angle α→",
    ),
    "a formula": (
        r("so ") + "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>",
        "so a/b",
    ),
    "a direction": (f"<w:bdo w:val='rtl'><w:dir w:val='rtl'>{r('שלום')}</w:dir></w:bdo>", "שלום"),
    "old art of words": ("<w:r><w:pict><v:shape><v:textpath string='Sale'/></v:shape></w:pict></w:r>", "Sale"),
    "what nobody knows": (f"<x:y xmlns:x='urn:x'>{r('kept')}</x:y>", "kept"),
}


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("name", INLINE)
def test_a_paragraph_is_what_word_shows(tmp_path: Path, name: str, strict: bool) -> None:
    runs, expected = INLINE[name]
    assert texts(tmp_path, files.docx_of(p(runs), strict=strict)) == [expected]


BLOCKS = {
    "a control around paragraphs": (sdt(p(r("one")) + p(r("two"))), ["one", "two"]),
    "a control around a table": (sdt(table(row(cell(p(r("a"))), cell(p(r("b")))))), ["a | b"]),
    "a control around a row": (table(sdt(row(cell(p(r("a")))))), ["a"]),
    "a control around a cell": (table(row(sdt(cell(p(r("a")))), cell(p(r("b"))))), ["a | b"]),
    "a control in a cell": (table(row(cell(sdt(p(r("a") + sdt(r("b"))))))), ["ab"]),
    "a table in a cell": (
        table(row(cell(p(r("out")) + table(row(cell(p(r("in"))), cell(p(r("side"))))) + p()), cell(p(r("last"))))),
        ["out in | side | last"],
    ),
    "the same in two cells": (table(row(cell(p(r("5"))), cell(p(r("5"))))), ["5 | 5"]),
    "a cell over two rows": (
        table(
            row(cell(p(r("Fruit")), '<w:vMerge w:val="restart"/>'), cell(p(r("apple")))),
            row(cell(p(), "<w:vMerge/>"), cell(p(r("pear")))),
        ),
        ["Fruit | apple", "Fruit | pear"],
    ),
    "rows that were deleted and inserted": (
        table(row(cell(p(r("old"))), properties="<w:del/>"), row(cell(p(r("new"))), properties="<w:ins/>")),
        ["new"],
    ),
    "an insertion around a row": (table(f"<w:ins>{row(cell(p(r('a'))))}</w:ins>"), ["a"]),
    "a paragraph whose end was deleted": (
        p(r("one "), properties="<w:rPr><w:del/></w:rPr>") + p(r("line")) + p(r("two")),
        ["one line", "two"],
    ),
    "an end that is hidden": (
        p(r("Term. "), properties="<w:rPr><w:specVanish/></w:rPr>") + p(r("Text.")),
        ["Term. Text."],
    ),
    "a field over paragraphs": (
        p(char("begin"), instruction("TOC"), char("separate"), r("One 1")) + p(r("Two 2"), char("end")) + p(r("text")),
        ["One 1", "Two 2", "text"],
    ),
    "instructions over paragraphs": (
        p(char("begin"), r("no")) + p(r("no"), char("separate"), r("yes"), char("end")),
        ["yes"],
    ),
    "a box": (p(r("by"), f"<w:r>{drawing_box(p(r('in the box')))}</w:r>"), ["by", "in the box"]),
    "an old box": (p(f"<w:r>{old_box(p(r('in the old box')))}</w:r>"), ["in the old box"]),
    "a box for two ages": (
        p(r("by"), twice(drawing_box(p(r("box"))), old_box(p(r("box"))))),
        ["by", "box"],
    ),
    "a box that only the old can read": (p(twice("<w:drawing/>", old_box(p(r("box"))))), ["box"]),
    "a control in a box": (p(f"<w:r>{drawing_box(sdt(p(r('quote'))))}</w:r>"), ["quote"]),
    "a table in a box": (p(f"<w:r>{drawing_box(table(row(cell(p(r('t'))))))}</w:r>"), ["t"]),
    "a box in a box": (
        p("<w:r>" + drawing_box(p(r("a"), "<w:r>" + old_box(p(r("b"))) + "</w:r>")) + "</w:r>"),
        ["a", "b"],
    ),
    "a box in a table": (table(row(cell(p(r("c"), f"<w:r>{drawing_box(p(r('box')))}</w:r>")))), ["c", "box"]),
    "two versions of paragraphs": (
        f"<mc:AlternateContent><mc:Choice Requires='w14'>{p(r('new'))}</mc:Choice>"
        f"<mc:Fallback>{p(r('old'))}</mc:Fallback></mc:AlternateContent>",
        ["new"],
    ),
}


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("name", BLOCKS)
def test_nothing_that_word_shows_is_missing(tmp_path: Path, name: str, strict: bool) -> None:
    body, expected = BLOCKS[name]
    assert texts(tmp_path, files.docx_of(body, strict=strict)) == expected


STYLES = (
    "<w:styles xmlns>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="own"><w:name w:val="Chapter"/><w:basedOn w:val="berschrift1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="deep"><w:name w:val="Deep"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="Loop"/><w:basedOn w:val="loop"/></w:style>'
    '<w:style w:type="character" w:styleId="gone"><w:name w:val="Gone"/><w:rPr><w:vanish/></w:rPr></w:style>'
    "</w:styles>"
)


def style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def test_headings_are_known_in_every_language_and_by_their_level(tmp_path: Path) -> None:
    body = (
        p(r("One"), properties=style("berschrift1"))
        + p(r("a"))
        + p(r("Two"), properties=style("own"))
        + p(r("b"))
        + p(r("Three"), properties=style("deep"))
        + p(r("c"), properties=style("loop"))
        + p(r("Four"), properties='<w:outlineLvl w:val="0"/>')
        + p(r("d"))
        + p(r("not one"), properties=style("own") + '<w:outlineLvl w:val="9"/>')
    )
    assert shown(tmp_path, files.docx_of(body, {"styles": STYLES})) == [
        Block("a", ("One",)),
        Block("b", ("Two",)),
        Block("c", ("Two", "Three")),
        Block("d", ("Four",)),
        Block("not one", ("Four",)),
    ]


def test_text_hidden_by_its_style_is_not_shown(tmp_path: Path) -> None:
    body = p(r("a"), r("secret", '<w:rStyle w:val="gone"/>'))
    assert texts(tmp_path, files.docx_of(body, {"styles": STYLES})) == ["a"]


def test_headings_alone_are_the_text(tmp_path: Path) -> None:
    body = p(r("One"), properties=style("berschrift1")) + p(r("Two"), properties=style("deep"))
    assert shown(tmp_path, files.docx_of(body, {"styles": STYLES})) == [Block("Two", ("One",))]
    everything = " ".join(["word"] * 300)
    whole = files.docx_of(p(r(everything), properties=style("berschrift1")), {"styles": STYLES})
    assert texts(tmp_path, whole) == [everything]


def _notes(kind: str, note: str) -> str:
    plural = "comments" if kind == "comment" else f"{kind}s"
    return f'<w:{plural} xmlns><w:{kind} w:id="2">{p(r(note))}</w:{kind}></w:{plural}>'


def test_notes_and_comments_stand_behind_their_paragraph(tmp_path: Path) -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:{kind}Reference w:id="2"/></w:r>'

    body = (
        p(r("One"), mark("footnote"), mark("endnote")) + table(row(cell(p(r("Two"), mark("comment"))))) + p(r("Three"))
    )
    parts: dict[str, str | bytes] = {
        "footnotes": _notes("footnote", "a foot note"),
        "endnotes": _notes("endnote", "an end note"),
        "comments": _notes("comment", "a comment"),
    }
    assert texts(tmp_path, files.docx_of(body, parts)) == [
        "One",
        "a foot note",
        "an end note",
        "Two",
        "a comment",
        "Three",
    ]


def test_headers_and_footers_that_are_on_some_page_are_told_once(tmp_path: Path) -> None:
    def header(text: str, tag: str = "hdr") -> str:
        return f"<w:{tag} xmlns>{p(r(text))}</w:{tag}>"

    body = p(r("text")) + (
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
        '<w:headerReference w:type="first" r:id="header2"/><w:headerReference w:type="even" r:id="header3"/>'
        '<w:footerReference w:type="default" r:id="footer"/></w:sectPr>'
    )
    parts: dict[str, str | bytes] = {
        "header1:header1.xml": header("Lesson plan"),
        "header2:header2.xml": header("first page only"),
        "header3:header3.xml": header("even pages only"),
        "footer": header("12", "ftr"),
    }
    assert texts(tmp_path, files.docx_of(body, parts)) == ["text", "Lesson plan"]
    both = body.replace("</w:sectPr>", "<w:titlePg/></w:sectPr>")
    settings: dict[str, str | bytes] = {"settings": "<w:settings xmlns><w:evenAndOddHeaders/></w:settings>"}
    assert texts(tmp_path, files.docx_of(both, parts | settings)) == [
        "text",
        "Lesson plan",
        "first page only",
        "even pages only",
    ]


def test_words_in_diagrams_and_charts_are_read(tmp_path: Path) -> None:
    body = p('<w:r><w:drawing><dgm:relIds r:dm="diagramData"/></w:drawing></w:r>') + p(
        '<w:r><w:drawing><c:chart r:id="chart"/></w:drawing></w:r>'
    )
    plan, sales = ("<a:p><a:r><a:t>" + text + "</a:t></a:r></a:p>" for text in ("Plan", "Sales"))
    data = f"<dgm:dataModel xmlns><dgm:ptLst><dgm:pt><dgm:t>{plan}</dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"
    names = "<c:strCache><c:pt><c:v>North</c:v></c:pt></c:strCache>"
    chart = f"<c:chartSpace xmlns><c:title>{sales}</c:title>{names}</c:chartSpace>"
    assert texts(tmp_path, files.docx_of(body, {"diagramData": data, "chart": chart})) == ["Plan", "Sales North"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("afchunk.htm", "<html><head><meta charset=windows-1251></head><body><p>Привет</p>".encode("cp1251")),
        (
            "afchunk.mht",
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
            b"--b\nContent-Type: text/html; charset=utf-8\n"
            b"Content-Transfer-Encoding: quoted-printable\n\n<p>=D0=9F=D1=80=D0=B8=D0=B2=D0=B5=D1=82</p>\n--b--\n",
        ),
        ("afchunk.txt", "Привет".encode()),
        ("afchunk.docx", files.docx_of(p(r("Привет")))),
    ],
)
def test_files_within_the_document_are_read(tmp_path: Path, name: str, content: bytes) -> None:
    """Some programs write HTML so, and nothing else."""
    body = '<w:altChunk r:id="aFChunk"/>' + p(r("after"))
    assert texts(tmp_path, files.docx_of(body, {f"aFChunk:{name}": content})) == ["Привет", "after"]


def test_a_document_in_itself_comes_to_an_end(tmp_path: Path) -> None:
    inner = files.docx_of(p(r("innermost")))
    for _ in range(5):
        inner = files.docx_of(p(r("x")) + '<w:altChunk r:id="aFChunk"/>', {"aFChunk:a.docx": inner})
    found = texts(tmp_path, inner)
    assert 1 <= len(found) <= 3 and "innermost" not in found


@pytest.mark.parametrize("main", ["word/document2.xml", "document.xml", "Word/Document.XML", "a/b/main part.xml"])
def test_the_main_part_is_what_the_package_says(tmp_path: Path, main: str) -> None:
    """Word Online calls it document2.xml."""
    content = files.docx_of(p(r("here")), main=main)
    assert texts(tmp_path, content) == ["here"]


def _package(main: str, content: bytes) -> bytes:
    relation = f'<Relationship Id="1" Type="x/officeDocument" Target="{main}"/>'
    return files.zipped({"_rels/.rels": f"<Relationships>{relation}</Relationships>".encode(), main: content})


def test_a_zip_with_another_office_document_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        shown(tmp_path, _package("xl/workbook.xml", b"<workbook/>"))
    assert caught.value.code == "unsupported"


@pytest.mark.parametrize(
    "declared",
    ['[<!ENTITY e "boom">]', '[<!ENTITY a "ha"><!ENTITY b "&a;&a;">]', 'SYSTEM "file:///etc/passwd"'],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_not_declared_here(tmp_path: Path, declared: str, encoding: str) -> None:
    body = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x {declared}><w/>'.encode(encoding)
    with pytest.raises(Unreadable) as caught:
        shown(tmp_path, _package("d.xml", body))
    assert caught.value.code == "broken"


def test_what_is_nested_without_end_is_an_error_with_a_name(tmp_path: Path) -> None:
    deep = "<w:sdt><w:sdtContent>" * 5_000 + p(r("x")) + "</w:sdtContent></w:sdt>" * 5_000
    with pytest.raises(Unreadable) as caught:
        shown(tmp_path, files.docx_of(deep))
    assert caught.value.code == "broken"
