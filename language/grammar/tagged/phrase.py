# ruff: noqa: E501 - tables of words
"""What the rules over trees share: corrections over nodes, the parts of a noun phrase, what agrees with what."""

from collections.abc import Callable, Iterable, Iterator

from language import frequency
from language.correction import Correction
from language.grammar.rules import phrases
from language.lexicon.listed import listed
from language.tagging.reading import Node, Tree

ARTICLE, NUMBER = "article", "noun_number"  # kinds of corrections that several files make
NOUN_PLACES = ("dobj", "pobj", "attr", "nsubj", "nsubjpass", "dative")
BE = {
    "i": "am",
    "he": "is",
    "she": "is",
    "it": "is",
    "this": "is",
    "that": "is",
    "you": "are",
    "we": "are",
    "they": "are",
    "who": "are",
}
FOR_MANY = {"is": "are", "was": "were", "has": "have", "does": "do"}
FOR_ONE = {many: one for one, many in FOR_MANY.items()}
FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
VERBS = frozenset({"VB", "VBZ", "VBP", "VBD", "VBG", "VBN"})
SUBJECT = ("nsubj", "nsubjpass")
# Of these a part is meant, or many: the verb may agree with what follows "of".
SHARES = listed(
    """
    number lot lots majority minority rest couple half part percent percentage pair variety range none all some any
    plenty series host handful dozen bunch third quarter fraction proportion total average remainder array mass
    group crowd set class type kind sort collection combination selection list amount quantity score bit most
    more one two many several few both either neither each what that
    """
)
# Nouns for several people, which take either verb.
GROUPS = listed(
    """
    family team group government police class staff company committee crew audience public press band crowd body fleet congregation herd flock school pack bunch host troop squad panel network chain row
    couple people army jury regiment mankind priori posteriori minority majority generation population club community council board media
    clergy laity nobility gentry peasantry aristocracy youth
    faculty enemy party gang cast navy firm union side fish sheep deer data cattle folk england france
    germany spain italy brazil everyone
    """
)
# Plural in form only, or one sum.
SINGULAR_IN_S = listed(
    """
    news politics physics mathematics maths economics athletics gymnastics series species means headquarters
    works data media summons dice measles diabetes athens paris wales texas states nations netherlands philippines ethics statistics
    years months weeks days hours minutes seconds dollars pounds euros cents miles kilometres kilometers meters
    metres feet inches tons percent times thanks odds barracks crossroads chess analysis basis crisis mumps
    genetics linguistics electronics logistics aerobics classics tactics acoustics bus gas
    """
)


Rule = Callable[[Tree, Node, str], Correction | None]
_DETERMINER_WORDS = listed("many few several much little more less such enough own fewer most")
_DETERMINER_WORDS_2 = listed("PRP$ DT WP$ WDT CD PDT POS")
_NUMBER_WORDS = listed(
    """
    he she it this everyone everybody someone somebody anyone anybody nobody everything something nothing anything
    """
)


_OWNED = listed("mine yours hers ours theirs")  # one thing or many


def over(rules: Iterable[Rule], tree: Tree, text: str, nodes: Iterable[Node] | None = None) -> Iterator[Correction]:
    """Of each word the first rule that finds something at it."""
    for node in tree.nodes if nodes is None else nodes:
        for rule in rules:
            if (found := rule(tree, node, text)) is not None:
                yield found
                break


def without_names(tree: Tree) -> Iterator[Node]:
    """Nodes that are no names."""
    return (node for node in tree.nodes if not (node.text[0].isupper() and node.at))


def common_nouns(tree: Tree) -> Iterator[Node]:
    """Nouns that are no names."""
    for node in tree.nodes:
        if (
            node.tag in {"NN", "NNS"}
            and node.whole
            and node.lower.isalpha()
            and not (node.text[0].isupper() and node.at)
        ):
            yield node


def fix(first: Node, last: Node, suggestion: str, kind: str, message: str, text: str) -> Correction:
    """Replace the words from `first` to `last`, both included. An empty suggestion takes the space before with it."""
    start, end = first.start, last.end
    if not suggestion and start and text[start - 1] == " ":
        start -= 1
    elif not suggestion and text[end : end + 1] == " ":
        end += 1
    original = text[start:end]
    return Correction(start, end, original, phrases.like(original, suggestion) if suggestion else "", kind, message)


