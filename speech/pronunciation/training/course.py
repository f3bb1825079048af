"""The order of training: frames, first alignment, classifiers by fold, scorers, sentences, miscues, export."""

# mypy: disable-error-code="misc,no-any-return,untyped-decorator,arg-type,union-attr,unused-ignore"

import json
import pickle
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from speech.pronunciation import features, miscue, sphinx
from speech.pronunciation.lexicon.dictionary import MODELS
from speech.pronunciation.nets import Nets
from speech.pronunciation.training import (
    classifier,
    corpus,
    evidence,
    export,
    extract,
    miscues,
    parallel,
    readers,
    sentences,
    spelling,
    start,
    unsaid,
    words,
)
from speech.pronunciation.training.evidence import Found, Trained

T = TypeVar("T")
Shipped = tuple[classifier.Frame, Trained, tuple[miscue.Dense, miscue.Dense, miscue.Dense]]
Guess = dict[int, np.ndarray]


@dataclass
class Course:
    """The command line."""

    corpus: Path
    whisper: Path
    out: Path
    work: Path
    evidence: str
    seeds: int
    version: str

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """A stage's result, made once."""
        path = self.work / f"{self.evidence}-{name}.pkl"
        if path.exists():
            with path.open("rb") as file:
                return pickle.load(file)  # type: ignore[no-any-return]
        began = time.process_time()
        result = make()
        self.work.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            pickle.dump(result, file)
        print(f"{self.evidence} {name}: {time.process_time() - began:.0f} CPU s", flush=True)
        return result


def run(course: Course) -> None:
    """Train, evaluate and export one kind of evidence; with Whisper also the word list and the speller."""
    width = extract.WHISPER if course.evidence == "whisper" else sphinx.WIDTH
    bench = _bench(course, width)
    if course.evidence == "whisper":
        words.write(bench.utterances, course.out / "words.tsv")
        course.kept("spelling", lambda: spelling.train(course.out))
    make_labels = _labels if course.evidence == "whisper" else lambda b: _heard(course, b)
    labels = course.kept("labels", lambda: make_labels(bench))
    prior = classifier.log_prior(labels, bench.having(0, 1, 2))
    sound = course.kept("sound", lambda: _sound(bench, labels, width))
    nets = course.kept("nets", lambda: _nets(bench, labels, sound))
    norm = evidence.durations(bench, labels, bench.having(0, 1, 2))
    everything = bench.having(0, 1, 2, 3, 4)
    found = course.kept("evidence", lambda: evidence.table(bench, nets, prior, norm, list(bench.views), everything))
    early = late = course.kept("scorers", lambda: _scorers(bench, found, bench.having(0, 1, 2), course.seeds))
    if course.evidence == "whisper":
        late = course.kept("scorers-125", lambda: _scorers(bench, found, bench.having(0, 1, 2, 3), course.seeds))
    judges = {fold: miscues.Judge(net, prior, norm, early[0][0], early[1]) for fold, net in nets.items()}
    unheard, heard, told = course.kept("unsaid", lambda: _unsaid(bench, judges))
    mark = partial(evidence.marked, found, unheard, told["marked_threshold"])
    metrics = _evaluate(bench, found, early, late, mark)
    score = mark(course.kept("readers", lambda: readers.scores(bench, found, course.seeds)))
    metrics["177_to_65_five_folds"] = agreement(bench, score)
    metrics["unheard_90"] = agreement(bench, score | mark(evidence.guesses(found, early, bench.having(3))))
    slips = course.kept("slips", lambda: _slips(bench, judges, course))
    narrow, wide, caught = _miscues(slips)
    metrics["miscues_holdout"] = caught | told
    failed = course.kept("failed", lambda: readers.refused(bench, judges[4], narrow[0]))
    fitted, found_by = readers.train(bench, found, score, failed, norm, course.evidence == "whisper")
    metrics |= found_by
    final = course.kept("scorers-all", lambda: _scorers(bench, found, everything, course.seeds))
    last = course.kept("net-all", lambda: _fit(bench, labels, everything, 9, sound))
    shipped = {course.evidence: (last, final, (*wide, heard))}
    if course.evidence == "whisper":
        shipped["whisper-100"] = (nets[3], early, (*narrow, unheard))
    _export(course, shipped, prior, norm, fitted, metrics)
    golden = mark(evidence.guesses(found, late, [u for u in bench.having(4) if ("clean", u) in found]))
    export.distribution(course.out / course.evidence / "distribution.json", bench, golden)
    print(json.dumps(metrics, indent=1))


