# ruff: noqa: E501 - one row of a table a line reads best
"""Gross slips of beginners in conversation, in fixed neighbourhoods."""

from collections.abc import Iterator

from language.correction import Correction
from language.document import Document
from language.grammar.rules import phrases
from language.grammar.rules.phrases import FIRST, JOBS, START, Phrase
from language.lexicon import verbs
from language.lexicon.listed import listed

A, C, N, P, R, V, W, M, G = (
    "article", "comparison", "negation", "preposition", "word_order", "verb_form", "word_choice", "missing_word", "agreement",
)  # fmt: skip

_KIN = r"(?:my|his|her|our|your) (?:\w+ )?(?:mother|father|brother|sister|son|daughter|grandfather|grandmother|uncle|aunt|cousin|friend|boyfriend|girlfriend|husband|wife|dog|cat)"
_COUNT = r"(?:\d\d?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_DONE = r"(?=\s*(?:[.,!?;]|$)| (?:and|but|because|now|today|so)\b)"
_HOW = "old|big|good|tall|strong|rich|clever|smart|fast|young|small|warm|hot|cold|easy|long|large|loud|high|tired"
_NICE = "nice|good|bad|beautiful|kind|friendly|great|interesting|big|small|expensive|lovely|happy|funny|stupid|lazy|cute|boring|delicious"
_LANGUAGE = "English|Spanish|German|French|Italian|Chinese|Japanese|Russian|Arabic|Portuguese|Turkish|Korean"
_BEFORE_DOING = listed(
    "go eat leave sleep start come do have make buy study work watch play take get see cook travel speak write read"
)
_SEASON = "summer|winter|spring|autumn"

