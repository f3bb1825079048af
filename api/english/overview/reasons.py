"""Why a task is suggested, in a sentence for the learner. Pure."""

from collections.abc import Mapping

from api.english.modules.next_task import Suggestion
from api.english.modules.reach import Reach
from api.english.ports import WeakPhoneme
from api.english.xpi.formula import Standing


def sentence(found: Suggestion, standing: Standing, reach: Reach, sounds: Mapping[str, WeakPhoneme]) -> str:
    """Why something is suggested, in one sentence for the learner."""
    match found.reason:
        case "review":
            item = found.item or ""
            named = f"/{sounds[item].ipa}/" if item in sounds else f"“{item}”"
            return f"It is time to repeat {named}: it went wrong before and will soon be forgotten."
        case "assigned":
            due = reach.given[found.module_id]
            return f"Your teacher gave you this module, until {due.day} {due:%B %Y}."
        case "sound":
            sound = sounds[found.item or ""]
            return f"/{sound.ipa}/ is your weakest sound: {sound.mean:.0f} of 100 on average."
        case "skill":
            own = standing.skills[found.task.skill]
            return f"{found.task.skill.capitalize()} is your weakest skill: {own}, and {standing.xpi} on the whole."
        case "next":
            level = reach.begins_at
            return f"The next in your course from your level, {level}, on." if level else "The next in your course."
