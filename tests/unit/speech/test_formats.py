"""Subtitles and JSON of words."""

from speech import events
from speech.transcription import formats


def said(text: str, each_ms: int = 400, start_ms: int = 0) -> list[events.Word]:
    return [
        events.Word(f"1.{i + 1}", word, start_ms + i * each_ms, start_ms + (i + 1) * each_ms, 0.9)
        for i, word in enumerate(text.split())
    ]


def test_subtitles_are_cut_where_they_can_be_read() -> None:
    words = said("This is the first sentence of all. And the second one is here.") + said("Late.", start_ms=3_700_000)
    cues = formats.cues(words)
    assert [cue.text for cue in cues] == [
        "This is the first sentence of all.",
        "And the second one is here.",
        "Late.",
    ]
    assert formats.srt(cues).splitlines()[:3] == [
        "1",
        "00:00:00,000 --> 00:00:02,800",
        "This is the first sentence of all.",
    ]
    assert "01:01:40.000 --> 01:01:40.400" in formats.vtt(cues)


def test_long_speech_is_broken_into_lines_and_cues() -> None:
    cues = formats.cues(said("word " * 60, each_ms=100))
    assert all(len(cue.text) <= formats.LINE * formats.LINES for cue in cues)
    assert all(len(line) <= formats.LINE for line in formats.srt(cues).splitlines())
    assert " ".join(cue.text for cue in cues).split() == ["word"] * 60


def test_markup_is_escaped_and_speakers_are_named() -> None:
    cue = formats.Cue(0, 900, "a < b & c -->", "<You>")
    assert "<v &lt;You&gt;>a &lt; b &amp; c --&gt;" in formats.vtt([cue])
    assert formats.txt([cue]) == "<You>: a < b & c -->\n"


def test_words_have_seconds() -> None:
    assert formats.words_json(said("hi"))[0] == {"word": "hi", "start": 0.0, "end": 0.4, "confidence": 0.9}


def test_languages_without_spaces_are_joined_without() -> None:
    assert formats.cues(said("今日 は いい"), language="ja")[0].text == "今日はいい"
