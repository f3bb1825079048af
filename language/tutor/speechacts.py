"""What to say when: to apologise, to thank, to complain; questions to ask people; what to decide and how."""

# ruff: noqa: E501 - a table reads best with one line an entry

import re

from language import tokens
from language.tutor import followups, turns

_TABLE: tuple[tuple[str, str], ...] = (
    (r"(?:say|be) sorry|apologi[sz]e|excuse (?:me|myself)|ask for forgiveness", "You can say: “I'm so sorry about that. I really didn't mean to.”"),
    (r"(?:say )?thank|be grateful", "You can say: “Thank you so much. That was very kind of you.”"),
    (r"congratulat\w+", "You can say: “Congratulations! I'm very happy for you.”"),
    (r"(?:my )?condolences?|comfort|(?:somebody|someone|person|friend) (?:has |is )?(?:died|dead|lost)|sympathy", "You can say: “I'm so sorry for your loss.”"),
    (r"invite", "You can say: “Would you like to come for dinner on Saturday?”"),
    (r"refuse|say no|turn down|reject|decline", "You can say: “That's very kind of you, but I'm afraid I can't.”"),
    (r"complain|criticis?z?e", "You can say: “I'm sorry to trouble you, but there is a problem with …”"),
    (r"disagree|contradict", "You can say: “I see what you mean, but I'm not so sure about that.”"),
    (r"\bagree", "You can say: “I completely agree” or “That's just what I think.”"),
    (r"interrupt", "You can say: “Sorry to interrupt, but may I add something?”"),
    (r"introduce (?:myself|me)|present myself", "You can say: “Hello, I don't think we've met. My name is …”"),
    (r"introduce", "You can say: “I'd like you to meet my friend …”"),
    (r"ask for help|need help", "You can say: “Excuse me, could you help me for a moment?”"),
    (r"ask for (?:the )?(?:direction|way)|ask the way", "You can say: “Excuse me, how do I get to …, please?”"),
    (r"(?:order|ask for) (?:food|something|a drink|the bill)|pay in a restaurant", "You can say: “I'd like …, please” and “Could we have the bill, please?”"),
    (r"(?:make|get|have) an appointment", "You can say: “I'd like to make an appointment, please. Would Monday be possible?”"),
    (r"(?:begin|start|open) (?:an? )?(?:small talk|conversation|talk)", "You can say: “Hi, I'm … How do you know the people here?”"),
    (r"(?:end|finish|leave|close) (?:an? |the )?(?:conversation|call|talk|phone call)", "You can say: “It was lovely talking to you, but I have to go now.”"),
    (r"wish (?:somebody|someone|him|her|them|people)? ?(?:luck|success)|good luck", "You can say: “Good luck! I'll keep my fingers crossed.”"),
    (r"ask for (?:more money|a raise|a pay rise|a rise)", "You can say: “I'd like to talk about my salary. I've taken on more work this year.”"),
    (r"suggest|make a suggestion|propose", "You can say: “How about …?” or “Why don't we …?”"),
    (r"give advice|advise", "You can say: “If I were you, I would …”"),
    (r"ask (?:somebody|someone|people )?politely|polite (?:request|question)|be polite", "You can say: “Could you …, please?” or “Would you mind …ing?”"),
    (r"(?:food|meal|it|this|something|rest) (?:to )?(?:take|bring)? ?(?:home|away|with me)|take ?away|(?:take|bring) (?:the |my )?(?:food|meal|rest|leftovers)", "You can say: “Could I have this to take away, please?”"),
    (r"(?:take|get|have|need) (?:an?|one|some) (?:free )?(?:day|days|time) (?:off|free)|free day|day off|holidays?|ask (?:for|my boss).*(?:free|off|holiday)", "You can say: “Could I take a day off next week, please?”"),
    (r"(?:am|be|come|arrive|is) late|delay\w*", "You can say: “I'm sorry, I'm running late. I'll be there in ten minutes.”"),
    (r"(?:return|give back|change|exchange) (?:something|clothes|a|the|it|goods)", "You can say: “I'd like to return this, please. Here is the receipt.”"),
    (r"(?:am|be|feel|is|was) (?:ill|sick)|call in sick|can't come to work", "You can say: “I'm afraid I'm ill today and can't come to work.”"),
    (r"(?:don['’]?t|do not|didn['’]?t|cannot|can['’]?t) (?:understand|hear|catch|follow)|ask (?:somebody|someone|people|them|him|her)? ?(?:to repeat|again)|repeat", "You can say: “Sorry, could you repeat that, please?”, “I'm afraid I didn't catch that” or “Do you mean …?”"),
    (r"say goodbye", "You can say: “Goodbye, it was nice to see you.”"),
)  # fmt: skip
_HOW = re.compile(
    r"\b(?:how (?:can|do|could|should|would|must|to|i can|i could|i should)(?: (?:i|you|we|one))?|what (?:can|do|could|should|would|must) (?:i|you|we|one) say|what to say|help me(?: to)?|(?:a|the|some) (?:good |polite |nice )?(?:way|phrases?|sentences?|expressions?) (?:to|for))\b(.*)",
    re.I,
)
_WEIGHTY = re.compile(
    r"\b(?:moves?|moving|job|offer\w*|marry|marri\w+|leave|quit|accept\w*|refuse|abroad|decision|decide|stay|sell|divorce|choice|choose|boyfriend|girlfriend|tell (?:him|her|them|my))\b",
    re.I,
)
_ROWS = [(re.compile(pattern, re.I), told) for pattern, told in _TABLE]
_QUESTIONS = {
    "colleagues job work company office team boss": ("How long have you worked here?", "What are you working on at the moment?", "Where do people go for lunch?"),
    "job interview interviewer employer position apply": ("What does a normal day look like in this job?", "Who would I work with?", "When will you decide?"),
    "party people guests small talk strangers neighbour neighbours friends": ("How do you know the people here?", "Where are you from?", "What do you do in your free time?"),
    "doctor hospital nurse": ("What do you think it is?", "How often do I take the medicine?", "When should I come back?"),
    "hotel reception room": ("What time is breakfast?", "Is the Wi-Fi free?", "Where can I leave my bags?"),
    "teacher school course class students lesson": ("How can I practise at home?", "What is the homework?", "When is the test?"),
    "restaurant waiter menu": ("What do you recommend?", "Is there any meat in it?", "Could we have the bill, please?"),
    "flat landlord apartment rent house": ("How much is the rent?", "Are heating and water included?", "When could I move in?"),
    "trip travel holiday country city tourist guide": ("What should I see here?", "What is the best time to come?", "Is there a good place to eat?"),
    "friend family grandmother grandfather parents mother father": ("What were you like as a child?", "What are you proud of?", "What makes you laugh?"),
}  # fmt: skip
_COUNT = r"(?:a|an|one|two|three|four|five|six|some|a few|several|more|other|another|good|useful|possible|interesting|small|typical|\d)"
_WANTS_QUESTIONS = re.compile(
    rf"\b(?:give|tell|show|write|teach|suggest|think of|need|want|like)\b(?: (?:me|us|to me))?(?: {_COUNT})+ questions?\b(.*)|\bwhat (?:questions?|can i ask|should i ask|could i ask|do i ask)\b(.*)",
    re.I,
)
_NUMBER = {"one": 1, "a": 1, "two": 2}
_DECIDE = re.compile(
    r"\b(?:should|shall|must) (?:i|we) ([^?.!]{3,70}?),? or (?:should i |rather |just )?([^?.!]{3,70}?)\s*(?:\?|$)|\bif (?:i|we) should ([^?.!]{3,70}?),? or (?:just |rather )?([^?.!]{3,70}?)\s*(?:[?.!]|$)",
    re.I,
)
_IF_I_SHOULD = re.compile(r"\bif i should\b", re.I)
_ADVICE = re.compile(
    r"\bwhat would you do\b|\bin my (?:place|situation|position|shoes)\b|(?<!how )(?<!what )(?<!when )(?<!where )\b(?:should|shall) i (?!say|write|use|ask|call it|pronounce|put)\w+[^?]*\?|\bdo you think (?:that )?i should\b|\bwhat should i do\b",
    re.I,
)


