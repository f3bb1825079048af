"""OpenID Connect providers: a program that others wrote, and one of our own that can be wrong in every way."""

import asyncio
import base64
import hashlib
import json
import secrets
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from tests.support.ports import free_port

CLIENT_ID, CLIENT_SECRET = "parley-client", "p:rley/secret"


def settings_for(issuer: str) -> dict[str, Any]:
    return {
        "oidc_issuer": issuer,
        "oidc_client_id": CLIENT_ID,
        "oidc_client_secret": CLIENT_SECRET,
        "oidc_name": "Example School",
    }


@asynccontextmanager
async def provider_program(users: dict[str, dict[str, Any]]) -> AsyncIterator[str]:
    """`oidc-provider-mock` in a process of its own; its issuer."""
    port = free_port()
    issuer = f"http://127.0.0.1:{port}"
    line = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true"]
    program = await asyncio.create_subprocess_exec(
        *line, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        async with aiohttp.ClientSession() as session, asyncio.timeout(60):
            while True:
                try:
                    for subject, claims in users.items():
                        async with session.put(f"{issuer}/users/{quote(subject)}", json=claims) as answer:
                            assert answer.status == 204
                    break
                except aiohttp.ClientConnectionError:
                    assert program.returncode is None, "the provider ended"
                    await asyncio.sleep(0.1)
        yield issuer
    finally:
        program.terminate()
        await program.wait()


def _key(name: str) -> tuple[str, rsa.RSAPrivateKey]:
    return name, rsa.generate_private_key(65537, 2048)


@dataclass
class OddProvider:
    """Checks client, redirect address, PKCE and one use of a code as the standard says. `user` is who signs in there;
    `change` may spoil the claims of its ID tokens, `sign` makes them, `down` answers 503, and `slow` never does."""

    redirect_uri: str
    user: dict[str, Any] = field(default_factory=lambda: {"sub": "s-1"})
    change: Callable[[dict[str, Any]], None] = lambda _claims: None
    sign: Callable[["OddProvider", dict[str, Any]], str] | None = None
    down: bool = False
    slow: bool = False
    described: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    key: tuple[str, rsa.RSAPrivateKey] = field(default_factory=lambda: _key("first"))
    published: list[tuple[str, rsa.RSAPrivateKey]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    forever: asyncio.Event = field(default_factory=asyncio.Event)
    said_besides: dict[str, Any] = field(default_factory=dict)
    issuer: str = ""

    def rotate(self, name: str) -> None:
        """Another key signs from now on, and the old one is gone."""
        self.key = _key(name)
        self.published = [self.key]

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(request.path)
        if self.slow:
            await self.forever.wait()
        if self.down:
            return web.Response(status=503)
        routes = {
            "/.well-known/openid-configuration": self.describe,
            "/authorize": self.authorize,
            "/token": self.token,
            "/keys": self.keys,
            "/userinfo": self.userinfo,
        }
        return await routes[request.path](request)

    async def describe(self, _request: web.Request) -> web.Response:
        found = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize?tenant=1",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }
        return web.json_response(found | self.described)

    async def keys(self, _request: web.Request) -> web.Response:
        listed = [
            json.loads(RSAAlgorithm.to_jwk(key.public_key())) | {"kid": name, "use": "sig"}
            for name, key in self.published
        ]
        return web.json_response({"keys": [{"kty": "oct", "k": "c2VjcmV0"}, *listed]})

    async def userinfo(self, _request: web.Request) -> web.Response:
        return web.json_response(self.said_besides)

    async def authorize(self, request: web.Request) -> web.Response:
        query = dict(request.query)
        assert query["client_id"] == CLIENT_ID and query["redirect_uri"] == self.redirect_uri, query
        assert query["response_type"] == "code" and query["code_challenge_method"] == "S256", query
        assert "openid" in query["scope"].split() and query["tenant"] == "1" and query["nonce"], query
        code = secrets.token_urlsafe(20)
        self.codes[code] = query
        answer = {"code": code, "state": query["state"], "iss": self.issuer, "session_state": "theirs"}
        return web.Response(status=302, headers={"Location": f"{self.redirect_uri}?{urlencode(answer)}"})

    async def token(self, request: web.Request) -> web.Response:
        form = dict(await request.post())
        pair = f"{quote(CLIENT_ID, safe='')}:{quote(CLIENT_SECRET, safe='')}"
        if request.headers.get("Authorization") != f"Basic {base64.b64encode(pair.encode()).decode()}":
            return web.json_response({"error": "invalid_client"}, status=401)
        begun = self.codes.pop(str(form["code"]), None)
        digest = hashlib.sha256(str(form["code_verifier"]).encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if begun is None or begun["code_challenge"] != challenge or form["redirect_uri"] != self.redirect_uri:
            return web.json_response({"error": "invalid_grant"}, status=400)
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": begun["nonce"]}
        claims |= self.user
        self.change(claims)
        token = self.sign(self, claims) if self.sign else self.signed(claims)
        return web.json_response({"access_token": "a", "token_type": "Bearer", "id_token": token})

    def signed(self, claims: dict[str, Any], **header: str) -> str:
        name, key = self.key
        return jwt.encode(claims, key, algorithm="RS256", headers={"kid": name, **header})


@asynccontextmanager
async def odd_provider(redirect_uri: str) -> AsyncIterator[OddProvider]:
    provider = OddProvider(redirect_uri)
    provider.published = [provider.key]
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", provider.answer)
    async with TestServer(app) as server:
        provider.issuer = str(server.make_url("")).rstrip("/")
        yield provider
        provider.forever.set()
