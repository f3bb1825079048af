# ruff: noqa: E501 - tables of words
"""Closed classes of words, and adjectives whose use is certain."""

from language.lexicon.listed import listed

SUBJECTS = listed("i he she we they")
THIRD = listed("he she it")
PLURAL = listed("we they you")
INDEFINITE = listed("everyone everybody someone somebody nobody anyone anybody everything something nothing")

MODALS = listed(
    """
    can could will would shall should may might must can't couldn't won't wouldn't shouldn't mustn't cannot
    i'll you'll he'll she'll it'll we'll they'll mightn't
    """
)
DO = listed("do does did")
DO_NOT = listed("don't doesn't didn't")
BE = listed("am is are was were")
BE_SHORT = listed("i'm you're he's she's it's we're they're")
HAVE = listed("have has had i've you've we've they've haven't hasn't hadn't")
AUXILIARIES = MODALS | DO | DO_NOT | BE | HAVE | listed("isn't aren't wasn't weren't let make help see hear")

DETERMINERS = listed("a an the my your his her its our their this that these those some any no every each")
POSSESSIVES = listed("my your his her its our their")
NUMBERS = listed(
    """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen twenty thirty forty
    fifty hundred many several few various both
    """
)
FREQUENCY = listed("always never often usually sometimes also really just only still already ever rarely")
PREPOSITIONS = listed(
    """
    about after against along among around at before behind below between by down during for from in into near
    of off on onto over through to towards under until up with without than as
    """
)
CONJUNCTIONS = listed(
    """
    and or but because so if when while although though that which who where before after as than since until
    unless
    """
)
PRONOUNS = listed("i you he she it we they me him her us them this that these those there who which")

# Words before which a noun phrase is surely over.
ENDERS = (
    PREPOSITIONS
    | CONJUNCTIONS
    | MODALS
    | BE
    | DO
    | listed(
        """
        i you he she we they it me him us them there my your our their the a an this not too very now here
        then today yesterday tomorrow every last next ago has had have didn't don't doesn't isn't
        """
    )
)

# A clause may begin after these.
OPENERS = listed(
    """
    because that when if while although though so but since until unless where why how what which whether
    think thinks thought know knows believe believes hope hopes say says said then yesterday today tomorrow
    now sometimes usually maybe perhaps however finally first second suddenly later also whenever yet nowadays
    """
)
SUBJUNCTIVE = listed(
    """
    suggest suggests suggested suggesting requiring insisting demanding proposing recommending urge urges urged
    order ordered recommend recommends recommended insist insists insisted demand demands
    demanded ask asks asked propose proposed request requested require requires required important essential
    vital necessary wish wishes wished lest
    """
)

PREDICATIVE = listed(
    """
    happy sad tired hungry thirsty angry busy sick ill ready afraid late beautiful tall bored excited nervous
    lonely sleepy sorry worried glad sure rich poor young old famous friendly kind lazy
    """
)
SHORT_ADJECTIVES = {
    "big": "bigger", "small": "smaller", "tall": "taller", "short": "shorter", "old": "older", "young": "younger",
    "cheap": "cheaper", "fast": "faster", "slow": "slower", "strong": "stronger", "weak": "weaker", "easy": "easier",
    "happy": "happier", "nice": "nicer", "hot": "hotter", "cold": "colder", "long": "longer", "high": "higher", "low": "lower",
    "rich": "richer", "poor": "poorer", "hard": "harder", "good": "better", "bad": "worse", "warm": "warmer", "clean": "cleaner",
    "heavy": "heavier", "busy": "busier", "early": "earlier", "late": "later", "safe": "safer", "quick": "quicker", "large": "larger",
    "kind": "kinder", "dark": "darker", "loud": "louder", "deep": "deeper", "thin": "thinner", "wide": "wider",
}  # fmt: skip
MASS_OR_FEW = listed(
    """
    lot few many couple number range variety hundred thousand million dozen handful great good total huge large
    series pair bit little group bunch plenty lots billion small wide
    """
)
TIME_NOUNS = listed(
    """
    night week month year summer winter spring autumn weekend monday tuesday wednesday thursday friday
    saturday sunday christmas holiday vacation evening
    """
)
