"""Word documents as Word shows them: what is in wrappers, in boxes and in parts of their own is read, what is deleted,
hidden or written twice is not."""

from pathlib import Path

import pytest

from tests.support import files
from tests.support.word import cell, p, r, row, table, texts


def sdt(content: str) -> str:
    return f'<w:sdt><w:sdtPr><w:alias w:val="no"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


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
