"""Trains the sentence scores, in a course of training or alone, beside models that are there already:

    python -m speech.pronunciation.training.readers --corpus DIR --whisper DIR --models speech/pronunciation/models

The sentence model must learn from phone scores as good, and as wrong, as those it will meet. So the phone scores of a
fifth of the speakers with sentence scores come from a scorer trained on all other speakers, on evidence from
classifiers that have not heard the speaker either. The sentence model is measured on the same fifths.
"""

# mypy: disable-error-code="misc,no-any-return,untyped-decorator,arg-type,union-attr,unused-ignore"

import json
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from speech.pronunciation import features, sentence
from speech.pronunciation.nets import Nets
from speech.pronunciation.training import (
    classifier,
    command,
    corpus,
    evidence,
    export,
    extract,
    miscues,
    scorer,
    sentences,
)  # fmt: skip

KINDS = ("whisper", "whisper-100")
Found = dict[tuple[str, int], features.Evidence]
Scores = dict[int, NDArray[np.float64]]


def train(
    bench: evidence.Bench, found: Found, norm: features.Durations, encoder: bool
) -> tuple[sentences.Fitted, dict[str, float]]:
    """The sentence model, and its agreement with the experts on speakers left out. `found` has unheard evidence."""
    chosen = [u for u in bench.having(4) if ("clean", u) in found]
    speakers, y = np.array([bench.utterances[u].speaker for u in chosen]), sentences.targets(bench, chosen)
    parts = list(GroupKFold(sentences.FOLDS).split(y, y, speakers))
    score: Scores = {}
    for learn, test in parts:
        score |= _scores(bench, found, [chosen[i] for i in learn], [chosen[i] for i in test])
    x = np.array([sentence.plain(found["clean", u], score[u], norm) for u in chosen])
    background = None
    if encoder:
        known = [u for u in bench.having(0, 1, 2, 3)[::2] if ("clean", u) in found]
        background = sentences.encoders(bench, found, "clean", known)
        x = np.hstack([x, sentences.encoders(bench, found, "clean", chosen)])
    guess = np.zeros_like(y)
    for learn, test in parts:
        guess[test] = sentences.fit(x[learn], y[learn], speakers[learn], background)(x[test])
    return sentences.fit(x, y, speakers, background), sentences.agreement(guess, y)


def _scores(bench: evidence.Bench, found: Found, learn: list[int], test: list[int]) -> Scores:
    """Phone scores of `test` by a scorer of the speakers without sentence scores and of `learn`."""
    heard = [u for u in bench.having(0, 1, 2, 3) if ("clean", u) in found] + learn
    columns = evidence.columns(found, heard, evidence.COLUMNS)
    net = scorer.fit(evidence.samples(bench, found, columns, ["clean"], heard), 0)
    samples = [scorer.Sample(columns(found["clean", u].rows), found["clean", u].alignment.chain.phone,
                             np.zeros(1, np.float32)) for u in test]  # fmt: skip
    return {u: np.asarray(s, float) for u, s in zip(test, scorer.predict(net, samples), strict=True)}


def unheard(bench: evidence.Bench, trained: Nets) -> Found:
    """Evidence of every utterance: of the 100 from three classifiers trained here, of the others from the trained one.

    Labels are the trained classifier's alignment.
    """
    labels = evidence.labels(bench, trained)
    own = bench.having(0, 1, 2)
    prior = classifier.log_prior(labels, own)
    found: Found = {}
    for fold in range(evidence.FOLDS):
        rest = bench.having(*({0, 1, 2} - {fold}))
        net = classifier.fit([bench.views["clean"]], labels, rest, fold, 3)
        found |= evidence.table(bench, {fold: net}, prior, trained.durations, ["clean"], bench.having(fold))
    judge = miscues.Shipped(trained)
    for u in bench.having(3, 4):
        seen = judge.seen(bench.frames("clean", u), classifier.reference(bench.utterances[u]))
        if seen is not None:
            found["clean", u] = evidence.slim(seen[0])
    return found


def main() -> None:
    """Parse the command line, train, and write into the models."""
    parser = command.parser("speech.pronunciation.training.readers", __doc__)
    parser.add_argument("--models", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    utterances = corpus.load(options.corpus)
    frames = options.work / "whisper"
    extract.run(extract.Encoder(options.whisper).view, utterances, "clean", frames)
    bench = evidence.Bench(utterances, {"clean": extract.read(frames, "clean")},
                           evidence.folds(utterances, corpus.holdout(options.corpus, utterances)))  # fmt: skip
    trained = Nets.load(options.models, "whisper-100")
    fitted, metrics = train(bench, unheard(bench, trained), trained.durations, True)
    print(json.dumps(metrics, indent=1))
    for kind in KINDS:
        write(options.models / kind, fitted, metrics, options.version)


def write(folder: Path, fitted: sentences.Fitted, metrics: dict[str, float], version: str) -> None:
    """Put the sentence model and its figures in the place of the old ones."""
    with np.load(folder / "numbers.npz") as old:
        norm = features.Durations(old["duration_mean"], old["duration_deviation"])
        prior = old["prior"]
    export.numbers(folder / "numbers.npz", prior, norm, fitted)
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    card["version"], card["metrics"]["sentences_cross_validated"] = version, metrics
    (folder / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
