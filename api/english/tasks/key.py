"""The teacher's key: a response that deserves full marks. Only the checker and tests ask for it."""

from api.english.catalog import drills, markup, options, schema
from api.english.tasks import answers, grade
from api.english.tasks.result import Response


def perfect(task: schema.Task, module_id: str, variant: int) -> Response:
    """What a learner who knows everything would send for this variant (a transcript for speaking)."""
    shown = task.variants[variant - 1]
    name = grade.key(module_id, task.id, variant)
    match shown:
        case schema.ChoiceVariant():
            return [
                options.choice_ids(shown, name, number)[question.right]
                for number, question in enumerate(shown.questions, 1)
            ]
        case schema.OrderingVariant():
            ids = options.part_ids(shown, name)
            return [ids[part] for part in markup.parts(shown.order)]
        case schema.MatchingVariant():
            ids = options.match_ids(shown, name)
            return [ids[right] for _, right in shown.pairs]
        case schema.GapVariant():
            return [gap.accept[0] for gap in markup.gaps(shown.text)]
        case schema.ShortVariant():
            return [answers.expand(question.accept[0])[-1] for question in shown.questions]
        case schema.WritingVariant() | schema.AnswerAloudVariant() | drills.PictureVariant():
            return shown.model
        case drills.MinimalPairsVariant():
            return [options.pair_ids(pair, name, number)[pair.said] for number, pair in enumerate(shown.pairs, 1)]
        case drills.ErrorHuntVariant():
            return markup.mended(shown.text)
        case schema.RolePlayVariant() | drills.InformationGapVariant():
            return [turn.model for turn in shown.turns]
        case _:
            return shown.text
