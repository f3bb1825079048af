"""The repository's own shape: rules that no single test would notice being broken."""

import ast
import io
import re
import tokenize
from functools import cache
from itertools import groupby
from pathlib import Path

from tests.support import docstrings, patched, sizes, tables, untyped
from tests.support.source import OURS, ROOT
from tests.support.source import ours as _ours
from tests.support.source import tracked as _tracked


def _naming(pattern: str, allowed: set[str]) -> list[str]:
    """Files of ours that match `pattern` and may not."""
    wanted = re.compile(pattern)
    found = (path.relative_to(ROOT).as_posix() for path in _ours() if wanted.search(path.read_text()))
    return sorted(name for name in found if not any(name.startswith(prefix) for prefix in allowed))


def test_packages_hold_nothing_in_their_init() -> None:
    assert [path for path in _ours() if path.name == "__init__.py" and path.read_text().strip()] == []


def test_tasks_are_started_in_one_place_only() -> None:
    # The client is a file for others to copy, so it stands alone.
    assert _naming(r"\bcreate_task\(", {"kit/tasks.py", "server/cli/client.py"}) == []


def test_the_environment_is_read_in_one_place_only() -> None:
    # The set-up runs before there are any settings; whoever starts a child hands its environment on.
    starters = {
        "kit/processes/environment.py",
        "speech/weights/store.py",
    }
    allowed = {"server/config.py", "server/bootstrap/", "server/cli/", "server/embedded/", *starters}
    assert _naming(r"os\.environ|os\.getenv", allowed) == []


def test_child_processes_are_started_in_one_place_only() -> None:
    modules = (
        r"import (?:subprocess|multiprocessing|pty)\b|from (?:subprocess|multiprocessing|pty)\b|ProcessPoolExecutor"
    )
    calls = (
        r"os\.(?:fork|forkpty|posix_spawnp?|system|popen|spawn\w+)\b|create_subprocess_|\.subprocess_(?:exec|shell)\b"
    )
    allowed = {
        "kit/processes/",
        "server/bootstrap/",  # runs on a bare Python, before there are packages
        "speech/pronunciation/training/parallel.py",  # inherits its data by fork; never part of a server
    }
    assert _naming(rf"{modules}|{calls}", allowed) == []


def test_names_say_what_a_thing_is() -> None:
    assert _naming(r"class \w*(Manager|Helper|Utils|Base)\b(?!Model)", set()) == []


def test_no_address_of_a_package_registry_is_written_down() -> None:
    hosts = re.compile(r"pypi\.org|pythonhosted\.org|registry\.npmjs|npmjs\.com|deb\.debian\.org")
    text = (".py", ".lock", ".toml", ".md", ".sh", ".cfg", ".html", ".js", "run")
    found = [
        path.relative_to(ROOT).as_posix()
        for path in _tracked()
        if path.name.endswith(text) and path != Path(__file__) and hosts.search(path.read_text(errors="ignore"))
    ]
    assert found == []


def test_locks_pin_versions_and_hashes() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        entries = re.split(r"\n(?=\S)", (ROOT / name).read_text())
        pins = [entry for entry in entries if "==" in entry.splitlines()[0]]
        assert len(pins) > 50
        assert [entry.splitlines()[0] for entry in pins if "--hash=sha256:" not in entry] == []


def test_folders_are_deleted_with_their_content_in_one_place_only() -> None:
    """And nobody asks a program for it; what Python makes and takes away again by itself has a name nobody else has."""
    asked = r"[\"']rm[\"'],|\brm -\w*r|[\"']--(?:clear|force)[\"']"
    deletes = re.compile(rf"rmtree\(|removedirs\(|topdown=False|{asked}")
    spoken_of = {"kit/removal.py", "tests/guard/test_tree.py"}
    found = {p.relative_to(ROOT).as_posix() for p in _tracked("*.py", "*.sh", ".ci/*") if deletes.search(p.read_text())}
    assert found - spoken_of == set()


def test_who_deletes_folders_is_known() -> None:
    """Each of them made the folder itself and marked it. Whoever comes new here has to as well."""
    calls = {"removal.remove(", "removal.make(", "removal.claim("}
    users = {p.relative_to(ROOT).as_posix() for p in _ours() if any(call in p.read_text() for call in calls)}
    assert users == {
        "server/bootstrap/environment.py",  # .venv
        "server/bootstrap/installer.py",  # .tools/uv-*
        "server/embedded/postgres.py",  # a half-made cluster
        "server/embedded/runtime.py",  # the folder of the sockets
        "kit/scratch.py",  # temporary files
        "speech/weights/store.py",  # half-fetched and damaged models
    }


def test_who_makes_folders_that_python_takes_away_is_known() -> None:
    known = {"server/bootstrap/installer.py", "server/bootstrap/debian.py", "api/knowledge/ingest.py"}
    makers = _naming(r"TemporaryDirectory\(", known)
    assert makers == []


_FOLDERS = (*OURS, "docs", "tests", "static", "benchmarks", "deploy", "clients")
_PATH = re.compile(rf"`((?:{'|'.join(_FOLDERS)})/[\w./-]+\.(?:py|md|js|sql|json|tsv))(?:::([\w.]+))?`")
_LINK = re.compile(r"\]\(([\w./-]+\.md)(?:#[\w-]+)?\)")


