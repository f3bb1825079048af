"""A text of a teacher as sentences: their words, their names, their trees."""

from dataclasses import dataclass

from language import document
from language.tagging import reading
from language.tagging.reading import Tree

_MARKS = "\"'”’)"


@dataclass(frozen=True)
class Line:
    """A sentence as it is written. `running` are its words in lower case without names, `closed` whether it ends with a
    mark and is no heading."""

    text: str
    tree: Tree
    running: tuple[str, ...]
    names: tuple[str, ...]
    closed: bool


def lines(text: str) -> list[Line]:
    """The sentences of a text, in order."""
    found = []
    for tree in reading.read(document.parse(text), {}):
        start, end = tree.sentence.tokens[0].start, tree.sentence.tokens[-1].end
        while end < len(text) and text[end] in _MARKS:
            end += 1
        words = [node for node in tree.nodes if node.is_word and node.whole]
        names = tuple(node.text for node in words if node.tag.startswith("NNP"))
        running = tuple(node.lower for node in words if not node.tag.startswith("NNP"))
        found.append(Line(" ".join(text[start:end].split()), tree, running, names, tree.sentence.closed))
    return found
