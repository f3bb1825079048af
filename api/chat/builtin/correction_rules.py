"""The table of patterns: what learners write, what to say instead, and why."""

# ruff: noqa: E501 - a table reads best with one line an entry

import re
from collections.abc import Callable
from dataclasses import dataclass

from api.chat.builtin import verbs

Instead = str | Callable[[re.Match[str]], str]

VOWEL_EXCEPTIONS = (
    "uni", "use", "usu", "euro", "one", "once", "ufo", "uk", "eu", "ouija", "utens", "utili", "uter",
)  # fmt: skip
"""Words written with a vowel that begin with a consonant's sound."""

SILENT_H = ("hour", "honest", "honour", "honor", "heir")


@dataclass(frozen=True, slots=True)
class Rule:
    """`instead` is a template for `Match.expand` or a function of the match."""

    pattern: re.Pattern[str]
    instead: Instead
    kind: str
    why: str


def _rule(pattern: str, instead: Instead, kind: str, why: str) -> Rule:
    return Rule(re.compile(pattern, re.I), instead, kind, why)


def _comparative(match: re.Match[str]) -> str:
    adjective = match.group(1).lower()
    if adjective.endswith("y"):
        return adjective[:-1] + "ier than"
    if adjective in {"big", "hot", "thin"}:
        return adjective + adjective[-1] + "er than"
    return adjective.rstrip("e") + "er than"


def _feeling(match: re.Match[str]) -> str:
    return f"{match.group(1)} {match.group(2)[:-3]}ed {match.group(3)}"


def _ing(match: re.Match[str]) -> str:
    return f"{match.group(1)} {verbs.ing(match.group(2).lower())}"


def _plain_after_modal(match: re.Match[str]) -> str:
    return f"{match.group(1)} {verbs.BASE_OF_THIRD[match.group(2).lower()]}"


