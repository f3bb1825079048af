"""An OAuth and Calendar server that checks what Google checks: client, redirect address, PKCE, one use of a code."""

import asyncio
import base64
import hashlib
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from aiohttp.test_utils import TestServer

CLIENT_ID, CLIENT_SECRET = "parley-client", "parley-secret"
ACCOUNT = "ana.calendar@example.com"


@dataclass
class FakeGoogle:
    """`codes`, tokens and events as the server knows them; `consent` is what the user answers."""

    redirect_uri: str
    consent: bool = True
    access_seconds: int = 3600
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    access_tokens: set[str] = field(default_factory=set)
    refresh_tokens: set[str] = field(default_factory=set)
    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    down: bool = False
    revoked: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""

    @property
    def settings(self) -> dict[str, Any]:
        return {
            "google_client_id": CLIENT_ID,
            "google_client_secret": CLIENT_SECRET,
            "google_accounts_url": self.url,
            "google_oauth_url": self.url,
            "google_api_url": self.url,
        }

    async def authorize(self, request: web.Request) -> web.Response:
        query = dict(request.query)
        known = query.get("client_id") == CLIENT_ID and query.get("redirect_uri") == self.redirect_uri
        if not known or query.get("response_type") != "code" or query.get("code_challenge_method") != "S256":
            return web.Response(status=400, text="redirect_uri_mismatch")
        answer = {"state": query["state"], "authuser": "0", "prompt": "consent"}
        if self.consent:
            code = "4/" + secrets.token_urlsafe(20)
            self.codes[code] = query
            answer |= {"code": code, "scope": query["scope"], "iss": "https://accounts.google.com"}
        else:
            answer |= {"error": "access_denied"}
        return web.Response(status=302, headers={"Location": f"{self.redirect_uri}?{urlencode(answer)}"})

    async def token(self, request: web.Request) -> web.Response:
        form = dict(await request.post())
        if self.down:
            return web.Response(status=503)
        if form.get("client_id") != CLIENT_ID or form.get("client_secret") != CLIENT_SECRET:
            return web.json_response({"error": "invalid_client"}, status=401)
        scope, refresh = "openid email", {}
        if form.get("grant_type") == "authorization_code":
            asked = self.codes.pop(str(form.get("code")), None)
            digest = hashlib.sha256(str(form.get("code_verifier", "")).encode()).digest()
            shown = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
            if asked is None or asked["code_challenge"] != shown or form.get("redirect_uri") != asked["redirect_uri"]:
                return web.json_response({"error": "invalid_grant"}, status=400)
            scope = asked["scope"]
            refresh = {"refresh_token": "1//" + secrets.token_urlsafe(20)}
            self.refresh_tokens.add(refresh["refresh_token"])
        elif form.get("refresh_token") not in self.refresh_tokens:
            return web.json_response({"error": "invalid_grant"}, status=400)
        access = "ya29." + secrets.token_urlsafe(20)
        self.access_tokens.add(access)
        body = {"access_token": access, "expires_in": self.access_seconds, "scope": scope, "token_type": "Bearer"}
        return web.json_response({**body, **refresh})

    async def revoke(self, request: web.Request) -> web.Response:
        token = str((await request.post()).get("token"))
        if self.down:
            return web.Response(status=503)
        if token not in self.refresh_tokens | self.access_tokens:
            return web.json_response({"error": "invalid_token"}, status=400)
        self.refresh_tokens.discard(token)
        self.access_tokens.clear()
        self.revoked.set()
        return web.json_response({})

    async def userinfo(self, request: web.Request) -> web.Response:
        if not self._signed_in(request):
            return web.json_response({"error": "invalid_token"}, status=401)
        return web.json_response({"sub": "1234", "email": ACCOUNT, "email_verified": True})

    async def insert(self, request: web.Request) -> web.Response:
        if not self._signed_in(request):
            return web.json_response({"error": {"code": 401}}, status=401)
        event = await request.json()
        if event["id"] in self.events:
            return web.json_response({"error": {"code": 409}}, status=409)
        self.events[event["id"]] = event
        return web.json_response({**event, "htmlLink": f"https://calendar.google.com/event?eid={event['id']}"})

    def _signed_in(self, request: web.Request) -> bool:
        return request.headers.get("Authorization", "").removeprefix("Bearer ") in self.access_tokens


@asynccontextmanager
async def fake_google(redirect_uri: str) -> AsyncIterator[FakeGoogle]:
    """A running server; `redirect_uri` is the only one registered for the client."""
    google = FakeGoogle(redirect_uri)
    app = web.Application()
    app.add_routes(
        [
            web.get("/o/oauth2/v2/auth", google.authorize),
            web.post("/token", google.token),
            web.post("/revoke", google.revoke),
            web.get("/oauth2/v3/userinfo", google.userinfo),
            web.post("/calendar/v3/calendars/primary/events", google.insert),
        ]
    )
    async with TestServer(app) as server:
        google.url = str(server.make_url("/")).rstrip("/")
        yield google
