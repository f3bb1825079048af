"""What the soak run calls growth."""

import pytest

from benchmarks._soak import MEGABYTE, Bills, Minute, second_half, slope, slopes, verdict

IDLE = Minute(0, {"server": 200 * MEGABYTE}, 40, 30, 0, 1.0)


def run(*megabytes: float, step_s: float = 60.0) -> list[Minute]:
    return [
        Minute(number * step_s, {"server": round(amount * MEGABYTE), "recognition": 300 * MEGABYTE}, 80, 90, 6, 2.0)
        for number, amount in enumerate(megabytes)
    ]


def test_the_slope_is_that_of_the_nearest_line() -> None:
    assert slope([(0, 1), (1, 3), (2, 5)]) == pytest.approx(2)
    assert slope([(0, 1), (1, 4), (2, 1)]) == pytest.approx(0)
    assert slope([(3, 7)]) == slope([]) == slope([(1, 2), (1, 5)]) == 0


def test_what_is_loaded_in_the_first_half_is_no_leak() -> None:
    minutes = run(*(200 + min(number, 60) * 3 for number in range(121)))
    assert len(second_half(minutes)) == 61
    assert slopes(minutes)["server"][0] == pytest.approx(0, abs=0.1)
    assert verdict(IDLE, minutes, IDLE, Bills(), []) == []


def test_memory_that_grows_all_the_time_is_one() -> None:
    minutes = run(*(200 + number * 0.25 for number in range(121)))
    assert verdict(IDLE, minutes, IDLE, Bills(), []) == [
        "memory of server grows by 15.0 MB per hour (15.0 MB in the second half)"
    ]


def test_ups_and_downs_are_none() -> None:
    minutes = run(*(200 + 20 * (number % 2) for number in range(121)))
    assert verdict(IDLE, minutes, IDLE, Bills(), []) == []


def test_a_few_megabytes_in_a_minute_prove_nothing() -> None:
    assert verdict(IDLE, run(200, 201, 202, 203), IDLE, Bills(), []) == []
    assert len(verdict(IDLE, run(200, 210, 220, 230), IDLE, Bills(), [])) == 1


def test_a_process_that_comes_and_goes_is_no_leak() -> None:
    minutes = run(200, 200, 200, 200)
    minutes[-1].memory["others"] = 20 * MEGABYTE
    assert "others" not in slopes(minutes)
    assert verdict(IDLE, minutes, IDLE, Bills(), []) == []


def test_what_stays_is_named() -> None:
    after = Minute(0, IDLE.memory, 61, 36, 2, 1.0)
    assert verdict(IDLE, run(200, 200), after, Bills(), ["WHIP: 500"]) == [
        "tasks from 30 to 36 when all had left",
        "files from 40 to 61 when all had left",
        "2 sessions stayed",
        "WHIP: 500",
    ]


def test_bills_have_bounds() -> None:
    bills = Bills()
    bills.add(6, 5.2, 6.1)
    bills.add(7, 5.2, 6.1)
    assert (bills.actual, bills.off) == (13, [])
    bills.add(9, 5.2, 6.1)
    bills.add(4, 5.2, 6.1)
    assert len(bills.off) == 2
    assert verdict(IDLE, run(200, 200), IDLE, bills, []) == [
        "2 wrong bills, the first: 9 s billed, 5.2 to 6.1 expected"
    ]
