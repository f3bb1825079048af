"""Bad news gets sympathy first: illness, death, accidents, a lost job, a separation, a failure, sorrow.

Like `followups.py`: each row has a pattern, what to say at once, and a gentle question for each band (`|` between).
"""

# ruff: noqa: E501 - a table reads best with one line an entry

import re

from language.tutor.followups import BANDS, Followup

_WHO = r"(?:my (?:[\w'’]+ ){1,3}|our (?:\w+ ){1,2}|he |she |they |we )"
_HOW = r"(?:(?:very|so|really|seriously|badly|still|quite|always|often|terribly|suddenly|now|also|too) )*"
_FAMILY = r"(?:mother|mum|mom|father|dad|brother|sister|son|daughter|wife|husband|child|baby|grand\w+|uncle|aunt|cousin|friend|dog|cat|parents|boyfriend|girlfriend|partner)"

_TABLE: tuple[tuple[str, str, str], ...] = (
    (rf"\b(?:died|dies|passed away|has passed|is dead|was killed|funeral|suicide|death of my|\w+['’]s death)\b|\blost (?:my|our) (?:\w+ )?{_FAMILY}\b",
     "I'm very sorry. That is a great loss.",
     "Do you want to tell me about it?|Would you like to talk about it, or about something else?|Would it help to talk about it, or would you rather speak about something else?"),
    (rf"\b{_WHO}(?:is |are |was |were |['’]s |has been |have been |got |became |fell |feels? ){_HOW}(?:ill|sick(?! of)|unwell|dying|injured|hurt|disabled|in (?:the |a )?hospital|in intensive care|in a coma)\b"
     r"|\b(?:has|have|had|got|diagnosed with) (?:got |had |been diagnosed with )?(?:a |an |the )?(?:\w+ )?(?:cancer|tumou?r|dementia|alzheimer['’]?s|leukaemia|leukemia|stroke|heart attack|miscarriage|depression|serious (?:illness|disease|operation))\b"
     r"|\bi (?:am|was|have been|had to go|had to stay|have to go) (?:very |badly |seriously )?(?:in|to|injured|hurt|dying)\b(?:(?<=in)|(?<=to)) ?(?:the )?(?:hospital)\b|\bi (?:am|was) (?:badly |seriously )?(?:injured|dying)\b"
     r"|\b(?:has|have|had|with) (?:\w+ )?(?:problems?|trouble) with (?:the|her|his|my|their) (?:heart|lungs?|kidneys?|liver|health|brain|nerves)\b|\b(?:days?|weeks?|months?) in (?:the |a )?hospital\b"
     r"|\b(?:does|do|did)(?:n['’]t| not) (?:even )?(?:recogni[sz]e|know|remember) (?:me|us|her own|his own)\b[^.?!]{0,20}\b(?:any ?(?:more|longer)|now)\b|\bno longer (?:recogni[sz]es?|knows?|remembers?) (?:me|us)\b|\b(?:gone|moved|went|had to go|put \w+(?: \w+)?) (?:in)?to (?:a |the |an )?(?:care home|nursing home|home for the elderly|old people['’]s home|hospice)\b"
     r"|\b(?:illness|disease) of my\b|\b(?:mother|father|son|daughter|wife|husband|sister|brother)['’]s (?:illness|disease|cancer)\b",
     "I'm sorry to hear that. I hope that things get better soon.",
     "Who can help you now?|How are you coping with it yourself?|How are you holding up yourself, and who is there for you?"),
    (r"\b(?:had|have had|was in|were in|after) (?:a|an|the) (?:\w+ ){0,2}(?:accident|crash)\b|\b(?:broke|broked|has broken|have broken) (?:my|his|her|a|the) (?:leg|arm|foot|hand|ankle|wrist|nose|back|finger|neck)\b",
     "Oh no, I'm sorry to hear that.",
     "Is everybody all right now?|Is everybody all right again?|How is everybody now, and how did you cope?"),
    (r"\b(?:lost|losing|lose) (?:my|his|her|our|their) (?:\w+ )?(?:jobs?|work|home|house|company)\b|\b(?:was|were|got|been|am|is) (?:just )?(?:fired|laid off|made redundant|dismissed|sacked|unemployed|jobless|evicted|homeless)\b|\b(?:can(?:not|['’]t)|couldn['’]t) find (?:a |any )?(?:new )?(?:job|work)\b",
     "I'm sorry to hear that. That must be hard.",
     "How do you feel now?|How are you managing at the moment?|What would help you most at the moment?"),
    (r"\b(?:broke up with me|left me|we (?:broke|split) up|broken up|cheated on me|(?:getting|got|are|am) divorced|(?:my|our|their) divorce|separated)\b",
     "I'm sorry. Such a time is never easy.",
     "Do you want to talk about it?|Do you have friends who can be with you?|What has helped you so far?"),
    (r"\b(?:was|were|got|been) (?:robbed|attacked|mugged|bullied|beaten|burgled|scammed)\b|\b(?:somebody|someone|they|thieves|a thief) (?:stole|has stolen|have stolen)\b|\b(?:was|were|has been|got) stolen\b|\bburn(?:ed|t) down\b|\b(?:an earthquake|a flood|the war|bombs?) (?:in|destroyed|fell|hit)\b|\bat war\b|\b(?:is|has gone|went|disappeared|has been) missing\b",
     "That is terrible. I'm sorry that it happened.",
     "Are you safe now?|Are you all right now, and did anybody help you?|How are you dealing with it, and what support have you got?"),
    (r"\b(?:failed|have failed|did(?:n['’]t| not) pass|lost) (?:my|the|an?|his|her) (?:\w+ ){0,2}(?:exam|test|interview|course|driving test|final)s?\b|\bdid(?:n['’]t| not) get the (?:job|place|visa)\b",
     "I'm sorry. That is disappointing.",
     "Can you try again?|What will you do differently next time?|What, looking back, would have made the difference?"),
    (r"\b(?:i (?:cry|cried|have cried|was crying|am crying)|(?:i|he|she|we) (?:can['’]t stop crying|feel (?:so |very |really )?(?:bad|terrible|awful|hopeless|lost|alone)))\b|\bheartbroken\b|\b(?:but|missed|late|over|finished|angry|sad)\b[^?]{0,60}\b(?:my \w+|he|she) (?:cried|was crying)\b|\b(?:bad|terrible|sad|awful) news\b|\bi miss (?:my (?:family|home|mother|father|children|country|wife|husband|son|daughter)|him|her|them)\b|\b(?:my \w+|he|she) (?:is|was) (?:very |so |really )?(?:sad|depressed|desperate|lonely)\b",
     "I'm sorry. That sounds hard.",
     "Do you want to tell me more?|Is there somebody you can talk to about it?|What do you need most at a time like this?"),
)  # fmt: skip
_ROWS = [(re.compile(pattern, re.I), reaction, questions.split("|")) for pattern, reaction, questions in _TABLE]
_NOT_REAL = re.compile(
    r"\b(?:films?|movies?|books?|novels?|stor(?:y|ies)|series|games?|character|hero|king|queen|president|century|"
    r"phone|battery|computer|laptop|engine|car died|plants?|flowers?|if|nobody|no one|didn['’]t die|not die|in (?:1\d|20)\d\d)\b",
    re.I,
)
_OVER = re.compile(
    r"\b(?:(?:is|are|am|feels?|feel|['’]s|['’]m|['’]re) (?:much |a lot |fine |all )?(?:better|fine|well|healthy|right|ok|okay|good)(?: now| again)?|recovered|found a (?:new|better) job)\b",
    re.I,
)
_RELIEF = "That was surely hard. I'm glad that things are better now."


def find(text: str, band: str) -> Followup | None:
    """What to say when the learner tells bad news; None when the message has none, or it is a story or a condition."""
    if _NOT_REAL.search(text):
        return None
    for pattern, reaction, questions in _ROWS:
        match = pattern.search(text)
        if match is not None:
            over = _OVER.search(text, match.end())
            return Followup(_RELIEF if over else reaction, questions[BANDS[band]])
    return None
