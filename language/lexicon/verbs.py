"""Common English verbs and their forms: a table of the irregular ones, spelling rules for the rest."""

from functools import cache

from language.lexicon.listed import listed

# base past participle; several accepted forms are joined by "/", the first is the one to suggest.
IRREGULAR = """
be was/were been|become became become|begin began begun|bend bent bent|bet bet bet|bite bit bitten|bleed bled bled
blow blew blown|break broke broken|bring brought brought|build built built|burn burned/burnt burned/burnt
buy bought bought|catch caught caught|choose chose chosen|come came come|cost cost cost|cut cut cut|deal dealt dealt
dig dug dug|do did done|draw drew drawn|dream dreamed/dreamt dreamed/dreamt|drink drank drunk|drive drove driven
eat ate eaten|fall fell fallen|feed fed fed|feel felt felt|fight fought fought|find found found|fly flew flown
forbid forbade forbidden|forget forgot forgotten/forgot|forgive forgave forgiven|freeze froze frozen
get got got/gotten|give gave given|go went gone|grow grew grown|hang hung hung|have had had|hear heard heard
hide hid hidden|hit hit hit|hold held held|hurt hurt hurt|keep kept kept|know knew known|lead led led
learn learned/learnt learned/learnt|leave left left|lend lent lent|let let let|lie lay lain|light lit lit
lose lost lost|make made made|mean meant meant|meet met met|pay paid paid|put put put|quit quit quit|read read read
ride rode ridden|ring rang rung|rise rose risen|run ran run|say said said|see saw seen|seek sought sought
sell sold sold|send sent sent|set set set|shake shook shaken|shine shone shone|shoot shot shot|show showed shown/showed
shut shut shut|sing sang sung|sink sank sunk|sit sat sat|sleep slept slept|smell smelled/smelt smelled/smelt
speak spoke spoken|spell spelled/spelt spelled/spelt|spend spent spent|spread spread spread|stand stood stood
steal stole stolen|stick stuck stuck|strike struck struck|swear swore sworn|sweep swept swept|swim swam swum
swing swung swung|take took taken|teach taught taught|tear tore torn|tell told told|think thought thought
throw threw thrown|understand understood understood|wake woke woken|wear wore worn|weep wept wept|win won won
write wrote written|bear bore borne|overcome overcame overcome|undergo underwent undergone|withdraw withdrew withdrawn
"""

REGULAR = """
accept achieve act add admire admit adopt advise affect afford agree aim allow answer apologise apologize appear apply
appreciate argue arrange arrive ask assume attack attend attract avoid bake base beg behave believe belong blame boil
borrow bother breathe brush bully call calm camp cancel care carry cause celebrate change chat check cheer choose clap
clean climb close collect come compare compete complain complete concentrate connect consider consume contact contain
continue convince cook copy correct cough count cover create cross cry damage dance decide decorate decrease defend
delay delete deliver demand demolish depend describe design destroy develop die disagree disappear discourage discover
discuss dislike divide download dress drop earn educate eliminate embarrass employ encourage end enjoy ensure enter
entertain equip escape establish estimate evaluate examine exchange exercise exist expand expect experience explain
explore express extend face fail fetch fill finish fish fit fix flood focus follow force forecast gain gather generate
graduate greet guess guide handle happen harm hate help hike hope host hug hunt hurry identify ignore illustrate
imagine impress improve include increase influence inform insist inspire install intend interrupt introduce invade
invent invest invite involve join joke judge jump kick kill kiss knit knock label land last laugh launch lift like
limit link listen litter live lock look love maintain manage march marry matter measure memorise mention miss mix
motivate move need notice obey object oblige observe obtain occupy occur offer open operate oppose order organise
organize own pack paint park participate pass perform permit persuade phone pick plan plant play please point pollute
pour practice practise pray prefer prepare present preserve press prevent produce promise pronounce propose protect
prove provide publish pull punish push qualify question rain raise reach react realise realize rebuild receive
recognise recognize recommend recycle reduce refuse regret reject relate relax release rely remain remember remind
remove rent repair repeat replace reply report represent request require rescue reserve resign respect respond rest
restore result retire return reveal review reward rub sail satisfy save scare scream search seem select separate serve
settle share shine shop shout sign skate ski slip smile smoke snow solve sound spoil spot start stay stop stress
stretch struggle study succeed suffer suggest suit supply support suppose surf surprise surround survive switch talk
taste tempt tend thank threaten tidy tie touch tour trade train transform translate trap travel treat trick trust try
turn type unite upload use vary visit volunteer vote wait walk want warm warn wash waste watch water whisper wish
wonder work worry wrap yell exploit demonstrate indicate contribute combine conclude confirm confuse convert
criticise criticize
dominate emphasise emphasize enable enhance expose imply investigate isolate justify neglect overlook predict
promote pursue
recover reflect regulate resolve restrict retain strengthen submit tackle tolerate undermine
commute invest neglect educate perform consume acquire adapt adjust admire alter anticipate assess assist attach
broaden cease clarify coincide collapse compensate comply conceal consist constitute convey correspond decline dedicate
define derive deserve detect determine deteriorate devote differ diminish discriminate distinguish distribute donate
elect emerge emigrate encounter endanger evolve exaggerate exclude facilitate flourish fluctuate foresee fulfil
guarantee
hesitate immigrate implement impose incorporate induce inhabit inherit inhibit initiate integrate interpret intervene
live motivate occupy originate outweigh participate perceive persist possess postpone prevail proceed prosper purchase
reassure recall reconsider refer reinforce render resemble reside restore revise reverse rely sacrifice seize shrink
simplify specialise specialize speculate stabilise subside substitute supervise suspect sustain thrive transfer uncover
unite utilise utilize vanish widen worsen
"""

