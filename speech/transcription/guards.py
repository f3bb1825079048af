"""Detects text that a recognizer invents in silence or repeats in a loop; pure rules with their names.

The figures were chosen on the clips in tests/data/audio and on learners' speech with Whisper base.
"""

import re
import zlib
from collections.abc import Sequence

from speech.transcription.types import Drop, HeardWord

NO_SPEECH = 0.6
LIKELY_SILENT = -0.6
GUESS = -1.5
COMPRESSION = 2.4
WORDS_PER_SECOND = 6.0
# Text that repeats itself may have been said so, in a drill. What is said takes time; a loop outruns its sound, and the
# alignment leaves some of its words none: of 20 loops over noise and backward speech 10 to 91 % of the words.
NO_TIME = 0.05
OUTRUN = 0.1

# Sentences that Whisper learned from subtitles and writes for silence. Dropped only when the model doubts them too.
PHANTOMS = frozenset(
    """thank you|thanks for watching|thank you for watching|thank you very much|bye|you|so|the end|please subscribe
    |thank you so much for watching|i'll see you next time|okay|oh|hmm|mm|subtitles by the amara org community|music
    |applause|silence|blank_audio""".replace("\n    ", "").split("|")
)
RUNAWAY = frozenset({"loop", "compression", "rate"})

_NOT_WORD = re.compile(r"[^\w']+")
_SOUND = re.compile(r"[\(\[\*♪][^\)\]\*♪]*[\)\]\*♪]?")


def plain(text: str) -> str:
    """Lower case without punctuation, words one space apart."""
    return " ".join(_NOT_WORD.sub(" ", text.lower()).split())


def judge(
    words: list[HeardWord], seconds: float, mean_logprob: float, no_speech: float
) -> tuple[list[HeardWord], list[Drop]]:
    """Words that may be shown, and what was dropped by which rule. `seconds` is how much audio was heard."""
    text = " ".join(word.text for word in words)
    if not plain(text):
        return [], [Drop(text, "no_words")] if text.strip() else []
    words, unsaid = _without_unsaid(words)
    rule = _whole(words, seconds, mean_logprob, no_speech)
    if rule:
        return [], [Drop(text, rule)]
    kept, loops = without_loop(words)
    return _without_sounds(kept, unsaid + loops)


def _whole(words: list[HeardWord], seconds: float, mean_logprob: float, no_speech: float) -> str | None:
    text = " ".join(word.text for word in words)
    if no_speech > NO_SPEECH and mean_logprob < LIKELY_SILENT:
        return "no_speech"
    if mean_logprob < GUESS:
        return "low_confidence"
    if plain(text) in PHANTOMS and (no_speech > 0.3 or mean_logprob < -0.8):
        return "phantom"
    if len(words) > 3 + WORDS_PER_SECOND * seconds:
        return "rate"
    raw = text.encode()
    if len(raw) > 40 and len(raw) / len(zlib.compress(raw)) > COMPRESSION and outran(words):
        return "compression"
    return None


def outran(words: Sequence[HeardWord]) -> bool:
    """Whether there is no sound left for many of the words."""
    return sum(word.end - word.start < NO_TIME for word in words) >= OUTRUN * len(words)


def _without_unsaid(words: list[HeardWord]) -> tuple[list[HeardWord], list[Drop]]:
    """Of a phrase said over and over, the decoder may write one time too many: that one takes no time at all."""
    keys = [plain(word.text) for word in words]
    at = 0
    while at < len(words):
        quick = next((i for i in range(at, len(words)) if words[i].end - words[i].start >= NO_TIME), len(words))
        size = quick - at
        if size > 1 and at >= 2 * size and keys[at - 2 * size : at - size] == keys[at - size : at] == keys[at:quick]:
            rest = [*words[:at], *words[quick:]]
            if outran(rest):
                break
            return rest, [Drop(" ".join(word.text for word in words[at:quick]), "unsaid")]
        at = max(quick, at + 1)
    return words, []


def without_loop(words: list[HeardWord]) -> tuple[list[HeardWord], list[Drop]]:
    """A phrase of one to four words three times or more at the end is kept once, unless all of it takes its time."""
    keys = [plain(word.text) for word in words]
    for size in range(1, 5):
        first = len(words) - size
        while first >= size and keys[first - size : first] == keys[-size:]:
            first -= size
        if len(words) - first >= 3 * size and outran(words[first:]):
            return words[: first + size], [Drop(" ".join(word.text for word in words[first + size :]), "loop")]
    return words, []


def _without_sounds(words: list[HeardWord], drops: list[Drop]) -> tuple[list[HeardWord], list[Drop]]:
    """Descriptions of sounds, (laughs), [Music], are not words that were said."""
    text = " ".join(word.text for word in words)
    found = _SOUND.search(text)
    if not found:
        return words, drops
    kept, at = [], 0
    spans = [match.span() for match in _SOUND.finditer(text)]
    for word in words:
        inside = any(start < at + len(word.text) and at < end for start, end in spans)
        if not inside:
            kept.append(word)
        at += len(word.text) + 1
    return kept, [*drops, *(Drop(text[start:end], "sound") for start, end in spans)]
