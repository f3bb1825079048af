"""A school with its owner, for the tests of what is given to its learners."""

import pytest

from tests.support.node import Parley
from tests.support.school import School


@pytest.fixture
async def school(parley: Parley) -> School:
    return await School.found(parley)
