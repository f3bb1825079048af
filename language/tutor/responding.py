"""What the tutor answers in its part before a scene goes on: to feelings, objections, and questions of a general form.

These come before the branches of a step, which only know the expected path.
"""

# ruff: noqa: E501 - patterns read best on one line

import re
from collections.abc import Sequence

from language.tutor import corrections, followups, turns

_NO_MARK = re.compile(r"\b(do|does|did|is|are|was|were|have|has|had|would|could|should|ca|wo)nt\b", re.I)
_ORDERED = (
    (
        re.compile(r"\bwater (?:with|have|has|that has) (?:the )?(?:gas|bubbles)\b|\bwater with bubble\b", re.I),
        "sparkling water",
    ),
    (re.compile(r"\bwater without (?:the )?(?:gas|bubbles)\b", re.I), "still water"),
    (re.compile(r"\bwine (red|white)\b", re.I), r"\1 wine"),
)
"""What learners order by a name that is not the English one."""
_PEOPLE = r"(?:i|we|you|he|she|it|they|my \w+|the \w+|that|this|there)"
_CONFIRM = re.compile(
    rf"^\W*(?:ok(?:ay)?\W+)?(?:so|then|you mean|that means),? (?:that )?({_PEOPLE}(?:['’]\w+)? [^?]+?)(?:, (?:right|correct|yes|is that right|is it right|then))?\?|^\W*({_PEOPLE}(?:['’]\w+)? [^?]+?),? (?:right|correct|is that right|is that correct)\?",
    re.I,
)
_WHERETO = re.compile(
    r"\b(?:left|right|straight|first|second|third|fourth|\d+|monday|tuesday|wednesday|thursday|friday|saturday|sunday|morning|evening|afternoon|night|before|after|once|twice)\b",
    re.I,
)
_ANGRY = re.compile(
    r"\bi(?:['’]m| am)(?: \w+)? (?:angry|furious|annoyed|upset|disappointed|mad)\b|\bunacceptable\b|\bthat['’]?s (?:really |just |simply )?(?:terrible|ridiculous|outrageous|a scandal|not fair|unfair)\b|\b(?:that|it)(?:['’]s| is) (?:far |much |way )?too long\b|\b(?:second|third) time (?:that )?(?:this|it)\b",
    re.I,
)
_AFRAID = re.compile(
    r"(?<!, )\bi(?:['’]m| am)(?: a bit| a little| so| very| really| quite)? (?:worried|afraid(?= of\b|\W*(?:$|[.!,?]|because|that it|to\b|and\b))|scared|nervous|anxious|frightened)\b|\bis it serious\b(?=.*\bafraid\b)",
    re.I,
)
_SAD = re.compile(
    r"\bi miss (?:him|her|them|my)\b|\bi(?:['’]m| am)(?: so| very| really| quite| a bit)? (?:sad|lonely|unhappy|homesick|desperate)\b|\bi feel (?:so |very |really )?(?:sad|lonely|alone)\b"
    r"|\b(?:died|passed away|broke up|divorced|lost (?:my|his|her) (?:job|home|\w*mother|\w*father|wife|husband))\b",
    re.I,
)
_HARD = re.compile(
    r"\b(?:it|that|life)(?:['’]s| is| has been)(?: so| very| really| quite| pretty| not)? (?:hard|difficult|tough|sad|easy)\b(?! (?:to|one|question)\b)",
    re.I,
)
_NOT_EASY = re.compile(r"(?<!not )easy\b", re.I)
_OBJECTS = re.compile(
    r"\bi(?:['’]ve)? (?:have )?(?:already |just )(?:told|said|gave|given|answered)\b|\bas i (?:already )?(?:said|told)\b|\b(?:that|this)(?:['’]s| is) not (?:what|true|right)\b|\bbut i (?:said|told|asked|ordered)\b",
    re.I,
)
_IS_FOOD = re.compile(
    r"^\W*(?:no\W+|but )?(?:chicken|fish|ham|bacon|beef|pork|it|that|turkey|duck|sausage) is (?:also |still )?(?:meat|fish|animal)\b",
    re.I,
)
_TRIED = re.compile(r"\bhave you (?:\w+ )?(?:tried|tasted|had) (the [a-z]+)", re.I)
_WAIT = re.compile(
    r"\b(?:can|could) you wait\b|\b(?:hold on|wait) (?:a|one) (?:second|minute|moment)\b|^\W*(?:just )?(?:one|a) (?:second|moment|minute)\W*(?:please\W*)?$",
    re.I,
)
_SUITABLE = re.compile(
    r"\bwhat(?: kind of \w+| (?!time\b)\w+)?(?: can['’]?t| can| could| should(?:n['’]?t)?| may| shall| must(?:n['’]?t)?)? (?:i|we)(?: can['’]?t| cannot| can| could| should(?:n['’]?t)?| may| must(?:n['’]?t)?)?(?: not)? (eat|drink|take|wear|do|bring|order|have|see|visit|say|buy)\b",
    re.I,
)
_NOT_TO = re.compile(r"\b(?:can['’]?t|cannot|can not|must ?n['’]?t|should ?n['’]?t|not|avoid)\b", re.I)
_ALLERGIC = re.compile(
    r"\ballergic (?:to|with|against|of|on) (?:the |an? )?(\w+)|\ballergy (?:to|against|of) (?:the )?(\w+)", re.I
)
_NO_MEAT = re.compile(r"\b(?:vegetarian|vegan)\b|(?:n['’]?t|not|no|without) (?:eat |like |want )?(?:any )?meat\b", re.I)
_NO_FISH = re.compile(
    r"(?:n['’]?t|not|no|without) (?:eat |like |want )?(?:any )?fish\b|\ballergic \w+ (?:sea)?fish\b", re.I
)
# For a scene and a verb what fits; a part in brackets is left out for those who eat no meat (m) or fish (f).
_OFFERS: dict[tuple[str, str], tuple[str, ...]] = {
    ("restaurant", "eat"): ("the steak with chips (m)", "the fish of the day with rice (f)", "the mushroom risotto", "the vegetable lasagne"),
    ("restaurant", "drink"): ("water", "apple juice", "a glass of white wine"),
    ("doctor", "eat"): ("rice", "toast", "bananas", "a clear soup"),
    ("doctor", "drink"): ("water", "weak tea"),
    ("doctor", "do"): ("rest", "drink a lot of water", "stay at home for two days"),
    ("hotel", "eat"): ("eggs at breakfast", "soup (m)", "the fish in our restaurant (f)", "a vegetable curry in our restaurant"),
    ("hotel", "visit"): ("the old harbour", "the castle", "the market on Saturday"),
    ("shopping", "wear"): ("a plain shirt", "dark trousers"),
    ("job_interview", "wear"): ("a plain shirt", "clean shoes: we are not very formal here"),
    ("small_talk", "eat"): ("the cheese", "the cake", "the little pies (m)"),
    ("small_talk", "drink"): ("the punch", "the apple juice"),
    ("directions", "visit"): ("the old town", "the museum behind the church"),
    ("travel_trouble", "do"): ("go to your hotel", "keep your phone on", "wait for our call"),
    ("school", "bring"): ("a pen", "some paper", "your passport"),
}  # fmt: skip
_SAME = {"have": "eat", "order": "eat", "see": "visit"}
_AVOID = {
    ("doctor", "eat"): "No fat or spicy food for three days, please.",
    ("doctor", "drink"): "No alcohol and no coffee for three days, please.",
    ("doctor", "do"): "No sport this week, please.",
    ("doctor", "take"): "Nothing else without asking me first, and no alcohol with the tablets.",
}
# What an expert says of a question for which the scene has no answer.
_OWN = {
    "doctor": ("That depends a little on how you feel tomorrow; to be safe, rest first and drink a lot.", "I would wait two days with that. If it gets worse, call me."),
    "job_interview": ("That is something your team would decide together with you.", "We would settle that with you in the first week."),
    "directions": ("I'm not quite sure about that, but you can ask at the station.", "I don't know that, I'm afraid; there is an information desk at the station."),
    "small_talk": ("Now you've got me there. What would you say yourself?", "I'd have to think about that one. And you?"),
    "restaurant": ("I know the kitchen well: that can be done.", "I'd say yes, but let me make sure in the kitchen."),
    "school": ("Your teacher will plan that with you on the first day.", "That is different from group to group; we'll find what fits you."),
    "hotel": ("I'll find that out for you and call you in your room.", "I'd be happy to arrange that for you."),
    "shopping": ("I'd say so; have a good look at it yourself.", "I can show you that if you come with me."),
    "phone_call": ("I've made a note of that, and we will tell you when you come.", "We can talk about that when you are here."),
    "travel_trouble": ("I can't promise that, but I'll put it in my report.", "I'll note that, and you will hear from us tomorrow."),
}  # fmt: skip
_ANGER = (
    "I can understand that you are angry, and I'm really sorry. I'll do all that I can to make it quicker.",
    "You have every right to be angry. I apologise, and I'll talk to my manager about it now.",
)
_PATIENT = (
    "I understand that you are afraid. I'll examine you carefully now, and we do a blood test, so that we know.",
    "I can see that this frightens you. You are not alone with it: we look at it together, step by step.",
)
_FEAR = ("Don't worry, I'm here to help you.", "I understand that you are worried. We'll do it step by step.")
_SORROW = (
    "I'm sorry, that sounds hard. How do you manage?",
    "I can imagine that it isn't easy for you. Does anything help?",
)


