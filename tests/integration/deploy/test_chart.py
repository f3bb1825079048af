"""deploy/ in the tools of others: Helm's engine, Kubernetes' schemas, hadolint, Docker Compose.

Skipped where `.ci/run` did not fetch them."""

import functools
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from server.config import Settings
from tests.support.proxies import DEPLOY

ROOT = DEPLOY.parent
TOOLS = ROOT / ".tools" / "deploy"
CHART = DEPLOY / "helm" / "parley"
SECRETS = {"databaseUrl": "postgresql://u:p@db/parley", "redisUrl": "redis://r:6379/0", "secretKey": "k" * 64}
TURN = {"turn": {"servers": ["turn:turn.parley.example:3478"]}, "secrets": {**SECRETS, "turnSecret": "t"}}
KNOWN = {f"PARLEY_{name.upper()}" for name in Settings.model_fields} | {"DATABASE_URL", "REDIS_URL"}
pytestmark = pytest.mark.skipif(not TOOLS.exists(), reason="the tools of requirements-deploy.lock are not in .tools")


def run(*line: str | Path) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "PYTHONPATH": str(TOOLS)}
    return subprocess.run(line, capture_output=True, text=True, check=False, env=variables, cwd=ROOT)


def helm(**values: Any) -> subprocess.CompletedProcess[str]:
    return rendered(json.dumps(values))


@functools.cache
def rendered(values: str) -> subprocess.CompletedProcess[str]:
    """Helm's engine takes seconds; whoever reads its text parses it anew."""
    return run(sys.executable, ROOT / "tests" / "support" / "rendered.py", CHART, values)


def objects(**values: Any) -> dict[str, dict[str, Any]]:
    """What is installed, by "Kind" or "Kind name" where there are several; linted and fit for Kubernetes."""
    done = helm(**values)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["lint"], found["invalid"]) == ([], [])
    return {f"{one['kind']} {one['metadata']['name']}": one for one in found["objects"]}


@pytest.mark.parametrize("kind", ["none", "hpa", "keda"])
def test_the_chart_is_sound_and_scales_on_sessions(kind: str) -> None:
    made = objects(**TURN, autoscaling={"kind": kind})
    assert ("replicas" in made["Deployment school"]["spec"]) == (kind == "none"), (
        "or each upgrade would undo the scaling"
    )
    if kind == "hpa":
        (metric,) = made["HorizontalPodAutoscaler school"]["spec"]["metrics"]
        name = metric["pods"]["metric"]["name"]
    elif kind == "keda":
        (trigger,) = made["ScaledObject school"]["spec"]["triggers"]
        assert trigger["metadata"]["query"] == 'sum(parley_live_sessions{namespace="voices"})'
        name = re.findall(r"parley_\w+", trigger["metadata"]["query"])[0]
    else:
        return
    assert name in (DEPLOY / "prometheus" / "alerts.yml").read_text(), "whose metrics exist, as another test says"


def test_a_pod_has_more_time_to_end_than_its_sessions_need() -> None:
    made = objects(**TURN, drainSeconds=90, unlistedSeconds=15)
    pod = made["Deployment school"]["spec"]["template"]["spec"]
    (node,) = pod["containers"]
    assert "time.sleep(15)" in node["lifecycle"]["preStop"]["exec"]["command"][-1]
    assert made["ConfigMap school"]["data"]["PARLEY_DRAIN_SECONDS"] == "90"
    assert pod["terminationGracePeriodSeconds"] > 90 + 15
    assert {probe for probe in node if probe.endswith("Probe")} == {"startupProbe", "readinessProbe", "livenessProbe"}
    assert made["PodDisruptionBudget school"]["spec"]["maxUnavailable"] == 1


