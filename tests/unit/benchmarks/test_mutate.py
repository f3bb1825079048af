"""Every parser of strangers' bytes takes or refuses what was mutated; the long run is `run.py bench mutate`."""

import pytest

from benchmarks import mutate
from benchmarks._mutated_kinds import KINDS, Kind

COUNTS = {"sdp": 300, "rtp": 1000, "events": 1000, "audio": 40, "documents": 60}


@pytest.mark.parametrize("name", KINDS)
def test_what_is_mutated_is_taken_or_refused(name: str) -> None:
    outcome = mutate.run(KINDS[name](), COUNTS[name], seed=20)
    assert outcome.findings == []
    assert outcome.tried == COUNTS[name] and outcome.taken and outcome.refused, "else it would prove little"


def test_what_is_neither_is_found_by_its_number() -> None:
    def read(given: bytes) -> None:
        if b"x" in given:
            raise KeyError("x")
        raise ValueError

    kind = Kind("odd", [b"abcx", b"abc"], read, (ValueError,))
    outcome = mutate.run(kind, 50, seed=1)
    assert outcome.refused["ValueError"] and outcome.findings
    number = int(outcome.findings[0].partition(":")[0])
    assert mutate.run(kind, 50, seed=1, only=number).findings == outcome.findings[:1]
