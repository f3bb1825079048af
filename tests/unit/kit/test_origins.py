"""Which pages are ours and which may connect: asked in the same way over HTTP and by every socket."""

import pytest
from structlog.testing import capture_logs

from kit.http.origins import Origins

HERE, ELSEWHERE = "https://learn.example", "https://elsewhere.example"


@pytest.mark.parametrize(
    ("origin", "host", "forwarded", "public", "allowed", "may"),
    [
        (None, "127.0.0.1:8080", None, None, (), True),  # an app, not a page
        (HERE, "learn.example", None, None, (), True),
        (HERE, "LEARN.example", None, None, (), True),
        (HERE, "learn.example:443", None, None, (), True),
        ("http://learn.example", "learn.example:80", None, None, (), True),
        ("http://learn.example:8080", "learn.example", None, None, (), False),
        (HERE, "127.0.0.1:8080", "learn.example", None, (), True),
        (HERE, "127.0.0.1:8080", "learn.example, inner.example", None, (), True),
        (HERE, "127.0.0.1:8080", None, None, (), False),
        (HERE, "127.0.0.1:8080", None, HERE, (), True),
        (HERE, "127.0.0.1:8080", None, "HTTPS://Learn.Example:443/", (), True),
        (HERE, "127.0.0.1:8080", None, "https://learn.example/parley", (), True),
        ("http://learn.example", "127.0.0.1:8080", None, HERE, (), False),
        ("https://learn.example:8443", "127.0.0.1:8080", None, HERE, (), False),
        ("https://evil.learn.example", "127.0.0.1:8080", None, HERE, (), False),
        ("https://learn.example.evil.example", "learn.example", None, HERE, (), False),
        ("https://learn.example@evil.example", "learn.example", None, HERE, (), False),
        (ELSEWHERE, "learn.example", "learn.example", None, (), False),
        (ELSEWHERE, "learn.example", "", None, (ELSEWHERE,), True),
        (ELSEWHERE, "learn.example", "", None, (ELSEWHERE + "/",), True),
        (ELSEWHERE, "learn.example", None, None, ("*",), True),
        ("capacitor://localhost", "learn.example", None, None, ("capacitor://localhost",), True),
        ("null", "learn.example", "", None, (), False),
        ("null", None, None, None, (), False),
        ("http://[", "learn.example", None, None, (), False),
        ("http://[", "[", "[", "http://[", (), False),
        ("http://x:99999", "x:99999", None, None, (), False),
        ("\ufffd\ufffd", "\ufffd", None, None, (), False),
        ("", "", "", None, (), False),
    ],
)
def test_our_own_pages_and_allowed_ones(
    origin: str | None, host: str | None, forwarded: str | None, public: str | None, allowed: tuple[str, ...], may: bool
) -> None:
    assert Origins(public, allowed).may_connect(origin, host, forwarded) is may


def test_a_refusal_is_one_line_with_the_cure() -> None:
    origins = Origins()
    with capture_logs() as lines:
        for _ in range(3):
            assert not origins.may_connect(HERE, "127.0.0.1:8080")
    assert [line["event"] for line in lines] == ["origin_refused"]
    assert (lines[0]["origin"], lines[0]["host"]) == (HERE, "127.0.0.1:8080")
    assert "PARLEY_PUBLIC_URL" in lines[0]["cure"] and "PARLEY_CORS_ORIGINS" in lines[0]["cure"]


def test_made_up_origins_fill_no_log() -> None:
    origins = Origins()
    with capture_logs() as lines:
        for number in range(500):
            assert not origins.may_connect(f"https://x{number}.example", "learn.example")
    assert len(lines) == 100
