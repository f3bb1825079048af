"""Days at a place."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given
from hypothesis import strategies as st

from api.progress import zones

ZONES = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc", "posix", "right")))
instants = st.datetimes(datetime(2005, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))


@given(instants, st.timedeltas(timedelta(0), timedelta(days=4)), st.sampled_from(ZONES))
def test_split_keeps_every_instant_once(start: datetime, length: timedelta, name: str) -> None:
    parts = list(zones.split(start, start + length, name))
    assert sum((end - begin for _, begin, end in parts), timedelta()) == length
    assert [begin for _, begin, _ in parts[1:]] == [end for _, _, end in parts[:-1]]
    for day, begin, end in parts:
        assert zones.day_start(day, name) <= begin < end <= zones.day_end(day, name)


@given(st.dates(date(2005, 1, 1), date(2034, 12, 31)), st.sampled_from(ZONES))
def test_days_join_without_gap_and_start_on_their_date(day: date, name: str) -> None:
    start, end = zones.day_start(day, name), zones.day_end(day, name)
    assert start <= end
    if zones.exists(day, name):
        assert start.astimezone(ZoneInfo(name)).date() == day
        assert timedelta(hours=20) <= end - start <= timedelta(hours=28)


def test_a_day_that_begins_after_a_jump_over_midnight() -> None:
    assert zones.day_start(date(2018, 11, 4), "America/Sao_Paulo") == datetime(2018, 11, 4, 3, tzinfo=UTC)


def test_days_of_the_clock_change_are_23_and_25_hours_long() -> None:
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    assert zones.day_end(spring, "Europe/Berlin") - zones.day_start(spring, "Europe/Berlin") == timedelta(hours=23)
    assert zones.day_end(autumn, "Europe/Berlin") - zones.day_start(autumn, "Europe/Berlin") == timedelta(hours=25)


def test_a_day_which_a_zone_skipped_does_not_exist() -> None:
    assert not zones.exists(date(2011, 12, 30), "Pacific/Apia")
    assert zones.exists(date(2011, 12, 31), "Pacific/Apia")


def test_an_unknown_zone_counts_as_utc() -> None:
    at = datetime(2026, 5, 1, 23, 30, tzinfo=UTC)
    assert zones.local_day(at, "Mars/Olympus") == date(2026, 5, 1)
    assert zones.local_day(at, "../../etc/passwd") == date(2026, 5, 1)


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)))
def test_weeks_run_from_sunday_to_saturday(day: date) -> None:
    start = zones.week_start(day)
    assert start.isoweekday() == 7
    assert 0 <= (day - start).days <= 6


def test_days_from_includes_both_ends() -> None:
    assert list(zones.days_from(date(2026, 1, 30), date(2026, 2, 1))) == [
        date(2026, 1, 30),
        date(2026, 1, 31),
        date(2026, 2, 1),
    ]
