"""The order of training: frames, first alignment, classifiers by fold, scorers, sentences, miscues, export."""

# mypy: disable-error-code="misc,no-any-return,untyped-decorator,arg-type,union-attr,unused-ignore"

import json
import pickle
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from speech.pronunciation import align, features, sphinx
from speech.pronunciation.nets import Nets
from speech.pronunciation.training import (
    altered,
    classifier,
    corpus,
    evidence,
    export,
    extract,
    miscues,
    scorer,
    sentences,
    spelling,
    words,
)  # fmt: skip

COLUMNS = features.COLUMN["swap_AA"]
"""The per-phone columns of rival pronunciations are left out of the scorer: they made it worse on the hold-out."""
VIEWS = {"whisper": ("clean", "mixed1", extract.VOICES), "sphinx": ("clean",)}
EARLY = 2
"""Scorers that are averaged for the evaluation on the hold-out."""

T = TypeVar("T")
Found = dict[tuple[str, int], features.Evidence]
Wrong = dict[int, tuple[features.Evidence, altered.Scores]]
Trained = tuple[list[scorer.Net], evidence.Columns]


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
    start: Path

    def kept(self, name: str, make: Callable[[], T], shared: bool = False) -> T:
        """A stage's result, made once."""
        path = self.work / (f"{name}.pkl" if shared else f"{self.evidence}-{name}.pkl")
        if path.exists():
            with path.open("rb") as file:
                return pickle.load(file)  # type: ignore[no-any-return]
        began = time.process_time()
        result = make()
        self.work.mkdir(parents=True, exist_ok=True)
        with path.with_suffix(".part").open("wb") as file:
            pickle.dump(result, file)
        path.with_suffix(".part").rename(path)
        print(f"{self.evidence} {name}: {time.process_time() - began:.0f} CPU s", flush=True)
        return result


@dataclass
class Stage:
    """One division of the speakers: nets that have not heard a fold, the evidence they give, scorers on it.

    `own` are the folds to train on. "narrow" keeps the hold-out apart (fold 3) and leaves fold 4 unheard; "wide" is
    five folds over all speakers.
    """

    course: Course
    name: str
    bench: evidence.Bench
    labels: list[classifier.Labels | None]
    own: tuple[int, ...]

    @cached_property
    def norm(self) -> features.Durations:
        return evidence.durations(self.bench, self.labels, self.bench.having(*self.own))

    @cached_property
    def prior(self) -> np.ndarray:
        return classifier.log_prior(self.labels, self.bench.having(*self.own))

    def net(self, fold: int) -> classifier.Frame:
        """A classifier that has heard the training folds without `fold`."""
        heard = [k for k in self.own if k != fold]
        views = [self.bench.views[v] for v in VIEWS[self.course.evidence]]
        name = f"{self.name}-net-{fold if fold in self.own else 'all'}"
        return self.course.kept(
            name, lambda: classifier.fit(views, self.labels, self.bench.having(*heard), fold if fold in heard else 9, 3)
        )

    @cached_property
    def nets(self) -> dict[int, classifier.Frame]:
        return {int(fold): self.net(int(fold)) for fold in np.unique(self.bench.fold)}

    def view(self, view: str) -> Found:
        """Evidence of all utterances (narrow: without fold 4) under a view, by nets that have not heard them."""
        chosen = self.bench.having(*self.own, 3)
        return self.course.kept(
            f"{self.name}-{view}",
            lambda: evidence.table(self.bench, self.nets, self.prior, self.norm, [view], chosen),
        )

    @cached_property
    def found(self) -> Found:
        return {key: e for view in VIEWS[self.course.evidence] for key, e in self.view(view).items()}

    @cached_property
    def wrong(self) -> Wrong:
        """Altered texts of the training folds."""
        chosen = self.bench.having(*self.own)
        return self.course.kept(
            f"{self.name}-wrong",
            lambda: altered.table(self.bench, self.nets, self.prior, self.norm, "clean", chosen),
        )

    def scorers(self, folds: tuple[int, ...], seeds: range) -> Trained:
        """Scorers on the utterances of some folds, a net a seed."""
        chosen = self.bench.having(*folds)
        columns = evidence.columns(self.found, chosen, COLUMNS)
        draws = evidence.samples(self.bench, self.found, columns, list(VIEWS[self.course.evidence]), chosen, self.wrong)
        tag = "".join(map(str, folds))
        nets = [self.course.kept(f"{self.name}-scorer-{tag}-{k}", lambda k=k: scorer.fit(draws, k)) for k in seeds]
        return nets, columns

    def unheard(self) -> dict[int, np.ndarray]:
        """Phone scores of every speaker by a scorer that has not heard the speaker."""
        out: dict[int, np.ndarray] = {}
        for fold in self.own:
            trained = self.scorers(tuple(k for k in self.own if k != fold), range(fold, fold + 1))
            here = [u for u in self.bench.having(fold) if ("clean", u) in self.found]
            out |= guesses(self.found, trained, here)
        return out


