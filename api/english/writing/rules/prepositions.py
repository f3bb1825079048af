# ruff: noqa: E501 - one row of a table a line reads best
"""Prepositions of fixed phrases."""

from collections.abc import Iterator

from api.english.writing.document import Document
from api.english.writing.report import Correction
from api.english.writing.rules import phrases
from api.english.writing.rules.phrases import Phrase

K = "preposition"

TABLE = (
    # In, on, at with times and places
    Phrase(K, r"(?:in|at)(?= (?:(?:next|last) )?{DAY}\b)(?! (?:next|last))", "on", "Days of the week take “on”."),
    Phrase(K, r"on(?= {MONTH}{STOP})", "in", "Months take “in”."),
    Phrase(K, r"(?:on|at)(?= (?:19|20)\d\d{STOP})", "in", "Years take “in”."),
    Phrase(K, r"(?:in|on)(?= (?:\d{1,2}(?::\d\d)?|{NUM}|eleven) ?(?:o'clock|am\b|pm\b|a\.m\.|p\.m\.))", "at", "Clock times take “at”."),
    Phrase(K, r"(?:on|at) the (morning|afternoon|evening)(?! of\b| \w*(?:day|june|july))", r"in the \1", "Parts of the day take “in the”."),
    Phrase(K, r"in the (weekends?){END}", r"at the \1", "Say “at the weekend” or “on the weekend”."),
    Phrase(K, r"in (?:the )?night{STOP}", "at night", "Say “at night”."),
    Phrase(K, r"in home{END}", "at home", "Say “at home”."),
    Phrase(K, r"(go|goes|going|went|gone|come|comes|came|get|gets|got|return|returned) to home\b(?! \w*(?:town|page))", r"\1 home", "“Home” takes no “to” after verbs of motion."),
    Phrase(K, r"(go|goes|going|went|come|comes|came) to (here|there)\b", r"\1 \2", "“Here” and “there” take no “to”."),
    Phrase(K, r"(arrives?|arrived|arriving) to(?= (?:the|my|your|his|her|our|their) )", r"\1 at", "One arrives “at” a place (or “in” a city or country)."),
    Phrase(K, r"(arrives?|arrived|arriving) to(?= (?:{DAY}|(?-i:[A-Z])))", r"\1 in", "One arrives “in” a city or country."),
    Phrase(K, r"(arrives?|arrived|arriving) to home\b", r"\1 home", "“Home” takes no preposition here."),
    Phrase(K, r"since(?= (?:about )?{NUM} {UNIT}(?! ago)\b)", "for", "“For” gives the length of time, “since” its beginning."),
    Phrase(K, r"during(?= {NUM} {UNIT}\b)", "for", "“For” gives the length of time."),
    Phrase(K, r"(?:with|by) (?:foot){STOP}", "on foot", "Say “on foot”."),
    # After verbs
    Phrase(K, r"(discuss(?:es|ed|ing)?) about", r"\1", "“Discuss” takes no “about”."),
    Phrase(K, r"(listen(?:s|ed|ing)?)(?= (?:music|songs?|the|my|your|his|her|him|them|me|you|podcasts?|radio|english)\b)", r"\1 to", "One listens “to” something."),
    Phrase(K, r"(wait(?:s|ed|ing)?)(?= (?:me|him|her|us|them|my|his)\b)", r"\1 for", "One waits “for” somebody or something."),
    Phrase(K, r"(wait(?:s|ed|ing)?)(?= (?:the|a) (?:bus|train|taxi|next|answer|results?|doctor|plane|others)\b)", r"\1 for", "One waits “for” somebody or something."),
    Phrase(K, r"(insist(?:s|ed)?) (?:in|to|for)", r"\1 on", "“Insist” takes “on”."),
    Phrase(K, r"(depend(?:s|ed|ing)?) (?:of|from|in)", r"\1 on", "“Depend” takes “on”."),
    Phrase(K, r"(consists?|consisted) (?:from|by)", r"\1 of", "“Consist” takes “of”."),
    Phrase(K, r"(explain(?:s|ed)?)(?= {OBJ}\b)(?! \w+ (?:to|in|as|by|with|for|away)\b)", r"\1 to", "One explains something “to” somebody."),
    Phrase(K, r"(ask(?:s|ed)?) to(?= {OBJ}\b)", r"\1", "“Ask” takes the person without “to”."),
    Phrase(K, r"(?<!is )(?<!was )(?<!been )(?<!were )(told|tells?) to(?= {OBJ}\b)", r"\1", "“Tell” takes the person without “to”."),
    Phrase(K, r"(answer(?:s|ed)?) to(?= (?:me|him|us|them|my question|the question|your question)\b)", r"\1", "The verb “answer” takes no “to”."),
    Phrase(K, r"(suffer(?:s|ed|ing)?) of", r"\1 from", "“Suffer” takes “from”."),
    Phrase(K, r"(look(?:s|ed|ing)? forward)(?= (?:see|hear|meet|visit|{ING}|your)\b)", r"\1 to", "Say “look forward to”."),
    Phrase(K, r"(participat(?:e|es|ed|ing)) (?:to|at|on)(?= )", r"\1 in", "“Participate” takes “in”."),
    Phrase(K, r"(prefer(?:s|red)?(?: (?!to\b|more\b|less\b|rather\b|that\b|who\b|\w+er\b)\w+){1,6}) than\b", r"\1 to", "One prefers one thing “to” another."),
    Phrase(K, r"(married) with(?! (?:\w+ )?(?:children|kids|child|two|three))", r"\1 to", "One is married “to” somebody."),
    Phrase(K, r"(fall|fell|fallen|falling) in love (?:for|of|to|on)\b", r"\1 in love with", "One falls in love “with” somebody."),
    Phrase(K, r"(?<=to )contact with(?= (?:me|him|us|you|them)\b)", "contact", "The verb “contact” takes no “with”."),
    Phrase(K, r"(enter(?:s|ed)) (?:in|into|to)(?= (?:the|my|our|his|her) (?:\w+ )?(?:room|house|building|shop|school|classroom|office|kitchen))", r"\1", "One enters a place without a preposition."),
    Phrase(K, r"(thank(?:s|ed)?(?: you)?) of(?= )", r"\1 for", "One thanks “for” something."),
    Phrase(K, r"(spen[dt](?:s|ing)? (?:(?:a lot of|much|my|too much|more|all my) )?(?:money|time)) in(?= (?:clothes|games|my|the|books|food|music))", r"\1 on", "One spends money and time “on” something."),
    Phrase(K, r"(go|goes|went|going) at(?= (?:my|his|her|our|their) )", r"\1 to", "One goes “to” a place."),
    Phrase(K, r"in (?:the )?(first|second|third|fourth|fifth|top|ground|\d(?:st|nd|rd|th)) floor\b", r"on the \1 floor", "Floors take “on the”."),
    Phrase(K, r"(am|is|are|was|were|i'm|we're|they're) in holidays?\b", r"\1 on holiday", "One is “on holiday”."),
    Phrase(K, r"(am|is|are|was|were|i'm|we're|they're) in vacations?\b", r"\1 on vacation", "One is “on vacation”."),
    Phrase(K, r"(agrees?|agreed) to(?= (?:her|him|you|me|them){END})", r"\1 with", "One agrees “with” a person."),
    Phrase(K, r"(helps?|helped) to(?= (?:me|him|us|them)\b)", r"\1", "“Help” takes the person without “to”."),
    Phrase(K, r"(can|could|will|to|may|would|they|we|people|also) benefit of\b", r"\1 benefit from", "“Benefit” takes “from”."),
    # After adjectives and nouns
    Phrase(K, r"(interested) (?:on|for|about|at|to)(?= (?!me\b|see\b|hear\b|know\b|learn\b|read\b|find\b|meet\b|note\b|be\b|get\b|take\b|work\b|join\b|make\b))", r"\1 in", "One is interested “in” something."),
    Phrase(K, r"(?<!do )(?<!does )(?<!did )(?<!doing )(good|bad|better|best|excellent|terrible) (?:in|on)(?= (?:math|maths|mathematics|english|french|sports?|football|tennis|basketball|chess|science|history|languages|cooking|drawing|dancing|singing|swimming|speaking|writing|playing|it{STOP}))", r"\1 at", "One is good “at” something."),
    Phrase(K, r"(afraid|scared) (?:from|about|for)(?= (?:the|dogs?|spiders?|snakes?|flying|heights|him|them|it|my|being|losing|making|speaking|water|death)\b)", r"\1 of", "One is afraid “of” something."),
    Phrase(K, r"(?<!no )(different) (?:of|with)(?= )", r"\1 from", "Things are different “from” each other."),
    Phrase(K, r"(similar) (?:with|as|than|of|from)(?= )", r"\1 to", "Things are similar “to” each other."),
    Phrase(K, r"(responsible) (?:of|about|to)(?= (?:the|my|our|this|all|his|her|their|{ING})\b)", r"\1 for", "One is responsible “for” something."),
    Phrase(K, r"(full) with", r"\1 of", "Something is full “of” things."),
    Phrase(K, r"(proud) (?:for|about|on|with)(?= (?:my|his|her|our|their|you|him|them|me|it|myself|what)\b)", r"\1 of", "One is proud “of” something."),
    Phrase(K, r"(close) (?:from|of)(?= (?:my|the|our|his|her|their|here|home)\b)", r"\1 to", "Something is close “to” a place."),
    Phrase(K, r"(worried) (?:for|of) (?=the exam|my exam|the test|the future|my future)", r"\1 about ", "One is worried “about” something."),
    Phrase(K, r"(tired|bored) from(?= (?:it|this|{ING}|waiting|working)\b)", r"\1 of", "One is tired “of” something."),
    Phrase(K, r"(famous|known|popular) (?:of|about)(?= )", r"\1 for", "A thing is famous “for” something."),
    Phrase(K, r"(capable) to\b", r"\1 of", "“Capable” takes “of”."),
    Phrase(K, r"(accustomed) with", r"\1 to", "One is accustomed “to” something."),
    Phrase(K, r"despite of", "despite", "“Despite” takes no “of”; “in spite of” does."),
    Phrase(K, r"(because) (?:from|for)(?= (?:the|my|this|that|his|her|their|our|it)\b)", r"\1 of", "Say “because of”."),
    Phrase(K, r"(the (?:advantages?|disadvantages?)) (?:from|for)(?= (?:the |living|using|having|being))", r"\1 of", "Say “the advantages of”."),
    Phrase(K, r"(?:on|to) my opinion", "in my opinion", "Say “in my opinion”."),
    Phrase(K, r"in my point of view", "from my point of view", "Say “from my point of view”."),
    Phrase(K, r"(?:in|by) the other hand\b", "on the other hand", "Say “on the other hand”."),
    Phrase(K, r"according to me\b", "in my opinion", "“According to” is for what others say; for your own view say “in my opinion”."),
    Phrase(K, r"(?:on|at) the (?:same )?time being\b", "for the time being", "Say “for the time being”."),
    Phrase(K, r"in (?:the )?(tv|internet){STOP}", r"on the \1", "Say “on TV”, “on the internet”."),
)  # fmt: skip


def find(document: Document) -> Iterator[Correction]:
    return phrases.find(document, TABLE)
