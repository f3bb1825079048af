"""What the benchmark of sessions in sequence calls growth."""

from benchmarks.session_churn import Lease, grown

MEGABYTE = 2**20


def leases(*megabytes: float) -> list[Lease]:
    return [Lease(int(amount * MEGABYTE), 20, 30, 0) for amount in megabytes]


def test_what_is_loaded_once_is_no_leak() -> None:
    assert grown(leases(228, 228.4, 228.4, 241), leases(241)[0], 80) == []


def test_memory_that_grows_in_each_tenth_is_one() -> None:
    assert grown(leases(228, 232, 236, 240), leases(244)[0], 80) == ["memory by 157286 bytes a session"]


def test_what_stays_is_named() -> None:
    end = Lease(228 * MEGABYTE, 21, 40, 3)
    assert grown(leases(228, 228), end, 80) == [
        "tasks from 20 to 21",
        "open files from 30 to 40",
        "3 keys in Valkey",
    ]
