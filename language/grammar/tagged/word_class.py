# ruff: noqa: E501 - tables of words
"""Words of the wrong class: nouns for verbs, nouns for adjectives, feelings and their causes."""

from collections.abc import Iterator

from language.correction import Correction
from language.grammar.tagged import phrase
from language.lexicon import words
from language.lexicon.listed import listed
from language.sequences import often
from language.tagging.reading import Node, Tree

CHOICE = "word_choice"
FORM = "word_form"
_TO_VERB = {"success": "succeed", "analysis": "analyse", "advice": "advise", "choice": "choose", "loss": "lose", "life": "live",
            "belief": "believe", "proof": "prove", "growth": "grow", "solution": "solve", "decision": "decide",
            "explanation": "explain", "information": "inform", "communication": "communicate", "development": "develop",
            "education": "educate", "effect": "affect", "description": "describe", "improvement": "improve",
            "protection": "protect", "production": "produce", "safe": "save", "breath": "breathe", "bath": "bathe"}  # fmt: skip
_TO_ADJECTIVE = {"importance": "important", "difficulty": "difficult", "danger": "dangerous", "convenience": "convenient",
                 "success": "successful", "health": "healthy", "safety": "safe", "happiness": "happy",
                 "beauty": "beautiful", "difference": "different", "independence": "independent", "confidence": "confident",
                 "patience": "patient", "interest": "interesting", "intelligence": "intelligent", "harm": "harmful",
                 "benefit": "beneficial", "fame": "famous", "noise": "noisy", "necessity": "necessary", "freedom": "free",
                 "comfort": "comfortable", "responsibility": "responsible", "popularity": "popular",
                 "attraction": "attractive", "truth": "true", "wealth": "wealthy", "education": "educational"}  # fmt: skip
_FEELINGS = {"boring": "bored", "exciting": "excited", "tiring": "tired", "confusing": "confused",
             "disappointing": "disappointed", "interesting": "interested", "frightening": "frightened",
             "surprising": "surprised", "relaxing": "relaxed", "frustrating": "frustrated", "embarrassing": "embarrassed",
             "terrifying": "terrified", "annoying": "annoyed", "depressing": "depressed", "worrying": "worried"}  # fmt: skip
_NOUN_FOR_VERB_WORDS = listed(
    """
    want wants wanted able how need try tries trying like order ways easy hard difficult going hope chance
    """
)
_NOUN_FOR_ADJECTIVE_WORDS = listed("is are was were be 's 're feel become becomes")
_NOUN_FOR_ADJECTIVE_WORDS_2 = listed("is are was were be become becomes much lot")
_NOUN_FOR_ADJECTIVE_WORDS_3 = listed("danger importance difficulty convenience success harm health necessity")
_FEELING_WORDS = listed("i we they he she you people me him them us students children will to would n't can")
_TOO_MUCH_WORDS = listed(
    """
    akin alive alike similar aware other like different same better worse more less afraid further interested welcome unlike the mistaken obliged
    """
)


def find(tree: Tree, text: str) -> Iterator[Correction]:
    """Corrections by the rules of this module over one sentence."""
    return phrase.over(RULES, tree, text)


def _noun_for_verb(tree: Tree, node: Node, text: str) -> Correction | None:
    """Can success, want to success, to advice."""
    right = _TO_VERB.get(node.lower)
    before = tree.node(node.at - 1)
    if right is None or before is None or node.lower == "safe":
        return None
    if (
        before.tag == "MD"
        and before.at
        and tree.tag(before.at - 1) in {"PRP", "NNS", "NN", "WDT", "WP"}
        and tree.tag(before.at - 1) != "DT"
    ):
        if (node.lower == "effect" and tree.lower(node.at + 1) in {"a", "an", "change", "changes"}) or tree.tag(
            node.at + 1
        )[:1] == "V":
            return None
        return phrase.fix(node, node, right, FORM, f"The verb is “{right}”.", text)
    if before.lower == "to" and tree.lower(before.at - 1) in _NOUN_FOR_VERB_WORDS:
        if (
            (tree.tag(node.at + 1) in {"NN", "NNS"} and node.lower not in {"advice"})
            or often(f"{tree.lower(before.at - 1)} to {node.lower}") > 1
            or tree.lower(node.at + 1) == "of"
        ):
            return None
        return phrase.fix(node, node, right, FORM, f"The verb is “{right}”.", text)
    return None


