"""The samples of the guide verify what this server sends, and refuse what it does not."""

import asyncio
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from api.webhooks import events, schemas
from tests.integration.webhooks.conftest import Place
from tests.support.receivers import Receiver, Taken

GUIDE = (Path(__file__).parents[3] / "docs" / "webhooks.md").read_text()


def sample(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    return str(found)


def changed(taken: Taken) -> list[Taken]:
    old = {**taken.headers, "webhook-timestamp": str(int(taken.headers["webhook-timestamp"]) - 301)}
    other = {**taken.headers, "webhook-signature": "v1,AAAA"}
    return [Taken(taken.headers, taken.body + b" "), Taken(old, taken.body), Taken(other, taken.body)]


async def sent(place: Place, receiver: Receiver) -> tuple[Taken, str, str]:
    """A request with two signatures, and their secrets."""
    hook = await place.hook(receiver.url)
    rotated = await place.ask("POST", f"/api/webhooks/{hook['id']}/rotate")
    await place.talked()
    return (await receiver.gets())[0], hook["secret"], rotated["secret"]


async def test_the_sample_in_python(place: Place, receiver: Receiver) -> None:
    taken, *secrets = await sent(place, receiver)
    scope: dict[str, Any] = {}
    exec(sample("python"), scope)
    for secret in secrets:
        assert scope["verify"](secret, taken.headers, taken.body)
        assert not any(scope["verify"](secret, one.headers, one.body) for one in changed(taken))


async def test_the_sample_in_javascript(place: Place, receiver: Receiver, tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node on this machine: the sample was not run")
    taken, *secrets = await sent(place, receiver)
    (tmp_path / "sample.mjs").write_text(sample("javascript"))
    cases = [
        {"secret": secret, "headers": one.headers, "body": one.body.decode()}
        for secret in secrets
        for one in (taken, *changed(taken))
    ]
    (tmp_path / "cases.json").write_text(json.dumps(cases))
    (tmp_path / "run.mjs").write_text(
        'import { readFileSync } from "node:fs";\nimport { verify } from "./sample.mjs";\n'
        'const cases = JSON.parse(readFileSync(new URL("cases.json", import.meta.url)));\n'
        "console.log(JSON.stringify(cases.map((one) => verify(one.secret, one.headers, Buffer.from(one.body)))));\n"
    )
    said = await asyncio.to_thread(subprocess.check_output, [node, str(tmp_path / "run.mjs")])
    assert json.loads(said) == [True, False, False, False] * 2


def test_the_guide_names_every_event_and_every_problem() -> None:
    assert set(schemas.EventName.__args__) == set(events.NAMES)  # type: ignore[attr-defined]
    for name in (*events.NAMES, *schemas.Problem.__args__):  # type: ignore[attr-defined]
        assert f"`{name}`" in GUIDE, name
