# ruff: noqa: E501 - tables of words
"""Which preposition, or none, a verb, an adjective or a noun takes: rows of data, and the rule that reads them."""

from collections.abc import Iterator
from functools import cache, partial

from language.correction import Correction
from language.grammar.tagged import phrase
from language.lexicon.listed import listed
from language.sequences import often
from language.tagging.reading import Node, Tree

KIND = "preposition"
# class word: wrong ones > right one ("-" for none). Class v is a verb, a an adjective, n a noun.
ROWS = """
v depend: of from in by to > on|v rely: of in to at > on|v consist: in from by on > of|v insist: to for > on
v concentrate: in at to > on|v focus: in at to > on|v participate: to at on > in|v belong: for in > to
v listen: at > to|v discuss: about of on > -|v mention: about of > -|v emphasize: on about > -|v emphasise: on about > -
v contact: with to > -|v marry: with > -|v reach: to at > -|v approach: to > -|v lack: of > -|v resemble: to > -
v visit: to > -|v affect: to on in > -|v influence: to in > -|v join: to > -
v obey: to > -|v request: for > -|v demand: for > -|v master: on in > -|v avoid: from of > -|v face: with to > -
v describe: about > -|v study: about > -|v enter: into in to > -|v arrive: to > at
v congratulate: for > on|v prefer: than > to|v apologise: about > for|v apologize: about > for|v suffer: of by > from
v dream: on > of|v succeed: on at > in|v invest: on at to > in|v believe: at to > in|v specialise: on at to > in
v specialize: on at to > in|v graduate: of > from|v recover: of > from|v differ: of to than > from
v graduate: in > from|v agree: to > with|v disagree: to of > with|v accuse: for > of|v apply: to > for
v search: about > for|v hope: to > for|v pay: to > for|v wait: to > for|v ask: of > for
v contribute: on in for > to|v adapt: with in > to|v react: at > to|v react: towards > to
v adjust: with > to|v access: to > -|v laugh: on > at|v point: to > at|v cope: to about of > with
v trust: on > -|v deal: about of to > with|v interfere: to > with|v communicate: to > with|v compete: to > with
v result: to > in|v afford: for > -|v need: for of > -|v want: for > -|v enjoy: with of in > -|v spend: for in > on
v prevent: of > from|v protect: of > from|v stop: of > from|v benefit: of > from|v escape: of > from
v involve: on at > in|v engage: on at > in|v interest: on about at for > in|v base: in at > on|v locate: at on > in
v accustom: with for in at > to|v dedicate: for > to|v addict: with on in by of > to|v relate: with > to
v fill: of by > with|v cover: of > with|v satisfy: of about for > with|v surround: of > by|v replace: with > by
a good: in on > at|a bad: in on > at|a interested: on about at for to > in|a afraid: from about > of|a different: of > from
a proud: for about with from > of|a capable: for to in at > of|a responsible: of about to > for|a famous: by of > for
a full: with by > of|a aware: about for on > of|a tired: from about with > of|a similar: with as than of > to
a equal: with as > to|a married: with > to|a dependent: of from in > on|a independent: from on to > of
a useful: to > for|a necessary: to > for|a suitable: to > for|a bored: of by from > with
a satisfied: of about for from > with|a familiar: to of about > with|a busy: in at > with|a rich: of > in
a essential: to > for|a fond: to in for about > of|a jealous: about for with > of|a accustomed: with for in at of > to
a close: of from > to|a kind: with > to|a polite: with > to|a angry: from of > with|a sure: for > of
a worried: for of with > about|a excited: of for with > about|a skilled: on > in|a talented: on in > at
a careful: about > with|a sorry: of > for|a typical: for > of|a guilty: for about > of|a opposed: with against > to
n reason: of > for|n need: of > for|n effect: to in for over > on|n influence: to in for > on
n impact: in to for > on|n difference: from of with > between|n interest: on about for at > in
n increase: of > in|n attention: on in at > to|n damage: for on in of > to|n cause: for to > of|n access: in into of > to
n example: about for > of|n knowledge: in > of|n lack: in for > of
n attitude: about on > towards|n respect: to of > for|n demand: of > for|n responsibility: of about > for
n relationship: to between > with|n threat: for of > to|n key: of for > to|n right: for of > to
n invitation: for > to|n advice: for of > on|n information: of > about|n opinion: on for in > about
n confidence: on to at > in|n participation: to on at > in|n belief: on to at > in|n success: of on > in
n talent: in on > for|n desire: of > for|n alternative: of for > to|n exception: of from > to
n contribution: on in for > to|n visit: in at > to|n trip: in > to|n admission: in into > to
"""
# Nothing but the verb's own object follows: "listen music".
MISSING = """
listen to: music song radio teacher lecture me him her them us it you people advice parent news podcast
wait for: me him her them us it you bus train answer chance
look at: me him her them us picture photo
look for: job
go to: school university college church cinema theatre beach market supermarket hospital gym restaurant party concert
go to: library museum park airport office store mall bed work class
belong to: me him her them us you it family
arrive at: airport station school hotel office
depend on: me him her them us you it weather situation person people money
agree with: me him her them us you it statement opinion idea
think about: future problem
talk to: me him her them us
speak to: me him her them us
apply for: job position visa scholarship
pay for: ticket meal
complain about: it them
rely on: me him her them us you it
care about: me him her them us it you
"""
_TELLING = listed("explain suggest describe mention introduce announce report recommend")
# Objects with which a preposition makes an adverb: depend in part on, interested for years.
_ADVERBIAL = listed(
    """
    part turn fact general particular case way time year month day week hour minute moment place order addition
    measure extent degree detail first least last all once present night morning afternoon evening future past
    sum short public private secret vain advance return response spite total principle theory practice any
    door keyhole window end beginning behalf ground term reason it which whom what this that
    """
)


