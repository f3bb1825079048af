"""Short role plays: the tutor has a part, the learner has aims, a step is done when the learner has said its idea."""

# ruff: noqa: E501 - a table reads best with one line an entry
import re
from dataclasses import dataclass

from language import tokens


@dataclass(frozen=True, slots=True)
class Step:
    """`line` is what the tutor says; `expects` matches an answer that does the job; `hint` helps when none came."""

    line: str
    expects: re.Pattern[str]
    hint: str


@dataclass(frozen=True, slots=True)
class Scenario:
    id: str
    title: str
    words: frozenset[str]
    setting: str
    steps: tuple[Step, ...]
    closing: str
    advice: str = ""  # for a learner who asks what the other one recommends


def _scenario(
    id_: str, title: str, words: str, setting: str, steps: list[tuple[str, str, str]], closing: str, advice: str = ""
) -> Scenario:
    made = tuple(Step(line, re.compile(pattern, re.I), hint) for line, pattern, hint in steps)
    return Scenario(id_, title, frozenset(words.split()), setting, made, closing, advice)


SCENARIOS: tuple[Scenario, ...] = (
    _scenario("restaurant", "Ordering in a restaurant", "restaurant waiter order ordering meal cafe",
        "You are a guest in a restaurant and I am the waiter.",
        [("Good evening! Do you have a reservation?", r"\b(yes|no|have|reserv|book|table)", "You can say: “No, but a table for two, please.”"),
         ("Of course. Here is the menu. What would you like to drink?", r"\b(like|have|water|wine|juice|beer|tea|coffee|cola|drink|please)", "Try: “I'd like a glass of water, please.”"),
         ("And what would you like to eat?", r"\b(like|have|take|please|soup|fish|chicken|pasta|salad|pizza|steak|order)", "Try: “I'll have the fish with rice, please.”"),
         ("A good choice. Do you have any allergies, or is there something you don't eat?", r"\b(no|not|allerg|don't|eat|vegetarian|nuts)", "Try: “I'm allergic to nuts.” or “No, I eat everything.”"),
         ("How is your meal?", r"\b(good|delicious|nice|great|cold|bad|fine|excellent|tasty|salty|problem)", "Say how it tastes: “It's delicious, thank you.”"),
         ("Would you like anything else?", r"\b(bill|check|dessert|coffee|no|yes|thank|pay)", "Ask for the bill: “Could we have the bill, please?”"),
         ("Certainly. Would you like to pay by card or in cash?", r"\b(card|cash|pay|phone)", "Say: “By card, please.”")],
        "Thank you, and have a nice evening! That was a whole dinner in English.",
        "I can recommend the fish of the day, and a glass of white wine."),
    _scenario("hotel", "Checking in at a hotel", "hotel check-in reception room booking",
        "You have just arrived at a hotel and I am at the reception.",
        [("Good afternoon and welcome. How can I help you?", r"\b(reserv|book|room|check)", "Try: “I have a reservation.”"),
         ("May I have your name, please?", r"\b(name|i am|i'm|it's|my)\b|^[A-Z]", "Say: “My name is …”"),
         ("How many nights are you staying?", r"\b(night|day|week|one|two|three|four|five|until|\d)", "Say: “Three nights.”"),
         ("Would you like a room with a view of the sea or of the garden?", r"\b(sea|garden|view|quiet|prefer|like)", "Try: “I'd prefer a view of the sea.”"),
         ("Breakfast is from seven to ten. Do you have any questions?", r"\b(what|where|when|how|is|no|wifi|wi-fi|parking|time)", "Ask something: “What is the Wi-Fi password?”"),
         ("The lift is on the left. Here is your key.", r"\b(thank|great|perfect|ok)", "Say thank you.")],
        "Enjoy your stay! You checked in without any help."),
    _scenario("job_interview", "A job interview", "interview job recruiter hiring",
        "You want a job and I am the interviewer.",
        [("Good morning. Please tell me about yourself.", r"\b(am|i'm|work|stud|years|from)", "Say what you do now and for how long."),
         ("Why do you want to work for us?", r"\b(because|want|like|company|learn|would|interest)", "Begin with: “I'd like to work here because …”"),
         ("What are your strengths?", r"\b(am|good|strength|can|strong|work|team|organi|patient|reliable)", "Try: “I'm reliable, and I'm good at …”"),
         ("Tell me about a problem that you solved.", r"\b(was|had|were|did|solved|when|once|problem)", "Use the past: “Once, a customer was angry. I …”"),
         ("Where do you see yourself in five years?", r"\b(will|would|see|hope|want|like|manager|lead|learn)", "Try: “I hope to lead a small team.”"),
         ("Do you have any questions for me?", r"\?|\b(what|when|how|who|where|is there|are there)", "Ask about the team, the hours or the next step.")],
        "Thank you for coming. We will call you. You answered six real interview questions."),
    _scenario("doctor", "At the doctor's", "doctor ill sick pain hospital appointment",
        "You don't feel well and I am the doctor.",
        [("Good morning. What seems to be the problem?", r"\b(have|feel|hurt|pain|ache|sick|ill|cough|fever|headache|cold)", "Try: “I have a headache and a cough.”"),
         ("How long have you had it?", r"\b(since|for|day|week|yesterday|hour|month|night)", "Try: “For three days.”"),
         ("Does it get worse at any time of the day?", r"\b(yes|no|morning|night|evening|when|after)", "Try: “It's worse at night.”"),
         ("Are you taking any medicine, or are you allergic to anything?", r"\b(no|not|yes|take|taking|allerg|aspirin|pill)", "Try: “I'm allergic to penicillin.”"),
         ("You should rest and drink a lot. Take one of these twice a day. Is that clear?", r"\b(yes|how|before|after|can|ok|clear|should|\?)", "Ask: “Before or after meals?”")],
        "Get well soon! You explained symptoms and understood instructions."),
    _scenario("directions", "Asking for directions", "directions way lost street station map",
        "You are lost in a city and I am a passer-by.",
        [("You look lost. Can I help you?", r"\b(where|how|way|looking|find|get|lost|station|museum)", "Try: “Excuse me, how do I get to the station?”"),
         ("Go straight on, then take the second street on the left. Can you say that back to me?", r"\b(straight|left|second)", "Repeat: “Straight on, then the second on the left.”"),
         ("That's right. It is next to the bank.", r"\b(far|long|minute|walk|bus|how|thank|is it)", "Ask: “Is it far?”"),
         ("About ten minutes on foot. You can also take the number five bus.", r"\b(thank|where|stop|walk|take|ticket|bus)", "Say which you prefer, and thank me.")],
        "You're welcome. Have a good day! You found your way in English."),
    _scenario("shopping", "Buying clothes", "shopping shop clothes shirt shoes store buy",
        "You are in a clothes shop and I work there.",
        [("Hello! Can I help you?", r"\b(looking|need|want|like|shirt|shoes|jacket|trousers|dress)", "Try: “I'm looking for a jacket.”"),
         ("What size do you take?", r"\b(size|small|medium|large|s|m|l|xl|\d+)\b", "Try: “Medium, I think.”"),
         ("Which colour would you like?", r"\b(red|blue|black|white|green|grey|brown|yellow|dark|light|colour|color)", "Name a colour: “Dark blue, please.”"),
         ("Here you are. The changing rooms are over there. … Does it fit?", r"\b(fit|yes|no|too|big|small|tight|long|short|perfect)", "Try: “It's a bit too tight.”"),
         ("It costs forty-five pounds. Would you like to take it?", r"\b(yes|no|take|expensive|discount|cheaper|card|think)", "Try: “Yes, I'll take it.”")],
        "Thank you, goodbye! You bought clothes in English.", "This dark blue jacket is new, and it would suit you."),
    _scenario("phone_call", "Making an appointment by phone", "phone call appointment telephone",
        "You are calling to make an appointment, and I answer the phone.",
        [("Good morning, this is the office of Green and Partners. How can I help?", r"\b(appointment|like|speak|meet|call|talk|book)", "Try: “I'd like to make an appointment.”"),
         ("Certainly. Who is calling, please?", r"\b(name|this is|i am|i'm|it's|speaking)\b|^[A-Z]", "On the phone we say: “This is …”"),
         ("Would Tuesday at ten suit you?", r"\b(yes|no|tuesday|can't|could|instead|fine|prefer|afternoon|perfect)", "Try: “I'm afraid I can't. Could we make it Wednesday?”"),
         ("That's fine. Could you give me your number?", r"\d|\b(zero|oh|one|two|three|four|five|six|seven|eight|nine|double)\b", "Say the digits one by one."),
         ("Thank you. Is there anything else?", r"\b(no|thank|yes|that's|where|address)", "Close politely: “No, that's all, thank you.”")],
        "Goodbye! A phone call is the hardest kind of conversation, and you made one."),
)  # fmt: skip


def named(text: str | None) -> Scenario | None:
    """The scenario whose id or title is `text`, or whose words stand in it."""
    if not text or not text.strip():
        return None
    wanted = text.strip().lower().replace("-", "_").replace(" ", "_")
    for one in SCENARIOS:
        if wanted in (one.id, one.title.lower().replace(" ", "_")):
            return one
    words = {*tokens.words(text), *tokens.letters(text)}
    best = max(SCENARIOS, key=lambda one: len(words & one.words))
    return best if words & best.words else None
