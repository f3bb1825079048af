"""The 365-day pulse: how full a day was, as five shades."""

DAYS = 365
XP_STEPS = (1, 30, 60, 120)
SECOND_STEPS = (60, 600, 1200, 2400)


def shade(xp: int, seconds: int) -> int:
    """0 (nothing) to 4: the better of what was earned and how long was learned."""
    return max(_step(xp, XP_STEPS), _step(seconds, SECOND_STEPS))


def _step(value: int, steps: tuple[int, ...]) -> int:
    return sum(value >= step for step in steps)