def answer(text: str) -> str | None:
    """What one can say in such a case, or questions to ask; None when the message asks for nothing of the kind."""
    if (match := _WANTS_QUESTIONS.search(text)) is not None:
        return _questions(match)
    for match in _HOW.finditer(text[:400]):
        for pattern, told in _ROWS:
            if pattern.search(match.group(1)):
                return told
    return None


def _questions(match: re.Match[str]) -> str:
    about = next((group for group in match.groups() if group), "").lower()
    words = set(tokens.words(about))
    best = max(_QUESTIONS, key=lambda key: len(set(key.split()) & words))
    chosen = _QUESTIONS[
        best if set(best.split()) & words else "party people guests small talk strangers neighbour neighbours friends"
    ]
    number = next(
        (
            many
            for word, many in _NUMBER.items()
            if re.search(rf"\b{word}\b", match.group().lower().split(" question")[0])
        ),
        3,
    )
    return " ".join(f"“{one}”" for one in chosen[:number])


def decision(text: str, band: str) -> str | None:
    """The honest answer to “What should I do?”: both sides are named, and the learner decides; None when not asked."""
    asked = " ".join(one for one in turns.sentences(text) if "?" in one or _IF_I_SHOULD.search(one)) or text
    if (match := _DECIDE.search(asked)) is not None:
        first, second = [followups.to_you(group.strip()) for group in match.groups() if group]
        return {
            "A": f"I can't decide that for you. You can {first}, or you can {second}. What is good about each?",
            "B": f"I can't decide that for you, but let's look at both. You could {first}, or you could {second}. Which would you be sorry not to have tried?",
            "C": f"I can't decide that for you, but we can weigh it up. One way is to {first}, the other to {second}. In five years' time, which would you regret not having chosen?",
        }[band]
    if _ADVICE.search(text) and (
        _WEIGHTY.search(text) or re.search(r"\bin my (?:place|shoes|situation|position)\b", text, re.I)
    ):
        return {
            "A": "I can't decide that for you. Say one good thing and one bad thing about it. What is more important to you?",
            "B": "I'm a program, so I can't decide that for you. Make two lists: what speaks for it, and what against it. What is at the top of each?",
            "C": "I'm a program, so I shouldn't decide that for you, but I can help you to weigh it up. What would you advise a friend who had to choose like that?",
        }[band]
    return None
