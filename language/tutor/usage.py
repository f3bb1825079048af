"""How single words are used, and small questions of form: “When do I use whom?”, “Is news singular?”, “Can I say gonna?”"""

# ruff: noqa: E501 - a table reads best with one line an entry

import re

from language.lexicon import nouns
from language.lexicon.listed import listed

_TABLE: tuple[tuple[str, str], ...] = (
    (r"\bdo (?:and|or) does\b", "“Does” goes with he, she and it: “Does she work?” “Do” goes with all others: “Do you work?”"),
    (r"\bdid (?:and|or) (?:do|does|was|were)\b", "“Did” asks about the past with all verbs except “be”: “Did you call?” With “be” say “was” or “were”: “Were you at home?”"),
    (r"\bwas (?:and|or) were\b", "“Was” goes with I, he, she and it; “were” with you, we and they: “I was tired, and they were late.”"),
    (r"\bis (?:and|or) are\b", "“Is” goes with one person or thing, “are” with several and with you: “The book is here, and the pens are there.”"),
    (r"\bhas (?:and|or) have\b|\bhave (?:and|or) has\b", "“Has” goes with he, she and it; “have” with all others: “She has a dog, and I have a cat.”"),
    (r"\ban? (?:and|or) an?\b", "Use “an” before the sound of a vowel and “a” before other sounds: “an apple”, “an hour”, but “a book” and “a university”."),
    (r"\bthis (?:and|or) that\b|\bthese (?:and|or) those\b|\bthis (?:and|or) these\b|\bthat (?:and|or) those\b", "“This” is one thing near you, “these” are several. “That” is one thing further away, “those” are several: “this cup here, those cups over there”."),
    (r"\bwho (?:and|or) whom\b|\bwhom\b", "“Whom” is the object form of “who”, and it is formal: “To whom did you write?” In everyday English people say: “Who did you write to?”"),
    (r"\bwhose\b", "“Whose” asks or tells what belongs to somebody: “Whose coat is this?”, “the man whose car was stolen”. “Who's” is short for “who is”."),
    (r"\balready\b.*\byet\b|\byet\b.*\balready\b", "“Already” means sooner than expected, in positive sentences: “I have already eaten.” “Yet” comes at the end of questions and negatives: “Have you eaten yet?”, “I haven't eaten yet.”"),
    (r"\bstill\b.*\byet\b|\byet\b.*\bstill\b|\balready\b.*\bstill\b|\bstill\b.*\balready\b", "“Still” means that it goes on: “It is still raining.” “Yet” is for what is expected: “It hasn't stopped yet.” “Already” means sooner than expected: “It has already stopped.”"),
    (r"\byet\b", "“Yet” comes at the end of questions and negatives: “Have you finished yet?”, “I haven't finished yet.”"),
    (r"\balready\b", "“Already” means sooner than expected, and stands before the main verb: “I have already eaten.”"),
    (r"\bjust\b", "“Just” with the present perfect means a moment ago: “I have just arrived.” It can also mean only: “It's just a scratch.”"),
    (r"\bever\b", "“Ever” means at any time, mostly in questions: “Have you ever been to London?” The opposite is “never”: “I have never been there.”"),
    (r"\bneither\b|\bnor\b", "“Neither” agrees with a negative sentence: “I don't smoke.” “Neither do I.” “Neither … nor” joins two negatives: “I drink neither tea nor coffee.”"),
    (r"\beither\b", "“Either” means one or the other of two: “You can come on either day.” At the end of a negative sentence it means also: “I don't like it either.”"),
    (r"\balso\b.*\btoo\b|\btoo\b.*\balso\b", "“Also” stands before the main verb (“I also play chess”), “too” at the end (“I play chess, too”). In negative sentences use “either”: “I don't play chess either.”"),
    (r"\bboth\b", "“Both” means the one and the other: “Both my sisters are married”, “I like both tea and coffee.” After it comes a plural."),
    (r"\bboth\b.*\ball\b|\ball\b.*\bboth\b", "“Both” is for two, “all” for three or more: “Both my parents work”, “All my friends came.”"),
    (r"\bwould\b", "“Would” has three uses. Unreal things: “I would buy a boat if I were rich.” Polite wishes: “I would like some tea.” Habits of the past: “We would play all day.”"),
    (r"\bmust in the future\b|[\"“']?must[\"”']? in (?:the )?future\b", "For duties of the future say “will have to”: “Tomorrow I will have to get up early.”"),
    (r"[\"“']?can[\"”']? in (?:the )?future\b", "For the future say “will be able to”: “Soon I will be able to drive.”"),
    (r"\bmust\b", "“Must” is a strong duty, or something you are sure of: “You must stop at a red light”, “He must be at home; his light is on.” Its past is “had to”."),
    (r"\bhave to\b", "“Have to” is for what is necessary: “I have to get up at six.” Questions and negatives take “do”: “Do you have to go?”, “You don't have to wait.”"),
    (r"\bshould\b", "“Should” is for advice: “You should see a doctor.” After it comes the base form, without “to”."),
    (r"\bmight\b", "“Might” means perhaps: “It might rain.” After it comes the base form, without “to”."),
    (r"\bcould\b", "“Could” is the past of “can” (“I could swim at five”), and it makes questions polite (“Could you help me?”)."),
    (r"\bshall\b", "“Shall” is used with I and we, mostly to offer or suggest something: “Shall I open the window?”, “Shall we go?”"),
    (r"\bhad better\b", "“Had better” is strong advice for now: “You had better take an umbrella.” After it comes the base form, without “to”."),
    (r"\bwould rather\b", "“Would rather” means prefer: “I would rather stay at home.” After it comes the base form, without “to”."),
    (r"\bso\b.*\bsuch\b|\bsuch\b.*\bso\b", "“So” goes with an adjective alone (“so nice”), “such” with a noun (“such a nice day”)."),
    (r"\btoo\b.*\bvery\b|\bvery\b.*\btoo\b", "“Very” is strong (“very hot”); “too” means more than is good (“The tea is too hot to drink”)."),
    (r"\btoo\b.*\benough\b|\benough\b.*\btoo\b", "“Too” stands before the adjective: “too small”. “Enough” stands after an adjective and before a noun: “big enough”, “enough time”."),
    (r"\benough\b", "“Enough” stands after an adjective and before a noun: “The room is big enough”, “We have enough time.”"),
    (r"\bas\b.*\bas\b", "“As … as” says that two things are equal: “My son is as tall as I am.” “Not as … as” means less: “The bus is not as fast as the train.”"),
    (r"\bthan\b.*\bthen\b|\bthen\b.*\bthan\b", "“Than” compares: “bigger than mine”. “Then” means after that: “First we ate, then we talked.”"),
    (r"\bdespite\b|\bin spite of\b", "After “despite” and “in spite of” comes a noun or an -ing form: “despite the rain”, “in spite of being tired”. Before a clause say “although”."),
    (r"\balthough\b|\beven though\b", "“Although” comes before a clause with a verb: “Although it rained, we went out.” Don't add “but” in the same sentence."),
    (r"\bunless\b", "“Unless” means if not: “We'll be late unless we hurry.” After it there is no “will” and no second “not”."),
    (r"\buntil\b", "“Until” means up to a time, all the while: “I work until six.” For a latest moment say “by”: “I must finish by six.”"),
    (r"\bduring\b.*\bwhile\b|\bwhile\b.*\bduring\b", "“During” comes before a noun (“during the film”), “while” before a clause (“while I was watching the film”)."),
    (r"\bduring\b", "“During” comes before a noun: “I slept during the film.” For how long, say “for”: “for two hours”."),
    (r"\bwhile\b", "“While” joins two things that happen at the same time: “I read while she was cooking.”"),
    (r"\bago\b", "“Ago” comes after a length of time and goes with the past simple: “I moved here two years ago.”"),
    (r"\bbeen\b.*\bgone\b|\bgone\b.*\bbeen\b", "“He has gone to Paris”: he is still there. “He has been to Paris”: he is back."),
    (r"\blet\b.*\bmake\b|\bmake\b.*\blet\b", "“Let” means allow: “They let me go.” “Make” means force: “They made me wait.” After both comes the base form, without “to”."),
    (r"\bget used to\b", "“Get used to” means to become familiar with something: “I'm getting used to the cold.” After “to” comes a noun or an -ing form."),
    (r"\bone (?:and|or) ones\b", "“One” stands for one thing, “ones” for several: “I'd like the red one”, “I'd like the red ones.”"),
    (r"\banother (?:and|or) (?:an)?other\b|\bother (?:and|or) another\b", "“Another” goes with one thing: “another cup”. “Other” goes with several or after “the”: “other cups”, “the other cup”."),
    (r"\bothers? (?:and|or) others?\b", "“Other” stands before a noun (“other people”); “others” stands alone (“Some came, others stayed”)."),
    (r"\b(?:everyone|everybody) (?:and|or) (?:everyone|everybody)\b|\b(?:someone|somebody) (?:and|or) (?:someone|somebody)\b", "They mean the same. Both take a verb in the singular: “Everybody is here.”"),
    (r"\b(?:toward|towards)\b.*\btowards?\b", "They mean the same; “towards” is more usual in Britain, “toward” in America."),
    (r"\bmine (?:and|or) my\b|\bmy (?:and|or) mine\b", "“My” comes before a noun (“my bag”); “mine” stands alone (“The bag is mine”)."),
    (r"\b(?:i|he|she|we|they) (?:and|or) (?:me|him|her|us|them)\b", "“I, he, she, we, they” are subjects (“She called”); “me, him, her, us, them” come after verbs and prepositions (“Call her”, “with us”)."),
)  # fmt: skip
_SPECIAL: tuple[tuple[str, str], ...] = (
    (r"\bmust in the past\b|\bpast (?:tense |form )?(?:of|for) [\"“']?must\b|[\"“']?must[\"”']? in (?:the )?past\b", "“Must” has no past form for duties. Say “had to”: “Yesterday I had to work late.”"),
    (r"\bpast (?:tense |form )?(?:of|for) [\"“']?can\b|[\"“']?can[\"”']? in (?:the )?past\b", "The past of “can” is “could”: “I could swim when I was five.” For one moment say “was able to”: “I was able to open it.”"),
    (r"\b(?:the|articles?)\b.*\b(?:before|with|for|in front of)\b.*\b(?:countr(?:y|ies)|cit(?:y|ies)|names? of (?:countries|cities))\b", "Most names of countries and cities take no article: “France”, “Tokyo”. Plurals and unions take “the”: “the Netherlands”, “the United States”."),
    (r"(?:[\"“']the[\"”']|\barticles?\b|\buse the\b|\bthe (?=before|with|for)).*\b(?:before|with|for)\b.*\b(?:rivers?|seas?|oceans?|mountains?|lakes?)\b", "Rivers, seas and chains of mountains take “the”: “the Rhine”, “the Alps”. Single mountains and lakes take none: “Mount Everest”, “Lake Garda”."),
    (r"\b(?:the|articles?)\b.*\b(?:before|with|for)\b.*\b(?:meals?|breakfast|lunch|dinner)\b", "Meals take no article: “I have breakfast at seven.” With an adjective they take one: “We had a good breakfast.”"),
    (r"\b(?:the|articles?)\b.*\b(?:before|with|for)\b.*\b(?:languages?|school subjects?)\b", "Languages and school subjects take no article: “I learn English”, “She likes maths.”"),
    (r"\b(?:the|articles?)\b.*\b(?:before|with|for)\b.*\b(?:jobs?|professions?)\b", "A profession in the singular takes “a” or “an”: “I am a nurse”, “He is an engineer.”"),
    (r"\bleave out (?:the )?(?:word )?\W?that\b|\b(?:omit|drop|skip) (?:the )?(?:word )?\W?that\b|\bwithout [\"“']?that\b", "You can leave out “that” after verbs like say, think and know (“I think he is right”), and when it is not the subject: “the book I read”. You can't when it is: “the man that called”."),
    (r"\b(?:make|form|build|ask) (?:a )?questions? in (?:the )?past\b|\bpast questions?\b", "In the past use “did” and the base form: “Did you see it?”, “Where did she go?” With “be” turn the words round: “Were you tired?”"),
    (r"\b(?:make|form|build) (?:a )?(?:negatives?|negations?|negative sentences?)\b|\b(?:negate|say no with) ", "Use “don't”, “doesn't” or “didn't” and the base form: “I don't smoke”, “She didn't call.” With “be” and modal verbs just add “not”: “I am not tired”, “He can't swim.”"),
    (r"\bbritish (?:english )?(?:and|or|from) (?:the )?american\b|\bamerican (?:english )?(?:and|or|from) (?:the )?british\b", "Some words differ (British “lift”, American “elevator”), some spellings (“colour”, “color”), and some sounds. The grammar is nearly the same, so choose one and stay with it."),
    (r"\bdifferent (?:from|to|than)\b.*\b(?:from|to|than)\b", "“Different from” is right everywhere. “Different to” is British, “different than” American."),
    (r"\b(?:sneez\w+)\b", "When somebody sneezes, people say: “Bless you!” The answer is “Thank you.”"),
    (r"\bwhat (?:do|can|should) (?:you|i|people|we) say\b.*\bbirthday\b", "People say: “Happy birthday!” or “Many happy returns!”"),
    (r"\bwhat (?:do|can|should) (?:you|i|people|we) say\b.*\b(?:before|start) (?:\w+ )*(?:eat\w*|meals?)\b", "English has no fixed phrase before a meal. Some people say: “Enjoy your meal!”"),
    (r"\bwhat (?:do|can|should) (?:you|i|people|we) say\b.*\b(?:drink\w*|toast)\b", "People lift their glasses and say: “Cheers!”"),
    (r"\brude\b.*\bsay\b.*\bwhat\b", "Alone it can sound rude. Say “Sorry?” or “Pardon?” when you did not hear something."),
    (r"\b(?:say|read|pronounce)\b.*\b(?:19\d\d)\b", "A year is read in two parts: 1999 is “nineteen ninety-nine”, and 1905 is “nineteen oh five”. 2008 is “two thousand and eight”."),
    (r"\b(?:say|read|write)\b.*\b(?:dates?|\d\d?[./]\d\d?)\b", "In Britain one writes “25 December” and says “the twenty-fifth of December”. In America it is “December 25”."),
    (r"\bwhat(?: is|['’]s| does)? [\"“']?(?:am|a\.m\.?)[\"”']? (?:and|or) [\"“']?(?:pm|p\.m\.?)\b|\b(?:a\.?m\.?) (?:and|or) (?:p\.?m\.?)\b", "“a.m.” is from midnight to noon, “p.m.” from noon to midnight: 8 a.m. is in the morning, 8 p.m. in the evening."),
    (r"\bcapital letters?\b|\bcapitali[sz]e\b|\bwith a capital\b", "Write a capital letter for names, days, months, countries, languages and “I”: “On Monday I have an English lesson.”"),
    (r"['’]s[\"”']? mean\b|\bmeaning of [\"“']['’]s\b|\bwhat (?:is|does) (?:the )?[\"“']?['’]s\b", "“'s” can be short for “is” (“he's tired”) or “has” (“he's gone”), or it shows what belongs to somebody (“my sister's car”)."),
    (r"['’]d[\"”']? mean\b|\bwhat (?:is|does) (?:the )?[\"“']?['’]d\b", "“'d” is short for “would” (“I'd like some tea”) or “had” (“I'd already eaten”). After “would” comes the base form, after “had” the third form."),
)  # fmt: skip
_MAKE = "mistake decision plan cake noise phone call coffee tea progress friends suggestion promise effort mess breakfast dinner lunch money choice appointment list joke offer difference bed sense excuse speech"
_DO = "homework housework dishes shopping work job exercise exercises sport business washing favour laundry ironing damage research best course test exam cleaning nothing something everything"
_TAKE = "photo photos picture break taxi bus train medicine shower exam notes risk pill seat"
_HAVE = "breakfast lunch dinner shower party baby fun rest look conversation chat dream problem"
_WITH_VERB = re.compile(
    r"\b(?:which|what) (?:word|verb)s? (?:goes|go|comes|come|fits|do (?:i|you|we) (?:use|say)|is (?:used|right|correct)) (?:together )?(?:with|before|for) (?:the word )?[\"“'‘]?(?:a |an |the )?([a-z ]+?)[\"”'’]?(?:\W+(?:do|make|take|have)\b.*)?\W*$"
    r"|\b(?:do|should|must|can) (?:i|you|we) (?:say|use) [\"“'‘]?(?:do|make|take|have)[\"”'’]? or [\"“'‘]?(?:do|make|take|have)[\"”'’]? (?:with |for |before )?(?:the word )?[\"“'‘]?(?:a |an |the |my )?([a-z ]+?)[\"”'’]?\W*$",
    re.I,
)
_QUANTITY = re.compile(
    r"\b(?:use |say |is it )?[\"“'‘]?(much|many|few|little|less|fewer|amount|number)[\"”'’]? or [\"“'‘]?(much|many|few|little|less|fewer|amount|number)[\"”'’]?(?: of)?(?: with| for| before)? (?:the word )?[\"“'‘]?([a-z]+)[\"”'’]?\W*$",
    re.I,
)
_COUNTED = frozenset({"many", "few", "fewer", "number"})
_MORE_UNCOUNTABLE = listed(
    "water milk coffee tea juice time sugar salt rice bread meat cheese butter oil sand snow rain air love help noise space sleep paper soup beer wine"
)
_LOOSE = {
    "gonna": "going to: “I'm going to call him.”", "wanna": "want to: “I want to sleep.”", "gotta": "have got to: “I've got to go.”",
    "kinda": "kind of: “It's kind of strange.”", "ain't": "am not, is not or are not: “It isn't true.”", "dunno": "don't know: “I don't know.”",
    "lemme": "let me: “Let me see.”", "gimme": "give me: “Give me a minute.”", "cuz": "because: “Because I was ill.”", "ya": "you: “See you!”",
    "innit": "isn't it: “It's cold, isn't it?”", "y'all": "you all: “Are you all ready?”", "thx": "thanks: “Thanks for the tip.”",
}  # fmt: skip
_LOOSELY = re.compile(rf"(?<![\w'’])({'|'.join(map(re.escape, _LOOSE))})(?![\w'’])", re.I)
_SINGULAR = listed(
    "news mathematics maths physics politics economics athletics gymnastics furniture advice information money luggage homework equipment knowledge traffic weather music bread hair everybody everyone somebody someone nobody everything nothing measles"
)
_PLURAL = listed(
    "people police trousers jeans scissors glasses clothes pants pyjamas shorts children men women goods thanks cattle feet teeth mice"
)
_NUMBER = re.compile(
    r"\bis (?:the )?(?:word |noun )?[\"“'‘]?([a-z]+)[\"”'’]? (?:a |in the )?(?:singular|plural)\b|\b(?:singular|plural) verb (?:with|after) [\"“'‘]?([a-z]+)|\b(?:say|use|is it|write|correct:?|right,?) [\"“'‘]?(?:the )?([a-z]+) (?:is|are)[\"”'’]?,? or [\"“'‘]?(?:(?:the )?\3 )?(?:is|are)\b",
    re.I,
)
_SAME = re.compile(
    r"\b(?:are|is) [\"“'‘]?([a-z]+(?: [a-z]+)?)[\"”'’]? (?:and|or|like) [\"“'‘]?([a-z]+(?: [a-z]+)?)[\"”'’]? (?:really |exactly )?(?:the same|different|equal|synonyms?|interchangeable)\b"
    r"|\b(?:does|do|is) [\"“'‘]?([a-z]+(?: [a-z]+)?)[\"”'’]? (?:really |exactly )?(?:means? )?the same (?:thing )?(?:as|like) [\"“'‘]?([a-z]+(?: [a-z]+)?)[\"”'’]?\W*$"
    r"|\bdo [\"“'‘]?([a-z]+)[\"”'’]? and [\"“'‘]?([a-z]+)[\"”'’]? mean the same\b",
    re.I,
)
_USES = re.compile(
    r"\b(?:when|how|where|why)\b[^?]{0,12}\b(?:use|used|say|put|write|need|have to (?:use|say))\b|\b(?:can|may|could) (?:i|you|we) use\b|\bhow (?:does|do) .* work\b"
    r"|\b(?:explain|don['’]t understand|confus\w+|difference|rules? (?:for|of|about|with|on|when)|what(?: is|['’]s) the rule|use of|usage|help me with|teach me|tell me about|never know|not sure)\b",
    re.I,
)
_TWO = re.compile(r"\bdifferen\w+\b|\b(?:use|say|between|is it)\b.* (?:and|or|instead of) ", re.I)
_TOO_LONG, _LONG = 200, 14
_OF_TWO = re.compile(r"\(\?:and\|or\)|\.\*")
_OTHER_POINT = re.compile(r"\b(?:tense|conditional|polite\w*|letter|e-?mail|exam)\b", re.I)
_ROWS = [(re.compile(pattern, re.I), told) for pattern, told in _TABLE]
_SPECIALS = [(re.compile(pattern, re.I), told) for pattern, told in _SPECIAL]
_MARKS = str.maketrans("", "", '"“”‘«»')
_QUOTED_WORD = re.compile(r"[\"“‘'](?=\w)|(?<=\w)[\"”’'](?!\w)")


