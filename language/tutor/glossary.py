"""Plain-English explanations of words learners often ask for.

One line a word: word | what it means, in simple words | an example | a near word (may be empty).
"""

# ruff: noqa: E501 - a table reads best with one line an entry

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A word with its meaning, an example, and a word that is near."""

    word: str
    meaning: str
    example: str
    near: str


_LINES = """
nurse | a person whose job is to care for people who are ill | My sister is a nurse in a children's hospital. |
perspective | a way of thinking about something | Living abroad gave me a new perspective on my country. | point of view
ability | being able to do something | She has the ability to learn languages fast. | skill
achieve | to succeed in doing something after work | He achieved his goal of running ten kilometres. | reach
advice | what somebody thinks you should do | Can you give me some advice about my CV? | suggestion
afford | to have enough money for something | We can't afford a new car this year. |
although | but; in spite of the fact that | Although it was raining, we went out. | even though
ambitious | wanting very much to be successful | She is ambitious and works late. |
annoyed | a little angry | He was annoyed because the bus was late. | irritated
anxious | worried about what may happen | I feel anxious before exams. | nervous
apologize | to say sorry | I apologized for being late. |
appointment | a time fixed to meet somebody | I have an appointment with the dentist at three. | meeting
appreciate | to be thankful for something, or see its value | I appreciate your help. | value
argue | to speak angrily because you do not agree | They argued about money. | disagree
available | free, or possible to get | Are you available on Friday? | free
avoid | to stay away from something or not do it | I avoid sugar in the evening. |
aware | knowing about something | Are you aware of the new rules? | conscious
awkward | uncomfortable or difficult | There was an awkward silence. | uncomfortable
behaviour | the way somebody acts | The children's behaviour was very good. | conduct
belong | to be somebody's, or to be in the right place | This bag belongs to me. |
benefit | something good that comes from something | One benefit of cycling is better health. | advantage
bill | a paper that says how much you must pay | Could we have the bill, please? | check
boring | not interesting | The film was so boring that I fell asleep. | dull
borrow | to take something and give it back later | Can I borrow your pen? | the opposite is lend
brave | not afraid of danger | The brave woman jumped into the water to help. | courageous
bring | to take something with you to this place | Please bring your book tomorrow. | take
busy | having a lot to do | I'm busy this afternoon. | occupied
cancel | to say that something planned will not happen | The flight was cancelled because of snow. | call off
challenge | something new and difficult | Learning to drive was a real challenge. |
cheap | costing little money | This shirt was very cheap. | inexpensive
choice | what you decide to take, or the chance to decide | You have a choice: tea or coffee. | option
colleague | a person you work with | My colleagues are friendly. | co-worker
complain | to say that you are not happy with something | We complained about the noise. |
confident | sure that you can do something well | She is confident when she speaks English. | self-assured
confused | not able to understand | I'm confused: is it on the left or on the right? | puzzled
convenient | easy to use, or good for your plans | Is ten o'clock convenient for you? | handy
crowded | full of people | The train was crowded this morning. | packed
curious | wanting to know | Children are curious about everything. | interested
deadline | the last day or hour for something | The deadline for the report is Friday. |
decision | what you choose after thinking | It was a difficult decision. | choice
delay | a time when you must wait longer than planned | There was a delay of two hours. | hold-up
delicious | very good to eat | This soup is delicious. | tasty
depend | to be decided by something else | It depends on the weather. |
describe | to say what something is like | Can you describe the man? |
develop | to grow, or make something grow | The town developed quickly. | grow
disappointed | sad because something was not as good as you hoped | I was disappointed with my mark. | let down
disease | an illness | Doctors found a new treatment for the disease. | illness
efficient | working well without wasting time | The new system is more efficient. | productive
effort | the work you put into something | It takes effort to learn a language. | hard work
embarrassed | feeling shy or ashamed in front of others | I was embarrassed when I forgot her name. | ashamed
encourage | to give somebody hope or courage to do something | My teacher encouraged me to speak. | support
enjoy | to like doing something | I enjoy reading in the evening. | like
enough | as much as you need | Do we have enough milk? | sufficient
environment | the world around us: air, water, plants, animals | Cars are bad for the environment. | surroundings
especially | more than others | I love fruit, especially mangoes. | particularly
excited | very happy about something that will come | She is excited about her trip. | thrilled
exhausted | very, very tired | After the race I was exhausted. | worn out
expensive | costing a lot of money | London is expensive. | dear
experience | what you have done and learned | She has ten years of experience as a nurse. |
explain | to make something clear | Could you explain the rule again? | clarify
fair | treating everybody in the right way | It isn't fair that she pays for everyone. | just
familiar | known to you | That face looks familiar. | well known
famous | known by many people | He is a famous singer. | well known
feedback | what people say about how well you did | My teacher gave me useful feedback. | comments
fluent | able to speak a language easily | She is fluent in three languages. |
frequently | often | He frequently travels for work. | often
generous | happy to give to others | She is generous with her time. | kind
goal | something you want to reach | My goal is to speak without fear. | aim
gorgeous | very beautiful | What a gorgeous view! | beautiful
grateful | feeling that you want to say thank you | I'm grateful for your help. | thankful
habit | something you do often, almost without thinking | Drinking coffee is a habit of mine. | routine
hardly | almost not | I could hardly hear her. | barely
hesitate | to wait a moment because you are not sure | Don't hesitate to ask questions. | pause
honest | telling the truth | To be honest, I didn't like the film. | truthful
however | but | It was late. However, nobody wanted to leave. | but
improve | to become or make better | My pronunciation is improving. | get better
increase | to become or make bigger | Prices increased last year. | rise
influence | to change how somebody thinks or acts | My grandmother influenced me a lot. | affect
instead | in the place of something | I drink tea instead of coffee. | rather than
issue | a problem or subject people talk about | Traffic is an important issue here. | problem
journey | going from one place to another | The journey took five hours. | trip
lend | to give something for a time | Can you lend me ten euros? | the opposite is borrow
likely | probably going to happen | It's likely to rain. | probable
lonely | sad because you are alone | He felt lonely in the new city. |
luggage | the bags you take on a trip | My luggage is very heavy. | baggage
mention | to say something shortly | She mentioned her new job. | refer to
mistake | something that is wrong | Everybody makes mistakes. | error
mood | how you feel at a moment | I'm in a good mood today. |
neighbour | a person who lives near you | Our neighbours are quiet. |
nevertheless | in spite of that | It was cold; nevertheless, we swam. | even so
notice | to see or hear something and know it is there | Did you notice her new glasses? | spot
obvious | easy to see or understand | It was obvious that he was tired. | clear
occasionally | sometimes, but not often | We occasionally eat out. | now and then
opinion | what you think about something | In my opinion the film is too long. | view
opportunity | a chance to do something | It was a great opportunity to practise. | chance
otherwise | if not | Hurry, otherwise we'll miss the bus. | or else
outgoing | liking to meet and talk to people | She is outgoing and has many friends. | sociable
overcome | to win against a problem | He overcame his fear of speaking. | beat
owe | to have to give back money or thanks | I owe you five pounds. |
patient | able to wait calmly; also a person a doctor treats | Be patient with yourself. | calm
persuade | to make somebody decide to do something by talking | She persuaded me to come. | convince
polite | speaking and acting in a kind, correct way | It is polite to say please. | well-mannered
postpone | to move something to a later time | The meeting was postponed until Monday. | put off
pretend | to act as if something were true | He pretended to be asleep. |
prevent | to stop something from happening | Seat belts prevent injuries. | stop
probably | almost certainly | I'll probably stay at home. | likely
properly | in the right way | The door doesn't close properly. | correctly
proud | pleased about something you or yours did | I'm proud of my son. |
purpose | the reason why you do something | What is the purpose of your visit? | aim
quite | rather; more than a little | The test was quite easy. | fairly
rather | more than a little; also: would prefer | It's rather cold. I'd rather stay in. | quite
realize | to begin to know or understand something | I realized that I had no money. | notice
receipt | a paper that shows you have paid | Keep the receipt. |
recently | not long ago | I have recently moved. | lately
recommend | to say that something is good | Can you recommend a restaurant? | suggest
refuse | to say no to something | He refused to answer. | the opposite is agree
regret | to be sorry about something you did or did not do | I regret selling my guitar. |
relationship | how people are connected and feel about each other | They have a good relationship. | connection
reliable | that you can trust | She is a reliable friend. | dependable
remind | to make somebody remember | Remind me to call my mother. |
rent | money you pay to live somewhere, or to pay it | The rent is high in this city. |
reply | to answer | She replied to my email at once. | answer
require | to need | The job requires good English. | need
responsible | having to look after something; also: able to be trusted | Who is responsible for the keys? | in charge
rude | not polite | It was rude to leave without saying goodbye. | impolite
schedule | a plan of times | What's your schedule for tomorrow? | timetable
search | to look for something | I searched for my keys everywhere. | look for
sensible | having good judgement | It is sensible to take a map. | reasonable
sensitive | feeling things strongly, or easily hurt | Be careful: he is sensitive about his age. |
several | more than two, but not many | I have been there several times. | some
shy | nervous with people you do not know | He was shy at first. | timid
similar | almost the same | Our jobs are similar. | alike
skill | something you can do well because you learned it | Cooking is a useful skill. | ability
slightly | a little | I feel slightly better. | a bit
solve | to find the answer to a problem | We solved the problem together. | work out
spend | to use money or time | I spend an hour a day on English. |
struggle | to try hard because something is difficult | I struggle with phrasal verbs. | have difficulty
check in | to say at a hotel or an airport that you have arrived, and get your key or your card | We checked in at three. | register
check out | to leave a hotel, pay and give the key back; also: to have a look at something | We have to check out by eleven. | leave
main course | the biggest part of a meal | I had fish as a main course. |
stubborn | not wanting to change your mind | He is as stubborn as a mule. | obstinate
succeed | to do what you wanted to do | She succeeded in passing the exam. | manage
suggest | to say an idea for somebody to think about | I suggest going by train. | propose
suitable | right for somebody or something | This film isn't suitable for children. | appropriate
support | to help somebody or agree with them | My family supports me. | help
surprised | feeling that you did not expect something | I was surprised to see him. | astonished
therefore | for that reason | He was ill and therefore stayed at home. | so
though | but; in spite of that | It's expensive, though very good. | although
thoughtful | thinking of others, or thinking deeply | What a thoughtful gift! | considerate
throughout | in every part of, or during all of | It rained throughout the night. | all through
tidy | with everything in its place | Her desk is always tidy. | neat
tough | difficult; also: strong | It was a tough week. | hard
trust | to believe that somebody is honest | I trust my sister. | rely on
unless | if not | I won't go unless you come too. | if … not
unlike | not like | Unlike my brother, I love fish. | different from
upset | sad or angry about something that happened | She was upset after the call. | unhappy
useful | that helps you | A dictionary is useful. | helpful
usually | most of the time | I usually get up at seven. | normally
various | several different | There are various ways to learn. | different
waste | to use more than you need, or use badly | Don't waste your time. |
whether | if, between two choices | I don't know whether to stay or go. | if
willing | ready to do something | Are you willing to help? | prepared
wonder | to ask yourself | I wonder where he is. |
worth | good or important enough for something | The museum is worth a visit. |
yet | until now; also: but | I haven't finished yet. | so far
thrive | to grow or do very well | Plants thrive in warm weather, and children thrive when they feel safe. | flourish
reluctant | not really wanting to do something | I was reluctant to leave the party. | unwilling
cope | to deal with something difficult without big problems | How do you cope with stress? | manage
give up | to stop doing or trying something | He gave up smoking last year. | stop
look after | to take care of somebody or something | Who looks after your children when you work? | take care of
look forward to | to be happy about something that will happen | I'm looking forward to the weekend. |
put off | to do something later than planned | Don't put off your homework until tomorrow. | postpone
get rid of | to throw away or remove something that you don't want | I got rid of my old sofa. |
run out of | to have no more of something | We have run out of milk. |
find out | to learn a fact that you did not know | I found out that she speaks five languages. | discover
get along | to have a friendly relationship | I get along well with my neighbours. | get on
procrastinate | to wait too long before you do what you should do | I procrastinate when I have to clean my flat. | delay
bakery | a shop or place where bread and cakes are made or sold | I buy fresh rolls at the bakery every morning. |
ambiguous | having more than one possible meaning | His answer was ambiguous, so I asked again. | unclear
resilient | able to recover quickly after something bad | Children are often very resilient. | strong
thorough | very careful, so that nothing is forgotten | The doctor did a thorough examination. | careful
subtle | not easy to see or notice | There is a subtle difference between the two words. | slight
sibling | a brother or a sister | Do you have any siblings? |
mortgage | money that you borrow from a bank to buy a house | They pay the mortgage every month. | loan
overwhelmed | having so much to do or feel that it is too much | I felt overwhelmed by all the work. |
eager | wanting very much to do something | She is eager to learn. | keen
rely | to need somebody or something, or trust them (rely on) | You can rely on me. | depend
reliable | somebody or something that you can trust | My car is old but reliable. | dependable
effort | the energy that you need to do something | Learning a language takes a lot of effort. |
commute | to travel to work and back every day | I commute to the city by train. |
leisure | time when you do not work | What do you do in your leisure time? | free time
nevertheless | in spite of what was just said | It was raining; nevertheless, we went out. | however
outcome | what happens at the end of something | Nobody knows the outcome of the talks. | result
tackle | to try to solve a problem | The city wants to tackle the traffic problem. | deal with
dog | an animal that many people keep as a pet and that barks | Our dog sleeps in the kitchen. |
get | to receive, to become or to arrive; it has many uses | I got a letter. I'm getting tired. We got home late. |
run | to move fast on your feet; also: to manage a business | I run in the park every morning. She runs a hotel. |
bank | a place where you keep or borrow money; also: the side of a river | I have to go to the bank. We sat on the bank of the river. |
light | what lets you see things; also: not heavy, or not dark | Turn on the light, please. This bag is very light. |
fair | right and honest; also: of a light colour | It isn't fair that he gets more. She has fair hair. | just
beautiful | very nice to look at or to hear | What a beautiful garden! | lovely
happiness | the feeling of being happy | Money can't buy happiness. | joy
bread | food that is made of flour and water and baked | I eat bread with cheese for breakfast. |
"""


def _entry(line: str) -> Entry:
    word, meaning, example, near = (part.strip() for part in line.split("|"))
    return Entry(word, meaning, example, near)


ENTRIES: dict[str, Entry] = {entry.word: entry for entry in map(_entry, _LINES.strip().splitlines())}


def look_up(word: str) -> Entry | None:
    """The entry of `word` or of its plain form (“achieved”, “habits”)."""
    word = word.lower().strip()
    candidates = [word]
    for ending, instead in (
        ("ies", "y"),
        ("es", ""),
        ("s", ""),
        ("ied", "y"),
        ("ed", ""),
        ("d", ""),
        ("ing", ""),
        ("ing", "e"),
        ("ly", ""),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            candidates.append(word[: -len(ending)] + instead)
    return next((ENTRIES[one] for one in candidates if one in ENTRIES), None)
