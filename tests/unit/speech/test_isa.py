"""CTranslate2 is told of AVX-512 where the processor has it, and of nothing else."""

import os
from pathlib import Path

import pytest

from speech.transcription import isa

ALL = "flags\t\t: fpu avx avx2 avx512f avx512bw avx512cd avx512dq avx512vl avx512_vnni\n"


@pytest.mark.parametrize(
    ("cpuinfo", "told"),
    [(f"processor : 0\n{ALL}", "AVX512"), (ALL.replace("avx512vl ", ""), None), ("Features : asimd\n", None)],
)
def test_told_of_what_the_processor_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cpuinfo: str, told: str | None
) -> None:
    monkeypatch.setenv("CT2_FORCE_CPU_ISA", "")  # so that it is put back as it was
    monkeypatch.delenv("CT2_FORCE_CPU_ISA")
    (tmp_path / "cpuinfo").write_text(cpuinfo)
    isa.choose(tmp_path / "cpuinfo")
    assert os.environ.get("CT2_FORCE_CPU_ISA") == told


def test_the_operators_choice_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CT2_FORCE_CPU_ISA", "AVX2")
    (tmp_path / "cpuinfo").write_text(ALL)
    isa.choose(tmp_path / "cpuinfo")
    assert os.environ["CT2_FORCE_CPU_ISA"] == "AVX2"
    isa.choose(tmp_path / "missing")
