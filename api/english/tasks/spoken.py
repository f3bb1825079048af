"""Spoken tasks, graded from the transcript of a recording and its pronunciation. `Heard` comes from the speech engines:
the free transcript (never the reference text) and the pronunciation report, None without a scorer; or it was typed
because there was no microphone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Levenshtein

from api.english.catalog import drills, schema
from api.english.tasks import points, result, words
from api.english.tasks.result import Graded, Part
from speech import assessment

# Without a recording the pronunciation is unknown: a typed answer earns at most this share.
TYPED_SHARE = 0.6
# Without a scorer only the recognized words count.
UNSCORED_SHARE = 0.8
# Words a minute below which unprepared speech counts as halting, by level; teachers' rule of thumb.
_LOW_WORDS = {"A1": 8, "A2": 14, "B1": 24, "B2": 40, "C1": 55}


@dataclass(frozen=True)
class Heard:
    """A transcript, the pronunciation report if there is one, the recording's length in seconds."""

    transcript: str
    pronunciation: assessment.Report | None
    seconds: float
    typed: bool = False


def reading(text: str, heard: Heard) -> Graded:
    """Read aloud and repeat: seven tenths pronunciation against the text, three tenths words recognised freely."""
    share = word_share(text, heard.transcript)
    understood = Part("words", share, f"{round(100 * share)} % of the words were understood.")
    if not heard.pronunciation:
        return Graded(round(100 * UNSCORED_SHARE * share), understood.message, (understood,))
    overall = _score(heard.pronunciation, "overall")
    # Saying something else must not pass on a lenient acoustic score alone.
    score = round((0.7 * overall + 30 * share) * min(1.0, 0.4 + 1.2 * share))
    parts = (Part("pronunciation", overall / 100, f"Pronunciation {round(overall)} of 100."), understood)
    weak = _weak_words(heard.pronunciation)
    lines = [part.message for part in parts]
    if weak:
        lines.append("Practise: " + ", ".join(f"“{word}”" for word in weak) + ".")
    elif score >= 85:
        lines.append("Very clear. Well done!")
    strong = _strong_words(heard.pronunciation)
    return Graded(min(score, 100), " ".join(lines), parts, missed=tuple(weak), mastered=tuple(strong))


def answer(variant: schema.AnswerAloudVariant | drills.PictureVariant, level: str, heard: Heard) -> Graded:
    """Answer aloud: half what was said, a fifth how much, three tenths how it sounded."""
    made = points.covered(heard.transcript, variant.points)
    parts = [
        Part(point.say, float(there), "Said." if there else "Still missing.")
        for point, there in zip(variant.points, made, strict=True)
    ]
    content = sum(made) / len(made) * _own_words(heard.transcript, variant.ask)
    return _speech(
        parts,
        content,
        len(words.tokens(heard.transcript)) / _LOW_WORDS[level],
        points.feedback(variant.points, made),
        heard,
    )


def role(variant: schema.RolePlayVariant, level: str, heard: Heard, turns: Sequence[str] | None = None) -> Graded:
    """Role play: each goal must be reached; with `turns` in its own turn, else anywhere in the recording."""
    lines = list(turns) if turns is not None else [heard.transcript] * len(variant.turns)
    lines = (lines + [""] * len(variant.turns))[: len(variant.turns)]
    made = [points.said(line, turn.words) for line, turn in zip(lines, variant.turns, strict=True)]
    parts = [
        Part(str(number), float(there), "Done." if there else f"Still to do: {turn.goal}")
        for number, (turn, there) in enumerate(zip(variant.turns, made, strict=True), 1)
    ]
    partner = " ".join(turn.partner for turn in variant.turns)
    return exchange(parts, level, f"{variant.situation} {partner}", heard)


