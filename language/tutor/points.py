"""Points of grammar that learners ask about: “When do I use the present perfect?”"""

# ruff: noqa: E501 - a table reads best with one line an entry

import re

from language.lexicon import nouns, verbs, words
from language.tagging import lemmas

_TABLE: tuple[tuple[str, str], ...] = (
    (r"present perfect (?:continuous|progressive)", "The present perfect continuous is for something that began in the past and still goes on, or has just stopped: “I have been learning English for two years.” You make it with “have been” or “has been” and the verb with -ing."),
    (r"present perfect|have been|has done|have done", "Use the present perfect when the time is not finished or not said: “I have been to Rome” (some time in my life), “I have lived here for two years” (and I still do). You make it with “have” or “has” and the third form. With a finished time, use the past simple: “I was in Rome last year.”"),
    (r"past perfect|had done|pluperfect", "Use the past perfect for what came before another moment in the past: “When I arrived, the train had left.” You make it with “had” and the third form."),
    (r"(?:present|past) (?:simple|tense)? ?(?:and|or|vs) .*continuous", "Simple forms are for habits, facts and finished actions; continuous forms are for what is or was going on: “I work in a bank” but “I am working at the moment”."),
    (r"present (?:continuous|progressive)", "Use the present continuous for what happens now or around now (“I am reading a good book”) and for fixed plans (“We are meeting at six”). You make it with “am”, “is” or “are” and the verb with -ing."),
    (r"present simple|simple present", "Use the present simple for habits and facts: “I get up at seven”, “Water boils at 100 degrees.” With he, she and it, the verb takes -s: “She works.”"),
    (r"past (?:continuous|progressive)", "Use the past continuous for what was going on at a moment in the past: “I was cooking when you called.” You make it with “was” or “were” and the verb with -ing."),
    (r"past simple|simple past|past tense", "Use the past simple for finished actions at a finished time: “I visited my aunt yesterday.” Questions and negatives take “did” and the base form: “Did you see it?”, “I didn't see it.”"),
    (r"future perfect", "Use the future perfect for what will be finished by a moment in the future: “By June I will have finished my course.”"),
    (r"future (?:tense|form|simple)s?|(?:talk|speak) about the future|the future\W*$|use [“\"']?(?:will|going to)\b|\bwill\b[”\"']? (?:and|or) [“\"']?(?:be )?going to", "There are three usual ways. “Will” is for decisions made now, promises and guesses: “I'll help you.” “Going to” is for plans: “I'm going to visit my aunt.” The present continuous is for fixed dates: “I'm meeting Sam at six.”"),
    (r"zero conditional", "The zero conditional is for what is always true: “If you heat ice, it melts.” Both parts take the present simple."),
    (r"first conditional", "The first conditional is for something possible in the future: “If it rains, we will stay at home.” After “if” comes the present, not “will”."),
    (r"second conditional", "The second conditional is for something unreal now or unlikely: “If I had more time, I would read more.” After “if” comes the past; the other part has “would”."),
    (r"third conditional", "The third conditional is for a past that did not happen: “If I had known, I would have called.” After “if” comes “had” and the third form; the other part has “would have” and the third form."),
    (r"mixed conditional", "A mixed conditional joins a past condition and a present result: “If I had slept more, I wouldn't be so tired now.”"),
    (r"conditionals?|if[- ](?:clauses?|sentences?)", "After “if” there is usually no “will” or “would”. Possible: “If it rains, we will stay.” Unreal now: “If I had time, I would come.” Unreal in the past: “If I had known, I would have called.”"),
    (r"passive(?!-)\b", "Use the passive when it is not important who does it: “The house was built in 1900.” You make it with a form of “be” and the third form. The person can follow with “by”."),
    (r"reported speech|indirect speech", "In reported speech the verb usually goes one step back: “I am tired” becomes “She said that she was tired”, and “I will come” becomes “He said that he would come”."),
    (r"relative (?:clauses?|pronouns?)", "A relative clause says more about a noun: “the man who called”, “the book that I read”. Who is for people, which for things, that for both, and whose shows what belongs to somebody."),
    (r"articles?|\ba and the\b|\bthe\b and \ba\b|(?:use|put) [“\"']?the\b[”\"']?(?: article)?\W*(?:$|(?:in|with|before|or|and)\b)", "Use “a” or “an” for one thing that is new or one of many: “I saw a dog.” Use “the” when both of us know which one: “The dog was brown.” Use no article for things in general: “Dogs like bones.”"),
    (r"countable|uncountable", "Countable nouns have a plural and take “many”: two books, many books. Uncountable nouns, like water, advice, information and furniture, have no plural and take “much”: much water, some advice."),
    (r"comparatives?|superlatives?|comparison of adjectives", "Short adjectives take -er and -est: small, smaller, the smallest. Long ones take more and most: more beautiful, the most beautiful. Remember good, better, best and bad, worse, worst. After a comparative comes “than”."),
    (r"phrasal verbs?", "A phrasal verb is a verb with a small word that changes its meaning: give up (stop), look after (take care of), put off (do later). Many can be parted: “Turn off the light” or “Turn the light off”, but only “Turn it off”."),
    (r"modal(?: verb)?s?|auxiliar(?:y|ies)", "Modal verbs, like can, must, should and might, take the base form without “to” and never an -s: “She can swim.” “You should rest.”"),
    (r"gerunds?|infinitives?|-?ing (?:form|or)|to or -?ing", "Some verbs take -ing: enjoy, finish, avoid, mind, suggest. Others take “to”: want, decide, hope, promise, would like. After a preposition always comes -ing: “I'm good at cooking.”"),
    (r"adverbs? of frequency|position of adverbs|where .* (?:always|often|usually|never)", "Words like always, often and never stand before the main verb (“I often read”) but after “be” (“I am often late”)."),
    (r"adverbs?(?: and adjectives?)?|adjectives?(?: and adverbs?)?", "Adjectives describe nouns and stand before them or after “be”: “a slow car”, “The car is slow.” Adverbs describe verbs and often end in -ly: “He drives slowly.” Good becomes well."),
    (r"question tags?|tag questions?", "A question tag turns a sentence round: “You like tea, don't you?”, “She isn't here, is she?” After a positive sentence the tag is negative, and the other way round."),
    (r"word order", "The usual order is subject, verb, object, place, time: “I met a friend in town yesterday.” Nothing stands between the verb and its object."),
    (r"(?:make|form|build|ask) (?:a )?questions?|question form", "In questions the helping verb comes before the subject: “Are you ready?”, “Do you like tea?”, “Where did you go?” After do, does and did the verb is in the base form."),
    (r"some (?:and|or) any", "“Some” is mostly for positive sentences and offers: “I have some milk”, “Would you like some tea?” “Any” is for questions and negatives: “Do you have any milk?”, “I don't have any.”"),
    (r"much (?:and|or) many", "“Many” goes with things that you can count (many books), “much” with things that you can't (much time). In positive sentences “a lot of” is more natural for both."),
    (r"\bused to\b", "“I used to smoke” is a habit of the past that is over. “I am used to getting up early” means that it is normal for me; there “to” is followed by -ing."),
    (r"possessives?|apostrophes?", "Use 's for what belongs to a person or animal: “my sister's car”. After a plural with -s it is only the mark: “my parents' house”. With things we often use “of”: “the end of the film”."),
    (r"polite(?:ly)?|politeness|rude", "Polite requests are questions: “Could you turn the music down, please?”, “Would you mind closing the window?” Begin with “I'm afraid” or “I'm sorry, but” when you have to complain or say no."),
    (r"plurals?\b", "Most nouns take -s: cats. After s, x, ch and sh it is -es: boxes. A consonant and y become -ies: city, cities. Some are irregular: child, children; man, men; person, people."),
    (r"third person|-s\b.*(?:he|she)", "In the present simple, the verb takes -s after he, she and it: “She works”, “He goes”, “It rains”. In questions and negatives “does” has the -s: “Does she work?”"),
    (r"for (?:and|or) since|since (?:and|or) for", "“For” gives how long (for two years); “since” gives when it began (since 2022). Both often go with the present perfect: “I have lived here since May.”"),
    (r"wish(?:es)? .*(?:sentences?|clauses?)|\bi wish\b", "After “I wish” the verb goes one step back: “I wish I had more time” (now), “I wish I had known” (past), “I wish it would stop raining” (I want a change)."),
    (r"inversion", "After a negative word at the beginning, subject and helping verb change places: “Never have I seen such a mess.” It is formal."),
    (r"subjunctive", "After verbs like suggest, insist and demand, formal English uses the base form: “They insist that he come.”"),
    (r"prepositions? of time|in,? on,? (?:and |or )?at\b|at,? (?:in|on),? (?:and |or )?(?:on|in)\b", "For time: at six o'clock and at night, on Monday and on the first of May, in May, in 2020 and in the morning. For places: at a point, on a surface, in something with walls or borders."),
    (r"prepositions?", "Prepositions are small words like in, on, at, to and of. Learn them together with the word before: interested in, good at, depend on, listen to, wait for."),
    (r"conjunctions?|connectors?|linking words?", "Linking words join ideas: and, but, so, because; more formal are however, therefore, although and in addition. “Although” joins two clauses without “but”."),
    (r"reflexive|myself|themselves", "Use myself, yourself, himself and so on when the subject and the object are the same: “I cut myself.” English says just “I get up” and “I feel fine”, without “myself”."),
    (r"irregular verbs?", "Irregular verbs have their own past forms: go, went, gone; see, saw, seen; buy, bought, bought. Ask me for one: “What is the past of teach?”"),
)  # fmt: skip
_ASKS = re.compile(
    r"\b(?:when|how|why|where) (?:do|does|should|can|would|must) (?:i|we|you|one) (?:use|form|make|build|say|put|write)\b|\bwhen is\b.*\bused\b"
    r"|\bwhen to use\b|\bhow to (?:use|form|make)\b|\b(?:do not|don['’]t|didn['’]t|cannot|can['’]t) understand\b"
    r"|\b(?:explain|tell me about|teach me|help me with|what (?:is|are|does)|how does|how (?:is|are)|rules?|grammar|difference|question about|know about|learn|show me)\b",
    re.I,
)
_ROWS = [(re.compile(rf"(?:^|\b|(?<=\s)){pattern}", re.I), reply) for pattern, reply in _TABLE]
_FORM = re.compile(
    r"\b(?:what(?:['’]s| is| are)|give me|tell me)?\s*(?:the )?(past(?: tense| simple| form)?|past participle|third form|participle|plural|comparative|superlative|-?ing form|third person)(?: form)? (?:of|for) (?:the (?:word|verb|noun) )?[\"“'‘]?([a-z]+)[\"”'’]?\s*[?.!]*\s*$",
    re.I,
)
_BEST = {"good": "best", "bad": "worst"}
_COUNTED = re.compile(r"\bis [\"“'‘]?([a-z]+)[\"”'’]? (?:an? )?(un)?countable\b", re.I)


