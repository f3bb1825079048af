# ruff: noqa: E501 - tables of words
"""Common nouns by how they are counted, and the articles they need."""

from functools import cache

from language.lexicon.listed import listed

IRREGULAR_PLURALS = {
    "child": "children", "man": "men", "woman": "women", "person": "people", "foot": "feet", "tooth": "teeth",
    "mouse": "mice", "wife": "wives", "life": "lives", "knife": "knives", "leaf": "leaves", "half": "halves",
    "shelf": "shelves", "wolf": "wolves", "thief": "thieves", "potato": "potatoes", "tomato": "tomatoes", "hero": "heroes",
}  # fmt: skip

# Singular nouns that can be counted and are no common verb form, so that number mistakes show.
COUNTABLE = listed(
    """
    accident activity adult afternoon classroom evening morning owner rule button adventure animal apartment apple area article artist aunt baby bag banana bedroom
    bicycle bike bird book bottle boy brother building bus car cat chair child church cinema city classmate
    coat colleague college company computer cookie country cousin cup customer daughter day desk dictionary
    difference difficulty disadvantage advantage doctor dog door ear egg employee engineer exam example eye
    factory family father festival film flat floor flower foreigner friend game garden gift girl grandfather
    grandmother grandparent guitar hand hat headache hobby holiday horse hospital hotel hour house husband
    idea island job journey kid kilometre kilometer kitchen language leg lesson letter library life lunchbox
    magazine man meal meeting member message mile minute mistake moment month mother mountain mouse movie
    museum neighbour neighbor newspaper night nurse office opinion opportunity orange parent party passenger
    pen pencil person phone photo picture pizza planet player poem politician potato problem product programme
    project question reason recipe restaurant river room sandwich scientist sea season sentence shirt shoe
    shop singer sister skill skirt smartphone snake solution song son soldier stadium story street student
    subject supermarket teacher team teenager thing ticket tomato topic tourist town tree uncle university
    vegetable village visitor week weekend wife window woman word worker writer year zoo
    """
)
# Of these a plural noun can follow "this", "one of the" and a number, or the noun is often the first half of another.
COLLECTIVE = listed("family group team class crew staff company government band police family")

UNCOUNTABLE = listed(
    """
    snow fun luck
    advice baggage equipment evidence furniture happiness homework housework information knowledge luggage
    money music pollution progress rice software traffic transportation unemployment weather bread electricity
    health news research garbage rubbish trash jewellery jewelry scenery
    """
)
WRONG_PLURALS = {
    "advices": "advice", "informations": "information", "furnitures": "furniture", "homeworks": "homework",
    "equipments": "equipment", "knowledges": "knowledge", "luggages": "luggage", "baggages": "baggage",
    "softwares": "software", "moneys": "money", "traffics": "traffic", "musics": "music", "evidences": "evidence",
    "feedbacks": "feedback", "sceneries": "scenery", "stuffs": "stuff", "transportations": "transportation",
    "houseworks": "housework", "pollutions": "pollution", "weathers": "weather", "electricities": "electricity",
    "childs": "children", "childrens": "children", "mans": "men", "womans": "women", "mens": "men", "womens": "women",
    "foots": "feet", "feets": "feet", "tooths": "teeth", "teeths": "teeth", "mouses": "mice", "wifes": "wives", "knifes": "knives",
    "lifes": "lives", "leafs": "leaves", "shelfs": "shelves", "potatos": "potatoes", "tomatos": "tomatoes",
    "countrys": "countries", "citys": "cities", "familys": "families", "partys": "parties", "babys": "babies", "storys": "stories",
    "hobbys": "hobbies", "universitys": "universities", "ladys": "ladies", "differents": "different",
    "importants": "important", "beautifuls": "beautiful", "interestings": "interesting", "usefuls": "useful",
    "happys": "happy", "persones": "people", "sheeps": "sheep", "fishs": "fish", "gooders": "better",
}  # fmt: skip
PERSONS = listed(
    """
    accountant actor architect astronaut biologist cleaner dancer director firefighter guide model pharmacist photographer player psychologist receptionist surgeon translator artist baker chef cook dentist designer developer doctor driver engineer farmer journalist
    lawyer manager mechanic musician nurse pilot policeman politician programmer scientist secretary singer
    soldier student teacher tourist waiter waitress writer vet
    """
)
# Things one owns, sees, buys or wants: a singular of these never stands alone after such a verb.
OBJECTS = listed(
    """
    apple bag bicycle bike bird book boyfriend brother car cat chair coat computer cousin daughter dictionary
    dog garden gift girlfriend guitar hat hobby horse house husband idea job laptop letter magazine meeting
    movie museum newspaper pen pencil phone picture problem question sandwich shirt sister skirt
    smartphone son suitcase ticket wallet wife hamburger
    """
)
THE_PLACES = listed(
    """
    cinema supermarket beach park airport gym bank museum station mall library zoo theatre theater swimming
    pool doctor dentist mountains countryside seaside shop market
    """
)


def plural(noun: str) -> str:
    """The plural of a noun."""
    if noun in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[noun]
    if noun.endswith(("s", "sh", "ch", "x", "z")):
        return noun + "es"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


@cache
def plurals() -> dict[str, str]:
    """Plural → singular of the countable nouns."""
    return {plural(noun): noun for noun in COUNTABLE}
