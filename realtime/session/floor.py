"""Classifies what was said while the tutor spoke: words to the tutor, a sign of listening, a noise, or its own echo."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal

from language import tokens
from speech.events import Word

Judgement = Literal["nothing", "nod", "echo", "words"]

_NOISES = frozenset("um uh er erm ah eh hm hmm hmmm mm mmm huh ugh ahem oh ooh cough coughs coughing".split())  # noqa: SIM905
_NODS = frozenset("mhm mm-hm mm-hmm uh-huh aha yeah yes yep yup ok okay right sure really wow nice good cool".split())  # noqa: SIM905
_NODS_OF_TWO = frozenset((("i", "see"), ("of", "course"), ("got", "it"), ("all", "right"), ("oh", "wow")))
_MOST_NODS = 3
_ECHOED = 0.7  # share of the words that the tutor said, in this order
_UNSURE = 0.3  # confidence below which words of a short noise do not count
_SHORT_MS = 500


def judge(text: str, words: Sequence[Word], said: str, *, suspicious: bool = False) -> Judgement:
    """`said` is what the tutor said so far. `suspicious`: its echo was heard before, so that a single word of it
    counts as an echo, too."""
    spoken = tokens.words(text)
    heard = [word for word in spoken if word not in _NOISES]
    if not heard or _doubtful(words):
        return "nothing"
    if len(heard) >= (1 if suspicious else 3) and _echoed(heard, tokens.words(said)):
        return "echo"
    if len(heard) <= _MOST_NODS and (tuple(heard) in _NODS_OF_TWO or all(word in _NODS for word in heard)):
        return "nod"
    return "words"


def _echoed(heard: list[str], said: list[str]) -> bool:
    blocks = SequenceMatcher(None, heard, said, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) >= _ECHOED * len(heard)


def _doubtful(words: Sequence[Word]) -> bool:
    if not words or words[-1].end_ms - words[0].start_ms > _SHORT_MS:
        return False
    return all(word.confidence < _UNSURE for word in words)