def run(course: Course) -> None:
    """Train, evaluate and export one kind of evidence; with Whisper also the word list and the speller."""
    utterances = corpus.load(course.corpus)
    held = corpus.holdout(course.corpus, utterances)
    if course.evidence == "whisper":
        words.write(utterances, course.out / "words.tsv")
        course.kept("spelling", lambda: spelling.train(course.out))
    narrow, wide = stages(course, utterances, held)
    early = narrow.scorers(narrow.own, range(EARLY))
    metrics = _evaluate(narrow, early)
    unheard = wide.unheard()
    metrics["five_fold_over_all"] = agreement(wide.bench, unheard) | spread(wide.bench, unheard)
    fitted, metrics["sentences_cross_validated"] = _sentences(wide, unheard)
    slips = course.kept("slips", lambda: _slips(narrow, early))
    evaluated, shipped, metrics["miscues_holdout"] = _miscues(slips)
    print(json.dumps(metrics, indent=1), flush=True)
    final = wide.scorers(wide.own, range(course.seeds))
    for stage, folder, net, trained, nets in (
        (narrow, f"{course.evidence}-100", narrow.nets[3], early, evaluated),
        (wide, course.evidence, wide.net(len(wide.own)), final, shipped),
    ):
        base = course.out / folder
        if stage is narrow and course.evidence != "whisper":
            continue
        export.classifier(net, base / "classifier.onnx", wide.bench.views["clean"][0].shape[1])
        export.scorers(*trained, base / "scorer.onnx")
        export.numbers(base / "numbers.npz", stage.prior, stage.norm, fitted)
        export.miscues(base / "miscue.npz", *nets)
        export.card(base / "card.json", folder, course.version, COLUMNS, metrics["miscues_holdout"], metrics)
    rated = {u: g for u, g in unheard.items() if utterances[u].sentence is not None}
    export.distribution(course.out / course.evidence / "distribution.json", wide.bench, rated)


def stages(course: Course, utterances: list[corpus.Utterance], held: set[str]) -> tuple[Stage, Stage]:
    """The narrow and the wide division, with frames and first labels made."""
    frames = course.work / course.evidence
    make = extract.Encoder(course.whisper).view if course.evidence == "whisper" else extract.sphinx_view
    for view in VIEWS[course.evidence]:
        extract.run(make, utterances, view, frames)
    heard = course.evidence == "whisper"
    width = extract.WHISPER if course.evidence == "whisper" else sphinx.WIDTH
    views = {view: extract.read(frames, view, width) for view in VIEWS[course.evidence]}
    bench = evidence.Bench(utterances, views, evidence.folds(utterances, held))
    labels = course.kept(
        "labels", lambda: _labels(course, utterances, views.get("clean") if heard else None), shared=True
    )
    wide = evidence.Bench(utterances, views, evidence.wide_folds(utterances))
    return Stage(course, "narrow", bench, labels, (0, 1, 2)), Stage(course, "wide", wide, labels, (0, 1, 2, 3, 4))


def _labels(
    course: Course, utterances: list[corpus.Utterance], views: extract.View | None
) -> list[classifier.Labels | None]:
    """The reference phones aligned by the classifier in `course.start`; PocketSphinx' evidence has the same labels."""
    if views is None:
        raise FileNotFoundError("train the whisper evidence first: its alignment labels the other's frames")
    trained = Nets.load(course.start, "whisper-100")
    data, offsets = views
    labels: list[classifier.Labels | None] = []
    for u, utterance in enumerate(utterances):
        logp = trained.posteriors(np.asarray(data[offsets[u] : offsets[u + 1]], np.float32))
        chain = align.chain(classifier.reference(utterance), len(logp))
        found = align.align(align.emissions(logp, trained.prior), chain) if chain else None
        labels.append(None if found is None else classifier.aligned(utterance, found, len(logp)))
    return labels


def guesses(found: Found, trained: Trained, chosen: list[int], view: str = "clean") -> dict[int, np.ndarray]:
    """Mean phone scores (0 to 2) of several scorers."""
    nets, columns = trained
    rows = [scorer.Sample(columns(found[view, u].rows), found[view, u].alignment.chain.phone, np.zeros(1, np.float32))
            for u in chosen]  # fmt: skip
    each = [scorer.predict(net, rows) for net in nets]
    return {u: np.mean([e[i] for e in each], 0) for i, u in enumerate(chosen)}


