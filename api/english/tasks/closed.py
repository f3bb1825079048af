"""Tasks with options: multiple choice, ordering and matching. Responses are option ids."""

import itertools

from api.english.catalog import markup, options, schema
from api.english.tasks import result
from api.english.tasks.result import Graded, Part, Response


def choice(variant: schema.ChoiceVariant, key: str, response: Response) -> Graded:
    """One option id for each question; half a question is not possible."""
    given = result.answers(response, len(variant.questions))
    parts = []
    for number, (question, picked) in enumerate(zip(variant.questions, given, strict=True), 1):
        ids = options.choice_ids(variant, key, number)
        if picked.strip().lower() == ids[question.right]:
            parts.append(Part(str(number), 1, "Right.", 1 / len(ids)))
        elif picked.strip():
            parts.append(Part(str(number), 0, question.why, 1 / len(ids)))
        else:
            parts.append(Part(str(number), 0, f"No answer. {question.why}"))
    return _graded(tuple(parts))


def ordering(variant: schema.OrderingVariant, key: str, response: Response) -> Graded:
    """Option ids in order. Credit is the share of neighbours that belong together, against the closest right order."""
    ids = options.part_ids(variant, key)
    given = [text.strip().lower() for text in (response if isinstance(response, list) else response.split(","))]
    best, first_wrong = -1.0, 0
    orders = [[ids[part] for part in markup.parts(order)] for order in (variant.order, *variant.also)]
    # Among n parts in any order, each of the n(n − 1) possible neighbours is there once in n times.
    chance = len({pair for right in orders for pair in itertools.pairwise(right)}) / (len(ids) * (len(ids) - 1))
    for right in orders:
        if given == right:
            return Graded(100, "The order is right. Well done!", (Part("1", 1, "Right.", chance),))
        follows = dict(itertools.pairwise(right))
        pairs = itertools.pairwise(given) if len(set(given)) == len(given) else []
        share = sum(follows.get(one) == other for one, other in pairs) / (len(right) - 1)
        # All neighbours right but something missing or added at an end is still not the whole order.
        share = min(share, 1 - 1 / len(right))
        if share > best:
            best = share
            first_wrong = next(
                (n for n, (a, b) in enumerate(zip(given, right, strict=False), 1) if a != b), len(given) + 1
            )
    part = Part("1", best, f"Look again from part {first_wrong}. {variant.why}", chance if any(given) else 0.0)
    return Graded(round(100 * best), part.message, (part,))


def matching(variant: schema.MatchingVariant, key: str, response: Response) -> Graded:
    """One option id for each left side, in the order shown."""
    ids = options.match_ids(variant, key)
    given = result.answers(response, len(variant.pairs))
    parts = []
    for number, ((left, right), picked) in enumerate(zip(variant.pairs, given, strict=True), 1):
        good = picked.strip().lower() == ids[right]
        chance = 1 / len(ids) if picked.strip() else 0.0
        parts.append(Part(str(number), float(good), "Right." if good else f"Look again at “{left}”.", chance))
    graded = _graded(tuple(parts))
    if graded.score < 100 and variant.why:
        return Graded(graded.score, f"{graded.feedback}\n{variant.why}", graded.parts)
    return graded


def _graded(parts: tuple[Part, ...]) -> Graded:
    return Graded(result.percent([part.credit for part in parts]), result.in_words(parts), parts)
