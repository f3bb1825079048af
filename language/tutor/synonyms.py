"""Other words for the common ones, with what makes them different: “big” is large, huge, enormous."""

# ruff: noqa: E501 - a table reads best with one line an entry

import re

from language.lexicon import explained
from language.tutor import glossary

_LINES = """
big | large, huge, enormous | They live in an enormous house.
small | little, tiny | She has a tiny flat.
good | great, excellent, wonderful | We had an excellent meal.
bad | poor, awful, terrible | The weather was awful.
nice | pleasant, lovely, kind | He is a pleasant neighbour.
beautiful | lovely, pretty, attractive | What a lovely garden!
ugly | unattractive, hideous | It is a hideous building.
happy | glad, pleased, cheerful | I was pleased with the result.
sad | unhappy, upset, miserable | She looked miserable.
angry | annoyed, cross, furious | My boss was furious.
tired | sleepy, worn out, exhausted | I was exhausted after the trip.
hungry | starving (very hungry) | I'm starving! When do we eat?
thirsty | parched (very thirsty) | I'm parched after that walk.
important | essential, crucial, significant | Sleep is essential.
interesting | fascinating, exciting | It was a fascinating talk.
boring | dull, tedious | The film was dull.
difficult | hard, tough, tricky | It was a tricky question.
easy | simple, straightforward | The test was simple.
funny | amusing, hilarious (very funny) | He told a hilarious story.
strange | odd, unusual, weird | I heard an odd noise.
fast | quick, rapid | It was a quick lunch.
slow | gradual, unhurried | There is a gradual change.
cold | chilly, freezing (very cold) | It is freezing outside.
hot | boiling (very hot), warm | It is boiling in here.
old | elderly (of people), ancient (of things) | We saw an ancient temple.
new | modern, recent, fresh | It is a modern kitchen.
rich | wealthy, well off | Her family is wealthy.
poor | needy, hard up | They help needy families.
clever | smart, intelligent, bright | He is a bright student.
intelligent | clever, smart, bright | She is a smart woman.
stupid | silly, foolish | That was a foolish idea.
afraid | scared, frightened, terrified (very afraid) | I was terrified of the dog.
scared | afraid, frightened, terrified (very scared) | The noise frightened us.
surprised | amazed, astonished (very surprised) | I was amazed by the news.
worried | anxious, concerned | I'm concerned about my son.
nervous | anxious, tense | I feel anxious before exams.
friendly | kind, warm, welcoming | The people were welcoming.
famous | well known, celebrated | He is a well-known singer.
expensive | costly, dear, pricey | That shop is pricey.
cheap | inexpensive, reasonable | The prices are reasonable.
clean | spotless (very clean), tidy | The room was spotless.
dirty | filthy (very dirty), stained | My boots are filthy.
loud | noisy | The street is noisy.
quiet | silent, calm, peaceful | It is a peaceful village.
strong | powerful, tough | It is a powerful engine.
weak | feeble, frail | He felt frail after his illness.
right | correct, accurate | Your answer is correct.
wrong | incorrect, mistaken, false | That date is incorrect.
sure | certain, confident | I'm certain that he knows.
ill | sick, unwell | She is unwell today.
great | excellent, wonderful, fantastic | We had a fantastic time.
terrible | awful, dreadful, horrible | It was a dreadful journey.
delicious | tasty, very good | The soup is tasty.
tasty | delicious | The cake was delicious.
lazy | idle | He is an idle pupil.
busy | occupied, tied up | I'm tied up this morning.
kind | friendly, generous, caring | She is a caring nurse.
brave | courageous, fearless | It was a courageous decision.
honest | truthful, sincere | He gave a sincere answer.
rude | impolite, cheeky | He was impolite to the guests.
polite | courteous, well mannered | The waiter was courteous.
whole | entire, complete | I read the entire book.
enough | sufficient, plenty of | We have plenty of time.
many | a lot of, lots of, numerous | A lot of people came.
much | a lot of, plenty of | We have plenty of time.
very | really, extremely, highly | It was extremely cold.
really | truly, very, actually | I truly like it.
often | frequently, regularly | I frequently travel by train.
sometimes | now and then, occasionally | We occasionally eat out.
always | all the time, constantly | He is constantly late.
maybe | perhaps, possibly | Perhaps she is at home.
but | however, yet, although | It rained; however, we went out.
because | since, as | As it was late, we went home.
so | therefore, that is why | I was ill. That is why I stayed at home.
also | too, as well, in addition | My sister came as well.
like | enjoy, be fond of, be keen on | I'm fond of old films.
love | adore, be crazy about | She adores her cat.
hate | detest, can't stand | I can't stand the noise.
want | would like, wish, feel like | I feel like a coffee.
need | require | The job requires patience.
get | receive, obtain, become | I received a letter.
give | offer, hand, provide | She handed me the key.
make | create, produce, build | They produce cheese.
do | carry out, perform | They carried out the work.
say | state, mention, remark | He mentioned your name.
tell | inform, let somebody know | Please let me know.
speak | talk, chat | We chatted for an hour.
talk | speak, chat, discuss | We discussed the plan.
think | believe, suppose, reckon | I believe that he is right.
know | be aware of, be familiar with | I'm aware of the problem.
see | notice, spot, observe | I spotted him in the crowd.
look | glance, gaze, stare | He glanced at his watch.
go | leave, travel, head | We left at six.
walk | stroll, wander | We strolled through the park.
run | jog, race, rush | I jog every morning.
help | assist, support, give a hand | Can you give me a hand?
start | begin, set off | We set off early.
begin | start, commence (formal) | The film starts at eight.
stop | end, finish, give up | He gave up smoking.
finish | end, complete | I completed the form.
end | finish, come to an end, close | The meeting finished late.
buy | purchase (formal), get | I got a new coat.
show | display, demonstrate, reveal | The map shows the way.
use | employ, make use of | Make use of your time.
try | attempt, have a go | Have a go!
change | alter, adapt, modify | They altered the plan.
improve | get better, enhance | My English is getting better.
explain | make clear, clarify | Could you clarify that?
understand | grasp, follow, see | I don't follow you.
answer | reply, respond | She replied at once.
ask | enquire, question | I enquired about the price.
work (verb) | have a job, be employed | He is employed at a bank.
job | work, occupation, position, post | She applied for the post.
money | cash, funds | I have no cash with me.
problem | difficulty, trouble, issue | We had some trouble with the car.
mistake | error, slip | It was only a slip.
idea | thought, plan, suggestion | That is a good suggestion.
house | home, building | They have a lovely home.
friend | mate, pal, companion | He is my best mate.
child | kid, youngster | The kids are asleep.
boss | manager, employer | My manager is on holiday.
holiday | vacation (American), break | I need a break.
trip | journey, excursion, outing | We went on an outing.
food | meals, dishes | They sell hot meals.
chance | opportunity, possibility | It was a great opportunity.
advantage | benefit, plus | One benefit is the price.
disadvantage | drawback, downside | The drawback is the noise.
result | outcome, consequence | Nobody knows the outcome.
reason | cause, motive | What is the cause of the delay?
thing | object, item, matter | There are three items on the list.
people | persons (formal), human beings, folk | They are friendly folk.
increase | rise, go up, grow | Prices have gone up.
decrease | fall, go down, decline | Sales fell last year.
afraid of | scared of, frightened of | I'm scared of spiders.
interested in | keen on, curious about | She is keen on history.
a lot of | many, much, plenty of, lots of | We have plenty of time.
for example | for instance, such as | I like fruit, for instance apples.
in my opinion | I think, I believe, as I see it | As I see it, he was right.
i think | in my opinion, I believe, I suppose | In my opinion, it is too expensive.
"""
ENTRIES: dict[str, tuple[str, str]] = {
    one[0].removesuffix(" (verb)"): (one[1], one[2])
    for one in (line.split(" | ") for line in _LINES.strip().splitlines())
}
_VERY = {
    "tired": "exhausted", "hungry": "starving", "cold": "freezing", "hot": "boiling", "big": "huge", "small": "tiny",
    "good": "excellent", "bad": "terrible", "happy": "delighted", "sad": "miserable", "angry": "furious", "funny": "hilarious",
    "afraid": "terrified", "scared": "terrified", "surprised": "astonished", "interesting": "fascinating", "beautiful": "gorgeous",
    "ugly": "hideous", "dirty": "filthy", "clean": "spotless", "important": "crucial", "tasty": "delicious", "clever": "brilliant",
    "intelligent": "brilliant", "old": "ancient", "wet": "soaked", "crowded": "packed",
    "poor": "penniless", "rich": "wealthy", "quiet": "silent", "loud": "deafening", "nice": "lovely", "fast": "rapid", "strange": "bizarre",
}  # fmt: skip
_MOST = 2
_UNKNOWN = "I know no other word for “{}”. Tell me the sentence, and we'll find another way to say it."
_Q = "[\"'“”‘’«»]?"
_ASKS = re.compile(
    rf"\b(?:synonyms?|(?:(?:an)?other|different|better|stronger|similar|alternative|more interesting|nearby?) (?:words?|expressions?|phrases?|ways? to say|adjectives?|verbs?)|words? (?:like|similar to)|(?:else|instead)(?: can i say)?)\s*(?:of|to|for|than|instead of|like|that means?|with the same meaning as)? {_Q}(?:the word )?{_Q}([a-z][a-z' ]*?){_Q}(?: in english|,? please| instead)?\W*$"
    rf"|\bwhat (?:else )?(?:can|could|should) i (?:say|use|write) (?:else )?instead of {_Q}(?:the word )?{_Q}([a-z][a-z' ]*?){_Q}(?: all the time| so often| every time)?\W*$",
    re.I,
)


