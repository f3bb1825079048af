"""What an upload costs the server: `run.py bench upload [--megabytes 19.5]`.

A PDF of that size (400 pages of text, the rest pictures) is sent by another process to a node in this one. Printed: how
much this process grew, how much the worker process took that read the file, the longest time that the event loop was
not free (by the clock, and in processor time of its own, which other programs cannot lengthen), and the seconds until
the document was ready.
"""

import argparse
import asyncio
import multiprocessing
import os
import sys
import tempfile
import time
from pathlib import Path

from aiohttp import web

from server import resources
from server.app import create_app
from server.config import Settings
from server.embedded.stack import EmbeddedStack
from server.migrate import migrate
from tests.support import files

_CLIENT = """
import sys, urllib.request, json
url, path, token = sys.argv[1:]
data = open(path, 'rb').read()
edge = 'parleyedge'
body = (f'--{edge}\\r\\nContent-Disposition: form-data; name="file"; filename="big.pdf"\\r\\n\\r\\n').encode() + data
body += f'\\r\\n--{edge}--\\r\\n'.encode()
headers = {'Authorization': 'Bearer ' + token, 'Content-Type': 'multipart/form-data; boundary=' + edge}
print(urllib.request.urlopen(urllib.request.Request(url, body, headers)).status)
"""


def make(path: Path, megabytes: float) -> None:
    sentence = "The quick brown fox jumps over the lazy dog and thinks about rivers. "
    pages = ["\n".join(f"{number}.{line} {sentence}" for line in range(40)) for number in range(400)]
    content = files.pdf(pages)
    content = files.pdf(pages, padding=max(0, int(megabytes * 1024 * 1024) - len(content)))
    path.write_bytes(content)
    print(f"a PDF of {len(content) / 1024 / 1024:.1f} MB", flush=True)


def worker_size() -> float:
    """MB of the process that reads a document, 0 when there is none."""
    for child in Path("/proc/self/task").glob("*/children"):
        for pid in child.read_text().split():
            command = Path(f"/proc/{pid}/cmdline")
            if command.exists() and b"extraction.worker" in command.read_bytes():
                return resident(pid)
    return 0.0


def resident(pid: str = "self") -> float:
    """MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


class Watch:
    """Samples the loop every 2 ms and memory every 20 ms."""

    def __init__(self) -> None:
        self.lag = self.busy = self.largest = self.worker = 0.0

    async def run(self) -> None:
        count = 0
        while True:
            before, worked = time.perf_counter(), time.thread_time()
            await asyncio.sleep(0.002)
            self.lag = max(self.lag, time.perf_counter() - before - 0.002)
            self.busy = max(self.busy, time.thread_time() - worked)
            count += 1
            if count % 10 == 0:
                self.largest = max(self.largest, resident())
                self.worker = max(self.worker, worker_size())


async def measure(folder: Path, megabytes: float) -> None:
    path = folder / "big.pdf"
    # Made by another process, so that this one does not begin with the memory of having made it.
    maker = multiprocessing.get_context("spawn").Process(target=make, args=(path, megabytes))
    maker.start()
    await asyncio.to_thread(maker.join)
    stack = EmbeddedStack(folder / "data", durable=True)
    try:
        urls = stack.start()
        await migrate(urls.database_url)
        settings = Settings(data_dir=folder, secret_key="0" * 32, port=0, speech_at_start=False)
        async with resources.opened(settings, database_url=urls.database_url, redis_url=urls.redis_url) as opened:
            runner = web.AppRunner(create_app(opened))
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            await _upload(opened, f"http://127.0.0.1:{runner.addresses[0][1]}", path)
            await runner.cleanup()
    finally:
        stack.stop()


async def _upload(opened: resources.Resources, url: str, path: Path) -> None:
    body = {"email": "a@example.com", "username": "ana", "password": "correct horse battery"}
    async with opened.outbound.request("POST", url + "/api/auth/register", json=body) as response:
        assert response.status == 201
    async with opened.outbound.request(
        "POST", url + "/api/auth/login", data={"username": "ana", "password": "correct horse battery"}
    ) as response:
        token = (await response.json())["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    idle = Watch()
    watching = asyncio.ensure_future(idle.run())
    await asyncio.sleep(10)
    watching.cancel()
    before, watch = resident(), Watch()
    watching = asyncio.ensure_future(watch.run())
    started = time.perf_counter()
    client = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _CLIENT, url + "/api/rag/documents", str(path), token
    )
    assert await client.wait() == 0
    accepted, during = time.perf_counter() - started, (watch.lag, watch.busy)
    while True:
        async with opened.outbound.request("GET", url + "/api/rag/documents", headers=headers) as response:
            (document,) = (await response.json())["items"]
        if document["status"] != "processing":
            break
        await asyncio.sleep(0.2)
    watching.cancel()
    seconds = time.perf_counter() - started
    print(f"accepted after {accepted:.1f} s, {document['status']} after {seconds:.1f} s: {document['chunks']} passages")
    print(f"this process grew by {watch.largest - before:.0f} MB at most; the worker took {watch.worker:.0f} MB")
    print(f"loop not free for {idle.lag * 1000:.1f} ms at most in 10 s without work (what else the machine did)")
    print(f"while receiving: loop not free for {during[0] * 1000:.1f} ms at most, {during[1] * 1000:.1f} ms of it work")
    print(f"over all: loop not free for {watch.lag * 1000:.1f} ms at most, {watch.busy * 1000:.1f} ms of it work")


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench upload", description=__doc__)
    parser.add_argument("--megabytes", type=float, default=19.5)
    given = parser.parse_args(argv)
    os.environ.setdefault("PARLEY_LOG_LEVEL", "warning")
    with tempfile.TemporaryDirectory(prefix="parley-bench-", ignore_cleanup_errors=True) as folder:
        asyncio.run(measure(Path(folder), given.megabytes))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
