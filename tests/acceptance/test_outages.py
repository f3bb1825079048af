"""`run.py bench outages` in small: servers that are read-only, full, gone or hanging under people who work. It does not
judge how long anything took: that is for a machine that does nothing else."""

from pathlib import Path

import pytest

from benchmarks import outages
from benchmarks.drill.troubles import TROUBLES, NoDisk


@pytest.mark.slow
@pytest.mark.parametrize("kind", TROUBLES)
async def test_nothing_acknowledged_is_lost_and_all_goes_on(kind: str, tmp_path: Path) -> None:
    try:
        report = await outages.drill(kind, 3.0, tmp_path)
    except NoDisk as why:
        pytest.skip(f"a file system of the test's own cannot be had: {why}")
    assert report.wrong == []
    assert report.account.notes and report.account.documents and len(report.ends) == 4