def answer(text: str) -> str | None:
    """The answer to a question about the use of a word; None when the message asks none that the tables answer."""
    if len(text) > _TOO_LONG:
        return None
    plain = _QUOTED_WORD.sub("", text.translate(_MARKS))
    if told := _of_pattern(text):
        return told
    if "?" not in text and not _USES.search(plain):
        return None
    if (match := _LOOSELY.search(plain)) is not None and _of_word(plain):
        word = match.group(1).lower()
        return f"“{word.capitalize()}” is only for relaxed talk. In writing say {_LOOSE[word]}"
    for pattern, special in _SPECIALS:
        if pattern.search(plain) or pattern.search(text):
            return special
    if _USES.search(plain) is None or len(plain.split()) > _LONG or _OTHER_POINT.search(plain):
        return None
    about, two = _about(plain), _TWO.search(plain) is not None
    return next(
        (told for pattern, told in _ROWS if pattern.search(about) and (not two or _OF_TWO.search(pattern.pattern))),
        None,
    )


def _of_pattern(text: str) -> str:
    """One noun and its verb or its amount: “Is news plural?”, “Much or many with money?”, “Do or make a mistake?”"""
    if (match := _NUMBER.search(text)) is not None and (told := _number(_named(match))):
        return told
    if (match := _QUANTITY.search(text)) is not None:
        first, second, noun = (group.lower() for group in match.groups())
        return _quantity(first, second, noun)
    if (match := _WITH_VERB.search(text)) is not None:
        return _verb_of(_named(match))
    return ""


