"""Real servers for every test that wants one: started once a worker, a fresh database for each test."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as `serve` does
sys.path.insert(0, str(Path(__file__).parent.parent))

pytest_plugins = ["tests.support.servers", "tests.support.node", "tests.support.typescript"]

# A busy machine makes an example slow, not wrong: Hypothesis times neither the examples nor their making.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# Thousands of accounts are made and sign in: with the product's costs that was a third of all that the tests compute.
CHEAP_HASHER = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


# A server of the tests' own that does not connect in time has got none: four of them start beside one another.
ACQUIRE_SECONDS = 60.0


def pytest_configure() -> None:
    from kit import database, passwords

    passwords._HASHER = CHEAP_HASHER
    database._ACQUIRE_SECONDS = ACQUIRE_SECONDS


def pytest_asyncio_loop_factories(item: pytest.Item) -> dict[str, Any]:
    from tests.support.loops import TidyLoop, VirtualLoop

    return {"virtual": VirtualLoop} if item.get_closest_marker("virtual_time") else {"tidy": TidyLoop}
