"""How a word is said: where the stress is, which letters are silent, what it rhymes with. For words that learners stumble over."""

# ruff: noqa: E501 - a table reads best with one line an entry

import re

_LINES = """
comfortable KUMF-tuh-bul | the “or” is not heard
vegetable VEJ-tuh-bul | the second “e” is not heard
chocolate CHOK-lut | the second “o” is not heard
interesting IN-truh-sting | the first “e” is not heard
wednesday WENZ-day | the first “d” is silent
february FEB-roo-uh-ree
island EYE-lund | the “s” is silent
aisle EYEL | the “s” is silent, like “I'll”
thorough THUR-uh | the “gh” is silent
through THROO | the “gh” is silent, it rhymes with “blue”
though THOH | the “gh” is silent, it rhymes with “go”
thought THAWT | the “gh” is silent, it rhymes with “caught”
although awl-THOH | the “gh” is silent
tough TUF | it rhymes with “stuff”
enough i-NUF | the “gh” is an “f”
rough RUF | it rhymes with “stuff”
cough KOF | it rhymes with “off”
laugh LAHF | the “gh” is an “f”
daughter DAW-ter | the “gh” is silent
neighbour NAY-ber | the “gh” is silent
height HITE | it rhymes with “light”
weight WAYT | it rhymes with “late”
eight AYT | like “ate”
knife NIFE | the “k” is silent
knee NEE | the “k” is silent
know NOH | the “k” is silent
knowledge NOL-ij | the “k” is silent
wrong RONG | the “w” is silent
write RITE | the “w” is silent
answer AHN-ser | the “w” is silent
sword SORD | the “w” is silent
castle KAH-sul | the “t” is silent
listen LISS-un | the “t” is silent
often OFF-un | many people leave the “t” out
christmas KRISS-muss | the “t” is silent
doubt DOWT | the “b” is silent
debt DET | the “b” is silent
climb CLIME | the “b” is silent
comb KOHM | the “b” is silent
thumb THUM | the “b” is silent
lamb LAM | the “b” is silent
plumber PLUM-er | the “b” is silent
subtle SUT-ul | the “b” is silent
receipt ri-SEET | the “p” is silent
psychology sy-KOL-uh-jee | the “p” is silent
half HAHF | the “l” is silent
walk WAWK | the “l” is silent
talk TAWK | the “l” is silent
could KUD | the “l” is silent, it rhymes with “good”
would WUD | the “l” is silent, it rhymes with “good”
should SHUD | the “l” is silent, it rhymes with “good”
salmon SAM-un | the “l” is silent
calm KAHM | the “l” is silent
hour OW-er | the “h” is silent, like “our”
honest ON-ist | the “h” is silent
honour ON-er | the “h” is silent
heir AIR | the “h” is silent, like “air”
vehicle VEE-uh-kul | the “h” is not heard
foreign FOR-un | the “g” is silent
sign SINE | the “g” is silent
design di-ZINE | the “g” is silent
muscle MUSS-ul | the “c” is silent, like “mussel”
scissors SIZ-erz | the “c” is silent
science SY-unss | the “c” is silent
cupboard KUB-erd | the “p” is silent
business BIZ-niss | it has two parts, not three
clothes KLOHZ | many people say it like “close” (to close the door)
months MUNTHS
sixth SIKSTH
woman WUM-un
women WIM-in | the “o” sounds like the “i” in “sit”
busy BIZ-ee | the “u” sounds like the “i” in “sit”
bury BERR-ee | like “berry”
minute MIN-it
iron EYE-ern
colonel KER-nul | like “kernel”
choir KWIRE
queue KYOO | like the letter Q
recipe RESS-uh-pee | it has three parts
determine di-TER-min | the end rhymes with “in”
examine ig-ZAM-in | the end rhymes with “in”
engine EN-jin | the end rhymes with “in”
famous FAY-muss
dangerous DAYN-juh-russ
purchase PER-chuss
surface SER-fiss
village VIL-ij
orange OR-inj
language LANG-gwij
sausage SOSS-ij
mountain MOWN-tin
certain SER-tun
purpose PER-puss
suit SOOT | it rhymes with “boot”
fruit FROOT | it rhymes with “boot”
juice JOOSS | it rhymes with “goose”
biscuit BISS-kit
build BILD | the “u” is silent
guess GESS | the “u” is silent
guide GIDE | the “u” is silent
guitar gi-TAR
heard HERD | like “herd”
heart HART | it rhymes with “part”
bear BAIR | like “bare”
beard BEERD
pear PAIR | like “pair”
weather WETH-er | like “whether”
ocean OH-shun
machine muh-SHEEN | the “ch” is “sh”
chef SHEF | the “ch” is “sh”
stomach STUM-uk | the “ch” is “k”
ache AYK | the “ch” is “k”
headache HED-ayk | the “ch” is “k”
character KA-rik-ter | the “ch” is “k”
architect AR-ki-tekt | the “ch” is “k”
chaos KAY-oss | the “ch” is “k”
technology tek-NOL-uh-jee
photograph FOH-tuh-grahf
photography fuh-TOG-ruh-fee
photographer fuh-TOG-ruh-fer
economy i-KON-uh-mee
economic ee-kuh-NOM-ik
politics POL-uh-tiks
political puh-LIT-uh-kul
hotel hoh-TEL
develop di-VEL-up
development di-VEL-up-munt
success suk-SESS
career kuh-REER
event i-VENT
opinion uh-PIN-yun
advice ud-VICE | with “s” at the end
advise ud-VIZE | with “z” at the end
area AIR-ee-uh
idea eye-DEER
museum myoo-ZEE-um
restaurant REST-ront
temperature TEM-pruh-cher
literature LIT-ruh-cher
furniture FER-ni-cher
adventure ud-VEN-cher
culture KUL-cher
necessary NESS-uh-serr-ee
secretary SEK-ruh-tree
separate SEP-ruht | as an adjective; the verb is SEP-uh-rate
favourite FAY-vrit
different DIF-runt
camera KAM-ruh
family FAM-lee
evening EEV-ning
every EV-ree
several SEV-rul
asthma ASS-muh
schedule SHED-yool | in America SKED-jool
tomato tuh-MAH-toh | in America tuh-MAY-toh
garage GA-rahzh
leisure LEZH-er
pleasure PLEZH-er
usually YOO-zhoo-uh-lee
decision di-SIZH-un
dessert di-ZERT | the stress is at the end
desert DEZ-ert | the dry land; the stress is at the beginning
quiet KWY-ut
quite KWITE
world WERLD
work WERK | with the vowel of “her”
word WERD
worse WERSS
girl GERL
bird BERD
early ER-lee
thirty THER-tee
thirteen ther-TEEN
fifteen fif-TEEN
fifty FIF-tee
walked WAWKT | the ending is only “t”
worked WERKT | the ending is only “t”
stopped STOPT | the ending is only “t”
asked AHSKT | the ending is only “t”
wanted WON-tid | the ending is a part of its own
needed NEE-did | the ending is a part of its own
says SEZ | it rhymes with “yes”, with a soft “z”
said SED | it rhymes with “bed”
done DUN | like the “u” in “sun”
blood BLUD | it rhymes with “mud”
flood FLUD | it rhymes with “mud”
food FOOD | the “oo” is long
shoe SHOO | it rhymes with “blue”
key KEE | it rhymes with “see”
people PEE-pul | the “o” is silent
breakfast BREK-fust
bread BRED | it rhymes with “bed”
break BRAYK | it rhymes with “make”
great GRAYT | it rhymes with “late”
pronunciation pruh-nun-see-AY-shun | no “ow” in it
pronounce pruh-NOWNSS
entrepreneur on-truh-pruh-NER
hierarchy HIRE-ar-kee
anxiety ang-ZY-uh-tee
awry uh-RY
epitome i-PIT-uh-mee | it has four parts
hyperbole hy-PER-buh-lee | it has four parts
rural ROOR-ul
squirrel SKWIRR-ul
"""
_SAID: dict[str, tuple[str, str]] = {}
for _line in _LINES.strip().splitlines():
    _front, _, _note = _line.partition(" | ")
    _word, _sound = _front.split(" ", 1)
    _SAID[_word] = (_sound.strip(), _note.strip())