def agreement(bench: evidence.Bench, guess: dict[int, np.ndarray]) -> dict[str, float]:
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


def spread(bench: evidence.Bench, guess: dict[int, np.ndarray], draws: int = 1000) -> dict[str, list[float]]:
    """95 % intervals of the correlations, speakers drawn with replacement."""
    rng = np.random.default_rng(0)
    out = {}
    for name, of_age in (("all", (0, 200)), ("children", (0, 15)), ("adults", (16, 200))):
        sums: dict[str, np.ndarray] = {}
        for u, g in guess.items():
            if of_age[0] <= bench.utterances[u].age <= of_age[1]:
                x, y = g.astype(float), bench.scores(u).astype(float)
                row = np.array([len(x), x.sum(), y.sum(), (x * x).sum(), (y * y).sum(), (x * y).sum()])
                sums[bench.utterances[u].speaker] = sums.get(bench.utterances[u].speaker, 0) + row
        table = np.array(list(sums.values()))
        if len(table):
            n, x, y, xx, yy, xy = table[rng.integers(len(table), size=(draws, len(table)))].sum(1).T
            found = (xy - x * y / n) / np.sqrt((xx - x * x / n) * (yy - y * y / n))
            out[f"interval_{name}"] = [round(float(v), 3) for v in np.percentile(found, [2.5, 97.5])]
    return out


def _evaluate(narrow: Stage, early: Trained) -> dict[str, Any]:
    metrics: dict[str, Any] = {}
    for view in VIEWS[narrow.course.evidence]:
        held = [u for u in narrow.bench.having(3) if (view, u) in narrow.found]
        guess = guesses(narrow.found, early, held, view)
        metrics[f"100_to_25_holdout_{view}"] = agreement(narrow.bench, guess) | spread(narrow.bench, guess)
    one = (early[0][:1], early[1])
    metrics["100_to_25_holdout_one_net"] = agreement(narrow.bench, guesses(narrow.found, one, narrow.bench.having(3)))
    print(json.dumps(metrics, indent=1), flush=True)
    return metrics


def _sentences(wide: Stage, unheard: dict[int, np.ndarray]) -> tuple[sentences.Fitted, dict[str, float]]:
    bench, found = wide.bench, wide.found
    rated = [u for u in unheard if bench.utterances[u].part != "train"]
    encoder = wide.course.evidence == "whisper"
    rows = sentences.rows(bench, found, unheard, wide.norm, "clean", rated, encoder)
    wanted = sentences.targets(bench, rated)
    known = [u for u in unheard if bench.utterances[u].part == "train"][::2]
    background = sentences.encoders(bench, found, "clean", known) if encoder else None
    quality = sentences.validate(rows, wanted, [bench.utterances[u].speaker for u in rated], background)
    return sentences.fit(rows, wanted, background), {k: round(v, 4) for k, v in quality.items()}


Slips = tuple[list[miscues.Cases], dict[str, miscues.Cases], miscues.Cases, miscues.Cases]


def _slips(narrow: Stage, early: Trained) -> Slips:
    bench, course = narrow.bench, narrow.course
    judges = {k: miscues.Judge(net, narrow.prior, narrow.norm, early[0][0], early[1]) for k, net in narrow.nets.items()}
    train: list[miscues.Cases] = []
    for view, step in zip(VIEWS[course.evidence], (2, 4, 4), strict=False):
        train += miscues.trials(bench, judges, bench.having(*narrow.own)[::step], view).values()
    test = miscues.trials(bench, judges, bench.having(3), "clean")
    texts = [classifier.reference(u) for u in bench.utterances]
    quiet = []
    for seed, count in ((1, 240), (2, 120)):
        heard = miscues.sounds(count, [bench.utterances[u] for u in bench.having(*narrow.own)], seed)
        make = extract.Encoder(course.whisper).plain if course.evidence == "whisper" else extract.sphinx_plain
        quiet.append(miscues.silence(judges, [(make(x), miscues.loudness(x)) for x in heard], texts, seed))
    return train, test, quiet[0], quiet[1]


def _miscues(slips: Slips) -> tuple[Any, Any, dict[str, float]]:
    """The networks of the 100, those on everything, and what the former caught on the hold-out."""
    train, test, quiet, unseen = slips
    evaluated = miscues.train([*train, quiet])
    found = miscues.caught(*evaluated, test, unseen)
    return evaluated, miscues.train([*train, *test.values(), quiet, unseen]), {k: round(v, 4) for k, v in found.items()}