def _named(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group)


def lines() -> list[str]:
    """All that the tables say."""
    return [told for _, told in (*_TABLE, *_SPECIAL)]


def same(text: str) -> tuple[str, str] | None:
    """The two words that a message asks to be the same: “Are begin and start the same?”"""
    match = _SAME.search(text)
    if match is None:
        return None
    first, second = (group.lower() for group in match.groups() if group)
    return (first, second)


def _quantity(first: str, second: str, noun: str) -> str:
    """“Much or many with money?”"""
    uncounted = noun in nouns.UNCOUNTABLE | _MORE_UNCOUNTABLE
    fits = next((one for one in (first, second) if (one in _COUNTED) != uncounted), "")
    if not fits or first == second or not (uncounted or noun.endswith("s") or noun in _PLURAL):
        return ""
    of = " of" if fits in {"amount", "number"} else ""
    why = "can't be counted" if uncounted else "can be counted"
    article = "an " if fits == "amount" else "a " if fits == "number" else ""
    return f"Say “{article}{fits}{of} {noun}”: “{noun}” {why}."


def _verb_of(noun: str) -> str:
    """“Which verb goes with mistake?”"""
    word = noun.lower().strip()
    verbs = [
        name
        for name, words in (("make", _MAKE), ("do", _DO), ("take", _TAKE), ("have", _HAVE))
        if re.search(rf"\b{re.escape(word.removesuffix('s'))}s?\b", words)
    ]
    return f"We say {' or '.join(f'“{one} {_shown(word)}”' for one in verbs)}." if verbs else ""