_Q = "[\"'“”‘’«»]?"
_WORD = rf"(?:the )?(?:words? )?{_Q}([a-z][a-z-]*(?:'[a-z]+)?){_Q}"
_END = r"(?:,? (?:correctly|right|in english|please|again|properly))*\W*$"
_ASKS = [
    re.compile(pattern + _END, re.I)
    for pattern in (
        rf"\bpronounc(?:e|ed|es|ing) {_WORD}",
        rf"\bpronunciation (?:of|for) {_WORD}",
        rf"\bhow (?:is|are|was) {_WORD} (?:pronounced|spoken)",
        rf"\bhow (?:does|do|would) {_WORD} sound(?: like)?",
        rf"\bhow (?:do|can|should) (?:i|you|we) (?:say|read) (?:the )word {_Q}([a-z][a-z-]*(?:'[a-z]+)?){_Q}(?: (?:aloud|out loud))?",
        rf"\bstress(?:ed)?(?: syllable)? (?:is )?(?:in|on|of) {_WORD}",
        rf"\b(?:stress|accent) (?:in|on|of) {_WORD}",
        rf"\bhow (?:is|do (?:i|you|we) stress) {_WORD} stressed|\bhow do (?:i|you|we) stress {_WORD}",
        rf"\b(?:which|what) (?:syllable|part) (?:of|in) {_WORD} (?:is|has the) stress(?:ed)?",
        rf"\bsilent letters? in {_WORD}",
        rf"\b(?:say|teach me)(?: to say)? {_WORD} (?:correctly|right)",
    )
]
_SILENT = re.compile(
    rf"\bis (?:the )?{_Q}([a-z]){_Q}(?: silent)? (?:in {_WORD} )?(?:silent|pronounced|spoken|heard)?(?: in {_WORD})?{_END}",
    re.I,
)
_UNSURE = (
    "I can't write down the sound of “{}” reliably. A dictionary with sound lets you hear it. "
    "I can tell you what it means, or how it is spelt."
)