def plain(text: str) -> str:
    """The message with the marks that are often left out (“dont”), and without “chicken is meat”, which orders nothing."""
    for pattern, better in _ORDERED:
        text = pattern.sub(better, text)
    sentences = turns.sentences(_NO_MARK.sub(r"\1n't", text))
    kept = [one for one in sentences if not _IS_FOOD.search(one)]
    return "".join(kept or sentences).strip() or text


def answer(scene: str, text: str, told: Sequence[str], said: Sequence[str]) -> str | None:
    """What the part answers before anything else; None when the turn is no feeling, objection or such a question.

    `told` are the learner's messages of the scene before this one, `said` the tutor's.
    """
    if _WAIT.search(text) is not None and len(text.split()) < 25:
        return "Of course, take your time."
    if (found := feeling(scene, text, said)) is not None:
        return found
    if scene == "small_talk" and (tried := _TRIED.search(text)) is not None:
        return f"Not yet, but {tried.group(1).lower()} looks very good. Did you bring it?"
    if (confirmed := _confirmed(text, said)) is not None:
        return confirmed
    return _suitable(scene, text, " ".join([*told, text]))


def feeling(scene: str, text: str, said: Sequence[str]) -> str | None:
    """What to say to anger, fear or sorrow; None when the message shows none. What is hard is sad only in small talk:
    elsewhere it is asked for."""
    if scene == "small_talk" and (hard := _HARD.search(text)) is not None and not _NOT_EASY.search(hard.group()):
        return _fresh(_SORROW, said)
    for pattern, lines in ((_ANGRY, _ANGER), (_AFRAID, _FEAR), (_SAD, _SORROW)):
        if pattern.search(text) is None:
            continue
        if scene == "doctor" and lines is not _ANGER:
            lost = "I'm so sorry. " if re.search(r"\b(?:died|passed away|dead)\b", text, re.I) else ""
            return f"{lost}{_fresh(_PATIENT, said)}"
        return _fresh(lines, said)
    return None


