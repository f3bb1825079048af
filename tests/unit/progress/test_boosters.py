"""XP with a booster."""

from datetime import UTC, datetime, timedelta

from api.progress import boosters

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_booster_multiplies_until_it_ends() -> None:
    booster = boosters.start(None, 150, HOUR, NOW)
    assert boosters.apply(15, booster, NOW) == 22
    assert boosters.apply(15, booster, NOW + HOUR - timedelta(seconds=1)) == 22
    assert boosters.apply(15, booster, NOW + HOUR) == 15
    assert boosters.apply(15, None, NOW) == 15


def test_a_second_booster_adds_its_time_and_the_better_multiplier_stays() -> None:
    booster = boosters.start(boosters.start(None, 150, HOUR, NOW), 200, HOUR, NOW + HOUR / 2)
    assert (booster.multiplier, booster.ends_at) == (2.0, NOW + 2 * HOUR)


def test_an_ended_booster_leaves_nothing_behind() -> None:
    old = boosters.start(None, 200, HOUR, NOW)
    assert boosters.start(old, 150, HOUR, NOW + 2 * HOUR) == boosters.Booster(150, NOW + 3 * HOUR)