def answer(text: str) -> str | None:
    """How the word is said that a message asks about; None when it asks for no sound."""
    if len(text) > 160 or (
        "?" not in text and not re.search(r"\b(?:tell|teach|show|say|pronounc|don['’]t know)", text, re.I)
    ):
        return None
    if (silent := _silent(text)) is not None:
        return silent
    for pattern in _ASKS:
        if (match := pattern.search(text)) is not None:
            word = next(group for group in match.groups() if group).lower()
            return said(word) if word not in {"it", "this", "that", "them", "these", "words"} else None
    return None


def said(word: str) -> str:
    """The sound of a word in plain letters; an honest word when the table does not have it."""
    known = _SAID.get(word)
    if known is None:
        return _UNSURE.format(word)
    sound, note = known
    parts = sound.split("-")
    capitals = " The part in capitals is the strong one." if len(parts) > 1 else ""
    return f"“{word.capitalize()}” sounds like {sound}{f': {note}' if note else ''}.{capitals}"


def _silent(text: str) -> str | None:
    """“Is the k in knife silent?”"""
    match = _SILENT.search(text)
    if match is None or not re.search(r"silent|pronounced|spoken|heard", match.group(), re.I):
        return None
    letter, word = match.group(1).lower(), (match.group(2) or match.group(3) or "").lower()
    if word not in _SAID or letter not in word:
        return None
    note = _SAID[word][1]
    silent = re.search(rf"“\w*{letter}\w*” is (?:silent|not heard)", note) is not None
    return f"Yes: {said(word)}" if silent and "silent" in text.lower() else said(word)
