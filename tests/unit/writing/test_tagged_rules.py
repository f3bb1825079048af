"""Rules over trees: each with a sentence that it corrects, and right English that it leaves alone."""

import pytest

from language.correction import applied
from language.grammar import check

CORRECTED = """
The price of the tickets are high. > The price of the tickets is high.
My brother and his friends likes football. > My brother and his friends like football.
She know the answer. > She knows the answer.
The students who lives there are late. > The students who live there are late.
There is many ways to do it. > There are many ways to do it.
He could began again. > He could begin again.
The house was build by my father. > The house was built by my father.
They have leave the house. > They have left the house.
He left the room without say a word. > He left the room without saying a word.
She enjoys to swim in the sea. > She enjoys swimming in the sea.
They decided going home. > They decided to go home.
It made him to cry. > It made him cry.
I look forward to see you. > I look forward to seeing you.
He spends his time to play games. > He spends his time playing games.
It depends of the weather. > It depends on the weather.
We discussed about the plan. > We discussed the plan.
She listens music every day. > She listens to music every day.
Can you explain me the rule? > Can you explain the rule to me?
She is afraid from dogs. > She is afraid of dogs.
He bought a cars yesterday. > He bought a car yesterday.
This companies are rich. > These companies are rich.
We have many problem here. > We have many problems here.
He has other idea about it. > He has another idea about it.
I want to buy car. > I want to buy a car.
This is most important thing in life. > This is the most important thing in life.
They live in same house. > They live in the same house.
Most of people agree with me. > Most people agree with me.
Almost people like music. > Most people like music.
It was a such day. > It was such a day.
It was so beautiful garden. > It was such a beautiful garden.
There are lot of people here. > There are a lot of people here.
The people which live here are kind. > The people who live here are kind.
He went there for buy some bread. > He went there to buy some bread.
Let us go for shopping. > Let us go shopping.
A ten years old boy came in. > A ten-year-old boy came in.
Every people can see it. > Every person can see it.
This plan is better then the old one. > This plan is better than the old one.
A car is expensive than a bike. > A car is more expensive than a bike.
I want to success in my job. > I want to succeed in my job.
It was too much expensive for us. > It was too expensive for us.
It helps they to learn. > It helps them to learn.
I don't know where is it. > I don't know where it is.
Education plays also an important role. > Education also plays an important role.
When he will come, I will tell him. > When he comes, I will tell him.
Although it was late, but we went out. > Although it was late, we went out.
I like it because is important for me. > I like it because it is important for me.
He left because is late. > He left because it is late.
It allows to save time. > It allows us to save time.
There is also people who never read. > There are also people who never read.
Comparing with older people, they save nothing. > Compared with older people, they save nothing.
The one of the reasons is the price. > One of the reasons is the price.
We went to a lot of place last summer. > We went to a lot of places last summer.
They sell all kind of bread. > They sell all kinds of bread.
I will explain my points of views. > I will explain my point of view.
He ends up loosing money every week. > He ends up losing money every week.
In nowadays everybody has a phone. > Nowadays everybody has a phone.
She drives very careful. > She drives very carefully.
It is important to eat good. > It is important to eat well.
He works as engineer. > He works as an engineer.
She worked as nurse. > She worked as a nurse.
The car was stole yesterday. > The car was stolen yesterday.
There are some problem with it. > There are some problems with it.
They are not agree with him. > They do not agree with him.
She is agree with me. > She agrees with me.
She did a mistake. > She made a mistake.
Another reasons are money and time. > Other reasons are money and time.
The important is to be happy. > The important thing is to be happy.
I think that young peopie is not able to do it. > I think that young people are not able to do it.
"""

# What only a learner's sentence shows: the first error makes the second one sure.
AMONG_ERRORS = """
Yesterday I goed home and got good score. > Yesterday I went home and got a good score.
She enjoys to talk with some driver. > She enjoys talking with some drivers.
He go there because most of the kid like it. > He goes there because most of the kids like it.
He know that these information is old. > He knows that this information is old.
He want much more then others. > He wants much more than others.
She go there but it is to expensive. > She goes there but it is too expensive.
He want to play important role. > He wants to play an important role.
He want to be a successful people. > He wants to be a successful person.
She enjoys to help them in they country. > She enjoys helping them in their country.
He know that it is generate by the sun. > He knows that it is generated by the sun.
She know that most of the country is flat. > She knows that most of the country is flat.
They know already the rules, and he know it. > They already know the rules, and he knows it.
He want to safe the planet. > He wants to save the planet.
She know that the answers is right. > She knows that the answers are right.
"""

