"""`run.py bench [NAME]`: what the figures in the documentation come from."""

import importlib
import os

from server.bootstrap.environment import ROOT
from server.bootstrap.terminal import Stop
from speech.pool import isa

FOLDER = ROOT / "benchmarks"


def main(rest: list[str]) -> int:
    """Run `benchmarks/NAME.py` with the rest of the line, or list the names."""
    known = {path.stem: path for path in sorted(FOLDER.glob("[!_]*.py"))}
    if not rest:
        print("\n".join(["Benchmarks:", *(f"  {name}" for name in known)]) if known else "There are no benchmarks yet.")
        return 0
    if rest[0] not in known:
        raise Stop(f"There is no benchmark “{rest[0]}”; there are: {', '.join(known) or 'none'}.")
    # As in the recognition workers: waiting threads of the number libraries would count as work. Read when they load.
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    for name, value in {**isa.variables(), **single}.items():
        os.environ.setdefault(name, value)
    code: int | None = importlib.import_module(f"benchmarks.{rest[0]}").main(rest[1:])
    return code or 0
