"""ICE servers for clients: STUN as configured, TURN with credentials that die soon.

The credentials follow draft-uberti-behave-turn-rest-00, which coturn speaks (`use-auth-secret`): the user name is the
Unix time of expiry and a name, the password is the base64 of HMAC-SHA1 of it under the shared secret.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from kit.storable import JsonObject

_LEAST_LIFETIME = timedelta(hours=2)  # short for a leaked credential


@dataclass(frozen=True)
class IceSettings:
    """`urls` such as `stun:stun.example.org` or `turn:turn.example.org?transport=tcp`; none by default.

    Credentials live as long as the longest session, and two hours at least."""

    urls: tuple[str, ...] = ()
    turn_secret: str | None = None
    longest_session_s: int = 0


def servers(settings: IceSettings, user_id: str, now: datetime) -> list[JsonObject]:
    """What a browser's RTCPeerConnection takes as `iceServers`."""
    plain = [url for url in settings.urls if not _is_turn(url)]
    relays = [url for url in settings.urls if _is_turn(url)]
    listed: list[JsonObject] = [{"urls": plain}] if plain else []
    if relays and settings.turn_secret:
        lifetime = max(_LEAST_LIFETIME, timedelta(seconds=settings.longest_session_s))
        username = f"{int((now + lifetime).timestamp())}:{user_id}"
        digest = hmac.new(settings.turn_secret.encode(), username.encode(), hashlib.sha1).digest()
        listed.append({"urls": relays, "username": username, "credential": base64.b64encode(digest).decode()})
    return listed


def _is_turn(url: str) -> bool:
    return url.startswith(("turn:", "turns:"))