def test_everything_selects_the_nodes_and_not_the_job_that_migrates() -> None:
    made = objects(**TURN)
    nodes = made["Deployment school"]["spec"]["template"]["metadata"]["labels"]
    job = made["Job school-migrate"]
    others = job["spec"]["template"]["metadata"]["labels"]
    chosen = [
        made["Deployment school"]["spec"]["selector"]["matchLabels"],
        made["PodDisruptionBudget school"]["spec"]["selector"]["matchLabels"],
        made["NetworkPolicy school"]["spec"]["podSelector"]["matchLabels"],
        made["Service school"]["spec"]["selector"],
    ]
    for labels in chosen:
        assert labels.items() <= nodes.items() and not labels.items() <= others.items()
    assert "selector" not in made["Service school-closed"]["spec"], "/metrics is closed at the ingress"
    first = ("Secret school", "Job school-migrate")
    before = [int(made[name]["metadata"]["annotations"]["helm.sh/hook-weight"]) for name in first]
    assert before == sorted(before), "the job needs the secret"


def test_no_container_has_a_right_or_a_secret_in_its_text() -> None:
    made = objects(**TURN)
    for name in ("Deployment school", "Job school-migrate"):
        pod = made[name]["spec"]["template"]["spec"]
        assert pod["securityContext"]["runAsNonRoot"] and not pod["automountServiceAccountToken"]
        for one in pod["containers"]:
            confined = one["securityContext"]
            assert confined["readOnlyRootFilesystem"] and confined["capabilities"] == {"drop": ["ALL"]}
            assert not confined["allowPrivilegeEscalation"]
    open_text = json.dumps({name: one for name, one in made.items() if not name.startswith("Secret ")})
    assert not any(secret in open_text for secret in SECRETS.values())


def test_every_setting_of_the_chart_is_one_of_the_server() -> None:
    made = objects(**TURN, settings={"PARLEY_REGISTRATION": "closed"})
    (node,) = made["Deployment school"]["spec"]["template"]["spec"]["containers"]
    named = {*made["ConfigMap school"]["data"], *(one["name"] for one in node["env"])}
    assert {"PARLEY_REGISTRATION", "PARLEY_TURN_SECRET", "PARLEY_ICE_PORTS"} <= named <= KNOWN


def test_an_existing_secret_is_used_and_without_any_helm_says_what_is_missing() -> None:
    made = objects(existingSecret="mine")
    assert not any(name.startswith("Secret ") for name in made)
    (node,) = made["Deployment school"]["spec"]["template"]["spec"]["containers"]
    assert {one["valueFrom"]["secretKeyRef"]["name"] for one in node["env"]} == {"mine"}
    for values, missing in (({}, "secrets.databaseUrl"), ({**TURN, "secrets": SECRETS}, "secrets.turnSecret")):
        assert missing in helm(**values).stderr
    assert "none, keda or hpa" in helm(existingSecret="mine", autoscaling={"kind": "magic"}).stderr


def test_hadolint_finds_nothing_in_the_dockerfile() -> None:
    checked = run(TOOLS / "bin" / "hadolint", DEPLOY / "Dockerfile")
    assert (checked.returncode, checked.stdout) == (0, "")


def test_docker_compose_reads_the_compose_file(tmp_path: Path) -> None:
    """By its own schema and rules; it starts nothing."""
    filled = tmp_path / "env"
    filled.write_text(re.sub(r"=$", "=x", (DEPLOY / "env.example").read_text(), flags=re.MULTILINE))
    line: list[str | Path] = [TOOLS / "bin" / "docker-compose", "--file", DEPLOY / "compose.yaml", "--env-file"]
    checked = run(*line, filled, "config", "--format", "json")
    assert checked.returncode == 0, checked.stderr
    services = json.loads(checked.stdout)["services"]
    assert {"node-1", "node-2", "postgres", "valkey", "caddy", "coturn"} == set(services)
    node = services["node-1"]
    assert node["read_only"] and node["cap_drop"] == ["ALL"]
    assert node["stop_grace_period"] == "1m30s" and float(node["environment"]["PARLEY_DRAIN_SECONDS"]) < 90
    assert set(node["environment"]) <= KNOWN
    lacking = run(*line, DEPLOY / "env.example", "config", "--quiet")
    assert lacking.returncode != 0, "a secret that is not filled in stops it"