_GRAMMAR = [
    _rule(r"\bI have (\d{1,3}|[a-z]+teen|twenty|thirty|forty|fifty)(?:-?\s?[a-z]+)? years(?: old)?(?! of| in| to| left| with)\b",
          r"I am \1 years old", "verb", "For age, English uses “be”."),
    _rule(r"\b(he|she) has (\d{1,3}|[a-z]+teen|twenty|thirty|forty|fifty) years(?: old)?(?! of| in| to| left| with)\b",
          r"\1 is \2 years old", "verb", "For age, English uses “be”."),
    _rule(r"\bI (?:am|'m|’m) agree\b", "I agree", "verb", "“Agree” is a verb, so it needs no “am”."),
    _rule(r"\bI (?:am|'m|’m) not agree\b", "I don't agree", "verb", "“Agree” is a verb, so the negative takes “don't”."),
    _rule(r"\b(he|she|it) don['’]?t\b", r"\1 doesn't", "agreement", "With he, she or it the negative is “doesn't”."),
    _rule(r"\b(I|you|we|they) doesn['’]?t\b", r"\1 don't", "agreement", "“Doesn't” goes only with he, she or it."),
    _rule(r"\b(he|she|it) have (?!been\b)", r"\1 has ", "agreement", "With he, she or it, “have” becomes “has”."),
    _rule(r"\b(I|you|we|they) has\b", r"\1 have", "agreement", "“Has” goes only with he, she or it."),
    _rule(r"\b(you|we|they) was\b", r"\1 were", "agreement", "With you, we and they, “was” becomes “were”."),
    _rule(r"\b(people) (is|was|has)\b(?! not the)", r"\1 are", "agreement", "“People” is plural in English."),
    _rule(r"\beverybody (are|have)\b", "everybody is", "agreement", "“Everybody” takes a singular verb."),
    _rule(r"\bthere is (many|a lot of|some|two|three|four|five) ([a-z]+s|people|children)\b", r"there are \1 \2", "agreement",
          "With a plural noun, “there is” becomes “there are”."),
    _rule(r"\bI from ([A-Z][a-z]+)\b", r"I am from \1", "verb", "An English sentence needs its verb: “I am from …”."),
    _rule(r"\bI am (work|live|study|like|want|need|love|know|think)\b", r"I \1", "verb",
          "Use either “I …” or “I am …-ing”, not “am” with the plain verb."),
    _rule(r"\bI very (like|love|enjoy|want)\b", r"I really \1", "order", "“Very” cannot stand before a verb; “really” can."),
    _rule(r"\bI like very much (to )?([a-z]+(?:ing)?)\b", r"I like \1\2 very much", "order",
          "“Very much” comes after the object."),
    _rule(r"\b(I|you|we|they|he|she) (can|must|should|could|will|would|may|might) to ([a-z]+)\b", r"\1 \2 \3", "verb",
          "After “can”, “must” or “should” the verb has no “to”."),
    _rule(r"\b(can|must|should|could|will|would) (goes|does|has|makes|takes|comes|likes|wants|speaks)\b",
          _plain_after_modal, "verb", "After “can”, “must” or “will” the verb stays in its plain form."),
    _rule(r"\b(want|wants|wanted) that (you|he|she|they|we|I) ", r"\1 \2 to ", "pattern",
          "After “want” use somebody “to do” something."),
    _rule(r"\bexplain(ed|s)? (me|us|him|them) (?!to\b)", r"explain\1 to \2 ", "pattern", "We explain something “to” somebody."),
    _rule(r"\b(?:say|said) (me|us|him|them)\b", r"told \1", "word", "“Say” takes no person; “tell” does."),
    _rule(r"\bmore (better|bigger|smaller|easier|cheaper|faster|older|younger|happier|taller|nicer|worse)\b", r"\1",
          "comparison", "The ending already says “more”."),
    _rule(r"\bmost (biggest|best|easiest|cheapest|fastest|oldest|youngest|happiest|tallest|nicest|worst)\b", r"\1",
          "comparison", "The ending already says “most”."),
    _rule(r"\bmore (big|small|easy|cheap|fast|old|young|tall|nice) than\b", _comparative, "comparison",
          "Short adjectives take -er."),
    _rule(r"\b(better|bigger|smaller|easier|cheaper|faster|older|younger|taller|more [a-z]+) that (me|you|him|her|us|them|my|the)\b",
          r"\1 than \2", "comparison", "After a comparative comes “than”."),
    _rule(r"\b(?:how|what) do you call (this|it) in english\b", r"what do you call \1 in English", "pattern",
          "We ask “What do you call …?”."),
    _rule(r"\bhow (?:it )?is called\b", "what is it called", "pattern", "We ask “What is it called?”."),
    _rule(r"\bwhat means ([a-z]+)\b", r"what does \1 mean", "question", "Questions about verbs use “do”: “What does … mean?”."),
    _rule(r"\bwhere you (live|work|go|come|study)\b", r"where do you \1", "question", "A question needs “do” before “you”."),
    _rule(r"\bwhat you (think|want|like|do|mean|need)\b(?= about|\?| of)", r"what do you \1", "question",
          "A question needs “do” before “you”."),
    _rule(r"\b(I am|I'm|I’m) (boring)\b", r"\1 bored", "word", "You feel bored; the thing is boring."),
    _rule(r"\b(I am|I'm|I’m) (interesting|exciting|tiring|confusing) (in|about|of|by|with)\b", _feeling, "word",
          "A feeling ends in -ed; the thing that causes it ends in -ing."),
    _rule(r"\b(looking forward to) (see|meet|hear|visit|go|work|talk|travel|come|have)\b", _ing, "pattern",
          "After “look forward to” comes the -ing form."),
    _rule(r"\b(enjoy|enjoyed|finish|finished|avoid|mind|keep) to ([a-z]+)\b", _ing, "pattern",
          "This verb is followed by the -ing form."),
    _rule(r"\bI (?:am|'m|’m) used to (wake|get|work|eat|go|live|drive|drink|study)\b", lambda m: f"I am used to {verbs.ing(m.group(1).lower())}", "pattern",
          "After “be used to” comes the -ing form."),
    _rule(r"\bI live here (since|for) (one|two|three|four|five|six|seven|eight|nine|ten|many|\d+) (years|months|weeks)\b",
          r"I have lived here for \2 \3", "tense", "It began in the past and goes on now, so use “have lived … for”."),
    _rule(r"\bsince (one|two|three|four|five|six|seven|eight|nine|ten|many|\d+) (years|months|weeks|days|hours)\b(?! ago)",
          r"for \1 \2", "preposition", "“For” gives the length of time, “since” its beginning."),
    _rule(r"\bfor (monday|tuesday|wednesday|friday|january|march|june|july|august|september|october|november|december) I\b",
          r"since \1 I", "preposition", "“Since” gives the beginning of the time."),
    _rule(r"\b(I )?didn['’]?t (?:had|have) (no)\b", r"\1didn't have any", "negative", "One negative is enough."),
    _rule(r"\b(don['’]t|doesn['’]t|didn['’]t) (\w+) nothing\b", r"\1 \2 anything", "negative", "One negative is enough."),
    _rule(r"\b(don['’]t|doesn['’]t|didn['’]t) (\w+) nobody\b", r"\1 \2 anybody", "negative", "One negative is enough."),
    _rule(r"\b(thinking (?:about|of)) (change|buy|move|go|start|learn|study|work|visit|travel|leave|make|open|write|sell)\b", _ing, "pattern",
          "After a preposition comes the -ing form."),
    _rule(r"\b(I am|I'm|I’m|he is|he's|he’s|she is|she's|she’s) (teacher|student|doctor|nurse|driver|cook|waiter|lawyer|manager|programmer|engineer|artist|actor|accountant)(?=\s*(?:[.,!?]|$|in\b|at\b|and\b))",
          lambda m: f"{m.group(1)} {'an' if m.group(2)[0].lower() in 'aeiou' else 'a'} {m.group(2)}", "article", "A job takes “a” or “an”."),
    _rule(r"\bif I will\b", "if I", "tense", "After “if” about the future, use the present."),
    _rule(r"\bwhen I will (arrive|come|go|finish|get|see)\b", r"when I \1", "tense", "After “when” about the future, use the present."),
    _rule(r"\b(too) much (people|friends|problems|questions|students|cars|books|things|mistakes)\b", r"\1 many \2",
          "quantity", "With things you can count, use “many”."),
    _rule(r"\b(?<!too )much (friends|problems|questions|students|cars|books|things|mistakes|people)\b", r"many \1", "quantity",
          "With things you can count, use “many”."),
    _rule(r"\bmany (money|time|water|work|homework|information|traffic)\b", r"a lot of \1", "quantity",
          "This noun cannot be counted, so use “a lot of” or “much”."),
]  # fmt: skip

