"""All rules over one text: the corrections they agree on, in order."""

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

from kit.typography import Trace, trace
from language import document as texts
from language.correction import Correction, placed
from language.document import Document
from language.grammar import voices
from language.grammar.rules import (
    agreement,
    articles,
    auxiliaries,
    beginners,
    clauses,
    confusables,
    fixed,
    mechanics,
    number,
    order,
    prepositions,
    quantities,
    spelling,
    spoken,
    story,
    subjects,
    tense,
    times,
    verb_chains,
    verb_forms,
)
from language.grammar.tagged import find as tagged
from language.tagging import reading
from language.tagging.reading import Tree

# Where two corrections overlap, the rule that comes first wins: patterns over several words are more specific.
PATTERNS = (
    beginners.find,
    spoken.find,
    clauses.find,
    auxiliaries.find,
    times.find,
    confusables.find,
    fixed.find,
    prepositions.find,
    order.find,
    tense.find,
    story.find,
    verb_forms.find,
    verb_chains.find,
    number.find,
    agreement.find,
    subjects.find,
    quantities.find,
    articles.find,
)

MAX_CHARACTERS = 20_000


@lru_cache(maxsize=32)
def of_text(text: str) -> tuple[Correction, ...]:
    """Grammar, usage, spelling and marks of a text (its first 20,000 characters), by position.

    Pure; about 0.2 ms a word after the first call, which loads the tagger, so it belongs in a thread. The last texts
    are remembered: the tutor looks at one from several sides.
    """
    seen = read(text)
    return placed(seen, corrections(texts.parse(seen.text)))


def read(text: str) -> Trace:
    """A text (its first 20,000 characters) without invisible characters. Punctuation is checked, so it stays."""
    return trace(text[:MAX_CHARACTERS], signs=False)


def corrections(document: Document) -> tuple[Correction, ...]:
    """Corrections that do not overlap, by position."""
    misspelled = list(spelling.find(document))
    meant = {one.start: one.suggestion for one in misspelled if " " not in one.suggestion}
    trees = reading.read(document, meant)  # misspelled words as they should be
    meant_so = voices.passages(document)
    kept: list[Correction] = []
    for rule in PATTERNS:
        _keep(kept, rule(document), meant_so)
    _keep(kept, tagged.find(trees, document.text), meant_so)
    _keep(kept, misspelled, meant_so)
    _keep(kept, mechanics.find(document))
    spoken = voices.deliberate(document, meant_so, kept)
    kept = [one for one in kept if one not in spoken]
    sure = tuple(one for one in kept if one.kind != spelling.SPELLING)  # trees have the words as they should be
    more = tagged.more(_with_errors(trees, kept), document.text)
    _keep(kept, (one for one in more if not any(_beside(one, other) for other in sure)), meant_so)
    return tuple(sorted(kept, key=lambda one: (one.start, one.end)))


def _keep(kept: list[Correction], found: Iterable[Correction], meant_so: voices.Passages = voices.NONE) -> None:
    for one in found:
        if one.suggestion == one.original or meant_so.holds(one):
            continue
        if not any(_overlap(one, other) for other in kept):
            kept.append(one)


def _with_errors(trees: Iterable[Tree], kept: list[Correction]) -> list[Tree]:
    """Sentences in which a learner's error was found; marks that are missing say little about the writer."""
    places = sorted(one.start for one in kept if one.kind != "punctuation")
    found = []
    for tree in trees:
        at = bisect_left(places, tree.nodes[0].start)
        if at < len(places) and places[at] < tree.nodes[-1].end:
            found.append(tree)
    return found


def _beside(one: Correction, other: Correction) -> bool:
    """Whether the change of one word may be what the other needed: "other idea", "another idea"."""
    return one.start <= other.end + 1 and other.start <= one.end + 1


def _overlap(one: Correction, other: Correction) -> bool:
    return one.start < other.end and other.start < one.end
