# ruff: noqa: E501 - one row of a table a line reads best
"""More gross slips of beginners: what they say of themselves, ask for and have come for, in fixed neighbourhoods."""

from collections.abc import Iterator

from language.correction import Correction
from language.document import Document
from language.grammar.rules import phrases
from language.grammar.rules.phrases import FIRST, JOBS, START, Phrase
from language.lexicon import verbs

A, C, N, P, R, V, W, M, T = (
    "article", "comparison", "negation", "preposition", "word_order", "verb_form", "word_choice", "missing_word", "tense",
)  # fmt: skip

_COUNT = r"(?:\d\d?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|many|several)"
_LENGTH = rf"(?:{_COUNT} (?:years|months|weeks|days|hours)|(?:an?|one) (?:year|month|week|day|hour)|a long time)"
_MOMENT = r"(?:yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|(?-i:March|May)|april|june|july|august|september|october|november|december|(?:19|20)\d\d|last (?:week|month|year|night|\w+day|summer|winter|spring|autumn)|this morning)"
_ILL = "headache|cough|fever|cold|pain|sore throat|stomach ache|toothache|backache"
_SINCE = "What began in the past and goes on takes the present perfect."
_BEGAN = (
    (rf"since ({_LENGTH})\b", "for", f"{_SINCE} “For” gives how long."),
    (rf"since ({_MOMENT})(?=\s*(?:[.,!?]|$))", "since", _SINCE),
)
""""Since" with a length of time, which takes "for", and with a moment."""
_WHERE = "station|train station|bus station|bus stop|post office|bank|hotel|toilet|bathroom|airport|pharmacy|supermarket|hospital|museum|exit|entrance|reception|restaurant|lift|beach|castle|library|swimming pool|city centre|car park|underground"
_DOES = "come|work|go|open|close|start|arrive|like|want|have|know|understand|speak|help|answer|eat|sleep|stop|listen|drink|play|study|see|say|call|pay|live|need"
_DOERS = "bus|train|plane|lift|shower|key|door|window|phone|computer|teacher|boss|doctor|mother|father|brother|sister|son|daughter|husband|wife|friend|dog|cat|car|wifi|internet|machine|card|heating|tv|light|waiter|colleague"
_ADJECTIVES = {
    "early": "earlier", "late": "later", "fast": "faster", "hard": "harder", "soon": "sooner", "near": "nearer", "long": "longer",
    "strong": "stronger", "cheap": "cheaper", "cold": "colder", "warm": "warmer", "old": "older", "young": "younger", "tall": "taller",
    "short": "shorter", "loud": "louder", "dark": "darker", "small": "smaller", "big": "bigger", "high": "higher", "easy": "easier",
}  # fmt: skip
_AFTER_MORE = (
    rf"(?! than (?:{'|'.join(_ADJECTIVES)}|new|wide|good|bad|rich|poor)\b)"
    r"(?=\s*(?:[.,!?;]|$)| (?:than|at|on|in|now|today|tomorrow|tonight|because|every|this|next|but|if|when)\b)"
)
_NEEDS_MORE = r"(?<!need )(?<!needs )(?<!want )(?<!wants )(?<!get )"
_STATES = {
    "worry": "worried", "stress": "stressed", "confuse": "confused", "surprise": "surprised", "excite": "excited", "disappoint": "disappointed",
    "embarrass": "embarrassed", "divorce": "divorced", "marry": "married", "scare": "scared", "shock": "shocked", "retire": "retired", "bore": "bored",
}  # fmt: skip
_STATE_ENDS = r"(?=\s*(?:[.,!?;]|$)| (?:about|because|and|but|with|now|today|that|for|of|to|when|by|in|at)\b)"
_ME = r"(?:(?<=\bi am )|(?<=\bi'm )|(?<=\bwe are )|(?<=\bwe're )|(?<=\bhe is )|(?<=\bhe's )|(?<=\bshe is )|(?<=\bshe's )|(?<=\bthey are )|(?<=\bthey're )|(?<=\bi was )|(?<=\bhe was )|(?<=\bwe were )|(?<=\bam very )|(?<=\bam so )|(?<=\bi'm very )|(?<=\bi'm so )|(?<=\bam really )|(?<=\bam a bit )|(?<=\bam a little )|(?<=\bis very )|(?<=\bare very )|(?<=\bwas very )|(?<=\bwas so ))"
_PERFECTS = {
    "gone": "went", "seen": "saw", "done": "did", "bought": "bought", "made": "made", "had": "had", "met": "met", "found": "found", "lost": "lost",
    "left": "left", "come": "came", "taken": "took", "written": "wrote", "eaten": "ate", "led": "led", "got": "got", "won": "won", "sold": "sold", "begun": "began",
}  # fmt: skip
_NO_BREAK = r"(?: (?:you|it)\b)?(?:(?! (?:since|because|that|which|who|and|but|if|when|than|as|or|so|i|we|he|she|they)\b)(?!(?<!\bto)(?<!\bfor)(?<!\bwith)(?<!\bfrom)(?<!\babout)(?<!\bof)(?<!\bat)(?<!\bon) (?:you|it)\b)[\w' -]){0,45}"
"""A pronoun behind a noun begins a clause of its own: “the book we read last week”."""
_FINISHED = r"(?<!than)(?<!on)(?<!from)(?<!to)(?<!over)(?<!of)(?<!until)(?<!by)(?<!before)(?<!the)(?= (?:last (?:year|month|week|summer|winter|night|monday|friday|saturday|sunday)|in (?:19|20)\d\d|yesterday)\s*(?:[.!?]|$))"
_MATTER = r" (?:there (?:is|are)\b|i (?:have an?|would like|want to (?:ask|make|book|cancel|change|order|know|speak))\b|my (?:order|booking|bill|parcel)\b|my (?:\w+ )?\w+ (?:is (?:broken|not|late|missing|lost|too|very)\b|(?:does|do|did|was|is|has|are|were)(?: not|n't)\b|has\b)|(?:i have|i['’]ve) (?:seen|read|lost|booked|ordered)\b)"
"""Why one calls just now; “I call you because I miss you” tells of a habit."""
_TESTED = r"(?:i|we|he|she|(?:my|his|her|our) (?:son|daughter|brother|sister|children)|students|the students|pupils)"
"""Who takes exams; teachers make them."""
_OF_TEACHERS = r"(?![^.?!,;]*\b(?:easy|easier|hard|harder|difficult|short|shorter|long|longer|fair|fairer|more|less|better)\b|[^.?!;,]*\bfor (?:them|you|him|her|(?:\w+ ){0,3}(?:pupils?|students?|class(?:es)?|children|kids|learners?|groups?|trainees?))\b)"
"""Behind an exam that one makes for others, or makes easier."""
_GOALS = ("ask", "see", "learn", "speak", "eat", "know", "get", "find", "meet", "improve", "tell", "buy", "take", "have")  # fmt: skip
_GOAL_ENDS = r"(?= (?:an?|the|my|your|his|her|our|some|if|whether|about|you|him|them|with|more|better|english|bread|food|milk|clothes)\b)"
_HELPS = ("help", "come", "wait", "call", "give", "tell", "invite", "teach", "explain", "listen", "answer", "show", "write")  # fmt: skip
_OWN = {"he": "his", "she": "her", "we": "our", "they": "their", "i": "my", "you": "your"}
_DAILY = "breakfast|lunch|dinner|coffee|tea|meat|fish|fruit|tv|english|football|home|to|at|in|up|the|my|a"

