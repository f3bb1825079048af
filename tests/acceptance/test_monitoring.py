"""The dashboard and the alert rules of deploy/ beside what two real server processes count together."""

import asyncio
import importlib
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml  # type: ignore[import-untyped]
from prometheus_client import REGISTRY
from prometheus_client.core import Metric
from prometheus_client.parser import text_string_to_metric_families

from clients.python.parley_client import Session
from server.bootstrap import debian
from server.cli.demo import CLIP, TEXT, read_clip
from tests.acceptance.test_run import ROOT, Started
from tests.acceptance.test_workers import account, two_workers, workers
from tests.support import promql

DEPLOY = ROOT / "deploy"
DASHBOARD = DEPLOY / "grafana" / "parley.json"
RULES = DEPLOY / "prometheus" / "alerts.yml"
PROMTOOL = debian.program("promtool")
OF_PROMETHEUS = {"instance", "job"}
NOT_YET = {("parley_jobs_total", "outcome"): {"failed"}}  # values that a sound node does not show
DECLARING = "server.app", "speech.pool.metrics", "speech.listener"  # where labels of ours are declared

Samples = dict[str, list[dict[str, str]]]


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Started]:
    with two_workers(tmp_path / "data") as started:
        yield started


async def scraped(url: str) -> str:
    """Over a new connection, so that either process may be asked."""
    async with aiohttp.ClientSession(url) as http, http.get("/metrics") as response:
        assert response.status == 200
        return await response.text()


async def until(url: str, **wanted: float) -> dict[str, Metric]:
    """The families, once these samples without labels have these values."""
    async with asyncio.timeout(90):
        while True:
            try:
                found = {one.name: one for one in text_string_to_metric_families(await scraped(url))}
            except aiohttp.ClientConnectionError:
                continue  # the connection went to a process that ends
            values = {s.name: s.value for one in found.values() for s in one.samples if not s.labels}
            if all(values.get(name) == value for name, value in wanted.items()):
                return found
            await asyncio.sleep(0.2)


async def read_aloud(url: str) -> tuple[float, int]:
    """(seconds of sound, seconds billed)"""
    session = Session(url, "/speaking", token=await account(url))
    pcm = read_clip(CLIP)
    try:
        await session.start_speaking(reference_text=TEXT)
        await session.stream(pcm)
        async with asyncio.timeout(90):
            ended = await session.end()
    finally:
        await session.close()
    return len(pcm) / 32000, int(ended.data["billed_seconds"])


def total(families: dict[str, Metric], sample: str, **labels: str) -> float:
    found = [s for one in families.values() for s in one.samples if s.name == sample]
    return sum(s.value for s in found if labels.items() <= s.labels.items())


@pytest.mark.skipif(sys.platform != "linux", reason="ports are shared this way on Linux only")
def test_what_the_files_name_is_what_two_processes_serve(started: Started) -> None:
    url = started.url()
    asyncio.run(until(url, parley_processes=2, parley_recognition_workers=2))
    seconds, billed = asyncio.run(read_aloud(url))
    families = asyncio.run(until(url, parley_billed_seconds_total=billed, parley_billing_drift_seconds_total=0))
    assert seconds - 0.1 <= total(families, "parley_audio_seconds_total") <= seconds + 0.1
    assert total(families, "parley_sessions_ended_total", reason="client") == 1
    assert total(families, "parley_session_joins_total", how="new") == 1
    assert total(families, "parley_parts", part="postgresql", state="ok") == 2, "both processes look"
    assert total(families, "parley_database_connections", what="most") == 20
    text = asyncio.run(scraped(url))
    types = re.findall(r"^# TYPE (\S+) (\S+)$", text, re.MULTILINE)
    assert len(dict(types)) == len(types), "a family is there once"
    _check_files(text)
    _end_one(started, url)


def _check_files(text: str) -> None:
    served = _served(text)
    problems = []
    for place, expression in [*_rules_expressions(), *_panel_expressions()]:
        problems += [f"{place}: {problem}" for problem in _problems(expression, served)]
    assert not problems, "\n".join(problems)


def _end_one(started: Started, url: str) -> None:
    os.kill(workers(started)[0], signal.SIGKILL)
    families = asyncio.run(until(url, parley_processes=2, parley_processes_ended_total=1))
    assert total(families, "parley_sessions_ended_total", reason="client") == 1, "whichever has ended"


