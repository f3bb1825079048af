"""One door to the graders that need no evaluation by a speech or writing engine."""

from api.english.catalog import drills, schema
from api.english.tasks import closed, exchange, hunt, sounds, typed
from api.english.tasks.result import Graded, Response


def key(module_id: str, task_id: str, variant: int) -> str:
    """Names one variant of one task; the order of its options hangs on this."""
    return f"{module_id}/{task_id}/{variant}"


def objective(task: schema.Task, module_id: str, variant: int, response: Response) -> Graded | None:
    """The grade of a task with right answers; None when a person's own text or speech has to be evaluated.

    Some kinds read the response as English (`language.grammar.check`), so it belongs in a thread."""
    shown = task.variants[variant - 1]
    name = key(module_id, task.id, variant)
    match shown:
        case schema.ChoiceVariant():
            return closed.choice(shown, name, response)
        case schema.OrderingVariant():
            return closed.ordering(shown, name, response)
        case schema.MatchingVariant():
            return closed.matching(shown, name, response)
        case schema.GapVariant():
            return typed.gap(shown, name, response)
        case schema.ShortVariant():
            return typed.short_answer(shown, response)
        case schema.DictationVariant():
            return typed.dictation(shown, response)
        case drills.MinimalPairsVariant():
            return sounds.told_apart(shown, name, response)
        case drills.ErrorHuntVariant():
            return hunt.errors(shown, response)
        case drills.InformationGapVariant() if task.skill == "writing":
            return exchange.written(shown, response)
        case _:
            return None
