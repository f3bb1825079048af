"""Reactions to what the learner has just said, and questions that go on from it.

Each row of the table has a pattern, a reaction and a question for each band (A, B, C; `|` between). `{1}` is what the
first group of the pattern caught, said to the learner: “my brother” has become “your brother”.
"""

# ruff: noqa: E501 - a table reads best with one line an entry
import re
from dataclasses import dataclass

from language import tokens

_CLAUSE = r"([a-z][\w'’ -]{1,40}?)(?=\s*(?:[.,;!?]|$|\b(?:because|but|and|so|when|with|for|since|although|every|yesterday|last|two|three|four|five|then|too|very)\b))"
_THING = r"((?:a |an |the |my |some )?[a-z][\w'’-]*(?: (?!because\b|but\b|and\b|so\b|with\b|yesterday\b|last\b|in\b|at\b|on\b|for\b|very\b|too\b|every\b)[a-z][\w'’-]*){0,2})"

_TABLE: tuple[tuple[str, str, str], ...] = (
    # What happened
    (r"\b(?:i am|i'm|i was|feel|feeling) (?:a bit |a little |very |so |really )*(sad|lonely|depressed|upset|unhappy|disappointed)\b", "I'm sorry that you feel {1}.",
     "What makes you feel better?|What made you feel {1}?|What usually gets you through a day like that?"),
    (r"\b(exam|test|interview|presentation|speech|operation|competition|concert|wedding)\b.*\b(?:nervous|worried|afraid|scared|stressed|anxious)\b|\b(?:nervous|worried|afraid|scared|stressed|anxious)\b.*\b(exam|test|interview|presentation|speech|operation|competition|concert|wedding)\b", "It's normal to be nervous before that, and I wish you luck.",
     "When is the {1}?|Which part of the {1} worries you most?|Which part of the {1} worries you most?"),
    (r"\b(?:i am|i'm|i was|feel|feeling|felt) (?:a bit |a little |very |so |really )*(scared|frightened|terrified)\b", "That sounds frightening.",
     "What were you afraid of?|What frightened you most?|What was it that frightened you so much?"),
    (r"\b(?:was|were|is|got|are) (?:\w+ )?(?:burned|burnt|spoilt|spoiled|ruined|a disaster)\b(?! down)|\bwent wrong\b|\bdid(?:n['’]?t| not) work out\b", "Oh, what a pity.",
     "What went wrong?|What went wrong?|What went wrong, and what will you do differently next time?"),
    (r"\b(?:i am|i'm|i was|feel|feeling) (?:a bit |a little |very |so |really )*(tired|stressed|exhausted|nervous|worried|ill|sick)\b", "I hope it gets better soon.",
     "Why are you {1}?|What has made you {1}?|How do you usually deal with being {1}?"),
    (r"\b(?:i am|i'm|i’m|i feel|feel|feeling) (?:really |so )?(?:not|n['’]t) (?:feeling )?(?:very |so |really |too |that |at all )?(?:happy|well|good|great|ok|okay|fine)\b|^\W*not (?:so|very|too|really) (?:good|well|great|happy)\b|\b(?:i don['’]?t|do not) feel (?:very |so )?(?:well|good|happy)\b", "I'm sorry to hear that.",
     "What is wrong?|What has happened?|What is weighing on you?"),
    (r"\bmy (?:\w+ )?(?:phone|car|computer|laptop|bike|bicycle|washing machine|fridge|heating|tablet|glasses|camera|tv|television|motorbike|shower|oven|watch) (?:is|was|has|got|just|suddenly|\w+ly)? ?(?:broken|broke|died|dead|stolen|stopped|gone|lost|crashed|fell|does(?:n['’]?t| not) work)\b", "Oh no, what bad luck.",
     "How did it happen?|How did it happen?|How did it come about?"),
    (r"\byou (?:won['’]?t|will not|will never) believe\b|\bguess what\W*$|\bsomething (?:\w+ )?happened\b|\b(?:was|had|have had) an? (?:very |really |so )?(?:crazy|strange|weird|funny|terrible|horrible|amazing|unbelievable|wild) (?:day|week|night|morning|evening|weekend|experience|time)\b", "Now I'm curious.",
     "What happened?|What happened?|Go on, what happened?"),
    (r"\b(?:i am|i'm|i’m|i was|feel|feeling) (?:still |a bit |a little |very |so |really )*(angry|furious|annoyed|frustrated|mad)\b", "I can understand that you are {1}.",
     "Why are you so {1}?|What made you so {1}?|What would have to happen for you to feel less {1}?"),
    (r"\b(?:(?:flight|train|bus|plane|trip|concert|appointment|holiday|match)s? (?:(?:to|from|in|for|with) \w+ )?(?:was|were|is|has been|got) (?:cancell?ed|delayed|late|full|overbooked)|(?:lost|missed) (?:my|our|the) (?:\w+ ){0,2}(?:luggage|suitcase|bag|passport|wallet|purse|keys?|phone|flight|train|bus|plane|connection)|missed (?:my|our|the|his|her) (?:\w+ |\w+['’]s ){0,3}(?:wedding|birthday|party|funeral|concert|graduation|exam|interview|appointment)|ruined|got lost|broke down|doesn['’]t work any ?more)\b", "Oh no, that is really annoying.",
     "What did you do then?|What did you do about it?|How did you deal with it?"),
    (r"\b(?:i have|i've|i’ve|i got|i had|have also|i also have) (?:also )?(?:an? |the |some )?(?:bad |terrible |strong |high )?(?:cough|fever|headache|cold|flu|stomach ?ache|toothache|backache|sore throat|migraine|temperature)\b|\bmy (?:head|back|stomach|tooth|throat|leg|knee|foot|arm|neck|ear|belly) (?:really )?(?:hurts?|aches?|is hurting)\b", "I hope that you feel better soon.",
     "Did you take any medicine?|Have you taken anything for it?|Have you seen anybody about it?"),
    (r"\b(?:feel|feels|feeling|am|i'm) (?:much |a lot |a bit |a little )?better\b", "I'm glad to hear that.",
     "What helped you?|What else helps you to feel better?|What tends to lift your mood?"),
    (r"\b(?:offered me (?:an? |the )?(?:\w+ )?(?:promotion|job|place|position)|(?:been|was|got) promoted|got (?:an? |the |my )?(?:\w+ )?(?:promotion|scholarship|visa|licence|license)|(?:got|am|i'm) engaged|pregnant|expecting a baby|going to have a (?:baby|child)|having a baby|(?:finished|completed|ran) (?:my|the|a) (?:first |last |whole )?(?:marathon|half marathon|degree|studies|thesis|course)|won (?:a|an|the|my) (?:\w+ )?(?:medal|prize|cup|competition|race|match)|i graduated|baby was born|was accepted|i passed)\b", "Congratulations, that's great news!",
     "Are you happy about it?|How do you feel about it?|What does it mean for you?"),
    (r"\b(stressful|hard|difficult|terrible|awful|horrible)\b", "That doesn't sound easy.",
     "What is the most difficult thing?|What would make it easier for you?|If you could change one thing about it, what would that be?"),
    (r"\b(?:problems? with (?:my|our|the) \w+|trouble with|(?:shout|yell)(?:s|ed|ing)? at (?:me|us)|(?:argu|quarrel)\w* with (?:me|my|our)|is (?:always )?angry with me|can['’]?t stand|unfair|(?:couldn|can)['’]?t sleep because|refuses to (?:work|talk|speak|help|pay|listen))\b", "That must be annoying.",
     "What can you do about it?|What have you tried so far?|What would have to happen for that to change?"),
    (r"\b(?:i(?:['’]m| am)|we(?:['’]re| are)) (?:getting|going to get|about to get|going to be) (?:married|engaged)\b|\bour wedding is\b", "Congratulations, how wonderful!",
     "When is the big day?|Have you started to plan it?|How are the preparations going?"),
    (r"\b(?:saved|rescued) (?:a|an|the|two|three|her|his|their|some|many) (?:\w+ ){0,2}(?:life|lives|woman|man|child|children|people|person|boy|girl|dog|cat|family)\b", "That is something to be proud of.",
     "What happened?|How did you manage that?|What went through your mind at that moment?"),
    (r"\b(got married|(?:my|our) (?:own )?wedding (?:was|is|day)|passed (?:the|my) (?:exam|test)|got the job|new job|won|had a baby|(?:my|our) (?:\w+ )?birthday (?:is|was) (?:today|yesterday|tomorrow|on|last)|(?:it is|it's|is|was) my birthday)\b", "Congratulations!",
     "How did you celebrate?|How did you feel at that moment?|What has it changed for you?"),
    (rf"\bi(?:['’]ve| have)? (?:just |recently )*(?:taken up|took up|got into|(?:begun|began|started) (?:learning|doing|playing)) (?!to\b){_THING}", "It's nice to begin something new.",
     "Why did you start with {1}?|How did you come to start with {1}?|What drew you to {1}?"),
    (rf"\b(?:i|we) (?:watched|saw) (?:a |the )?(?:film|movie|series|show)(?: about {_THING})?", "A film is always a good topic.",
     "Did you like it?|What was the best scene, and why?|What stayed with you after it had ended?"),
    (rf"\bi(?:'m| am)? (?:reading|read) (?:a |the )?(?:book|novel|story)(?: about {_THING})?", "It's good that you read.",
     "What is the book about?|Who is your favourite character in it?|What did the book make you see differently?"),
    (rf"\b(?:i|we) (?:always |usually |often |sometimes )?go to {_THING}", "That sounds nice.",
     "What do you do there?|What do you like to do there?|What draws you there?"),
    (rf"\b(?:i|we) (?:went|travelled|drove|flew) to {_THING}", "I can picture that.",
     "What did you do there?|What did you like best there, and was anything not so good?|What would you tell a friend who wants to go there?"),
    (r"\b(?:i|we) (?:met|visited) (my [a-z]+|a friend|friends|some friends)\b", "It's nice to see people.",
     "What did you do together?|What did you talk about with {1}?|What makes {1} good company?"),
    # Plans and wishes
    (rf"\bi(?:(?:'d| would) (?:really |also )?(?:like|love)| (?:really |also )?(?:want|hope|plan|am planning)) to {_CLAUSE}", "That's a good plan, to {1}.",
     "Why do you want to {1}?|What is the first step to {1}?|What might stop you, and what would you do about it?"),
    (rf"\bi(?:'m| am) (?:thinking about|going to|planning to) {_CLAUSE}", "That's a big thing.",
     "When do you want to do it?|What would be the best and the worst about it?|How will you know that it was the right decision?"),
    # Who they are
    (rf"\bi (?:don['’]?t|do not) (?:really |particularly )?(?:like|enjoy) {_CLAUSE}|\bi hate {_CLAUSE}", "Not everybody does.",
     "Why don't you like {1}?|What don't you like about {1}?|Has that always been so, or did something change your mind?"),
    (rf"\bi (?:really |also |just )?(?:like|love|enjoy) (?:to )?{_CLAUSE}", "So you like {1}.",
     "When do you do that?|How did that begin, and what do you like about it?|What would somebody who has never tried it not understand?"),
    (r"\b(?:i live in|i(?:'m| am) from|i come from) ((?:the )?(?-i:[A-Z])\w+(?: (?-i:[A-Z])\w+)?)", "I know {1} only from the map.",
     "What do you like about {1}?|What should a visitor to {1} not miss?|What do outsiders get wrong about {1}?"),
    (r"\bi(?: work as| am|'m|’m) an? ([a-z]*(?:er|or|ist|nurse|chef|cook|student|engineer|lawyer|pilot|clerk|assistant|ian|ant))\b", "So you are {a} {1}.",
     "What do you do on a normal day?|What does a good day look like for {a} {1}?|What do people misunderstand about the work of {a} {1}?"),
    (r"\bi have (?:got )?(?:an? |one |two |three |four |five |many |some )(?:\w+ )?(brothers?|sisters?|sons?|daughters?|child(?:ren)?|childs|dogs?|cats?|friends?|cousins?)\b", "That's nice.",
     "What {is} the name of your {1}?|What {is} your {1} like?|What have you learnt from your {1}?"),
    (r"\b(my (?:mother|father|brother|sister|son|daughter|wife|husband|friend|boss|grandmother|grandfather|teacher|dog|cat))\b", "I'd like to know more about {1}.",
     "What is {1} like?|What do you like most about {1}?|In what way has {1} influenced you?"),
    # Opinions
    (r"\bi find (?:it|that|this|them) (?:\w+ly )?([a-z]+(?:ing|ful|ous|ive|ible|able|ic|al|ant|ent))\b", "That's interesting.",
     "Why is it {1}?|What makes it so {1} for you?|What is it that makes it so {1}?"),
    (r"\bon the one hand\b|\bon the other hand\b", "You weigh both sides.",
     "Which side is stronger for you?|Which of the two matters more to you, and why?|Which of the two weighs more for you, and what could tip the balance?"),
    (rf"\bdepends? (?:a lot )?(?:on|of) {_CLAUSE}", "So {1} makes the difference.",
     "Can you give an example?|Can you give an example where the answer is clear?|Where would you draw the line?"),
    (rf"\b(?:wondering|wonder|question is) (?:whether|if) {_CLAUSE}", "That's worth a longer thought.",
     "What do you think: yes or no?|What speaks for it, and what against it?|What would you need to know to answer that for yourself?"),
    (r"\b(?:i think|i believe|in my opinion|i(?:'d| would) say|i(?:'m| am) convinced|i guess)\b", "That's a clear position.",
     "Why do you think so?|Can you give an example for that?|What would somebody who disagrees say, and how would you answer?"),
    (r"\b(?:i (?:don['’]?t agree|disagree)|that(?:['’]s| is) (?:not true|wrong|a false \w+)|i doubt)\b", "You disagree; good, that makes a conversation.",
     "Why not?|What is your own view?|How would you put the question, then?"),
    (r"\bbecause ((?:i|my|we|it|they|he|she|the|our)\b[\w'’ ,-]{3,70})", "That's a good reason.",
     "Was it always like that?|Has it always been like that, or did something change?|Would you still say so if things were different?"),
    (rf"\bi (?:cook|make|eat|ate|cooked) {_THING}", "Now I know what to ask about.",
     "Is it difficult to make?|How do you make it?|What makes a really good one?"),
    (rf"\bi play(?:ed)? (?:the )?{_THING}", "Good for you.",
     "How often do you play?|How did you learn it?|What does playing give you that nothing else does?"),
)  # fmt: skip
BANDS = {"A": 0, "B": 1, "C": 2}
_ROWS = [(re.compile(pattern, re.I), reaction, questions.split("|")) for pattern, reaction, questions in _TABLE]
_FEELINGS = 18
_YOU = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "am": "are", "we": "you", "our": "your",
    "us": "you", "i'm": "you're", "i’m": "you’re", "i've": "you've", "i’ve": "you’ve", "i'd": "you'd", "i’d": "you’d", "i'll": "you'll", "i’ll": "you’ll",
}  # fmt: skip
_DENIED = re.compile(
    r"\b(?:not|never|no|nobody|\w+n['’]t|lost|failed|missed|miss|cancell?ed|late|without|against|if|when)\b", re.I
)
_VAGUE = {
    "it",
    "that",
    "this",
    "them",
    "him",
    "her",
    "you",
    "things",
    "something",
    "everything",
    "very",
    "too",
    "there",
}


