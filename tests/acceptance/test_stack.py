"""`run.py bench stack` in small: a whole site, a learner by each door, one node killed, one drained."""

import asyncio
import tempfile
from pathlib import Path

import pytest

from benchmarks import stack
from benchmarks.drill import site

pytestmark = pytest.mark.skipif(bool(site.missing()), reason=f"not installed, nor fetched by .ci/run: {site.missing()}")


@pytest.mark.slow
def test_nothing_is_lost_at_any_door_while_one_node_dies_and_one_is_drained() -> None:
    # Not in pytest's own folders: the account of PostgreSQL cannot reach them.
    with tempfile.TemporaryDirectory(prefix="parley-stack-") as folder, site.opened(Path(folder)) as place:
        report = asyncio.run(stack.drill(place, len(stack.DOORS)))
    assert report.faults == []
    assert set(report.rows) == set(stack.DOORS) and all(row.rounds for row in report.rows.values())
