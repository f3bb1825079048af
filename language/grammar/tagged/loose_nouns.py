# ruff: noqa: E501 - tables of words
"""Rules for sentences in which an error was found already.

Who makes one error makes others, so here a rule may be less sure of itself than in a sentence that may be right: a noun
without an article is no headline, a singular after "some" is no matter of style.
"""

from collections.abc import Iterator

from language import frequency
from language.correction import Correction
from language.grammar.rules.articles import article_for
from language.grammar.tagged import countable, phrase
from language.lexicon import nouns
from language.lexicon.listed import listed
from language.sequences import often
from language.tagging import lemmas
from language.tagging.reading import Node, Tree

_PLURAL_AFTER = listed("some certain various different other several all many few these those both numerous most such")
# Nouns that are one thing, or a mass, after "some" and in lists.
_EITHER = listed(
    """
    day night time way place thing kind sort type case point reason work life world people one person body part half
    rest number lot amount bit deal piece group pair couple god nature man woman mankind society media internet
    tv television radio phone home school college university church hospital prison bed town sea land space
    fish fruit food hair meat chicken cake coffee tea paper glass light power effort difficulty success change
    trouble thought doubt interest experience knowledge activity business sport culture language history
    art music law war peace form sense value use age end side area level state public future past present
    english math lunch dinner breakfast morning evening afternoon weekend today tomorrow fun sleep talk
    company practice attention damage action production population development government environment growth education
    """
)
# Said alone and with an article; after an adjective they want one: a good university.
_ONE_WITH_ADJECTIVE = listed(
    "university school place way job person thing world life question reason choice experience difference price language"
)
_PEOPLE = nouns.PERSONS | listed(
    "kid friend child user customer teenager citizen worker employee parent visitor driver"
)
_KNOWN = listed("next last same only first second third")
_NAMED_AFTER = listed("call name turn play move keep change elect appoint")
_NO_ARTICLE_AFTER = listed(
    """
    by per as than via versus plus no any some each every what which whose this that these those my your his her its our
    their 's a an the another either neither such one more most less enough of
    """
)
_ALONE = listed("NN NNS NNP NNPS HYPH POS CD SYM VBG FW JJ")
_MARKS = frozenset("/-–'\"“”:(&")


def find(tree: Tree, text: str) -> Iterator[Correction]:
    """Corrections by the rules of this module over one sentence."""
    yield from phrase.over(RULES, tree, text, phrase.common_nouns(tree))
    yield from phrase.over((_relative,), tree, text)


def _several(tree: Tree, noun: Node, text: str) -> Correction | None:
    """Some driver, certain thing, all student; most of the kid."""
    if noun.tag != "NN" or not _plain(tree, noun) or noun.lower in _EITHER or not countable.counted(noun.lower):
        return None
    first = noun.first
    counter = first.lower
    if any(one.lower in {"a", "an"} for one in noun.lefts):
        return None  # "such a situation"
    if first.head is not noun or first is noun or any(one.tag in {"CD", "NN", "VBG"} for one in noun.lefts):
        return None
    if counter == "the" or first.tag == "PRP$":
        if noun.lower not in _PEOPLE:
            return None  # "most of the country"
        if tree.lower(first.at - 1) != "of" or tree.lower(first.at - 2) not in {
            "most",
            "some",
            "many",
            "all",
            "several",
        }:
            return None
        counter = tree.lower(first.at - 2)
    elif counter not in _PLURAL_AFTER or tree.tag(first.at - 1) in {"DT", "PRP$", "POS", "CD"}:
        return None
    if counter in {"some", "certain", "such", "other", "different", "most", "all"} and (
        often(f"{counter} {noun.lower}") > 0.2 * often(f"{counter} {lemmas.plural(noun.lower)}") + 1
    ):
        return None
    right = lemmas.plural(noun.lower)
    if frequency.rank(right) is None or right == noun.lower:
        return None
    return phrase.fix(noun, noun, right, phrase.NUMBER, f"After “{counter}” comes the plural: “{right}”.", text)


def _listed(tree: Tree, noun: Node, text: str) -> Correction | None:
    """Instead of car; use airplane, ship and train; for student."""
    if noun.tag != "NN" or not _plain(tree, noun) or noun.lower in _EITHER or phrase.determiner(noun) is not None:
        return None
    if noun.lefts or not countable.counted(noun.lower) or noun.dep not in {"conj", "dobj", "pobj"}:
        return None
    right = lemmas.plural(noun.lower)
    before = tree.lower(noun.at - 1)
    if before in _NO_ARTICLE_AFTER - {"of"} or right == noun.lower:
        return None
    together = _family(noun)
    bare = [one for one in together if one.tag == "NN" and phrase.determiner(one) is None and not one.lefts]
    others = any(one.tag == "NNS" for one in together if one is not noun)
    if len(together) < 2 or not (others or len(bare) == len(together) > 2):
        return None
    if often(f"{before} {noun.lower}") > 0.5 * often(f"{before} {right}") + 0.5 and before not in {",", "and", "or"}:
        return None
    return phrase.fix(noun, noun, right, phrase.NUMBER, f"In general, what can be counted is plural: “{right}”.", text)


def _family(noun: Node) -> list[Node]:
    head = noun
    while head.dep == "conj" and head.head is not head:
        head = head.head
    return [head, *phrase.joined(head)]


