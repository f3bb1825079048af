"""Words of one family: the noun of “decide” is “decision”, the adjective of “beauty” is “beautiful”."""

# ruff: noqa: E501 - a table reads best with one line an entry

import re

_LINES = """
ability|enable|able|ably
acceptance|accept|acceptable|acceptably
achievement|achieve|achievable|
action|act|active|actively
admiration|admire|admirable|admirably
advice|advise|advisable|
anger|anger|angry|angrily
arrival|arrive||
attention|attend|attentive|attentively
attraction|attract|attractive|attractively
beauty|beautify|beautiful|beautifully
behaviour|behave|behavioural|
belief|believe|believable|
beginning|begin||
boredom|bore|boring, bored|
bravery|brave|brave|bravely
breath|breathe|breathless|
calm|calm|calm|calmly
care|care|careful, careless|carefully
child, childhood||childish|childishly
choice|choose||
comfort|comfort|comfortable|comfortably
communication|communicate|communicative|
comparison|compare|comparable|
competition|compete|competitive|competitively
confidence||confident|confidently
confusion|confuse|confusing, confused|
construction|construct|constructive|constructively
continuation|continue|continuous|continuously
creation, creativity|create|creative|creatively
culture||cultural|culturally
curiosity||curious|curiously
danger|endanger|dangerous|dangerously
death|die|dead, deadly|
decision|decide|decisive|decisively
depth|deepen|deep|deeply
description|describe|descriptive|
destruction|destroy|destructive|
development|develop||
difference|differ|different|differently
difficulty||difficult|
discovery|discover||
discussion|discuss||
disappointment|disappoint|disappointing, disappointed|
ease|ease|easy|easily
economy|economise|economic, economical|economically
education|educate|educational|
employment|employ||
energy|energise|energetic|energetically
enjoyment|enjoy|enjoyable|
entrance, entry|enter||
excitement|excite|exciting, excited|excitedly
existence|exist||
expectation|expect|expected|
expense|expend|expensive|expensively
explanation|explain||
explosion|explode|explosive|
failure|fail||
fame||famous|famously
fear|fear|fearful, fearless|
freedom|free|free|freely
friend, friendship|befriend|friendly|
growth|grow||
happiness||happy|happily
hate, hatred|hate|hateful|
health|heal|healthy|
height|heighten|high|highly
help|help|helpful, helpless|helpfully
honesty||honest|honestly
hope|hope|hopeful, hopeless|hopefully
hunger||hungry|hungrily
imagination|imagine|imaginative, imaginary|
importance||important|importantly
improvement|improve||
independence||independent|independently
information|inform|informative|
intelligence||intelligent|intelligently
intention|intend|intentional|intentionally
interest|interest|interesting, interested|
introduction|introduce||
invention|invent|inventive|
invitation|invite|inviting|
jealousy||jealous|jealously
kindness||kind|kindly
knowledge|know|knowledgeable|
laziness||lazy|lazily
laughter|laugh||
length|lengthen|long|
life|live|alive, lively|
loneliness||lonely|
loss|lose|lost|
love|love|lovely, loving|lovingly
luck||lucky|luckily
marriage|marry|married|
meaning|mean|meaningful, meaningless|
measurement|measure||
memory|memorise|memorable|
mixture|mix|mixed|
motivation|motivate|motivated|
movement|move||
music||musical|musically
nation, nationality||national|nationally
nature||natural|naturally
necessity||necessary|necessarily
noise||noisy|noisily
obligation|oblige|obligatory|
observation|observe|observant|
offence|offend|offensive|
opening|open|open|openly
operation|operate||
organisation|organise|organised|
patience||patient|patiently
payment|pay||
perfection|perfect|perfect|perfectly
performance|perform||
permission|permit||
photograph|photograph|photographic|
pleasure|please|pleasant, pleased|pleasantly
poison|poison|poisonous|
politeness||polite|politely
pollution|pollute|polluted|
possibility||possible|possibly
poverty||poor|poorly
power||powerful, powerless|powerfully
preference|prefer|preferable|preferably
preparation|prepare|prepared|
pride||proud|proudly
production, product|produce|productive|
profession||professional|professionally
pronunciation|pronounce||
protection|protect|protective|
proof|prove||
punishment|punish||
quickness|quicken|quick|quickly
reality|realise|real|really
reason|reason|reasonable|reasonably
reduction|reduce|reduced|
refusal|refuse||
relation, relationship|relate|relative|relatively
relaxation|relax|relaxing, relaxed|
reliability|rely|reliable|reliably
responsibility||responsible|responsibly
sadness|sadden|sad|sadly
safety|save|safe|safely
satisfaction|satisfy|satisfied, satisfactory|
science||scientific|scientifically
secret, secrecy||secret|secretly
sense|sense|sensible, sensitive|sensibly
separation|separate|separate|separately
shame||shameful, ashamed|
shock|shock|shocking, shocked|
shyness||shy|shyly
silence|silence|silent|silently
similarity||similar|similarly
simplicity|simplify|simple|simply
sleep|sleep|sleepy, asleep|
solution|solve||
speech|speak|speechless|
strength|strengthen|strong|strongly
success|succeed|successful|successfully
suggestion|suggest||
sun||sunny|
surprise|surprise|surprising, surprised|surprisingly
theory||theoretical|theoretically
thirst||thirsty|
thought|think|thoughtful|thoughtfully
tiredness|tire|tired, tiring|
tradition||traditional|traditionally
translation|translate||
treatment|treat||
trust|trust|trustworthy|
truth||true|truly
understanding|understand|understandable|
use|use|useful, useless|usefully
value|value|valuable|
variety|vary|various|
victory||victorious|
violence||violent|violently
warmth|warm|warm|warmly
weakness|weaken|weak|weakly
wealth||wealthy|
weight|weigh||
width|widen|wide|widely
wisdom||wise|wisely
wonder|wonder|wonderful|wonderfully
wood||wooden|
worry|worry|worried|
youth||young|
"""
_PARTS = ("noun", "verb", "adjective", "adverb")
_ROWS = [tuple(tuple(word.strip() for word in cell.split(",") if word.strip()) for cell in line.split("|")) for line in _LINES.strip().splitlines()]  # fmt: skip
_Q = "[\"'“”‘’«»]?"
_ASKS = re.compile(
    rf"\b(noun|verb|adjective|adverb)s?(?: form)? (?:of|for|from|to|that belongs to|that comes from) (?:the )?(?:words? |verbs? |nouns? |adjectives? )?{_Q}(?:to )?([a-z]+){_Q}\W*$"
    rf"|\b(?:make|turn|change) (?:a |an )?(?:the )?(?:word )?{_Q}([a-z]+){_Q} (?:in)?to (?:a |an )?(noun|verb|adjective|adverb)\b"
    rf"|\b(?:make|form|build) (?:a |an |the )?(noun|verb|adjective|adverb) (?:of|from|out of) {_Q}([a-z]+){_Q}",
    re.I,
)
_IS = re.compile(
    rf"\b(?:is|are) (?:the word )?{_Q}([a-z]+){_Q} (?:a |an )?(noun|verb|adjective|adverb) or (?:a |an )?(noun|verb|adjective|adverb)\b",
    re.I,
)


