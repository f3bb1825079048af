"""Sentences with a gap, sorted by point of grammar: what fits, and why."""

# ruff: noqa: E501 - a table reads best with one line an entry

import re
from dataclasses import dataclass

_LINES = """
articles | I saw … elephant at the zoo. | an | Before the sound of a vowel say “an”. | a an the nothing
articles | My brother is … engineer. | an | A profession in the singular takes “a” or “an”. | a an the nothing
articles | Could you close … door, please? | the | Both of us know which door it is. | a an the nothing
articles | I love … music. | nothing/-/no article/no/zero | Things in general take no article. | a an the nothing
articles | We stayed at … university near the station. | a | “University” begins with the sound of “you”, so say “a”. | a an the nothing
articles | … sun is very hot today. | the | There is only one sun. | a an the nothing
prepositions | My birthday is … May. | in | Months take “in”. | in on at
prepositions | The meeting starts … nine o'clock. | at | Times of the clock take “at”. | in on at
prepositions | We don't work … Sundays. | on | Days take “on”. | in on at
prepositions | I'm waiting … the bus. | for | One waits “for” something. | for on to
prepositions | She is good … cooking. | at | Say “good at”. | at in of
prepositions | It depends … the weather. | on | Say “depend on”. | of on from
past simple | Yesterday we … to the beach. (go) | went | The past of “go” is “went”. |
past simple | She … me a letter last week. (write) | wrote | The past of “write” is “wrote”. |
past simple | I … not see you at the party. (do) | did | The negative of the past takes “did not” and the base form. |
past simple | They … the keys under the mat. (find) | found | The past of “find” is “found”. |
past simple | He … his leg two years ago. (break) | broke | The past of “break” is “broke”. |
irregular verbs | What is the past of “teach”? | taught | Teach, taught, taught. |
irregular verbs | What is the third form of “drink”? | drunk | Drink, drank, drunk. |
irregular verbs | What is the past of “fly”? | flew | Fly, flew, flown. |
irregular verbs | What is the third form of “choose”? | chosen | Choose, chose, chosen. |
irregular verbs | What is the past of “buy”? | bought | Buy, bought, bought. |
present perfect | I have never … sushi. (eat) | eaten | The third form of “eat” is “eaten”. |
present perfect | She … lived here since 2019. (have) | has | With “she” say “has”. |
present perfect | I have known him … ten years. | for | “For” gives how long. | for since
present perfect | We … him yesterday. (see) | saw | “Yesterday” is a finished time: past simple. |
present perfect | Have you ever … to Scotland? (be) | been | The third form of “be” is “been”. |
since and for | I have worked here … March. | since | “Since” gives when it began. | for since
since and for | She has been ill … three days. | for | “For” gives how long. | for since
since and for | They have been married … 2010. | since | “Since” gives when it began. | for since
since and for | We waited … an hour. | for | “For” gives how long. | for since
much and many | How … money do you need? | much | “Money” can't be counted. | much many
much and many | There are not … chairs in the room. | many | Chairs can be counted. | much many
much and many | I don't have … time today. | much | “Time” can't be counted here. | much many
much and many | How … people came to the party? | many | People can be counted. | much many
comparatives | My flat is … than yours. (small) | smaller | Short adjectives take -er. |
comparatives | This book is … than the film. (good) | better | “Good” becomes “better”. |
comparatives | English is … than Latin. (easy) | easier | After a consonant, y becomes i: “easier”. |
comparatives | It was the … day of my life. (bad) | worst | Bad, worse, the worst. |
comparatives | Your car is more expensive … mine. | than | After a comparative comes “than”. |
conditionals | If it rains, we … at home. (stay) | will stay/'ll stay/’ll stay | A possible future: “will” in the other part. |
conditionals | If I … rich, I would buy a boat. (be) | were/was | After “if” comes the past for what is unreal now. |
conditionals | If I had known, I would have … you. (call) | called | After “would have” comes the third form. |
conditionals | If she … more, she would pass the test. (study) | studied | After “if” comes the past for what is unreal now. |
gerunds and infinitives | I enjoy … books. (read) | reading | After “enjoy” comes the -ing form. |
gerunds and infinitives | I want … home. (go) | to go | After “want” comes “to” and the base form. |
gerunds and infinitives | She finished … at six. (work) | working | After “finish” comes the -ing form. |
gerunds and infinitives | Thank you for … me. (help) | helping | After a preposition comes the -ing form. |
gerunds and infinitives | They decided … early. (leave) | to leave | After “decide” comes “to” and the base form. |
present simple | My sister … in a bank. (work) | works | With he, she and it the verb takes -s. |
present simple | … you like coffee? | do | Questions with “you” take “do”. |
present simple | He … not eat meat. (do) | does/doesn't | With he, she and it say “does not”. |
present simple | The bus … at seven every day. (go) | goes | “Go” becomes “goes”. |
present continuous | Be quiet, the baby … . (sleep) | is sleeping/'s sleeping/sleeping | It happens now: “is” and the -ing form. |
present continuous | What are you … now? (do) | doing | It happens now: the -ing form. |
present continuous | We … dinner at the moment. (have) | are having/'re having/having | It happens now: “are” and the -ing form. |
passive | This house was … in 1900. (build) | built | The passive takes “be” and the third form. |
passive | English is … in many countries. (speak) | spoken | The passive takes “be” and the third form. |
passive | The letters … sent yesterday. | were | Several letters, in the past: “were”. |
modal verbs | You look ill. You … see a doctor. | should/must/ought to | Advice takes “should”. | should can't would
modal verbs | She can … three languages. (speak) | speak | After “can” comes the base form. |
modal verbs | Yesterday I … to work late. | had | The past of “must” is “had to”. | must had should
phrasal verbs | Please turn … the light, it is dark. | on | “Turn on” makes it work. | on off up
phrasal verbs | He gave … smoking last year. | up | “Give up” means to stop. | up in off
phrasal verbs | Who looks … your children? | after | “Look after” means to take care of. | for after at
phrasal verbs | I get … at six every day. | up | “Get up” means to leave the bed. | up on off
make and do | I have to … my homework. | do | Tasks take “do”. | make do
make and do | Everybody … mistakes. | makes/make | One makes mistakes. | makes does
make and do | She … the dishes every evening. | does/do | Tasks in the house take “do”. | makes does
make and do | Let's … a plan. | make | One makes plans. | make do
questions | Where … you live? | do | Questions with “you” take “do”. |
questions | … she like tea? | does | Questions with “she” take “does”. |
questions | What … you do yesterday? | did | Questions about the past take “did”. |
plurals | one child, two … | children | “Child” has an irregular plural. |
plurals | one knife, two … | knives | “Knife” becomes “knives”. |
plurals | one city, two … | cities | After a consonant, y becomes -ies. |
plurals | one woman, two … | women | “Woman” has an irregular plural. |
future | Look at those clouds! It is … to rain. | going | What one can see coming takes “going to”. |
future | The phone is ringing. I … get it. | will/'ll/’ll | A decision made now takes “will”. | will am going to
future | We … going to visit my aunt on Sunday. | are/'re | With “we” say “are”. |
"""


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence with a gap, what fits, why, and what one may choose from."""

    point: str
    text: str
    right: tuple[str, ...]
    why: str
    choice: tuple[str, ...]

    def asked(self) -> str:
        """The item as the tutor says it."""
        if self.text.endswith("?") and "…" not in self.text:
            return self.text
        options = self.choice if self.point != "future" else ()
        chosen = f" Choose: {', '.join(options[:-1])} or {options[-1]}." if options else ""
        return f"What is missing? “{self.text}”{chosen}"

    def whole(self) -> str:
        """The sentence with the gap filled."""
        if "…" not in self.text:
            return self.right[0]
        plain = re.sub(r" \([a-z]+\)$", "", self.text)
        filled = plain.replace("… ", "") if self.right[0] == "nothing" else plain.replace("…", self.right[0])
        filled = filled.replace(" .", ".")
        return filled[:1].upper() + filled[1:]


def _item(line: str) -> Item:
    point, text, right, why, choice = (part.strip() for part in (line + " ").split("|"))
    return Item(point, text, tuple(right.split("/")), why, tuple(choice.split()))


ITEMS = tuple(_item(line) for line in _LINES.strip().splitlines())
