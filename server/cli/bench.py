"""`run.py bench NAME`: measures the figures of the documentation."""

import importlib
import os

from speech.pool import isa


def main(rest: list[str]) -> int:
    """Run `benchmarks/NAME.py`, which exists, with the rest of the line."""
    # As in the recognition workers: waiting threads of the number libraries would count as work. Read when they load.
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    for name, value in {**isa.variables(), **single}.items():
        os.environ.setdefault(name, value)
    code: int | None = importlib.import_module(f"benchmarks.{rest[0]}").main(rest[1:])
    return code or 0
