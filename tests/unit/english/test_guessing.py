"""What answers show of the learner: nothing, where they are guessed."""

import itertools
import statistics
from collections.abc import Callable, Iterable

import pytest

from api.english.catalog import drills, options, schema
from api.english.tasks import closed, sounds, typed
from api.english.tasks.result import Graded

CHOICE = schema.ChoiceVariant(
    passage="Ana lives in London.",
    questions=[
        schema.ChoiceQuestion(ask="Where?", right="In London", wrong=["In Rome", "In Paris"], why="There."),
        schema.ChoiceQuestion(ask="Who?", right="Ana", wrong=["Tom", "Mei", "Kim"], why="Ana."),
    ],
)
MATCH = schema.MatchingVariant(pairs=[("one", "1"), ("two", "2"), ("three", "3")], extra=["5"], why="Count.")
ORDER = schema.OrderingVariant(order="I / always / have / tea / at six.", why="Adverbs go before the verb.")
BANK = schema.GapVariant(text="{Although|though} it rained, we {went} out.", extra=["despite", "though"])
PAIRS = drills.MinimalPairsVariant(
    pairs=[drills.HeardPair(said="ship", other="sheep"), drills.HeardPair(said="bit", other="beat")] * 2
)

Guesses = Iterable[tuple[str, ...]]


def kinds() -> Iterable[tuple[str, Callable[[list[str]], Graded], Guesses]]:
    asked = [list(options.choice_ids(CHOICE, "k", number).values()) for number in (1, 2)]
    yield "choice", lambda given: closed.choice(CHOICE, "k", given), itertools.product(*asked)
    ids = list(options.match_ids(MATCH, "k").values())
    yield "matching", lambda given: closed.matching(MATCH, "k", given), itertools.product(ids, repeat=3)
    yield "matching once", lambda given: closed.matching(MATCH, "k", given), itertools.permutations(ids, 3)
    ids = list(options.part_ids(ORDER, "k").values())
    yield "ordering", lambda given: closed.ordering(ORDER, "k", given), itertools.permutations(ids)
    ids = list((options.bank_ids(BANK, "k") or {}).values())
    yield "word bank", lambda given: typed.gap(BANK, "k", given), itertools.product(ids, repeat=2)
    heard = [list(options.pair_ids(pair, "k", number).values()) for number, pair in enumerate(PAIRS.pairs, 1)]
    yield "pairs", lambda given: sounds.told_apart(PAIRS, "k", given), itertools.product(*heard)


@pytest.mark.parametrize(("grade", "guesses"), [pytest.param(*rest, id=name) for name, *rest in kinds()])
def test_all_guesses_together_show_nothing(grade: Callable[[list[str]], Graded], guesses: Guesses) -> None:
    graded = [grade(list(given)) for given in guesses]
    assert statistics.mean(one.score for one in graded) > 15
    assert statistics.mean(one.known for one in graded) == pytest.approx(0, abs=0.5)  # scores are whole points
    assert max(one.known for one in graded) == 100, "all right counts whole"
    assert all(-100 <= one.known <= one.score for one in graded)
    assert grade([]).known == 0, "what is left out is not held against anybody"


def test_what_nobody_can_guess_counts_as_it_is() -> None:
    gap = schema.GapVariant(text="She {works} here and {lives} there.")
    assert typed.gap(gap, "k", ["works", "live"]).known == typed.gap(gap, "k", ["works", "live"]).score == 50
    assert typed.dictation(schema.DictationVariant(text="She isn't my sister."), "She is").known >= 0


def test_another_right_order_makes_guessing_easier() -> None:
    one, other = ORDER.model_copy(), ORDER.model_copy(update={"also": ["always / I / have / at six. / tea"]})
    wrong = [options.part_ids(one, "k")[part] for part in ("at six.", "have", "I", "tea", "always")]
    assert closed.ordering(other, "k", wrong).known < closed.ordering(one, "k", wrong).known < 0
