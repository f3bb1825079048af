"""Corrections of learners' texts against annotators: `run.py bench writing --m2 FILE`.

FILE holds annotated sentences in the M2 format (ERRANT's kinds, any number of annotators). Parley and harper-py, which
is installed into a temporary environment, correct the same sentences in one run. Printed for each kind of error: how
many corrections were made; precision, the share of them that touches an edit of some annotator; recall, the share of
all annotators' edits that is touched; F0.5; and the share of corrections that are word for word what some annotator
wrote. A correction counts under the kind of the edit that it touches, and under its own where it touches none.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import _m2
from benchmarks._m2 import Annotated, Edit
from language.grammar import check
from server.bootstrap import installer

KINDS = {
    "agreement": ("VERB:SVA",),
    "verb form, tense": ("VERB:FORM", "VERB:TENSE", "VERB:INFL", "CONTR"),
    "article": ("DET",),
    "number": ("NOUN:NUM", "NOUN:INFL", "NOUN:POSS"),
    "preposition": ("PREP", "PART"),
    "pronoun": ("PRON",),
    "order": ("WO",),
    "word, word form": ("NOUN", "VERB", "ADJ", "ADV", "CONJ", "MORPH", "ADJ:FORM", "OTHER", "UNK"),
    "spelling": ("SPELL",),
    "marks, capitals": ("PUNCT", "ORTH"),
}
NOT_GRAMMAR = ("spelling", "marks, capitals")
OURS = {
    "agreement": "agreement", "verb_form": "verb form, tense", "tense": "verb form, tense", "article": "article",
    "noun_number": "number", "preposition": "preposition", "word_order": "order", "spelling": "spelling",
    "capitalisation": "marks, capitals", "punctuation": "marks, capitals",
}  # fmt: skip
HARPERS = {
    "Agreement": "agreement", "Spelling": "spelling", "Typo": "spelling", "Capitalization": "marks, capitals",
    "Punctuation": "marks, capitals", "Formatting": "marks, capitals",
}  # fmt: skip
REMARKS = ("Readability", "Style", "Enhancement", "Regionalism")
"""Of harper-py's lints those that claim no error."""
_LINT = """
import json, sys
from harper import Linter
linter = Linter()
for line in sys.stdin:
    found = []
    for lint in linter.lint(json.loads(line)):
        for first in lint.suggestions[:1]:
            right = first.replacement_text or ""
            found.append([lint.span.start, lint.span.end, right, str(lint.lint_kind), str(first.kind)])
    print(json.dumps(found), flush=True)
"""

Change = tuple[int, int, str, str]
"""Where, what it becomes, and its kind; without words that stay."""


@dataclass
class Tally:
    """Of one kind: corrections, those that touch an edit, those that make one; edits, those that are touched."""

    made: int = 0
    touching: int = 0
    same: int = 0
    edits: int = 0
    found: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    def row(self, name: str) -> str:
        precision, recall = self.touching / max(1, self.made), self.found / max(1, self.edits)
        measure = 1.25 * precision * recall / max(1e-9, 0.25 * precision + recall)
        exact = self.same / max(1, self.made)
        return f"  {name:18}{self.made:6}{precision:10.3f}{recall:8.3f}{measure:8.3f}{exact:8.3f}{self.edits:8}"


@dataclass
class Result:
    kinds: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in KINDS})
    seconds: float = 0.0

    def show(self, name: str, words: int) -> None:
        print(f"\n{name}: {self.seconds / words * 1000:.2f} ms a word")
        print(f"  {'kind':18}{'made':>6}{'precision':>10}{'recall':>8}{'F0.5':>8}{'same':>8}{'edits':>8}")
        for kind, tally in self.kinds.items():
            print(tally.row(kind))
        grammar = [tally for kind, tally in self.kinds.items() if kind not in NOT_GRAMMAR]
        print(sum(grammar, Tally()).row("grammar, usage"))
        print(sum(self.kinds.values(), Tally()).row("all"))


