# ruff: noqa: E501 - sentences
"""The rule behind a correction, in one sentence for beginners and a fuller one for others."""

from functools import cache

from language.correction import Correction
from language.lexicon import words
from language.lexicon.listed import listed
from language.tagging import lemmas

BEGINNERS = ("A1", "A2")
_ARTICLES = listed("a an the")

# rule | for beginners | from B1 on
ROWS = """
agreement | After he, she and it the verb has an -s: he works. | A verb agrees with its subject, wherever that stands: “The price of the tickets is high.”
be_agreement | Say I am, he is, we are; in the past was and were. | Forms of “be” agree with the subject, also after “there” and “who”: “There are people who are late.”
tense | Use the past for what is over: yesterday I went. | The tense follows the time that is meant: the past for what is over, the present perfect for what still counts, the present after “when” and “if” for the future.
base_form | After can, will, do and to use the simple verb: can go. | Modal verbs, “do” and “to” are followed by the base form, which shows neither person nor tense.
ing_form | After words like enjoy and after by, for, in, of use -ing: enjoy swimming. | Prepositions and verbs like “enjoy”, “avoid” and “suggest” are followed by the form in -ing.
to_form | After want, decide and hope use to: want to go. | Verbs like “want”, “decide” and “hope” are followed by “to” and the base form.
participle | After have and be use the third form: have gone, is made. | Perfect and passive are made with the past participle: “have written”, “is written”.
verb_form | The form of this verb is different. | Each auxiliary asks for one form of the next verb: “can do”, “is doing”, “has done”.
article_a | One thing needs a or an: a car, an egg. | A singular noun that can be counted needs a determiner; “a” or “an” when it is mentioned for the first time.
article_the | Use the when both know which one: the sun. | “The” marks what is known or the only one, and stands before superlatives, “same” and “whole”.
article_none | No a or the here. | Plurals and uncountable nouns take no “a”, and no “the” when they are meant in general.
article | Use a, an or the with one thing. | Which article a noun takes depends on whether it can be counted and is known.
plural | More than one needs -s: two cars. | After numbers, “many”, “these” and “one of the” the noun is plural.
singular | After a, this and every there is one thing: a car. | After “a”, “every”, “each” and “another” the noun is singular; “this” becomes “these” before a plural.
noun_number | Look whether it is one or many. | Countable nouns show their number; uncountable ones have no plural: “information”, “advice”.
preposition_none | No small word like to or about here: discuss it. | Some verbs take their object directly: “discuss a plan”, “enter a room”, “reach the top”.
preposition | Learn the small word with the verb: wait for, listen to. | Which preposition follows is fixed by the verb, adjective or noun: “depend on”, “good at”, “reason for”.
word_order | Say who, then the verb, then what. | The order is subject, verb, object; adverbs like “also” and “always” stand before the main verb, and indirect questions are ordered like statements.
missing_word | A small word is missing. | An English sentence names its subject and has a verb, and many verbs name their object: “It is raining.”
negation | Say do not or does not before the verb. | Main verbs are negated with “do”, “does” or “did”, and once only.
comparison | Say bigger than, or more beautiful than. | Short adjectives take -er and -est, long ones “more” and “most”, never both; “than” follows a comparative.
confusable | These two words look or sound alike. | Words that sound alike are told apart by their place: a possessive before a noun, a verb after its subject.
word_form | Use the right kind of word: a noun, a verb or an adjective. | The place in the sentence asks for a class of words: a verb after “to”, an adjective after “very”, an adverb with a verb.
word_choice | English uses another word here. | This word does not go with the others here; learn such words together.
spelling | Look at the letters. | Check the spelling, best with the word in a sentence.
capitalisation | Names, I and the first word have a capital letter. | Capitals mark the beginning of a sentence, names, days, months, languages and “I”.
punctuation | A sentence ends with a mark. | Marks show where a sentence or a part of it ends.
"""


@cache
def _sentences() -> dict[str, tuple[str, str]]:
    rows = (row.split(" | ") for row in ROWS.strip().splitlines())
    return {rule: (simple, fuller) for rule, simple, fuller in rows}


def rules() -> tuple[str, ...]:
    """What the rules look for, one sentence each."""
    return tuple(_sentences())


def explained(rule: str, level: str | None) -> str:
    """The rule in one sentence; `level` is a CEFR level, None for one that is not known."""
    simple, fuller = _sentences()[rule]
    return simple if level in BEGINNERS else fuller


def rule_of(one: Correction) -> str:
    """The rule that a correction follows: its kind, or what the change shows within it."""
    was, becomes = one.original.lower().split(), one.suggestion.lower().split()
    special = _SPECIAL.get(one.kind)
    found = special(was, becomes) if special else one.kind
    return found if found in _sentences() else "word_choice"


def _agreement(was: list[str], becomes: list[str]) -> str:
    return "be_agreement" if words.BE & {*was, *becomes} else "agreement"


def _verb_form(was: list[str], becomes: list[str]) -> str:
    if not becomes:
        return "verb_form"
    if becomes[0] == "to":
        return "to_form"
    last = becomes[-1]
    if last.endswith("ing"):
        return "ing_form"
    if was and last in {lemmas.lemma(was[-1], tag) for tag in ("VBZ", "VBD", "VBG")} and last != was[-1]:
        return "base_form"
    return "participle" if was and last == lemmas.participle(was[-1]) else "verb_form"


def _article(was: list[str], becomes: list[str]) -> str:
    added = _ARTICLES & {*becomes} - {*was}
    if "the" in added:
        return "article_the"
    if added:
        return "article_a"
    return "article_none" if _ARTICLES & {*was} - {*becomes} else "article"


def _number(was: list[str], becomes: list[str]) -> str:
    if not was or not becomes:
        return "noun_number"
    if becomes[-1] in {"these", "those", "people", "children", "men", "women"}:
        return "plural"
    if len(becomes[-1]) > len(was[-1]):
        return "plural"
    return "singular" if len(becomes[-1]) < len(was[-1]) else "noun_number"


def _preposition(was: list[str], becomes: list[str]) -> str:
    return "preposition_none" if len(becomes) < len(was) else "preposition"


_SPECIAL = {
    "agreement": _agreement, "verb_form": _verb_form, "article": _article, "noun_number": _number,
    "preposition": _preposition,
}  # fmt: skip