LEFT_ALONE = """
The number of cars on the roads is growing, and a number of people are worried.
Ten years is a long time. Bread and butter is all I need.
He was one of the men who were there. Neither of them is right.
What he needs are friends. Here come the judges.
We suggest that he go at once. I saw him leave the house and heard her sing.
If I were you, I would wait. He need not worry.
The police are here. My family is large and my family are all doctors.
I have just cause to complain. She had better write to him.
I'm used to getting up early, and I used to live here. I object to paying twice.
She stopped to talk and he stopped talking. I remember to lock it. I remember locking it.
He went to school by bus, and at home he had breakfast in bed.
Most of the people agree. Most of my friends do too.
He won first prize. She came in last. He plays guitar.
There is a lot of work and there are a lot of jobs. There's plenty of room.
It depends in part on the weather. He answered to nobody. We entered into an agreement.
She is good in a crisis. He was afraid for his life. I am tired from the journey.
This kind of thing happens. These kinds of things happen.
A few days later a dozen men came. It was a crossroads, or a means to an end.
The more you read, the better you write. It is different from the one that I had then.
I wonder what that is. Do you know who she is? Where is it?
What worries many experts is the cost. Learning languages takes time.
He is richer than she is, though I would rather be poor than famous.
The hospital needs doctors. The United States is large. Physics is hard.
If you will wait here, I'll get him. When will he come?
So far, so good. It was so good a day that we stayed. Such is life.
Although he was tired, he went on. He was tired, but he went on.
The less you are used to it, the more good it does you.
Our flat was the top one of the building, and it had a view.
He lowered it with a bandage. This points to a doctor again.
A man on the stairs smiled, and I called to him that it was all right.
To do so burdened by a heavy load was far more difficult.
It would be possible, provided that the cook and her husband were asleep.
It is no wonder mine were overshadowed by the others.
They feel bad enough about your not going home.
He has two secrets, and he will say them aloud one day.
You looked at her. May seemed to know what he meant.
He had left the office without leave, and nobody knew why.
The whole matter was luck, for what other explanation could there be?
They were brought together through the might of the law.
He saw what he could of the town.
He was the only man for it, as I took care to tell him again and again.
In such a case the voice of duty must needs grow still and small.
The laity were pleased, and money began to flow in.
To admit a fault in such matters as these is dangerous.
Might they not have done well to stop for a while?
It is written there that “Authority is an Evidence of Truth.”
A prince was to succeed to the throne.
She listened at the door and heard nothing.
These were the books that nobody ever read.
But supposing, in reality, it were a call for help?
But his father’s will was not so simple as that. Was it right, after all?
That was luck, and nothing else.
She heard the long answer of the tall priest. They never forgot the thanks of the king.
If he pays it, nobody will ask him again.
You need do no more than sign the paper.
You know he and she went up and down in the lift.
At a hotel people looked them over for a day or two.
In the valley one could live well. Outside it were fields and woods.
He thought that the car wanted washing.
“That will do!” shouted the old man.
They were glad, for they’re friends of mine.
Of these the most important is that nobody lied.
It was no wonder that an actor like Dora could do it.
All you need do is ring the bell.
You get more of it sitting here than you would turning wheels.
He took the two-pound-five job at once.
Poor is the man whose wit and will are gone.
If you listen you will hear the bell.
If there were a way to do it, he would find it.
They were a people without a written language.
They hid; for to be caught was to lose everything.
She even spent a little money to help him.
All but the soldier were there when he came.
There was a lot of room to spare, so we sat down.
“What’s he want to do that for?”
It gives them plenty of opportunity for rest.
Henry I lies buried at Reading.
When I have caught forty fish, I will say that I have caught fifty.
There were a cat, and one or two dogs, and a horse.
They were the only two men on the faculty who were at work on it.
He benefited by my help, and I by his.
It was the beginning of a great happiness for all of us.
How many years is Marlow Hall open?
"""


@pytest.mark.parametrize("row", [row for row in CORRECTED.strip().splitlines()])
def test_is_corrected(row: str) -> None:
    wrong, right = row.split(" > ")
    assert applied(wrong, check.of_text(wrong)) == right


@pytest.mark.parametrize("line", LEFT_ALONE.strip().splitlines())
def test_is_left_alone(line: str) -> None:
    assert check.of_text(line) == ()


@pytest.mark.parametrize("row", AMONG_ERRORS.strip().splitlines())
def test_one_error_makes_the_next_one_sure(row: str) -> None:
    wrong, right = row.split(" > ")
    assert applied(wrong, check.of_text(wrong)) == right


def test_without_an_error_beside_it_what_may_be_style_is_left_alone() -> None:
    assert check.of_text("Minister praises good plan for new region.") == ()
    assert check.of_text("Some driver must have seen it.") == ()


def test_a_misspelled_word_is_read_as_what_it_should_be() -> None:
    wrong = "The proffesor explain the lesson to us every week."
    found = applied(wrong, check.of_text(wrong))
    assert found == "The professor explains the lesson to us every week."


@pytest.mark.parametrize(
    "right",
    [
        "Would Tuesday at ten suit you?",
        "Does Friday at six suit her?",
        "It takes a lot of effort.",
        "There is plenty of room.",
    ],
)
def test_times_before_a_verb_and_masses_of_counted_nouns_are_left_alone(right: str) -> None:
    assert check.of_text(right) == ()