def main(rest: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench writing", description=__doc__)
    parser.add_argument("--m2", type=Path, required=True, help="annotated sentences")
    parser.add_argument("--alone", action="store_true", help="without harper-py")
    options = parser.parse_args(rest)
    texts = list(_m2.read(options.m2))
    words = sum(len(text.text.split()) for text in texts)
    annotators = max(len(text.edits) for text in texts)
    print(f"{options.m2.name}: {len(texts)} sentences, {words} words, {annotators} annotators")
    check.of_text("Everything is loaded by the first text.")
    measured(texts, ours).show("Parley", words)
    if not options.alone:
        with tempfile.TemporaryDirectory() as folder:
            version, correct = harper(Path(folder))
            measured(texts, correct).show(f"harper-py {version}", words)
    return 0


def measured(texts: list[Annotated], correct: Callable[[str], list[Change]]) -> Result:
    result = Result()
    for text in texts:
        began = time.perf_counter()
        changes = correct(text.text)
        result.seconds += time.perf_counter() - began
        count(text, changes, result.kinds)
    return result


def count(text: Annotated, changes: list[Change], kinds: dict[str, Tally]) -> None:
    every = [edit for edits in text.edits for edit in edits]
    counted = []
    for start, end, right, kind in changes:
        touched = [edit for edit in every if _m2.touches(start, end, edit)]
        if touched and (kind in NOT_GRAMMAR) == (_common(touched) in NOT_GRAMMAR):
            kind = _common(touched)
        kinds[kind].made += 1
        kinds[kind].touching += bool(touched)
        kinds[kind].same += any(_m2.same(start, end, right, edit) for edit in touched)
        counted.append((start, end, kind in NOT_GRAMMAR))
    for edit in every:
        kind = kind_of(edit)
        kinds[kind].edits += 1
        kinds[kind].found += any(
            _m2.touches(start, end, edit) for start, end, marks in counted if marks == (kind in NOT_GRAMMAR)
        )


def _common(edits: list[Edit]) -> str:
    return Counter(kind_of(edit) for edit in edits).most_common(1)[0][0]


def kind_of(edit: Edit) -> str:
    return next((name for name, kinds in KINDS.items() if edit.kind in kinds), "word, word form")


def ours(text: str) -> list[Change]:
    return [
        (*_m2.smallest(text, one.start, one.end, one.suggestion), OURS.get(one.kind, "word, word form"))
        for one in check.of_text(text)
    ]


def harper(folder: Path) -> tuple[str, Callable[[str], list[Change]]]:
    """harper-py in an environment of its own, its version, and what it makes of a text (its first suggestion each)."""
    uv = installer.find()
    variables = {**os.environ, **installer.index_variables()}
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, folder], check=True, env=variables)
    python = folder / "bin" / "python"
    subprocess.run([uv, "pip", "install", "--quiet", "--python", python, "harper-py"], check=True, env=variables)
    asks = "import importlib.metadata as m; print(m.version('harper-py'))"
    version = subprocess.run([python, "-c", asks], check=True, capture_output=True, text=True).stdout.strip()
    running = subprocess.Popen([python, "-c", _LINT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def correct(text: str) -> list[Change]:
        assert running.stdin is not None and running.stdout is not None
        running.stdin.write(json.dumps(text) + "\n")
        running.stdin.flush()
        return list(_changes(text, json.loads(running.stdout.readline())))

    return version, correct


def _changes(text: str, lints: list[list[object]]) -> Iterator[Change]:
    for start, end, right, kind, how in lints:
        assert isinstance(start, int) and isinstance(end, int)
        if kind in REMARKS:
            continue
        becomes = "" if "REMOVE" in str(how) else str(right)
        if "INSERT" in str(how):
            becomes = text[start:end] + becomes
        yield (*_m2.smallest(text, start, end, becomes), HARPERS.get(str(kind), "word, word form"))