def answer(text: str) -> str | None:
    """The word of the family that a message asks for; None when it asks for none."""
    if len(text) > 120:
        return None
    if (match := _IS.search(text)) is not None:
        return _kind(match.group(1).lower())
    if (match := _ASKS.search(text)) is None:
        return None
    groups = [group.lower() for group in match.groups() if group]
    part = next(one for one in groups if one in _PARTS)
    word = next((one for one in groups if one not in _PARTS), part)
    return _of(word, part)


def _of(word: str, part: str) -> str | None:
    at = _PARTS.index(part)
    rows = [row for row in _ROWS if any(word in cell for cell in row)]
    if not rows:
        return f"I don't know the {part} of “{word}”. Tell me the sentence in which you need it, and I'll help you."
    row = next((one for one in rows if one[at]), rows[0])
    if not row[at]:
        others = ", ".join(f"“{cell[0]}” ({name})" for name, cell in zip(_PARTS, row, strict=True) if cell)
        return f"I know no usual {part} of “{word}”. Words of its family: {others}."
    listed = " or ".join(f"“{one}”" for one in row[at])
    return f"The {part} of “{word}” is {listed}."


def _kind(word: str) -> str | None:
    parts = [name for at, name in enumerate(_PARTS) if any(word in row[at] for row in _ROWS)]
    if not parts:
        return None
    named = " or ".join(f"{'an' if one[0] == 'a' else 'a'} {one}" for one in parts)
    return f"“{word.capitalize()}” is {named}."
