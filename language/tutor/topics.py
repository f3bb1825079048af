"""What the built-in tutor can talk about: words that show a topic, and questions by level.

Each topic has questions for beginners (A), independent (B) and advanced (C) learners.
"""

# ruff: noqa: E501 - a table reads best with one line an entry

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to talk about, with its words and its questions by level."""

    name: str
    words: frozenset[str]
    questions: dict[str, tuple[str, ...]]


def _topic(name: str, words: str, a: str, b: str, c: str) -> Topic:
    split = {"A": a, "B": b, "C": c}
    return Topic(
        name,
        frozenset(words.split()),
        {band: tuple(line.strip() for line in text.strip().splitlines()) for band, text in split.items()},
    )


TOPICS: tuple[Topic, ...] = (
    _topic("food", "food eat eating ate cook cooking cooked meal dinner lunch breakfast restaurant pizza pasta rice fish meat fruit vegetables cake coffee tea delicious hungry soup bread cheese recipe",
        """What do you eat for breakfast?
        What is your favourite food?
        Do you cook at home?
        What do you drink with dinner?""",
        """How do you cook your favourite dish?
        What did you eat last weekend, and who cooked it?
        Would you rather eat at home or in a restaurant, and why?
        Which dish from your country should every visitor try?""",
        """How far does food shape the way a culture sees itself?
        If you had to give up meat or sugar for good, how would you decide?
        Why do you think so many people watch cooking programmes yet cook so little?
        What would persuade you to pay twice as much for a meal?"""),
    _topic("travel", "travel travelled traveling trip holiday vacation flight plane airport hotel beach tourist country visit visited abroad passport train journey",
        """Where do you go on holiday?
        Do you like planes or trains?
        Which city do you want to visit?
        What do you put in your bag for a trip?""",
        """Tell me about the best trip you have ever taken.
        What went wrong on one of your journeys?
        Would you like to live abroad for a year, and where?
        How do you prepare for a long journey?""",
        """Has mass tourism done more harm than good to places you know?
        What does travelling teach you that reading cannot?
        How would you travel if flying were rationed?
        When did a place turn out to be nothing like what you had expected?"""),
    _topic("work", "work job office boss colleague company engineer nurse teacher doctor manager salary meeting career interview business programmer developer waiter driver",
        """What is your job?
        When do you start work?
        Do you like your work?
        Who do you work with?""",
        """What do you like most about your job, and what least?
        How did you find your first job?
        What would you change at work if you could?
        Have you ever had a difficult meeting? What happened?""",
        """Should people be paid for results or for hours?
        How has your idea of success changed since you began working?
        What makes someone worth following as a leader?
        Which part of your work could a machine never do?"""),
    _topic("study", "study studying school university student exam test class course homework learn learning lesson teacher degree college english language grammar vocabulary",
        """What do you study?
        Is English easy or difficult for you?
        How many hours do you study?
        What was your favourite subject at school?""",
        """Why are you learning English now?
        How do you remember new words?
        Tell me about a teacher you will never forget.
        What would you like to study if you had a free year?""",
        """Should schools teach facts or ways of thinking?
        What does it take to learn a language to a high level as an adult?
        How fair are examinations as a measure of ability?
        Which of your opinions changed because of something you studied?"""),
    _topic("family", "family mother father brother sister parents son daughter wife husband grandmother grandfather children child baby cousin aunt uncle married",
        """How many people are in your family?
        Do you have brothers or sisters?
        What does your family do on Sunday?
        Who cooks at your home?""",
        """Who in your family are you most like, and how?
        What is something your parents taught you?
        How does your family celebrate birthdays?
        What was different when your grandparents were young?""",
        """How is the meaning of family changing where you live?
        To what extent do we choose who we become, and how much is upbringing?
        What do you owe to your family that you owe to nobody else?
        Which family habit would you never pass on?"""),
    _topic("sport", "sport sports football soccer tennis basketball swim swimming run running gym yoga match player bike cycling volleyball fitness exercise",
        """What sport do you like?
        Do you play or do you watch?
        How often do you do sport?
        Who is your favourite player?""",
        """How did you start doing that sport?
        Tell me about a match you remember well.
        What do you gain from playing in a team?
        How do you find the time to exercise?""",
        """Why do people feel so strongly about teams they have never met?
        Is professional sport still a good model for children?
        Where should the line be drawn between training and cheating?
        What has sport taught you about failure?"""),
    _topic("music", "music song songs sing singing guitar piano band concert cello violin orchestra drums listen rock jazz dance dancing musician instrument",
        """What music do you like?
        Do you play an instrument?
        When do you listen to music?
        Who is your favourite singer?""",
        """Which song reminds you of a moment in your life?
        Tell me about a concert you went to.
        How has your taste in music changed?
        Could you work with music playing? Why?""",
        """What can music express that words cannot?
        Has streaming made us value music less?
        Why does music from our youth keep such power over us?
        Should public money support orchestras?"""),
    _topic("films and books", "film films movie movies cinema series book books read reading novel story actor author watch watched tv netflix comic",
        """What film do you like?
        Do you read books in English?
        Who is your favourite actor?
        When do you watch films?""",
        """Tell me the story of the last film or book you enjoyed.
        Do you prefer the book or the film, and why?
        Which character would you like to meet?
        What kind of story do you never watch?""",
        """What makes an ending satisfying without being happy?
        Can a film change how a society thinks? Give an example.
        Is it fair to judge old books by today's values?
        How does reading in another language change a story?"""),
    _topic("home and town", "home house flat apartment room kitchen garden city town village street neighbour neighbourhood live living move moved bus centre",
        """Where do you live?
        Is your town big or small?
        What is in your room?
        How do you go to the centre?""",
        """What do you like about the place where you live, and what would you change?
        Describe the view from your window.
        Would you rather live in a city or in the country?
        How has your town changed since you were a child?""",
        """What makes a city a good place to grow old in?
        Who should decide what gets built in a neighbourhood?
        How much does the place you live in shape who you are?
        What would a town designed without cars be like?"""),
    _topic("weekend", "weekend saturday sunday friday yesterday party free relax friends friend tonight",
        """What do you do on Saturday?
        Who do you meet at the weekend?
        What did you do yesterday?
        Do you get up late on Sunday?""",
        """What did you do last weekend?
        What are you going to do next weekend?
        What is your idea of a perfect free day?
        How do you relax after a hard week?""",
        """Do we still know how to do nothing?
        If the week had three free days, what would become of work?
        How do you protect your free time?
        What does the way people spend Sundays say about a society?"""),
    _topic("health", "health healthy sick ill tired sleep doctor hospital pain headache stress medicine diet smoke",
        """How do you feel today?
        How many hours do you sleep?
        What do you do when you are ill?
        What healthy food do you like?""",
        """What do you do to stay healthy?
        How do you deal with stress?
        Have you changed a bad habit? How?
        What advice would you give to somebody who sleeps badly?""",
        """How much responsibility for health lies with the individual?
        Why is it so hard to do what we know is good for us?
        What would you change first about health care where you live?
        Has talking openly about mental health made a difference?"""),
    _topic("technology", "technology computer phone internet app apps robot ai website online video social media software code programming screen",
        """Do you use your phone a lot?
        Which app do you like?
        Do you study with a computer?
        What do you do on the internet?""",
        """Which invention could you not live without?
        How has your phone changed your day?
        Is it a good idea to give phones to young children?
        What would you do in a week without the internet?""",
        """Who should answer for the mistakes of an automatic system?
        Has technology brought people closer or only made distance easier?
        What skills will be worth learning when machines write and translate?
        Where would you set a limit to data collection?"""),
    _topic("weather and nature", "weather rain raining sun sunny snow cold hot summer winter spring autumn nature forest mountain sea river animals animal dog cat climate",
        """What is the weather like today?
        Do you like summer or winter?
        Do you have a pet?
        What animals do you like?""",
        """How does the weather change your mood?
        Tell me about a place in nature that you love.
        What do you do on a rainy day?
        Which animal would you like to understand better?""",
        """What would you give up for the sake of the climate?
        Why do people care for some animals and eat others?
        How has your region's weather changed in your lifetime?
        Is nature something to use, to protect, or to belong to?"""),
    _topic("shopping and money", "shop shopping buy bought clothes money price expensive cheap pay shoes market supermarket store sale spend",
        """Where do you buy food?
        Do you like shopping?
        What did you buy last week?
        Is your town expensive?""",
        """What was the best thing you ever bought?
        Do you prefer shopping online or in shops, and why?
        How do you decide what to spend money on?
        What would you do with a large sum of money?""",
        """Can money buy happiness up to a point, and where is that point?
        How does advertising work on people who think it does not?
        Should children be taught to invest?
        What do we really pay for when we buy a brand?"""),
    _topic("future and dreams", "future dream dreams plan plans want hope wish goal someday next tomorrow",
        """What do you want to do next year?
        What is your dream?
        Where do you want to live?
        What are your plans for tomorrow?""",
        """Where do you see yourself in five years?
        What will you do when your English is fluent?
        What is one thing that you have always wanted to learn?
        Which plan of yours changed completely?""",
        """How do you choose between a safe path and a risky one?
        What will people a hundred years from now find strange about us?
        If you could know one thing about the future, would you want to?
        What would you attempt if failure cost nothing?"""),
)  # fmt: skip

OPENERS: dict[str, tuple[str, ...]] = {
    "A": (
        "How are you today?",
        "What is your name?",
        "What do you like to do in your free time?",
        "Where are you from?",
    ),
    "B": (
        "What has been the best moment of your week so far?",
        "What would you like to talk about today?",
        "What made you want to learn English?",
    ),
    "C": (
        "What have you been thinking about lately?",
        "What is something you have changed your mind about?",
        "Which news story has held your attention recently?",
    ),
}
"""Questions for when no topic shows yet."""
