"""Requests to the REST API."""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from ._backoff import Backoff
from ._json import JsonObject
from ._upload import Upload
from .errors import Lost, Refused, refusal

Headers = Callable[[bool], Awaitable[dict[str, str]]]
"""The credential's headers; with True after the last one was refused."""

_TRIES = 4
_LONGEST_WAIT = 5.0
_PAGES = ("/embed",)
_SAFE = ("GET", "PUT", "DELETE")


class Http:
    """Sends a request again where that does no harm: what only reads, and what carries an `Idempotency-Key`."""

    def __init__(self, url: str, headers: Headers, session: aiohttp.ClientSession) -> None:
        self._url = url.rstrip("/")
        self._headers = headers
        self._session = session

    async def ask(
        self,
        method: str,
        path: str,
        *,
        query: JsonObject | None = None,
        body: object = None,
        form: bool = False,
        key: str | None = None,
        repeatable: bool = False,
        signed: bool = True,
        again: bool = False,
    ) -> Any:
        """What the JSON of the answer says, the bytes of other media, None of 204. Lost, Refused.

        `signed`: with the credential; `again`: it does no harm to ask twice.
        """
        headers = {"Idempotency-Key": key or secrets.token_hex(16)} if repeatable else {}
        again = again or repeatable or method in _SAFE
        backoff = Backoff(0.2)
        renewed = False
        for left in range(_TRIES - 1, -1, -1):
            wait: float | None = None
            try:
                credential = await self._headers(renewed) if signed else {}
                options = {"headers": headers | credential, "params": _query(query), **_body(body, form)}
                return await self._once(method, path, options)
            except Lost:
                if not (again and left):
                    raise
            except Refused as refused:
                if signed and refused.code == "token_expired" and not renewed:
                    renewed = True
                    continue
                wait = refused.retry_after
                patient = wait is None or wait <= _LONGEST_WAIT
                if refused.status != 503 or not (again and left and patient):
                    raise
            await asyncio.sleep(backoff.next(wait))
        raise AssertionError("the last try returns or raises")

    async def _once(self, method: str, path: str, options: dict[str, Any]) -> Any:
        try:
            async with self._session.request(method, self._url + path, **options) as response:
                if response.status >= 400:
                    raise refusal(await _error(response), response.status)
                if response.status == 204:
                    return None
                if response.content_type == "text/html" and path not in _PAGES:
                    raise Lost("Something else answered in place of the server.")
                if response.content_type == "application/json":
                    return await _json(response)
                return await response.read()
        except (OSError, aiohttp.ClientError, TimeoutError) as error:
            raise Lost(f"{method} {path}: {error or 'no answer in time'}") from error


async def _json(response: aiohttp.ClientResponse) -> Any:
    try:
        return await response.json(content_type=None)
    except ValueError as error:
        raise Lost("Something else answered in place of the server.") from error


async def _error(response: aiohttp.ClientResponse) -> JsonObject:
    """The documented body, or one made from the status where something else answered."""
    said: object = None
    if response.content_type in ("application/json", "application/problem+json"):
        with contextlib.suppress(Lost):
            said = await _json(response)
    body = said.get("detail", said.get("error")) if isinstance(said, dict) else None
    if not isinstance(body, dict):
        body = {"error": f"http_{response.status}", "message": f"{response.status} {response.reason}"}
    body = {"error": body.get("code"), **body}
    wait = response.headers.get("Retry-After", "")
    return body | ({"retry_after": float(wait)} if wait.isdigit() else {})


def _query(query: JsonObject | None) -> dict[str, str]:
    given = {name: value for name, value in (query or {}).items() if value is not None}
    return {name: _text(value) for name, value in given.items()}


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _body(body: object, form: bool) -> dict[str, Any]:
    if body is None:
        return {}
    if not isinstance(body, dict) or not (form or any(isinstance(value, Upload) for value in body.values())):
        return {"json": body}
    if form:
        return {"data": body}
    parts = aiohttp.FormData()
    for name, value in body.items():
        if isinstance(value, Upload):
            parts.add_field(name, value.content, filename=value.filename, content_type=value.media_type)
        for item in value if isinstance(value, list) else [value]:
            if not isinstance(item, Upload | None):
                parts.add_field(name, _text(item))
    return {"data": parts}
