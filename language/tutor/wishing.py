"""Wishes for the talk itself: a debate, a story, harder or easier questions, other roles, homework, less correction.

What the tutor can do it does at once; what it can't it says, and offers something near.
"""

# ruff: noqa: E501 - a table reads best with one line an entry

import re
from collections.abc import Sequence

from language.tutor import exercises, listening, remarks, thread
from language.tutor.turns import ChatTurn
from language.tutor.wording import by

_HARDER = re.compile(
    r"\b(?:harder|more (?:difficult|challenging|complex|advanced|demanding)) (?:questions?|english|words?|language|topics?|things?|ones?|level|please)\b"
    r"|\b(?:questions?|english|it|this|that|you|level) (?:are|is|was|were|['’]s|seems?) (?:much |far |really |a bit |a little |way )?too (?:easy|simple)\b|^\W*(?:(?:please|something|much|more) )*(?:harder|more (?:difficult|challenging))\W*(?:please)?\W*$|\b(?:make|speak|ask|talk|use)\b[^.?!]{0,20}\b(?:harder|more (?:difficult|challenging|advanced))\b|^\W*too easy\b",
    re.I,
)
_EASIER = re.compile(
    r"\b(?:easier|simpler|simple|easy|shorter|short) (?:questions?|english|words?|language|topics?|sentences?|answers?|ones?|please)\b(?!\W+(?:to|for|in|is|are)\b)"
    r"|\b(?:questions?|english|you|it|this|that) (?:are|is|was|were|['’]re|['’]s|speaks?|talk) (?:much |far |really |a bit |a little |way )?too (?:difficult|hard|complicated|fast|long)(?: for me)?\W*$|(?<!\bi )(?<!\bhe )(?<!\bwe )(?<!\bshe )(?<!\bthey )\b(?:speak|talk|go|say it|write|explain)\b[^.?!]{0,20}\b(?:slower|more slowly|slowly|slow|simpler|more simply|easier)\b|^\W*(?:(?:please|more|much|speak|say) )*(?:slower|slowly|easier|simpler|easy|simple)\W*(?:please)?\W*$|\btoo (?:fast|difficult|hard|complicated|long) for me\b|\bmore (?:easy|simple|slow)\b|(?<!\bi )\b(?:speak|talk|ask)s? (?:so |very |much |far )?too (?:difficult|hard|complicated|fast)\b",
    re.I,
)
_WISHES = re.compile(r"^\W*(?:please|now|oh|hm+|no|yes|can|could|would|ask|use|speak|talk|give|make|i (?:want|need|would|['’]d)|your|this|that|it|you|more|much|harder|easier|slower|simpler|shorter|too|sorry|ok|but|let)\b|\?\W*$", re.I)  # fmt: skip
_ORDER = ("A1", "A2", "B1", "B2", "C1")
_ARGUE = re.compile(
    r"\b(?:argue|debate|discuss|disagree|quarrel) with me\b|\b(?:want|like|can we|could we|let['’]?s|shall we|need)(?: to)? (?:argue|debate|have an? (?:argument|debate|discussion))\b|\bplay (?:the )?devil['’]?s advocate\b|\bcontradict me\b|\bbe (?:my opponent|against me)\b|\btake the (?:other|opposite) side\b|\bgive me (?:an? |some )?(?:argument|counter-?argument)s?\b",
    re.I,
)
_CLAIMS: tuple[tuple[str, str, str], ...] = (
    (r"social media|facebook|instagram|tiktok|internet", "Social media steal our time and make us lonely.", "Social media bring people together."),
    (r"remote|home office|from home", "People work better in an office than at home.", "People work better at home than in an office."),
    (r"phones?|smartphones?|screens?", "Phones should be forbidden at school.", "Children should learn with their own phones."),
    (r"homework|schools?|teachers?|exams?|marks|uniforms?", "Schools should give no homework at all.", "Without homework nobody learns enough."),
    (r"meat|vegetarian\w*|vegan\w*", "Nobody should eat meat any more.", "Eating meat is natural and right."),
    (r"cars?|traffic|bikes?|bicycles?", "Cars should be banned from all city centres.", "Cities die without cars."),
    (r"city|cities|country(?:side)?|villages?", "Life in the country is better than in the city.", "Life in the city is better than in the country."),
    (r"touris\w+|travel\w*|fly\w*|flights?", "People should travel much less.", "Everybody should see as much of the world as possible."),
    (r"climate|plastic|energy|environment", "Only laws can save the climate, not good intentions.", "Everybody can save the climate with small steps."),
    (r"robots?|ai|artificial|machines?|computers?|technology", "Machines take more from us than they give.", "Machines make our lives better."),
    (r"pets?|dogs?|cats?|animals?|zoos?", "Animals don't belong in our homes.", "Everybody should have a pet."),
    (r"money|rich|salary|taxes", "Rich people should pay much higher taxes.", "People should keep what they earn."),
    (r"football|sports?", "There is far too much money in football.", "Good players are worth their money."),
    (r"books?|reading|films?|movies?|series", "Books are better than films.", "Films are better than books."),
    (r"english|languages?|grammar", "Everybody should speak English at work.", "People should work in their mother tongue."),
    (r"children|kids|parents|family", "Parents today are not strict enough.", "Children need more freedom than rules."),
)  # fmt: skip
_FREE = {
    "A": ("Cats are better than dogs.", "Summer is better than winter.", "Breakfast is not important."),
    "B": ("Nobody should work more than four days a week.", "Mobile phones make people lonely.", "Living alone is better than living together."),
    "C": ("Hard work is overrated; luck decides nearly everything.", "Honesty does more harm than good.", "Progress makes people less happy."),
}  # fmt: skip
_BACK = {
    "A": "I say: “{}” Am I right? Why not?",
    "B": "With pleasure, I take one side: “{}” Convince me that I'm wrong: what is your first argument?",
    "C": "Gladly; let me be provocative: “{}” What is your strongest objection?",
}
_SIDES = {
    "A": "All right, I say no. What is your first reason?",
    "B": "With pleasure, I take the other side. You have told me what you want, but not what it costs, and who pays for it. What do you answer?",
    "C": "Gladly, I take the other side. You have told me what you would like, but not what it costs, and who is to bear that. What do you answer?",
}  # fmt: skip
_PLAIN = 5
_STORY = re.compile(
    r"\b(?:tell|read|give|know|invent|make up|write|hear)\b[^.?!]{0,20}\b(?:stor(?:y|ies)|fairy ?tales?|tales?)\b", re.I
)
_NOT_STORY = re.compile(r"\b(?:my|his|her|our|their|the) (?:\w+ )?(?:stor(?:y|ies)|tales?)\b|\b(?:told|i (?:want|would like|can|will|have) (?:to )?(?:tell|write)|let me tell|my (?:son|daughter|children|grandmother)|to (?:my|the) )", re.I)  # fmt: skip
_STORIES: dict[str, tuple[tuple[str, str], ...]] = {
    "A": (
        ("A man had a small dog. One day the dog ran away. The man looked for it all day. In the evening he came home, and the dog was in his bed.", "What did the man do then?"),
        ("Anna wanted to bake a cake. She had no eggs, so she asked her neighbour. The neighbour gave her six eggs and said: “Bring me a piece!” Now they have cake every Sunday.", "Do you know your neighbours?"),
    ),
    "B": (
        ("A woman found an old key in a coat from a second-hand shop. She tried it in every door of her house, and it fitted none. Years later she moved to another town, and it opened her new letter box.", "What was in the letter box, do you think?"),
        ("Two brothers did not speak for ten years because of a car. Then one of them broke down on the motorway, and the first driver who stopped was the other. They never talked about the car again.", "Who should have said sorry first?"),
    ),
    "C": (
        ("A painter worked for years on a portrait that nobody had ordered. When it was finished, a stranger came in, looked at it and wept: it was her late mother. The painter had never met either of them.", "How would you explain that?"),
        ("A village had a bell that was rung only in danger. After a century without danger the villagers sold it to pay for a fountain. The night it was delivered, the river rose.", "What do you take to be the point of the story?"),
    ),
}  # fmt: skip
_ROWS: tuple[tuple[str, str], ...] = (
    (r"\b(?:change|swap|switch|exchange|reverse) (?:the |our )?roles?\b|\b(?:can|could|may|let|want|like)\b[^.?!]{0,15}\b(?:i|me|to) (?:be|play) the (?:waiter|waitress|doctor|interviewer|receptionist|shop assistant|seller|salesman|boss|teacher|officer)\b|\byou (?:be|are|play) the (?:guest|customer|patient|candidate|applicant|tourist|student|learner)\b",
     "I can't change roles: I know only my side of the scenes. But you can practise yours: write what you would say in that role, and I'll check it."),
    (r"\bcorrect (?:me|all|every(?:thing)?|each|my (?:mistakes|errors|english|grammar))\b(?:(?!sentence|[:\"“]).)*$|\bbe (?:more |very )?strict(?:er)?\b", "I tell you each mistake that my rules find. Write whole sentences: the more you say, the more I find."),
    (r"\b(?:what|which)(?: is|['’]s)? (?:my|english) level\b|\bwhat level (?:am i|do i have|is my english)\b|\bmy level (?:is|of english)\b.*\?|\b(?:rate|grade|judge|evaluate) my english\b", "I can't measure your level in a talk; the placement test does that. Ask me “What mistakes did I make?”, and I'll sum up what I found."),
    (r"\b(?:give|set|need|have|want)\b[^.?!]{0,12}\b(?:some |a )?homework\b(?=\W*(?:please|for (?:tomorrow|today|next time|me))?\W*$)", "Here is some: write five sentences about your day tomorrow, two of them with “because”, and show them to me here. I'll check them."),
    (r"\bdictation\b", "I can't give a dictation in a chat. But I can give you a sentence to change: “She works in a shop.” Say it about yesterday, and I'll check it."),
    (r"\b(?:write|make|tell|know|read)\b[^.?!]{0,12}\b(?:poems?|songs?|rhymes?)\b(?=[^.]*\?|\W*(?:please|for me)?\W*$)", "I can't write poems, but here is an old rhyme: “Early to bed and early to rise makes a man healthy, wealthy and wise.” Do you agree with it?"),
    (r"\b(?:teach|give|tell|show) me (?:some |a |an |more )?slang\b|\bslang words?\b", "Two that everybody understands: “cool” means very good, and “a mate” is a friend. For example: “My mate has a cool bike.” Now you: write a sentence with one of them, and I'll check it."),
    (r"\b(?:explain|teach me|help me with|learn|practi[sc]e|study)\b(?: the| english| some| more| my)* grammar\b(?: to me| please)*\W*$", "With pleasure. Which point: the tenses, articles, prepositions, conditionals or the passive? Or say “Give me an exercise”, and we begin."),
    (r"\b(?:talk|speak|be) (?:to me )?like (?:a|my) friend\b|\bbe (?:more )?(?:friendly|informal|casual|relaxed|funny)\b", "All right, let's be relaxed. So, how are things with you these days?"),
    (r"\blet me ask you\b|\b(?:i|can i|may i|could i)(?: want to| would like to|['’]d like to)? ask you (?:some |a few |a |more )?questions?\b(?! about (?:english|grammar|a word|the word|words))|\bi ask (?:the )?questions\b", "Of course, ask me. I'm a program, so there is little to know about me, but I know words and grammar well."),
    (r"\bdescribe (?:a |the |some )?pictures?\b", "I can't see or show pictures. But I can describe a word, and you guess it. Say “Let's play a word game.”"),
    (r"\b(?:translate|translation)\b(?=.*\?|.*\bplease\b|.*\b(?:into|to|in) (?:german|french|spanish|italian|japanese|chinese|arabic|russian|turkish|polish|portuguese|my language)\b)", "I know only English, so I can't translate. Say it in simple English words, and I'll help you with the sentence."),
    (r"\b(?:give|have|send)(?: me)? (?:some |any |more |a few )?(?:tips?|advice|hints?)\b[^.?!]*\b(?:english|speaking|learn\w*|grammar|vocabulary|pronunciation)\b|\bhow (?:can|do|could|should) i (?:learn|improve|get better|study|practi[sc]e)\b(?: (?:my|in|at|english|the|faster|quickly|quicker|better|more|speaking|language))*\W*$", "Speak or write a little each day, use new words in sentences of your own, and listen to English that you nearly understand. Which of these is hardest for you?"),
)  # fmt: skip
_COMPILED = [(re.compile(pattern, re.I), told) for pattern, told in _ROWS]
_TOPIC = re.compile(r"\b(?:give|suggest|choose|pick|find|have)(?: me| us)? (?:an?|another|some|the|other|new)(?: (?:new|other|good|nice|interesting|different))* (?:topics?|subjects?|themes?)\b|\b(?:continue|go on|move on|start|try|do)\b[^.?!]{0,12}\b(?:something (?:new|else|different)|(?:an)?other (?:topic|subject))\W*$|\b(?:you|please) (?:choose|pick|decide) (?:an?|the) (?:topic|subject)\b|\bwhat (?:should|shall|can|could) we (?:talk|speak|chat) about\b|\bwhat do you want to talk about\b", re.I)  # fmt: skip
_BORED = re.compile(r"^\W*(?:i['’]?a?m (?:so |very |a bit |really )?bored|(?:this|that|it)(?: topic| talk)? ?(?:is|['’]s) (?:so |very |a bit |really )?boring|boring)\b(?: (?:with|of|by) (?:this|that|you|your questions)| now| topic| talk)*\W*", re.I)  # fmt: skip
_ASK_ME = re.compile(r"\bask me\b(?! (?:to|if|whether|again|later|why|for|not)\b)[^.?!]*?\b(?:questions?|something|anything|(?=about))\b(?: ?about (?:my |the )?([a-z ]{3,20}))?", re.I)  # fmt: skip
_NOT_WISHED = re.compile(
    r"\b(?:he|she|they|people|boss|teacher|wife|husband|mother|father|always|never|sometimes|often|yesterday)\b", re.I
)
_LONG = 22