def before(node: Node, word: str, kind: str, message: str, text: str) -> Correction:
    """Put a word in before that one."""
    written = text[node.start : node.end]
    name = node.tag in {"NNP", "NNPS"} or node.text == "I"
    rest = (
        written
        if name or node.at or not written[:1].isupper() or written.isupper()
        else written[0].lower() + written[1:]
    )
    word = word.capitalize() if node.at == 0 and written[:1].isupper() else word
    return Correction(node.start, node.end, written, f"{word} {rest}", kind, message)


def subject(verb: Node) -> Node | None:
    """The subject of a verb; None if it has none."""
    return verb.child(*SUBJECT)


def auxiliaries(verb: Node) -> list[Node]:
    """Auxiliaries before a verb, in order."""
    return [one for one in verb.lefts if one.dep in {"aux", "auxpass"}]


def finite(verb: Node) -> Node | None:
    """The part of a verb that agrees with the subject."""
    for one in auxiliaries(verb):
        if one.tag in FINITE:
            return one
        if one.tag == "TO":
            return None
    return verb if verb.tag in FINITE else None


def determiner(noun: Node) -> Node | None:
    """What stands for an article: a, the, this, my, John's, two, no."""
    for one in noun.lefts:
        if one.dep in {"det", "poss", "nummod", "predet", "quantmod"} or one.tag in _DETERMINER_WORDS_2:
            return one
        if one.lower in _DETERMINER_WORDS:
            return one
    return None


def noun_after(tree: Tree, node: Node) -> Node | None:
    """The noun that follows, beyond at most one adjective."""
    found = tree.node(node.at + 1)
    if found is not None and found.tag == "JJ":
        found = tree.node(node.at + 2)
    return found if found is not None and found.tag in {"NN", "NNS"} else None


def many(verb: Node) -> str | None:
    """The form of a verb for a plural subject; None where it is none for a singular one."""
    if verb.lower in FOR_MANY:
        return FOR_MANY[verb.lower]
    return verb.lemma if verb.tag == "VBZ" and verb.lemma != verb.lower else None


def joined(noun: Node) -> list[Node]:
    """The others of "A, B and C"."""
    found = []
    for one in noun.rights:
        if one.dep == "conj":
            found += [one, *joined(one)]
    return found


def link(noun: Node) -> str:
    """The "and" or "or" that joins others to it; "" if there is none."""
    for one in [noun, *joined(noun)]:
        for child in one.rights:
            if child.dep == "cc":
                return child.lower
    return ""


def number(noun: Node) -> str | None:
    """ "one" or "many" for a subject; None where that is not sure."""
    if joined(noun):
        return "many" if link(noun) == "and" and not _one_by_one(noun) and _plain_pair(noun) else None
    if noun.lower in _NUMBER_WORDS:  # fmt: skip
        return "one"
    if noun.lower in {"we", "they", "these", "those"}:
        return "many"
    if noun.lower in SHARES or noun.lemma in SHARES or noun.lower in GROUPS or noun.lemma in GROUPS:
        return None
    if not noun.lower.isalpha() or _named(noun) or noun.lower in _OWNED:
        return None
    if noun.tag == "NNS":
        irregular = noun.lower in {"men", "women", "children", "feet", "teeth", "mice"}
        if noun.at == 0 and frequency.rank(noun.lower) is None:
            return None  # a name: Hancocks
        known = (irregular or noun.lower.endswith("s")) and noun.lower != noun.lemma and noun.lower not in SINGULAR_IN_S
        return "many" if known and not _one_sum(noun) else None
    if noun.tag == "NN":
        known = not noun.lower.endswith("s") or noun.lower.endswith("ss")
        return "one" if known and not _adjective(noun) else None
    return None


def _plain_pair(noun: Node) -> bool:
    """Two things for certain: "the cat and the dog", not "bread and butter" or "the division and specialization"."""
    parts = [noun, *joined(noun)]
    if any(one.tag not in {"NN", "NNS", "PRP"} for one in parts) or any(
        one.text[0].isupper() and one.at for one in parts
    ):
        return False
    return any(one.tag == "NNS" for one in parts) or all(
        one.tag == "PRP" or determiner(one) is not None for one in parts
    )


def _one_by_one(noun: Node) -> bool:
    return any(one.lower in {"each", "every", "no", "any"} for part in [noun, *joined(noun)] for one in part.lefts)


def _one_sum(noun: Node) -> bool:
    return any(one.dep == "nummod" for one in noun.lefts) or noun.lemma in {"percent", "dollar"}


def _named(noun: Node) -> bool:
    return noun.text[0].isupper() and noun.at > 0


def _adjective(noun: Node) -> bool:
    """The rich, the unemployed: a noun that is none."""
    article = determiner(noun)
    return article is not None and article.lower == "the" and noun.lower.endswith(("ed", "ing", "en"))
