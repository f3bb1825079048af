# ruff: noqa: E501 - tables of words
"""Subject and verb agree, wherever the subject stands."""

from collections.abc import Iterator

from language import frequency
from language.correction import Correction
from language.grammar.tagged import countable, phrase
from language.lexicon import nouns, verbs
from language.lexicon.listed import listed
from language.tagging import lemmas, model
from language.tagging.reading import Node, Tree

KIND = "agreement"
_ONE, _MANY = "A singular subject takes “{}”.", "A plural subject takes “{}”."
# After these a bare verb is right: they suggest he go, it made him cry.
_BARE_AFTER = listed(
    """
    let make have help see hear watch suggest recommend insist demand ask require propose request order urge
    feel notice observe bid wish rather lest
    """
)
_PERSONS = listed(
    "person man woman child boy girl friend one someone somebody anyone everyone somebody guy lady kid student teacher"
)
_VITAL = listed("important essential necessary vital imperative crucial rule principle requirement recommendation may")
_UNREAL = listed("if though unless as whether wish lest suppose rather imagine")
_QUOTES = frozenset("\"”“'’‘»")
_INDEFINITE = listed("everyone everybody someone somebody anyone anybody nobody")
_THERE_WORDS = listed("few dozen hundred thousand million couple many")
_VERB_WORDS = listed("do does is are was were has have")
_SAYING = listed("think know say believe feel hope mean see show find guess suppose tell like be say")
_DOUBTFUL_WORDS = listed("many several few these those two three")
_DOUBTFUL_WORDS_2 = listed(", — – - : ( ;")


def find(tree: Tree, text: str) -> Iterator[Correction]:
    """Corrections by the rules of this module over one sentence."""
    for verb in tree.nodes:
        if verb.tag not in phrase.VERBS:
            continue
        subject = phrase.subject(verb)
        there = verb.child("expl")
        if there is not None and there.lower == "there":
            yield from _there(tree, verb, text)
        elif subject is not None:
            yield from _verb(tree, verb, subject, text)


def _there(tree: Tree, verb: Node, text: str) -> Iterator[Correction]:
    shown = verb.child("attr") or verb.child(*phrase.SUBJECT)
    finite = phrase.finite(verb)
    if shown is None or finite is None:
        return
    asked = finite.lower in {"is", "was"} and tree.lower(finite.at + 1) == "there"  # "Is there any shops?"
    if asked and not tree.nodes[-1].text.endswith("?"):
        return
    if shown.first.at != finite.at + 1 + asked + (tree.lower(finite.at + 1) in {"also", "always", "still", "now"}):
        return
    if finite.lower not in {"is", "was", "are", "were", "has"}:
        return
    people = shown.lower == "people" and shown.first is shown
    if phrase.joined(shown) or shown.lower in phrase.SHARES or (shown.lemma in phrase.GROUPS and not people):
        return
    before = {one.lower for one in shown.lefts}
    if finite.lower in {"is", "was"} and shown.tag == "NNS" and (people or phrase.number(shown) == "many"):
        right, said = phrase.FOR_MANY[finite.lower], "Before more than one thing say “there {}”."
        sure = not before & {"a", "an", "no", "one"}  # "there is many a slip"
    elif finite.lower in {"are", "were"} and before & {"a", "an"} and shown.tag == "NN":
        right, said = phrase.FOR_ONE[finite.lower], "Before one thing say “there {}”."
        unreal = finite.lower == "were" and any(one.lower in _UNREAL for one in tree.nodes[: finite.at])
        unreal = unreal or any(one.lower == "and" for one in tree.nodes[shown.at :])  # "there were a dog, and two cats"
        sure = not before & _THERE_WORDS and not unreal
    else:
        return
    if sure:
        yield phrase.fix(finite, finite, right, KIND, said.format(right), text)


def _verb(tree: Tree, verb: Node, subject: Node, text: str) -> Iterator[Correction]:
    finite = phrase.finite(verb) or _bare(tree, verb, subject)
    if (
        finite is None
        or finite.tag == "MD"
        or finite.lemma not in model.words().verbs | {"be"}
        or (finite.text[0].isupper() and finite.at)
    ):
        return
    if finite.at < subject.at or (not finite.whole and finite.lower not in _VERB_WORDS):
        return
    count = _count(verb, subject)
    if count is None or _doubtful(tree, verb, finite, subject):
        return
    right = _form(finite, count, subject)
    if right is not None and right != finite.lower:
        several = lemmas.plural(subject.lower)
        if count == "one" and _rather_many(subject) and frequency.rank(several) is not None:
            said = f"The verb “{finite.lower}” is for more than one: “{several}”."
            yield phrase.fix(subject, subject, several, phrase.NUMBER, said, text)
            return
        said = (_ONE if count == "one" else _MANY).format(right)
        yield phrase.fix(finite, finite, right, KIND, said, text)


