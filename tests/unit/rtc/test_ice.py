"""ICE servers and their credentials."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime

from realtime.transports.webrtc import ice

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def test_nothing_is_offered_by_default() -> None:
    assert ice.servers(ice.IceSettings(), "u1", NOW) == []


def test_turn_credentials_expire_and_are_signed_with_the_shared_secret() -> None:
    settings = ice.IceSettings(("stun:s.example", "turn:t.example?transport=tcp"), "shared")
    stun, turn = ice.servers(settings, "u1", NOW)
    assert stun == {"urls": ["stun:s.example"]}
    expires, _, user = turn["username"].partition(":")
    assert int(expires) == int(NOW.timestamp()) + 7200
    assert user == "u1"
    wanted = base64.b64encode(hmac.new(b"shared", turn["username"].encode(), hashlib.sha1).digest()).decode()
    assert turn["credential"] == wanted


def test_a_relay_without_a_secret_is_not_offered() -> None:
    assert ice.servers(ice.IceSettings(("turn:t.example",)), "u1", NOW) == []
