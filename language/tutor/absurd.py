"""Questions to a part that no yes and no place can answer: forbidden goods, what is no ware, its private life."""

# ruff: noqa: E501 - patterns read best on one line

import re
from collections.abc import Sequence

from language.tutor import turns

_HAVE = r"\b(?:have|has|got|get|buy|sell|sells|selling|offer|rent|order|borrow|bring|take|carry|keep|find|cost|costs|where|how much|is there|are there|recommend)\b"
_TOY = r"(?<!\btoy )(?<!\btoys )(?<!\bplay )(?<!\bwater )(?<!\bglue )(?<!\bnerf )(?<!\bspray )(?<!\bpaint )(?<!\bstaple )(?<!\bmassage )(?<!\bplastic )(?<!\bchocolate )(?<!\bbath )(?<!\bplush )(?<!\bstuffed )(?<!\bwooden )(?<!\binflatable )"
"""What follows is no real weapon and no living animal: “toy guns”, “bath bombs”, “stuffed elephants”."""
_FORBIDDEN = re.compile(
    rf"\b(?:{_TOY}(?:weapons?|(?:hand ?)?guns?(?! (?:control|shop))|pistols?|rifles?|bombs?|grenades?|bullets?(?! (?:trains?|points?|journals?)\b))|explosives?|ammunition|cocaine|heroin|marijuana|cannabis|(?<!\bprescription )drugs(?! ?stores?\b| (?:for|against) (?!(?:a |the |my |our |fun\b)?(?:\w+ )?(?:party|parties|fun|friends?)\b))|(?<!\brat )(?<!\bmouse )(?<!\bant )poison(?! ivy)|(?:fake|false|forged|stolen) (?:passports?|money|ids?|papers|visas?|documents?|watch(?:es)?|phones?))\b",
    re.I,
)
_ABSTRACT = re.compile(
    r"\b(?:the truth|true love|love|happiness|(?:the )?meaning of life|(?:my |a |the )?souls?|god|good luck|luck|justice|freedom|world peace|peace|wisdom|courage|eternal life|(?:my|your|our) (?:youth|heart)|the future|the past)\b(?=\W*$|,? (?:here|please|in (?:your|this|the) \w+|for me|today|then)\W*$)",
    re.I,
)
_UNHEARD_OF = re.compile(
    rf"\b{_TOY}(?:elephants?|lions?|tigers?|crocodiles?|dinosaurs?|unicorns?|dragons?|(?:space ?ships?|rockets?)|aeroplanes?|helicopters?|tanks?|submarines?|ufos?|aliens?|time machines?|flying carpets?|ghosts?|slaves?|(?:the|a) (?:moon|sun)|mars)\b(?=\W*$|,? (?:here|please|in (?:your|this|the|my) \w+|for me|today|for sale|too|also|somewhere)\W*$)",
    re.I,
)
_KIN = r"(?:wife|husband|boyfriend|girlfriend|partner|children|kids|sons?|daughters?|baby|mother|father|mum|mom|dad|parents|brothers?|sisters?|family)"
_ALONE = rf"(?=,?(?: (?:and|or) (?:your |an? |any )?{_KIN})?(?:,? (?:too|also|then|now|today|please|here|yourself|of your own|at home|per (?:month|year)|at the moment))*\W*$|,? (?:at home|of your own|do|does|works?|working|lives?|living|doing|called|old|beautiful|pretty|ill|sick|well|from)\b)"
"""Behind a word of private life that is meant itself: not “your baby food”, “your age limit”, “children's menus”."""
_PRIVATE = re.compile(
    rf"\b(?:where|who|how|what|when|why|is|are|do|does|did|have|has|can|would)\b[^.?!]*\byour (?:own |ex-?|little |big )?(?:{_KIN}|religion|age|weight|private life|love life|salary|bank account|home address)\b{_ALONE}"
    rf"|\bare you (?:already |still )?(?:married|single|divorced|in love|pregnant|religious|rich|a virgin|gay)\b|\bhow old are you\b|\bhow much (?:money )?do you (?:earn|make|weigh)\b|\b(?:will|would|can|could|do) you (?:marry|kiss|love|date) me\b|\bdo you have (?:a |any )?(?:wife|husband|boyfriend|girlfriend|children|kids)\b{_ALONE}",
    re.I,
)
_KEEPS_PRIVATE = (
    "I'd rather keep my private life out of this, if you don't mind.",
    "That is private, I'm afraid.",
)
_NOT_ALLOWED = ("No, certainly not. That isn't allowed here.", "No, I'm afraid that is against the law.")
_NOT_HERE = ("No, I'm afraid there is nothing like that here.", "I'm sorry, we really haven't got that.")
_TOO_BIG = (
    "That is a big question, and I'm afraid nobody here can answer it.",
    "I wish I knew that myself.",
)
_ASKED_HOME = re.compile(rf"\bwhere(?: is|['’]s| are)\b[^.?!]*\byour (?:{_KIN})\b", re.I)


def answer(text: str, said: Sequence[str], scene: str, *, privately: bool = False) -> str | None:
    """What the part answers to such a question; None when the message asks none. `privately`: as somebody met by
    chance, who may tell of a family."""
    for one in turns.sentences(text):
        if "?" not in one:
            continue
        if privately and _ASKED_HOME.search(one):
            return "At home today, I think."
        lines = _lines(one, scene, privately)
        if lines:
            return turns.fresh(lines, said) or lines[-1]
    return None


def _lines(question: str, scene: str, privately: bool) -> tuple[str, ...]:
    if not privately and scene != "doctor" and _PRIVATE.search(question):
        return _KEEPS_PRIVATE
    if re.search(_HAVE, question, re.I) is None:
        return ()
    if scene != "doctor" and _FORBIDDEN.search(question):
        return _NOT_ALLOWED
    if _ABSTRACT.search(question):
        return _TOO_BIG
    return _NOT_HERE if _UNHEARD_OF.search(question) else ()
