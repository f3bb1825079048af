"""What the learner wants from one message, by patterns."""

# ruff: noqa: E501 - a table reads best with one line an entry

import re
from dataclasses import dataclass
from typing import Literal

from language.tutor import turns

Kind = Literal[
    "silence", "identity", "meaning", "difference", "check", "unclear", "topic", "translate", "capabilities",
    "refusal", "thanks", "goodbye", "greeting", "answer",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Intent:
    """`argument` is the word, sentence or subject that the message is about; `other` a second word."""

    kind: Kind
    argument: str = ""
    other: str = ""


_Q = "[\"'“”‘’«»]"
_WORD = rf"(?:the word |the expression )?{_Q}?([a-z][a-z' -]{{0,30}}?){_Q}?"
_END = r"\s*(?:in english)?\s*[?.!]*\s*$"

_TABLE: tuple[tuple[Kind, str], ...] = (
        ("identity", r"\b(who) (?:\w+ )?am i (?:\w+ )?(?:talking|speaking|writing|chatting) (?:to|with)\b|\b(who|what) are you\b(?! doing| going| wear)|\bare you (a |an )?(bot|robot|machine|ai|human|real|chatgpt|gpt|person)\b|\bwhat is your name\b"),
        ("capabilities", r"\bwhat can you do\b|\bhow can you help\b|^\s*help\s*[?.!]*\s*$"),
        ("difference", rf"\bdifferen(?:ce|t) (?:is )?(?:there )?(?:between|of|in)? ?{_WORD} (?:and|from|or) {_WORD}{_END}"),
        ("difference", rf"\bwhen (?:do|should|can|must) (?:i|we|you) (?:use|say) {_WORD} (?:and|or|and when|or when|instead of) {_WORD}{_END}"),
        ("difference", rf"\bwhen (?:do|should|can|must) (?:i|we|you) (?:use|say) {_WORD} (?:rather than|and not|or rather) {_WORD}{_END}"),
        ("check", rf"\b(?:so )?(?:could|can|would|may|do|should) (?:i|we|you) (?:also |then |really )?say[:,]? {_Q}(.{{3,}}?){_Q}\W*$"),
        ("check", rf"\bis {_Q}?(?!(?:it|that|this|he|she|my|your|everything|all|the|there|what)\b)([a-z' -]{{3,40}}?){_Q}? (?:ever |really |also )?(?:correct|right|good english|possible|ok|okay)\W*$"),
        ("difference", rf"\b(?:is it|do (?:i|you|we) say|should i (?:say|use)|which is (?:right|correct|better)|what is (?:right|correct|better))[,:]? {_WORD} or {_WORD}{_END}"),
        ("difference", rf"^\W*(?:(?:and|or|what about|how about|the difference)\W+)*between {_WORD} and {_WORD}{_END}"),
        ("difference", r"^\W*[\"'“]?(say|do|make|much|many|in|on|at|for|since|a|borrow|lend|bring|been|its|your|there|then|too|so|who|by|advice|advise)[\"'”]? or [\"'“]?([a-z']+)[\"'”]?\W*$"),
        ("difference", rf"^\W*{_WORD} (?:vs\.?|versus) {_WORD}{_END}"),
        ("unclear", r"\b(?:(?:can|could|would|will) you (?:please )?)?(?:explain|tell|say)(?: to)?(?: me)? what (?:exactly )?(?:do |did )?you (?:mean|meant|want to say)\b|\bwhat (?:exactly )?(?:do|did) you mean(?: exactly| by that| with that| with this)?\W*$|\b(?:say|explain|tell|ask|put|write)(?: me| to me)? (?:it|that|this)(?: to me)? (?:in an? )?(?:more |much )*(?:easy|easier|easily|simple|simpler|simply|slow|slower|slowly|clear|clearer|clearly)(?: way| words)?\b|^\W*(?:sorry,? )?(?:more |too )(?:easy|simple|simply),? please\b"),
        ("unclear", r"\b(?:(?:can|could|would|will) you (?:please )?)?(?:explain|repeat|rephrase|say|ask|put|simplify|reformulate)(?: (?:to )?me)? (?:(?:the|your|that|this|last) )?(?:question|it again|that again|that (?:in|with|more)|it (?:in|with|more)|again|once more|one more time|differently|in (?:other|simpler|easier) words|that differently|that)\b(?! word)(?!.*[\"“])\W*(?:please|in (?:other|simpler|easier) (?:words|terms))?\W*$|\bwhat do you mean\W*$|\b(?:rephrase|reword|simplify) (?:that|it|the question|your question)\b|^\W*(?:sorry,? )?(?:i (?:no|not|don['’]?t|can['’]?t) (?:understand|follow|get it)|i did(?:n['’]?t| not) (?:understand|get|catch) (?:that|it|you|the question))\W*$"),
        ("meaning", rf"\bwhat (?:exactly |actually )?(?:does|do|did) {_Q}([a-z][a-z' -]{{0,40}}?){_Q} means?\b"),
        ("meaning", rf"\bi (?:don['’]?t|do not) (?:know|understand) (?:the|this|that) (?:word|expression)[:,]? {_WORD}{_END}"),
        ("meaning", rf"\bwhat (?:exactly |actually )?(?:does|do|did) {_WORD}(?: exactly| actually)? means?{_END}"),
        ("meaning", rf"\bwhat (?:does|do) (?:it|this|that) mean[,:]? {_WORD}{_END}"),
        ("meaning", rf"\b(?:what (?:is|'s|’s) )?(?:the )?(?:meaning|definition) (?:of|for) {_WORD}{_END}"),
        ("meaning", rf"\bwhat (?:means?|is means) {_WORD}{_END}"),
        ("meaning", rf"\bwhat {_WORD} means?{_END}"),
        ("meaning", rf"(?:^\W*|\b(?:can|could|would|will) you (?:please )?|\bplease )(?:define|explain)(?: to)?(?: me)?(?: what| the meaning of)? (?!(?:me |this |it )?(?:why|how|it|that|this|again)\b){_WORD}(?: means?)?{_END}"),
        ("meaning", rf"\bi (?:don['’]?t|do not) (?:know|understand) (?:(?:the (?:word|expression|meaning of)) {_WORD}(?: means?)?|what {_WORD} means?){_END}"),
        ("meaning", rf"\b(?:do you know|what is|what's|what’s|tell me) the (?:word|expression) {_Q}?([a-z][a-z' -]{{0,30}}?){_Q}?{_END}"),
        ("meaning", rf"\bwhat do you mean (?:by|with) {_WORD}{_END}"),
        ("meaning", rf"^\W*(?:(?:and|so|ok|sorry|please)\W+)*(?:what(?: is|['’]s| are)) (?:an? )?(?!(?:it|this|that|wrong|new|there|up|he|she|they|you|your|my|happening|on|next|right|correct|better|english|the|these|those|for|good|bad)\b){_Q}?([a-z-]+){_Q}?\s*\??\s*$"),
        ("meaning", rf"^\W*{_Q}?([a-z-]{{3,20}}){_Q}? (?:meaning|definition)\W*$"),
        ("check", rf"\b(?:is (?:it|this) (?:correct|right|ok)(?: to say)?|(?<!how )(?<!what )can i say|(?:^|(?:please|you|and|so) )(?:correct|check)(?: this| me)?(?: sentence)?\b(?! (?:my|the|your|our|if|whether)(?: \w+){{1,2}}\W*$))\s*[:,]?\s*(?!(?:it|that|this|them|me)\b\W*$){_Q}?(.{{3,}}?){_Q}?\s*[?]?\s*$"),
        ("translate", r"\bhow (?:do|can|would) (?:you|i|we) say\b(.{0,60})|\btranslate\b(.{0,60})"),
        ("refusal", r"\b(?:don['’]?t|do not) (?:really )?(?:want|like|wish|feel like|need) (?:to )?(?:talk\w*|speak\w*|discuss\w*|answer|say) ?(?:about|that|it|this)?\b(?! english)|\bi(?:['’]d| would) rather not(?= (?:talk|speak|say|answer|discuss|tell|go into)\b|\W*$)|\bnone of your business\b|\bthat(?:['’]s| is) private\b|\b(?:don['’]?t|do not) (?:really )?(?:want|like|wish|feel like|need)\b[^.!?]{0,20}\b(?:role ?-?plays?|scene|to play|to practi[sc]e|to do (?:that|this))\b|^\W*(?:no,? )?no (?:scene|role ?-?play)s?\b"),
        ("unclear", r"^\W*(?:what|huh|pardon|excuse me|sorry)\W*\?\W*$|\b(?:i (?:no|not) understand|(?<!if )(?<!when )(?<!what )(?<!that )i (?:don['’]?t|didn['’]?t|do not|did not|can['’]?t) understand|can you repeat|repeat,? please|say (?:that|it) again|pardon|what did you say|i don['’]?t get it|slower|more slowly|too difficult|simpler)\b"),
        ("topic", r"\b(?:let['’]?s (?:talk|speak|discuss)|can (?:we|you) (?:talk|speak|discuss)(?: with me)?(?= about\b)|can we (?:talk|speak|discuss)|i(?: want| would like|'d like|’d like)(?: to)? (?:talk|speak|discuss)(?! (?:to|with)\b(?!.*\babout\b))(?: (?:to|with) (?:you|me|somebody|someone))?|chang(?:e|ing) the (?:topic|subject)|another (?:topic|question)|(?:^|[.!?,] )\W*(?:an? )?(?:other|different|new) (?:topic|subject|question|theme)(?=,? please\W*$|\W*$)(?:,? please)?|ask me (?:about )?(?=something (?:else|different|new))|(?:fed up|tired|bored|enough) (?:of|with) (?:talking|speaking|this (?:topic|subject))\b(?=.*(?:something|another)))\b(?: about)?(.*)"),
        ("goodbye", r"^\s*(?:ok[, ]*)?(?:thanks|thank you)\b[^?]*\b(?:good ?bye|bye|see you|good night)(?: later| soon| tomorrow)?\W*$|^\s*(?:ok[, ]*)?(?:good ?bye|bye(?: bye)?|see you(?: later| soon| tomorrow)?|i (?:have|must|need) to go(?: now)?|good night|[^?]*[.!,] ?(?:good ?bye|bye|see you|good night)(?: later| soon| tomorrow)?(?=\W*$)|let['’]?s (?:stop|finish|end)(?: here| now| it here| for today)?\W*$|that(?:['’]s| is) (?:all|it|enough) for (?:today|now))\b|^\W*(?:(?:right|well|ok|okay|anyway|thanks|now|so)\W+)*(?:i(?:['’]d better|['’]d best| should(?: really)?| must| have to|['’]ve got to| need to| gotta)|time to|i(?:['’]m| am)) (?:be off|be going|get going|head off|off|dash|run)(?: now| then)?(?=\W*$|[.,!]\s)|(?:^|[.!] ?)take care(?: of yourself)?\W*$"),
        ("thanks", r"^\s*(?:ok[, ]*)?(?:thanks|thank you)\b[^?]{0,30}$"),
        ("greeting", r"^\s*(?:hi|hello|hey|good (?:morning|afternoon|evening))\b[\s,!.]*(?:there|parley|teacher|tutor)?[\s,!.]*(?:how are you(?: today)?\??)?\s*[!.?]*\s*$"),
)  # fmt: skip
_ASIDE = re.compile(
    r"^\W*(?:and|so|but|ok|okay|well|thanks|thank you|by the way)\b[\s,]*|,? (?:by the way|please|exactly|again|then)(?=\W*$)",
    re.I,
)
_OF_WORDS = frozenset({"meaning", "difference", "check"})
_QUOTED = re.compile(r"[\"“‘]([A-Za-z][A-Za-z' -]{1,30})[\"”’]")
_OF_QUOTED = re.compile(
    r"\bwhat (?:exactly )?(?:does|do) (?:it|this|that) (?:really )?means?(?: exactly| here| then)?\W*$", re.I
)
_PATTERNS = [(kind, re.compile(pattern, re.I)) for kind, pattern in _TABLE]


def classify(text: str) -> Intent:
    """The first pattern that fits; a message without a letter is `silence`, anything else an `answer`."""
    if not any(character.isalnum() for character in text):
        return Intent("silence")
    if (quoted := _QUOTED.search(text)) is not None and _OF_QUOTED.search(text):
        return Intent("meaning", quoted.group(1))
    for kind, pattern in _PATTERNS:
        if match := pattern.search(text):
            groups = [group.strip() for group in match.groups() if group and group.strip()]
            return Intent(kind, *(groups[:2] if kind not in ("identity",) else ()))
    for one in turns.sentences(text[:1_000]):
        alone = _ASIDE.sub("", one).strip()
        if alone != text.strip() and one.endswith("?") and (found := classify(alone)).kind in _OF_WORDS:
            return found
    return Intent("answer")