def _bench(course: Course, width: int) -> evidence.Bench:
    """The corpus with its frames in every view, cut once, and its folds."""
    utterances = corpus.load(course.corpus)
    held = corpus.holdout(course.corpus, utterances)
    frames = course.work / course.evidence
    make = extract.Encoder(course.whisper).view if course.evidence == "whisper" else extract.sphinx_view
    for view in evidence.VIEWS[course.evidence]:
        extract.run(make, utterances, view, frames)
    views = {view: extract.read(frames, view, width) for view in evidence.VIEWS[course.evidence]}
    return evidence.Bench(utterances, views, evidence.folds(utterances, held))


def _export(
    course: Course,
    shipped: dict[str, Shipped],
    prior: np.ndarray,
    norm: features.Durations,
    fitted: sentences.Fitted,
    metrics: dict[str, Any],
) -> None:
    """The files of each kind: classifier, scorers, miscue networks, and what the kinds share."""
    for kind, (net, trained, slips) in shipped.items():
        base = course.out / kind
        export.classifier(net, base / "classifier.onnx")
        export.scorers(trained[0], trained[1], base / "scorer.onnx")
        export.numbers(base / "numbers.npz", prior, norm, fitted)
        export.miscues(base / "miscue.npz", *slips)
        export.card(base / "card.json", kind, course.version, metrics["miscues_holdout"], metrics)


def _sound(bench: evidence.Bench, labels: list[classifier.Labels | None], width: int) -> classifier.Sound:
    """What the scorer hears of Whisper's frames; those of sphinx tell it nothing more."""
    if width != extract.WHISPER:
        return classifier.Sound.none(width)
    return classifier.Sound.principal([bench.views["clean"]], labels, bench.having(0, 1, 2))


def _fit(
    bench: evidence.Bench, labels: list[classifier.Labels | None], chosen: list[int], seed: int, sound: classifier.Sound
) -> classifier.Frame:
    return classifier.fit(list(bench.views.values()), labels, chosen, seed, sound)


def _labels(bench: evidence.Bench) -> list[classifier.Labels | None]:
    """PocketSphinx' alignment of well-read utterances, then twice that of a classifier trained on the last one."""
    own = bench.having(0, 1, 2)
    data, offsets = bench.views["clean"]
    none = classifier.Sound.none(data.shape[1])
    labels: list[classifier.Labels | None] = [None] * len(bench.utterances)
    first = start.Starter()
    well = [u for u in own if bench.scores(u).mean() > 1.85][::2]
    for u in well:
        labels[u] = first.labels(bench.utterances[u], int(offsets[u + 1] - offsets[u]))
    for chosen, wanted in ((well, own), (own, range(len(bench.utterances)))):
        usable = [u for u in chosen if labels[u] is not None]
        net = classifier.fit([(data, offsets)], labels, usable, len(wanted), none)
        prior = classifier.log_prior(labels, usable)
        fresh: list[classifier.Labels | None] = [None] * len(bench.utterances)
        for u in wanted:
            rows = data[offsets[u] : offsets[u + 1]]
            found = classifier.realign(net, prior, rows, bench.utterances[u])
            fresh[u] = None if found is None else classifier.aligned(bench.utterances[u], found, len(rows))
        labels = fresh
    return labels


def _heard(course: Course, bench: evidence.Bench) -> list[classifier.Labels | None]:
    """The alignment by the classifier on Whisper's frames in models/whisper-100, which is the better one."""
    frames = course.work / "whisper"
    extract.run(extract.Encoder(course.whisper).view, bench.utterances, "clean", frames)
    listened = evidence.Bench(bench.utterances, {"clean": extract.read(frames, "clean")}, bench.fold)
    return evidence.labels(listened, Nets.load(MODELS, "whisper-100"))


def _nets(
    bench: evidence.Bench, labels: list[classifier.Labels | None], sound: classifier.Sound
) -> dict[int, classifier.Frame]:
    """A net per fold that has not heard its speakers; folds 3 and 4 share the net of folds 0 to 2."""
    heard = [bench.having(*({0, 1, 2} - {fold})) for fold in range(evidence.FOLDS)] + [bench.having(0, 1, 2)]
    made = parallel.each([partial(_fit, bench, labels, h, seed, sound) for seed, h in enumerate(heard)])
    return {**dict(enumerate(made)), 4: made[3]}


