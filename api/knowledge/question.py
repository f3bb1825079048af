"""Takes a question apart into the words that matter. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from api.knowledge.embedding import related, stopwords
from api.knowledge.ranking import Slot
from language import terms as words

_MOST_WORDS = 24
_RELATED_WORTH = 0.35
_MEANT_WORTH = 0.7
_ASKING = frozenset(
    """
    please tell explain describe happen happened mean means called name say says long old many much get got give gave go
    went make made take took come came become became use used know think want let
    """.split()  # noqa: SIM905 - a list of quoted words is harder to read
)

# "Who teaches yoga?" is answered by "Yoga is taught by …": no stemmer sees that these are one verb.
_IRREGULAR = """
become became|begin began begun|bite bit bitten|blow blew blown|break broke broken|bring brought|build built|buy bought
catch caught|choose chose chosen|come came|cost costs|deal dealt|draw drew drawn|drink drank drunk|drive drove driven
eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find finding|fly flew flown|forget forgot forgotten
freeze froze frozen|give gave given|go went gone|grow grew grown|hang hung|hear heard|hide hid hidden|hold held
keep kept|know knew known|lay laid|lead led|leave left|lend lent|lose lost|make made|mean meant|meet met|pay paid
ride rode ridden|ring rang rung|rise rose risen|run ran|say said|see saw seen|sell sold|send sent|shake shook shaken
shine shone|shoot shot|sing sang sung|sink sank sunk|sit sat|sleep slept|speak spoke spoken|spend spent|stand stood
steal stole stolen|swim swam swum|take took taken|teach taught|tear tore torn|tell told|think thought|throw threw thrown
understand understood|wake woke woken|wear wore worn|win won|write wrote written|child children|man men|woman women
person people|foot feet|tooth teeth|mouse mice
"""


@cache
def _forms() -> dict[str, list[str]]:
    return _others(line.split() for line in _IRREGULAR.replace("\n", "|").split("|"))


@cache
def _related() -> dict[str, list[str]]:
    return _others(related.GROUPS)


def _others(groups: Iterable[Sequence[str]]) -> dict[str, list[str]]:
    """By its stem, for each word the others of its groups."""
    found: dict[str, list[str]] = {}
    for group in groups:
        for member in group:
            found.setdefault(words.stem(member), []).extend(one for one in group if one != member)
    return found


def content_words(question: str) -> list[str]:
    """Folded words that carry the subject; all of them when none does."""
    every = list(dict.fromkeys(word for word, _, _ in words.split(question)))
    subject = [word for word in every if word not in stopwords.WORDS and word not in _ASKING]
    return (subject or [word for word in every if word not in stopwords.WORDS] or every)[:_MOST_WORDS]


def related_words(word: str) -> list[str]:
    """Forms of a word and words that mean nearly the same."""
    return list(dict.fromkeys((*_related().get(words.stem(word), ()), *forms(word))))


def forms(word: str) -> list[str]:
    """Irregular forms of the same word: taught for teaches, children for child."""
    return _forms().get(words.stem(word), [])


def slots(asked: Sequence[str], meant: Mapping[str, Sequence[str]], stems: Mapping[str, str]) -> list[Slot]:
    """One slot a word, with the stems of related words and of words that may have been meant."""
    made = []
    for word in asked:
        worth: dict[str, float] = {}
        for one in related_words(word):
            worth[stems[one]] = _RELATED_WORTH
        for one in forms(word):
            worth[stems[one]] = 1.0
        for one in meant.get(word, ()):
            worth[stems[one]] = _MEANT_WORTH
        worth[stems[word]] = 1.0
        made.append(Slot(worth))
    return made


def tsquery(slot: Slot) -> str:
    """The slot as a tsquery of the `simple` configuration: its stems are lexemes already."""
    return "(" + " | ".join("'" + stem.replace("'", "''").replace("\\", "\\\\") + "'" for stem in slot.stems) + ")"
