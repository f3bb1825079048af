"""How the tutor puts things: phrases of a learner (“my sister and I” is “your sister and you”), and lines by level."""

import re
from collections.abc import Iterator

from language.lexicon import nouns
from language.lexicon.listed import listed
from language.tagging.reading import Node

MOST_WORDS = 16
_TO_YOU = {"i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "we": "you", "us": "you",
           "our": "your", "ours": "yours", "ourselves": "yourselves", "am": "are", "'m": "'re"}  # fmt: skip
_SELF = listed("i we")
_LEFT_OUT = frozenset({"cc", "intj", "punct", "mark", "parataxis", "preconj", "meta", "dep"})
_ASIDE = listed("yes no well so also then too because and but just maybe actually ok okay hi hello sorry")
_VERBS = frozenset({"VB", "VBP", "VBZ", "VBD", "VBN", "VBG", "MD"})


def by(band: str, *lines: str) -> str:
    """The line for the band: A, B or C."""
    return lines["ABC".index(band)]


def under(node: Node) -> Iterator[Node]:
    """The node and all below it, in order."""
    for one in node.lefts:
        yield from under(one)
    yield node
    for one in node.rights:
        yield from under(one)


def said(node: Node, without: frozenset[str] = frozenset()) -> str:
    """A phrase with all its words, said to the learner."""
    return joined([one for one in under(node)], node, without)


def joined(nodes: list[Node], top: Node, without: frozenset[str] = frozenset()) -> str:
    """The nodes as text."""
    made = ""
    for at, one in enumerate(nodes):
        if one.dep in without and one is not top:
            continue
        word = _TO_YOU.get(one.lower) or one.text
        if one.tag in {"NNP", "NNPS"} and word.islower():
            word = word.capitalize()
        if one.tag not in {"NNP", "NNPS"} and one.at == 0 and one.lower != "i":
            word = word[:1].lower() + word[1:]
        following = nodes[at + 1] if at + 1 < len(nodes) else None
        adjacent = following is not None and following.at == one.at + 1
        made += word + (" " if one.spaced or not adjacent else "")
    return re.sub(r"\s+([,.;:])", r"\1", " ".join(made.split())).strip(" ,;:.!-")


def clause(verb: Node, subject: Node, who: str) -> str:
    """The clause without what hangs on by “and”, “because” or a comma."""
    kept = [one for one in own(verb) if one.head is not verb or one.at > subject.at or one.lower not in _ASIDE]
    text = were(joined(kept, verb), subject)
    return text if _subject_of(verb) is subject else f"{who} {text}"


def own(verb: Node) -> Iterator[Node]:
    """The verb with what belongs to it alone."""
    for one in verb.lefts:
        if one.dep not in _LEFT_OUT | {"advcl", "ccomp"}:
            yield from under(one)
    yield verb
    for one in verb.rights:
        if one.dep in _LEFT_OUT | {"advcl", "conj"} or (one.dep == "conj" and one.tag in _VERBS):
            continue
        yield from (child for child in under(one) if not is_clause_under(child, one))


def is_clause_under(node: Node, top: Node) -> bool:
    """Whether a word belongs to a reason or a time clause inside a phrase."""
    while node is not top:
        if node.dep == "advcl" or (node.dep == "relcl" and node.tag in _VERBS):
            return True
        node = node.head
    return False


def _subject_of(verb: Node) -> Node | None:
    return verb.child("nsubj", "nsubjpass", "expl")


def were(text: str, subject: Node) -> str:
    """ "You were", where the learner said "I was"."""
    if subject.lower not in _SELF:
        return text
    return re.sub(r"\b(you(?: \w+)?) was(n['’]t)?\b", r"\1 were\2", text)


def short(verb: Node, subject: Node, who: str) -> str:
    """The verb with its auxiliaries only."""
    kept = [verb]
    for one in verb.children:
        if one.dep in {"aux", "auxpass", "neg", "prt"} or (one.dep in {"dobj", "attr", "acomp", "xcomp"}):
            kept += [child for child in under(one) if not is_clause_under(child, one)]
    text = were(f"{who} {joined(sorted(kept, key=lambda one: one.at), verb)}", subject)
    return text if len(text.split()) <= MOST_WORDS else ""


def action(complement: Node) -> str:
    """What is done, without when and where."""
    left_out = {"advcl", "advmod", "cc", "conj", "npadvmod", "punct"}
    kept = [one for one in own(complement) if not _within(one, complement, left_out)]
    text = re.sub(r"^to | because of .*", "", joined(kept, complement))
    return text if len(text.split()) <= 9 else " ".join(text.split()[:1])


def _within(one: Node, top: Node, deps: set[str]) -> bool:
    """Whether a word hangs on `top` by one of these relations."""
    while one.head is not top and one is not top:
        one = one.head
    return one is not top and one.dep in deps


def what(node: Node) -> str:
    """A noun phrase as text, without its clauses."""
    kept = [one for one in under(node) if not is_clause_under(one, node) and _of(one, node)]
    text = joined(kept, node)
    return text if len(text.split()) <= 7 else node.text


def _of(one: Node, top: Node) -> bool:
    """Whether a word stands in a phrase with “of” or “about”, without which its noun says little."""
    while one is not top:
        if one.dep == "prep" and one.head is top:
            return one.lower in {"of", "about"}
        one = one.head
    return True


def were_inside(text: str, subject: Node | None) -> str:
    """As `were`, for a clause within another."""
    return re.sub(r"\byou was\b", "you were", text) if subject is not None and subject.lower in _SELF else text


_BARE = re.compile(
    r"\b(?:in|of|from|with|for|at|near) (?:(?:small|big|new|old|nice|good|little|large|beautiful) )?([a-z]+)\b"
)
_WITHOUT_ARTICLE = listed("college hospital town sea church university day family food orange love night city phone")


def is_bare(text: str) -> bool:
    """Whether a noun that needs an article stands without one: “in small flat”, “driver of bus”."""
    found = {match.group(1) for match in _BARE.finditer(text.lower())}
    return bool(found & nouns.COUNTABLE - _WITHOUT_ARTICLE)
