"""The provider's side: discovery, the exchange of a code, and the keys that sign ID tokens."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote, urlencode

import orjson

from api.auth.oidc import id_token
from api.auth.oidc.id_token import Claims, Expected, UnknownKey, Untrusted
from api.auth.oidc.models import Described, ProviderSettings
from kit import errors, logs, pkce
from kit.clock import Clock
from kit.outbound import TROUBLE, Outbound

CALL_SECONDS = 10.0
_KNOWN_SECONDS = 3600.0  # what the provider says of itself, and its keys
_MOST_BYTES = 1024 * 1024
_log = logs.get(__name__)


class Refused(Exception):
    """The provider, or what it says, is no reason to let anybody in."""


class Provider:
    def __init__(
        self, settings: ProviderSettings, outbound: Outbound, clock: Clock, call_seconds: float = CALL_SECONDS
    ) -> None:
        self._settings = settings
        self._outbound = outbound
        self._clock = clock
        self._seconds = call_seconds
        self._asking = asyncio.Lock()
        self._in_vain = 0
        self._described: tuple[float, Described] | None = None
        self._keys: tuple[float, list[Claims]] | None = None

    @property
    def settings(self) -> ProviderSettings:
        return self._settings

    async def authorization_url(self, state: str, nonce: str, verifier: str) -> str:
        """Where to send the browser. Failure `provider_unavailable`."""
        endpoint = (await self._describe()).authorization_endpoint
        query = {
            "response_type": "code",
            "client_id": self._settings.client_id,
            "redirect_uri": self._settings.redirect_uri,
            "scope": " ".join(self._settings.scopes),
            "state": state,
            "nonce": nonce,
            "code_challenge": pkce.challenge(verifier),
            "code_challenge_method": "S256",
        }
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}"

    async def exchange(self, code: str, verifier: str, nonce: str) -> Claims:
        """What the provider says of the person who brought the code: the ID token's claims, and those that only the
        userinfo endpoint has. Raises Refused; Failure `provider_unavailable`."""
        described = await self._describe()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._settings.redirect_uri,
            "code_verifier": verifier,
        }
        headers: dict[str, str] = {}
        secret = self._settings.client_secret
        if secret is not None and not described.takes_secret_in_form:
            # RFC 6749, section 2.3.1: both are form-encoded first.
            pair = f"{quote(self._settings.client_id, safe='')}:{quote(secret, safe='')}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            form |= {"client_id": self._settings.client_id} | ({"client_secret": secret} if secret is not None else {})
        tokens = await self._call("POST", described.token_endpoint, data=form, headers=headers, refusing=(400, 401))
        said = await self._believed(str(tokens.get("id_token", "")), nonce)
        if "email" not in said and described.userinfo_endpoint and isinstance(tokens.get("access_token"), str):
            bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
            more = await self._call("GET", described.userinfo_endpoint, headers=bearer, refusing=(400, 401, 403))
            if more.get("sub") != said["sub"]:
                raise Refused("the userinfo endpoint speaks of somebody else")
            # What is signed counts. Whether an address is proved is said by who names it.
            said = {**more, **{name: value for name, value in said.items() if name != "email_verified"}}
        return said

    async def _believed(self, token: str, nonce: str) -> Claims:
        """The claims of an ID token. A key that is not known is looked for once among the provider's newest ones."""
        expected = Expected(self._settings.issuer, self._settings.client_id, nonce)
        try:
            keys = await self._known_keys()
            try:
                return id_token.claims(token, keys, expected, self._clock.now())
            except UnknownKey:
                return id_token.claims(token, await self._known_keys(besides=keys), expected, self._clock.now())
        except Untrusted as why:
            raise Refused(str(why)) from None

    async def _describe(self) -> Described:
        known = self._described
        if known is None or self._old(known[0]):
            async with self._in_turn():
                known = self._described
                if known is None or self._old(known[0]):
                    url = f"{self._settings.issuer.rstrip('/')}/.well-known/openid-configuration"
                    known = self._described = self._clock.monotonic(), self._read(await self._call("GET", url))
        return known[1]

    async def _known_keys(self, *, besides: list[Claims] | None = None) -> list[Claims]:
        """Others than `besides`, which many who come at once have in vain: one of them asks for all."""
        uri = (await self._describe()).jwks_uri
        known = self._keys
        if known is None or known[1] is besides or self._old(known[0]):
            async with self._in_turn():
                known = self._keys
                if known is None or known[1] is besides or self._old(known[0]):
                    found = (await self._call("GET", uri)).get("keys")
                    if not isinstance(found, list):
                        raise _away("its keys are no list")
                    keys = [key for key in found if isinstance(key, dict)]
                    known = self._keys = self._clock.monotonic(), keys
        return known[1]

    def _old(self, since: float) -> bool:
        return self._clock.monotonic() - since > _KNOWN_SECONDS

    @asynccontextmanager
    async def _in_turn(self) -> AsyncIterator[None]:
        """One asks at a time. Who waited while the provider did not answer is told so at once, instead of waiting as
        long again."""
        before = self._in_vain
        async with self._asking:
            if self._in_vain != before:
                raise _away("it has just been asked in vain")
            try:
                yield
            except errors.Failure:
                self._in_vain += 1
                raise

    def _read(self, document: dict[str, Any]) -> Described:
        """Only what the issuer says of itself counts, and an issuer with TLS names no address without."""
        if document.get("issuer") != self._settings.issuer:
            raise _away("it calls itself another issuer")
        methods = document.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if not isinstance(methods, list):
            raise _away("its ways to authenticate are no list")
        secure = self._settings.issuer.startswith("https://")
        found: dict[str, str | None] = {"userinfo_endpoint": None}
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"):
            address = document.get(name)
            if address is None and name in found:
                continue
            if not isinstance(address, str) or not address.startswith(
                "https://" if secure else ("https://", "http://")
            ):
                raise _away(f"its {name} is not usable")
            found[name] = address
        in_form = "client_secret_post" in methods and "client_secret_basic" not in methods
        return Described(**found, takes_secret_in_form=in_form)  # type: ignore[arg-type]

    async def _call(
        self,
        method: str,
        url: str,
        *,
        data: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        refusing: tuple[int, ...] = (),
    ) -> dict[str, Any]:
        options: dict[str, Any] = {
            "headers": {"Accept": "application/json", **(headers or {})},
            "seconds": self._seconds,
        }
        try:
            async with self._outbound.request(method, url, data=data, **options) as response:
                if response.status in refusing:
                    raise Refused(f"the provider answered {response.status}")
                if response.status != 200:
                    raise _away(f"status {response.status}")
                raw = bytearray()
                async for piece in response.content.iter_chunked(64 * 1024):
                    raw += piece
                    if len(raw) > _MOST_BYTES:
                        raise _away("an answer that is too long")
        except (*TROUBLE, ValueError) as error:
            raise _away(type(error).__name__) from error
        return _document(bytes(raw))


def _document(raw: bytes) -> dict[str, Any]:
    try:
        found = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise _away("an answer that is no JSON") from error
    if not isinstance(found, dict):
        raise _away("an answer that is no object")
    return found


def _away(why: str) -> errors.Failure:
    _log.warning("sign_in_provider_unavailable", reason=why)
    return errors.unavailable("provider_unavailable", "The sign-in provider cannot be reached. Try again shortly.", 10)
