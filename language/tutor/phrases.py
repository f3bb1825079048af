"""Idioms and phrasal verbs, more formal words, and which preposition follows a word."""

# ruff: noqa: E501 - a table reads best with one line an entry

import re

_IDIOMS = """
see to it | to do what is needed so that something is put right | The light is broken. I'll see to it.
next to | beside, very near | The bank is next to the station.
in front of | before something, not behind it | The car is in front of the house.
settle in | to get used to a new home or job and feel comfortable | She settled in quickly in her new flat.
straight on | without going left or right | Go straight on until the bridge.
take your time | you needn't hurry | Take your time, the bus comes at ten.
go ahead | to begin, or to do what you asked to do | “Can I open the window?” “Go ahead.”
help yourself | to take what you want | Help yourself to some cake.
hold on | to wait a short time | Hold on, I'll get my coat.
of course | yes, certainly | “Can you help me?” “Of course.”
as soon as possible | without waiting | Please call me as soon as possible.
be about to | to be going to do something very soon | I was about to leave when you called.
have a look | to look at something for a short time | Have a look at this photo.
keep in touch | to go on writing or talking to each other | We still keep in touch.
make sense | to be clear or reasonable | This sentence makes no sense.
no wonder | it is not surprising | No wonder you are tired: it is midnight.
pay attention | to listen or watch carefully | Pay attention to the signs.
so far | until now | So far I have read two books.
throw away | to put something into the rubbish | Don't throw away the bottle.
get up | to leave your bed | I get up at seven.
wake up | to stop sleeping | I woke up at five.
stay in | to be at home and not go out | We stayed in because of the rain.
get over | to feel well again after something bad, such as an illness or a parting | It took her a year to get over the divorce.
on the fence | not having decided between two sides | I'm on the fence about the new job.
hold a grudge | to stay angry with somebody for a long time | She still holds a grudge because I forgot her birthday.
beg to differ | to have another opinion; it is formal | You say that it is too late. I beg to differ.
do the trick | to be just what is needed | A cup of tea will do the trick.
break a leg | good luck, to somebody who goes on a stage | You have your concert tonight? Break a leg!
rain cats and dogs | to rain very hard | It rained cats and dogs all night.
the last straw | the last of many bad things, after which you can bear no more | The broken lift was the last straw.
hit the road | to begin a journey | It's late; we must hit the road.
hit the sack | to go to bed | I'm going to hit the sack.
spill the beans | to tell a secret | Come on, spill the beans!
pull somebody's leg | to tell somebody something untrue as a joke | Is that true, or are you pulling my leg?
pull my leg | to tell me something untrue as a joke | Are you pulling my leg?
pull your leg | to tell you something untrue as a joke | Don't worry, he was only pulling your leg.
by heart | from memory | I know the poem by heart.
never mind | it is not important | “I forgot the milk.” “Never mind.”
it depends | it can be one way or another | “Do you walk to work?” “It depends on the weather.”
what a pity | I'm sorry about that | You can't come? What a pity!
used to | it was so in the past and is over | I used to live in Leeds.
supposed to | expected to do something | You are supposed to wear a helmet.
as far as | up to a point or a place | As far as I know, he is ill.
at least | not less than that | You need at least an hour.
sooner or later | at some time in the future | Sooner or later you will need a new car.
out of order | not working, of a machine | The lift is out of order.
fall asleep | to begin to sleep | I fell asleep on the sofa.
look forward to | to be happy about something that will come | I look forward to the holidays.
give up | to stop trying or to stop doing something | He gave up smoking.
give in | to agree at last to what you did not want | She gave in and bought the dog.
put up with | to accept something unpleasant without complaining | I can't put up with the noise any more.
run out of | to have no more of something | We have run out of milk.
get along with | to like somebody and be friendly with them | I get along well with my boss.
get on with | to be friendly with somebody, or to continue with something | I get on with my neighbours.
look after | to take care of somebody or something | She looks after her little brother.
look up to | to admire somebody | He looks up to his father.
look for | to try to find | I'm looking for my keys.
find out | to learn a fact | I found out that he is a doctor.
figure out | to understand or solve something by thinking | I can't figure out how it works.
turn down | to say no to an offer, or to make something less loud | She turned down the job.
turn up | to arrive, often late or by surprise, or to make something louder | He turned up an hour late.
take off | to leave the ground (a plane), or to remove clothes | The plane took off at six.
take after | to be like an older person in your family | She takes after her mother.
take up | to begin a hobby or activity | He took up tennis last year.
take over | to get control of something | The new boss took over in May.
bring up | to care for a child until it is grown, or to begin to speak about something | She was brought up in Spain.
call off | to decide that something planned will not happen | They called off the match.
carry on | to continue | Carry on with your work, please.
carry out | to do what was planned or ordered | They carried out the plan.
catch up | to reach somebody who is ahead, or to do what you have missed | I have to catch up with my work.
come across | to find or meet by chance | I came across an old photo.
come up with | to think of an idea | She came up with a good idea.
cut down on | to do or use less of something | I want to cut down on sugar.
deal with | to do what is necessary about something | She deals with customers.
drop out | to leave school or a course before its end | He dropped out of university.
end up | to be in a place or state at last that you did not plan | We ended up at a small hotel.
fall out with | to argue with somebody and not be friends any more | He fell out with his brother.
get rid of | to throw away or to free yourself of something | I got rid of the old sofa.
get used to | to find something normal after some time | I got used to the cold.
go on | to continue, or to happen | What is going on here?
hang out | to spend time without doing much | We hang out at the park.
keep up | to go as fast as others, or to continue | I can't keep up with him.
let down | to disappoint somebody | He promised to help, but he let me down.
make up | to invent a story, or to be friends again | They argued, and then they made up.
make up your mind | to decide | I can't make up my mind.
pick up | to lift something, to collect somebody, or to learn without lessons | I'll pick you up at six.
point out | to tell somebody a fact that they have not seen | She pointed out a mistake.
put off | to do something later than planned | We put off the meeting.
run into | to meet somebody by chance | I ran into an old friend.
set up | to start a company or to prepare something | She set up her own business.
show up | to come to a place | He did not show up.
sort out | to solve a problem or to put things in order | We sorted out the problem.
stand out | to be easy to see because it is different | Her red coat stands out.
work out | to do exercises, to solve something, or to end well | It all worked out in the end.
break down | to stop working (a car, a machine) | My car broke down.
break up | to end a relationship | They broke up last month.
a piece of cake | something very easy | The test was a piece of cake.
under the weather | a little ill | I feel a bit under the weather.
once in a blue moon | very rarely | We eat out once in a blue moon.
break the ice | to say or do something so that people feel less shy | He told a joke to break the ice.
hit the nail on the head | to say exactly what is right | You hit the nail on the head.
cost an arm and a leg | to be very expensive | That car costs an arm and a leg.
call it a day | to stop working for today | Let's call it a day.
bite the bullet | to do something unpleasant that you can't avoid | I bit the bullet and called him.
let the cat out of the bag | to tell a secret by mistake | He let the cat out of the bag about the party.
the ball is in your court | it is your turn to decide or act | I made an offer, and now the ball is in your court.
beat around the bush | to avoid saying the important thing | Don't beat around the bush.
rule of thumb | a simple rule that is mostly right | As a rule of thumb, water plants once a week.
take it with a grain of salt | not to believe it completely | Take his stories with a grain of salt.
in the long run | after a long time, not at once | It will be cheaper in the long run.
on the other hand | seen from another side | It is small; on the other hand, it is cheap.
from scratch | from the very beginning, with nothing ready | She made the cake from scratch.
make ends meet | to have just enough money to live | It is hard to make ends meet.
see eye to eye | to agree | We don't see eye to eye on money.
keep an eye on | to watch and take care of something | Please keep an eye on my bag.
at the end of the day | when everything has been considered | At the end of the day, it is your choice.
to be honest | I say what I really think | To be honest, I did not like the film.
by the way | I want to add something else | By the way, I met your sister.
as well | also | I play the piano, and I sing as well.
in charge of | responsible for | She is in charge of the project.
on purpose | because you want to, not by accident | He broke it on purpose.
by accident | without wanting to | I broke it by accident.
burn out | to become ill or very tired from too much work | Many nurses burn out.
drive up the wall | to make somebody very annoyed | The noise drives me up the wall.
toy with | to think about something without being serious yet | I'm toying with the idea of moving.
vent | to say loudly how angry you are, so that you feel better | I had a bad day and need to vent.
let it go | to stop being angry or sad about something | It's over, so let it go.
fed up | annoyed and tired of something | I'm fed up with the rain.
"""
_FORMAL = """
get receive, obtain or become; buy purchase; ask enquire or request; help assist; need require; start commence; end terminate
or conclude; show demonstrate; tell inform; think consider; say state; give provide; use employ or utilise; try attempt; keep
retain; enough sufficient; big substantial or considerable; good excellent or beneficial; bad unfavourable or detrimental;
but however; so therefore; also furthermore; about approximately; a lot of numerous or considerable; kids children;
talk converse or discuss; find discover; fix repair; check verify; want wish; let permit; live reside; leave depart; seem appear
"""
_PREPOSITIONS = """
complain about; depend on; listen to; wait for; look at; pay for; belong to; agree with; apply for; apologise for; arrive at; believe in;
concentrate on; consist of; deal with; dream of; insist on; laugh at; participate in; prepare for; rely on; smile at; succeed in;
suffer from; think about; worry about; interested in; good at; bad at; afraid of; proud of; married to; responsible for;
famous for; similar to; different from; tired of; keen on; angry with; worried about; excited about; used to; capable of;
full of; jealous of; reason for; solution to; increase in; advantage of; demand for; invitation to; answer to; discuss -;
marry -; enter -; reach -; contact -; phone -; explain to; arrive in; ask for; search for; borrow from; congratulate on;
accuse of; prevent from; translate into; divide into; spend on; congratulations on; opinion on; difficulty in; need for
"""
_ENTRIES = {
    word.strip(): (meaning.strip(), example.strip())
    for word, meaning, example in (line.split("|") for line in _IDIOMS.strip().splitlines())
}
_WORDIER = {
    word: formal
    for word, formal in (
        one.strip().split(" ", 1) for one in _FORMAL.replace("\n", " ").replace("a lot of", "a_lot_of").split(";")
    )
}
_TAKES: dict[str, tuple[str, ...]] = {}
for _word, _prep in (one.strip().rsplit(" ", 1) for one in _PREPOSITIONS.replace("\n", " ").split(";")):
    _TAKES[_word] = (*_TAKES.get(_word, ()), _prep)
