"""What became of assignments: asked of those who keep the learners' work, once for as many as are shown."""

from collections.abc import Sequence

from api.assignments.models import Assignment, Outcome
from api.assignments.ports import Coursework, Readings
from kit.database import Connection

READ_WELL = 60.0
"""The pronunciation score from which a text counts as read: below it a listener has to work."""

Given = tuple[Assignment, str]
"""An assignment and a learner who has it."""


class Completion:
    """A module is completed when the course says so, also when that was before it was given. A text is completed when
    it was read well after it was given, in a live session or as a recording."""

    def __init__(self, coursework: Coursework, readings: Sequence[Readings]) -> None:
        self._coursework = coursework
        self._readings = readings

    def title(self, module_id: str) -> str | None:
        """None when there is no such module."""
        return self._coursework.title(module_id)

    async def own_title(self, cx: Connection, module_id: str, organization_id: str) -> str | None:
        """None when no module with this id was made in the organization."""
        return await self._coursework.own_title(cx, module_id, organization_id)

    async def of(self, cx: Connection, given: Sequence[Given]) -> list[Outcome]:
        """In the same order."""
        found = dict.fromkeys(range(len(given)), Outcome())
        modules = [(place, user, one.work.module_id) for place, (one, user) in enumerate(given) if one.work.module_id]
        if modules:
            work = await self._coursework.modules(cx, sorted({(user, module) for _, user, module in modules}))
            for place, user, module in modules:
                if (done := work.get((user, module))) is not None:
                    found[place] = Outcome(done.practised_at, done.completed_at, done.score)
        texts = [place for place, (one, _) in enumerate(given) if one.work.text is not None]
        if texts:
            for ask in self._readings:
                for number, last, well, best in await ask(
                    cx,
                    [given[place][1] for place in texts],
                    [given[place][0].work.text or "" for place in texts],
                    [given[place][0].created_at for place in texts],
                    READ_WELL,
                ):
                    found[texts[number]] = _better(found[texts[number]], Outcome(last, well, int(best + 0.5)))
        return [found[place] for place in range(len(given))]


def _better(one: Outcome, other: Outcome) -> Outcome:
    """Both together: the last practice, the first completion, the best score."""
    practised = [at for at in (one.practised_at, other.practised_at) if at]
    completed = [at for at in (one.completed_at, other.completed_at) if at]
    scores = [score for score in (one.score, other.score) if score is not None]
    return Outcome(max(practised, default=None), min(completed, default=None), max(scores, default=None))