def _rather_many(noun: Node) -> bool:
    """Whether a singular that cannot stand so has lost its plural -s: "scientist assume", "some driver make"."""
    found = phrase.determiner(noun)
    bare = found is None or found.lower in {"some", "all", "most", "many", "several", "these", "those"}
    return noun.tag == "NN" and bare and countable.counted(noun.lower)


def _bare(tree: Tree, verb: Node, subject: Node) -> Node | None:
    """A base form that stands where only a finite one can: "She know just that"."""
    if verb.tag != "VB" or phrase.auxiliaries(verb) or verb.dep not in {"ROOT", "conj", "relcl", "advcl"}:
        return None
    if subject.lower not in {"he", "she", "it"} and subject.tag != "NN":
        return None
    return (
        verb if subject.at == verb.at - 1 and verb.at and tree.lower(0) not in {"may", "let", "god", "long"} else None
    )


def _count(verb: Node, subject: Node) -> str | None:
    if subject.tag in {"WDT", "WP"} or (subject.lower == "that" and verb.dep == "relcl"):
        noun = verb.head
        if (
            verb.dep != "relcl"
            or subject.at != noun.at + 1
            or _of_several(noun)
            or any(one.lower == "all" for one in noun.lefts)
        ):
            return None
        if subject.lower == "which" and noun.dep == "pobj":
            return None
        if noun.dep == "pobj" and subject.lower != "who" and _other_number(noun):
            return None  # "a place on the banks that is quiet"
        if subject.lower == "who" and noun.tag == "NN" and noun.lower not in nouns.PERSONS | _PERSONS:
            return None  # "the detail who were guarding her"
        return (
            phrase.number(noun)
            if noun.tag in {"NN", "NNS"} and not phrase.joined(noun) and noun.dep != "conj"
            else None
        )
    if subject.tag in {"NN", "NNS"} and any(one.dep == "conj" for one in subject.head.lefts):
        return None
    return None if any(one.lower in {"all", "dice"} for one in subject.lefts) else phrase.number(subject)


def _other_number(noun: Node) -> bool:
    """Whether a noun stands close before that the clause may speak of as well, one where this is many."""
    rule = noun.head
    return any(
        one.tag in {"NN", "NNS"} and one.tag != noun.tag for one in (rule.head, *rule.head.rights) if one.at < rule.at
    )


def _of_several(noun: Node) -> bool:
    """One of the people who live here; the kind of man that…"""
    return (noun.dep == "pobj" and noun.head.lower == "of") or (phrase.determiner(noun) is None and noun.tag == "NN")


def _doubtful(tree: Tree, verb: Node, finite: Node, subject: Node) -> bool:
    if subject.tag == "PRP" and tree.lower(subject.at - 1) in {"and", "or", "nor", "than"}:
        return True  # "Curly, a dog, and he were led away"
    if finite.lower == "were" and (
        subject.at > finite.at
        or any(one.dep == "mark" for one in verb.lefts)
        or any(one.lower in _UNREAL for one in tree.nodes[: finite.at])
    ):
        return True
    if verb.dep == "ccomp" and verb.head.lemma in _BARE_AFTER and finite.lower not in phrase.FOR_MANY:
        return True
    if (
        finite.tag in {"VB", "VBP"}
        and finite.lower not in phrase.FOR_MANY.values()
        and _may_be_bare(tree, verb, finite)
    ):
        return True
    between = tree.nodes[subject.at + 1 : finite.at]
    if (
        finite.tag == "VBZ"
        and finite.lower not in phrase.FOR_MANY
        and not all(_beside(one, subject) for one in between)
    ):
        return True
    if any(one.lower in {"cent", "percent", "%"} for one in tree.nodes[max(0, subject.at - 4) : finite.at]):
        return True
    if finite.at < subject.at:
        between = tree.nodes[finite.at + 1 : subject.at]
    if any(one.tag == "PRP" and one.dep in phrase.SUBJECT for one in between):
        return True
    if any(one.lower in {"and", "or", "nor", "with", "plus", "but"} for one in between) and not phrase.joined(subject):
        return True
    if any(one.at > finite.at or (one.tag == "PRP" and one.at == finite.at - 1) for one in phrase.joined(subject)):
        return True
    if any(one.text in _DOUBTFUL_WORDS_2 for one in between):
        return True
    return _misread(tree, verb, finite, subject)


