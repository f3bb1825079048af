"""Advice for the learner, phone by phone: how the sound is made, words to practise, and what often goes wrong."""

ADVICE: dict[str, tuple[str, str]] = {
    "AA": ("Open the mouth wide, tongue low and back, lips unrounded", "hot – hat"),
    "AE": ("Open the mouth and spread the lips, tongue low in front", "bad – bed"),
    "AH": ("Relax the jaw and tongue: a short sound in the middle of the mouth", "cut – cat"),
    "AO": ("Round the lips a little and pull the tongue back", "caught – coat"),
    "AW": ("Begin with an open mouth and glide to rounded lips", "now – no"),
    "AY": ("Begin with an open mouth and glide up to a smile", "light – let"),
    "B": ("Close the lips and use the voice before they open", "bit – pit"),
    "CH": ("Stop the air with the tongue behind the teeth ridge, then let it hiss", "chip – ship"),
    "D": ("Tongue tip on the ridge behind the upper teeth, with voice", "den – then"),
    "DH": ("Put the tongue tip lightly between the teeth and use the voice", "then – den"),
    "EH": ("Mouth half open, tongue in front, lips relaxed", "bed – bad"),
    "ER": ("Curl or bunch the tongue without touching anything, lips slightly rounded", "bird – bud"),
    "EY": ("Begin with a half-open mouth and glide up towards a smile", "late – let"),
    "F": ("Upper teeth on the lower lip, blow without voice", "fan – van"),
    "G": ("Back of the tongue against the soft palate, with voice", "goat – coat"),
    "HH": ("Just breathe out into the vowel", "hat – at"),
    "IH": ("Short and relaxed, tongue a little lower than for 'ee'", "ship – sheep"),
    "IY": ("Long, with spread lips and the tongue high in front", "sheep – ship"),
    "JH": ("Like 'ch' but with voice", "jeep – cheap"),
    "K": ("Back of the tongue against the soft palate, then a puff of air", "coat – goat"),
    "L": ("Tongue tip on the ridge behind the teeth, air flows past its sides", "light – right"),
    "M": ("Close the lips and let the sound go through the nose", "sum – sun"),
    "N": ("Tongue tip on the ridge behind the teeth, sound through the nose", "sin – sing"),
    "NG": ("Back of the tongue up, sound through the nose, no 'g' at the end", "sing – sin"),
    "OW": ("Begin half open and glide to rounded lips", "coat – caught"),
    "OY": ("Begin with rounded lips and glide to a smile", "boy – buy"),
    "P": ("Close the lips and open them with a puff of air", "pit – bit"),
    "R": ("Pull the tongue tip back without touching anything, lips slightly rounded", "right – light"),
    "S": ("Tongue close behind the teeth, a sharp hiss without voice", "sip – ship"),
    "SH": ("Tongue a little further back, lips rounded, a soft hiss", "ship – sip"),
    "T": ("Tongue tip on the ridge behind the teeth, then a puff of air", "tin – din"),
    "TH": ("Put the tongue tip lightly between the teeth and blow, without voice", "think – sink"),
    "UH": ("Short, lips a little rounded, tongue high and back but relaxed", "full – fool"),
    "UW": ("Long, lips well rounded, tongue high and back", "fool – full"),
    "V": ("Upper teeth on the lower lip, with voice", "vest – west"),
    "W": ("Round the lips tightly, then open them; teeth do not touch the lip", "west – vest"),
    "Y": ("Tongue high in front, glide into the vowel", "yet – jet"),
    "Z": ("Like 's' but with voice", "zip – sip"),
    "ZH": ("Like 'sh' but with voice", "vision – mission"),
}
"""How to make the sound, and a minimal pair."""

PAIRS: dict[tuple[str, str], str] = {
    ("TH", "S"): "think – sink", ("TH", "T"): "thin – tin", ("TH", "F"): "three – free", ("DH", "D"): "they – day",
    ("DH", "Z"): "then – zen", ("V", "W"): "vine – wine", ("W", "V"): "wine – vine", ("L", "R"): "light – right",
    ("R", "L"): "right – light", ("R", "W"): "right – white", ("N", "NG"): "sin – sing", ("NG", "N"): "sing – sin",
    ("N", "L"): "night – light", ("L", "N"): "light – night", ("IH", "IY"): "ship – sheep",
    ("IY", "IH"): "sheep – ship",
    ("EH", "AE"): "bed – bad",
    ("AE", "EH"): "bad – bed", ("UH", "UW"): "full – fool", ("UW", "UH"): "fool – full",
    ("AH", "AA"): "cut – cot", ("AA", "AH"): "cot – cut", ("AO", "OW"): "caught – coat", ("OW", "AO"): "coat – caught",
    ("EY", "EH"): "late – let", ("EH", "EY"): "let – late", ("SH", "S"): "ship – sip", ("S", "SH"): "sip – ship",
    ("S", "TH"): "sink – think", ("Z", "S"): "zip – sip", ("S", "Z"): "sip – zip", ("CH", "SH"): "chip – ship",
    ("JH", "Z"): "jest – zest", ("ZH", "JH"): "leisure – ledger", ("B", "P"): "bit – pit", ("P", "B"): "pit – bit",
    ("D", "T"): "den – ten", ("T", "D"): "ten – den", ("G", "K"): "goat – coat", ("K", "G"): "coat – goat",
    ("F", "V"): "fan – van", ("V", "F"): "van – fan", ("V", "B"): "vest – best", ("M", "N"): "sum – sun",
    ("N", "M"): "sun – sum", ("AE", "AH"): "cat – cut", ("AH", "AE"): "cut – cat", ("ER", "AO"): "work – walk",
    ("AY", "EY"): "light – late", ("AW", "OW"): "now – no", ("D", "DH"): "day – they",
}  # fmt: skip
"""Words that differ in just this pair: (wanted, heard)."""
WANTED = {said: [wanted for wanted, heard in PAIRS if heard == said] for _, said in PAIRS}
"""The sounds that learners say this one for."""
MISSING_END = "Do not swallow the last sound"
MISSING = "This sound was not heard; say it clearly"
NOT_SURE = "Not sure: this sound may be off, but the recording does not show how."