def _fresh(lines: Sequence[str], said: Sequence[str]) -> str:
    return turns.fresh(lines, said) or lines[-1]


def objects(text: str) -> bool:
    """Whether the learner says that the tutor got something wrong, or did not listen."""
    return _OBJECTS.search(text) is not None or any(map(_IS_FOOD.search, turns.sentences(text)))


def unsure(scene: str, said: Sequence[str]) -> str:
    """What the part says to a question that nothing else answers."""
    return _fresh(_OWN[scene], said)


def _confirmed(text: str, said: Sequence[str]) -> str | None:
    """“So I go left?” → “Yes, that's right: you go left.” What the tutor said otherwise is said again."""
    match = _CONFIRM.search(text)
    if match is None or not said:
        return None
    claim = next(group for group in match.groups() if group)
    if re.search(r"\b(?:what|where|when|how|who|why|which)\b", claim, re.I):
        return None
    asked = {one.lower() for one in _WHERETO.findall(claim)}
    for line in reversed(said):
        there = {one.lower() for one in _WHERETO.findall(line)}
        if asked and there:
            if asked <= there:
                break
            right = next(one.strip() for one in turns.sentences(line) if _WHERETO.search(one))
            return f"Not quite. {right}"
    back = followups.to_you(corrections.corrected(claim).rstrip(" .!?"))
    back = back[:1].lower() + back[1:] if claim.split()[0].lower() in {"i", "we", "it", "the", "my", "that"} else back
    return "Yes, that's right." if corrections.find(back) or len(back.split()) > 12 else f"Yes, that's right: {back}."


def _suitable(scene: str, text: str, told: str) -> str | None:
    """Something of the scene that fits what was told: no meat, an allergy."""
    match = _SUITABLE.search(text)
    if match is None:
        return None
    verb = match.group(1).lower()
    allergic = _ALLERGIC.search(told)
    thing = next((group for group in allergic.groups() if group), "").lower() if allergic is not None else ""
    if _NOT_TO.search(match.group() + text[match.end() : match.end() + 4]):
        avoid = _AVOID.get((scene, verb))
        return avoid and (f"Nothing with {thing} in it, because of your allergy. {avoid}" if thing else avoid)
    offers = _OFFERS.get((scene, verb)) or _OFFERS.get((scene, _SAME.get(verb, verb)))
    if offers is None:
        return None
    bad = ("(m)" if _NO_MEAT.search(told) else "(-)", "(f)" if _NO_FISH.search(told) else "(-)")
    fitting = [
        one.split(" (")[0] for one in offers if not one.endswith(bad) and not (thing and thing.rstrip("s") in one)
    ]
    listed = fitting[-1] if len(fitting) < 2 else f"{', '.join(fitting[:-1])} or {fitting[-1]}"
    if scene == "doctor":
        best = "that is the best medicine" if verb == "do" else "that is what you can have for now"
        return f"{listed[:1].upper()}{listed[1:]}: {best}."
    return f"For you I'd say {listed}."