def answer(text: str) -> str | None:
    """Other words for the one that a message names; None when it asks for none, or none is known."""
    if len(text) > 160 or (match := _ASKS.search(text)) is None:
        return None
    word = next(group for group in match.groups() if group).lower().strip()
    return near(word) or (_UNKNOWN.format(word) if len(word.split()) <= _MOST else None)


def listed(word: str) -> str | None:
    """Other words of our own table only, which fit better than the dictionary's."""
    return near(word) if word in ENTRIES else None


def near(word: str) -> str | None:
    """Other words with an example; None when none is known."""
    plain = word.removeprefix("to ").removeprefix("a ")
    if plain.startswith("very ") and (strong := _VERY.get(plain.removeprefix("very "))) is not None:
        return f"One word for “{plain}” is “{strong}”: “{_with(strong)}”"
    if (entry := ENTRIES.get(plain)) is not None:
        return f"Other words for “{plain}”: {entry[0]}. For example: “{entry[1]}”"
    own = glossary.look_up(plain)
    if own is not None and own.near and not own.near.startswith("the opposite"):
        return f"A near word to “{plain}” is “{own.near}”."
    found = explained.look_up(plain)
    other = next((one.near for one in (found[1] if found else ()) if one.near and one.near != plain), "")
    return f"A near word to “{plain}” is “{other}”." if other else None


def _with(strong: str) -> str:
    """A sentence with the strong word, of a person or a thing."""
    person = {"exhausted", "starving", "delighted", "miserable", "furious", "terrified", "astonished", "brilliant", "soaked", "penniless", "wealthy"}  # fmt: skip
    return f"My brother is {strong}." if strong in person else f"It is {strong}."