def _misread(tree: Tree, verb: Node, finite: Node, subject: Node) -> bool:
    """Whether the tree may take the wrong word for the subject: questions, clauses with "what", quotations."""
    if tree.lower(0) in {"how", "what", "which", "whose", "when", "where", "why"} and tree.nodes[-1].text == "?":
        return subject.tag != "PRP"
    if any(one.lower in {"whoever", "whatever", "whichever", "not"} for one in tree.nodes[: finite.at]):
        return subject.tag != "PRP"
    first = subject.first
    if _no_subject(tree, subject, finite) or tree.lower(first.at - 1) == "than":
        return True
    if tree.tag(first.at - 1) in phrase.VERBS and tree.nodes[first.at - 1].lemma not in _SAYING:
        return True  # "that things fail to fulfil our hopes is no proof"
    if finite.lower in phrase.FOR_ONE and tree.tag(finite.at - 1) == "NNS" and _around(tree, subject, finite):
        return True
    if tree.lower(finite.at - 1) in {"what", "which", "who", "that"} and subject.at != finite.at - 1:
        return True
    if finite.tag in {"VB", "VBP"} and finite.lower in {"last", "shut", "start"}:
        return True  # "one day last week", "a head start"
    if finite.tag == "VB" and any(one.lower in {"that", "if"} and one.dep == "mark" for one in verb.lefts):
        return True
    if finite is verb and finite.lower == "do" and tree.tag(finite.at - 1) == "NNS":
        return True  # "the power to change what others do"
    if subject.lower == "what" or "what" in {tree.lower(first.at - 1), tree.lower(first.at - 2)}:
        return True
    if tree.lower(subject.at + 1) in _QUOTES or tree.lower(finite.at - 1) in _QUOTES:
        return True
    if first.at and (tree.tag(first.at - 1) == "VBG" or tree.lower(first.at - 1) in {"all", "of", "with", "and", "or"}):
        return True
    if any(one.tag in {"VBG", "WDT", "WP", "WRB"} for one in subject.lefts):
        return True
    if (
        any(one.lower in {"what", "whatever", "who"} for one in tree.nodes[: first.at])
        and finite.lower in phrase.FOR_MANY
    ):
        return True
    if any(one.lower in _DOUBTFUL_WORDS for one in subject.lefts):
        return True
    if subject.lower in _INDEFINITE and finite.tag in {"VB", "VBP"} and tree.nodes[-1].text in {"!", "?"}:
        return True
    return any(one.dep in {"mark", "prep"} and one.lower == "like" for one in verb.lefts)


def _no_subject(tree: Tree, subject: Node, finite: Node) -> bool:
    """Whether a pronoun taken for the subject hardly is it."""
    before = tree.lower(subject.first.at - 1)
    if subject.lower == "it":
        return before in {"outside", "inside", "beneath", "beyond", "behind", "beside"}  # "Outside it were gardens."
    if subject.lower not in {"these", "those"}:
        return False
    # "those walks to school"; "to admit it in such a matter as these is dangerous"
    return finite.lower not in phrase.FOR_MANY or before in {"as", "like", "than"}


def _around(tree: Tree, subject: Node, finite: Node) -> bool:
    """Whether a plural right before the verb hardly belongs to the noun before: "only this time around the rules are"."""
    return any(one.lower in {"around", "after", "before"} for one in tree.nodes[subject.at + 1 : finite.at])


def _form(finite: Node, count: str, subject: Node) -> str | None:
    word = finite.lower
    if count == "many":
        return phrase.many(finite) if word in phrase.FOR_MANY or finite.at > subject.at else None
    if word in phrase.FOR_ONE:
        return phrase.FOR_ONE[word]
    bare = finite.tag in {"VBP", "VB"} and finite.at > subject.at and word == finite.lemma
    if bare and word not in {"be", "am"} and not verbs.same_past(word):
        return lemmas.third(word)
    return None


def _may_be_bare(tree: Tree, verb: Node, finite: Node) -> bool:
    """We suggest that he go; I saw him come; need not be."""
    earlier = tree.nodes[max(0, finite.at - 12) : finite.at]
    if any(one.lemma in _BARE_AFTER - {"have", "feel", "wish", "order"} or one.lower in _VITAL for one in earlier):
        return True
    return finite.lemma in {"need", "dare"} and tree.lower(finite.at + 1) in {"not", "n't", "to"} - {"to"}


def _beside(node: Node, subject: Node) -> bool:
    """Whether a word between subject and verb belongs to neither of two clauses: an adverb, or "of …" after the subject."""
    while node.head is not node and node is not subject and node.dep not in {"relcl", "acl", "appos", "advcl"}:
        if node.tag in {"RB", "MD"} or node is subject:
            return True
        node = node.head
    return node is subject
