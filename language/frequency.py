# ruff: noqa: E501 - tables of words
"""How common a word is: ranks from the English word list of pyspellchecker (MIT), loaded once, at the first use."""

import gzip
from functools import cache, lru_cache
from importlib import resources

import orjson
from rapidfuzz import process
from rapidfuzz.distance import OSA

from language.lexicon.listed import listed

_MODERN = listed(
    """
    app apps priori posteriori parte haute judice prima donna donnas circs rien blog blogger blogs bluetooth chatbot covid email emails emoji facebook google hashtag
    homeschooling influencer influencers instagram internet laptop laptops login messenger netflix offline
    online outdated podcast podcasts selfie selfies skype smartphone smartphones smartwatch spotify startup
    startups telegram tiktok touchscreen twitter uber upload videogame videogames vlog vlogger webcam website
    websites whatsapp wifi wikipedia workout workouts youtube youtuber zoom popup popups logout config newline
    runtime ok okay vegan vegans sushi pasta pizza hobby hobbies brainstorm multitask multitasking lifelong
    lifestyle worldwide timetable timetables flatmate flatmates coworker coworkers teammate teammates
    classmate classmates roommate roommates sightseeing grandma grandpa mum mums footballer footballers
    skateboard skateboarding snowboarding wellbeing renewable renewables sustainability sustainable
    biodiversity globalisation globalization urbanisation eco recyclable sceptical sceptic sceptics plastics screenshot healthcare
    childcare hometown hometowns takeaway takeaways fortnight
    dreamt aluminium gaol draught draughts draughty forma spina appetit cafe cafes cliche cliches attache admin admins bio bios tech med meds chem cyber crypto bot bots improv intro outro
    backend backends frontend manga mangas anime fullstack kanban devops kimchi
    carb carbs chai suey meth rad hottie meetup meetups approx tel vol vols alt div doi viz comp comm
    aeroplane aeroplanes speciality specialities leant hullo tis twas twere cuz naw oughta righty
    versa cetera quo facto fide firma laude cum dente situ modus grande juste fixe defund maglev muggle muggles
    """
)
_BRITISH = (
    ("our", "or"),
    ("ours", "ors"),
    ("oured", "ored"),
    ("ouring", "oring"),
    ("ourite", "orite"),
    ("ourites", "orites"),
    ("ourful", "orful"),
    ("ourable", "orable"),
    ("our", "or"),
    ("ourhood", "orhood"),
    ("ourhoods", "orhoods"),
    ("ise", "ize"),
    ("ised", "ized"),
    ("ises", "izes"),
    ("ising", "izing"),
    ("isation", "ization"),
    ("isations", "izations"),
    ("iser", "izer"),
    ("isers", "izers"),
    ("yse", "yze"),
    ("ysed", "yzed"),
    ("ysing", "yzing"),
    ("tre", "ter"),
    ("tres", "ters"),
    ("bre", "ber"),
    ("bres", "bers"),
    ("metres", "meters"),
    ("lled", "led"),
    ("lling", "ling"),
    ("ller", "ler"),
    ("llers", "lers"),
    ("llous", "lous"),
    ("llously", "lously"),
    ("ogue", "og"),
    ("ogues", "ogs"),
    ("ence", "ense"),
    ("ences", "enses"),
    ("amme", "am"),
    ("ammes", "ams"),
    ("llery", "lry"),
    ("ey", "ay"),
    ("ilful", "illful"),
    ("elment", "ellment"),
    ("que", "ck"),
    ("ques", "cks"),
    ("mould", "mold"),
    ("plough", "plow"),
    ("yre", "ire"),
    ("yres", "ires"),
    ("pyjamas", "pajamas"),
    ("ageing", "aging"),
    ("mum", "mom"),
    ("mums", "moms"),
)
# Misspellings whose nearest common word is not the one that is meant.
_USUAL = {
    "wich": "which", "thier": "their", "wether": "whether", "ther": "there", "whit": "with", "becouse": "because", "becaus": "because",
    "cuz": "because", "tought": "thought", "throught": "through", "trought": "through", "beatiful": "beautiful", "diferents": "different",
    "realy": "really", "finaly": "finally", "usualy": "usually", "befor": "before", "favorit": "favorite",
    "freind": "friend", "freinds": "friends", "peple": "people", "pepole": "people", "poeple": "people", "writen": "written",
    "teh": "the", "hte": "the", "adn": "and", "recomend": "recommend", "untill": "until", "studing": "studying", "buisness": "business",
    "wensday": "wednesday", "thru": "through", "tho": "though", "xmas": "christmas", "thay": "they", "evry": "every", "wat": "what",
    "woud": "would", "coud": "could", "shoud": "should", "nowdays": "nowadays", "greatful": "grateful", "succesful": "successful",
}  # fmt: skip
# Misspellings that are frequent in film subtitles and therefore look like words.
_SEEN = {
    "untill": "until", "intersting": "interesting", "begining": "beginning", "thier": "their", "wether": "whether",
    "occured": "occurred", "happend": "happened", "maried": "married", "mispell": "misspell", "prefered": "preferred",
    "pronounciation": "pronunciation", "shoping": "shopping", "wheather": "weather", "weding": "wedding",
    "favourit": "favourite", "recieve": "receive", "recieved": "received", "beleive": "believe", "alot": "a lot",
}  # fmt: skip
_ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "ers", "ness", "less", "ful", "able", "ment", "ments", "'s", "s'")
_OPENINGS = ("un", "re", "non", "over", "pre", "anti", "co", "multi", "self", "mis", "out", "under", "inter", "super")
_RARE = 20
SLIP = 12_000
"""What a slip costs a candidate, in ranks."""
_DEAREST = 32_000
# Stems of words that are never suggested.
_COARSE = ("fuck", "shit", "bitch", "cunt", "cock", "dick", "piss", "slut", "whore", "rape", "rapist", "negro", "nigg",
           "fag", "porn", "tits", "arse", "bastard", "wank", "penis", "sperm", "cum")  # fmt: skip


