"""Sentences read as trees: each word with its class, its form in the dictionary and the word that it belongs to."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from language.document import Document, Sentence, Token
from language.tagging import lemmas

_SHORT = re.compile(r"(?i)^(.+?)(n't|'s|'re|'ve|'ll|'d|'m)$")
_NORMS = {
    "n't": "not",
    "ca": "can",
    "wo": "will",
    "'ll": "will",
    "'re": "are",
    "'ve": "have",
    "'m": "am",
    "sha": "shall",
}
_TOGETHER = {"cannot": ("can", "not"), "gonna": ("gon", "na"), "wanna": ("wan", "na"), "gotta": ("got", "ta")}


@dataclass(eq=False, slots=True)
class Node:
    """A word or mark. `tag` is of the Penn Treebank, `dep` of ClearNLP; `head` is the node itself for a root."""

    at: int
    text: str
    start: int
    end: int
    spaced: bool
    whole: bool
    """Whether it is a word as written, not a part of one (did|n't, well|-|known)."""
    lower: str = ""
    tag: str = ""
    dep: str = ""
    lemma: str = ""
    head: "Node" = field(init=False)
    lefts: list["Node"] = field(default_factory=list)
    rights: list["Node"] = field(default_factory=list)

    @property
    def children(self) -> list["Node"]:
        """The nodes right below, in order."""
        return self.lefts + self.rights

    def child(self, *deps: str) -> "Node | None":
        """The first child with one of these relations."""
        for one in self.lefts:
            if one.dep in deps:
                return one
        for one in self.rights:
            if one.dep in deps:
                return one
        return None

    @property
    def first(self) -> "Node":
        """The leftmost word of its phrase."""
        node = self
        while node.lefts:
            node = node.lefts[0]
        return node

    @property
    def last(self) -> "Node":
        """The last node below."""
        node = self
        while node.rights:
            node = node.rights[-1]
        return node

    @property
    def is_word(self) -> bool:
        """Whether it is a word and no mark."""
        return self.text[0].isalpha() or self.text[0] == "'"


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence as it is written and as it is read."""

    sentence: Sentence
    nodes: tuple[Node, ...]

    def node(self, at: int) -> Node | None:
        """The node at a place; None outside."""
        return self.nodes[at] if 0 <= at < len(self.nodes) else None

    def lower(self, at: int) -> str:
        """The word at a place in lower case; "" outside."""
        return self.nodes[at].lower if 0 <= at < len(self.nodes) else ""

    def tag(self, at: int) -> str:
        """The tag at a place; "" outside."""
        return self.nodes[at].tag if 0 <= at < len(self.nodes) else ""


def read(document: Document, meant: Mapping[int, str]) -> tuple[Tree, ...]:
    """The sentences of a text as trees. `meant` says what a misspelled word that begins there should be."""
    if not document.sentences:
        return ()
    from language.tagging import network, parser  # with numpy, which is not needed to start

    found = [list(_nodes(sentence, meant)) for sentence in document.sentences]
    vectors = network.vectors([[_shown(node) for node in nodes] for nodes in found])
    for nodes, rows, (heads, deps) in zip(found, vectors, parser.parse(vectors), strict=True):
        _fill(nodes, network.tags(rows), heads, deps)
    return tuple(Tree(sentence, tuple(nodes)) for sentence, nodes in zip(document.sentences, found, strict=True))


def _shown(node: Node) -> tuple[str, str | None, bool]:
    text = "I" if node.text == "i" else node.text.replace("’", "'")
    return text, _NORMS.get(node.lower), node.spaced


def _fill(nodes: list[Node], tags: Iterable[str], heads: list[int], deps: list[str]) -> None:
    for node, tag, head, dep in zip(nodes, tags, heads, deps, strict=True):
        node.tag, node.dep, node.head = tag, dep, nodes[head]
        node.lemma = lemmas.lemma(node.lower, tag)
    for node in nodes:
        if node.head is not node:
            (node.head.lefts if node.at < node.head.at else node.head.rights).append(node)


def _nodes(sentence: Sentence, meant: Mapping[int, str]) -> Iterator[Node]:
    at = 0
    for index, token in enumerate(sentence.tokens):
        following = sentence.tokens[index + 1] if index + 1 < len(sentence.tokens) else None
        spaced = following is None or following.start > token.end
        parts = _parts(token, meant)
        for number, (text, start, end) in enumerate(parts):
            node = Node(at, text, start, end, spaced and number == len(parts) - 1, len(parts) == 1)
            node.lower = text.lower().replace("’", "'")
            yield node
            at += 1


def _parts(token: Token, meant: Mapping[int, str]) -> list[tuple[str, int, int]]:
    """As the tagger was taught to cut words: did|n't, it|'s, well|-|known."""
    text = meant.get(token.start, token.text)
    if text != token.text or not token.is_word:
        return [(text, token.start, token.end)]
    if token.lower in _TOGETHER:
        cut = len(_TOGETHER[token.lower][0])
        return [(text[:cut], token.start, token.start + cut), (text[cut:], token.start + cut, token.end)]
    found = []
    at = token.start
    for piece in re.split("(-)", text):
        short = _SHORT.match(piece.replace("’", "'")) if piece else None
        cut = len(short.group(1)) if short else len(piece)
        for part in (piece[:cut], piece[cut:]):
            if part:
                found.append((part, at, at + len(part)))
                at += len(part)
    return found