def exchange(parts: list[Part], level: str, shown: str, heard: Heard) -> Graded:
    """A conversation whose parts were judged; what was only repeated from the text that was `shown` counts less."""
    content = sum(part.credit for part in parts) / len(parts) * _own_words(heard.transcript, shown)
    missing = " ".join(part.message for part in parts if not part.credit)
    return _speech(parts, content, len(words.tokens(heard.transcript)) / _LOW_WORDS[level], missing, heard)


def _speech(parts: list[Part], content: float, amount: float, missing: str, heard: Heard) -> Graded:
    amount = min(1.0, amount)
    said = (0.5 * content + 0.2 * amount * min(1, 2 * content)) / 0.7
    report = heard.pronunciation
    if heard.typed:
        share = TYPED_SHARE * said
        note = "Say it aloud next time: a typed answer earns up to 60 points."
    elif not report or report.get("refused") == "not_understood":
        share, note = UNSCORED_SHARE * said, ""
    else:
        overall, fluency = _score(report, "overall"), _score(report, "fluency")
        # Pronunciation counts only in proportion to the answer.
        share = 0.7 * said + 0.3 * (0.6 * overall + 0.4 * fluency) / 100 * min(1, 2 * content)
        note = f"Pronunciation {round(overall)}, fluency {round(fluency)} of 100."
    lines = [missing or "You said everything that was asked for.", "" if amount == 1 else "Try to say more.", note]
    weak = _weak_words(report) if report else []
    return Graded(round(100 * share), " ".join(line for line in lines if line), tuple(parts), missed=tuple(weak))


def word_share(text: str, transcript: str) -> float:
    """The share of the text's words heard in their order, 0 to 1, less half a word for each extra one among them.

    What was said before the text or behind it says nothing about how it was understood.
    """
    wanted, heard = ([token.form for token in found] for found in words.paired(text, transcript))
    if not wanted:
        return 0.0
    end = _end(wanted, heard)
    heard = heard[end - _end(wanted[::-1], heard[:end][::-1]) : end]
    kept = len(wanted) - sum(op.tag in {"delete", "replace"} for op in Levenshtein.editops(wanted, heard))
    extra = max(0, len(heard) - len(wanted))
    return max(0.0, (kept - extra / 2) / len(wanted))


def _end(wanted: list[str], heard: list[str]) -> int:
    """The word heard behind which the text ends, wherever it begins: by the fewest words that differ."""
    import numpy as np  # not needed to start

    key = {form: number for number, form in enumerate(dict.fromkeys([*wanted, *heard]))}
    said = np.array([key[form] for form in heard], np.int64)
    at = np.arange(len(heard) + 1)
    row = np.zeros(len(heard) + 1, np.int64)
    for count, form in enumerate(wanted, 1):
        above, row = row, np.full(len(heard) + 1, count)
        row[1:] = np.minimum(above[1:] + 1, above[:-1] + (said != key[form]))
        row = at + np.minimum.accumulate(row - at)
    return int(len(heard) - row[::-1].argmin())


def _score(report: assessment.Report, name: Literal["overall", "fluency"]) -> float:
    return float(report.get(name) or 0)


def _own_words(transcript: str, question: str) -> float:
    """1 for an answer in the learner's own words, falling to 0 when it only repeats the question."""
    asked = {token.form for token in words.tokens(question)}
    said = [token.form for token in words.tokens(transcript)]
    if not said:
        return 0.0
    own = sum(form not in asked for form in said) / len(said)
    return min(1.0, own / 0.3)


def _weak_words(report: assessment.Report) -> list[str]:
    scored = [(w["score"], w) for w in report.get("words", []) if w.get("score") is not None]
    found = [w for score, w in sorted(scored, key=lambda one: one[0] or 0) if (score or 0) < result.PASS_MARK]
    return list(dict.fromkeys(w["word"].lower() for w in found if w.get("error") != "insertion"))[:5]


def _strong_words(report: assessment.Report) -> list[str]:
    return list(
        dict.fromkeys(
            w["word"].lower() for w in report.get("words", []) if (w.get("score") or 0) >= 80 and len(w["word"]) > 3
        )
    )