def find(tree: Tree, text: str) -> Iterator[Correction]:
    """Corrections by the rules of this module over one sentence."""
    yield from phrase.over((_wrong, _missing), tree, text, phrase.without_names(tree))


def less_sure(tree: Tree, text: str) -> Iterator[Correction]:
    """Wrong prepositions in a sentence with another error, where they may have been seen more often."""
    yield from phrase.over((partial(_wrong, often_enough=5.0),), tree, text, phrase.without_names(tree))


@cache
def _rows() -> dict[tuple[str, str], list[tuple[frozenset[str], str]]]:
    found: dict[tuple[str, str], list[tuple[frozenset[str], str]]] = {}
    for row in ROWS.replace("\n", "|").split("|"):
        if row.strip():
            word, _, rest = row.partition(":")
            wrong, _, right = rest.partition(">")
            kind, lemma = word.split()
            found.setdefault((kind, lemma), []).append((frozenset(wrong.split()), right.strip().strip("-")))
    return found


def _class(node: Node) -> str:
    if node.tag in phrase.VERBS:
        return "v"
    return "a" if node.tag in {"JJ"} else "n" if node.tag in {"NN", "NNS"} else ""


def _wrong(tree: Tree, node: Node, text: str, often_enough: float = 1.0) -> Correction | None:
    """`often_enough`: how much more often than usual a wrong preposition may have been seen and still be called wrong."""
    if node.at + 1 >= len(tree.nodes):
        return None
    particle = tree.nodes[node.at + 1]
    for kind in (_class(node), "a" if node.tag in {"VBN", "VBD"} else ""):
        word = node.lower if kind == "a" else node.lemma
        for wrong, right in _rows().get((kind, word), ()):
            if particle.lower in wrong and _is_error(tree, node, particle, right, kind, often_enough):
                return _said(tree, node, particle, right, text)
    return None


def _is_error(tree: Tree, node: Node, particle: Node, right: str, kind: str, often_enough: float) -> bool:
    if particle.tag not in {"IN", "TO"} or particle.head is not node or particle.dep not in {"prep", "agent", "dative"}:
        return False
    thing = particle.child("pobj", "pcomp")
    if (
        thing is None
        or thing.lemma in _ADVERBIAL
        or (thing.tag in {"CD", "WP", "WDT", "NNP"} and kind != "v")
        or (thing.tag == "NNP" and particle.lower == "at")  # a place
        or thing.tag == "CD"
    ):
        return False
    if particle.lower == "to" and tree.lower(particle.at + 1) == "another":
        return False  # "from one belief to another"
    if right and any(one.lower == right for one in node.rights):
        return False
    if kind == "v" and node.child("dobj") is not None and not right:
        return False
    if kind == "v" and (node.child("auxpass") is not None or node.tag in {"VBN"}) and not right:
        return False
    seen, usual = often(f"{node.lower} {particle.lower}"), often(f"{node.lower} {right}") if right else 0.0
    return seen < often_enough * (max(1.5, 0.03 * usual) if right else 25)


def _said(tree: Tree, node: Node, particle: Node, right: str, text: str) -> Correction:
    if not right:
        return phrase.fix(
            particle, particle, "", KIND, f"“{node.lower}” takes its object without “{particle.lower}”.", text
        )
    return phrase.fix(particle, particle, right, KIND, f"Say “{node.lower} {right}”.", text)


@cache
def _objects() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in MISSING.strip().splitlines():
        verb, _, things = row.partition(":")
        lemma, particle = verb.split()
        found.setdefault(lemma, {}).update(dict.fromkeys(things.split(), particle))
    return found


def _missing(tree: Tree, node: Node, text: str) -> Correction | None:
    """Listen music; explain me the problem."""
    if node.tag not in phrase.VERBS:
        return None
    thing = node.child("dobj", "dative")
    if thing is None or thing.at < node.at:
        return None
    if (
        node.lemma in _TELLING
        and thing.lower in {"me", "him", "us", "them"}
        and thing.at == node.at + 1
        and node.tag != "VBN"
    ):
        following = tree.nodes[thing.at + 1] if thing.at + 1 < len(tree.nodes) else None
        if following is not None and (
            following.tag in {"DT", "PRP$", "WRB", "WP"} or following.lower in {"that", "how", "why", "what", "about"}
        ):
            if following.lower in {"both", "all", "any", "each"}:
                return None  # "introduce us both", "describe them any more"
            return phrase.fix(node, node, f"{node.text} to", KIND, f"Say “{node.lower} to {thing.lower}”.", text)
        return None
    particle = _objects().get(node.lemma, {}).get(thing.lemma)
    if (
        particle is None
        or any(
            (one.dep == "prep" and one.at < thing.at) or one.lower in {"out", "up", "over", "down", "through", "in"}
            for one in node.rights
        )
        or thing.first.at != node.at + 1
        or (phrase.auxiliaries(node) and node.child("auxpass"))
    ):
        return None
    if thing.lower in {"you", "it"} and tree.tag(thing.at + 1) in phrase.FINITE:
        return None  # "if you listen you will hear it"
    if often(f"{node.lower} {thing.first.lower}") > 15 and node.lemma not in {"listen", "wait"}:
        return None
    return phrase.fix(node, node, f"{node.text} {particle}", KIND, f"Say “{node.lemma} {particle}” something.", text)
