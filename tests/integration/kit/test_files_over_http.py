"""Files in both directions: a multipart upload read within its limits, and bytes of which a part may be asked for."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import FormData, web
from aiohttp.test_utils import TestClient, TestServer
from pydantic import BaseModel, ConfigDict

from kit.http import documents, front, spooled, uploads

CONTENT = bytes(range(100))


class Upload(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sound: bytes
    title: str = ""


Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    async def receive(request: web.Request) -> web.Response:
        upload = await uploads.read(request, Upload, file="sound", max_bytes=1000)
        return web.json_response({"bytes": len(upload.sound), "title": upload.title})

    async def send(request: web.Request) -> web.Response:
        return documents.ranged(request, CONTENT, "audio/wav")

    app = web.Application()
    front.Front().attach(app)
    app.add_routes([web.post("/", receive), web.get("/", send)])

    async def spool(request: web.Request) -> web.Response:
        async with spooled.received(request, Upload, file="sound", max_bytes=1000) as (upload, form):
            return web.json_response({"bytes": upload.size, "title": form.title})

    app.router.add_post("/spooled", spool)
    async with TestClient(TestServer(app)) as client:
        yield client


def form(**parts: bytes | str) -> FormData:
    made = FormData(default_to_multipart=True)
    for name, value in parts.items():
        made.add_field(name, value, filename="a.wav" if isinstance(value, bytes) else None)
    return made


async def test_an_upload_becomes_the_model(client: Client) -> None:
    async with client.post("/", data=form(sound=b"\0" * 500, title="Ünter")) as response:
        assert await response.json() == {"bytes": 500, "title": "Ünter"}


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ({"sound": b"\0" * 1001}, 413),
        ({"title": "no file"}, 400),
        ({"sound": b"a", "nonsense": "x"}, 400),
    ],
)
async def test_an_upload_that_does_not_fit_is_refused(
    client: Client, parts: dict[str, bytes | str], status: int
) -> None:
    async with client.post("/", data=form(**parts)) as response:
        assert response.status == status


@pytest.mark.parametrize("path", ["/", "/spooled"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no boundary at all",
        b"--edge\r\nTrue--edge--\r\n",
        b"--edge\r\n$;\xc3\xabC--edge--\r\n",
        b"--edge\r\n\r\nno name\r\n--edge--\r\n",
        b'--edge\r\nContent-Disposition: form-data; name="title"\r\n\r\n\xff\xfe\r\n--edge--\r\n',
        b'--edge\r\nContent-Disposition: form-data; name="sound"\r\n\r\ncut off',
        b"--edge\r\nContent-Type: multipart/mixed; boundary=in\r\n\r\n--in\r\n\r\nx\r\n--in--\r\n--edge--\r\n",
    ],
)
async def test_a_form_that_is_broken_is_refused(client: Client, path: str, body: bytes) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=edge"}
    async with client.post(path, data=body, headers=headers) as response:
        assert response.status == 400, await response.text()
        assert (await response.json())["detail"]["error"] == "invalid_request"


@pytest.mark.parametrize(
    ("asked", "status", "content_range", "content"),
    [
        (None, 200, None, CONTENT),
        ("bytes=0-9", 206, "bytes 0-9/100", CONTENT[:10]),
        ("bytes=90-", 206, "bytes 90-99/100", CONTENT[90:]),
        ("bytes=90-500", 206, "bytes 90-99/100", CONTENT[90:]),
        ("bytes=-5", 206, "bytes 95-99/100", CONTENT[95:]),
        ("bytes=100-", 416, "bytes */100", b""),
        ("bytes=-0", 416, "bytes */100", b""),
        ("bytes=9-2", 200, None, CONTENT),
        ("bytes=0-1,5-6", 200, None, CONTENT),
        ("lines=1-2", 200, None, CONTENT),
    ],
)
async def test_a_range_is_answered_as_http_says(
    client: Client, asked: str | None, status: int, content_range: str | None, content: bytes
) -> None:
    async with client.get("/", headers={"Range": asked} if asked else {}) as response:
        assert response.status == status
        assert response.headers.get("Content-Range") == content_range
        if status != 416:
            assert await response.read() == content
