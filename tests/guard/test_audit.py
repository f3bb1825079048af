"""The audit of the locks fails for a flaw and, where it is insisted on, when it looked at nothing."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.source import ROOT

_STUB = f"""#!/bin/sh
# pip installs nothing, pip-audit writes the report that stands beside, if any; what is read from stdin is run.
report=
for word in "$@"; do [ "$last" = --output ] && report=$word; last=$word; done
case "$2" in
  pip) exit 0 ;;
  pip_audit) cp "$0.report" "$report" ; exit 1 ;;
esac
exec {sys.executable} "$@"
"""


def _audit(folder: Path, report: dict[str, Any] | None, *words: str) -> int:
    (folder / ".ci").mkdir()
    (folder / ".tools").mkdir()
    (folder / "bin").mkdir()
    shutil.copy(ROOT / ".ci/audit", folder / ".ci/audit")
    stub = folder / "bin" / "python3"
    stub.write_text(_STUB)
    stub.chmod(0o755)
    if report is not None:
        Path(f"{stub}.report").write_text(json.dumps(report))
    line = ["bash", str(folder / ".ci/audit"), *words]
    return subprocess.run(line, env={"PATH": f"{stub.parent}:/usr/bin:/bin"}, capture_output=True).returncode


_GOOD = {"name": "a", "version": "1", "vulns": []}
_BAD = {"name": "b", "version": "1", "vulns": [{"id": "CVE-1"}]}
_SKIPPED = {"name": "c", "skip_reason": "the index did not answer"}


@pytest.mark.parametrize(
    ("packages", "usual", "insisting"),
    [([_GOOD], 0, 0), ([_GOOD, _BAD], 1, 1), ([_GOOD, _SKIPPED], 0, 1), ([_SKIPPED], 0, 1), ([], 0, 1), (None, 0, 1)],
)
def test_what_was_not_looked_at_is_not_without_flaws(
    tmp_path: Path, packages: list[dict[str, Any]] | None, usual: int, insisting: int
) -> None:
    report = None if packages is None else {"dependencies": packages}
    for name, words, code in (("usual", (), usual), ("insisting", ("--insist",), insisting)):
        (tmp_path / name).mkdir()
        assert _audit(tmp_path / name, report, *words) == code, name
