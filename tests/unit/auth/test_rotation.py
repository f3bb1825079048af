"""What a refresh token means that comes again."""

from datetime import UTC, datetime, timedelta

import pytest

from api.auth import rotation
from api.auth.models import RefreshToken
from api.auth.rotation import Meaning

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LOST_REPLY = timedelta(seconds=10)


def token(
    *, used_ago: float | None = None, expires_in: float = 60.0, successor_used: bool = False, revoked: bool = False
) -> RefreshToken:
    return RefreshToken(
        session_id="s",
        user_id="u",
        expires_at=NOW + timedelta(seconds=expires_in),
        used_at=None if used_ago is None else NOW - timedelta(seconds=used_ago),
        successor_sealed=None if used_ago is None else b"sealed",
        successor_used=successor_used,
        session_revoked=revoked,
    )


@pytest.mark.parametrize(
    ("presented", "meaning"),
    [
        (token(), Meaning.ROTATE),
        (token(expires_in=0.001), Meaning.ROTATE),
        (token(expires_in=0), Meaning.DEAD),
        (token(revoked=True), Meaning.DEAD),
        (token(used_ago=0), Meaning.REPEAT),
        (token(used_ago=10), Meaning.REPEAT),
        (token(used_ago=10.001), Meaning.THEFT),
        (token(used_ago=1, successor_used=True), Meaning.THEFT),
        (token(used_ago=1, revoked=True), Meaning.DEAD),
        (token(used_ago=1, expires_in=-1), Meaning.DEAD),
    ],
)
def test_what_a_refresh_token_means(presented: RefreshToken, meaning: Meaning) -> None:
    assert rotation.judge(presented, NOW, LOST_REPLY) is meaning
