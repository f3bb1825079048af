"""Generated requests against every operation, in a short form of `python3 run.py bench fuzz`."""

import pytest

from benchmarks import fuzz
from server.embedded.stack import Endpoints


@pytest.mark.slow
async def test_no_generated_request_finds_an_answer_off_the_document(database_url: str, redis_url: str) -> None:
    place = Endpoints(database_url=database_url, redis_url=redis_url)
    outcome = await fuzz.fuzz(place, requests=1, examples=1, seed=1, phases="examples,fuzzing")
    assert not outcome.failed, outcome.output
    assert outcome.requests >= 120, "every operation was asked"