def _served(text: str) -> Samples:
    """The samples by name. Where a family has none yet, one with the labels that it will have, and no values."""
    found: Samples = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found.setdefault(sample.name, []).append(sample.labels)
    for module in DECLARING:
        importlib.import_module(module)
    declared = {name: one for one, names in REGISTRY._collector_to_names.items() for name in names}
    for name, kind in re.findall(r"^# TYPE (\S+) (\S+)$", text, re.MULTILINE):
        labels = dict.fromkeys(getattr(declared.get(name), "_labelnames", ()), "")
        for ending in ("_bucket", "_sum", "_count") if kind == "histogram" else ("",):
            found.setdefault(f"{name}{ending}", [labels | ({"le": ""} if ending == "_bucket" else {})])
    return found


def _problems(expression: str, served: Samples) -> Iterator[str]:
    named = promql.named(expression)
    for metric, matchers in named.metrics:
        if metric == "up":
            continue
        if metric not in served:
            yield f"nothing serves {metric}"
            continue
        labels = set().union(*served[metric]) | OF_PROMETHEUS
        yield from (f"{metric} has no label {label}" for label in named.groups - labels)
        for label, operator, value in matchers:
            if label not in labels:
                yield f"{metric} has no label {label}"
                continue
            known = {one.get(label) for one in served[metric]} | NOT_YET.get((metric, label), set())
            if operator == "=" and value not in known:
                yield f"{metric} has no {label} {value}"


def _alerts() -> list[dict[str, Any]]:
    return [rule for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]]


def _rules_expressions() -> list[tuple[str, str]]:
    return [(rule["alert"], rule["expr"]) for rule in _alerts()]


def _panels() -> list[dict[str, Any]]:
    return [panel for panel in json.loads(DASHBOARD.read_text())["panels"] if panel["type"] != "row"]


def _panel_expressions() -> list[tuple[str, str]]:
    return [(panel["title"], target["expr"]) for panel in _panels() for target in panel["targets"]]


def test_a_metric_or_a_label_that_is_missing_is_found() -> None:
    served = {"parley_parts": [{"part": "redis", "state": "ok"}]}
    wrong = 'sum by (host) (parley_parts{part="radish", colour="red"}) / parley_pieces'
    assert set(_problems(wrong, served)) == {
        "parley_parts has no label host",
        "parley_parts has no part radish",
        "parley_parts has no label colour",
        "nothing serves parley_pieces",
    }
    assert not [*_problems('histogram_quantile(0.9, rate(up[5m])) or sum(parley_parts{state="ok"})', served)]


def test_every_alert_says_what_is_wrong_and_what_to_do() -> None:
    alerts = _alerts()
    assert len({rule["alert"] for rule in alerts}) == len(alerts) >= 15
    for rule in alerts:
        assert rule.keys() <= {"alert", "expr", "for", "labels", "annotations"}, rule
        assert rule["labels"]["severity"] in ("critical", "warning")
        assert rule["annotations"].keys() == {"summary", "runbook"}
        assert len(rule["annotations"]["runbook"]) > 60, rule["alert"]
        assert _shown(rule["annotations"]["summary"]) <= _left(rule["expr"]) | OF_PROMETHEUS, rule["alert"]


def test_the_panels_of_the_dashboard_stand_side_by_side_and_name_what_they_show() -> None:
    panels = json.loads(DASHBOARD.read_text())["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    taken: set[tuple[int, int]] = set()
    for panel in panels:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert at["x"] + at["w"] <= 24 and not cells & taken, panel["title"]
        taken |= cells
    for panel in _panels():
        for target in panel["targets"]:
            assert set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"])) <= _left(target["expr"]) | OF_PROMETHEUS


def _shown(text: str) -> set[str]:
    return set(re.findall(r"\$labels\.(\w+)", text))


def _left(expression: str) -> set[str]:
    """The labels that results are grouped by."""
    return promql.named(expression).groups


@pytest.mark.skipif(PROMTOOL is None, reason="promtool is not installed")
def test_promtool_reads_the_rules_and_they_fire_when_they_should() -> None:
    tests = ROOT / "tests" / "data" / "alerts_test.yml"
    for line in (["check", "config", str(RULES.with_name("prometheus.yml"))], ["test", "rules", str(tests)]):
        checked = subprocess.run([str(PROMTOOL), *line], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout + checked.stderr
