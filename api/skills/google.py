"""Google's side: OAuth 2 (RFC 6749) and the Calendar API, version 3."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import orjson

from api.skills.models import CalendarEvent, Lesson, TokenSet
from kit import errors, logs, pkce
from kit.outbound import TROUBLE, Outbound

SCOPES = ("openid", "email", "https://www.googleapis.com/auth/calendar.events")
_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class GoogleSettings:
    """`redirect_uri` is registered at Google for this client. The addresses are Google's unless it is a test."""

    client_id: str
    client_secret: str
    redirect_uri: str
    accounts_url: str = "https://accounts.google.com"
    oauth_url: str = "https://oauth2.googleapis.com"
    api_url: str = "https://www.googleapis.com"


class Refused(Exception):
    """Google no longer takes the credential."""


class Google:
    """Google's OAuth and calendar."""

    def __init__(self, settings: GoogleSettings, outbound: Outbound) -> None:
        self._settings = settings
        self._outbound = outbound

    def authorization_url(self, state: str, verifier: str) -> str:
        """Where the user agrees."""
        query = {
            "response_type": "code",
            "client_id": self._settings.client_id,
            "redirect_uri": self._settings.redirect_uri,
            "scope": " ".join(SCOPES),
            "state": state,
            "code_challenge": pkce.challenge(verifier),
            "code_challenge_method": "S256",
            "access_type": "offline",
            "prompt": "consent",
        }
        return f"{self._settings.accounts_url}/o/oauth2/v2/auth?{urlencode(query)}"

    async def exchange(self, code: str, verifier: str) -> TokenSet:
        """Tokens for the code that the user brought back. Refused when Google knows it not, or not any more."""
        return await self._tokens(
            {
                "grant_type": "authorization_code",
                "code": code,
                "code_verifier": verifier,
                "redirect_uri": self._settings.redirect_uri,
            }
        )

    async def refresh(self, refresh_token: str) -> TokenSet:
        """A new access token. Refused when the user has withdrawn the permission."""
        return await self._tokens({"grant_type": "refresh_token", "refresh_token": refresh_token})

    async def revoke(self, token: str) -> None:
        """End the permission. A token that Google no longer knows counts as ended."""
        await self._call("POST", f"{self._settings.oauth_url}/revoke", data={"token": token}, gone=(400,))

    async def account(self, access_token: str) -> str:
        """The e-mail address of the Google account."""
        found = await self._call("GET", f"{self._settings.api_url}/oauth2/v3/userinfo", headers=_bearer(access_token))
        return str(found.get("email") or found.get("sub") or "unknown")

    async def add_event(self, access_token: str, event_id: str, lesson: Lesson) -> CalendarEvent:
        """Put a lesson in the primary calendar. The same `event_id` twice makes one entry."""
        body = {
            "id": event_id,
            "summary": lesson.title,
            "description": lesson.description,
            "start": {"dateTime": lesson.starts_at.isoformat()},
            "end": {"dateTime": lesson.ends_at.isoformat()},
        }
        url = f"{self._settings.api_url}/calendar/v3/calendars/{quote('primary')}/events"
        headers = {**_bearer(access_token), "Content-Type": "application/json"}
        made = await self._call("POST", url, headers=headers, data=orjson.dumps(body))
        return CalendarEvent(str(made["id"]), str(made.get("htmlLink", "")), lesson)

    async def _tokens(self, form: dict[str, str]) -> TokenSet:
        client = {"client_id": self._settings.client_id, "client_secret": self._settings.client_secret}
        url = f"{self._settings.oauth_url}/token"
        found = await self._call("POST", url, data={**form, **client}, refused=(400, 401))
        try:
            return TokenSet(
                access_token=str(found["access_token"]),
                refresh_token=found.get("refresh_token"),
                expires_in=int(found.get("expires_in", 3600)),
                scopes=str(found.get("scope", "")).split(),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise _away("an answer without a token") from error

    async def _call(
        self,
        method: str,
        url: str,
        *,
        headers: dict[str, str] | None = None,
        data: dict[str, str] | bytes | None = None,
        refused: tuple[int, ...] = (401,),
        gone: tuple[int, ...] = (),
    ) -> dict[str, Any]:
        options: dict[str, Any] = {"data": data} if data is not None else {}
        try:
            async with self._outbound.request(method, url, headers=headers or {}, **options) as response:
                if response.status in gone:
                    return {}
                if response.status in refused:
                    raise Refused
                if response.status >= 400:
                    raise _away(f"status {response.status}")
                raw = await response.read()
        except TROUBLE as error:
            raise _away(type(error).__name__) from error
        return _document(raw)


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _document(raw: bytes) -> dict[str, Any]:
    try:
        found = orjson.loads(raw or b"{}")
    except orjson.JSONDecodeError as error:
        raise _away("an answer that is no JSON") from error
    if not isinstance(found, dict):
        raise _away("an answer that is no object")
    return found


def _away(why: str) -> errors.Failure:
    _log.warning("google_calendar_unavailable", reason=why)
    return errors.unavailable("provider_unavailable", "Google cannot be reached. Try again shortly.", 10)
