# ruff: noqa: E501 - tables of words
"""Words that show what a text is about: families of topics, and words that carry no topic."""

from language.lexicon.listed import listed

FAMILIES = (
    "holiday holidays vacation trip travel travelled journey visit visited hotel beach airport plane tourist tour sightseeing abroad summer",
    "family mother father parents brother sister grandmother grandfather uncle aunt cousin son daughter wife husband child children",
    "school class teacher student lesson homework exam study university college subject learn education classmate course classroom",
    "work job office company boss colleague salary career employee employer interview business factory staff remote",
    "food eat meal restaurant cook cooking dish breakfast lunch dinner recipe kitchen taste delicious vegetables meat diet",
    "house home flat apartment room bedroom kitchen garden live furniture neighbour neighbourhood building street",
    "city town village country place street traffic centre park building people countryside rural urban",
    "friend friends friendship together trust party fun",
    "sport sports football tennis basketball team play game match gym exercise run running swim swimming player fitness",
    "music song songs band concert guitar piano sing singer listen instrument dance",
    "film movie cinema actor watch story character scene series television book read novel author writer reading",
    "internet computer phone smartphone technology online website social media app digital screen email machine device",
    "health healthy doctor hospital ill sick medicine exercise sleep stress diet pain illness",
    "environment nature pollution climate recycle plastic energy planet animals forest trees water waste global warming",
    "animal animals dog cat pet bird horse zoo wild",
    "money buy shop shopping price cheap expensive clothes market store pay cost spend save bank",
    "weather rain sun sunny cold hot snow wind season winter summer spring autumn",
    "day morning evening routine wake breakfast night usually everyday week",
    "weekend saturday sunday free time hobby hobbies relax friends friend park cinema play visit shopping fun",
    "birthday party present gift cake celebrate festival holiday tradition christmas wedding celebration",
    "language english speak learn words grammar foreign pronunciation practise vocabulary",
    "car bus train bike transport traffic drive station road public travel ticket",
    "future plan plans dream hope will goal become want",
    "childhood remember memory child young past used ago",
    "problem solution government law society crime people rights change opinion advantage disadvantage agree disagree",
    "email letter dear write writing invite invitation reply apologise complain regards sincerely sorry",
)
# What every task says.
EMPTY = listed(
    """
    write writing about your you describe explain give tell reasons reason example examples words word
    sentence sentences text paragraph essay short story email letter least use using what why how when where
    which who that this the and for with should would could think opinion following topic question answer
    include say talk something someone thing things people make own more most some any not are was were has
    have had can will from into than then them they their there
    """
)
FUNCTION = listed(
    """
    a an the my your his her its our their this that these those some any no every each all both either
    neither i you he she it we they me him us them myself yourself himself herself itself ourselves themselves
    who whom whose which what and or but so because if when while although though that than as since until
    unless whether about after against along among around at before behind below between by down during for
    from in into near of off on onto over through to towards under up with within without am is are was were
    be been being have has had do does did can could will would shall should may might must not n't don't
    doesn't didn't isn't aren't wasn't weren't can't won't there here very too also just only then i'm you're
    he's she's it's we're they're i've we've they've
    """
)
CONNECTORS = {
    "adding": ("and", "also", "too", "moreover", "furthermore", "in addition", "besides", "as well", "not only", "what is more", "another"),
    "contrast": ("but", "however", "although", "though", "on the other hand", "nevertheless", "despite", "in spite of", "while",
                 "whereas", "yet", "instead", "even though", "on the contrary"),
    "cause": ("because", "so", "therefore", "since", "as a result", "that is why", "due to", "thanks to", "consequently", "for this reason", "so that"),
    "time": ("then", "after", "before", "when", "first", "finally", "next", "later", "until", "while", "as soon as", "at first", "in the end",
             "afterwards", "meanwhile", "yesterday", "last", "once", "suddenly"),
    "example": ("for example", "for instance", "such as", "like", "in particular", "especially"),
    "view": ("i think", "in my opinion", "i believe", "in conclusion", "to sum up", "first of all", "personally", "firstly", "secondly",
             "on the one hand", "overall", "from my point of view", "it seems", "admittedly", "i would argue", "clearly"),
    "condition": ("if", "unless", "whether", "in case", "as long as", "provided", "otherwise"),
}  # fmt: skip
SUBORDINATORS = listed(
    """
    because that which who when while although though if unless since whether whose whom where until whereas
    """
)
