"""Small tables of English forms for the correction rules."""

_IRREGULAR = """
be was been;become became become;begin began begun;break broke broken;bring brought brought;build built built
buy bought bought;catch caught caught;choose chose chosen;come came come;do did done;draw drew drawn;drink drank drunk
drive drove driven;eat ate eaten;fall fell fallen;feel felt felt;fight fought fought;find found found;fly flew flown
forget forgot forgotten;get got got;give gave given;go went gone;grow grew grown;have had had;hear heard heard
hold held held;keep kept kept;know knew known;leave left left;lose lost lost;make made made;meet met met;pay paid paid
ride rode ridden;run ran run;say said said;see saw seen;sell sold sold;send sent sent;sing sang sung;sit sat sat
sleep slept slept;speak spoke spoken;spend spent spent;stand stood stood;swim swam swum;take took taken
teach taught taught;tell told told;think thought thought;understand understood understood;wake woke woken
wear wore worn;win won won;write wrote written
"""
_REGULAR = """
ask call carry change clean close cook cry dance enjoy explain finish help like listen live look love miss move need
open order phone plan plant play practise prepare rain relax rest return save show start stay stop study talk travel try
use visit wait walk want wash watch work
"""
_NOUNS = """
day week month year hour minute friend brother sister cousin son daughter book car house apartment dog cat question
problem language student teacher phone room student restaurant film movie song game city town place thing job idea
ticket bottle cup glass person man woman child time word mistake country language exercise lesson
"""
_ODD_PLURALS = {"person": "people", "man": "men", "woman": "women", "child": "children", "glass": "glasses"}
# "two book tickets", "ten minute walk": nouns that often stand before another noun are left alone.
_BEFORE_NOUNS = {
    "minute",
    "hour",
    "day",
    "week",
    "month",
    "year",
    "time",
    "room",
    "car",
    "phone",
    "game",
    "film",
    "job",
}


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    if verb in {"stop", "plan"}:
        return verb + verb[-1] + "ed"
    return verb + "ed"


def _third(verb: str) -> str:
    odd = {"have": "has", "do": "does", "go": "goes", "be": "is"}
    if verb in odd:
        return odd[verb]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return verb + "es"
    return verb + "s"


def _plural(noun: str) -> str:
    if noun in _ODD_PLURALS:
        return _ODD_PLURALS[noun]
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "sh", "ch", "x")):
        return noun + "es"
    return noun + "s"


_TRIPLES = [tuple(item.split()) for line in _IRREGULAR.strip().splitlines() for item in line.split(";")]
_REGULAR_VERBS = _REGULAR.split()

PAST = {base: past for base, past, _ in _TRIPLES if base != "be"} | {verb: _past(verb) for verb in _REGULAR_VERBS}
"""Plain form → simple past."""

PARTICIPLE_OF_PAST = {past: done for _, past, done in _TRIPLES if past != done and past not in {"was", "did"}}
"""Simple past → past participle where the two differ."""

BASE_OF_PAST = {past: base for base, past in PAST.items() if past != base and past not in {"left", "found", "felt"}}
"""Simple past → plain form."""

THIRD_PERSON = {verb: _third(verb) for verb in [*(t[0] for t in _TRIPLES if t[0] != "be"), *_REGULAR_VERBS]}
"""Plain form → present with he, she, it."""

OVERREGULAR = {_past(base): past for base, past, _ in _TRIPLES if base not in {"be", "find", "feel", "leave", "wake"}}
"""“goed” → “went”."""

COUNTABLE = {noun: _plural(noun) for noun in _NOUNS.split() if noun not in _BEFORE_NOUNS or noun in {"day", "year"}}
"""Singular → plural of nouns that learners leave in the singular after a number."""

BARE_AFTER = {
    "does", "doesn't", "did", "didn't", "can", "can't", "could", "will", "won't", "would", "should", "must", "may",
    "might", "let", "make", "made", "help", "see", "saw", "hear", "heard", "if", "whether", "suggest", "insist", "do",
    "doesn’t", "didn’t", "and", "watch", "watched", "have", "that", "cannot", "to",
}  # fmt: skip
"""Words before “he go” after which the plain form may be right."""

BASE_OF_THIRD = {third: base for base, third in THIRD_PERSON.items()}
"""Present with he, she, it → plain form."""


def ing(verb: str) -> str:
    """“swim” → “swimming”."""
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith("ee") and verb != "be":
        return verb[:-1] + "ing"
    if verb in {"get", "run", "swim", "sit", "stop", "plan", "win", "begin", "forget", "shop"}:
        return verb + verb[-1] + "ing"
    return verb + "ing"
