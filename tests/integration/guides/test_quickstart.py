"""The quickstart, command by command, against a fresh server."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.config import Settings
from tests.support import guides
from tests.support.node import Parley, running
from tests.support.speech import CLIPS_MODEL

QUICKSTART = Path(__file__).parents[3] / "docs" / "guides" / "quickstart.md"


@pytest.fixture
async def node(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    given = settings.model_copy(update={"whisper_model": str(CLIPS_MODEL)})
    async with running(given, database_url, redis_url) as parley:
        yield parley


async def test_every_command_prints_what_the_page_says(node: Parley, tmp_path: Path) -> None:
    files, wanted = guides.samples(QUICKSTART.read_text())
    if guides.node_version() < 20:
        wanted = [one for one in wanted if one.tab != "JavaScript"]
    assert len(wanted) >= 9
    host = node.url.removeprefix("http://")
    seen = await asyncio.to_thread(guides.printed, files, wanted, host, tmp_path)
    wrong = [
        (one.command, text)
        for one, text in zip(wanted, seen, strict=True)
        if one.output is not None and not guides.fits(text, one.output)
    ]
    assert wrong == []


def test_what_differs_is_found() -> None:
    assert guides.fits('{"id":"7"}\n', '{"id":"…"}\n')
    assert not guides.fits("overall: 7\nmore", "overall: 7")
