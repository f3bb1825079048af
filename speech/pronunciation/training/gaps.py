"""Trains the network for "was something else said here" again, beside models that are there already.

    python -m speech.pronunciation.training.gaps --corpus DIR --whisper DIR --models speech/pronunciation/models

It learns from the speakers with sentence scores, whom the models of the 100 (whisper-100) have not heard, and is
measured, and its threshold set, on the hold-out. The result replaces the network of both Whisper models.
"""

import json
from pathlib import Path

import numpy as np

from speech.pronunciation import miscue
from speech.pronunciation.nets import Nets
from speech.pronunciation.training import command, corpus, evidence, extract, miscues

KINDS = ("whisper", "whisper-100")
TAKEN = ("inserted_threshold", "inserted", "inserted_as_shipped", "repeated", "repeated_as_shipped")


def main() -> None:
    """Parse the command line, train, and write into the models."""
    parser = command.parser("speech.pronunciation.training.gaps", __doc__)
    parser.add_argument("--models", type=Path, required=True)
    options = parser.parse_args()
    utterances = corpus.load(options.corpus)
    frames = options.work / "whisper"
    for view in ("clean", "mixed1"):
        extract.run(extract.Encoder(options.whisper).view, utterances, view, frames)
    views = {view: extract.read(frames, view) for view in ("clean", "mixed1")}
    bench = evidence.Bench(utterances, views, evidence.folds(utterances, corpus.holdout(options.corpus, utterances)))
    judges = {k: miscues.Shipped(Nets.load(options.models, "whisper-100")) for k in (3, 4)}
    heard = [case for view, step in (("clean", 1), ("mixed1", 3))
             for case in miscues.trials(bench, judges, bench.having(4)[::step], view).values()]  # fmt: skip
    test = miscues.trials(bench, judges, bench.having(3), "clean")
    gap, word = miscues.train_gap(heard), judges[3].nets.unread
    found = {k: round(v, 4) for k, v in miscues.caught(word, gap, test, None).items() if k in TAKEN}
    print(json.dumps(found, indent=1))
    shipped = miscues.train_gap([*heard, *test.values()])
    for kind in KINDS:
        write(options.models / kind, gap if kind == "whisper-100" else shipped, found, options.version)


def write(folder: Path, gap: miscue.Dense, found: dict[str, float], version: str) -> None:
    """Put the network and its figures in the place of the old ones."""
    with np.load(folder / "miscue.npz") as old:
        parts = {name: old[name] for name in old.files if not name.startswith("gap")}
    parts |= {"gap_mean": gap.mean, "gap_deviation": gap.deviation}
    for i, (w, b) in enumerate(gap.layers):
        parts |= {f"gap_w{i}": w.astype(np.float32), f"gap_b{i}": b.astype(np.float32)}
    np.savez(folder / "miscue.npz", **parts)
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    card["version"], card["inserted_threshold"] = version, found["inserted_threshold"]
    card["metrics"]["miscues_holdout"] |= found
    (folder / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