_PREPOSITIONS = [
    (r"\bdepends? of\b", "depends on", "“Depend” goes with “on”."),
    (r"\blisten (music|the music|the radio|songs|podcasts|my teacher|me|him|her)\b", r"listen to \1", "“Listen” goes with “to”."),
    (r"\barrived? to (the|my|a|work|school)\b", r"arrive at \1", "We arrive “at” a place or “in” a city."),
    (r"\ballergic (?:of|against|from|for)\b", "allergic to", "“Allergic” goes with “to”."),
    (r"\bmarried with\b", "married to", "We are married “to” somebody."),
    (r"\bgood in (english|maths|math|sports?|cooking|languages|football|music)\b", r"good at \1", "“Good” goes with “at” for skills."),
    (r"\binterested (?:on|about|for)\b", "interested in", "“Interested” goes with “in”."),
    (r"\bdiscuss(ed)? about\b", r"discuss\1", "“Discuss” takes its object directly."),
    (r"\benter(ed)? (?:to|in) (?=the|a|my)", r"enter\1 ", "“Enter” takes its object directly."),
    (r"\bask(ed)? to (him|her|me|them|us|my)\b", r"ask\1 \2", "“Ask” takes the person directly."),
    (r"\bon the (morning|afternoon|evening)\b", r"in the \1", "We say “in the morning”."),
    (r"\bin (monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b", r"on \1", "Days take “on”."),
    (r"\bin the weekend\b", "at the weekend", "We say “at the weekend” or “on the weekend”."),
    (r"\bin the night\b", "at night", "We say “at night”."),
    (r"\bon (january|february|march|april|june|july|august|september|october|november|december)\b(?! \d)", r"in \1", "Months take “in”."),
    (r"\bgo(es)? to home\b", r"go\1 home", "“Home” takes no “to”."),
    (r"\b(?:went|goed) to home\b", "went home", "“Home” takes no “to”."),
    (r"\bwait (the|my|you|him|her|them) ?(bus|train|friend|friends|taxi|turn)?\b(?! to)", r"wait for \1 \2", "“Wait” goes with “for”."),
    (r"\bpay (the|my) (bill|rent|meal|dinner|lunch|ticket)(?=\s+of)\b", r"pay \1 \2", "“Pay” takes the bill directly."),
    (r"\bafraid from\b", "afraid of", "“Afraid” goes with “of”."),
    (r"\bdifferent (?:of|than) (?=the|my|your)", "different from ", "“Different” goes with “from”."),
    (r"\bthink (?:in|to) (you|him|her|my|the future)\b", r"think about \1", "“Think” goes with “about”."),
    (r"\bin my opinion I think\b", "I think", "Choose one: “In my opinion” or “I think”."),
]  # fmt: skip

