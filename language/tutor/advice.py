"""Advice for everyday troubles, in a sentence or two, when the learner asks “What can I do?”"""

# ruff: noqa: E501 - a table reads best with one line an entry

import re
from collections.abc import Sequence

from language.tutor.wording import by

_ASKS = re.compile(
    r"\bwhat (?:can|could|should|shall|must|do|would) (?:i|we) (?:do|try)\b|\bwhat would you do\b|\bwhat (?:would|do|can) you (?:suggest|advise|recommend)\b"
    r"|\bhow (?:can|could|should|would|do|to) (?:i|we|you)?\s*(?:go about |best )?(?!say|spell|pronounce|write|call|mean|know me|help|do\b)(?:get|be|become|learn|improve|deal|stop|make|find|meet|sleep|save|lose|practi[sc]e|remember|prepare|solve|tell|help|relax|calm|feel|speak|understand|manage|handle|avoid|keep|overcome)\b"
    r"|\bi (?:don['’]?t|do not) know what (?:to do|i (?:should|can) do)\b"
    r"|\bwhere (?:can|could|should) (?:i|we) (?:meet|find|learn|practi[sc]e|get)\b"
    r"|\b(?:any|some|your|give me|need|have) (?:good )?(?:advice|tips?|suggestions?|recommendations?)\b(?=.*\?|\W*$)|\bany (?:good )?ideas\b(?=.*\?)|\bwhat(?: is|['’]s) your advice\b|\bcan you (?:advise|recommend|suggest)\b",
    re.I,
)
_TABLE: tuple[tuple[str, str], ...] = (
    (r"\b(?:meet|make|find|know) (?:new |more |other |some )?(?:people|friends|somebody|someone)\b|\blonely\b|\bno friends\b|\bknow (?:nobody|no one|anybody)\b",
     "A club, a course or a choir is a good place to meet people: you see the same faces every week."),
    (r"\b(?:wedding|party|birthday|celebrat\w+)\b", "Begin with the guest list and the date: everything else follows from these two."),
    (r"\b(?:exam|test)s?\b", "Learn in short pieces with breaks, sleep well the night before, and in the exam begin with the easiest question."),
    (r"\b(?:presentation|speech|in front of|public)\b", "Practise it aloud three times, know your first sentence by heart, and look at one friendly face."),
    (r"\binterview\b", "Think of three short stories about your work, and say them aloud before you go."),
    (r"\b(?:sleep|insomnia|tired|awake)\b", "Go to bed at the same time every day, and leave your phone in another room."),
    (r"\b(?:words|vocabulary)\b", "Learn five words a day in whole sentences, and use each of them once on the same day."),
    (r"\b(?:pronunciation|accent)\b", "Listen to one short sentence, say it at once, and compare: ten minutes a day are enough."),
    (r"\b(?:listening|understand (?:people|them|native|films?))\b", "Listen to something short twice a day, first without and then with the text."),
    (r"\bgrammar\b", "Take one rule a week and write five sentences about your own life with it."),
    (r"\b(?:english|speak|fluent|language|mistakes)\b|\blearn (?:faster|better|quicker|more)\b", "Speak every day, even if it is only ten minutes, and don't wait until it is perfect."),
    (r"\bhomesick\b|\bmiss (?:my|home)\b", "Keep one habit from home, such as a meal or a song, and find one new thing that you like here."),
    (r"\b(?:boss|colleagues?|coworkers?|team|resent\w*|managers?)\b", "Talk to the person alone, say what you see and how you feel about it, and listen before you decide."),
    (r"\b(?:neighbou?rs?|noise|noisy|loud|flatmates?|roommates?)\b", "Talk to them in a quiet moment, not when you are angry, and offer something that both of you can live with."),
    (r"\b(?:nervous|anxious|worried|afraid|scared|panic|stress\w*|calm|relax)\b", "Breathe out slowly a few times, and write down what worries you: on paper it gets smaller."),
    (r"\b(?:money|save|expensive|debts?|budget)\b", "Write down for a month what you spend: most people find something that they don't need."),
    (r"\b(?:job|work|career|unemployed)\b", "Tell everybody you know what you are looking for, and send a few good applications instead of many."),
    (r"\b(?:time|busy|organi[sz]ed?|deadline|late)\b", "Choose the one thing that matters most today and do it first."),
    (r"\b(?:weight|fit|healthy|exercise|sport)\b", "Begin with a walk every day; small things that you keep up help more than big plans."),
    (r"\b(?:smok\w+|cigarettes?)\b", "Choose a day, tell your friends about it, and have something to do with your hands."),
    (r"\b(?:argu\w+|quarrel\w*|angry|apologi[sz]e|fight|conflict|trust)\b", "Wait until both of you are calm, begin with “I feel …”, and say what you wish for."),
    (r"\b(?:son|daughter|child|children|kids|teenager)\b", "Listen first, and spend some time together doing something that the child chooses."),
    (r"\b(?:headaches?|cold|cough|ill|sick|pain|fever)\b", "Rest and drink a lot of water, and if it isn't better in two days, see a doctor."),
    (r"\b(?:shy|confiden\w+|embarrass\w+)\b", "Begin with small steps, such as one question to a stranger a day; it gets easier."),
    (r"\b(?:lost|stolen|missing)\b", "Go back in your mind step by step, ask where you were last, and block your cards if they are gone."),
    (r"\b(?:decide|decision|choose|choice)\b", "Write down what speaks for each side, and ask yourself which choice you would regret."),
    (r"\b(?:forget|memory|remember)\b", "Say it aloud, write it by hand and come back to it the next day."),
    (r"\b(?:procrastinat\w+|lazy|motivat\w+|start)\b", "Do only five minutes of it; to begin is the hardest part."),
    (r"\b(?:cook|recipe|burn\w*)\b", "Read the whole recipe first, and stay near the cooker."),
    (r"\b(?:travel|trip|holiday|visit|journey)\b", "Plan the first day well and leave the others open."),
)  # fmt: skip
_ROWS = [(re.compile(pattern, re.I), line) for pattern, line in _TABLE]
_RECENT = 4
_OWN = re.compile(r"\b(?:do|try)\b (?:to|about|with|if|when|against) (?!(?:it|that|this|them|him|her)\b)\w+", re.I)
"""The question says itself what it is about."""
_GENERAL = "I'm only a program, but I would begin with one small step, and talk to somebody who knows you well."
_BACK = (
    ("Will you try that?", "Could that work for you?", "Could something like that work in your case?"),
    ("What did you do last time?", "What have you tried so far?", "What have you tried so far, and what came of it?"),
    ("What is the most difficult part for you?", "What is the hardest part of it for you?", "Which part of it do you find hardest?"),
)  # fmt: skip


def answer(said: Sequence[str], band: str) -> tuple[str, tuple[str, ...]] | None:
    """Advice and the questions that may follow it; None when the last message asks for none. What it is about may have
    been said in the two messages before."""
    if not said or _ASKS.search(said[-1]) is None:
        return None
    recent = 1 if _OWN.search(said[-1]) else _RECENT
    for text in reversed(said[-recent:]):
        for pattern, line in _ROWS:
            if pattern.search(text):
                return line, tuple(by(band, *lines) for lines in _BACK)
    return _GENERAL, tuple(by(band, *lines) for lines in _BACK[1:])
