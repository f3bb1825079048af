"""The demo's screen: captions above, scored words below, and nothing of what stood there before is wiped out."""

import io

import pytest

from kit.storable import JsonObject
from server.cli.demo_view import Progress, View


class Screen(io.StringIO):
    """A terminal of 40 columns that knows escape codes for up, clear-below and colours."""

    def isatty(self) -> bool:
        return True


def word(number: int, text: str, score: float) -> JsonObject:
    return {"word_id": f"r{number}", "word": text, "score": score, "provisional": True}


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "41")
    monkeypatch.setenv("LINES", "20")


def rows_up(written: str) -> list[int]:
    """How far each drawing moves up before it clears."""
    return [int(part[: part.index("A")]) for part in written.split("\x1b[") if part.rstrip("\r").endswith("A")]


def test_on_a_terminal_scored_words_stand_in_colour_below_the_caption(narrow: None) -> None:
    out = Screen()
    view = View("Let us know", out)
    view.event("transcript.partial", {"text": "Let us", "stable_prefix_length": 3, "words": []})
    view.event("pronunciation.word", word(0, "Let", 91))
    view.event("pronunciation.word", word(1, "us", 40))
    last = out.getvalue().rsplit("\x1b[0J", 1)[1]
    caption, scored = last.split("\n")
    assert caption.startswith("Let")
    assert "\x1b[32mLet 91" in scored and "\x1b[31mus 40" in scored


def test_colours_do_not_count_as_columns(narrow: None) -> None:
    out = Screen()
    view = View("a b c d e f", out)
    for number, text in enumerate("abcdef"):
        view.event("pronunciation.word", word(number, text, 90))  # 6 × “a 90 ” are one row of 40, codes are 3 more
    assert rows_up(out.getvalue()) == []


def test_elsewhere_a_settled_score_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    out = io.StringIO()
    view = View("Let", out)
    view.event("pronunciation.word", word(0, "Let", 91))
    view.event("pronunciation.word", {**word(0, "Let", 92), "provisional": False})
    assert out.getvalue() == "  Let 92\n"


def test_progress_is_one_line_on_a_terminal_and_a_line_from_time_to_time_elsewhere(narrow: None) -> None:
    terminal, file = Screen(), io.StringIO()
    for out in (terminal, file):
        progress = Progress(out)
        for second in range(7):
            progress.show(f"{second} of 9 MB of a model that is being fetched", second)
        progress.end()
    assert "\n" not in terminal.getvalue() and terminal.getvalue().endswith("\x1b[0J")
    assert all(len(drawn) <= 40 for drawn in terminal.getvalue().split("\r\x1b[0J"))
    assert [line[0] for line in file.getvalue().splitlines()] == ["0", "5"]


def test_below_the_table_stands_what_cost_most_and_what_to_try() -> None:
    out = io.StringIO()
    view = View("Three", out)
    lost = [{"points": float(9 - n), "message": f"Thing {n}."} for n in range(4)]
    exercise = {"instruction": "Say the pair.", "text": "think, sink."}
    view.event(
        "pronunciation.final", {"turn_id": "t1", "pronunciation": {"overall": 80, "lost": lost, "exercise": exercise}}
    )
    view.report({"billed_seconds": 3, "reason": "client_end"}, 3.0)
    written = out.getvalue()
    assert [f"Thing {n}." in written for n in range(4)] == [True, True, True, False]
    assert "−9.0  Thing 0." in written
    assert "Try: Say the pair. think, sink." in written
