"""From a description to the word: “the man in the restaurant who brings the food” is a waiter.

First our own everyday words with what learners say of them, then the dictionary's explanations.
"""

# ruff: noqa: E501 - a table reads best with one line an entry

import math
from functools import cache

from language import frequency, tokens
from language.lexicon import explained
from language.lexicon.listed import listed
from language.tagging import lemmas

_LINES = """
waiter: restaurant bring food drink serve man order camarero kellner serveur garçon;
waitress: restaurant bring food drink serve woman order camarera kellnerin serveuse; hairdresser: cut hair person style friseur coiffeur peluquero;
cast: white hard arm leg broken plaster bone doctor; sparkling water: water bubble gas fizzy; still water: water without gas bubble;
corkscrew: open wine bottle cork thing; bottle opener: open bottle beer thing; tin opener: open tin can thing;
plumber: repair pipe water toilet sink person; electrician: repair light electricity cable person; mechanic: repair car engine person;
carpenter: wood make table furniture person; butcher: sell meat shop person; baker: make bread person sell; greengrocer's: shop sell fruit vegetable;
pharmacy: shop medicine sell buy farmacia apotheke; pharmacist: person sell medicine; librarian: person library book work;
cashier: person shop pay money till; receptionist: person hotel office greet guest front desk; landlord: person own flat house rent pay man;
tenant: person rent flat pay live; neighbour: person live next door house; widow: woman husband dead die; widower: man wife dead die;
orphan: child no parent dead; twins: two baby same day born mother child; stepmother: father new wife; mother-in-law: mother husband wife;
godfather: church baptism child man; toddler: small child learn walk; teenager: person thirteen nineteen age young;
bride: woman marry wedding day white dress; groom: man marry wedding day; wedding: marry party day bride church;
funeral: dead person ceremony bury church; will: paper dead person money get write; stairs: go up down house step floor foot;
lift: go up down building machine floor ascensor; ladder: climb up tool step wall; tap: water come out kitchen bathroom open;
sink: wash dish hand kitchen water; oven: bake cake kitchen hot; fridge: cold kitchen food keep machine; freezer: ice cold food keep frozen;
dishwasher: machine wash dish plate; washing machine: machine wash clothes; vacuum cleaner: machine clean floor dust;
hoover: machine clean floor dust carpet; iron: hot press clothes shirt flat thing; broom: sweep floor clean stick; bucket: carry water clean thing;
sponge: soft wash dish clean; towel: dry yourself bathroom shower after body; pillow: head bed sleep soft; blanket: warm bed cover sleep;
sheet: bed white cover sleep lie; duvet: bed warm cover feather; curtain: window cloth close light; drawer: table desk open pull put;
shelf: put book wall; wardrobe: clothes furniture hang bedroom; hanger: clothes hang shirt wardrobe; nail: metal hammer wall wood picture hang;
screwdriver: tool turn screw; hammer: tool hit nail; scissors: cut paper tool two; stapler: paper together metal office machine;
paper clip: paper together hold small metal; envelope: letter put inside paper post; stamp: letter post stick small pay;
drawing pin: paper wall stick board; umbrella: rain hold open wet; sunglasses: sun eye dark glasses wear; gloves: hand cold wear winter;
scarf: neck cold wear winter; belt: trousers wear waist leather; zip: close jacket trousers teeth metal; button: close shirt round small;
pocket: put hand trousers jacket key; sleeve: arm shirt part; apron: cook wear kitchen clean front; slippers: shoe home wear soft;
wallet: money card carry pocket leather; purse: money woman carry coin; receipt: paper shop pay get after buy; till: shop pay machine money place;
queue: people wait line stand; fare: money pay bus train taxi ticket; traffic jam: car many stand road wait slow; roundabout: car road circle round;
crossing: walk street cross people; pavement: walk street side people; bridge: cross river road over; tunnel: road train under mountain;
ferry: ship boat car people carry river; helmet: head bike motorbike wear safe; seat belt: car wear safe; boot: car back bag put;
steering wheel: car drive turn hand round; tyre: car wheel rubber round black; brake: car bike stop; luggage: bag suitcase travel;
boarding pass: paper plane airport show card get; gate: airport plane door; runway: plane airport land road; stewardess: plane woman serve;
flight attendant: plane person serve drink work; pilot: plane fly person; customs: airport border bag look officer;
hangover: drink alcohol morning after feel bad head; fever: hot body ill temperature; cough: throat noise ill; sneeze: nose cold noise;
bandage: cloth wound cut white put; plaster: finger cut small stick skin; prescription: paper doctor medicine pharmacy;
injection: needle doctor arm medicine; crutches: walk leg broken stick under arm; wheelchair: chair wheel walk cannot;
stretcher: carry ill hurt person ambulance; ambulance: car hospital ill hurt people carry; scar: skin mark old wound; bruise: skin blue fall hit;
wrist: hand arm between watch part body; elbow: arm middle bend part body; ankle: foot leg between part body; knee: leg middle bend part body;
shoulder: arm neck top part body; chin: face under mouth part; eyebrow: hair eye above face; beard: hair man face;
moustache: hair man face lip above nose; wrinkle: skin old face line; corn: yellow vegetable grain popcorn cinema;
garlic: white vegetable smell strong; onion: cry cut vegetable white round; aubergine: purple vegetable long; courgette: green vegetable long;
cucumber: green vegetable long salad; mushroom: forest grow eat hat; strawberry: red fruit small sweet; cherry: red fruit small round stone;
pear: green yellow fruit like apple; pineapple: fruit big yellow sweet outside; starter: eat before main course first;
dessert: eat after meal sweet end; tip: waiter money extra give restaurant; leftovers: food not eaten after meal; recipe: how cook text food list;
frying pan: fry egg cook kitchen metal; saucepan: cook water soup kitchen metal pot; kettle: boil water tea kitchen; spatula: turn food pan kitchen;
whisk: egg mix cream kitchen; napkin: mouth clean paper table eat; jug: water milk pour table; saucer: cup under small plate;
beehive: bee live house honey; nest: bird live tree egg; kennel: dog live house; leash: dog walk hold; cage: bird animal closed bar keep;
snail: slow animal house back; hedgehog: animal small needle back; squirrel: animal tree nut red tail; bat: animal fly night; owl: bird night eye big;
puddle: water rain street small; thunder: noise storm loud sky; lightning: light storm sky; rainbow: sky colour rain sun; drought: no rain long dry;
flood: water too much house river; hail: ice fall sky; dawn: sun come up morning early; dusk: sun go down evening;
weekday: monday friday day not weekend; fortnight: two week; deadline: last day finish work must; salary: money work month get;
payslip: paper salary month work; rise: more money work salary; notice: leave job say tell boss; pension: money old stop work;
colleague: person work together office; commuter: person travel work every day; shift: work time night early late;
invoice: paper pay company money letter; refund: money back shop return; loan: money bank give back; mortgage: money bank house buy;
bargain: cheap good price buy; raffle: win ticket number prize; hobby: free time like do; pastime: free time like do;
jigsaw puzzle: picture piece put together game; dice: game number throw six; homesick: feel sad home far away miss; jet lag: tired long flight time;
nightmare: bad dream sleep; shy: afraid talk people person; stubborn: person never change mind want; generous: person give much share;
stingy: person give no money; clumsy: person drop fall break thing; nosy: person want know everything other; author: write book person;
writer: write book person; airport: place plane land fly; bus driver: drive bus person; vet: doctor animal sick; giraffe: animal long neck;
elephant: animal big grey nose; zebra: animal black white horse; bee: insect honey small make yellow; butterfly: insect colour fly beautiful;
spider: eight leg web; coffee machine: machine make coffee; toaster: machine make toast bread; lawnmower: machine cut grass garden;
clock: wall show time; alarm clock: wake up morning ring noise clock; dentist: doctor tooth teeth; winner: win person first; loser: lose person; lighthouse: tower light ship sea;
cash machine: money get bank card machine; speed camera: photo car fast road; petrol station: fill car petrol;
lost property office: find lost thing place; waiting room: sit wait doctor; emergency exit: door fire leave; jealous: feel other have want
"""
_OWN = {
    word.strip(): frozenset(cues.split())
    for word, cues in (one.split(":") for one in _LINES.replace("\n", " ").split(";"))
}
_EMPTY = listed(
    """
    a an the of to in on at for with by from and or but who which that what how say call word name english in it is are was be
    you i we he she they my your his her its their this these those do does when where can could would one ones use used using
    something someone somebody thing person people man woman make made have has had get very not put your very sort kind called
    know don't dont i'm forgot forget mean means please sorry there if as so will me him them us like such more most than
    """
)
_TAGS = ("VBZ", "VBD", "VBG", "VBN", "NNS")
_ENOUGH, _SURE, _MOST_RARE, _SHARE = 0.62, 2, 9_000, 0.9