def answer(text: str) -> str | None:
    """The explanation that a message asks for; None when it asks for none."""
    if len(text) > 120:
        return None
    if (match := _FORM.search(text)) is not None:
        return _form(match.group(1).lower(), match.group(2).lower())
    if (match := _COUNTED.search(text)) is not None:
        return counted(match.group(1).lower())
    if _ASKS.search(text) is None:
        return None
    return next((reply for pattern, reply in _ROWS if pattern.search(text)), None)


def _form(which: str, word: str) -> str | None:
    if which.startswith("plural"):
        if word in nouns.UNCOUNTABLE:
            return f"“{word.capitalize()}” has no plural: it can't be counted."
        return f"The plural of “{word}” is “{lemmas.plural(word)}”."
    if which in {"comparative", "superlative"}:
        more = words.SHORT_ADJECTIVES.get(word) or (f"more {word}" if len(word) > 6 else None)
        most = _BEST.get(word) or (more.removesuffix("r") + "st" if more and " " not in more else f"most {word}")
        return f"“{word.capitalize()}” has the forms “{more}” and “the {most}”." if more else None
    if word not in verbs.irregular() and word not in verbs.bases():
        return None
    past, participle = lemmas.past(word), lemmas.participle(word)
    if "ing" in which:
        return f"The -ing form of “{word}” is “{lemmas.ing(word)}”."
    if which == "third person":
        return f"The third person of “{word}” is “{lemmas.third(word)}”."
    if which in {"past participle", "participle", "third form"}:
        return f"The third form of “{word}” is “{participle}”: {word}, {past}, {participle}."
    return f"The past of “{word}” is “{past}”: {word}, {past}, {participle}."


def counted(word: str) -> str:
    """What to say about a noun that is not counted."""
    if word in nouns.UNCOUNTABLE:
        return f"“{word.capitalize()}” is uncountable: it has no plural, and we say “some {word}” or “much {word}”."
    return f"“{word.capitalize()}” is usually countable: one {word}, two {lemmas.plural(word)}."