TABLE = (
    # Articles
    Phrase(A, r"(have|has|had|got) (exam|interview|allergy|idea|accident|operation)(?= (?:tomorrow|today|at|on|next|this|yesterday|with|in the)\b|\s*(?:[.!?]|$))", r"\1 an \2", "A single thing that can be counted takes an article."),
    Phrase(A, r"(have|has|had|got) (cough|toothache|reservation|booking|fever|flight|date|test|baby|flat|visa|cat|driving licence|sore throat|stomach ache|runny nose)(?= (?:tomorrow|today|at|on|next|this|and|but|because|with|in the)\b|\s*(?:[.!?]|$))", r"\1 a \2", "A single thing that can be counted takes an article."),
    Phrase(A, r"(have|has|had|got) (reservation|booking|visa)(?= (?:for|in)\b)", r"\1 a \2", "A single thing that can be counted takes an article."),
    Phrase(A, r"(don't|doesn't|didn't) have (allergy|idea|appointment|umbrella|email|id card)(?=\s*(?:[.!?]|$)| (?:about|for|and|but|here)\b)", r"\1 have an \2", "A single thing that can be counted takes an article."),
    Phrase(A, rf"(?:{FIRST}|(?<=excuse me )|(?<=excuse me, )|(?<=please, )|(?<=sorry, ))where is (?=(?:{_WHERE})(?:\s*(?:[.,!?]|$)| please\b))", "where is the ", "A place that both of you know takes “the”."),
    Phrase(A, r"(have|am|are|will|'ll|start|starts|go|want to|going to)((?: (?!last\b|and\b|but\b|did\b|was\b|were\b|had\b|went\b)[\w']+){0,5})(?<! in)(?<! for)(?<! of)(?<! by)(?<! over)(?<! from)(?<! into)(?<! after)(?<! until)(?<! within)(?<! during)(?<! through)(?<! throughout) the next (week|month|year|weekend)(?=\s*(?:[.!?]|$))", r"\1\2 next \3", "“Next week” seen from today takes no “the”."),
    Phrase(A, r"(symbol of|believe in|fight against|live in) the (poverty|love|freedom|happiness)(?=\s*(?:[.,!?]|$))", r"\1 \2", "In general this takes no article."),
    Phrase(A, r"(give|gave|get|got|need|want|like)( me| us)? a feedback(?=\s*(?:[.,!?]|$)| (?:on|about|please|for)\b)", r"\1\2 some feedback", "“Feedback” cannot be counted."),
    Phrase(W, r"(am|is|was|i'm|he's|she's|work as|works as) (?:an? )?driver of (truck|bus|taxi|lorry|train|tram)s?(?=\s*(?:[.,!?]|$)| (?:and|but|in|for|since|now)\b)", r"\1 a \2 driver", "What is driven comes before “driver”."),
    # To be, not to have
    *(
        Phrase(W, rf"{START}(?:i have|i've) (?:a )?(?:(big|much|so much|lot of|great) )?{noun}(?=\s*(?:[.!?]|$)| (?:now|today|and(?! (?:hunger|thirst|fear|luck)\b)|because|but|about|of the)\b)", state, "English says what one is, not what one has.", whole=True)
        for noun, state in (("hunger", "I am hungry"), ("thirst", "I am thirsty"), ("hurry", "I am in a hurry"), ("fear", "I am afraid"), ("reason(?= about| and| because|[.!]|$)", "I am right"), ("luck", "I am lucky"), ("tiredness", "I am tired"))
    ),
    Phrase(W, rf"(?:{FIRST}|(?<=today )|(?<=because )|(?<=but ))it makes (?:(very|so|too) )?(hot|cold|warm)(?=\s*(?:[.!?]|$)| (?:here|today|outside|in (?:summer|winter|my|the|this))\b)", r"it is \1 \2", "Of the weather English says “it is”.", whole=True),
    # Since and for
    Phrase(T, rf"{START}(?:i'm|i am) not (sleeping|feeling|eating|working|hearing|seeing) good (?:since|for) ({_LENGTH})\b", r"I haven't been \1 well for \2", f"{_SINCE} “For” gives how long.", whole=True),
    *(
        Phrase(T, rf"{START}(?:{short}|{full}) not (\w+ing)((?: (?!and\b|but\b|that\b|which\b)[\w']+){{0,3}}?) {since}", rf"{have} been \1\2 {word} \3", why, whole=True)
        for since, word, why in _BEGAN
        for short, full, have in (("i'm", "i am", "I haven't"), ("he's", "he is", "he hasn't"), ("she's", "she is", "she hasn't"), ("we're", "we are", "we haven't"))
    ),
    *(
        Phrase(T, rf"{START}{subject} (?:an? )?({vowel})(?:{jobs}) (?:since|for) ({_LENGTH})\b", rf"{have} been {article} \1\2 for \3", f"{_SINCE} “For” gives how long.", whole=True)
        for subject, have in (("(?:i am|i'm)", "I have"), ("(?:he is|he's)", "he has"), ("(?:she is|she's)", "she has"))
        for vowel, jobs, article in ((rf"(?=[aeiou])(?:{JOBS})", "()", "an"), (rf"(?![aeiou])(?:{JOBS})", "()", "a"))
    ),
    *(
        Phrase(T, rf"{START}(?:{short}|{full}) (an? \w+(?: \w+)?) since ({_LENGTH})\b", rf"{have} been \1 for \2", f"{_SINCE} “For” gives how long.", whole=True)
        for short, full, have in (("i'm", "i am", "I have"), ("he's", "he is", "he has"), ("she's", "she is", "she has"))
    ),
    *(
        Phrase(T, rf"{START}(?:{short}|{full}) (here|married|ill|sick|together|in (?-i:[A-Z])\w+) (?:since|from) ({_LENGTH})(?=\s*(?:[.,!?]|$)| (?:now|and|but)\b)", rf"{have} been \1 for \2", f"{_SINCE} “For” gives how long.", whole=True)
        for short, full, have in (("i'm", "i am", "I have"), ("he's", "he is", "he has"), ("she's", "she is", "she has"), ("we're", "we are", "we have"))
    ),
    *(
        Phrase(T, rf"{START}(i|we) (?:already )?{base}((?: (?!and\b|but\b|to\b|then\b)[\w']+){{0,4}}?) for ({_COUNT} years)(?= now\b|\s*(?:[.!?]|$))", rf"\1 have {verbs.participle(base)}\2 for \3", _SINCE)
        for base in ("live", "work", "drive", "teach", "study", "learn", "know", "play")
    ),
    *(
        Phrase(T, rf"{START}(i|we|they|you) {base}((?: (?!and\b|but\b|that\b|which\b|since\b|been\b|to\b|\w+ed\b)[\w']+){{1,4}}?) {since}", rf"\1 have {done}\2 {word} \3", why, whole=True)
        for since, word, why in _BEGAN
        for base, done in (("look for", "been looking for"), ("wait for", "been waiting for"), ("use", "used"), ("take", "been taking"), ("drive", "been driving"))
    ),
    *(
        Phrase(T, rf"{START}(i|we|they|you) have (an?|the|this|my|no|some) ((?:(?!and\b|but\b|that\b|which\b)[\w']+ ){{1,4}}?)since ({when})(?=\s*(?:[.,!?]|$)| and\b)", rf"\1 have had \2 \3{word} \4", f"{_SINCE}{why}", whole=True)
        for when, word, why in ((_LENGTH, "for", " “For” gives how long."), (_MOMENT, "since", ""))
    ),
    *(
        Phrase(T, rf"{START}(he|she|my \w+) has (a |an )?({_ILL})((?: in (?:his|her|the) \w+)?) {said} ({when})(?=\s*(?:[.,!?]|$)| and\b)", rf"\1 has had \2\3\4 {word} \5", f"{_SINCE}{why}", whole=True)
        for said, when, word, why in (("since", _LENGTH, "for", " “For” gives how long."), ("since", _MOMENT, "since", ""))
    ),
    Phrase(W, r"(i|we) search (my|our|the) (keys|phone|wallet|glasses|passport|dog|cat)(?=\s*(?:[.,!?]|$)| (?:but|and)\b)", r"\1 look for \2 \3", "What one wants to find follows “look for”."),
    *(
        Phrase(T, rf"{START}i have (?:a )?({_ILL})((?: in (?:my|the) \w+)?) {said} ({when})(?=\s*(?:[.,!?]|$)| and\b)", rf"I have had a \1\2 {word} \3", f"{_SINCE}{why}", whole=True)
        for said, when, word, why in (("(?:since|for)", _LENGTH, "for", " “For” gives how long."), ("since", _MOMENT, "since", ""))
    ),
    # The past with a finished time
    *(
        Phrase(T, rf"{START}(?:i have|i've) {done}\b({_NO_BREAK}){_FINISHED}", rf"I {past}\1", "With a finished time comes the past simple.")
        for done, past in _PERFECTS.items()
    ),
    Phrase(T, rf"{START}(?:i have|i've) (?!(?:need|us|fe|ne|se)ed\b)(\w{{2,}}ed)\b({_NO_BREAK}){_FINISHED}", r"I \1\2", "With a finished time comes the past simple."),
    Phrase(V, r"(?:(?<=\bi )|(?<=\bhe )|(?<=\bshe ))born(?= (?:in|on) (?:the |a )?(?:(?:19|20)\d\d|(?-i:[A-Z])\w+|small|city|village|\d))", "was born", "Say “was born”."),
    Phrase(P, r"born (?:at|on) (?={MONTH}(?:\s*(?:[.,!?]|$)| and\b))", "born in ", "Months take “in”."),
    # Verbs
    *(Phrase(V, rf"{_ME}{base}{_STATE_ENDS}", state, f"How one feels or is: “{state}”.") for base, state in _STATES.items()),
    Phrase(V, r"i am have (?=an?\b|two\b|three\b|no\b|many\b)", "I have ", "“Have” is the verb here: “I have”.", whole=True),
    Phrase(V, r"i am come from (?=(?-i:[A-Z]))", "I come from ", "“Come” is the verb here: “I come from”.", whole=True),
    Phrase(V, r"i am (always|usually|often|sometimes|never) (eat|drink|go|work|play|watch|read|sleep|study|cook|speak|wake|get|have|take)\b", r"I \1 \2", "After “I” comes the verb alone, without “am”.", whole=True),
    Phrase(V, r"(want|wants|wanted|need|needs) (talk|speak|know|ask|tell|see|buy|learn|eat) (?=about|to|with|you|an?\b|the\b|my\b|more\b|some\b)(?!to you\b(?=\W*$))", r"\1 to \2 ", "Before the second verb comes “to”."),
    *(Phrase(V, rf"(thank you|thanks) for to {base}\b", rf"\1 for {verbs.ing(base)}", "After “for” comes the -ing form.") for base in _HELPS),
    *(
        Phrase(V, rf"(?:(?<=came )|(?<=came here )|(?<=come here )|(?<=am here )|(?<=calling )|(?<=calling you )|(?<=call you )|(?<=went there )|(?<=went to town )|(?<=writing )|(?<=writing you )|(?<=go there ))for (?:to )?{base}{_GOAL_ENDS}", f"to {base}", "What one comes for is said with “to” and the base form.", whole=True)
        for base in _GOALS
    ),
    *(
        Phrase(V, rf"(?:(?<=came here )|(?<=am here )|(?<=calling )|(?<=calling you )|(?<=call you )|(?<=writing )|(?<=writing you ))for {verbs.ing(base)}{_GOAL_ENDS}", f"to {base}", "What one comes for is said with “to” and the base form.", whole=True)
        for base in _GOALS
    ),
    Phrase(T, rf"(?:{FIRST}|(?<=hello, )|(?<=hi, )|(?<=hello )|(?<=good morning, ))i call you (?=because{_MATTER}|about\b|to ask\b)", "I'm calling you ", "What one does just now takes the -ing form."),
    Phrase(T, rf"(?:{FIRST}|(?<=hello, )|(?<=hi, ))i write (?:to )?you (?=because{_MATTER}|about\b|to ask\b)", "I'm writing to you ", "What one does just now takes the -ing form."),
    Phrase(P, r"(will|can|must|should|would|i'll|we'll|want to|going to|like to|have to) visit to (?=(?:my|his|her|the|our|their)\b)", r"\1 visit ", "One visits somebody, without “to”."),
    Phrase(M, r"(am|is|are|was|i'm|he's|she's|we're) looking (?=(?:an?|my) (?:\w+ )?(?:job|flat|apartment|room|hotel|present|gift|doctor|shop|jacket|dress|pharmacy|restaurant)\b)", r"\1 looking for ", "What one wants to find follows “for”."),
    Phrase(W, rf"(?:(?<=\bi )|(?<=\bwe ))made(?= (?:an?|my|the) (?:\w+ )?exam{_OF_TEACHERS}(?:\s*(?:[.,!?]|$)| (?:in|on|last|yesterday|at)\b))", "took", "One takes an exam."),
    Phrase(W, rf"({_TESTED} (?:must|will|should|(?:have|has|need|needs|want|wants|(?:am|is|are) going) to)) make(?= (?:an?|my|the) (?:\w+ )?exam{_OF_TEACHERS}(?:\s*(?:[.,!?]|$)| (?:in|on|tomorrow|next|at)\b))", r"\1 take", "One takes an exam."),
    Phrase(W, r"(?:make|do) a diet\b", "go on a diet", "One goes on a diet.", whole=True),
    # Negation
    Phrase(N, rf"{START}(i|he|she|it|we|they|you) not (?=(?:{_DOES})\b[^.!?,]{{0,30}} (?:yesterday|last (?:night|week|month|year)|ago)\b)", r"\1 didn't ", "A negative in the past takes “didn't”.", whole=True),
    Phrase(N, rf"{START}((?:the|my|his|her|our) (?:{_DOERS})) not (?=(?:{_DOES})\b[^.!?,]{{0,30}} (?:yesterday|last (?:night|week|month|year)|ago)\b)", r"\1 didn't ", "A negative in the past takes “didn't”.", whole=True),
    Phrase(N, rf"{START}((?:the|my|his|her|our) (?:{_DOERS})) not (?=(?:{_DOES})\b)", r"\1 doesn't ", "A negative takes “doesn't”.", whole=True),
    Phrase("agreement", rf"{START}(the (?:bus|train|plane|shop|bank|lesson|course|film|class|flight|museum|ferry)) (leave|start|open|close|arrive|begin|take|cost)(?= (?:at|every|late|early|too|\d|one|two|ten|half) ?)", r"\1 \2s", "One bus leaves: with one thing the verb takes -s."),
    # Questions
    Phrase(R, r"how much (?:is )?costs? (it|this|that|one \w+|(?:the|a|an|your|this|that) \w*[^s\W](?: \w*[^s\W])?)(?=\s*(?:[.?!]|$)| (?:to|for|in|from|per|please)\b)", r"how much does \1 cost", "A question needs “does”.", whole=True),
    Phrase(R, r"how much (?:is )?costs? ((?:the|your|these|those) \w+s|these|those)(?=\s*(?:[.?!]|$)| (?:to|for|in|from|please)\b)", r"how much do \1 cost", "A question needs “do”.", whole=True),
    Phrase(R, rf"{FIRST}(which|what) (\w+) (i|we) (must|can|should|will|could)(?= \w+[^.!?,]{{0,40}}\?)", r"\1 \2 \4 \3", "In a question the verb comes before the subject."),
    Phrase(R, rf"{FIRST}(which|what) (\w+) (i|we) (have to|need to)(?= \w+[^.!?,]{{0,40}}\?)", r"\1 \2 do \3 \4", "A question needs “do”."),
    Phrase(R, rf"{FIRST}(when|what time|at what time|until when) (you|they|we) (open|close|start|finish|leave|arrive|begin)(?=(?: (?:today|tomorrow|in the \w+|on \w+))?\s*\?)", r"\1 do \2 \3", "A question needs “do”."),
    Phrase(R, rf"(?:{FIRST}|(?<=excuse me, )|(?<=sorry, )|(?<=please, ))(?:and )?there is (?=(?:an? )?[\w -]{{2,25}} (?:near here|nearby|around here|close to here)\s*\?)", "is there ", "In a question the verb comes before the subject.", whole=True),
    Phrase(R, rf"(?:{FIRST}|(?<=\. and ))there is (?=(?:free )?(?:wi-?fi|parking|breakfast|internet)(?: in the \w+)?\s*\?)", "is there ", "In a question the verb comes before the subject.", whole=True),
    Phrase(R, rf"(?:{FIRST}|(?<=excuse me, )|(?<=sorry, ))it(?: is|'s) possible (?=(?:to|that)\b[^.!?,]{{2,50}}\?)", "is it possible ", "In a question the verb comes before the subject.", whole=True),
    Phrase(R, rf"(?:{FIRST}|(?<=please, )|(?<=sorry, )|(?<=excuse me, ))you can (?=(?:help|repeat|explain|show|bring|give)(?: (?:me|it|that|us|again))[^.!?,]{{0,40}}\?)", "can you ", "In a question the verb comes before the subject.", whole=True),
    # Comparison
    *(
        Phrase(C, rf"(?<!no )(?<!any )(?<!the )(?<!one )(?<!some )(?<!much ){_NEEDS_MORE if plain == 'soon' else ''}more {plain}{_AFTER_MORE}", better, f"The comparative of “{plain}” is “{better}”.")
        for plain, better in _ADJECTIVES.items()
    ),
    # Small words
    *(Phrase(W, rf"{START}({who} (?:has|have|had)) own (?!goals?\b|brands?\b|label)(?=\w)", rf"\1 {whose} own ", f"“Own” follows “{whose}”.") for who, whose in _OWN.items()),
    Phrase(P, r"((?:am|is|are|was|were|i'm|feel|feels|so|very|really) nervous) with(?= (?:my|the|this) (?:\w+ )?(?:exam|test|interview|presentation|meeting|trip|flight|job|results?)\b)", r"\1 about", "One is nervous “about” something."),
    Phrase(P, r"allergic (?:with|against|at|of)(?= (?!all\b|times\b|first\b|present\b|the moment\b|course\b)\w)", "allergic to", "One is allergic “to” something."),
    Phrase(W, r"(i am|i'm|we are)( very| really| so)? interesting (?:for|on|about)(?= (?:(?:this|the|your|an?) (?:\w+ )?(?:job|position|post|course|role|vacancy|offer|flat|apartment|house|car|internship|training|subject|topic)|learning|working|music|sports?|art|history|english|politics)\b)", r"\1\2 interested in", "Who wants to know more is “interested”."),
    Phrase(M, r"(everything|something|anything|nothing) what(?= (?:i|you|he|she|we|they|it|happen\w*|is|was|my|can|could)\b)", r"\1 that", "After “everything” comes “that”."),
    Phrase(P, r"(go|goes|went|going|come|comes|came|get|gets)((?: (?:there|here|home|to (?:the )?\w+))?) by (?:walk|walking)(?=\s*(?:[.,!?]|$)| (?:because|and|but|to|from)\b)", r"\1\2 on foot", "One goes “on foot”."),
    Phrase(P, r"(go|went|going|come|came|gone) to emergency(?=\s*(?:[.,!?]|$)| (?:now|tonight|today|if|when)\b)", r"\1 to the emergency department", "The place is the “emergency department”."),
    Phrase(P, r"in the last (summer|winter|spring|autumn)(?=\s*(?:[.!?]|$)| (?:i|we|with)\b)", r"last \1", "“Last summer” takes no preposition.", whole=True),
    Phrase(P, r"(hurts|is|here)(,?) in the (right|left) side(?=\s*(?:[.,!?]|$))", r"\1\2 on the \3 side", "A side takes “on”."),
    Phrase(W, r"((?:food|meal|dinner|lunch|film|movie|hotel|weather|trip|pizza|restaurant|breakfast|wine) (?:was|is)(?: very| really| so| quite| not)?) well(?=\s*(?:[.!?]|$))", r"\1 good", "After “be” comes an adjective: “good”."),
    Phrase(W, r"my (stomach|head|back|leg|arm|foot|knee|tooth|throat|hand|neck|shoulder) is pain(?:ing)?(?=\s*(?:[.,!?]|$)| (?:and|since|for|when|very)\b)", r"my \1 hurts", "A part of the body “hurts”.", whole=True),
    Phrase(M, rf"{FIRST}(today|now|here|outside) is (raining|snowing)\b", r"\1 it is \2", "An English sentence needs a subject."),
    Phrase(R, r"explain me (this|that|it|the [a-z]+|your [a-z]+)(?=\s*(?:[.,!?]|$)| please\b)", r"explain \1 to me", "One explains something “to” somebody.", whole=True),
    Phrase(R, rf"{START}(i|we|they|you) (eat|drink|have|go|get|take|watch|play|read|work|sleep|wake) (always|usually|often|never)(?= (?:{_DAILY})\b)", r"\1 \3 \2", "These adverbs come before the verb."),
    Phrase(A, r"(fever|cough|cold) and headache(?=\s*(?:[.,!?]|$))", r"\1 and a headache", "A single thing takes an article."),
)  # fmt: skip


def find(document: Document) -> Iterator[Correction]:
    """Corrections by the rules of this module."""
    return phrases.find(document, TABLE)
