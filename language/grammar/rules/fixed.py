# ruff: noqa: E501 - one row of a table a line reads best
"""Articles, comparisons, negation and missing apostrophes in fixed neighbourhoods."""

from collections.abc import Iterator

from language.correction import Correction
from language.document import Document
from language.grammar.rules import phrases
from language.grammar.rules.phrases import Phrase
from language.lexicon import nouns, words

A, C, N, P, S = "article", "comparison", "negation", "punctuation", "spelling"

_PLACES = "|".join(sorted(nouns.THE_PLACES - {"pool", "swimming"}))
_COUNTRIES = (
    "england|germany|japan|china|spain|italy|france|brazil|mexico|india|canada|poland|russia|korea|australia|egypt"
)
_MORE_THAN = "|".join((*words.SHORT_ADJECTIVES, *words.PREDICATIVE))  # "more sad than angry" compares two words
_NOT = "(?:don't|doesn't|didn't|can't|cannot|couldn't|won't|wouldn't|haven't|hasn't|hadn't|isn't|aren't|wasn't|never|(?:do|does|did|can|could|will|would|have|has|had) not)"
_APOSTROPHES = {
    "dont": "don't", "doesnt": "doesn't", "didnt": "didn't", "isnt": "isn't", "arent": "aren't", "wasnt": "wasn't",
    "werent": "weren't", "hasnt": "hasn't", "havent": "haven't", "hadnt": "hadn't", "couldnt": "couldn't",
    "wouldnt": "wouldn't", "shouldnt": "shouldn't", "(?-i:im|Im)": "I'm", "ive": "I've", "youre": "you're", "theyre": "they're",
    "shes": "she's", "whats": "what's", "thats": "that's", "cant": "can't", "(?<!was )(?<!is )(?<!were )(?<!are )(?<!his )(?<!her )(?<!their )wont(?! to)": "won't", "youve": "you've",
    "weve": "we've", "theyve": "they've",
}  # fmt: skip
_JOINED = {
    "aswell": "as well", "infact": "in fact", "eachother": "each other", "noone": "no one", "incase": "in case",
    "ofcourse": "of course", "atleast": "at least", "inspite": "in spite", "nevermind": "never mind", "everytime": "every time",
    "highschool": "high school", "icecream": "ice cream", "bestfriend": "best friend",
}  # fmt: skip

