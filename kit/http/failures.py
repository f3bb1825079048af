"""The one place where failures become HTTP responses."""

import math
from http import HTTPStatus

import orjson
from aiohttp import hdrs, web

from kit import errors, logs
from kit.errors import Failure, Kind
from kit.http import missing, requests, v1
from kit.storable import JsonObject

STATUS: dict[Kind, int] = {
    Kind.INVALID: 400,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.NOT_FOUND: 404,
    Kind.CONFLICT: 409,
    Kind.TOO_LARGE: 413,
    Kind.UNSUPPORTED: 415,
    Kind.LIMITED: 429,
    Kind.INTERNAL: 500,
    Kind.UNAVAILABLE: 503,
}

PROBLEM_JSON = "application/problem+json"
_log = logs.get(__name__)


def rendered(request: web.Request, error: Exception) -> web.StreamResponse:
    """The documented error body for what a handler raised. What cannot be answered is raised again."""
    if isinstance(error, Failure):
        return response(request, error)
    if isinstance(error, web.HTTPException):
        if error.status < 400:
            raise error
        if error.status == 404 and missing.wanted(request):
            return missing.page()
        return response(request, _from_http(error), status=error.status, headers=_allow(error))
    if request.transport is None or request.transport.is_closing():
        raise error
    if isinstance(error, web.RequestPayloadError):  # broken compression or chunks, wherever the body was read
        answer = response(request, errors.invalid("The request body does not match its headers."))
        answer.force_close()
        return answer
    _log.error("request_failed", method=request.method, path=request.path, exc_info=error)
    return response(request, errors.of(error))


def response(
    request: web.BaseRequest,
    failure: Failure,
    *,
    status: int | None = None,
    headers: dict[str, str] | None = None,
    request_id: str | None = None,
) -> web.Response:
    """A failure as a response: problem+json if the client accepts that, else JSON."""
    code = status or STATUS[failure.kind]
    accepts_problem = PROBLEM_JSON in request.headers.get(hdrs.ACCEPT, "")
    asked = request_id or request[requests.NOTES].id
    if v1.covers(request.path):
        accepts_problem = False
        content = {"error": v1.error(failure, code)}
    else:
        content = document(failure, code, request.path, asked, strict=accepts_problem)
    sent = dict(headers or {})
    if failure.retry_after is not None:
        sent[hdrs.RETRY_AFTER] = str(max(1, math.ceil(failure.retry_after)))
    if code == 401:
        sent[hdrs.WWW_AUTHENTICATE] = 'Bearer realm="parley"'
    return web.Response(
        body=orjson.dumps(content),
        status=code,
        content_type=PROBLEM_JSON if accepts_problem else "application/json",
        headers=sent,
    )


def document(failure: Failure, status: int, instance: str, request_id: str, *, strict: bool) -> JsonObject:
    """The error body: the platform's `detail` object, or with `strict` a problem document of RFC 9457."""
    frame: JsonObject = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "instance": instance,
        "request_id": request_id,
    }
    if strict:
        return {**frame, "detail": failure.message, "code": failure.code, **failure.details}
    return {**frame, "detail": failure.body()}


_ROUTER_ANSWERS: dict[int, tuple[Kind, str, str]] = {
    404: (Kind.NOT_FOUND, "not_found", "There is nothing at this address."),
    405: (Kind.INVALID, "method_not_allowed", "This address does not take that method."),
    413: (Kind.TOO_LARGE, "too_large", "The request is too large."),
    417: (Kind.INVALID, "expectation_failed", "Expect supports only 100-continue."),
}


def _from_http(error: web.HTTPException) -> Failure:
    kind, code, message = _ROUTER_ANSWERS.get(error.status, (Kind.INVALID, "invalid_request", error.reason))
    return Failure(kind, code, message)


def _allow(error: web.HTTPException) -> dict[str, str]:
    return {hdrs.ALLOW: error.headers[hdrs.ALLOW]} if hdrs.ALLOW in error.headers else {}
