"""What a key may do, and from where."""

from datetime import UTC, datetime, timedelta

import pytest

from api.api_keys import rules
from api.api_keys.models import ApiKey

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def key(*, expires_in: float | None = None, used_ago: float | None = None) -> ApiKey:
    expires_at = None if expires_in is None else NOW + timedelta(seconds=expires_in)
    last_used_at = None if used_ago is None else NOW - timedelta(seconds=used_ago)
    return ApiKey("id", "user", None, "name", "xntr-abc", ["live:read"], [], expires_at, last_used_at, NOW)


@pytest.mark.parametrize(
    ("address", "allowed", "verdict"),
    [
        ("203.0.113.7", [], True),
        ("unknown", [], True),
        ("203.0.113.7", ["203.0.113.7/32"], True),
        ("203.0.113.8", ["203.0.113.7/32"], False),
        ("203.0.113.8", ["198.51.100.0/24", "203.0.113.0/24"], True),
        ("::ffff:203.0.113.8", ["203.0.113.0/24"], True),
        ("2001:db8::1", ["2001:db8::/32"], True),
        ("2001:db9::1", ["2001:db8::/32"], False),
        ("2001:db8::1", ["203.0.113.0/24"], False),
        ("unknown", ["0.0.0.0/0"], False),
    ],
)
def test_from_where_a_key_may_be_used(address: str, allowed: list[str], verdict: bool) -> None:
    assert rules.address_allowed(address, allowed) is verdict


def test_a_key_opens_no_more_than_its_creator_may() -> None:
    assert rules.effective_scopes(["live:read", "api:admin"], "admin") == {"live:read", "api:admin"}
    assert rules.effective_scopes(["live:read", "api:admin"], "user") == {"live:read"}


@pytest.mark.parametrize(("seconds", "expired"), [(None, False), (1, False), (0, True), (-1, True)])
def test_a_key_dies_on_time(seconds: float | None, expired: bool) -> None:
    assert rules.expired(key(expires_in=seconds), NOW) is expired


@pytest.mark.parametrize(("seconds", "news"), [(None, True), (59, False), (60, True)])
def test_a_use_is_written_down_once_a_minute(seconds: float | None, news: bool) -> None:
    assert rules.use_is_news(key(used_ago=seconds), NOW) is news