_SMALL = re.compile(r"\b(?:someone|somebody|something|sb|sth|one|a person|it)\b['’]?s?")
_ASKS_FORMAL = re.compile(
    r"\b(?:more )?(?:formal|polite|academic|professional)(?:er)? (?:word|synonym|way to say|alternative|expression)s?(?: for| of| to| than)? [\"“'‘]?([a-z ]+?)[\"”'’]?\W*$", re.I
)  # fmt: skip
_OR = re.compile(r"[\"“'‘]?([a-z]+) ([a-z]+)[\"”'’]? or [\"“'‘]?(?:(?:\1) )?([a-z]+)[\"”'’]?\W*$", re.I)
_WHICH = re.compile(
    r"\b(?:which|what) prepositions?\b.*\b(?:with|after|for|follows|take|use)\b\s*[\"“'‘]?([a-z]+)[\"”'’]?\W*$", re.I
)
_FORMALLY = re.compile(
    r"\b(?:more )?(?:formal(?:ly)?|polite(?:ly)?)\b[^:\"“]*[:\"“]+\s*[\"“]?([^\"“”]{5,120}?)[\"”]?\W*$", re.I
)
_SOFTER = (
    (r"\bI want\b", "I would like"), (r"\bcan you\b", "could you"), (r"\bcan I\b", "may I"), (r"\bgive me\b", "let me have"),
    (r"\btalk about\b", "discuss"), (r"\bbuy\b", "purchase"), (r"\bget (?=(?:an?|the|your|my|some|more)\b)", "receive "), (r"\bhelp (?=(?:me|you|him|her|us|them)\b)", "assist "), (r"\bask for\b", "request"),
    (r"\bdon['’]t\b", "do not"), (r"\bcan['’]t\b", "cannot"), (r"\bI['’]m\b", "I am"), (r"\bit['’]s\b", "it is"), (r"\ba lot of\b", "a great deal of"),
    (r"\bhi\b|\bhey\b", "good morning"), (r"^(?:i am |i['’]m )?(?:so |very )?sorry\b", "I apologise"), (r"\btell me\b", "let me know"),
)  # fmt: skip
_SMALL_WORDS = frozenset("about at for from in into of on to with by over".split())  # noqa: SIM905
_ENDS = (("ied", "y"), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"), ("es", ""), ("s", ""))


def meaning(phrase: str) -> str:
    """What an idiom or a phrasal verb means, with an example; empty when it is none that we know."""
    found = _entry(" ".join(_SMALL.sub(" ", phrase.lower()).split()))
    if found is None:
        return ""
    meant, example = _ENTRIES[found]
    return f"“{found.capitalize()}” means {meant}. For example: {example}"


_BEFORE = (
    "", "i'm ", "i am ", "he's ", "he is ", "she's ", "she is ", "it's ", "it is ", "you are ", "we are ", "they are ", "to ",
    "to be ", "be ", "a ", "the ", "is ", "to have ", "to sit ", "sit ", "to feel ", "to do ",
)  # fmt: skip
_AFTER = (" with", " of", " about", " on", " at", " to", " for")


def _entry(phrase: str) -> str | None:
    if f"a {phrase}" in _ENTRIES:
        return f"a {phrase}"
    for end in _AFTER:
        if phrase.endswith(end) and phrase not in _ENTRIES and (found := _entry(phrase.removesuffix(end))) is not None:
            return found
    return next(
        (
            found
            for start in _BEFORE
            if phrase.startswith(start) and (found := _plain_entry(phrase.removeprefix(start))) is not None
        ),
        None,
    )


def _plain_entry(phrase: str) -> str | None:
    """The entry of a phrase in any form of its verb, or of its first words."""
    first, _, others = phrase.partition(" ")
    for form in _bases(first):
        whole = f"{form} {others}".strip()
        if whole in _ENTRIES:
            return whole
        longer = next((one for one in _ENTRIES if one.startswith(f"{whole} ") and " " in whole), None)
        if longer is not None and len(longer.split()) == len(whole.split()) + 1:
            return longer
    return None


def _bases(word: str) -> list[str]:
    past = {"gave": "give", "got": "get", "took": "take", "came": "come", "ran": "run", "made": "make", "found": "find",
            "fell": "fall", "broke": "break", "brought": "bring", "went": "go", "put": "put", "kept": "keep", "let": "let"}  # fmt: skip
    cut = [word[: -len(end)] + back for end, back in _ENDS if word.endswith(end)]
    return [word, past.get(word, word), *cut]


def answer(text: str) -> str | None:
    """The answer to a question for a more formal word or for a preposition; None when it is none."""
    if (match := _ASKS_FORMAL.search(text)) is not None:
        word = match.group(1).strip().lower()
        wordier = _WORDIER.get(word.replace("a lot of", "a_lot_of"))
        return f"More formal than “{word}”: {wordier}." if wordier else None
    if (match := _FORMALLY.search(text)) is not None:
        return f"More formally: “{formal(match.group(1))}”"
    if "?" in text or re.search(r"\b(?:is it|do you say|do we say|say|which)\b", text, re.I):
        match = _OR.search(text)
        if match is not None and {match.group(2).lower(), match.group(3).lower()} <= _SMALL_WORDS:
            return _takes(match.group(1).lower(), (match.group(2).lower(), match.group(3).lower()))
        if (match := _WHICH.search(text)) is not None:
            return _takes(match.group(1).lower(), ())
    return None


def formal(text: str) -> str:
    """A sentence with more formal words and softer requests."""
    for pattern, instead in _SOFTER:
        text = re.sub(pattern, instead, text, flags=re.I)
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _takes(word: str, choice: tuple[str, ...]) -> str | None:
    preps = next((_TAKES[one] for one in _bases(word) if one in _TAKES), ())
    fits = [one for one in preps if one in choice] or [one for one in preps if not choice]
    if not fits:
        return None
    if fits[0] == "-":
        return f"“{word.capitalize()}” takes no preposition."
    return f"We say “{word} {fits[0]}”: that is the preposition after “{word}”."
