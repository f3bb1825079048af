"""Texts in many languages, written for the tests of encodings, and the encodings in which people have such files."""

import json
from dataclasses import dataclass

from tests.support.source import ROOT

_SHORT, _LONG = 80, 2000


@dataclass(frozen=True, slots=True)
class Sample:
    """A text, and the encodings (Python's names) that can hold every character of it."""

    language: str
    encodings: tuple[str, ...]
    text: str

    @property
    def short(self) -> list[str]:
        """Pieces of 60 to 80 characters; of whole words where there are spaces."""
        if " " not in self.text:
            return [self.text[first : first + _SHORT] for first in range(0, len(self.text) - _SHORT + 1, _SHORT)]
        pieces = [""]
        for word in self.text.split(" "):
            if len(pieces[-1]) + 1 + len(word) > _SHORT:
                pieces.append("")
            pieces[-1] = f"{pieces[-1]} {word}".lstrip(" ")
        return [piece for piece in pieces if len(piece) >= 60]

    @property
    def long(self) -> str:
        """2,000 characters: the text over and over, in paragraphs."""
        whole = self.text + "\r\n\r\n"
        return (whole * (_LONG // len(whole) + 1))[:_LONG]


def wrong_letters(found: str, text: str) -> int:
    """How many characters differ. AssertionError where one is longer."""
    assert len(found) == len(text)
    return sum(a != b for a, b in zip(found, text, strict=True))


def _samples(part: str) -> list[Sample]:
    rows = json.loads((ROOT / "tests/data/encodings.json").read_text(encoding="utf-8"))
    return [Sample(row["language"], tuple(row["encodings"]), row["text"]) for row in rows if row["part"] == part]


CHOSEN_ON = _samples("chosen on")
"""Those by which words and constants of the detection were chosen."""

HELD_OUT = _samples("held out")
"""Those that were written afterwards. Three rules about marks were corrected after they had been measured once."""

WESTERN = [
    "The café on the corner closes at nine, so we walked home.",
    "It's the soldier’s duty – or so the general said – to wait for orders.",
    "He stopped—then went on—and nobody—not even his wife—knew why. " * 10,
    "“I don’t know,” she said. “It’s not ‘mine’—it’s yours.” They’re here; we’ve seen ’em.",
    "My résumé is attached. The position pays €40,000 a year.",
    "“Who wrote this?” asked the teacher, and nobody answered.",
    "Prices in £: tea 2.50, coffee 3.20, cake 4.75.",
    "Price: 5 €\r\nPrice: 7 €",
    "Area: 25 m², volume 12 m³, ±5 %, 3×4, ½ cup",
    "Zoë and Chloë met Renée at the première.",
    "The temperature fell to -5 °C; at noon it was 12 °C.",
    "© 2009 The Parish Newsletter. All rights reserved.",
    "Müller, Jörg; Straße 5; Köln",
    "François\nÅsa\nÁngel\nJosé\nSøren\nJürgen\n",
    "ÉCOLE PRIMAIRE À GENÈVE",
    "MÜLLER UND SÖHNE GMBH",
    "« Bonjour », dit-il. « Ça va\xa0? » Oui\xa0!",
    "Acme™ and Foo® are trademarks.",
    "¿Qué tal? ¡Hola!",
    "§ 5 Abs. 3 BGB",
    "90° north",
    "señor",
    "café",
    "José",
    "Año",
    "Wait… what did he say?",
    "• first point\r\n• second point\r\n• third point",
]
"""Texts of Windows-1252 with hardly any letter that tells: these have always been read."""
