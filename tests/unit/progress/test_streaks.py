"""Days in a row, with freezes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from api.progress import streaks, zones

ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Pacific/Auckland",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Africa/Cairo",
    "Asia/Beirut",
    "Pacific/Apia",
    "America/Havana",
    "Atlantic/Azores",
    "America/Sao_Paulo",
]
DAY = timedelta(days=1)


def local(zone: str, day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def active(*grants: tuple[datetime, str]) -> list[streaks.ActiveDays]:
    """The per-day aggregate of grants (instant, zone at the time), kept as the ledger keeps it: a row a day."""
    days: dict[date, streaks.ActiveDays] = {}
    for at, zone in sorted(grants):
        day = zones.local_day(at, zone)
        before = days.get(day)
        days[day] = streaks.ActiveDays(day, day, before.first_at if before else at, at, zone)
    return [days[day] for day in sorted(days)]


def daily(zone: str, first: date, count: int, clock: str = "12:00") -> list[tuple[datetime, str]]:
    return [(local(zone, first + DAY * n, clock), zone) for n in range(count)]


def test_nothing_earned_is_no_streak() -> None:
    streak = streaks.compute([], [], datetime(2026, 1, 1, tzinfo=UTC), "UTC")
    assert streak == streaks.Streak()


def test_today_counts_at_once_and_yesterday_keeps_the_streak_alive() -> None:
    grants = daily("Asia/Tokyo", date(2026, 3, 1), 3)
    same_day = streaks.compute(active(*grants), [], local("Asia/Tokyo", date(2026, 3, 3), "23:59"), "Asia/Tokyo")
    assert (same_day.current, same_day.at_risk) == (3, False)
    next_day = streaks.compute(active(*grants), [], local("Asia/Tokyo", date(2026, 3, 4), "23:59"), "Asia/Tokyo")
    assert (next_day.current, next_day.at_risk) == (3, True)
    lost = streaks.compute(active(*grants), [], local("Asia/Tokyo", date(2026, 3, 5), "00:00"), "Asia/Tokyo")
    assert (lost.current, lost.longest, lost.at_risk) == (0, 3, False)


def test_midnight_parts_two_days_in_the_learners_zone() -> None:
    zone, day = "America/New_York", date(2026, 7, 1)
    grants = [(local(zone, day, "23:59:59"), zone), (local(zone, day + DAY, "00:00"), zone)]
    assert streaks.compute(active(*grants), [], grants[-1][0], zone).current == 2


def test_a_freeze_of_a_seven_day_streak_covers_a_missed_day() -> None:
    grants = daily("UTC", date(2026, 1, 1), 7) + daily("UTC", date(2026, 1, 9), 2)
    streak = streaks.compute(active(*grants), [], local("UTC", date(2026, 1, 10), "20:00"), "UTC")
    assert streak.current == 9
    assert streak.covered == (date(2026, 1, 8),)
    assert (streak.freezes_available, streak.freezes_used) == (0, 1)


def test_a_missed_day_is_covered_before_the_learner_comes_back() -> None:
    grants = daily("UTC", date(2026, 1, 1), 7)
    streak = streaks.compute(active(*grants), [], local("UTC", date(2026, 1, 9), "08:00"), "UTC")
    assert (streak.current, streak.freezes_available, streak.covered) == (7, 0, (date(2026, 1, 8),))
    after = streaks.compute(active(*grants), [], local("UTC", date(2026, 1, 10), "08:00"), "UTC")
    assert (after.current, after.covered) == (0, (date(2026, 1, 8),))


def test_no_more_than_two_freezes_are_held() -> None:
    grants = daily("UTC", date(2026, 1, 1), 28)
    assert streaks.compute(active(*grants), [date(2026, 1, 28)], grants[-1][0], "UTC").freezes_available == 2


def test_a_bought_freeze_works_from_its_day_on_and_not_before() -> None:
    grants = [*daily("UTC", date(2026, 1, 1), 2), *daily("UTC", date(2026, 1, 4), 1)]
    now = grants[-1][0]
    assert streaks.compute(active(*grants), [date(2026, 1, 3)], now, "UTC").current == 3
    late = streaks.compute(active(*grants), [date(2026, 1, 4)], now, "UTC")
    assert (late.current, late.freezes_available) == (1, 1)


def test_flying_east_over_the_date_line_loses_no_streak() -> None:
    start, landed = date(2026, 5, 4), date(2026, 5, 6)
    grants = [
        (local("America/Los_Angeles", start, "09:00"), "America/Los_Angeles"),
        (local("Pacific/Auckland", landed, "18:00"), "Pacific/Auckland"),
    ]
    streak = streaks.compute(active(*grants), [], grants[-1][0], "Pacific/Auckland")
    assert (streak.current, streak.covered) == (2, ())


def test_flying_west_lives_a_day_twice_and_counts_it_once() -> None:
    day = date(2026, 5, 6)
    grants = [
        (local("Pacific/Auckland", day, "09:00"), "Pacific/Auckland"),
        (local("America/Los_Angeles", day, "09:00"), "America/Los_Angeles"),
    ]
    assert streaks.compute(active(*grants), [], grants[-1][0], "America/Los_Angeles").current == 1


def test_landing_on_the_day_before_keeps_today_done() -> None:
    grants = [(local("Pacific/Kiritimati", date(2026, 5, 7), "01:00"), "Pacific/Kiritimati")]
    streak = streaks.compute(active(*grants), [], grants[0][0] + timedelta(hours=1), "Pacific/Pago_Pago")
    assert (streak.current, streak.at_risk) == (1, False)


def test_a_day_that_the_zone_skipped_cannot_be_missed() -> None:
    zone = "Pacific/Apia"
    grants = [(local(zone, date(2011, 12, 29), "12:00"), zone), (local(zone, date(2011, 12, 31), "12:00"), zone)]
    assert streaks.compute(active(*grants), [], grants[-1][0], zone).current == 2


def test_a_zone_change_moves_no_day_of_the_past() -> None:
    grants = daily("Asia/Tokyo", date(2026, 2, 1), 5, "00:30")
    now = local("Asia/Tokyo", date(2026, 2, 5), "20:00")
    assert streaks.compute(active(*grants), [], now, "America/New_York").current == 5


@given(st.sampled_from(ZONES), st.dates(date(2006, 1, 1), date(2033, 1, 1)), st.integers(1, 60), st.data())
@settings(max_examples=150)
@example("America/New_York", date(2026, 3, 1), 30, None)
def test_once_every_local_day_never_breaks_whatever_the_clocks_do(
    zone: str, first: date, count: int, data: st.DataObject | None
) -> None:
    grants = []
    days = [day for day in (first + DAY * n for n in range(count)) if zones.exists(day, zone)]
    for day in days:
        start, end = zones.day_start(day, zone), zones.day_end(day, zone)
        share = data.draw(st.floats(0, 0.9999)) if data else 0.0
        at = start + (end - start) * share
        # Where the clocks go back over midnight, an instant can belong to the day before.
        grants.append((at if zones.local_day(at, zone) == day else end - timedelta(seconds=1), zone))
    streak = streaks.compute(active(*grants), [], max(at for at, _ in grants), zone)
    assert streak.current == streak.longest == len(days)
    assert streak.covered == ()


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 23), st.sampled_from(ZONES)), max_size=60), st.integers(0, 10)
)
@settings(max_examples=200)
def test_travel_cannot_win_more_days_than_have_passed(moves: list[tuple[int, int, str]], wait: int) -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    grants = [(start + timedelta(days=day, hours=hour), zone) for day, hour, zone in moves]
    now = max((at for at, _ in grants), default=start) + timedelta(days=wait)
    streak = streaks.compute(active(*grants), [], now, grants[-1][1] if grants else "UTC")
    passed = (now - min((at for at, _ in grants), default=now)).days
    assert streak.current <= streak.longest <= passed + 3
    assert 0 <= streak.freezes_available <= streaks.MAX_FREEZES
    assert len(set(streak.covered)) == streak.freezes_used
    assert not set(streak.covered) & {row.first for row in active(*grants)}


@given(st.sets(st.integers(0, 80), min_size=1), st.integers(0, 20), st.sampled_from(ZONES))
@settings(max_examples=200)
def test_agrees_with_walking_the_calendar(offsets: set[int], wait: int, zone: str) -> None:
    """An independent calculation in one zone: look at each day in turn with a purse of freezes."""
    first = date(2026, 1, 1)
    grants = [(local(zone, first + DAY * n, "12:00"), zone) for n in sorted(offsets)]
    today = first + DAY * (max(offsets) + wait)
    length = purse = longest = 0
    covered = []
    for n in range(min(offsets), (today - first).days + 1):
        day = first + DAY * n
        if n in offsets:
            length += 1
            purse = min(2, purse + (length % 7 == 0))
        elif day != today and length:
            if purse:
                purse -= 1
                covered.append(day)
            else:
                length = 0
        longest = max(longest, length)
    streak = streaks.compute(active(*grants), [], local(zone, today, "13:00"), zone)
    assert (streak.current, streak.longest, streak.freezes_available, list(streak.covered)) == (
        length,
        longest,
        purse,
        covered,
    )


def joined(rows: list[streaks.ActiveDays]) -> list[streaks.ActiveDays]:
    """Days that follow each other as one row."""
    found: list[streaks.ActiveDays] = []
    for row in rows:
        if found and (row.first - found[-1].last).days == 1:
            before = found.pop()
            row = streaks.ActiveDays(before.first, row.last, before.first_at, row.last_at, row.zone)
        found.append(row)
    return found


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 23), st.sampled_from(ZONES)), max_size=80),
    st.lists(st.integers(-2, 70), max_size=6),
    st.integers(0, 5),
)
@settings(max_examples=200)
def test_days_in_a_row_may_be_handed_in_as_one(moves: list[tuple[int, int, str]], bought: list[int], wait: int) -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    grants = [(start + timedelta(days=day, hours=hour), zone) for day, hour, zone in moves]
    now = max((at for at, _ in grants), default=start) + timedelta(days=wait)
    days, freezes = active(*grants), [start.date() + DAY * n for n in bought]
    assert streaks.compute(joined(days), freezes, now, "UTC") == streaks.compute(days, freezes, now, "UTC")
