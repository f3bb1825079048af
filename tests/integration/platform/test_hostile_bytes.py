"""Bytes that no browser sends, at every door: an answer with a name, never a 500 and never a trace."""

import asyncio
from typing import Any

import pytest

from tests.support.node import PASSWORD, Parley

WHIP = b"POST /api/live/whip", b"Content-Type: application/sdp\r\n"
FILES = b"POST /v1/audio/transcriptions", b"Content-Type: multipart/form-data; boundary=x\r\n"
UPGRADE = (
    b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)
DOORS = [
    (b"GET /api/auth/me", b""),
    (b"GET /api/live/quota", b""),
    (b"POST /api/live/transcripts", b""),
    (b"GET /api/organizations", b""),
    (b"GET /api/health", b""),
    (b"GET /embed?integration_token=x", b""),
    (b"GET /", b""),
    (b"GET /nowhere", b""),
    (b"OPTIONS /api/core/notes", b"Access-Control-Request-Method: POST\r\n"),
    WHIP,
    (b"DELETE /api/live/whip/x", b""),
    FILES,
    (b"GET /v1/realtime?intent=transcription", UPGRADE),
    (b"GET /v1/realtime?intent=transcription", b""),
    (b"GET /api/realtime/live", UPGRADE),
    (b"GET /api/realtime/speaking?ticket=x", UPGRADE),
    (b"GET /socket.io/?EIO=4&transport=websocket", UPGRADE),
    (b"GET /socket.io/?EIO=4&transport=polling", b""),
]
HEADERS = [
    b"Authorization: Bearer \xff\xfe",
    b"Authorization: Bearer xntr-\xff\xfe",
    b"Authorization: Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ.\xff.\xff",
    b"Authorization: Bearer \xc3\xa9.\xc3\xa9.\xc3\xa9",
    b"Authorization: \xff\xfe x",
    b"X-API-Key: \xff\xfe",
    b"X-API-Key: xntr-\xed\xa0\x80",
    b"X-Service-Key: \xff\xfe",
    b"User-Agent: \xff\xfe",
    b"Origin: http://[",
    b"Origin: http://[::1",
    b"Origin: \xff\xfe",
    b"Origin: http://x:99999999",
    b"Origin: http://\xe2\x84\x80.example",
    b"X-Forwarded-Host: [",
    b"X-Forwarded-Host: \xff",
    b"X-Forwarded-For: \xff",
    b"X-Request-Id: \xff",
    b"Accept: \xff",
    b"Cookie: device=\xff; \xff=\xff",
    b"Idempotency-Key: \xff",
    b"If-None-Match: \xff",
    b"Range: bytes=\xff",
    b"Accept-Language: \xff",
    b"Sec-WebSocket-Protocol: \xff",
    b"Sec-WebSocket-Protocol: realtime, openai-insecure-api-key.\xff",
    b"OpenAI-Beta: \xff",
    b"Content-Type: application/sdp; charset=\xff",
    b"Content-Type: multipart/form-data; boundary=\xff",
]


async def said(node: Parley, line: bytes, *headers: bytes, host: bytes = b"here", body: bytes = b"v=0\r\n") -> bytes:
    """The first bytes of the answer, or none when the line was closed."""
    url = node.client.make_url("/")
    reader, writer = await asyncio.open_connection(url.host, url.port)
    try:
        sent = [b"%s HTTP/1.1" % line, b"Host: " + host, *headers, b"Content-Length: %d" % len(body)]
        writer.write(b"\r\n".join(sent) + b"\r\n\r\n" + body)
        await writer.drain()
        async with asyncio.timeout(60):
            return await reader.read(12)
    finally:
        writer.close()


def status(answer: bytes) -> int:
    return int(answer.split()[1]) if answer else 0


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door[0].decode())
async def test_headers_that_are_no_text(parley: Parley, door: tuple[bytes, bytes], capfd: Any) -> None:
    line, more = door
    for header in HEADERS:
        rest = [one for one in more.split(b"\r\n") if one and one.split(b":")[0] != header.split(b":")[0]]
        assert status(await said(parley, line, *rest, header)) in range(101, 500), header
    for host in (b"[", b"\xff", b"a b", b"x:99999999", b""):
        assert status(await said(parley, line, *more.strip().split(b"\r\n"), host=host)) in range(101, 500), host
    printed = "".join(capfd.readouterr())
    assert "Traceback" not in printed and "request_failed" not in printed


@pytest.mark.parametrize(
    "line",
    [
        b"GET /\xff",
        b"GET /api/\xff\xfe?a=\xff",
        b"GET /api/core/notes/%FF",
        b"GET /api/auth/me?x=%FF%FE",
        b"GET /static/%FF",
        b"GET /static/\xff",
        b"DELETE /api/live/whip/\xff",
        b"DELETE /api/live/whip/%FF%00",
        b"GET /embed?integration_token=%FF",
        b"GET /api/realtime/live?ticket=%FF",
        b"\xff\xff /",
        b"GET http://[/",
        b"GET //[",
        b"GET /api/live/recordings/%ED%A0%80",
        b"GET /v1/realtime?intent=%FF",
        b"GET /socket.io/?EIO=4&transport=%FF",
        b"GET /socket.io/?EIO=\xff",
    ],
)
async def test_addresses_that_are_no_text(parley: Parley, line: bytes, capfd: Any) -> None:
    account = await parley.account()
    for header in (
        b"Accept: */*",
        b"Accept: application/problem+json",
        b"Authorization: Bearer " + account.access_token.encode(),
    ):
        assert status(await said(parley, line, header)) in range(101, 500), header
    printed = "".join(capfd.readouterr())
    assert "Traceback" not in printed and "request_failed" not in printed


