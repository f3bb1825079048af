# ruff: noqa: E501 - tables of words
"""How nouns are counted, as far as the table of word sequences tells."""

from functools import lru_cache

from language import frequency
from language.grammar.rules.articles import article_for
from language.lexicon import nouns
from language.lexicon.listed import listed
from language.sequences import often
from language.tagging import lemmas

_BEFORE = tuple(
    [
        "of",
        "in",
        "for",
        "with",
        "to",
        "by",
        "on",
        "at",
        "from",
        "into",
        "about",
        "as",
        "than",
        "is",
        "was",
        "have",
        "had",
        "make",
        "do",
        "use",
        "without",
    ]
)
# Counted or not, or said without an article in phrases that are too many to list.
_BOTH = listed(
    """
    school church college university prison hospital court bed home town sea war peace law nature man woman death
    life time work business language food fish fruit meat coffee tea beer wine cake glass paper stone light fire
    water hair space room experience truth faith hope fear pain love change growth age youth power strength control
    choice order trade industry support value interest action reaction attention cause reason detail rest sleep
    play sport study art science history religion society government property security success failure progress
    pressure speed weight evidence behaviour behavior style mail cash credit debt tax rent pay wage labour labor
    television tv radio phone telephone email internet breakfast lunch dinner supper tea summer winter spring
    autumn night day morning evening noon dawn duty effect fact part place point front back top bottom centre
    center side turn need use view sight touch reach hand foot heart mind memory thought doubt question
    mankind humanity heaven hell god earth space parliament congress president mum mom dad father mother grandma
    grandpa chairman captain professor doctor lieutenant king queen prince mass surface matter track way step
    key bar page chapter number figure level lesson unit class grade standard type kind sort form rate lack
    sense reality nature theory practice principle fashion fun wildlife majority half quarter midnight
    traffic access advice thanks regard respect account advance exchange return response addition
    conclusion contrast comparison fact particular general public private secret vain charge
    terms person member people ice chicken salt acid oil gas iron wood cotton silk gold silver tobacco
    freedom justice beauty color colour shape size length width height depth distance
    expression identity conflict competition cooperation performance judgment judgement opinion tradition
    culture technology transport transportation travel pollution tourism crime violence poverty education
    training exercise medicine treatment disease cancer illness
    """
)


@lru_cache(maxsize=10_000)
def counted(noun: str) -> bool:
    """Whether a singular noun hardly ever stands without an article: "idea", "teacher", not "advice", "school"."""
    if noun in _BOTH or noun in nouns.UNCOUNTABLE or not noun.isalpha() or len(noun) < 3 or noun.endswith("ing"):
        return False
    if frequency.rank(noun) is None or (frequency.rank(lemmas.plural(noun)) or 10**9) > 40_000:
        return False
    with_one = often(f"{article_for(noun)} {noun}")
    if with_one < 3:
        return noun in nouns.COUNTABLE
    alone = sum(often(f"{word} {noun}") for word in _BEFORE)
    return with_one / (with_one + alone) >= 0.6 or (noun in nouns.COUNTABLE and with_one / (with_one + alone) >= 0.45)


def usually_alone(before: str, noun: str) -> bool:
    """Whether the two stand side by side without an article: at home, by car, take part."""
    return often(f"{before} {noun}") >= 1.5


# Things, persons and matters that a learner speaks of, hardly ever said in the singular without an article.
_SURELY = (nouns.COUNTABLE | nouns.PERSONS | nouns.OBJECTS | listed(
    """
    advertisement agency airport animal anniversary apartment appointment assignment author bachelor beginner birthday
    boss camera candidate career championship client climate clinic club collection companion competitor concept
    conclusion conversation corner corporation criminal curriculum deadline debate decade degree desert
    diet disaster discovery discussion district driver dream drug ecosystem emergency enemy environment essay example
    explorer fan farmer goal guest habit hobbyist human individual inhabitant instrument intention interview invention
    jacket killer kitten laboratory lake lawyer leader lecture lecturer library lifetime limit list machine manner
    mayor method mission mistake model mobile myth neighbourhood neighborhood nation necessity novel obstacle
    occasion offer option organization organisation origin pair painting partner patient paragraph performance
    pet phenomenon plan planet plant policeman possibility predator president prize producer profession
    professor programmer purpose rate reader recipe relationship relative remedy researcher resident resource
    restaurant result risk robot scholar scene schedule section series shortage situation smartphone speaker
    specialist statement stranger suburb suggestion supermarket survey symptom system task taxi teen tenant
    tendency theatre theater therapist title tool tower traveller traveler trend trip vacation vehicle victim video
    village virus voyage wallet wish website workplace
    """
)) - listed("example plan result risk rate manner degree conclusion purpose schedule discussion debate environment climate "
           "limit patient title model human suggestion performance success offer wish origin president professor "
           "company film language guitar holiday building game chicken party word rule advantage project series shortage section system list intention occasion necessity possibility vacation holiday weekend "
           "emergency lifetime relative scene instrument opinion opportunity afternoon hotel library cinema office "
           "television phone idea egg apple banana orange potato tomato pizza vegetable sandwich cookie year week "
           "minute month hour page hand eye cup bag bottle letter number music museum festival theatre theater day "
           "weekend seaside night uncle aunt mother father sister brother parent husband wife")  # fmt: skip


def surely(noun: str) -> bool:
    """Whether a singular noun without an article is an error nearly everywhere: "car", not "opportunity"."""
    return noun in _SURELY and counted(noun)
