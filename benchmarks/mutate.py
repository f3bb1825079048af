"""Mutated input to every parser of strangers' bytes: `python3 run.py bench mutate KIND [--count 100000] [--seed 1]`.

KIND is sdp, rtp, events, audio, documents or all. Each starts from a corpus that the tests keep (offers of real
clients, recorded packets, an example of every event, recordings in ten containers, documents) and changes it: bits,
pieces, numbers, lengths, pieces of another sample; lines of an offer, values of an event, members of an archive, too.
An input may be refused, by the errors that its reader names; what else is raised, takes over five seconds of the
processor, opens files that stay open or makes memory grow is a finding.
Inputs are told by seed and number, so that a finding can be had again: `--only NUMBER`.
"""

import argparse
import gc
import random
import resource
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import _mutated_kinds as kinds

SLOW_SECONDS = 5.0
_MOST_GROWTH = 300 * 1024 * 1024  # bytes; caches of the libraries fill up first


@dataclass
class Outcome:
    """`refused` by the name of the error; `findings` are sentences."""

    tried: int = 0
    taken: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    slowest: float = 0.0


def run(kind: kinds.Kind, count: int, seed: int, only: int | None = None) -> Outcome:
    """`count` inputs; the same seed makes the same."""
    outcome = Outcome()
    numbers = range(count) if only is None else [only]
    before = _files()
    for number in numbers:
        chance = random.Random(f"{kind.name} {seed} {number}")
        _try(kind, chance.choice(kind.ways)(kind.corpus, chance), number, outcome)
        if number == min(count // 5, 2000):
            gc.collect()
            settled = _memory()
    gc.collect()
    if (opened := _files() - before) > 0:
        outcome.findings.append(f"{opened} files or sockets stayed open")
    if only is None and (grown := _memory() - settled) > _MOST_GROWTH:
        outcome.findings.append(f"memory grew by {grown / 1e6:.0f} MB")
    return outcome


def _try(kind: kinds.Kind, given: bytes, number: int, outcome: Outcome) -> None:
    began = time.process_time()
    try:
        kind.read(given)
        outcome.taken += 1
    except kind.refusals as refusal:
        outcome.refused[getattr(refusal, "code", None) or type(refusal).__name__] += 1
    except Exception as error:  # what it is looked for
        outcome.findings.append(f"{number}: {type(error).__name__}: {str(error)[:200]}")
    took = time.process_time() - began
    outcome.tried += 1
    outcome.slowest = max(outcome.slowest, took)
    if took > SLOW_SECONDS:
        outcome.findings.append(f"{number}: took {took:.1f} s")


def _files() -> int:
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench mutate", description=__doc__)
    parser.add_argument("kind", choices=[*kinds.KINDS, "all"])
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, metavar="NUMBER")
    asked = parser.parse_args(argv)
    found = 0
    for name in kinds.KINDS if asked.kind == "all" else [asked.kind]:
        began = time.monotonic()
        outcome = run(kinds.KINDS[name](), asked.count, asked.seed, asked.only)
        refused = ", ".join(f"{code} {count}" for code, count in outcome.refused.most_common())
        print(
            f"{name}: {outcome.tried:,} inputs in {time.monotonic() - began:.0f} s, {outcome.taken:,} taken; {refused}"
        )
        print(
            f"  slowest {outcome.slowest * 1000:.0f} ms; {len(outcome.findings)} findings",
            *outcome.findings,
            sep="\n  ",
        )
        found += len(outcome.findings)
    return 1 if found else 0
