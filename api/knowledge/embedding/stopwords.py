"""English words that say nothing about what a text is about."""

WORDS = frozenset(
    """
    a about above after again all also am an and any are as at be because been before being below
    between both but by can could did do does doing down during each few for from further had has have
    having he her here hers herself him himself his how i if in into is it its itself just may me might
    more most must my myself no nor not now of off on once only or other our ours out over own same
    shall she should so some such than that the their theirs them then there these they this those
    through to too under until up us very was we were what when where which while who whom whose why
    will with would you your yours s t don didn doesn isn wasn
    """.split()  # noqa: SIM905 - a hundred quoted words are harder to read
)
