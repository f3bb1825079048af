"""Words of one kind for learners who ask for them: colours, days, animals; and a task for a point of grammar."""

# ruff: noqa: E501 - a table reads best with one line an entry

import re

_LINES = """
colou?rs? | red, blue, green, yellow, black, white, orange, pink, brown, grey | What colour do you like?
days?(?: of the week)? | Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday | Which day do you like best?
months? | January, February, March, April, May, June, July, August, September, October, November, December | In which month is your birthday?
seasons? | spring, summer, autumn, winter | Which season do you like?
numbers?|count(?:ing)? | one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve | What number comes after twelve?
fruits? | apple, banana, orange, pear, grapes, strawberry, cherry, lemon | Which fruit do you like?
vegetables? | tomato, potato, carrot, onion, cucumber, cabbage, pepper, beans | Which vegetable do you eat most?
(?:farm |wild )?animals? | dog, cat, horse, cow, sheep, bird, fish, lion, bear, mouse | Which animal do you like?
(?:parts of (?:the|my) )?body(?: parts)?|parts of the body | head, face, eye, ear, nose, mouth, arm, hand, leg, foot, back | Can you make a sentence with one of them?
clothes|clothing | shirt, trousers, dress, skirt, jacket, coat, shoes, socks, hat | What are you wearing today?
family(?: members)? | mother, father, sister, brother, son, daughter, grandmother, grandfather, aunt, uncle, cousin | Who is in your family?
(?:food|foods|meals?) | bread, butter, cheese, rice, meat, fish, egg, soup, salad, cake | What do you like to eat?
drinks? | water, milk, juice, tea, coffee, lemonade, wine, beer | What do you drink in the morning?
(?:jobs?|professions?) | teacher, nurse, doctor, cook, driver, farmer, shop assistant, engineer | Which of these jobs would you like?
rooms? | kitchen, bathroom, bedroom, living room, hall, cellar | Which room do you like best?
furniture | table, chair, bed, sofa, shelf, cupboard, lamp | What is in your room?
weather | sun, rain, wind, snow, cloud, fog, storm; it is hot, warm, cool, cold | How is the weather today?
(?:feelings?|emotions?) | happy, sad, angry, tired, afraid, bored, surprised, proud, lonely | How do you feel today?
(?:transport|vehicles?) | car, bus, train, bike, plane, ship, tram, underground, taxi | How do you get to work or school?
kitchen(?: things| words)? | plate, cup, glass, knife, fork, spoon, pot, pan, oven, fridge | What do you use every day?
(?:school|classroom)(?: things| words)? | book, pen, pencil, paper, desk, board, lesson, homework, test | What do you need for a lesson?
sports? | football, tennis, swimming, running, cycling, skiing, basketball, yoga | Which sport do you like?
(?:adjectives?)(?: for people| of character)? | kind, friendly, honest, patient, funny, shy, lazy, clever, brave | Which word fits your best friend?
(?:prepositions?)(?: of place)? | in, on, under, next to, behind, in front of, between, near | Where is your phone now? Use one of them.
time|clock | one o'clock, half past one, quarter past two, quarter to three | When do you get up?
"""
_ASKS = (
    r"\b(?:teach|tell|give|show|learn|know|say|list)\b(?: (?:me|us|to me|english|the|some|more|other|all|about|to|words?|names?|vocabulary|for|of|how|basic|ten|five|a few|in|a|list))* (?:KIND)\b(?! (?:me|him|her|is|was|are|were|for (?:my|a)|with (?:my|a)|in (?:my|the)|at)\b)"
    r"|\b(?:what|which)(?: other| more)? (?:KIND) (?:are there|do you know|exist)\b|\b(?:names?|words?) (?:of|for)(?: the| all| some)? (?:KIND)\b|\b(?:more|other) (?:KIND)\s*\?"
)
_KINDS = [
    (re.compile(_ASKS.replace("KIND", kind), re.I), re.compile(rf"\b(?:{kind})\b", re.I), words, question)
    for kind, words, question in (line.rsplit(" | ", 2) for line in _LINES.strip().splitlines())
]
_MORE = re.compile(r"\b(?:more|others?|what else|another|go on|continue|next)\s*\?|\.\.\.\s*more\b", re.I)
_COLOUR_OF = (
    ("yellow", "banana lemon sun cheese butter canary corn"), ("green", "grass leaf leaves tree lettuce cucumber frog"),
    ("red", "tomato blood strawberry cherry rose fire"), ("blue", "sky sea ocean"), ("white", "snow milk salt sheep rice cloud paper"),
    ("black", "coal night raven"), ("orange", "orange carrot pumpkin"), ("brown", "chocolate wood bear earth coffee"), ("grey", "elephant mouse rain"),
    ("pink", "pig flamingo"), ("purple", "aubergine lavender"),
)  # fmt: skip
_COLOUR = re.compile(
    r"\b(?:what|which) (?:is |are )?(?:the )?colou?rs? (?:is|are|has|have|of)?\s*(?:the |an? )?([a-z]+)\b|\bwhat is (?:the )?colou?r of (?:the |an? )?([a-z]+)",
    re.I,
)
_TASKS: tuple[tuple[str, str], ...] = (
    (r"past (?:simple|tense)|simple past|preterite", "Tell me three things that you did yesterday. Begin with “Yesterday I …”."),
    (r"present perfect", "Tell me three things that you have done this week. Begin with “This week I have …”."),
    (r"present continuous|progressive", "Tell me what three people are doing now. Begin with “At the moment my …”."),
    (r"present simple|simple present", "Tell me three things that you do every day. Begin with “Every day I …”."),
    (r"past continuous", "What were you doing at eight last night, and what were others doing? Begin with “At eight I was …”."),
    (r"past perfect", "Tell me what had happened before you left home today. Begin with “Before I left, I had …”."),
    (r"future|going to|\bwill\b", "Tell me three plans for next week. Begin with “Next week I'm going to …”."),
    (r"conditionals?|if[- ]clauses?|if sentences", "Finish these: “If it rains tomorrow, …” and “If I had a lot of money, …”."),
    (r"passive", "Say it in the passive: “They built this house in 1900.” Begin with “This house …”."),
    (r"used to", "Tell me two things that you did as a child and don't do now. Begin with “I used to …”."),
    (r"comparatives?|superlatives?|comparison", "Compare two cities or two people. Use “bigger”, “older” or “more interesting than”."),
    (r"articles?", "Put in “a”, “the” or nothing: “I saw … dog. … dog was brown. I like … dogs.”"),
    (r"prepositions?", "Tell me where three things in your room are. Use “in”, “on” and “next to”."),
    (r"questions?(?! about)", "Ask me three questions with “Do you …”, “Where …” and “When …”."),
    (r"modals?(?: verbs?)?", "Give a friend three pieces of advice. Use “should”, “must” and “could”."),
    (r"phrasal verbs?", "Make a sentence with each of these: “get up”, “give up”, “look after”."),
    (r"reported speech|indirect speech", "Tell me what somebody said to you today. Begin with “She said that …”."),
    (r"relative clauses?", "Describe a friend with “who” and a thing with “which”. Begin with “My friend is a person who …”."),
    (r"irregular verbs?", "What is the past of these verbs: go, see, buy, teach?"),
)  # fmt: skip
_TASK_ROWS = [(re.compile(rf"\b(?:{pattern})\b", re.I), task) for pattern, task in _TASKS]
_PRACTISE = re.compile(
    r"\b(?:want|like|love|need|let['’]?s|let us|can we|could we|shall we|prefer|rather)\b[^.?!]{0,20}\b(?:practi[sc]e|train|exercise|work on|do|revise|repeat|improve|study|learn)\b|^\W*(?:please )?(?:practi[sc]e|train|revise)\b|\b(?:an? |some )?exercises? (?:on|for|about|with)\b",
    re.I,
)


