"""A whole order said back: “Two risottos, the fish and still water, no ice: certainly.”"""

# ruff: noqa: E501 - patterns read best on one line

import re

from language.lexicon.listed import listed
from language.tagging import lemmas

_FOOD = "fish|chicken|pasta|pizza|salad|soup|rice|burger|risotto|lasagne|spaghetti|sandwich|omelette|curry|beef|pork|lamb|salmon|trout|cod|duck|steak|potatoes|vegetables|noodles|meatballs|dumplings|chips|fries|bread|cake|ice cream|dessert|cheese"
_DRINK = "water|wine|juice|beer|tea|coffee|cola|coke|lemonade|milk|espresso|cappuccino"
_ITEM = re.compile(
    rf"\b(?:(the|a|an|one|some|two|three|four|five|six|\d+) )?((?:(?:glass|bottle|cup|pot|plate|bowl)(?:es|s)? of )?(?:(?:grilled|fried|vegetable|tomato|mushroom|chicken|fish|green|mixed|small|big|cheese|beef|onion|orange|apple|red|white|black|sparkling|still|mineral|hot|cold) )*(?:{_FOOD}|{_DRINK})s?(?: with (?:(?:a|some|the) )?(?:(?:green|mixed|tomato|grilled|fried) )?(?:{_FOOD}))?)\b"
    r"|\b(no|without) (ice|sugar|milk|onions?|garlic|cheese|salt|nuts|tomato(?:es)?|mayonnaise|sauce)\b",
    re.I,
)
_MASS = listed(
    "water wine juice tea milk rice pasta spaghetti bread salad soup fish chicken beef pork lamb salmon trout cod duck lasagne chips fries potatoes vegetables noodles meatballs dumplings cheese"
)
_ORDERS = re.compile(
    r"\?|\b(?:was|were|is|are|too|cold|don['’]?t|doesn['’]?t|not|said|ordered|wrong|allerg\w*|mistake|only had|had only|bill|pay|paid)\b",
    re.I,
)
_LEAST = 2
_FIRST_ORDERS = frozenset({"table", "drink", "food"})
_WANTED = re.compile(r"\bplease\b|\b(?:want|would like|['’]d like|take|have|bring)\b", re.I)


def said_back(scene: str, say: str, text: str) -> str:
    """The order as the waiter says it again, where the scene would say (`say`) one thing of it; empty when the message
    orders fewer than two things, or is no order."""
    if scene != "restaurant" or "{1}" not in say or _ORDERS.search(text):
        return ""
    things = [_thing(match) for match in _ITEM.finditer(text)]
    if sum(not one.startswith("no ") for one in things) < _LEAST:
        return ""
    listed_ = f"{', '.join(things[:-1])} and {things[-1]}" if not things[-1].startswith("no ") else ", ".join(things)
    return f"{listed_[:1].upper()}{listed_[1:]}: certainly."


def later(scene: str, step: str, text: str) -> str:
    """An order when the main dishes were ordered already, said back; empty when the message is none."""
    if scene != "restaurant" or step in _FIRST_ORDERS or _ORDERS.search(text) or not _WANTED.search(text):
        return ""
    things = [_thing(match) for match in _ITEM.finditer(text)]
    ordered = [one for one in things if not one.startswith("no ")]
    if not ordered or (len(ordered) < _LEAST and step == "bill"):
        return ""
    said = f"{', '.join(things[:-1])} and {things[-1]}" if len(things) > 1 else things[0]
    return f"{said[:1].upper()}{said[1:]}: certainly, it comes at once."


def _thing(match: re.Match[str]) -> str:
    if match.group(3):
        return f"no {match.group(4).lower()}"
    count, what = (match.group(1) or "").lower(), match.group(2).lower()
    last = what.split()[-1]
    if " with " in what or count in {"", "the", "a", "an", "one", "some", "1"} or last in _MASS or " of " in what:
        return f"{count} {what}".strip()
    return f"{count} {what.removesuffix(last)}{last if last.endswith('s') else lemmas.plural(last)}"
