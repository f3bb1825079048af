"""`run.py chaos`: see benchmarks/chaos/run.py."""

from benchmarks.chaos import run


def main(rest: list[str]) -> int:
    """`run.py chaos`: see benchmarks/chaos."""
    return run.main(rest)