_WORDS = [
    ("informations", "information"), ("advices", "advice"), ("homeworks", "homework"), ("furnitures", "furniture"),
    ("equipments", "equipment"), ("knowledges", "knowledge"), ("luggages", "luggage"), ("childs", "children"),
    ("childrens", "children"), ("peoples", "people"), ("mens", "men"), ("womans", "women"), ("foots", "feet"),
    ("tooths", "teeth"), ("mouses", "mice"), ("sheeps", "sheep"), ("fishes", "fish"),
]  # fmt: skip

_SPELLING = """
becouse because;becuase because;beacause because;recieve receive;beleive believe;freind friend;definately definitely
tommorow tomorrow;tomorow tomorrow;wich which;untill until;writting writing;beautifull beautiful;usefull useful
succesful successful;sucessful successful;diferent different;intresting interesting;intersting interesting
adress address;begining beginning;enviroment environment;goverment government;langauge language;libary library
neccessary necessary;necesary necessary;ocasion occasion;realy really;seperate separate;similiar similar;studing studying
thier their;togheter together;wether whether;yestarday yesterday;yesturday yesterday;alot a lot;occured occurred
comming coming;confortable comfortable;exersice exercise;favourit favourite;finaly finally;foriegn foreign
grammer grammar;happend happened;imediately immediately;knowlege knowledge;maried married;mispell misspell
posible possible;prefered preferred;pronounciation pronunciation;restaurent restaurant;restorant restaurant
shoping shopping;suprise surprise;travell travel;vegatable vegetable;vocabullary vocabulary;wheather weather
wensday Wednesday;weding wedding
"""


def _spelling() -> list[Rule]:
    pairs = [item.split(" ", 1) for line in _SPELLING.strip().splitlines() for item in line.split(";")]
    return [_rule(rf"\b{wrong}\b", right, "spelling", f"It is spelled “{right}”.") for wrong, right in pairs]


def _uncountable() -> list[Rule]:
    return [_rule(rf"\b{wrong}\b", right, "noun", f"The form is “{right}”.") for wrong, right in _WORDS]


RULES: tuple[Rule, ...] = (
    *_GRAMMAR,
    *(_rule(pattern, instead, "preposition", why) for pattern, instead, why in _PREPOSITIONS),
    *_uncountable(),
    *_spelling(),
)
