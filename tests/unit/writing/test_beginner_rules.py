"""What beginners say of themselves, ask for and have come for: put right, beside what looks like it and is right."""

import pytest

from language.correction import applied
from language.grammar import check

WRONG = [
    ("I have exam on Monday.", "I have an exam on Monday."),
    ("We have reservation for Friday.", "We have a reservation for Friday."),
    ("She has cough and fever.", "She has a cough and fever."),
    ("I don't have appointment.", "I don't have an appointment."),
    ("Where is bus station?", "Where is the bus station?"),
    ("I am free the next weekend.", "I am free next weekend."),
    ("It is a symbol of the freedom.", "It is a symbol of freedom."),
    ("Please give me a feedback.", "Please give me some feedback."),
    ("He is driver of taxi.", "He is a taxi driver."),
    ("I have hunger.", "I am hungry."),
    ("It makes very cold today.", "It is very cold today."),
    ("I'm not sleeping well since two weeks.", "I haven't been sleeping well for two weeks."),
    ("She is not eating much since Sunday.", "She hasn't been eating much since Sunday."),
    ("I am engineer since four years.", "I have been an engineer for four years."),
    ("He is cook since ten years.", "He has been a cook for ten years."),
    ("I'm a taxi driver since six years.", "I have been a taxi driver for six years."),
    ("I'm here from two days.", "I have been here for two days."),
    ("We live in this house for six years.", "We have lived in this house for six years."),
    ("I drive a taxi for nine years.", "I have driven a taxi for nine years."),
    ("I look for a job since March.", "I have been looking for a job since March."),
    ("I take these pills since two weeks.", "I have been taking these pills for two weeks."),
    ("I have a car since last summer.", "I have had a car since last summer."),
    ("I have this job since three years.", "I have had this job for three years."),
    ("I have fever since yesterday.", "I have had a fever since yesterday."),
    ("I have a cough for four days.", "I have had a cough for four days."),
    ("I've bought it last week.", "I bought it last week."),
    ("I have visited Vienna in 2018.", "I visited Vienna in 2018."),
    ("I born in Kyiv.", "I was born in Kyiv."),
    ("I am very stress.", "I am very stressed."),
    ("I am worry about the test.", "I am worried about the test."),
    ("I am have two sons.", "I have two sons."),
    ("I am always drink tea.", "I always drink tea."),
    ("I call you because my heating is broken.", "I'm calling you because my heating is broken."),
    ("I am interesting for this new job.", "I am interested in this new job."),
    ("We have to make an exam tomorrow.", "We have to take an exam tomorrow."),
    ("How many people is waiting?", "How many people are waiting?"),
    ("How many guests is in the hotel?", "How many guests are in the hotel?"),
    ("How many seats is free?", "How many seats are free?"),
    ("How many apples is left?", "How many apples are left?"),
    ("How many languages is spoken there?", "How many languages are spoken there?"),
    ("How many windows was broken?", "How many windows were broken?"),
    ("What books is on the table?", "What books are on the table?"),
    ("Which rooms is available today?", "Which rooms are available today?"),
    ("I have to make an exam in English for my visa.", "I have to take an exam in English for my visa."),
    (
        "My brother has to make an exam on Friday, it is easier for him.",
        "My brother has to take an exam on Friday, it is easier for him.",
    ),
    ("I want talk about food.", "I want to talk about food."),
    ("Thank you for to call me.", "Thank you for calling me."),
    ("I came here for see a doctor.", "I came here to see a doctor."),
    ("I'm calling you for asking about the room.", "I'm calling you to ask about the room."),
    ("I call you because my shower is broken.", "I'm calling you because my shower is broken."),
    ("Tomorrow I will visit to my aunt.", "Tomorrow I will visit my aunt."),
    ("I'm looking a flat.", "I'm looking for a flat."),
    ("I must make an exam.", "I must take an exam."),
    ("The shower not work.", "The shower doesn't work."),
    ("He not call yesterday.", "He didn't call yesterday."),
    ("The shop open at nine.", "The shop opens at nine."),
    ("How much costs a ticket?", "How much does a ticket cost?"),
    ("How much costs the shoes?", "How much do the shoes cost?"),
    ("Which train I must take?", "Which train must I take?"),
    ("What form I have to fill?", "What form do I have to fill?"),
    ("When you open?", "When do you open?"),
    ("There is a bank near here?", "Is there a bank near here?"),
    ("It is possible to pay tomorrow?", "Is it possible to pay tomorrow?"),
    ("You can help me?", "Can you help me?"),
    ("I get up more early now.", "I get up earlier now."),
    ("The pain is more strong in the evening.", "The pain is stronger in the evening."),
    ("She has own shop.", "She has her own shop."),
    ("I'm nervous with my interview.", "I'm nervous about my interview."),
    ("I told her everything what I know.", "I told her everything that I know."),
    ("I go to work by walking.", "I go to work on foot."),
    ("We were in Spain in the last summer.", "We were in Spain last summer."),
    ("The pain is in the left side.", "The pain is on the left side."),
    ("The soup is hot and the dinner was very well.", "The soup is hot and the dinner was very good."),
    ("My back is pain.", "My back hurts."),
    ("Today is raining.", "Today it is raining."),
    ("Can you explain me the rule?", "Can you explain the rule to me?"),
    ("I drink always coffee.", "I always drink coffee."),
    ("I have met you last year.", "I met you last year."),
    ("I have sent it to you last week.", "I sent it to you last week."),
    ("I will be in Rome the next week.", "I will be in Rome next week."),
]
RIGHT = """
I have exam results to show you.
She has cough syrup for the child.
They have no appointment book.
Where is station manager Brown?
We stayed a night and left the next week.
The freedom of the press is a symbol of the freedom we love.
There was a feedback loop.
He is a driver of great skill.
I have reason to believe it.
It makes cold air warm.
It makes me very hot.
I am not saying much for two reasons.
I am not eating meat since it is Friday.
I have a cold drink for two days of heat.
I have had a cough for four days.
I have a plan since Monday is free.
I live for two years at most.
I work here for two weeks and then I leave.
I have visited it since last year.
I have worked there for years.
I've bought more books than last year.
I have finished last year's report.
A baby born in Kyiv is ill.
The stress is too much.
My main worry is the test.
I am often asked about it.
We want talks about peace.
I want you to talk about food.
Thank you for coming.
I went for a walk and came for the food.
He was fined for asking the wrong man.
I call you every day.
I write to you every week.
A visit to my aunt is fun.
I will pay a visit to my aunt.
I'm looking a little tired.
Teachers make an exam every year.
Why did the shower not work?
She asked that the boss not call her.
Let the shop open at nine.
I saw the train leave at six.
How much cost are you ready to bear?
I know which train I must take.
When you open the door, be careful.
There is a bank near here.
It is possible to pay tomorrow.
You can help me.
More early results came in.
No more late nights for me.
I would like one more fast lap.
They had own goals in two games.
I am nervous with strangers.
I told her everything. What do you think?
He lost weight by walking.
In the last summer of the war we moved.
He hit the tree in the left side mirror.
I am well.
Today is rainy.
Can you explain me to them?
Always drink water.
I have fear in my heart.
The machine I have works well.
I have done the homework you gave us last week.
I have lost the umbrella you lent me yesterday.
I have just read the email you sent yesterday.
I like the cake you put on the table yesterday.
I've bought the dress we saw last week.
I'm not staying for two weeks, only one.
We're not going there for a month.
I will be busy for the next week.
We will finish it within the next month.
I am not sure what I did the next year.
Everyone needs sleep to stay healthy.
Babies need sleep more than adults.
I'm not allergic at all.
We love this country because of the freedom.
There are more old than young people here.
I have a pain in the left side.
She needs more soon.
I have hunger and thirst in my stories.
I call you because I love you.
I write to you because nobody else reads my letters.
I am interesting for a journalist.
We are interesting for your company.
Teachers like to make a good exam.
The professor must make an exam tomorrow.
How many patients is one nurse responsible for during a shift?
How many guests is dinner for?
How many languages is everybody here supposed to speak?
How many cups is tea served in?
How many hours is free parking?
What news is on the table?
What matters is in the details?
We will make an exam in English for the pupils.
I want to make the exam on Monday easier.
I made an exam in maths for my class.
"""


@pytest.mark.parametrize(("slip", "better"), WRONG)
def test_a_slip_is_put_right(slip: str, better: str) -> None:
    assert applied(slip, check.of_text(slip)) == better


@pytest.mark.parametrize("text", [line for line in RIGHT.splitlines() if line])
def test_what_is_right_is_left_alone(text: str) -> None:
    assert check.of_text(text) == ()
