# ruff: noqa: E501 - one row of a table a line reads best
"""Words that are mistaken for each other, and phrases that other languages say differently."""

from collections.abc import Iterator

from api.english.writing.document import Document
from api.english.writing.report import Correction
from api.english.writing.rules import phrases
from api.english.writing.rules.phrases import Phrase

C = "confusable"
W = "word_choice"

TABLE = (
    # its, your, their, to, than
    Phrase(C, r"it's(?= (?:own|name|colou?r|size|history|culture|people|capital|tail|food)\b)", "its", "“Its” shows possession; “it's” means “it is”."),
    Phrase(C, r"its(?= (?:a|an|the|not|been|going|raining|snowing|because|so|also|always|never|my|very|really|too)\b)", "it's", "“It's” means “it is” or “it has”; “its” shows possession."),
    Phrase(C, r"its(?= (?:important|easy|difficult|hard|possible|impossible|good|better|nice|necessary|clear|true) (?:for|to|that|because)\b)", "it's", "“It's” means “it is”; “its” shows possession."),
    Phrase(C, r"your(?= (?:welcome{STOP}|going to|not|a|an|the|so|too|never|always|really)\b)", "you're", "“You're” means “you are”; “your” shows possession."),
    Phrase(C, r"you're(?= (?:house|car|name|family|mother|father|parents|friends?|brother|sister|job|phone|country|opinion|letter|e-?mail)\b)", "your", "“Your” shows possession; “you're” means “you are”."),
    Phrase(C, r"their(?= (?:is|are|was|were|isn't|aren't|wasn't)\b)", "there", "“There is” tells what exists; “their” shows possession."),
    Phrase(C, r"(?<=\bwith )there(?= (?:friends|family|parents|children|own|house|father|mother|kids)\b)", "their", "“Their” shows possession."),
    Phrase(C, r"(?<=\b(?:to|in|of) )there(?= (?:friends|family|parents|children|own|house|father|mother|kids|country|life|lives|job|home|houses)\b)", "their", "“Their” shows possession."),
    Phrase(C, r"(?<=\b(?:love|lost|like|sold|left) )there(?= (?:friends|family|parents|children|own|house|kids|country|life|lives|job|jobs|home|houses)\b)", "their", "“Their” shows possession."),
    Phrase(C, r"there(?= going to\b)", "they're", "“They're” means “they are”."),
    Phrase(C, r"they're(?= (?:house|car|friends|family|parents|children|own|home|country|dog|job)\b)", "their", "“Their” shows possession; “they're” means “they are”."),
    Phrase(C, r"(is|are|was|were|it's) to(?= (?:expensive|late|early|big|small|hot|cold|difficult|old|young|busy|tired|easy|far|heavy|noisy|dangerous|fast|long|short){END})", r"\1 too", "“Too” means “more than enough”."),
    Phrase(C, r"(is|are|was|were|has|have|had|eat|ate|drink|drank|spend|spent|cost|costs|work|got) to(?= (?:much|many)\b)", r"\1 too", "“Too much” means “more than enough”."),
    Phrase(C, r"(want|wants|wanted|like|need|have|had) too(?= (?:go|see|be|have|eat|play|buy|do|make|learn|visit|study|live|work)\b)", r"\1 to", "The infinitive takes “to”."),
    Phrase(C, r"me to(?=\s*[.!]|$)(?<![\w,] me to)", "me too", "“Me too” means “I as well”."),
    Phrase(C, r"(bigger|smaller|better|worse|older|younger|taller|faster|cheaper|easier|higher|longer|shorter|stronger|nicer|less|richer|colder|hotter) then(?= (?:the|a|my|your|his|her|our|their|me|him|you|other|others|before|any|in|last|this|that|it|expected|adults|people|children|men|women|boys|girls|most|ever|usual)\b)", r"\1 than", "Comparisons take “than”."),
    Phrase(C, r"(more \w+) then(?= (?:the|a|my|your|his|her|our|their|me|him|you|other|others|before|any|in|last|this|that|\w+ing)\b)", r"\1 than", "Comparisons take “than”."),
    Phrase(C, r"(as (?:big|tall|good|old|fast|much|many|expensive|important|beautiful|interesting)) than", r"\1 as", "“As … as” compares equals."),
    # Sound-alikes and look-alikes
    Phrase(C, r"(?<=\bto )loose(?= (?:my|the|your|his|her|our|their|weight|it|him|time|money|hope|a)\b)", "lose", "“Lose” is the verb; “loose” means not tight."),
    Phrase(C, r"(will|don't|didn't|can|might|not|would|could|doesn't|never) loose(?= (?:my|the|your|his|her|our|their|weight|it|him|time|money|hope|a)\b)", r"\1 lose", "“Lose” is the verb; “loose” means not tight."),
    Phrase(C, r"(some|any|an|good|the|his|her|my|your|of|this|bad|useful) advise(?! (?:you|me|him|her|them|us)\b)", r"\1 advice", "“Advice” is the noun, “advise” the verb."),
    Phrase(C, r"(to|will|can|would|i|could|must) advice(?= (?:you|me|him|her|them|us|people|everyone)\b)", r"\1 advise", "“Advise” is the verb, “advice” the noun."),
    Phrase(C, r"(will|can|may|not|doesn't|don't|could|would|might|also|it) effect(?= (?:the|my|our|people|us|you|them|me|your|his|their|everyone)\b)", r"\1 affect", "“Affect” is the verb, “effect” the noun."),
    Phrase(C, r"(an|negative|bad|good|big|positive|side|no|great|strong) (affects?)(?= (?:on|of)\b)", r"\1 effect", "“Effect” is the noun, “affect” the verb."),
    Phrase(C, r"who's(?= (?:name|car|house|job|mother|father|parents|idea|book)\b)", "whose", "“Whose” shows possession; “who's” means “who is”."),
    Phrase(C, r"(a|the|very|in a) quite(?= (?:place|room|street|village|town|area|person|life|girl|boy|and|neighbou?rhood)\b)", r"\1 quiet", "“Quiet” means without noise; “quite” means rather."),
    Phrase(C, r"(is|was|be|are|it's) (very )?quite(?=\s*(?:[.,!?;:)]|$)| and\b)", r"\1 \2quiet", "“Quiet” means without noise; “quite” means rather."),
    Phrase(C, r"quiet(?= (?:good|nice|big|difficult|expensive|interesting|often|well|easy|a lot|different|hard|important)\b)", "quite", "“Quite” means rather; “quiet” means without noise."),
    Phrase(C, r"(the|good|bad|nice|cold|hot) whether(?! (?:or|to|you|i|he|she|it|we|they)\b)", r"\1 weather", "“Weather” is sun and rain; “whether” means “if”."),
    Phrase(C, r"(know|sure|wonder|decide) weather(?= )", r"\1 whether", "“Whether” means “if”; “weather” is sun and rain."),
    Phrase(C, r"(to|can't|cannot|could not|couldn't|i) breath{END}", r"\1 breathe", "“Breathe” is the verb, “breath” the noun."),
    Phrase(C, r"(has|have|had) past(?= (?:the|my|his|her|an|all|two|three|several) )", r"\1 passed", "“Passed” is the verb form."),
    Phrase(C, r"(?:^|(?<=[.,;] ))(we|they|you) where(?= (?:in|at|very|so|not|the|happy|on|\w+ing|there|young|children|tired)\b)", r"\1 were", "“Were” is the past of “are”."),
    Phrase(C, r"(should|could|would|must|might) of(?! course)", r"\1 have", "After a modal verb it is “have”; “of” only sounds alike."),
    Phrase(C, r"(work|study|go|read|eat|play|practise|practice|run|swim|school|it|home|english|music|games) everyday\b(?! (?:life|lives|things?|activit|routine|object|problem|clothes|situation|conversation|language|use))", r"\1 every day", "“Every day” says how often; “everyday” means ordinary."),
    Phrase(C, r"everyday(?= (?:i|we|he|she|they|my|after|before|at|in|from|for|and)\b|\s*[.!,])", "every day", "“Every day” says how often; “everyday” means ordinary."),
    Phrase(C, r"(remember(?:s|ed)) (me|him|us|them) (?:of|to|about)\b", r"reminds \2 of", "Something reminds you of the past; you remember it."),
    Phrase(C, r"learn(?:s|ed|t)? (me|him|us|them)(?= (?:english|how|to|many|a lot|that))", r"taught \1", "Teachers teach; students learn."),
    Phrase(C, r"borrow(?:ed)? (me|him|us|them)\b", r"lent \1", "The one who gives lends; the one who takes borrows."),
    Phrase(C, r"(am|is|are|was|were|i'm|be|been|very|he's|she's|get|so|become|became) interesting (?:in|on|about)\b", r"\1 interested in", "People are interested; things are interesting."),
    Phrase(C, r"(i|we) (am|are|was|were|feel|felt|get|got) (very |so |really |too )?boring\b(?! (?:person|people))", r"\1 \2 \3bored", "People are bored; things are boring."),
    Phrase(C, r"i (am|was) (very |so |really )?exciting\b(?= (?:about|to|because|for|and|when)|\s*[.!,])", r"I \1 \2excited", "People are excited; things are exciting."),
    Phrase(C, r"i was (very |so |really )?(surpris|disappoint|confus|frighten|tir)ing{END}", r"I was \1\2ed", "The -ed form says how a person feels."),
    Phrase(C, r"(?:^|(?<=[.!?,] ))(i|we|he|she|they) use to(?= (?:live|play|go|be|have|work|spend|eat|visit|watch|think)\b)", r"\1 used to", "Say “used to” for habits of the past."),
    # Do, make, say, have
    Phrase(W, r"(mak(?:e|es|ing)) (?=(?:(?:my|your|his|her|our|their|the|some) )?(?:home|house)work\b)", "do ", "One does homework and housework."),
    Phrase(W, r"made (?=(?:(?:my|your|his|her|our|their|the|some) )?(?:home|house)work\b)", "did ", "One does homework and housework."),
    Phrase(W, r"(?:do|doing) (?=(?:a |an |the |some |many |any |too many |so many )?(?:big |stupid |same |small )?mistakes?\b)", "make ", "One makes mistakes."),
    Phrase(W, r"(?<!n't )did (?=(?:a |some |many )?(?:big |stupid )?mistakes?\b)", "made ", "One makes mistakes."),
    Phrase(W, r"mak(?:e|es|ing) (?=(?:a lot of |some |much )?sports?{END})", "do ", "One does sport."),
    Phrase(W, r"made (?=(?:a |some |many |a lot of )?photos?\b)", "took ", "One takes photos."),
    Phrase(W, r"make (?=(?:a |some |many |a lot of )?photos?{END})", "take ", "One takes photos."),
    Phrase(W, r"make (?=(?:a |some |many )?questions?{END})", "ask ", "One asks questions."),
    Phrase(W, r"made (?=(?:a |some |many )?questions?{END})", "asked ", "One asks questions."),
    Phrase(W, r"(?:do|doing) (?=(?:a |an important )?decisions?{END})", "make ", "One makes decisions."),
    Phrase(W, r"(?:do|doing) (?=a (?:big |birthday )?party{END})", "have ", "One has a party."),
    Phrase(W, r"said(?= (?:me|him|us|them)\b(?! (?:and|or|is|was|were)\b))", "told", "One tells somebody, and says something."),
    Phrase(W, r"say(?= (?:me|him|us|them)\b(?! (?:and|or|is|was|were)\b))", "tell", "One tells somebody, and says something."),
    Phrase(W, r"(?:say|speak) (?=(?:the truth|lies|a lie)\b)", "tell ", "One tells the truth or a lie."),
    Phrase(W, r"(?:said|spoke) (?=(?:the truth|lies|a lie)\b)", "told ", "One tells the truth or a lie."),
    Phrase(W, r"open (?=(?:the|a) (?:light|lights|tv|television|radio){END})", "turn on ", "One turns on lights and machines."),
    Phrase(W, r"close (?=(?:the|a) (?:light|lights|tv|television|radio){END})", "turn off ", "One turns off lights and machines."),
    Phrase(W, r"i have (\d\d|\w+teen|twenty|thirty|forty)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))? years(?: old)?{END}(?! of\b)", r"I am \1 years old", "English says “I am … years old”."),
    Phrase(W, r"(he|she) (?:has|have) (\d\d?|\w+teen|twenty|thirty|forty) years(?: old)?{END}(?! of\b)", r"\1 is \2 years old", "English says “she is … years old”."),
    Phrase(W, r"(i am|i'm|he is|he's|she is|she's) (\d\d?|\w+teen|twenty|thirty|forty) years(?= (?:and|but)\b|\s*[.,!]|$)", r"\1 \2 years old", "Say “… years old”."),
    Phrase(W, r"i have (hungry|thirsty|afraid|sleepy|angry)\b", r"I am \1", "English says “I am hungry”."),
    Phrase(W, r"(he|she) has (hungry|thirsty|afraid|sleepy|angry)\b", r"\1 is \2", "English says “she is hungry”."),
    Phrase(W, r"how do you call(?= (?:this|it|that|these|the)\b)", "what do you call", "Ask “What do you call …?”"),
    Phrase(W, r"how is (it|this|that) called\b", r"what is \1 called", "Ask “What is it called?”"),
    Phrase(W, r"how (?:does|do) (it|this|that|he|she|they) looks? like\b", r"what does \1 look like", "Ask “What does it look like?”"),
    Phrase(W, r"(i|we|they|you) (?:am |are )agree\b", r"\1 agree", "“Agree” is a verb: “I agree”."),
    Phrase(W, r"i'm agree\b", "I agree", "“Agree” is a verb: “I agree”."),
    Phrase(W, r"i(?: am|'m) not agree\b", "I don't agree", "“Agree” is a verb: “I don't agree”."),
    Phrase(W, r"i(?:'m| am) disagree\b", "I disagree", "“Disagree” is a verb: “I disagree”."),
    Phrase(W, r"(in|on) the another\b", r"\1 the other", "“The” and “another” do not go together."),
    Phrase(W, r"the another\b", "the other", "“The” and “another” do not go together."),
    Phrase(W, r"others(?= (?:people|countries|things|students|places|languages|children|words|friends|cities|persons|activities)\b)", "other", "Before a noun it is “other”."),
    Phrase(W, r"another(?= (?:people|countries|things|students|places|languages|children|words|friends|cities|activities)\b)", "other", "With a plural it is “other”."),
    Phrase(W, r"each others\b", "each other", "It is “each other”."),
    Phrase(W, r"a lots of", "a lot of", "Say “a lot of” or “lots of”."),
    Phrase(W, r"(have|has|had|are|were|is|eat|spend|see|saw|with|meet|met|there's|visit|visited|read) lot of", r"\1 a lot of", "Say “a lot of” or “lots of”."),
    Phrase(W, r"alot\b", "a lot", "“A lot” is two words."),
    Phrase(W, r"(speaks?|spoke|sings?|sang|swims?|cooks?|dances?|drives?|sleeps?|slept|writes?|plays?) (?:(it|him|her|english|spanish|german|french|football|tennis|guitar) )?((?:very |so |really )?)good(?=\s*[.,!?;]|$| and\b| but\b| because\b| in\b)", r"\1 \2 \3well", "The adverb of “good” is “well”."),
    Phrase("verb_form", r"(want|wants|wanted) that you\b", r"\1 you to", "One wants somebody “to do” something."),
    Phrase("verb_form", r"(want|wants|wanted) that they\b", r"\1 them to", "One wants somebody “to do” something."),
    Phrase("noun_number", r"(?<!indigenous )(?<!native )peoples(?= (?:who|are|were|think|say|like|live|often|should|can|have|don't|want|eat|go|use|come|swim|in my|in the)\b)", "people", "“People” is plural already."),
    Phrase(W, r"most of(?= (?:people|students|children|countries|women|men|teenagers|tourists){END})", "most", "Say “most people”, or “most of the people”."),
    Phrase(W, r"almost(?= (?:people|students|children|countries|teenagers)\b)", "most", "“Most people” is the larger part of them; “almost” means nearly."),
)  # fmt: skip


def find(document: Document) -> Iterator[Correction]:
    return phrases.find(document, TABLE)