TABLE = (
    Phrase(A, rf"(go|goes|going|went|come|came|drive|drove|walk|walked|get|got|gone|run|ran) to ({_PLACES}){{END}}(?! (?:it|them|him|her|around|for|at|there|here)\b)", r"\1 to the \2", "A place that both of you know takes “the”."),
    Phrase(A, r"in (morning|afternoon|evening){END}", r"in the \1", "Say “in the morning”."),
    Phrase(A, r"at (weekend|moment){STOP}", r"at the \1", "Say “at the weekend”, “at the moment”."),
    Phrase(A, r"(all over|around|in) world{END}", r"\1 the world", "There is one world: “the world”."),
    Phrase(A, r"most of time{END}", "most of the time", "Say “most of the time”."),
    Phrase(A, r"(is|are|was|were|have|has|had|in|at|of|on|for|like|do|did|from|buy|wear|study) same(?= (?!as\b)\w|{STOP}| as)", r"\1 the same", "“Same” takes “the”."),
    Phrase(A, r"(?:the|a|an) (?-i:(my|your|his|our|their|its))(?= \w)", r"\1", "One determiner is enough."),
    Phrase(A, rf"(in|to|from|of|visit|visited) the ({_COUNTRIES}){{END}}(?! (?:and|or|of|in|that|which|he|she|we|they|I)\b)", r"\1 \2", "Names of countries like this one take no article."),
    Phrase(A, r"(he's|she's|i'm|am|is|was) (best|worst|oldest|youngest|tallest)(?= (?:friend|student|player|girl|boy|teacher) (?:in|of)\b)", r"\1 the \2", "A superlative takes “the”."),
    Phrase(A, r"(is|was|are|were) (most (?:important|beautiful|popular|interesting|difficult|famous|expensive|dangerous))(?= (?:thing|place|city|person|problem|part|country|sport|language|book|day|people|in|of)\b)", r"\1 the \2", "A superlative takes “the”."),
    Phrase(A, r"(is|was) (biggest|smallest|best|worst|oldest|tallest|largest|highest|longest|youngest)(?= (?:city|thing|place|person|problem|part|country|day|in|of(?! all\b)|mountain|river|player|student|building)\b)", r"\1 the \2", "A superlative takes “the”."),
    Phrase(A, r"(it was|it is|it's|was|is) (?=(?:very |really )?(?:good|great|nice|interesting|beautiful|bad|big|small|wonderful|long|difficult) (?:day|idea|experience|book|film|movie|place|city|problem|trip|story|game|party|house|restaurant|hotel|journey|country|teacher|friend|person){STOP})", r"\1 a ", "A single countable thing takes an article."),
    Phrase(C, r"more (better|worse|bigger|smaller|easier|faster|cheaper|older|younger|taller|higher|longer|stronger|happier|nicer|richer|safer|healthier|harder|hotter|colder)\b", r"\1", "The ending -er is enough; leave out “more”."),
    Phrase(C, r"most (best|worst|biggest|smallest|easiest|fastest|cheapest|oldest|tallest|highest|longest|happiest|nicest)\b", r"\1", "The ending -est is enough; leave out “most”."),
    *(
        Phrase(C, rf"more {adjective}(?= than\b)(?! than (?:{_MORE_THAN})\b)", comparative, f"The comparative of “{adjective}” is “{comparative}”.")
        for adjective, comparative in words.SHORT_ADJECTIVES.items()
        if adjective not in {"good", "bad"}
    ),
    Phrase(A, r"(protect|save|love|loves|respect|destroy|in|about|to) the (nature|society){STOP}", r"\1 \2", "In general “nature” takes no article."),
    Phrase(A, r"(is|like|likes|love|hate|study|studies|teaches|than|and) the (maths|mathematics|biology|chemistry|physics)\b(?! (?:teacher|lesson|class|exam|test|of|book|department))", r"\1 \2", "Subjects at school take no article."),
    Phrase(A, r"the most (people|students|children|teenagers|parents|young people)(?= (?:think|say|have|are|like|believe|don't|do|know|want|live|use|work|need|prefer|spend|go)\b)", r"most \1", "“Most people” takes no article."),
    Phrase(A, r"(eat|eats|ate|drink|drinks|drank|buy|bought|have|had) a (milk|bread|rice|butter|meat|cheese|water|sugar|toast){END}", r"\1 \2", "What cannot be counted takes no “a”."),
    Phrase(A, r"in (kitchen|garden|bathroom|living room|bedroom|city centre|countryside|library|street)(?= (?:is|are|there|we|i|my|and|with|because)\b|\s*[.,])", r"in the \1", "A place that both of you know takes “the”."),
    Phrase(A, r"(there (?:is|was)) (bed|desk|table|sofa|park|garden|supermarket|school|problem|shop|lamp|window|kitchen|bathroom|river|lake|hotel|museum|cat|dog|tree|restaurant)(?= (?:and|in|on|near|with|next|behind)\b|\s*[.,])", r"\1 a \2", "A single countable thing takes an article."),
    Phrase(A, r"((?:i|he|she) (?:was|am|is)|when (?:i|he|she) was) (child|kid|boy|girl|teenager|baby)(?=\s*[.,]| and| we| i| she| he| my)", r"\1 a \2", "A single person takes an article."),
    Phrase(A, r"(ride|rides|drive|drives|rode|drove) (bicycle|bike|car|horse|motorbike|bus){END}", r"\1 a \2", "A single countable thing takes an article."),
    Phrase(A, r"(think|believe|say|love|like|likes) (?:that )?the (?=city life\b|life is\b|love is\b|happiness is\b|friendship is\b)", r"\1 ", "In general this takes no article."),
    *(
        Phrase(
            C, rf"(?:the most {adjective}(?= \w+)(?! (?:of|people|and)\b))", f"the {comparative[:-1]}st", "Short adjectives take -est."
        )
        for adjective, comparative in words.SHORT_ADJECTIVES.items()
        if adjective not in {"good", "bad"}
    ),
    *(
        Phrase(
            C,
            rf"(be|is|are|was|were|feel|feels|became|become|much|it's) more {adjective}(?= (?:and|but|because|in|for|now|here|today|if|when)\b|\s*[.,!?])",
            rf"\1 {comparative}",
            "Short adjectives take -er.",
        )
        for adjective, comparative in words.SHORT_ADJECTIVES.items()
        if adjective not in {"good", "bad"}
    ),
    Phrase(A, r"on other hand\b", "on the other hand", "Say “on the other hand”."),
    Phrase(C, r"(?<!do )(?<!does )(?<!did )more good\b(?! (?:news|things|people|i|you|he|she|it|we|they|will|to|than|\w+s(?! than))\b)", "better", "The comparative of “good” is “better”."),
    Phrase(C, r"more bad\b(?! (?:news|things|people))", "worse", "The comparative of “bad” is “worse”."),
    Phrase(C, r"(?<!do )(?<!does )(?<!did )(?<!doing )the most good\b(?=\s*[.,!?]| (?:thing|friend|way|place|student|teacher|player)s?\b)", "the best", "The superlative of “good” is “best”."),
    Phrase(C, r"the most bad\b", "the worst", "The superlative of “bad” is “worst”."),
    Phrase(C, r"(?:gooder|more well)\b", "better", "The comparative of “good” and “well” is “better”."),
    Phrase(C, r"badder\b", "worse", "The comparative of “bad” is “worse”."),
    Phrase(C, r"the (?:goodest|bestest)\b", "the best", "The superlative of “good” is “best”."),
    Phrase(C, r"(as|so) (good|tall|big|fast|old|beautiful|important|expensive) like(?= )", r"as \2 as", "“As … as” compares equals."),
    Phrase(C, r"(bigger|smaller|better|worse|older|younger|taller|faster|cheaper|easier|higher|longer|stronger|nicer|more \w+) that(?= (?:my|your|his|her|our|their|me|him|mine|yours|last|other)\b)", r"\1 than", "Comparisons take “than”."),
    Phrase(C, r"(the same) (?:like|than|that)(?= (?:my|your|his|her|our|their|me|him|in|mine|yours|you|before)\b)", r"\1 as", "Say “the same as”."),
    Phrase(N, rf"({_NOT} (?:\w+ ){{{{0,3}}}}?)(?<!to do )nothing\b(?! but)", r"\1anything", "Two negatives make a positive; one is enough."),
    Phrase(N, rf"({_NOT} (?:(?!that )\w+ ){{{{0,2}}}}?)(?:nobody|no one)\b", r"\1anybody", "Two negatives make a positive; one is enough."),
    Phrase(N, rf"({_NOT} (?:\w+ )??)nowhere\b", r"\1anywhere", "Two negatives make a positive; one is enough."),
    Phrase(N, rf"({_NOT} (?:have|has|had|got|want|need|see|know|eat|like|be|get|find|make|buy|drink|do|wants|saw)) no(?= \w+)(?! (?:one|matter|longer|more|idea than)\b)", r"\1 any", "Two negatives make a positive; one is enough."),
    Phrase(N, r"(don't|doesn't|didn't|can't|couldn't) never", r"\1 ever", "Two negatives make a positive; one is enough."),
    Phrase(N, r"(nobody|no one|nothing) (?:doesn't|don't) (\w+)", r"\1 \2s", "“Nobody” is negative already."),
    Phrase(N, r"(nobody|no one) (?:can't|cannot)", r"\1 can", "“Nobody” is negative already."),
    Phrase(N, r"(nobody|no one|nothing) (?:isn't|aren't)", r"\1 is", "“Nobody” is negative already."),
    Phrase(N, r"(nobody|no one|nothing) wasn't", r"\1 was", "“Nobody” is negative already."),
    Phrase(N, r"without no(?= \w)(?! doubt)", "without any", "“Without” is negative already."),
    Phrase(N, r"(?<!do )(?<!did )(?<!does )(?<!can )(?<!could )(?<!should )(?<!would )(?<!will )(?<!if )(?<!may )(?<!might )(?<!must )(?<!shall )(?<!need )(?<!had )(?<!have )(?<!are )(?<!were )(?<!that )(i|we|they|you) (?:not|no) (have|like|want|know|go|eat|understand|need|live|work|play|see)\b", r"\1 don't \2", "A negative takes “don't”."),
    Phrase(N, r"(he|she) (?:not|no) (?:has|have)\b", r"\1 doesn't have", "A negative takes “doesn't”."),
    Phrase("missing_word", r"(?:^|(?<=[.!] ))is(?= (?:a|an|the|very|not|so|really|my|important|difficult|good|beautiful|near|interesting)\b[^?\n.!]{2,80}[.!])", "It is", "An English sentence needs a subject."),
    Phrase("missing_word", r"(?:^|(?<=[.!?] ))is(?= (?:possible|necessary|okay|ok)(?:\s*\?| (?:to|that|for|on|in|if|at)\b[^?\n.!]{2,60}\?))", "Is it", "An English sentence needs a subject."),
    Phrase(N, r"(?:(?<=^)|(?<=[.!?,] )|(?<=but )|(?<=and )|(?<=because ))(i)(?: am|'m) not (understand|want|know|need|remember|believe)\b", r"\1 don't \2", "A verb is made negative by “don't”."),
    Phrase(N, r"(?:(?<=^)|(?<=[.!?,] )|(?<=but )|(?<=and )|(?<=because ))(i)(?: am|'m) not like(?= (?:(?:fish|meat|coffee|tea|milk|football|music|sport|school|cheese|vegetables|chocolate|cats|dogs|it)(?:\s*(?:[.,!]|$)| (?:and|or|but|because|very)\b)|to (?:go|eat|drink|play|work|get|cook|study|speak|read|travel)\b))", r"\1 don't like", "A verb is made negative by “don't”."),
    Phrase(N, r"without nothing", "without anything", "“Without” is negative already."),
    *(Phrase(P, rf"(?<![-'@/.]){wrong}\b(?![-'@/])", right, "An apostrophe is missing.") for wrong, right in _APOSTROPHES.items()),
    *(Phrase(S, rf"{wrong}\b", right, "These are two words.") for wrong, right in _JOINED.items()),
)  # fmt: skip


def find(document: Document) -> Iterator[Correction]:
    """Corrections by the rules of this module."""
    return phrases.find(document, TABLE)