def _scorers(bench: evidence.Bench, found: Found, chosen: list[int], seeds: int) -> Trained:
    columns = evidence.columns(found, chosen)
    made = parallel.each([partial(evidence.fit, bench, found, columns, chosen, seed) for seed in range(seeds)])
    return made, columns


def agreement(bench: evidence.Bench, guess: Guess) -> dict[str, float]:
    """Correlation and error against the experts, in all and for children (15 and younger) and adults."""
    x = np.concatenate(list(guess.values()))
    y = np.concatenate([bench.scores(u) for u in guess])
    child = np.concatenate([np.full(len(g), bench.utterances[u].age <= 15) for u, g in guess.items()])
    out = {"phone_pcc": np.corrcoef(x, y)[0, 1], "phone_mse": ((x - y) ** 2).mean()}
    for name, part in (("children", child), ("adults", ~child)):
        out[f"phone_pcc_{name}"] = np.corrcoef(x[part], y[part])[0, 1] if part.any() else float("nan")
    ranks = np.argsort(np.argsort(x))
    bad = y < 0.5
    if bad.any():
        out["auc_bad_phones"] = 1 - (ranks[bad].mean() - (bad.sum() - 1) / 2) / (~bad).sum()
    return {k: round(float(v), 4) for k, v in out.items()}


def _evaluate(
    bench: evidence.Bench, found: Found, early: Trained, late: Trained, mark: Callable[..., Guess]
) -> dict[str, Any]:
    metrics: dict[str, Any] = {}
    for view in bench.views:
        held = [u for u in bench.having(3) if (view, u) in found]
        metrics[f"100_to_25_holdout_{view}"] = agreement(bench, mark(evidence.guesses(found, early, held, view), view))
    one = (early[0][:1], early[1])
    metrics["100_to_25_holdout_one_net"] = agreement(bench, mark(evidence.guesses(found, one, bench.having(3))))
    other = [u for u in bench.having(4) if ("clean", u) in found]
    metrics["100_to_65" if late is early else "125_to_65"] = agreement(
        bench, mark(evidence.guesses(found, late, other))
    )
    print(json.dumps(metrics, indent=1), flush=True)
    return metrics


Slips = tuple[list[miscues.Cases], dict[str, miscues.Cases], miscues.Cases, miscues.Cases]


def _slips(bench: evidence.Bench, judges: dict[int, miscues.Judge], course: Course) -> Slips:
    train: list[miscues.Cases] = []
    for view, step in zip(bench.views, (2, 4), strict=False):
        train += miscues.trials(bench, judges, bench.having(0, 1, 2)[::step], view).values()
    test = miscues.trials(bench, judges, bench.having(3), "clean")
    texts = [classifier.reference(u) for u in bench.utterances]
    quiet = []
    for seed, count in ((1, 240), (2, 120)):
        heard = miscues.sounds(count, [bench.utterances[u] for u in bench.having(0, 1, 2)], seed)
        make = extract.Encoder(course.whisper).plain if course.evidence == "whisper" else extract.sphinx_plain
        quiet.append(miscues.silence(judges, [(make(x), miscues.loudness(x)) for x in heard], texts, seed))
    return train, test, quiet[0], quiet[1]


def _unsaid(
    bench: evidence.Bench, judges: dict[int, miscues.Judge]
) -> tuple[miscue.Dense, miscue.Dense, dict[str, float]]:
    """The network for phones of the training speakers, of the hold-out too, and what the first one catches there."""
    train: list[unsaid.Cases] = []
    for view, step in zip(bench.views, (1, 4), strict=False):
        train += unsaid.trials(bench, judges, bench.having(0, 1, 2)[::step], view).values()
    test = unsaid.trials(bench, judges, bench.having(3), "clean")
    narrow = unsaid.train(train)
    return narrow, unsaid.train([*train, *test.values()]), unsaid.caught(narrow, test)


def _miscues(slips: Slips) -> tuple[Any, Any, dict[str, float]]:
    """Networks for words and for gaps: of the training speakers, and of the hold-out too; what the first ones catch."""
    train, test, quiet, unseen = slips
    narrow = miscues.train([*train, quiet])
    found = miscues.caught(*narrow, test, unseen)
    wide = miscues.train([*train, *test.values(), quiet, unseen])
    return narrow, wide, {k: round(v, 4) for k, v in found.items()}
