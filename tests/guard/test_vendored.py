"""What of others the page carries: each file is what its row in the manifest says, with its licence beside it."""

import hashlib
import json
from pathlib import Path

VENDOR = Path(__file__).parents[2] / "static" / "vendor"
ROWS = json.loads((VENDOR / "manifest.json").read_text())


def test_vendored_files_are_what_the_manifest_says() -> None:
    for row in ROWS:
        for name, digest in ((row["file"], row["sha256"]), (row["licence_file"], row["licence_sha256"])):
            assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest, name
        assert row["package"] and row["version"] and row["licence"] and row["made"]


def test_nothing_is_there_that_the_manifest_does_not_name() -> None:
    named = {"manifest.json"} | {row["file"] for row in ROWS} | {row["licence_file"] for row in ROWS}
    assert {path.name for path in VENDOR.iterdir()} == named


def test_the_notice_names_each_package_with_its_version() -> None:
    notice = (VENDOR.parents[1] / "NOTICE").read_text()
    assert [
        f"{row['package']} {row['version']}" for row in ROWS if f"{row['package']} {row['version']}" not in notice
    ] == []
