"""What a recogniser says when nobody spoke, and when it is caught in a loop; pure rules with their names.

The figures were chosen on the clips in tests/data/audio and on learners' speech with Whisper base.
"""

import re
import zlib

from speech.transcription.types import Drop, HeardWord

NO_SPEECH = 0.6
LIKELY_SILENT = -0.6
GUESS = -1.5
COMPRESSION = 2.4
WORDS_PER_SECOND = 6.0

# Sentences that Whisper learned from subtitles and tells into silence. Dropped only when the model doubts them too.
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
    rule = _whole(text, len(words), seconds, mean_logprob, no_speech)
    if rule:
        return [], [Drop(text, rule)]
    return _without_sounds(*without_loop(words))


def _whole(text: str, count: int, seconds: float, mean_logprob: float, no_speech: float) -> str | None:
    if no_speech > NO_SPEECH and mean_logprob < LIKELY_SILENT:
        return "no_speech"
    if mean_logprob < GUESS:
        return "low_confidence"
    if plain(text) in PHANTOMS and (no_speech > 0.3 or mean_logprob < -0.8):
        return "phantom"
    if count > 3 + WORDS_PER_SECOND * seconds:
        return "rate"
    raw = text.encode()
    if len(raw) > 40 and len(raw) / len(zlib.compress(raw)) > COMPRESSION:
        return "compression"
    return None


def without_loop(words: list[HeardWord]) -> tuple[list[HeardWord], list[Drop]]:
    """A phrase of one to four words said three times or more at the end is kept once."""
    kept = list(words)
    gone: list[HeardWord] = []
    keys = [plain(word.text) for word in kept]
    for size in range(1, 5):
        while len(kept) >= 3 * size and keys[-size:] == keys[-2 * size : -size] == keys[-3 * size : -2 * size]:
            gone = kept[-size:] + gone
            del kept[-size:], keys[-size:]
            if not (len(kept) >= 3 * size and keys[-size:] == keys[-2 * size : -size] == keys[-3 * size : -2 * size]):
                gone = kept[-size:] + gone
                del kept[-size:], keys[-size:]
                break
    return kept, [Drop(" ".join(word.text for word in gone), "loop")] if gone else []


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