@cache
def counts() -> dict[str, int]:
    """How often each of 160,000 forms (lower case) was seen in film subtitles."""
    packed = resources.files("spellchecker").joinpath("resources/en.json.gz").read_bytes()
    found: dict[str, int] = orjson.loads(gzip.decompress(packed))
    return found


@cache
def ranks() -> dict[str, int]:
    """1 for the most common form."""
    ordered = sorted(counts(), key=lambda word: (-counts()[word], word))
    return {word: rank for rank, word in enumerate(ordered, 1)}


@cache
def _by_first_letters() -> dict[str, list[str]]:
    """Candidates for a misspelling, most common first, grouped by two letters so that few are compared."""
    groups: dict[str, list[str]] = {}
    for word in sorted(ranks(), key=ranks().__getitem__)[:60_000]:
        if len(word) > 2 and counts()[word] >= _RARE and word.isalpha() and not word.startswith(_COARSE):
            groups.setdefault(word[0], []).append(word)
    return groups


def warm_up() -> None:
    """Load everything now (about half a second), before a learner needs it."""
    _by_first_letters()
    known("warm")


def rank(word: str) -> int | None:
    """1 for the most common word; None for one that the list does not have."""
    word = word.lower().replace("’", "'")
    return ranks().get(word) or ranks().get(american(word))


@lru_cache(maxsize=20_000)
def known(word: str) -> bool:
    """Whether this is an English word (lower case), as far as the list and the rules of word formation tell."""
    if word in _SEEN:
        return False
    if counts().get(word, 0) >= _RARE or word in _MODERN or american(word) in counts():
        return True
    if "-" in word:
        return all(known(part) for part in word.split("-") if len(part) > 1)
    return _derived(word)


def american(word: str) -> str:
    """The American spelling of a British word, if the list has it; else the word."""
    for british, us in _BRITISH:
        if word.endswith(british) and (other := word[: -len(british)] + us) in counts():
            return other
    return word


def _derived(word: str) -> bool:
    for opening in _OPENINGS:
        if word.startswith(opening) and len(word) - len(opening) >= 4 and _common(word[len(opening) :]):
            return True
    return any(word.endswith(end) and _stem_known(word[: -len(end)], end) for end in _ENDINGS)


