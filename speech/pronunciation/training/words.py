"""Writes models/words.tsv: pronunciations with stress as the corpus' experts used them, and additions of our own."""

from collections import Counter, defaultdict
from pathlib import Path

from speech.pronunciation import phones
from speech.pronunciation.training import corpus

_OWN = {
    "parley": "P AA1 R L IY0",
    "miz": "M IH0 Z",
    "missus": "M IH1 S AH0 Z",
    "oh": "OW0",
    "gonna": "G AH1 N AH0",
    "wanna": "W AA1 N AH0",
    "gotta": "G AA1 T AH0",
    "yuan": "Y UW0 AA1 N",
    "wifi": "W AY1 F AY2",
    "emoji": "IH0 M OW1 JH IY0",
    "podcast": "P AA1 D K AE2 S T",
    "selfie": "S EH1 L F IY0",
    "smartphone": "S M AA1 R T F OW2 N",
    "app": "AE0 P",
    "apps": "AE0 P S",
    "blog": "B L AA0 G",
    "covid": "K OW1 V IH0 D",
    "google": "G UW1 G AH0 L",
    "youtube": "Y UW1 T UW2 B",
    "iphone": "AY1 F OW2 N",
    "beijing": "B EY2 JH IH1 NG",
    "kilometers": "K AH0 L AA1 M AH0 T ER0 Z",
    "celsius": "S EH1 L S IY0 AH0 S",
    "et": "EH0 T",
    "cetera": "S EH1 T ER0 AH0",
    "mister": "M IH1 S T ER0",
    "okay": "OW2 K EY1",
    "ok": "OW2 K EY1",
    "ai": "EY2 AY1",
    "tv": "T IY2 V IY1",
    "hmm": "HH AH0 M",
    "um": "AH0 M",
    "uh": "AH0",
}
_HEADER = """# Pronunciations with stress. Words of the corpus: speechocean762 (J. Zhang et al., Interspeech 2021),
# CC BY 4.0, https://www.openslr.org/101, re-arranged here; the rest is ours.
# word, tab, pronunciations (likeliest first) split by |
"""


def write(utterances: list[corpus.Utterance], out: Path) -> None:
    """The list, alphabetically. Stress digits of one-syllable words are dropped: the corpus marks them at random."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for utterance in utterances:
        for word in utterance.words:
            vowels = sum(phones.bare(p) in phones.VOWELS for p in word.phones)
            seen[word.text.lower()][" ".join(word.phones if vowels > 1 else map(phones.bare, word.phones))] += 1
    lines = {word: "|".join(p for p, _ in counts.most_common(3)) for word, counts in seen.items()}
    lines = {**_OWN, **lines}
    out.write_text(_HEADER + "".join(f"{w}\t{p}\n" for w, p in sorted(lines.items())), encoding="utf-8")