TABLE = (
    # To be, not to have
    Phrase(W, rf"({_KIN}) (?:has|have) ({_COUNT}) years(?: old)?{_DONE}", r"\1 is \2 years old", "English says “he is … years old”."),
    Phrase(W, rf"{START}(he|she) (?:has|have) ({_COUNT}) years old", r"\1 is \2 years old", "English says “she is … years old”."),
    Phrase(W, rf"{START}i have (cold|hot)(?=\s*(?:[.!]|$)| (?:because|now|today)\b)", r"I am \1", "English says “I am cold”."),
    Phrase(W, rf"{START}(he|she) has (cold|hot)(?=\s*(?:[.!]|$)| (?:because|now|today)\b)", r"\1 is \2", "English says “she is cold”."),
    # There is, it is
    Phrase(G, rf"{FIRST}there have (?=(?:many|two|three|four|five|some|lots?|several|few|\w+ (?:people|shops|cars))\b(?![^.!?]* (?:been|come|gone|passed|lived)\b))", "there are ", "What exists is introduced by “there is” and “there are”."),
    Phrase(G, rf"{FIRST}there have a (?=lot of\b)", "there are a ", "What exists is introduced by “there is” and “there are”."),
    Phrase(G, rf"{FIRST}there (?:have|has) (?=an? (?!lot\b)(?![^.!?]* (?:been|come|gone|passed|lived)\b))", "there is ", "What exists is introduced by “there is”."),
    Phrase(G, rf"{FIRST}(in my (?:city|town|country|village|room|house|school|street|family|flat|class|office),?) (?:there )?ha(?:ve|s) (?=(?:many|two|three|four|five|some|a lot of|several)\b)", r"\1 there are ", "What exists in a place is introduced by “there are”."),
    Phrase(G, rf"{FIRST}(in my (?:city|town|country|village|room|house|school|street|family|flat|class|office),?) (?:there )?ha(?:ve|s) (?=an?\b(?! lot))", r"\1 there is ", "What exists in a place is introduced by “there is”."),
    Phrase(M, rf"{FIRST}is (?=(?:raining|snowing|hot|cold|warm|sunny|windy|cloudy|late|early|easy|hard|true|better|great|nice|fun|delicious|cheap|expensive|big|small|necessary|impossible|possible|boring|too|because|funny|strange|normal|enough|my|his|her|our|your|good|ok|okay)\b[^?\n.!]{{0,60}}[.!])", "It is ", "An English sentence needs a subject."),
    Phrase(M, r"(?<!what )(?<!that )(?<!it )(?<!this )(?<!, )because is (?=(?:an?|the|my|very|too|so|not|good|bad|cheap|expensive|easy|difficult|important|nice|beautiful|interesting|fun|hot|cold|late|raining|near|far|better|boring|big|small|delicious|healthy)\b)", "because it is ", "The verb needs a subject: “it”."),
    Phrase(M, r"(?<!as )(?<!even )if is (?=(?:an?|very|too|so|not|good|bad|cheap|expensive|easy|difficult|important|nice|hot|cold|late|raining|snowing|sunny|possible|necessary)\b)", "if it is ", "An English sentence needs a subject."),
    Phrase(M, rf"{FIRST}when is (?=(?:hot|cold|raining|snowing|sunny|warm|late|dark)\b[^?]*[.!])", "when it is ", "An English sentence needs a subject."),
    Phrase(M, rf"{START}(i|we) think is (?=(?:an?|very|better|good|bad|too|so|not|important|difficult|easy|interesting|beautiful|nice|necessary|possible|great|true)\b)", r"\1 think it is ", "An English sentence needs a subject."),
    Phrase(G, rf"{START}(one of (?:my|our|his|her|their|your) (?:\w+ )?(?:friends|brothers|sisters|children|teachers|parents|colleagues|neighbours|cousins|sons|daughters)) are\b", r"\1 is", "“One” is singular."),
    Phrase(G, rf"{START}(one of (?:my|our|his|her|their|your) (?:\w+ )?(?:friends|brothers|sisters|children|teachers|parents|colleagues|neighbours|cousins|sons|daughters)) have\b", r"\1 has", "“One” is singular."),
    Phrase(G, rf"{FIRST}there are (?=(?:a lot of |much |some )?(?:snow|water|traffic|money|furniture|information|rain|noise|music|homework|pollution){{END}})", "there is ", "What cannot be counted takes “there is”."),
    # Pronouns
    Phrase(W, rf"{FIRST}him (?=(?:is|was|has|likes|lives|works|goes)\b)", "he ", "The subject is “he”; “him” is an object."),
    Phrase(W, rf"{FIRST}her (?=(?:is|was|has)\b(?! (?:own|been)\b))", "she ", "The subject is “she”; “her” is an object."),
    Phrase(W, rf"{FIRST}them (?=(?:are|were|have|like|live)\b)", "they ", "The subject is “they”; “them” is an object."),
    Phrase(W, rf"{FIRST}us (?=(?:are|were|have)\b)", "we ", "The subject is “we”; “us” is an object."),
    Phrase(W, r"(feels?|felt) (?:me|myself)(?= (?:very |so |really |not )?(?:good|well|bad|happy|sad|tired|sick|better|ill|alone|fine)\b)", r"\1", "In English one feels good, without “me”."),
    Phrase("noun_number", r"this peoples", "these people", "“People” is plural already."),
    Phrase("noun_number", r"(nice|friendly|kind) peoples{END}", r"\1 people", "“People” is plural already."),
    Phrase(R, r"(me|us|him|know|knows|understand|remember|ask|asked|tell) what means ((?:(?:the|this|that) )?(?:word |expression )?(?!this\b|that\b|it\b)[\w'-]+|this|that|it){STOP}", r"\1 what \2 means", "Inside a sentence a question has the order of a statement."),
    # Tense and form
    Phrase(V, rf"{START}(i|we|they|you) (?:am|are) wanting(?= (?:an?|some|the|my|help|your)\b)", r"\1 want", "Wishes take the simple present: “I want”."),
    Phrase(V, rf"{START}(i|we|they|you) (?:am|are) needing(?= (?:an?|some|the|my|help|your)\b)", r"\1 need", "Wishes take the simple present: “I need”."),
    Phrase(V, rf"{START}(he|she) is wanting(?= (?:an?|some|the|my|help|your)\b)", r"\1 wants", "Wishes take the simple present: “she wants”."),
    Phrase(V, rf"{START}(he|she) is needing(?= (?:an?|some|the|my|help|your)\b)", r"\1 needs", "Wishes take the simple present: “she needs”."),
    Phrase(V, rf"{START}(he|she) is having(?= (?:an?|two|three|four|many|some) (?:\w+ )?(?:brothers?|sisters?|sons?|daughters?|child|children|dogs?|cats?|cars?|house|houses|flat|eyes|job|bikes?){_DONE})", r"\1 has", "What one owns takes the simple present: “she has”."),
    Phrase(V, rf"{START}(i|we|they|you) (?:am|are) having(?= (?:an?|two|three|four|many|some) (?:\w+ )?(?:brothers?|sisters?|sons?|daughters?|child|children|dogs?|cats?|cars?|house|houses|flat|eyes|job|bikes?){_DONE})", r"\1 have", "What one owns takes the simple present: “I have”."),
    Phrase(V, rf"{START}(he|she) is like (?=(?:football|pizza|tennis|basketball|swimming|reading|cooking|dancing|sports?|english|travelling){_DONE})", r"\1 likes ", "“Like” is the verb here: “he likes”."),
    Phrase(V, rf"{START}(i|we|you) (?:am|are) like (?=(?:football|pizza|tennis|basketball|swimming|reading|cooking|dancing|sports?|english|travelling){_DONE})", r"\1 like ", "“Like” is the verb here: “I like”."),
    Phrase(V, r"(likes?|loves?|hates?|would like|i'd like|we'd like) to (reading|eating|playing|watching|listening|swimming|cooking|dancing|travelling|studying|learning|working|going|drinking|talking|making|doing|having|taking|getting|seeing|meeting|speaking|writing|buying|visiting|shopping|sleeping|running|singing|walking)\b", r"\1 \2", "After “like” comes “to read” or “reading”."),
    Phrase(P, r"interested to learn(?= (?:(?:more )?about the language|(?-i:English|Spanish|German|French|Italian|Chinese|Japanese))\b)", "interested in learning", "One is interested “in” something."),
    *(
        Phrase(P, rf"(?<!be )(?<!be very )interested to {base}(?= (?:with|in|at|for|an?|the|my|your|football|tennis|music|there|here)\b)", f"interested in {ing}", "One is interested “in” something.")
        for base, ing in (("work", "working"), ("study", "studying"), ("buy", "buying"), ("play", "playing"), ("visit", "visiting"), ("join", "joining"), ("travel", "travelling"), ("teach", "teaching"))
    ),
    *(
        Phrase(V, rf"(?<!day )(?<!night )(?<!week )(?<!year )(?<!long )(?<!evening )(?<!hour )(?<!was )(?<!were )(?<!is )before to {base}\b", f"before {verbs.ing(base)}", "After “before” comes the -ing form.")
        for base in _BEFORE_DOING
    ),
    *(
        Phrase(V, rf"{FIRST}after to {base}\b", f"after {verbs.ing(base)}", "After “after” comes the -ing form.")
        for base in _BEFORE_DOING
    ),
    Phrase(V, r"((?:am|is|are|was|were|i'm|he's|she's|we're|they're|you're) going to) (eat|buy|study|work|learn|cook|sleep|watch|speak|visit|travel|drink|read|write|meet|go|play|do|stay|live)ing(?= (?:an?|the|my|your|his|her|it|to|with|english|tomorrow|tonight|today|at|there|here|football|tennis)\b|\s*(?:[.!?]|$))", r"\1 \2", "After “going to” comes the base form."),
    # Word order
    Phrase(R, rf"(is|was|have|has|bought|saw|got|it's|he's|she's) an? (house|car|city|town|man|woman|boy|girl|film|movie|book|dog|cat|hotel|restaurant|room|country|job|person|day|place|game|teacher|friend|story|beach|village|school|flat) very ({_NICE}|old|young|tall|short|long|modern|famous|popular|important|difficult|easy|new|comfortable)(?=\s*(?:[.!]|$)| (?:but|because)\b)", r"\1 a very \3 \2", "The adjective comes before the noun."),
    Phrase(R, r"(has|have|bought|want|wants|got|wear|wears|wore|like|likes|need|is) an? (car|dress|shirt|house|bag|hat|bird|dog|cat|flower|bike|pen|door|coat|jacket|t-shirt|sweater|skirt|phone|book|horse|box) (red|blue|green|black|white|yellow|brown|grey|pink)(?=\s*(?:[.!]|$)| (?:and i|but|because)\b)", r"\1 a \3 \2", "The adjective comes before the noun."),
    Phrase(R, rf"(speaks?|spoke|understands?|writes?) ((?:very |quite |really )?well|a little(?: bit)?) ((?-i:{_LANGUAGE})){_DONE}", r"\1 \3 \2", "The object follows the verb directly."),
    Phrase(R, rf"(plays?|played) (very well|well) ((?:the )?(?:football|tennis|basketball|guitar|piano|chess|violin)){_DONE}", r"\1 \3 \2", "The object follows the verb directly."),
    Phrase(R, rf"(am|is|are|was|were|be|i'm|not|isn't|aren't|wasn't) enough ({_HOW})(?= (?:to|for)\b|\s*(?:[.!?]|$))", r"\1 \2 enough", "“Enough” follows the adjective."),
    Phrase(R, rf"(is|was|are|were|it's|have|has|had) so ({_NICE}) (?=(?:people|friends|weather|children|students|news|food|music|teachers|places|films|books|days|clothes){_DONE})", r"\1 such \2 ", "Before an adjective with a noun say “such”."),
    Phrase(R, rf"(is|was|it's|have|has|had) so ({_NICE}) (?=(?:day|city|place|film|movie|book|idea|person|country|house|car|friend|teacher|dog|holiday|party|trip){_DONE})", r"\1 such a \2 ", "Before an adjective with a noun say “such a”."),
    Phrase(R, rf"{START}(he|she) (always|often|usually|never|sometimes) is(?= (?:very |so |late|tired|happy|busy|angry|at|in|here|hungry|nice|kind|sad|friendly)\b)", r"\1 is \2", "These adverbs follow the verb “be”."),
    Phrase(R, rf"{START}(i) (always|often|usually|never|sometimes) am(?= (?:very |so |late|tired|happy|busy|angry|at|in|here|hungry|nice|kind|sad|friendly)\b)", r"\1 am \2", "These adverbs follow the verb “be”."),
    Phrase(R, rf"{START}(we|they|you) (always|often|usually|never|sometimes) are(?= (?:very |so |late|tired|happy|busy|angry|at|in|here|hungry|nice|kind|sad|friendly)\b)", r"\1 are \2", "These adverbs follow the verb “be”."),
    # Negation
    Phrase(N, r"(i|you|we|they) never don't(?= \w+)", r"\1 never", "“Never” is negative already."),
    Phrase(N, r"(i|we|they|you) (?:no|not) (have|want|know|see|eat|understand|like|need|do|say) nothing\b", r"\1 don't \2 anything", "One negative is enough, with “don't”.", whole=True),
    Phrase(N, r"(he|she) (?:no|not) (have|want|know|see|eat|understand|like|need|do|say)s? nothing\b", r"\1 doesn't \2 anything", "One negative is enough, with “doesn't”.", whole=True),
    Phrase(N, r"(?:am|are|is) not afford to\b", "can't afford to", "“Afford” follows “can't”.", whole=True),
    # Words that go together
    Phrase(W, r"(work(?:s|ed|ing)?) like (?=an? (?:{JOBS}){END})".replace("{JOBS}", JOBS), r"\1 as ", "What somebody's job is follows “as”; “like” compares."),
    Phrase(W, r"(work(?:s|ed|ing)?) like (?=(?:JOBS){END})".replace("JOBS", JOBS), r"\1 as a ", "What somebody's job is follows “as”; “like” compares."),
    Phrase(W, r"(?:make|makes|making) (?=a (?:big |birthday |small )?party(?=\s*(?:[.!?,]|$)| (?:for|last|on|at|tomorrow|next|because|with)\b))", "have ", "One has a party."),
    Phrase(W, r"made (?=a (?:big |birthday |small )?party(?=\s*(?:[.!?,]|$)| (?:for|last|on|at|yesterday|because|with)\b))", "had ", "One has a party."),
    Phrase(W, r"(?:(?<=let's )|(?<=\bto )|(?<=\bi )|(?<=\bwe )|(?<=\bcan't ))do (?=(?:a|some|many) photos?{END})", "take ", "One takes photos."),
    Phrase(W, r"(?:(?<=\bi )|(?<=\bwe )|(?<=\bhe )|(?<=\bshe )|(?<=\bthey ))did (?=(?:a|some|many) photos?{END})", "took ", "One takes photos."),
    Phrase(W, r"lost (?=(?:the|my) (?:bus|train|plane|flight)(?=\s*(?:[.!?,]|$)| (?:this|yesterday|because|and|today|to|at|so)\b))", "missed ", "One misses a bus or train that one comes too late for."),
    Phrase(W, r"(it|food|soup|coffee|cake|pizza|meat|dinner|flower|flowers|perfume) (smells?|tastes?) well(?=\s*(?:[.!?,]|$)| (?:and|but)\b)", r"\1 \2 good", "After “smell” and “taste” comes an adjective: “good”."),
    Phrase(C, r"the same (old|tall|big|young|good|long|high|fast|rich|strong|expensive) (?:than|that|like|as)\b", r"as \1 as", "“As … as” compares equals."),
    Phrase(C, r"(the same(?: (?!old\b|tall\b|big\b|young\b)\w+)?) (?:that|than|like) (you|me|him|her|us|them|mine|yours){STOP}", r"\1 as \2", "Say “the same as”."),
    Phrase(W, r"(friend|man|woman|boy|girl|brother|sister|teacher|person) who (?:he|she) (?=(?:lives in|works in|works as|comes from|is from|is an?|has an?)\b)", r"\1 who ", "“Who” is the subject already."),
    Phrase("noun_number", r"((?:my|your|his|her|our) (?:\w+ )?)hairs (?:are|is)\b", r"\1hair is", "The hair of the head is “hair”, without -s.", whole=True),
    Phrase("noun_number", r"((?:has|have|had|got) (?:very )?(?:long|short|black|brown|blonde|blond|dark|curly|straight|red|grey|beautiful)) hairs{STOP}", r"\1 hair", "The hair of the head is “hair”, without -s."),
    # Small words
    Phrase(P, r"in(?= (?:the )?(?:\d\d?(?:st|nd|rd|th)?(?: of)? (?:{MONTH}|(?-i:May|March))|(?:{MONTH}|(?-i:May|March)) \d\d?(?:st|nd|rd|th)?)(?=\s*(?:[.,!?]|$)| (?:we|i|he|she|they|at)\b))", "on", "A day takes “on”."),
    Phrase(P, r"(?:in|at) the(?= {DAY}(?=\s*(?:[.,!?]|$)| (?:i|we|he|she|they|at|because|evening|morning)\b))", "on", "Days of the week take “on”."),
    Phrase(P, rf"at(?= (?:the )?(?:{_SEASON})(?=\s*(?:[.,!?]|$)| (?:i|we|he|she|they|it|people|there|because|when)\b))", "in", "Seasons take “in”."),
    Phrase(P, r"at(?= the (?:morning|afternoon|evening)(?=\s*(?:[.,!?]|$)| (?:i|we|he|she|they|it|and|because|when|before|after)\b))", "in", "Parts of the day take “in the”."),
    Phrase(P, r"(been|come|came|go|went|going|travel|travelled|drive|drove|fly|flew|return|returned|move|moved|walk|walked) to (here|there){END}", r"\1 \2", "“Here” and “there” take no “to”."),
    Phrase(P, r"(?:(?<=please )|(?<=can you )|(?<=could you )|(?<=will you ))(give|show|bring|tell|send|lend) to (me|us|him|her|them)(?= (?:an?|the|some|your|my|that|this|two)\b)", r"\1 \2", "“Give” takes the person without “to” when the thing follows."),
    Phrase(P, r"(congratulations?|congrats) for(?= (?:your|the|his|her|winning|passing|getting|finishing)\b)", r"\1 on", "Congratulations are “on” something."),
    Phrase(P, r"(up|bed|work|school|home|start|starts|started|begin|begins|began|open|opens|close|closes|arrive|arrives|arrived|meet|met|breakfast|lunch|dinner) at (1[0-2]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) hours?{STOP}", r"\1 at \2 o'clock", "A time of day is “at … o'clock”."),
    Phrase(A, rf"{FIRST}the (next)(?= (?:week|month|year|weekend) (?:i|we) (?:will|'ll|am going|are going|want)\b)", r"\1", "“Next week” seen from today takes no “the”."),
    Phrase(A, rf"{FIRST}the (last)(?= (?:week|month|year|weekend|summer),? (?:i|we) (?:was|were|went|visited|bought|had|saw|started|came|travelled)\b(?![^.!?]*(?:,| was| were| is| had| it| he| she| they| we| i)\b))", r"\1", "“Last week” seen from today takes no “the”."),
    Phrase(A, rf"{FIRST}the (life|nature|love|happiness)(?= is (?:very |so |too |really |not )?(?:hard|beautiful|short|difficult|easy|important|good|wonderful|expensive|nice|great|strange|unfair)(?=\s*(?:[.!,]|$)| (?:here|in|and|but|when|without|for)\b))", r"\1", "In general this takes no article."),
    Phrase(A, r"(goes|went|going|gone) to the work(?= (?:by {VEHICLE}|on foot|every day){STOP}|\s*(?:[.!?]|$))", r"\1 to work", "Say “go to work”, without “the”."),
    Phrase(A, r"(goes) to the school(?= (?:by {VEHICLE}|on foot){STOP})", r"\1 to school", "Say “go to school”, without “the”."),
)  # fmt: skip


def find(document: Document) -> Iterator[Correction]:
    """Corrections by the rules of this module."""
    return phrases.find(document, TABLE)
