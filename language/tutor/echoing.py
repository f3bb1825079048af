"""Questions about the things that the learner has just named: better than “How was that for you?”"""

# ruff: noqa: E501 - a table reads best with one line an entry

import re
from collections.abc import Iterator

from language import document, frequency, tokens
from language.lexicon.listed import listed
from language.tagging import reading
from language.tagging.reading import Node
from language.tutor import corrections, followon, remarks, wording
from language.tutor.telling import TIMES
from language.tutor.thread import Thread

_ROLES = frozenset({"dobj", "pobj", "nsubj", "nsubjpass"})
_VAGUE = listed(
    """
    thing things lot lots kind kinds way ways bit fact point points hand hands case one ones time times side example
    sort people person man woman something everything nothing anything somebody everybody nobody reason problem idea
    question answer word sentence part place thing end beginning rest today yesterday number half first last name
    advocate nineties eighties seventies sixties year years day days minute minutes hour hours week weeks age course touch sense look matter mind life world
    """
)
_OPEN = {
    "A": ("Can you tell me more about {np}?", "What else can you say about {np}?", "What is important about {np}?"),
    "B": ("Could you tell me a bit more about {np}?", "What else should I know about {np}?", "What comes to your mind first when you think of {np}?"),
    "C": ("What else would you say about {np}?", "What strikes you most about {np}?", "Could you say a little more about {np}?"),
}  # fmt: skip
_CLAIMS = {
    "A": ("What do other people say about {np}?",),
    "B": ("Why is that so important to you?", "What do other people say about {np}?"),
    "C": ("How would you answer somebody who sees that differently?", "What experience of your own is behind that?"),
}  # fmt: skip
_WHETHER = re.compile(r"\b(?:discuss|debate|question|wonder\w*|talk about|topic|not sure)\b.*\bwhether\b", re.I)
_STAND = {
    "A": ("What do you think: yes or no?",),
    "B": ("What do you think about it yourself?", "What speaks for it, and what against it?"),
    "C": ("Where do you stand on that yourself, and why?", "What would be the strongest argument against it?"),
}
_CLAIM = re.compile(r"\bi(?:['’]m| am)? (?:\w+ )?(?:think|believe|argue|convinced)\b|\b(?:should|ought)\b", re.I)
_UNCOUNTED = re.compile(r"(?:ness|ity|ment|tion|sion|ism|ance|ence|ship|hood|ing|ery|cy|ics|dom|ure)$")
_MASS = listed(
    "music work weather traffic water honey food coffee tea rain snow grammar health sport art love freedom money peace silence advice news information furniture homework research knowledge help fun courage meat fish rice bread fruit nature crime space technology energy plastic paper wood gold time history chemistry physics medicine law football tennis yoga chess turnover"
)
_LOOSE_LINKS = listed("as of for without than like by per due")
_MOST_WORDS, _COMMON, _FULL = 4, 400, 7


def question(story: Thread, band: str) -> str:
    """A question about something that the last message names; empty for a short message, or when nothing fits."""
    if "?" in story.last or len(tokens.letters(story.last)) < _FULL:
        return ""
    if _WHETHER.search(story.last) and (own := next((one for one in _STAND[band] if not story.was_said(one)), "")):
        return own
    found = _questions(story, band, claim=_CLAIM.search(story.last) is not None)
    return next((line for line in found if not remarks.is_untimely(line, story)), "")


def _questions(story: Thread, band: str, *, claim: bool) -> Iterator[str]:
    """Questions about the things named in the message, the rarest first; none twice."""
    lines = (*_CLAIMS[band], *_OPEN[band]) if claim else _OPEN[band]
    for phrase in named(story.last):
        for line in lines:
            start = line.split("{np}")[0].strip()
            made = line.replace("{np}", phrase)
            if story.was_said(start) or story.was_said(phrase + "?") or corrections.find(made):
                continue
            yield made


def named(text: str) -> list[str]:
    """The things that a message names, as the tutor says them, the rarest word first."""
    found: list[tuple[int, str]] = []
    for tree in reading.read(document.parse(corrections.corrected(text)), {}):
        for node in tree.nodes:
            phrase = _phrase(node)
            if phrase:
                found.append((-(frequency.rank(node.lemma) or 20_000), phrase))
    return list(dict.fromkeys(phrase for _, phrase in sorted(found)))


def _phrase(node: Node) -> str:
    """The noun with what belongs to it; empty when it says too little or can't be taken up as it is."""
    if node.tag not in {"NN", "NNS"} or node.dep not in _ROLES or node.lemma.lower() in _VAGUE | TIMES:
        return ""
    if node.dep == "pobj" and (node.head.lower in _LOOSE_LINKS or not node.lefts):
        return ""  # “I work as an engineer”, “not much of an argument”, “on time”
    if not node.lower.isalpha() or (frequency.rank(node.lemma) or 20_000) < _COMMON or not frequency.known(node.lower):
        return ""
    what = wording.what(node)
    if re.search(
        r"\b(?:you|he|she|it|they|his|her|no|any|every|each|afraid|sure|aware|glad|sorry|certain|which|what|whose|who|that|this|much|many|more|less|enough|such|how)\b|[,;:“”\"]",
        what,
        re.I,
    ):
        return ""
    single = node.tag == "NN"
    if (
        single
        and not (_UNCOUNTED.search(node.lower) or node.lower in _MASS)
        and not re.match(r"(?:an?|the|your|our|their|my|one)\b", what, re.I)
    ):
        return ""
    what = (
        followon.definite(what)
        if re.match(r"(?:an?|the|your|some|one|two|three|four|five|six|\d+)\b", what, re.I)
        else what
    )
    return what if len(what.split()) <= _MOST_WORDS else ""