def level(own: str, said: Sequence[str]) -> str:
    """The level that the learner has wished for since: one step up or down from their own for each wish."""
    at = _ORDER.index(own) if own in _ORDER else len(_ORDER) - 1
    shift = sum(1 if _of_level(one) == "harder" else -1 if _of_level(one) == "easier" else 0 for one in said)
    return own if not shift else _ORDER[max(0, min(len(_ORDER) - 1, at + 2 * max(-1, min(1, shift))))]


def _of_level(text: str) -> str:
    if len(text.split()) > _LONG or _WISHES.search(text) is None:
        return ""
    return "harder" if _HARDER.search(text) else "easier" if _EASIER.search(text) else ""


def answer(history: Sequence[ChatTurn], story: thread.Thread, band: str, *, playing: bool) -> str | None:
    """What the tutor says to a wish for the talk; None when the last message is none. In a scene (`playing`) wishes for
    other talk are the scene's own business."""
    text = story.last
    if len(text.split()) > _LONG:
        return None
    if playing:
        return None if _NOT_WISHED.search(text) else _of_table(text)
    if (argued := _argued(text, story, band)) is not None:
        return argued
    if _STORY.search(text) and not _NOT_STORY.search(text):
        told = _STORIES[band]
        line, question = next((one for one in told if not story.was_said(one[0])), told[0])
        return f"{line} {question}"
    if (found := _of_table(text)) is not None:
        return None if _NOT_WISHED.search(text) and "?" not in text else found
    if (wished := _of_level(text)) and _CLEAR.search(text) is None:
        start = "All right, harder from now on." if wished == "harder" else "All right, short and simple from now on."
        last = remarks.last_question(list(history[:-1])) if wished == "easier" else None
        return f"{start} {'Once more: ' + last if last and len(last.split()) < 12 else _fresh(story, band)}"
    if _NEW_WORDS.search(text):
        return _new_words(story, band)
    if _TOPIC.search(text) or (_BORED.match(text) and len(text.split()) <= 9):
        start = "All right, something else." if _BORED.match(text) else "With pleasure."
        return f"{start} {_fresh(story, band)}"
    return _asked(text, story, band)


