"""Tables for spreadsheets: what they read, and what they must not run."""

import csv
import io
from datetime import datetime, timedelta, timezone

import pytest

from kit import sheets


def test_a_table_comes_back_as_it_was_and_says_that_it_is_utf_8() -> None:
    at = datetime(2026, 11, 23, 21, 0, tzinfo=timezone(timedelta(hours=2)))
    text = sheets.written(["who", "score", "when"], [["Zo\u00eb, \u201cZ\u201d\nB", -3, at], [None, 0.5, None]])
    assert text.startswith("\ufeffwho,score,when\r\n")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert rows[1:] == [["Zo\u00eb, \u201cZ\u201d\nB", "-3", "2026-11-23 19:00:00"], ["", "0.5", ""]]


@pytest.mark.parametrize("begin", [*"=+-@\t\r\n＝＋－＠", " =", "\n=", "\u00a0+", "\u3000＝", " \t@"])
def test_no_text_is_a_formula(begin: str) -> None:
    text = sheets.written(["name"], [[f"{begin}HYPERLINK(1)"]])
    ((cell,),) = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert cell == f"'{begin}HYPERLINK(1)"
