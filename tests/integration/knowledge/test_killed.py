"""The server is killed in the middle of uploads and writes; afterwards index and documents agree with what was said.

The long form, fifty kills: `run.py bench kills`.
"""

import random
from pathlib import Path

import pytest

from kit.database import Database
from tests.support import victim


@pytest.mark.slow
async def test_after_kills_nothing_confirmed_is_lost_and_nothing_is_half(
    database: Database, database_url: str, redis_url: str, tmp_path: Path
) -> None:
    node, chance = victim.victim(database_url, redis_url, tmp_path), random.Random(3)
    for _ in range(2):
        await victim.one_kill(node, database, chance)
    await victim.after_all(node, database)
    assert all(node.promised.values())