def _shown(word: str) -> str:
    if word in {"dishes", "dish"}:
        return "the dishes"
    if word.endswith(("s", "work", "ing")) or word in {
        "breakfast",
        "lunch",
        "dinner",
        "money",
        "sport",
        "fun",
        "medicine",
        "research",
        "progress",
        "sense",
        "damage",
        "tea",
        "coffee",
        "business",
        "nothing",
        "something",
        "everything",
        "laundry",
    }:
        return (
            f"the {word}" if word in {"laundry", "washing", "ironing", "shopping", "cleaning", "bed", "best"} else word
        )
    if word in {"bed", "best"}:
        return f"{'the' if word == 'bed' else 'your'} {word}"
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _of_word(text: str) -> bool:
    """Whether a loose word is asked about and not just used."""
    return (
        re.search(r"\b(?:mean|say|use|write|correct|word|what is|what's|right|english|wrong|difference)\b", text, re.I)
        is not None
    )


def _about(text: str) -> str:
    """What the message asks about, without the words that ask."""
    match = re.search(
        r"\b(?:use|used|say|put|write|explain(?: me| to me)?|understand|between|with|of|about|need|does|do)\b(?: the)?(?: words?| verbs?)? (.+)",
        text,
        re.I,
    )
    return match.group(1) if match is not None else text


def _number(word: str) -> str:
    """Whether a noun takes a verb in the singular."""
    low = word.lower()
    if low in _SINGULAR:
        person = low.endswith(("body", "one"))
        return f"“{word.capitalize()}” takes a verb in the singular: “{word.capitalize()} is {'here' if person else 'important'}.”"
    if low in _PLURAL:
        person = low in {"people", "police", "children", "men", "women", "cattle", "mice"}
        article = "The " if low in {"police", "cattle", "mice"} else ""
        shown = f"{article}{low if article else low.capitalize()}"
        return f"“{word.capitalize()}” is plural: “{shown} are {'here' if person else 'important' if low == 'goods' else 'welcome' if low == 'thanks' else 'on the table'}.”"
    return ""
