"""One sentence a rule, and sentences that look wrong to a careless rule and are right."""

import pytest

from api.english.writing import evaluate

WRONG = [
    ("agreement", "She have a dog at home.", "have", "has"),
    ("agreement", "He don't know the answer.", "don't", "doesn't"),
    ("agreement", "We was at home all day.", "was", "were"),
    ("agreement", "There is many cars in the street.", "is", "are"),
    ("agreement", "My brother live in Rome now.", "live", "lives"),
    ("agreement", "People is friendly in my town.", "is", "are"),
    ("agreement", "I know a man who live in Paris.", "live", "lives"),
    ("agreement", "Everybody know this song.", "know", "knows"),
    ("agreement", "My sister and I was tired.", "was", "were"),
    ("verb_form", "She can sings very well.", "sings", "sing"),
    ("verb_form", "I didn't went there.", "went", "go"),
    ("verb_form", "They have went home.", "went", "gone"),
    ("verb_form", "I want to going home.", "going", "go"),
    ("verb_form", "I enjoy to read books.", "to read", "reading"),
    ("verb_form", "I look forward to see you.", "see", "seeing"),
    ("verb_form", "He maked a cake for us.", "maked", "made"),
    ("verb_form", "She made me to wait outside.", "me to", "me"),
    ("verb_form", "I wanted play outside.", "play", "to play"),
    ("tense", "Yesterday I go to the market.", "go", "went"),
    ("tense", "I live here since 2010.", "live", "have lived"),
    ("tense", "I have seen him yesterday.", "have seen", "saw"),
    ("tense", "If I would have money, I would travel.", "would have", "had"),
    ("article", "She ate a apple.", "a", "an"),
    ("article", "It was an useful book.", "an", "a"),
    ("article", "My father is engineer.", "engineer", "an engineer"),
    ("article", "We go to beach every summer.", "beach", "the beach"),
    ("noun_number", "One of my friend is ill.", "friend", "friends"),
    ("noun_number", "I have three sister.", "sister", "sisters"),
    ("noun_number", "He gave me some informations.", "informations", "information"),
    ("noun_number", "There were too much people.", "much", "many"),
    ("preposition", "We meet in Monday.", "in", "on"),
    ("preposition", "It depends of the weather.", "of", "on"),
    ("preposition", "I listen music in the evening.", "listen", "listen to"),
    ("preposition", "I have lived here since two years.", "since", "for"),
    ("word_order", "I don't know where is the station.", "is the station", "the station is"),
    ("word_order", "Where you live?", "you live", "do you live"),
    ("word_order", "I very like this song.", "very", "really"),
    ("missing_word", "She very happy today.", "very", "is very"),
    ("negation", "I can't see nothing here.", "nothing", "anything"),
    ("negation", "I no like fish.", "no", "don't"),
    ("comparison", "This car is more better.", "more better", "better"),
    ("comparison", "My house is more big than yours.", "more big", "bigger"),
    ("confusable", "Its a lovely day.", "Its", "It's"),
    ("confusable", "I should of called you.", "of", "have"),
    ("confusable", "He is taller then me.", "then", "than"),
    ("confusable", "I am interesting in history.", "interesting", "interested"),
    ("word_choice", "She said me the news.", "said", "told"),
    ("word_choice", "I have 20 years.", "have 20 years", "am 20 years old"),
    ("spelling", "I will definately come.", "definately", "definitely"),
    ("capitalisation", "We met on friday at school.", "friday", "Friday"),
    ("punctuation", "I like tea , but not coffee.", " ,", ","),
    ("punctuation", "Do you like it here.", ".", "?"),
    # Any noun as a subject
    ("agreement", "The lessons starts at eight.", "starts", "start"),
    ("agreement", "One day a young woman arrive by boat.", "arrive", "arrives"),
    ("agreement", "My last holiday were too short.", "were", "was"),
    ("agreement", "Tourists who visits our city are rich.", "visits", "visit"),
    ("agreement", "An old man who live alone likes company.", "live", "lives"),
    ("agreement", "The number of cars are growing.", "are", "is"),
    ("agreement", "Millions of people remains poor.", "remains", "remain"),
    ("agreement", "Some of them is very old.", "is", "are"),
    ("agreement", "In the evening my wife and I watches television.", "watches", "watch"),
    ("agreement", "Globalisation have changed the world.", "have", "has"),
    # Two verbs in a row
    ("verb_form", "My mum is make a cake.", "make", "making"),
    ("verb_form", "Nobody should be force to read.", "force", "forced"),
    ("verb_form", "I don't can swim.", "don't can", "can't"),
    ("verb_form", "Can you to help me?", "to help", "help"),
    ("verb_form", "You don't need bring anything.", "bring", "to bring"),
    ("verb_form", "We risk to lose our homes.", "to lose", "losing"),
    ("verb_form", "I have always want to live abroad.", "want", "wanted"),
    ("verb_form", "They let students to choose a book.", "to choose", "choose"),
    ("verb_form", "We succeeded to find a flat.", "to find", "in finding"),
    ("verb_form", "I am thinking about change my job.", "change", "changing"),
    ("verb_form", "I am used to drink tea.", "drink", "drinking"),
    ("verb_form", "We look forward to talk to you.", "talk", "talking"),
    ("verb_form", "She wants that we go home.", "that we", "us to"),
    # What learners say in conversations
    ("word_order", "What means this word?", "means this word", "does this word mean"),
    ("word_order", "How is called this?", "How is called this", "What is this called"),
    ("word_order", "I like very much to dance.", "very much to dance", "to dance very much"),
    ("missing_word", "I am from Peru and she from Spain.", "from", "is from"),
    ("tense", "I work here since two years.", "work here since", "have worked here for"),
    ("tense", "We live here for ten years.", "live", "have lived"),
    ("tense", "Since then we live in Rome.", "live", "have lived"),
    ("comparison", "It is more expensive that the other one.", "that", "than"),
    ("preposition", "I arrived to work.", "to", "at"),
    ("preposition", "She is allergic of nuts.", "of", "to"),
    ("preposition", "I think in you.", "in", "about"),
    ("preposition", "I asked to my teacher.", "asked to", "asked"),
    ("agreement", "There is a lot of people here.", "is", "are"),
    ("noun_number", "Many peoples came.", "peoples", "people"),
    # What the rest of the text shows
    ("tense", "I was late. I ran to the station, but I miss the train. I was angry.", "miss", "missed"),
    ("tense", "When I will be old, I will move to the country.", "will be", "am"),
    ("tense", "If the buses would run more often, I would take them.", "would run", "ran"),
]
RIGHT = """
The bus stop at the corner is closed.
One of the things that make this city special is its people.
I asked him if he would help us.
Schools could offer more courses.
He is used to hard work, and this knife is used to cut bread.
I met my wife in Rome. We moved to Madrid. We had two children. We meet our friends every week.
If I were you, I would go.
I wish he were here.
He insisted that she go at once.
Does he have a car?
Let him go home.
What does she want to eat?
My brother and I are twins.
Neither he nor she is wrong.
People who like it are happy.
The number of people is growing.
One of the team was late.
The United States is a large country.
The news is good.
She saw him go into the shop.
I made her laugh.
He had his hair cut.
She is used to getting up early.
I used to live there.
It is a one-way street.
It was an honest answer.
He is a European citizen.
We waited for an hour.
She has an MBA.
I go to school by bus.
He is in hospital.
They went to church.
She plays the piano.
He works as a doctor.
I have been to Spain twice.
I was going to call you.
He can't help laughing.
They let us stay.
She suggested that he stay.
I do not know what he wants.
Do you know when she arrives?
That is what I said.
How you do it matters.
The book that I read was long.
The girl he likes is here.
Everything you need is here.
All I want is peace.
There is a lot of traffic.
There was a man and two women.
There's no milk.
There are few people here.
We look forward to the party.
It is close to the sea.
He is good with children.
Children do better in mathematics.
She married a man with three children.
He put the book on the table.
She read it yesterday.
They cut the cake.
It cost ten pounds.
I had no idea that he could swim.
Nobody knows anything.
I have never seen anything like it.
No one said a word.
She felt better then.
It is too late to go.
Its colour is blue.
Their house is over there.
You're right about your car.
Mr. Smith lives at 10 Downing Street.
We met at 5 p.m. and left at 7.
I like reading, e.g. novels.
Visit www.example.com today.
The children's toys are on the floor.
My parents' house is big.
Most of the people left.
Many a man has tried.
He is twenty years old.
A ten-minute walk is enough.
It is a five year old car.
She has two brothers-in-law.
The more you read, the more you learn.
She likes swimming and he likes running.
Having eaten, we left.
Tired, she went to bed.
Colour, favourite and centre are British spellings.
The organisation analysed its behaviour.
I travelled to the theatre.
Maria and Giovanni live in Ljubljana.
Priya showed Hana around.
We drank cappuccino and ate sushi.
Download the app and log in.
Yesterday, I think, was better.
Last year I was in Rome.
I know what you did last summer.
I remember last night.
I was born in Lyon and I work in Paris.
He has known her since May.
She has lived here for ten years.
The fish are fresh.
Five sheep are in the field.
Economics is hard.
Ten minutes is enough.
Physics was my best subject.
I may go, but I might stay.
Will can help you.
What means do we have to do this?
By this means you save an hour, and that means a lot.
I know how it is called in English.
We like very much of what we saw.
The letters came from home and I from Rome to fetch them.
I live here for two months every year.
They live here for ten months of the year.
All that we want that we do not need is expensive.
It is more important that the others come.
It is more interesting that the old man never answered.
The steps forward to work on are listed below.
The knife is used to open tins, and I am used to work.
We are thinking about change, and they think of work as play.
Ask to my left or to my right, it makes no difference.
Wait your turn, and wait him out.
I think to myself and in pictures.
The peoples of the north came first.
There is a lot of people's money in that bank.
The can is empty.
In May we will go away.
""".strip().split("\n")


@pytest.mark.parametrize(("kind", "sentence", "original", "suggestion"), WRONG)
def test_a_mistake_is_found_named_and_put_right(kind: str, sentence: str, original: str, suggestion: str) -> None:
    found = [(one.kind, one.original, one.suggestion) for one in evaluate.corrections(sentence)]
    assert found == [(kind, original, suggestion)]


@pytest.mark.parametrize("sentence", RIGHT)
def test_a_right_sentence_is_left_alone(sentence: str) -> None:
    assert evaluate.corrections(sentence) == ()
