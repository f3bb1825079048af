"""What can be asked about a text so that the text alone decides the answer."""

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence

from api.english.own.reading import Line
from language.lexicon.listed import listed
from language.tagging.reading import Node

Variant = Mapping[str, object]

# Words that tie a sentence to the one before it.
_LINKS = listed(
    "he she it they him her them his its their this these those then but so because however afterwards later"
)
_POINTING = _LINKS | listed("i me my we us our you your here there one ones such same other another that")
_CONTENT = frozenset({"NN", "NNS", "VBD", "VBZ", "VBN", "VBG", "JJ", "RB"})
_LONGEST_QUESTION = 16
_MOST_QUESTIONS = 5
_GAPS = 8


def questions(text: str, lines: Sequence[Line]) -> Sequence[Variant]:
    """Who or what did it: the sentence without its subject, where that is a name and nothing else is pointed at."""
    found = [one for line in lines if (one := _who(line))]
    asked = Counter(str(one["ask"]).lower() for one in found)
    single = [one for one in found if asked[str(one["ask"]).lower()] == 1][:_MOST_QUESTIONS]
    return [{"passage": text, "questions": single}] if len(single) >= 2 else []


def _who(line: Line) -> Variant | None:
    nodes = line.tree.nodes
    root = next((node for node in nodes if node.head is node and node.is_word), None)
    subject = root.child("nsubj", "nsubjpass") if root else None
    if root is None or subject is None or not subject.tag.startswith("NNP") or len(line.running) > _LONGEST_QUESTION:
        return None
    phrase = nodes[subject.first.at : subject.last.at + 1]
    verb = nodes[subject.last.at + 1] if subject.last.at + 1 < len(nodes) else None
    if subject.first.at != 0 or verb is None or verb.tag not in {"VBD", "VBZ"} or not _plain(phrase):
        return None
    rest = nodes[verb.at :]
    if any(node.lower in _POINTING or node.text in '"“”' for node in rest):
        return None
    name = _written(line, phrase)
    asked = _written(line, rest).rstrip(" .!?")
    return {"ask": f"Who or what {asked}?", "accept": [name], "why": f"The text says: “{line.text}”"}


def _plain(phrase: Sequence[Node]) -> bool:
    """Whether a phrase is a name alone."""
    return len(phrase) <= 4 and all(node.tag.startswith("NNP") or node.tag == "DT" for node in phrase)


def _written(line: Line, nodes: Sequence[Node]) -> str:
    first = line.tree.nodes[0].start
    return line.text[nodes[0].start - first : nodes[-1].end - first]


def order(lines: Sequence[Line]) -> Sequence[Variant]:
    """Runs of sentences that each point back at the one before; others could go anywhere."""
    found: list[Variant] = []
    at = 0
    while at + 4 <= len(lines) and len(found) < 3:
        run = list(itertools.takewhile(_points_back, lines[at + 1 : at + 6]))
        texts = [line.text for line in (lines[at], *run)]
        if len(texts) >= 4 and len(set(texts)) == len(texts):
            why = "Look at words such as “he”, “it”, “then”: what they point at comes before."
            found.append({"order": " / ".join(texts), "why": why})
            at += len(texts)
        else:
            at += 1
    return found


def _points_back(line: Line) -> bool:
    return any(word in _LINKS for word in line.running[:6])


def halves(lines: Sequence[Line]) -> Sequence[Variant]:
    """Paragraphs in which the second half of a word is missing every few words (a C-test: Raatz, Klein-Braley 1981)."""
    return [
        {"text": " ".join(text)}
        for run in _runs(lines, 40, 90)
        if len(text := [_gapped(line, once=2, hint=True) for line in run]) and _count(text) >= 5
    ][:3]


def heard(lines: Sequence[Line]) -> Sequence[Variant]:
    """Passages to listen to, with words missing in what is read."""
    return [
        {"script": " ".join(line.text for line in run), "text": " ".join(text)}
        for run in _runs(lines, 25, 60)
        if _count(text := [_gapped(line, once=1, hint=False) for line in run]) >= 2
    ][:3]


def aloud(lines: Sequence[Line]) -> Sequence[Variant]:
    """One or two sentences at a time."""
    return [{"text": " ".join(line.text for line in run)} for run in _runs(lines, 8, 25)][:_GAPS]


def _runs(lines: Sequence[Line], least: int, most: int) -> list[list[Line]]:
    """Neighbouring sentences of `least` to `most` words together."""
    found: list[list[Line]] = []
    held: list[Line] = []
    words = 0
    for line in lines:
        if words + len(line.running) > most:
            held, words = [], 0
        held.append(line)
        words += len(line.running)
        if least <= words <= most:
            found.append(held)
            held, words = [], 0
    return found


def _count(texts: Sequence[str]) -> int:
    return sum(text.count("{") for text in texts)


def _gapped(line: Line, *, once: int, hint: bool) -> str:
    """The sentence with at most `once` of its content words as gaps, spread over it."""
    wanted = [
        node
        for node in line.tree.nodes[2:]
        if node.tag in _CONTENT and node.whole and node.text.isascii() and node.text.isalpha() and node.text.islower()
        and len(node.text) >= 4
    ]  # fmt: skip
    picked = wanted[:: max(1, len(wanted) // once)][:once]
    text, first = line.text, line.tree.nodes[0].start
    for node in reversed(picked):
        start, end = node.start - first, node.end - first
        if text[start:end] != node.text:
            return line.text
        half = f"{node.text[: (len(node.text) + 1) // 2]}…>" if hint else ""
        text = f"{text[:start]}{{{half}{node.text}}}{text[end:]}"
    return text
