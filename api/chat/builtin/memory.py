"""Questions of learners about themselves, answered from what they have said: “Where do I live?”"""

# ruff: noqa: E501 - a table reads best with one line an entry

import re

from api.chat.builtin import followups
from api.chat.builtin.turns import ChatTurn

_END = r"(?=\s*(?:[.,!?;]|$|\b(?:and|but|with|because|so|since|for|now|where|which|who)\b))"
# (what is asked, what the learner said before, the answer, the question when nothing was said)
_TABLE: tuple[tuple[str, str, str, str], ...] = (
    (r"\bwhat(?:['’]s| is) my name\b|\b(?:know|remember|forget|forgot) my name\b|\bwho am i\b",
     r"\b(?:my name is|my name['’]s|call me) ([a-zé]+)", "Your name is {1}.", "What is your name?"),
    (r"\bwhere do i live\b|\b(?:know|remember) where i live\b|\b(?:what|which) (?:city|town|country|place) do i live\b",
     rf"\bi (?:(?:now|still|also|currently) )?(?:live|am living) (in [\w'’ -]{{2,40}}?|near [\w'’ -]{{2,40}}?|on [\w'’ -]{{2,40}}?){_END}", "You live {1}.", "Where do you live?"),
    (r"\bwhere (?:am i from|do i come from)\b|\b(?:know|remember) where i(?: am|['’]m| come) from\b|\b(?:what|which) country (?:am|do) i\b",
     rf"\bi(?: am|['’]m| come|) from ([\w'’ -]{{2,40}}?){_END}", "You are from {1}.", "Where are you from?"),
    (r"\bhow old am i\b|\bwhat(?:['’]s| is) my age\b|\b(?:know|remember) (?:my age|how old i am)\b",
     r"\bi(?: am|['’]m) (\d{1,3}|[a-z]+(?:teen|ty)(?:[- ][a-z]+)?)(?: years old|(?=[.,!]|$))", "You are {1} years old.", "How old are you?"),
    (r"\bwhat(?:['’]s| is) my (?:job|profession)\b|\bwhat do i do (?:for a living|for work)?\s*\?|\bwhat do i work\b|\b(?:know|remember) (?:my job|what i do)\b",
     rf"\bi(?: am| ['’]m|['’]m| work as) (an? (?:[a-z]+ )?[a-z]*(?:er|or|ist|nurse|chef|cook|student|lawyer|pilot|clerk|assistant|ian|ant))\b{_END}", "You are {1}.", "What is your job?"),
    (r"\bwhere do i (?:work|study)\b|\b(?:know|remember) where i (?:work|study)\b",
     rf"\bi (?:work|study)(?: as an? [a-z ]+?)? ((?:in|at|for) [\w'’ -]{{2,40}}?){_END}", "You told me that it is {1}.", "Where do you work or study?"),
    (r"\bwhat do i (?:like|love|enjoy)\b|\b(?:know|remember) what i (?:like|love|enjoy)\b|\bwhat (?:are|is) my hobb(?:y|ies)\b",
     rf"\bi (?:really |also )?(?:like|love|enjoy) ((?!it\b|that\b|this\b|you\b|them\b)[\w'’ -]{{2,40}}?){_END}", "You like {1}.", "What do you like to do in your free time?"),
    (r"\bwhat did i do yesterday\b|\b(?:know|remember) what i did yesterday\b",
     rf"\byesterday,? i ([\w'’ -]{{3,60}}?){_END}|\bi ([\w'’ -]{{3,60}}?) yesterday\b", "You told me: yesterday you {1}.", "What did you do yesterday?"),
)  # fmt: skip
_ROWS = [(re.compile(asked, re.I), re.compile(said, re.I), reply, ask) for asked, said, reply, ask in _TABLE]
_NAME_OF = re.compile(
    r"\bwhat(?:['’]s| is) (?:my (\w+)['’]s name|the name of my (\w+))\b|\bwhat is my (\w+) called\b", re.I
)
_ABOUT_ME = re.compile(
    r"\bwhat (?:do you (?:know|remember)|did i (?:tell you|say)) about me\b|\bdo you remember me\b", re.I
)


def answer(history: list[ChatTurn]) -> str | None:
    """The answer to a question of the last turn about the learner; None when it asks nothing of the kind."""
    said = [turn.content for turn in history if turn.role == "user"]
    if not said:
        return None
    asked, earlier = said[-1], said[:-1]
    if (match := _NAME_OF.search(asked)) is not None:
        return _name_of(next(group for group in match.groups() if group), earlier)
    if _ABOUT_ME.search(asked):
        known = [reply.replace("{1}", value) for _, told, reply, _ in _ROWS if (value := _last(told, earlier))]
        return " ".join(known[:4]) if known else "You haven't told me much about yourself yet."
    for question, told, reply, ask in _ROWS:
        if question.search(asked):
            value = _last(told, earlier)
            return reply.replace("{1}", value) if value else f"You haven't told me yet. {ask}"
    return None


def _last(told: re.Pattern[str], earlier: list[str]) -> str | None:
    """What was said last, spoken to the learner: “in my flat” → “in your flat”."""
    for text in reversed(earlier):
        found = [group for match in told.finditer(text) for group in match.groups() if group]
        if found:
            value = followups.to_you(found[-1].strip())
            return value.capitalize() if told is _ROWS[0][1] else value
    return None


def _name_of(who: str, earlier: list[str]) -> str:
    named = re.compile(
        rf"\bmy {who}(?:['’]s name is| is called|['’]s called|,) ([A-Z][\w-]+)|\bname of my {who} is ([A-Z][\w-]+)",
        re.I,
    )
    value = _last(named, earlier)
    return f"It is {value.capitalize()}." if value else f"You haven't told me the name of your {who} yet. What is it?"