def word_for(description: str) -> str | None:
    """The word for a description in simple English; None when none is near enough."""
    wanted = _content(description)
    scores = [(sum(_weight(cue) for cue in cues & wanted), -at, word) for at, (word, cues) in enumerate(_OWN.items())]
    best, _, word = max(scores)
    if len(_OWN[word] & wanted) >= _SURE and best >= _SHARE * sum(
        map(_weight, wanted - _OWN[word] - _inflected(wanted))
    ):
        return word
    return _from_dictionary(wanted)


def meant(word: str) -> str:
    """What the word means in one line, from the dictionary; empty when it is not there."""
    found = explained.look_up(word)
    return found[1][0].gloss if found else ""


def _from_dictionary(wanted: frozenset[str]) -> str | None:
    """The commonest word whose explanation names most of what is wanted."""
    if len(wanted) < _SURE:
        return None
    whole = sum(map(_weight, wanted))
    best, found = _ENOUGH, None
    for word, content in _glosses():
        shared = wanted & content
        if len(shared) < _SURE or word in wanted:
            continue
        score = sum(map(_weight, shared)) / whole - 0.02 * math.log10((frequency.rank(word) or 30_000) + 1)
        score -= 0.01 * len(content - wanted)
        if score > best:
            best, found = score, word
    return found


@cache
def _glosses() -> list[tuple[str, frozenset[str]]]:
    """The first sense of each noun that is not too rare; about a second, once."""
    rows = []
    for word in explained.words():
        if (frequency.rank(word) or 30_000) > _MOST_RARE:
            continue
        found = explained.look_up(word)
        if found is not None and found[1][0].part == "n" and found[0] == word:
            rows.append((word, _content(found[1][0].gloss)))
    return rows


def _content(text: str) -> frozenset[str]:
    low = [word for word in tokens.words(text.lower()) if word not in _EMPTY and len(word) > 1]
    return frozenset(_base(word) for word in low) | frozenset(low)


def _inflected(found: frozenset[str]) -> frozenset[str]:
    """The forms beside which the plain form stands, too."""
    return frozenset(word for word in found if _base(word) != word and _base(word) in found)


@cache
def _base(word: str) -> str:
    return next((made for tag in _TAGS if (made := lemmas.lemma(word, tag)) != word), word)


def _weight(word: str) -> float:
    return 1.0 if (frequency.rank(word) or 9_999) < 600 else 1.8
