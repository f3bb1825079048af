"""Options in a shuffled order that is the same on every request and says nothing about the right one.

The order comes from a hash of the task, the variant and the option's text, so no state is needed to grade an id.
"""

from string import ascii_lowercase

from api.english.catalog import drills, markup, schema
from kit import shuffling


def shuffled(texts: list[str], key: str) -> dict[str, str]:
    """Text to id (a, b, c …) in the order shown. `key` names the task and the variant."""
    return dict(zip(shuffling.shuffled(texts, key), ascii_lowercase, strict=False))


def choice_ids(variant: schema.ChoiceVariant, key: str, number: int) -> dict[str, str]:
    """The options of question `number` (from 1)."""
    question = variant.questions[number - 1]
    return shuffled([question.right, *question.wrong], f"{key}/{number}")


def pair_ids(pair: drills.HeardPair, key: str, number: int) -> dict[str, str]:
    """The two words of pair `number` (from 1)."""
    return shuffled([pair.said, pair.other], f"{key}/{number}")


def part_ids(variant: schema.OrderingVariant, key: str) -> dict[str, str]:
    """The parts of an ordering, never shown in the right order."""
    parts = markup.parts(variant.order)
    for attempt in range(20):
        ids = shuffled(parts, f"{key}/{attempt}")
        if list(ids) not in ([markup.parts(order) for order in (variant.order, *variant.also)]):
            return ids
    raise ValueError(f"no shuffled order for {key}")


def match_ids(variant: schema.MatchingVariant, key: str) -> dict[str, str]:
    """The right sides, with those that belong to nothing."""
    return shuffled([*(right for _, right in variant.pairs), *variant.extra], key)


def bank_ids(variant: schema.GapVariant, key: str) -> dict[str, str] | None:
    """The word bank of a gap text, or None when the learner writes freely."""
    if not variant.extra:
        return None
    return shuffled([*(gap.accept[0] for gap in markup.gaps(variant.text)), *variant.extra], key)
