"""Which pages may open a socket, asked in the same way by both doors."""

import pytest

from realtime.node import guard

HERE, ELSEWHERE = "https://learn.example", "https://elsewhere.example"


@pytest.mark.parametrize(
    ("origin", "host", "forwarded", "allowed", "may"),
    [
        (None, "127.0.0.1:8080", None, (), True),  # an app, not a page
        (HERE, "learn.example", None, (), True),
        (HERE, "127.0.0.1:8080", "learn.example", (), True),
        (HERE, "127.0.0.1:8080", "learn.example, inner.example", (), True),
        (HERE, "127.0.0.1:8080", None, (), False),
        (ELSEWHERE, "learn.example", "learn.example", (), False),
        (ELSEWHERE, "learn.example", "", (ELSEWHERE,), True),
        (ELSEWHERE, "learn.example", None, ("*",), True),
        ("null", "learn.example", "", (), False),
        ("null", None, None, (), False),
    ],
)
def test_our_own_pages_and_allowed_ones(origin, host, forwarded, allowed, may):
    assert guard.may_connect(origin, host, forwarded, allowed) is may
