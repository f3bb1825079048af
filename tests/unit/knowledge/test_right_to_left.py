"""PDF in Hebrew and Arabic: what a viewer shows is what is found."""

from pathlib import Path

import pytest

from api.knowledge.extraction.blocks import PDF
from api.knowledge.extraction.read import clean
from api.knowledge.extraction.right_to_left import as_read, joined
from tests.support import files
from tests.unit.knowledge.test_read import blocks


def shown(text: str) -> str:
    """As it stands on the page."""
    return text[::-1]


def test_words_of_a_table_stay_apart_and_numbers_stay_in_place(tmp_path: Path) -> None:
    page = [
        (300, 780, shown("הלמידה מתחילה בשעה")),  # to the right of the time
        (255, 780, "8:30"),
        (205, 780, shown("בבוקר.")),
        (300, 760, shown("שבת")),  # two cells of a row
        (200, 760, shown("כתיבה")),
    ]
    assert [one.text for one in blocks(tmp_path, files.placed_pdf(page), PDF)] == [
        "הלמידה מתחילה בשעה 8:30 בבוקר. שבת כתיבה"
    ]


def test_the_shapes_of_arabic_letters_are_letters(tmp_path: Path) -> None:
    page = [(200, 780, shown("ﺍﻟﺴﻼﻡ ﻋﻠﻴﻜﻢ"))]
    assert [one.text for one in blocks(tmp_path, files.placed_pdf(page), PDF)] == ["السلام عليكم"]


def test_marks_that_files_show_alone_belong_to_their_word() -> None:
    assert clean("\u0628\ufc60\u062a \u0628\ufe77") == "\u0628\u064e\u0651\u062a \u0628\u064e"
    assert (
        clean("\ufdfa")
        == "\u0635\u0644\u0649 \u0627\u0644\u0644\u0647 \u0639\u0644\u064a\u0647 \u0648\u0633\u0644\u0645"
    )


def test_ligatures_are_letters(tmp_path: Path) -> None:
    assert blocks(tmp_path, files.placed_pdf([(50, 780, "The oﬃce ﬁles")]), PDF)[0].text == "The office files"


def test_a_word_on_an_english_page_changes_nothing_else(tmp_path: Path) -> None:
    page = [(50, 780, "The word is"), (130, 780, shown("שלום")), (160, 780, "and means peace.")]
    text = blocks(tmp_path, files.placed_pdf(page), PDF)[0].text
    assert "The word is" in text and "and means peace." in text and "שלום" in text


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("plain (text) 8:30", "plain (text) 8:30"),
        (".(ג) ב א", "א ב (ג)."),
        ("ב 14:15 א", "א 14:15 ב"),
        ("9-10 3.5 א", "א 3.5 9-10"),
        ("ב English Grammar in Use, 2nd א", "א English Grammar in Use, 2nd ב"),
        ("English only (see p. 3).", "English only (see p. 3)."),
        ("12:00 Unit 5 Test א", "א Unit 5 Test 12:00"),
        ("50% םולש", "שלום 50%"),
        ("₪50 םולש", "שלום ₪50"),
        ("$1,5 - 2% ב", "ב 2% - $1,5"),
        ("ב cafe\u0301 א", "א cafe\u0301 ב"),
        ("\u05b8ב\u05b0א", "א\u05b0ב\u05b8"),
        ("", ""),
    ],
)
def test_the_order_of_reading(line: str, read: str) -> None:
    assert as_read(line) == read


@pytest.mark.parametrize(
    ("read", "known", "word"),
    [
        ("االثنين", "يوم الاثنين", "الاثنين"),
        ("السالم", "والسلام عليكم", "السلام"),
        ("سالم", "سالم هنا", "سالم"),  # a name
        ("االاللال", "something else", "االاللال"),
    ],
)
def test_lam_and_alef_in_one_shape_keep_their_order(read: str, known: str, word: str) -> None:
    assert joined(f"  {read} 8:30", known) == f"  {word} 8:30"


def test_a_long_line_without_letters_takes_no_longer() -> None:
    assert len(as_read("א" + " ." * 200_000)) == 400_001