def _noun_for_adjective(tree: Tree, node: Node, text: str) -> Correction | None:
    """Very importance, is more convenience."""
    right = _TO_ADJECTIVE.get(node.lower)
    before = tree.node(node.at - 1)
    if right is None or before is None or tree.tag(node.at + 1) in {"NN", "NNS", "HYPH"}:
        return None
    if (
        before.lower in {"very", "so", "too"}
        and before.at
        and tree.tag(before.at - 1) not in {"DT", "IN"}
        and tree.lower(before.at - 1) in _NOUN_FOR_ADJECTIVE_WORDS
    ):
        return phrase.fix(node, node, right, FORM, f"The adjective is “{right}”.", text)
    if (
        before.lower == "more"
        and tree.lower(before.at - 1) in _NOUN_FOR_ADJECTIVE_WORDS_2
        and tree.lower(node.at + 1) not in {"of", "in"}
    ):
        return phrase.fix(node, node, right, FORM, f"The adjective is “{right}”.", text)
    if (
        before.lower in {"is", "are", "was", "were"}
        and node.dep in {"attr", "acomp"}
        and tree.lower(node.at + 1) in {"for", "to", "."}
        and tree.lower(before.at - 1) in {"it", "this", "that", "they", "he", "she"}
        and node.lower in _NOUN_FOR_ADJECTIVE_WORDS_3
    ):
        return phrase.fix(node, node, right, FORM, f"The adjective is “{right}”.", text)
    return None


def _feeling(tree: Tree, node: Node, text: str) -> Correction | None:
    """I feel boring."""
    right = _FEELINGS.get(node.lower)
    before = tree.node(node.at - 1)
    if right is None or before is None:
        return None
    if tree.lower(before.at) in {"very", "so", "really", "too", "quite"}:
        before = tree.node(before.at - 1)
    if (
        before is None
        or before.lemma != "feel"
        or before.tag not in phrase.VERBS
        or tree.tag(node.at + 1) in {"NN", "NNS"}
    ):
        return None
    if tree.lower(before.at - 1) not in _FEELING_WORDS:
        return None
    return phrase.fix(
        node, node, right, FORM, f"Who has the feeling is “{right}”; what causes it is “{node.lower}”.", text
    )


def _too_much(tree: Tree, node: Node, text: str) -> Correction | None:
    """Too much expensive; very much important."""
    if node.lower != "much" or tree.lower(node.at - 1) not in {"too", "very", "so"} or tree.tag(node.at + 1) != "JJ":
        return None
    adjective = tree.nodes[node.at + 1]
    if (
        tree.lower(node.at - 2)
        not in words.BE | {"'s", "'re", "'m", "be", "been", "feel", "feels", "felt", "become", "looks"}
        or tree.tag(adjective.at + 1) in {"NN", "NNS", "JJ", "CC"}
        or adjective.lower in _TOO_MUCH_WORDS
        or adjective.lower.endswith("ed")
        or "there" in {tree.lower(node.at - 3), tree.lower(node.at - 4)}  # "There is too much odour."
    ):
        return None
    return phrase.fix(
        node,
        adjective,
        adjective.lower,
        CHOICE,
        f"Before an adjective say “{tree.lower(node.at - 1)}” without “much”.",
        text,
    )


RULES = (_noun_for_verb, _noun_for_adjective, _feeling, _too_much)
