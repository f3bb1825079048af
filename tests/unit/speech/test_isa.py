"""CTranslate2 is told of AVX-512 where the processor has it, and of nothing else."""

from pathlib import Path

import pytest

from speech.pool import isa

ALL = "flags\t\t: fpu avx avx2 avx512f avx512bw avx512cd avx512dq avx512vl avx512_vnni\n"
TOLD = {"CT2_FORCE_CPU_ISA": "AVX512"}


@pytest.mark.parametrize(
    ("cpuinfo", "told"),
    [(f"processor : 0\n{ALL}", TOLD), (ALL.replace("avx512vl ", ""), {}), ("Features : asimd\n", {})],
)
def test_told_of_what_the_processor_has(tmp_path: Path, cpuinfo: str, told: dict[str, str]) -> None:
    (tmp_path / "cpuinfo").write_text(cpuinfo)
    assert isa.variables(tmp_path / "cpuinfo") == told


def test_nothing_is_said_where_it_is_not_known(tmp_path: Path) -> None:
    assert isa.variables(tmp_path / "missing") == {}