async def test_a_strange_program_may_sign_in(parley: Parley) -> None:
    """Its name is kept as far as it can be read."""
    ana = await parley.account("ana")
    form = f"username=ana&password={PASSWORD.replace(' ', '+')}".encode()
    line, kind = b"POST /api/auth/login", b"Content-Type: application/x-www-form-urlencoded"
    assert status(await said(parley, line, kind, b"User-Agent: L\xe9o \xff", body=form)) == 200
    async with parley.client.get("/api/auth/sessions", headers=ana.headers) as response:
        agents = [one["user_agent"] for one in (await response.json())["items"]]
    assert "L\ufffdo \ufffd" in agents


PARTS = [
    b'Content-Disposition: form-data; name="file"; filename="a.wav"\r\nX: ' + b"y" * 200_000,
    b'Content-Disposition: form-data; name="' + b"n" * 100_000 + b'"',
    b'Content-Disposition: form-data; name="file"; filename="' + b"n" * 100_000 + b'"',
    b"\r\n".join(b"X-%d: y" % number for number in range(20_000)),
    b'Content-Disposition: form-data; name="\xff"; filename="\xff\xfe"',
    b'Content-Disposition: form-data; name="file"; filename="\xed\xa0\x80\x00"',
    b"Content-Disposition: form-data; name*=utf-8''%FF; filename*=\xff''%FF",
    b'Content-Disposition: form-data; name="file"; filename="\xff\xfe.txt"',
    b'Content-Disposition: form-data; name="file"; filename="\xed\xa0\x80.wav"',
    b'Content-Disposition: form-data; name="t\xff~/"',
    b"Content-Disposition: \xff",
    b"Content-Disposition: form-data",
    b"no header at all",
    b"",
    b'Content-Disposition: form-data; name="file"; filename="a"\r\nContent-Type: multipart/mixed; boundary=y',
    b'Content-Disposition: form-data; name="file"; filename="a"\r\nContent-Type: \xff',
    b'Content-Disposition: form-data; name="file"; filename="a"\r\nContent-Transfer-Encoding: base64',
    b'Content-Disposition: form-data; name="file"; filename="a"\r\nContent-Transfer-Encoding: \xff',
    b'Content-Disposition: form-data; name="file"; filename="a"\r\nContent-Encoding: gzip',
    b'Content-Disposition: form-data; name="file"; filename="a"\r\nContent-Encoding: deflate',
    b'Content-Disposition: form-data; name="file"; filename="a"\r\nContent-Encoding: \xff',
    b'Content-Disposition: form-data; name="file"; filename="a"\r\nContent-Length: -1',
    b'Content-Disposition: form-data; name="file"; filename="a"\r\nContent-Length: x',
    b'Content-Disposition: form-data; name="file"; filename="a"\r\nContent-Length: 99999999',
    b'Content-Disposition: form-data; name="_charset_"',
    b'Content-Disposition: form-data; name="title"\r\nContent-Type: text/plain; charset=\xff',
]


@pytest.mark.parametrize("path", ["/v1/audio/transcriptions", "/api/learn/english/evaluate", "/api/rag/documents"])
async def test_parts_of_forms_that_nobody_sends(parley: Parley, path: str, capfd: Any) -> None:
    ana = await parley.account("ana")
    credential = b"Authorization: Bearer " + ana.access_token.encode()
    line, kind = b"POST " + path.encode(), b"Content-Type: multipart/form-data; boundary=x"
    for head in PARTS:
        for body in (
            b"--x\r\n%s\r\n\r\nhello\xff\r\n--x--\r\n" % head,
            b"--x\r\n%s" % head,
            b"--x\r\n%s\r\n\r\n" % head,
        ):
            answer = await said(parley, line, credential, kind, body=body)
            assert 200 <= status(answer) < 500, (head[:100], body[-20:], answer)
    for body in (b"", b"--x", b"--x--", b"\r\n" * 100_000, b"--x\r\n" * 10_000, b"\xff" * 100):
        assert 400 <= status(await said(parley, line, credential, kind, body=body)) < 500, body[:20]
    for odd in (
        b"multipart/form-data",
        b"multipart/form-data; boundary=",
        b"multipart/form-data; boundary=" + b"b" * 5000,
    ):
        assert 400 <= status(await said(parley, line, credential, b"Content-Type: " + odd)) < 500, odd[:40]
    printed = "".join(capfd.readouterr())
    assert "Traceback" not in printed and "request_failed" not in printed
