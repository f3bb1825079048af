"""British variants of American pronunciations: the broad A, no R before consonants and pauses, and single words."""

from speech.pronunciation import phones

_BROAD = frozenset(
    [
    "after", "afternoon", "answer", "ask", "asked", "asking", "aunt", "basket", "bath", "branch", "can't",
    "cast", "castle", "chance", "class", "command", "craft", "dance", "dancing", "demand", "draft", "example",
    "fast", "father", "france", "gasp", "ghastly", "giraffe", "glance", "glass", "grant", "graph", "grass",
    "half", "last", "laugh", "master", "nasty", "pass", "passed", "passing", "past", "path", "photograph",
    "plant", "plants", "raft", "rather", "sample", "shan't", "staff", "task", "vast",
]
)  # fmt: skip
_SINGLE = {
    "schedule": "SH EH JH UH L", "schedules": "SH EH JH UH L Z", "tomato": "T AH M AA T OW",
    "leisure": "L EH ZH AH", "privacy": "P R IH V AH S IY", "herb": "HH ER B", "herbs": "HH ER B Z",
    "either": "AY DH AH", "neither": "N AY DH AH", "vitamin": "V IH T AH M IH N", "mobile": "M OW B AY L",
    "advertisement": "AH D V ER T IH S M AH N T", "lieutenant": "L EH F T EH N AH N T", "garage": "G AE R AA ZH",
    "laboratory": "L AH B AO R AH T R IY", "clerk": "K L AA K", "route": "R UW T", "vase": "V AA Z",
    "been": "B IY N", "ate": "EH T", "z": "Z EH D", "zebra": "Z EH B R AH", "missile": "M IH S AY L",
    "yoghurt": "Y AA G AH T", "dynasty": "D IH N AH S T IY", "aluminium": "AE L Y UH M IH N IY AH M",
    "again": "AH G EY N", "figure": "F IH G AH", "data": "D EY T AH", "patent": "P EY T AH N T",
    "progress": "P R OW G R EH S", "process": "P R OW S EH S", "secretary": "S EH K R AH T R IY",
    "dictionary": "D IH K SH AH N R IY", "tuesday": "CH UW Z D EY", "new": "N Y UW", "news": "N Y UW Z",
    "duty": "D Y UW T IY", "student": "S T Y UW D AH N T", "students": "S T Y UW D AH N T S", "tube": "CH UW B",
    "during": "D Y UH R IH NG",
}  # fmt: skip


def single(word: str) -> tuple[str, ...] | None:
    """A British pronunciation that no rule makes from the American one."""
    return tuple(_SINGLE[word].split()) if word in _SINGLE else None


def is_broad(word: str) -> bool:
    """Whether British speakers say the word with a long a."""
    return word in _BROAD


def variants(word: str, american: tuple[str, ...]) -> list[tuple[str, ...]]:
    """British pronunciations that differ from the American one given (which may carry stress digits)."""
    found: list[tuple[str, ...]] = []
    if word in _SINGLE:
        found.append(tuple(_SINGLE[word].split()))
    broad = tuple("AA" + p[2:] if p.startswith("AE") else p for p in american) if word in _BROAD else american
    quiet = without_r(broad)
    found += [v for v in (broad, quiet) if v != american]
    return list(dict.fromkeys(found))


def without_r(american: tuple[str, ...]) -> tuple[str, ...]:
    """R kept before vowels only; unstressed ER at the end becomes a schwa."""
    out: list[str] = []
    for i, phone in enumerate(american):
        following = american[i + 1] if i + 1 < len(american) else ""
        before_vowel = phones.bare(following) in phones.VOWELS if following else False
        if phone == "R" and i and not before_vowel and phones.bare(american[i - 1]) in phones.VOWELS:
            if phones.bare(out[-1]) in ("IH", "IY", "EH", "UH"):
                out.append("AH")
            continue
        if phones.bare(phone) == "ER" and not before_vowel and i and phone != "ER1" and not (len(american) < 4):
            out.append("AH")
            continue
        out.append(phone)
    return tuple(out)