_NEW_WORDS = re.compile(r"\b(?:teach|give|tell|show) me (?:some|two|three|four|five|six|ten|\d+|a few|more|other|another|several) (?:new |good |useful |difficult |english |other |advanced |more |easy )*words?\b(?! (?:for|about|of)\b)", re.I)  # fmt: skip
_CLEAR = re.compile(r"\b(?:slower|slowly|repeat|again|explain|simpler)\b", re.I)


def _of_table(text: str) -> str | None:
    return next((told for pattern, told in _COMPILED if pattern.search(text)), None)


def _new_words(story: thread.Thread, band: str) -> str:
    """Three words of the level that were not taught before."""
    fresh = [one for one in exercises.words_of(band) if not story.was_said(f"“{one.word}”")]
    at = story.turns * 7 % max(1, len(fresh) - 3)
    told = ", ".join(f"“{one.word}” ({one.meaning})" for one in fresh[at : at + 3])
    return f"Here are three: {told}. Now you: make a sentence with one of them, and I'll check it."


def _argued(text: str, story: thread.Thread, band: str) -> str | None:
    if _ARGUE.search(text) is None or _NOT_WISHED.search(text):
        return None
    named = re.search(r"\b(?:about|on|over|against|whether|topic:?|that)\b(.*)", text, re.I)
    for pattern, first, second in _CLAIMS if named else ():
        if re.search(rf"\b(?:{pattern})\b", text, re.I):
            claim = (
                second
                if re.search(r"\b(?:bad|ban|banned|against|no|stop|forbid\w*|less|dangerous|harm\w*)\b", text, re.I)
                else first
            )
            return _BACK[band].format(claim)
    if len(text.split()) > _PLAIN or story.turns > _PLAIN:
        return _SIDES[band]
    fresh = next((one for one in _FREE[band] if not story.was_said(one)), _FREE[band][0])
    return _BACK[band].format(fresh)


def _asked(text: str, story: thread.Thread, band: str) -> str | None:
    """“Ask me something about my job”: a question of that subject."""
    match = _ASK_ME.search(text)
    if match is None or _NOT_WISHED.search(text):
        return None
    topic = thread.topic_of(match.group(1)) if match.group(1) else None
    exam = (
        " Answer in two or three sentences, as in an exam."
        if re.search(r"\bexam\b", " ".join(story.said), re.I)
        else ""
    )
    return f"With pleasure.{exam} {listening.question(story, band, topic)}"


def _fresh(story: thread.Thread, band: str) -> str:
    unused = listening.fresh_topic(story)
    asked = next((one for one in unused.questions[band] if not listening.is_known(one, story)), "")
    return asked or by(
        band, "What do you like to do?", "What would you like to tell me?", "What has been on your mind lately?"
    )
