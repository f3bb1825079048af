"""The JavaScript client and the page's scripts under TypeScript's checker: their JSDoc, what they send to the API and
expect of it, and the declarations that the client ships.

Skipped where there is no node, or no package registry to get the checker from.
"""

import asyncio
import json
import shutil
from pathlib import Path

import pytest

from tests.support import npm
from tests.support.typescript import SDK, typings

ROOT = Path(__file__).parents[2]
OPTIONS = {
    "allowJs": True,
    "checkJs": True,
    "noEmit": True,
    "target": "es2023",
    "module": "esnext",
    "moduleResolution": "bundler",
    "lib": ["es2023", "dom", "dom.iterable", "dom.asynciterable"],
    "strict": False,
    "noImplicitThis": True,
    "skipLibCheck": True,
    "types": [],
    "paths": {"/sdk/*": ["./types/*"]},  # what the client declares
}
STRANGER = """
import { Parley, Refused, readWave } from "parley-client";
import type { ServerEvents } from "parley-client/events";

const parley = new Parley("https://parley.example", { token: "key" });
const quota: number = (await parley.get("/api/live/quota")).remaining_seconds;
const session = await parley.speaking({ reference_text: "Hello." });
session.on("transcript.final", (event) => event.text.length + event.words!.length);
session.on("connection", ({ state }) => state === "reconnecting");
session.on("turn.void", ({ turn_id }) => turn_id.length);
const final = (event: ServerEvents["pronunciation.final"]) => event.pronunciation.words.length;
session.on("pronunciation.final", (event) => final(event));
// @ts-expect-error there is no such event
session.on("transcript.finale", () => {});
// @ts-expect-error nor such a body
parley.call("POST", "/api/live/session/start", { session_type: "opera" });
await session.stream(readWave(new Uint8Array()));
const billed: number = (await session.end()).billed_seconds;
console.log(billed + quota, Refused);
"""


def test_the_declarations_are_those_of_the_client(tsc: Path, tmp_path: Path) -> None:
    """`npx tsc -p clients/javascript` writes them again."""
    shutil.copytree(SDK / "types", tmp_path / "types")
    for name in ("src", "tsconfig.json", "package.json"):
        (tmp_path / name).symlink_to(SDK / name)
    made = tmp_path / "made"
    done = npm.run([str(tsc), "-p", str(SDK), "--outDir", str(made), *typings(tsc)], seconds=300)
    assert done.returncode == 0, done.stdout
    generated = {"operations.d.ts", "events.d.ts"}
    written = {path.name: path.read_text() for path in made.iterdir()}
    shipped = {path.name: path.read_text() for path in (SDK / "types").iterdir() if path.name not in generated}
    assert shipped == written, "run `npx tsc -p clients/javascript`"


@pytest.mark.parametrize("libraries", ["es2023,dom,dom.asynciterable", "es2023"])
def test_a_program_of_strangers_is_checked_against_the_package(tsc: Path, tmp_path: Path, libraries: str) -> None:
    package = tmp_path / "node_modules" / "parley-client"
    shutil.copytree(SDK, package, ignore=shutil.ignore_patterns("src", "tsconfig.json", "node_modules"))
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "program.ts").write_text(STRANGER)
    options = ["--strict", "--noEmit", "--target", "es2023", "--module", "nodenext", "--types", "node"]
    options += ["--lib", libraries]
    done = npm.run([str(tsc), *options, *typings(tsc), "program.ts"], tmp_path, seconds=300)
    assert done.returncode == 0, done.stdout


async def test_scripts_and_the_document_agree(tsc: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "static" / "js", tmp_path / "js")
    shutil.copytree(SDK / "types", tmp_path / "types")
    shutil.copytree(ROOT / "tests" / "data" / "types", tmp_path / "vendor")
    project = {"compilerOptions": OPTIONS, "include": ["js/**/*"], "exclude": ["js/docs.js"]}  # that one is no app
    (tmp_path / "tsconfig.json").write_text(json.dumps(project))
    done = await asyncio.to_thread(npm.run, [str(tsc), "-p", str(tmp_path)], seconds=300)
    assert done.returncode == 0, done.stdout