def answer(text: str, before: str = "") -> str | None:
    """The words of a kind, the colour of a thing, or a task for a point of grammar; None when nothing of it is asked.
    `before` is what the learner said before."""
    if (match := _COLOUR.search(text)) is not None and (told := _colour(next(one for one in match.groups() if one))):
        return told
    for asks, kind, words, question in _KINDS:
        again = _MORE.search(text) and kind.search(f"{before} {text}")
        if asks.search(text) or again:
            return f"{words[:1].upper()}{words[1:]}. {question}"
    return None


def task(text: str) -> str | None:
    """A task for the point of grammar that the learner wants to practise; None when none is wished."""
    match = _PRACTISE.search(text)
    if match is None or ("?" in text and not re.search(r"\b(?:can|could|shall) we\b", text, re.I)):
        return None
    rest = text[match.start() :]
    return next((f"All right, let's do that. {one}" for pattern, one in _TASK_ROWS if pattern.search(rest)), None)


def _colour(thing: str) -> str:
    single = thing.lower().removesuffix("s")
    colour = next((name for name, things in _COLOUR_OF if {thing.lower(), single} & set(things.split())), "")
    if not colour:
        return ""
    if thing.lower() in {
        "sky",
        "sun",
        "sea",
        "ocean",
        "grass",
        "snow",
        "milk",
        "butter",
        "cheese",
        "chocolate",
        "rice",
        "salt",
        "blood",
        "coal",
        "paper",
        "rain",
        "wood",
        "corn",
        "fire",
        "night",
    }:
        return (
            f"{thing.capitalize()} is {colour}."
            if thing.lower() not in {"sky", "sun", "sea", "night", "ocean"}
            else f"The {thing.lower()} is {colour}."
        )
    return f"{'An' if single[0] in 'aeiou' else 'A'} {single} is {colour}."
