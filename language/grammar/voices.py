# ruff: noqa: E501 - tables of words
"""Passages that are meant to be as they are: speech in dialect, older English, verse.

A writer marks them: with an apostrophe for what is not said (an', 'em, goin'), with words that only dialect has (ain't,
nohow), with words that nobody uses today (thou, hath). Where speech in quotation marks bears such a mark, its grammar is the
speaker's, and so it is where what stands around the speech is right throughout.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from language.correction import Correction
from language.document import Document

_SPEAKERS = frozenset({"agreement", "negation", "verb_form"})
"""Kinds that speech is free in where the writer's own sentences are right."""
_NARRATION = 40  # words around speech that say how well the writer writes
_DIALECT = re.compile(
    r"""(?ix) (?<![\w'])(?:
    (?:ain|hain|bain|tain|warn)'t | 'tain't | an'(?=\ ) | 'em | ol?'(?=\ ) | t'(?=\ ?\w) | th'(?=\ ) | wi'(?=\ ) | wi'out | d' | 'im | 'ere
    | 'er(?=\ ) | 'is(?=\ \w) | 'ave | 'as(?=\ ) | 'ad(?=\ ) | 'ow | 'orse\w* | 'ouse\w* | 'ome | 'e(?=[ '\u2019]) | ha'(?=\ ) | fer | ter(?=\ ) | yer | yeh | yez | ye | o'(?=\ )
    | y'(?:all|know|see) | c'n | s'pose | 's'pose | 'spect | 'fore | 'bout | 'cos | 'cause | cuz | coz | on'y | nor'\w+ | cap'n | lor' | lor(?=\ ) | gawd | gwine | gonna
    | no(?:how|wheres) | any(?:wheres|ways) | some(?:wheres|'eres) | mebbe | p'r'?aps | praps | afeard | feared\ of | mought | dem | dat | dis | dese | dere | dey | wuz | woz | wot | wot's
    | hisself | theirselves | yourn | ourn | hisn | hern | critturs? | critters? | fellers? | summat | nowt | owt | nary | allus | sez | jes' | jest(?=\ (?:a|the|like|as|so)\b) | git | gits
    | nuff | nuther | nothin | somethin | dunno | dunnot | oughter | oughta | sartin\w* | larn\w* | purty | mighty(?=\ (?:good|fine|glad|bad|little|sorry|queer|near)\b)
    | a-\w+in[g']? | [a-z]{2,}in'(?![\w]) | (?:i|you|we|they)\ (?:says|reckons|calls)(?!\w) | says\ (?:i|you)(?!\w) | them\ (?:there|here|as)\ (?=\w+s\b)
    | (?:of|with|in|on|by|like|all|for|from|and)\ them\ (?!as\b|always\b|this\b|is\b|was\b|has\b|yes\b|perhaps\b|across\b|besides\b|sometimes\b|afterwards\b|towards\b|less\b|its\b)[a-z]+s
    | i\ (?:be|is|were)(?=\ (?:a|the|not|no|all|so|that|going)\b) | (?:it|he|she)\ weren't(?=[ ,.]\ ?(?:no|nor|nothing|never|neither)\b) | me\ and\ the\ missus
    )(?![\w])"""
)
_OLD = re.compile(
    r"""(?ix) (?<![\w'])(?: thee | thou | thy | thine | thyself | hath | doth | hast | dost | wilt | shalt | canst | wouldst | didst
    | 't(?:is|was|were|will|would) | o'er | e'er | ne'er | nay | methinks | verily | forsooth | whither | wherefore | ere(?=\ \w) | lo(?=,) | alas | perchance | yea | prithee
    )(?![\w])"""
)
_AS_SAID = re.compile(
    r"(?i)[,”\"'] ?(?:as (?:they|we|people|folks?|my \w+|our \w+|me \w+|the old \w+) (?:(?:used to|would|always|often|still|likes? to) )?(?:says?|put it|puts it|sings?)(?=[.,;:!?”\"']|\s*$| (?:a?round|in|here|at|over|down|up|back)\b)"
    r"|(?:they|we|people|folks?|my \w+|our \w+|me \w+|the old \w+) (?:used to|would|likes? to|always|often|still) (?:say|put it)(?=[”\"']?\s*(?:[.!?]|$)))"
)
"""“We was robbed, as they say”: a saying in the words of those who say it. In front of the saying only “as” marks it, since
“people often say hello” is the writer's own."""
_SPEECH = re.compile(r"“[^”\n]*(?:”|\n|$)|(?<!\w)\"[^\"\n]*(?:\"|\n|$)|(?<![\w’'])‘[^\n]*?(?:’(?!\w)|\n|$)")


Spans = tuple[tuple[int, int], ...]
"""[start, end) each, in order; none overlaps the next."""


@dataclass(frozen=True)
class Passages:
    """Where a text is meant as it stands (`whole`), and its direct speech."""

    whole: Spans
    speech: Spans

    def holds(self, one: Correction) -> bool:
        """Whether a correction would change a passage that is meant as it stands."""
        return _inside(one, self.whole)


NONE = Passages((), ())


def passages(document: Document) -> Passages:
    """Speech of a text and what of it is dialect or old."""
    text = document.text.replace("’", "'")
    speech = tuple(found.span() for found in _SPEECH.finditer(document.text))
    dialect = [found.start() for found in _DIALECT.finditer(text)]
    if not speech and len(dialect) < 2 and not _OLD.search(text) and not _AS_SAID.search(text):
        return NONE
    spoken = [at for at in dialect if _covers(speech, at)]
    whole: list[tuple[int, int]] = list(speech) if len(spoken) >= 3 else []
    for start, end in _paragraphs(text):
        said = speech[bisect_left(speech, (start, 0)) : bisect_left(speech, (end, 0))]
        if bisect_left(spoken, end) > bisect_left(spoken, start):
            whole += said
        elif not said and bisect_left(dialect, end) - bisect_left(dialect, start) >= 2:
            whole.append((start, end))
    for sentence in document.sentences:
        first, last = sentence.tokens[0].start, sentence.tokens[-1].end
        if _OLD.search(text, first, last) or _AS_SAID.search(text, first, last):
            whole.append((first, last))
    return Passages(_joined(whole), speech)


def deliberate(document: Document, found: Passages, kept: Iterable[Correction]) -> set[Correction]:
    """Of these corrections those of speech, if nothing around the speech is wrong."""
    if not found.speech:
        return set()
    kept = tuple(one for one in kept if one.kind not in {"punctuation", "capitalisation"})
    around = sum(not _covers(found.speech, word.start) for word in document.words)
    if around < _NARRATION or not all(_inside(one, found.speech) for one in kept):
        return set()
    return {one for one in kept if one.kind in _SPEAKERS}


def _paragraphs(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _joined(spans: Iterable[tuple[int, int]]) -> Spans:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _covers(spans: Spans, at: int) -> bool:
    before = bisect_left(spans, (at + 1, 0)) - 1
    return before >= 0 and spans[before][0] <= at < spans[before][1]


def _inside(one: Correction, spans: Spans) -> bool:
    before = bisect_left(spans, (one.start + 1, 0)) - 1
    return before >= 0 and spans[before][0] <= one.start and one.end <= spans[before][1]