@dataclass(frozen=True, slots=True)
class Followup:
    """A reaction, and the question that goes on from it."""

    reaction: str
    question: str


def feelings(text: str, band: str) -> list[Followup]:
    """What to say to a feeling, a hard time or good news."""
    return _found(_ROWS[:_FEELINGS], text, band)


SAYS_WHAT = re.compile(
    r"\W*(?:(?:and|but|so|well|yes|no)\b\W*)*what (?:i|we|my|our|he|she|they)\b(?! (?:was|am|were)\b)"
    r"[^?]*\b(?:is|was|are|were)\b",
    re.I,
)
"""“What I like most is the beach”: its first clause is neither a question nor a statement."""


def find(text: str, band: str) -> list[Followup]:
    """What to say to `text`, the most fitting first."""
    if SAYS_WHAT.match(text):
        return []
    return _found(_ROWS, text, band)


def _found(rows: list[tuple[re.Pattern[str], str, list[str]]], text: str, band: str) -> list[Followup]:
    found = []
    for pattern, reaction, questions in rows:
        match = pattern.search(text)
        if match is None:
            continue
        if reaction.startswith("Congratulations") and _DENIED.search(text):
            continue
        caught = next((group for group in match.groups() if group), "")
        asked = questions[BANDS[band]]
        if "{1}" in reaction + asked and (not caught or caught.lower().split()[-1] in _VAGUE):
            continue
        found.append(Followup(_filled(reaction, caught), _filled(asked, caught)))
    return found


def to_you(text: str) -> str:
    """“my brother and I” → “your brother and you”."""
    return tokens.changed(text, lambda word: _YOU.get(word.text.lower(), word.text))


def _filled(template: str, caught: str) -> str:
    said = to_you(caught.strip())
    article = "an" if said[:1].lower() in "aeiou" else "a"
    be = "are" if said.endswith("s") or said == "children" else "is"
    return template.replace("{1}", said).replace("{a}", article).replace("{is}", be)
