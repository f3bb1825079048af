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
Can you explain me the rule? > Can you explain to me the rule?
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
"""


@pytest.mark.parametrize("row", [row for row in CORRECTED.strip().splitlines()])
def test_is_corrected(row: str) -> None:
    wrong, right = row.split(" > ")
    assert applied(wrong, check.of_text(wrong)) == right


@pytest.mark.parametrize("line", LEFT_ALONE.strip().splitlines())
def test_is_left_alone(line: str) -> None:
    assert check.of_text(line) == ()


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