@cache
def _names(path: Path) -> set[str]:
    """Functions and classes of a file, and methods as `Class.method`."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, (*functions, ast.ClassDef)):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{one.name}" for one in node.body if isinstance(one, functions)}
    return found


def test_documents_name_what_exists() -> None:
    """Files as `folder/file.py`, what is in them as `folder/file.py::Class.method`, and other documents by links."""
    missing = []
    for document in _tracked("*.md"):
        if document.name.endswith("-rooms.md"):  # the record of a move names what was before
            continue
        text, where = document.read_text(), document.relative_to(ROOT)
        for name, inside in _PATH.findall(text):
            path = ROOT / name
            if not path.exists() or (inside and inside not in _names(path)):
                missing.append(f"{where}: {name}::{inside}" if inside else f"{where}: {name}")
        links = _LINK.findall(text)
        missing += [f"{where}: {link}" for link in links if not (document.parent / link).exists()]
    assert missing == []


def test_each_walk_has_ten_steps_at_most_twelve_files_and_enters_a_room_once() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text()
    walks = text.split("## Five walks")[1].split("## Twenty questions")[0].split("\n### ")[1:]
    steps = [[line for line in walk.split("\n") if re.match(r"\d+\. ", line)] for walk in walks]
    assert [len(lines) for lines in steps] == [10] * 5
    for lines in steps:
        files = [name for line in lines for name, _ in _PATH.findall(line)]
        assert len(set(files)) <= 12
        rooms = [room for room, _ in groupby(name.rsplit("/", 1)[0] for name in files)]
        assert sorted(rooms) == sorted(set(rooms)), lines[0]


def test_twenty_questions_have_one_answer_each() -> None:
    rows = (ROOT / "docs" / "architecture.md").read_text().split("## Twenty questions")[1].split("\n")
    answers = [len(_PATH.findall(line)) for line in rows if "?" in line]
    assert answers == [1] * 20


_OLD_WORDS = re.compile(
    r"\b(?:ears|crew|whoever|mend(?:s|ed|ing)?|kin|henceforth|hither|thereby|whereby|nought|withal|dawdl\w+|anew|"
    r"the books|of no use|no news|goes without saying)\b",
    re.IGNORECASE,
)
_OLD_NAMES = r"^class (?:Ears|Hearing|Told|Teller|Books|Keeper|Lines|Crew|Driver)\b"


def _prose(path: Path) -> str:
    """Comments and docstrings of a module, or a whole document; "" where no word is looked for."""
    text = path.read_text()
    if path.suffix != ".py" or not _OLD_WORDS.search(text):
        return text if path.suffix != ".py" else ""
    docstrings = (ast.get_docstring(node) or "" for node in ast.walk(ast.parse(text)) if isinstance(node, _DOCUMENTED))
    comments = (
        one.string for one in tokenize.generate_tokens(io.StringIO(text).readline) if one.type == tokenize.COMMENT
    )
    return "\n".join([*docstrings, *comments])


_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def test_words_of_the_old_dialect_do_not_come_back() -> None:
    """docs/style.md has the words to use instead."""
    excepted = ("docs/style.md", "docs/decisions/019-rooms.md")
    documents = [path for path in _tracked("*.md") if path.relative_to(ROOT).parts[0] not in ("tests", "benchmarks")]
    found = {
        f"{path.relative_to(ROOT)}: {word}"
        for path in (*_ours(), *documents)
        if not path.relative_to(ROOT).as_posix().startswith(excepted)
        for word in _OLD_WORDS.findall(_prose(path))
    }
    assert found == set()
    assert [p.name for p in _ours() if re.search(_OLD_NAMES, p.read_text(), re.MULTILINE)] == []


def test_words_are_told_apart_in_one_place_only() -> None:
    """`language/tokens.py`. How a text is read aloud, searched and drawn are other questions."""
    splits = r"""(?:findall|finditer)\(\s*r?["'](?:\(\?:)?(?:\[a-z|\[A-Za-z|\\w|\[\^\\W|\[\\w)|\b_WORD = re\.compile"""
    others = {"language/terms.py", "kit/typography.py", "speech/pronunciation/lexicon/", "speech/synthesis/visemes.py"}
    unlike = {"speech/pronunciation/training/", "speech/decoding/"}
    assert _naming(splits, {"language/tokens.py", *others, *unlike}) == []


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    """A new one takes the highest number plus one and a line in docs/decisions/README.md."""
    folder = ROOT / "docs" / "decisions"
    files = sorted(path for path in _tracked("docs/decisions/*.md") if path.name != "README.md")
    assert [path.name[:3] for path in files] == [f"{number:03}" for number in range(1, len(files) + 1)]
    index = (folder / "README.md").read_text()
    assert [path.name for path in files if f"[{path.name[:3]}]({path.name})" not in index] == []
    assert [path.name for path in files if not path.read_text().startswith(f"# {path.name[:3]}")] == []


def test_every_file_can_be_read_in_one_sitting() -> None:
    assert sizes.long_files() == {}


def test_every_function_fits_on_a_screen() -> None:
    assert sizes.long_functions() == {}


def test_no_class_is_a_bag_of_methods() -> None:
    assert sizes.large_classes() == {}


def test_no_function_asks_for_many_things() -> None:
    assert sizes.wide_functions().keys() == sizes.WIDE.keys(), "values that travel together are one object"


def test_public_signatures_say_what_they_take_and_give() -> None:
    assert untyped.signatures() == [], "type it; only the edges to libraries without types are listed"


def test_nine_of_ten_public_names_say_what_they_are() -> None:
    count, bare = docstrings.missing()
    assert len(bare) <= count / 10, bare[:20]


def test_every_table_has_one_owner_and_others_ask_it() -> None:
    assert tables.unowned() == set()
    assert tables.reached_into() == set(), "ask the table's slice through a port"


def test_what_tests_replace_by_name_is_there() -> None:
    assert patched.missing() == []
