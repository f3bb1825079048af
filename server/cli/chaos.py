"""`run.py chaos`: see benchmarks/chaos/run.py."""

from benchmarks.chaos import run


def main(rest: list[str]) -> int:
    return run.main(rest)
