"""Generated requests against every operation: `python3 run.py bench fuzz [--requests 20000] [--seed 1]`.

Schemathesis reads our OpenAPI document, makes well-formed and broken requests from it with a valid credential, and
checks each answer with all the checks it has: among others no 500, no status, content type or header that the document
does not name, no body off its schema, nothing accepted that the schema forbids, nothing refused that it allows, no
method that was not declared, no operation open without its credential. Rounds with new seeds go on until that many
requests were answered. What was answered is listed by status: a run in which everything was refused would prove little.
"""

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientSession
from prometheus_client import REGISTRY

from benchmarks import _node as node
from server.embedded.stack import Endpoints

# These may end the session that asks, so they come last in a round.
ENDING = ("/api/auth/logout", "/api/auth/sessions/{session_id}")
# These take a file. A schema can call it a string of bytes and no more, so what is made from the schema is seldom a
# recording or a document, and the answer rightly is that it can't be read. The other checks still hold that answer to
# the document, and every other operation must take whatever its schema allows.
TAKING_FILES = ("/api/learn/english/evaluate", "/api/rag/documents", "/v1/audio/transcriptions")
UNREADABLE = ("400", "415", "422")
# Nor can it say what SDP is, or what a WebSocket handshake has in its head.
PUBLISHING, TALKING = "/api/live/whip", "/v1/realtime"
# A schema can't say that a period must not end before it begins.
WITH_A_PERIOD = ("/api/analytics/learning-time", "/api/analytics/phonemes")
SAYING_NO = ("2xx", "401", "403", "404", "409", "429")


def _also(method: str, path: str, statuses: tuple[str, ...]) -> str:
    return f"""[[operations]]
include-path = "{path}"
include-method = "{method}"
checks.positive_data_acceptance.expected-statuses = {[*SAYING_NO, *statuses]}
"""


# What is against the schema may be too large before it is against anything else.
# Speech is computed at low priority, so on a busy machine an answer takes its time: only what hangs is a fault.
SETTINGS = (
    """hooks = "hooks.py"

[checks]
max_response_time = 60
negative_data_rejection.expected-statuses = ["400", "401", "403", "404", "405", "409", "413", "415", "429"]
"""
    + "".join(_also("POST", path, UNREADABLE) for path in TAKING_FILES)
    + "".join(_also("GET", path, ("400",)) for path in (*WITH_A_PERIOD, TALKING))
    + _also("POST", "/api/live/session/start", ("400",))  # only a speaking session has a text to read
    + _also("POST", PUBLISHING, UNREADABLE)
    + _also("PATCH", PUBLISHING + "/{line_id}", (*UNREADABLE, "412", "428"))
)
# A format of ours, and media types that the tool does not know.
HOOKS = """import schemathesis
from hypothesis import strategies as st

ZONES = ["UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Tokyo"]
schemathesis.openapi.format("iana-time-zone", st.sampled_from(ZONES))


@schemathesis.serializer("application/sdp", "application/trickle-ice-sdpfrag")
def written(_, value):
    return value if isinstance(value, bytes) else str(value).encode()
"""
# Those of `oidc` send a browser on, whatever they are given.
CHECKS = ("--exclude-path-regex", "^/api/auth/oidc/", "--checks", "all")
PHASES = "examples,coverage,fuzzing,stateful"
# Not the one of the document's examples: with that, the first generated request to delete the account would succeed.
PASSWORD = "none of the examples 4711"
_TOOL = Path(sys.executable).with_name("st")


@dataclass(frozen=True)
class Outcome:
    requests: int
    failed: bool
    output: str


def answered() -> Counter[str]:
    """Requests that this process has answered so far, by status."""
    found: Counter[str] = Counter()
    for family in REGISTRY.collect():
        if family.name == "parley_http_requests":
            for sample in family.samples:
                if sample.name.endswith("_total"):
                    found[sample.labels["status"]] += int(sample.value)
    return found


async def one_round(url: str, token: str, *, examples: int, seed: int, phases: str) -> Outcome:
    """Run Schemathesis once over the whole document."""
    main = await schemathesis(url, token, "--exclude-path", examples=examples, seed=seed, phases=phases)
    if main.failed:
        return main
    ending = await schemathesis(url, token, "--include-path", examples=examples, seed=seed, phases=phases)
    return Outcome(main.requests + ending.requests, ending.failed, ending.output)


async def schemathesis(url: str, token: str, choice: str, *, examples: int, seed: int, phases: str) -> Outcome:
    before = answered()
    chosen = [part for path in ENDING for part in (choice, path)]
    with tempfile.TemporaryDirectory(prefix="parley-fuzz-") as folder:
        await asyncio.to_thread(Path(folder, "schemathesis.toml").write_text, SETTINGS, "utf-8")
        await asyncio.to_thread(Path(folder, "hooks.py").write_text, HOOKS, "utf-8")
        process = await asyncio.create_subprocess_exec(
            str(_TOOL),
            "run",
            f"{url}/api/openapi.json",
            "--url",
            url,
            "-H",
            f"Authorization: Bearer {token}",
            *CHECKS,
            "--phases",
            phases,
            "-n",
            str(examples),
            "--seed",
            str(seed),
            "--no-color",
            "--generation-database",
            "none",
            "--no-shrink",
            "--continue-on-failure",
            "--warnings",
            "off",
            "--suppress-health-check",
            "all",
            "--request-timeout",
            "60",
            *chosen,
            cwd=folder,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate()
    return Outcome((answered() - before).total(), process.returncode != 0, output.decode(errors="replace"))


async def fuzz(endpoints: Endpoints, *, requests: int, examples: int, seed: int, phases: str) -> Outcome:
    """Rounds until `requests` were answered, or one failed."""
    done = 0
    async with node.serving(endpoints, google_client_id="fuzz", google_client_secret="fuzz") as (url, resources):
        await node.sign_up(url, "fuzz", PASSWORD)
        async with resources.database.connection() as cx:
            await cx.execute("update users set role = 'admin', plan = 'pro'")
        while True:
            # An access token lives for 15 minutes: each round gets a new one.
            token = await sign_in(url)
            outcome = await one_round(url, token, examples=examples, seed=seed, phases=phases)
            done += outcome.requests
            print(f"seed {seed}: {outcome.requests} requests, {'failures' if outcome.failed else 'clean'}", flush=True)
            if outcome.failed or done >= requests:
                return Outcome(done, outcome.failed, outcome.output)
            seed += 1


async def sign_in(url: str) -> str:
    form = {"username": "fuzz", "password": PASSWORD}
    async with (
        ClientSession(url, raise_for_status=True) as client,
        client.post("/api/auth/login", data=form) as response,
    ):
        return str((await response.json())["access_token"])


async def run(requests: int, seed: int) -> int:
    async with node.servers() as endpoints:
        outcome = await fuzz(endpoints, requests=requests, examples=60, seed=seed, phases=PHASES)
    if outcome.failed:
        print(outcome.output)
    print("By status: " + ", ".join(f"{status} {count}" for status, count in sorted(answered().items())))
    print(f"{outcome.requests} requests, {'FAILED' if outcome.failed else 'no failure'}")
    return 1 if outcome.failed else 0


def main(rest: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(rest)
    return asyncio.run(run(chosen.requests, chosen.seed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