def _one(tree: Tree, noun: Node, text: str) -> Correction | None:
    """Got good score; without tour; when I was freshman; to get into good university."""
    if noun.tag != "NN" or not _plain(tree, noun) or noun.dep not in phrase.NOUN_PLACES or noun.dep == "nsubj":
        return None
    if phrase.determiner(noun) is not None or phrase.joined(noun):
        return None
    first = noun.first
    if not (countable.counted(noun.lower) or (first is not noun and noun.lower in _ONE_WITH_ADJECTIVE)):
        return None
    before = tree.lower(first.at - 1)
    if first.at == 0 or first.text[0].isupper() or before in _NO_ARTICLE_AFTER:
        return None
    if tree.tag(first.at - 1) in {"DT", "PRP$", "POS", "CD", "CC", ","}:
        return None
    if tree.nodes[first.at - 1].lemma in _NAMED_AFTER:
        return None
    if any(one.tag not in {"JJ", "RB", "JJR", "JJS", "VBN"} or one.dep not in {"amod", "advmod"} for one in noun.lefts):
        return None
    if any(one.tag in {"CC", ","} for one in tree.nodes[first.at : noun.at]) or first.lower in _KNOWN:
        return None
    if first.lower in {"quite", "so", "too", "how"} or tree.lower(first.at - 2) == "nor":
        return None  # "not quite so puddly", "nor was there opportunity"
    alone = often(f"{before} {first.lower}")
    if (alone > 3 or noun.lower in _EITHER) and first is noun and noun.dep != "attr":
        return None
    one = article_for(first.lower)
    by_a, by_the = often(f"{before} {one} {first.lower}"), often(f"{before} the {first.lower}")
    seen = by_a + by_the >= max(1.0, 2 * alone)
    if first is noun and noun.dep != "attr" and not seen and not (alone < 1 and countable.surely(noun.lower)):
        return None
    if first is not noun and often(f"{one} {first.lower}") < 2 * often(f"{first.lower} {lemmas.plural(noun.lower)}"):
        return None
    article = "the" if first.tag == "JJS" or by_the > 2 * by_a + 1 else one
    return phrase.before(first, article, phrase.ARTICLE, "One thing that can be counted needs an article.", text)


def _subject(tree: Tree, noun: Node, text: str) -> Correction | None:
    """Robot can work all day; scientist have found; because student need help."""
    if (
        noun.tag != "NN"
        or noun.dep not in phrase.SUBJECT
        or noun.lefts
        or noun.rights
        or not countable.counted(noun.lower)
    ):
        return None
    verb = phrase.finite(noun.head)
    previous = tree.lower(noun.at - 1)
    if verb is None or verb.at < noun.at or verb.at > noun.at + 2 or noun.lower.endswith("s"):
        return None
    if noun.at and not (tree.tag(noun.at - 1) in {",", "RB", "IN"} and previous not in _NO_ARTICLE_AFTER):
        return None
    right = lemmas.plural(noun.lower)
    if verb.lower not in {"are", "were", "have", "do", "can", "could", "should", "must", "will"} and verb.tag != "VBP":
        return None
    if right == noun.lower or frequency.rank(right) is None or noun.lower in _EITHER:
        return None
    return phrase.fix(noun, noun, right, phrase.NUMBER, f"In general, what can be counted is plural: “{right}”.", text)


def _plain(tree: Tree, noun: Node) -> bool:
    """Whether nothing stands after the noun that could belong to it: no compound, no hyphen, no apostrophe."""
    following = tree.node(noun.at + 1)
    if noun.lower.endswith(("s", "ing", "ese")) or noun.lower in nouns.UNCOUNTABLE or noun.dep == "compound":
        return False
    return following is None or not (following.tag in _ALONE or following.text[0] in _MARKS or following.text.isupper())


def _relative(tree: Tree, node: Node, text: str) -> Correction | None:
    """People that is often convinced; a lecture which are long; countries that has joined."""
    if node.lower not in {"who", "which", "that"} or node.dep not in phrase.SUBJECT or not node.at:
        return None
    noun, verb = tree.nodes[node.at - 1], tree.node(node.at + 1)
    if (
        verb is None
        or noun.tag not in {"NN", "NNS"}
        or node.head.dep != "relcl"
        or (verb.head is not node.head and verb is not node.head)
    ):
        return None
    if node.head.head is not noun or verb.tag not in {"VBZ", "VBP", "VBD"}:
        return None
    count = "many" if noun.lower == "people" else phrase.number(noun)
    if (
        count is None
        or phrase.joined(noun)
        or "one" in {one.lower for one in tree.nodes[max(0, noun.at - 5) : noun.at]}
    ):
        return None
    right = phrase.many(verb) if count == "many" else _single(verb, noun)
    if right is None or right == verb.lower:
        return None
    return phrase.fix(
        verb,
        verb,
        right,
        "agreement",
        f"“{noun.lower}” is {'plural' if count == 'many' else 'singular'}, so its verb is “{right}”.",
        text,
    )


def _single(verb: Node, noun: Node) -> str | None:
    if noun.head.lower == "of" or phrase.determiner(noun) is None or verb.tag != "VBP":
        return None
    return phrase.FOR_ONE.get(verb.lower) or (lemmas.third(verb.lower) if verb.lower == verb.lemma else None)


RULES = (_several, _subject, _listed, _one)