def _stem_known(stem: str, ending: str) -> bool:
    if len(stem) < 3:
        return False
    if ending in {"ed", "ing"} and counts().get(stem + "y" + ending[:3], 0) + counts().get(stem + "ied", 0) > _RARE:
        # "studing": a y is missing; "stud" is not meant.
        return False
    if ending == "ed" and stem.endswith("y") and stem[-2] not in "aeiou":
        return False
    if (ending == "d" and not stem.endswith("e")) or (ending.startswith("ment") and stem.endswith("ue")):
        return False  # "rememberd", "arguement"
    if ending == "es" and not stem.endswith(("s", "x", "z", "ch", "sh", "o", "i")):
        return False  # "problemes"
    if _common(stem) and not (ending in {"s", "ed", "ing"} and stem.endswith("e") and ending != "s"):
        # "writeing": the e must go. "citys": so must the y.
        return not (ending == "s" and stem.endswith("y") and stem[-2] not in "aeiou")
    if ending in {"ed", "ing", "er", "ers"} and _common(stem + "e"):
        return True
    return ending in {"ed", "es", "er", "ers", "ly", "ness"} and stem.endswith("i") and _common(stem[:-1] + "y")


def _common(word: str) -> bool:
    return ranks().get(word, 10**9) <= 40_000


def surely_meant(word: str) -> bool:
    """Whether an unknown word is a common one with one slip, too long for that to be chance: no name, then."""
    if word in _SEEN or word in _USUAL:
        return True
    found = meant(word)
    return found is not None and len(word) >= 6 and OSA.distance(word, found) == 1 and ranks()[found] <= 3000


def _likely_slip(word: str, candidate: str, distance: int) -> bool:
    """Whether learners make such slips: two places swapped, a vowel or a double letter wrong, a letter too many or few.

    Many a name, a foreign word or a short form ("admin", "cleated", "al dente") is one or two other letters away from a
    common word, and was written on purpose.
    """
    if sorted(word) == sorted(candidate):
        return True
    if _consonants(word) == _consonants(candidate):
        return len(word) > 4 and (distance == 1 or len(_consonants(word)) >= 4)
    if distance > 1 or len(word) <= 4:
        return False
    return len(word) != len(candidate) or (len(word) >= 6 and ranks()[candidate] <= 3_000)


def _consonants(word: str) -> str:
    """The word without vowels, doubled letters once: tommorow and tomorrow are both tmrw."""
    plain = [letter for letter in word if letter not in "aeiouy"]
    return "".join(letter for at, letter in enumerate(plain) if at == 0 or plain[at - 1] != letter)


@lru_cache(maxsize=5_000)
def meant(word: str) -> str | None:
    """The word that a misspelling most likely stands for: near in letters, and common. None when nothing is near."""
    if word in _SEEN or word in _USUAL:
        return _SEEN.get(word) or _USUAL[word]
    best: tuple[float, str] | None = None
    for candidate, distance in _candidates(word):
        if ranks()[candidate] > (15_000 if distance <= 1 else 6_000) or not _likely_slip(word, candidate, distance):
            continue
        cost = _cost(candidate, distance)
        if best is None or cost < best[0]:
            best = (cost, candidate)
    return best[1] if best else None


@lru_cache(maxsize=5_000)
def near(word: str) -> tuple[tuple[str, int], ...]:
    """Words that an unknown one may stand for, whatever the slip: the likeliest first, each with its cost."""
    if word in _SEEN or word in _USUAL:
        return ((_SEEN.get(word) or _USUAL[word], 0),)
    costs = ((candidate, _cost(candidate, distance)) for candidate, distance in _candidates(word))
    return tuple(sorted((one for one in costs if one[1] <= _DEAREST), key=lambda one: one[1]))


def _candidates(word: str) -> list[tuple[str, int]]:
    """Common words with the same first letter that are near, each with how many slips away it is."""
    limit = 1 if len(word) <= 4 else 2
    group = _by_first_letters().get(word[0], [])
    found = process.extract(word, group, scorer=OSA.distance, score_cutoff=limit, limit=12)
    return [(candidate, int(distance)) for candidate, distance, _ in found]


def _cost(candidate: str, distance: int) -> int:
    """One slip is far likelier than two, a common word likelier than a rare one."""
    return distance * SLIP + ranks()[candidate]