# Verbs that are hardly ever a noun or an adjective: after them no other reading is likely.
PLAIN_VERBS = listed(
    """
    achieve agree allow appear apply arrive ask avoid be become begin behave believe belong bring build buy
    catch choose come contain continue cry decide depend describe destroy develop die disagree discuss do eat
    enjoy enter exist expect explain feel fly follow forget forgive gather get give go grow happen have hear
    improve include introduce invite join keep know learn leave lend listen live lose make marry meet obtain
    participate pay prefer prepare prevent produce protect provide put receive recommend refuse relax remain
    remember remove repair say see seem sell send sing sit solve speak spend stay study succeed suffer suggest
    take teach tell think translate understand wait want wear win write
    """
)

_DOUBLE = listed(
    """
    admit bet beg chat clap cut dig drop fit get hit hug let plan permit prefer put quit rob rub run set shop shut
    sit skip stop swim travel cancel win begin forget regret refer occur
    """
)


@cache
def irregular() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Base form → accepted past forms, accepted participles."""
    rows = (row.split() for row in IRREGULAR.replace("\n", "|").split("|") if row.strip())
    return {base: (tuple(past.split("/")), tuple(participle.split("/"))) for base, past, participle in rows}


@cache
def bases() -> frozenset[str]:
    """Base forms of all verbs that are known."""
    return frozenset(REGULAR.split()) | irregular().keys()


def third(base: str) -> str:
    """He goes, has, studies."""
    if base in {"be", "have"}:
        return {"be": "is", "have": "has"}[base]
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


def ing(base: str) -> str:
    """The -ing form."""
    if base in {"be", "see", "agree", "disagree", "flee", "ski"}:
        return base + "ing"
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e"):
        return base[:-1] + "ing"
    return (base + base[-1] if base in _DOUBLE else base) + "ing"


def past(base: str) -> str:
    """The past form, the usual one of several."""
    return irregular()[base][0][0] if base in irregular() else _regular_past(base)


def participle(base: str) -> str:
    """The past participle, the usual one of several."""
    return irregular()[base][1][0] if base in irregular() else _regular_past(base)


def _regular_past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return (base + base[-1] if base in _DOUBLE else base) + "ed"


@cache
def thirds() -> dict[str, str]:
    """Third-person form → base, `is` and `has` included."""
    return {third(base): base for base in bases()}


@cache
def ings() -> dict[str, str]:
    """-ing form → base."""
    forms = {ing(base): base for base in bases()}
    return forms | {"traveling": "travel", "canceling": "cancel"}


@cache
def pasts() -> dict[str, str]:
    """Past form → base, without those that look like the base (put, read) or are a base themselves (found, lay)."""
    found = {}
    for base in bases():
        for form in irregular()[base][0] if base in irregular() else (_regular_past(base),):
            if form not in bases():
                found[form] = base
    return found


@cache
def bare_pasts() -> dict[str, str]:
    """Past forms that are no participle (went, saw, took): wrong after have, be and to, whatever follows."""
    found = {}
    for base, (past_forms, participles) in irregular().items():
        for form in past_forms:
            if form not in participles and base not in {"be", "show"}:
                found[form] = base
    return found


_REGULAR_TOO = listed(
    "be lie show burn learn dream spell smell see ring sing bear put"
)  # burned, learned, ringed, bared
_WORDS_LIKE_PASTS = listed(
    "seed waked fitted cutted costed bet lied hanged shined weaved bended fed lighted betted quitted blowed"
)


@cache
def regularised() -> dict[str, str]:
    """Wrong regular past of an irregular verb → the right one: goed → went."""
    right = {form for forms in irregular().values() for group in forms for form in group}
    found = {}
    for base in irregular().keys() - _REGULAR_TOO:
        for form in {_regular_past(base), base + "ed"}:
            if form not in right and form not in _WORDS_LIKE_PASTS and form not in bases():
                found[form] = past(base)
    return found


def same_past(base: str) -> bool:
    """Whether present and past look alike (put, read), so that no tense shows."""
    return base in irregular() and base in irregular()[base][0]
