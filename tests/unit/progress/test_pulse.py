"""How dark the days of the pulse are."""

import pytest

from api.progress import pulse


@pytest.mark.parametrize(
    ("xp", "seconds", "shade"),
    [
        (0, 0, 0),
        (0, 59, 0),
        (1, 0, 1),
        (0, 60, 1),
        (29, 599, 1),
        (30, 0, 2),
        (0, 1200, 3),
        (119, 0, 3),
        (120, 0, 4),
        (1, 9999, 4),
    ],
)
def test_shade_is_the_better_of_xp_and_time(xp: int, seconds: int, shade: int) -> None:
    assert pulse.shade(xp, seconds) == shade
