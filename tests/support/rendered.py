"""`python rendered.py CHART VALUES` renders a chart by Helm's own engine, of requirements-deploy.lock.

Prints JSON: {lint: [what Helm complains of], objects: [...], invalid: [what does not fit Kubernetes' schemas]}.
"""

import json
import sys

import helm_python.chart  # type: ignore[import-not-found]
import kubernetes_validate  # type: ignore[import-not-found]
import yaml  # type: ignore[import-untyped]

VERSION = "1.33"
_ADVICE = 1  # the lowest of Helm's severities


def main(chart: str, values: str) -> None:
    given = json.loads(values)
    linted = helm_python.chart.lint(chart, given, strict=True)
    complaints = [*linted["errors"], *(one["error"] for one in linted["messages"] if one["severity"] > _ADVICE)]
    objects, invalid = [], []
    with helm_python.chart.Chart.load(chart) as loaded:
        files = loaded.render(given, name="school", namespace="voices")
    for path, text in sorted(files.items()):
        if not path.endswith(".txt"):
            objects += [one for one in yaml.safe_load_all(text) if one]
    for one in objects:
        if one["apiVersion"].partition("/")[0] == "keda.sh":
            continue  # a resource of KEDA's own, which has no schema there
        try:
            kubernetes_validate.validate(one, VERSION, strict=True)
        except kubernetes_validate.ValidationError as error:
            invalid.append(f"{one['kind']}: {list(error.path)} {error.message}")
    print(json.dumps({"lint": complaints, "objects": objects, "invalid": invalid}))


if __name__ == "__main__":
    main(*sys.argv[1:])
