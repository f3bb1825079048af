"""Where a public signature still says `Any`: edges to libraries without types, each with its reason.

Public is what has no leading underscore: parameters and results of functions and methods, attributes, fields of
dataclasses, named types. The list can only become shorter.
"""

import ast
from collections.abc import Iterator

from tests.support.source import named, ours, parsed

_AIOHTTP = "aiohttp's own options and context managers, which it does not name"
_REDIS = "redis-py passes any command through one method"
_SOCKETIO = "python-socketio has no types"
_WHISPER = "faster-whisper, CTranslate2 and tokenizers have no types"
_JSON = "a JSON value whose members are looked at one by one"
_DECODED = "a JSON value that is a message of a client, parsed by the schema of its event"

ALLOWED = {
    "kit/storable.py:JsonObject": "what JsonObject stands for",
    "kit/http/door.py:Runner.__init__": _AIOHTTP,
    "kit/outbound.py:Outbound.request": _AIOHTTP,
    "kit/outbound.py:Outbound.socket": _AIOHTTP,
    "kit/redis.py:Command": _REDIS,
    "kit/redis.py:Breaker.through": _REDIS,
    "kit/redis.py:Redis.execute_command": _REDIS,
    "kit/metrics.py:Snapshot": "nested lists as prometheus_client gives them and JSON keeps them",
    "kit/tasks.py:Tasks.spawn": "what a coroutine yields to the loop is the loop's own affair",
    "realtime/transports/socketio/line.py:Line.__init__": _SOCKETIO,
    "realtime/transports/socketio/namespace.py:SessionNamespace.trigger_event": _SOCKETIO,
    "realtime/transports/socketio/packets.py:Packet.data": _JSON,
    "realtime/node/connection.py:Send": _DECODED,
    "realtime/node/connection.py:Connection.send": _DECODED,
    "realtime/node/dialogue.py:Handler": _DECODED,
    "realtime/node/dialogue.py:Dialogue.take": _DECODED,
    "realtime/node/guard.py:parse": _DECODED,
    "realtime/node/guard.py:audio": _DECODED,
    "realtime/node/guard.py:refusal": _DECODED,
    "realtime/node/guard.py:body": _DECODED,
    "realtime/node/log.py:Entry.data": _DECODED,
    "realtime/node/log.py:EventLog.number": _DECODED,
    "realtime/node/log.py:parsed": _REDIS,
    "realtime/node/media.py:Take": _DECODED,
    "realtime/node/media.py:Media.candidate": _DECODED,
    "realtime/node/tickets.py:claims": _DECODED,
    "realtime/node/tickets.py:caller_of": _DECODED,
    "speech/engines/whisper.py:WhisperEngine.__init__": _WHISPER,
    "speech/engines/window.py:Window.encoded": _WHISPER,
    "speech/engines/window.py:Window.aligned": _WHISPER,
    "speech/engines/window.py:storage": _WHISPER,
    "speech/engines/writer.py:Writer.__init__": _WHISPER,
    "speech/pool/jobs.py:Load.silence": _WHISPER,
    "speech/pool/jobs.py:Loaded.silence": _WHISPER,
    "speech/transcription/tokens.py:Vocabulary.__init__": _WHISPER,
    "speech/transcription/formats.py:words_json": _JSON,
}
"""Reasons by place."""


def signatures() -> list[str]:
    """Public names that say `Any` and have no reason to."""
    found = {f"{named(path)}:{name}" for path in ours() for name in _untyped(parsed(path).body, "")}
    return sorted(found - ALLOWED.keys())


def _untyped(body: list[ast.stmt], prefix: str) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            if any(map(_says_any, node.bases)):
                yield f"{prefix}{node.name}"
            yield from _untyped(node.body, f"{prefix}{node.name}.")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _of_function(node, prefix)
        elif isinstance(node, ast.AnnAssign | ast.Assign):
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            says = node.annotation if isinstance(node, ast.AnnAssign) else node.value
            alias = isinstance(node, ast.AnnAssign) or isinstance(says, ast.Subscript | ast.BinOp)
            if isinstance(target, ast.Name) and not target.id.startswith("_") and alias and _says_any(says):
                yield f"{prefix}{target.id}"


def _of_function(node: ast.FunctionDef | ast.AsyncFunctionDef, prefix: str) -> Iterator[str]:
    if node.name.startswith("_") and node.name not in ("__init__", "__call__"):
        return
    taken = node.args
    every = [*taken.posonlyargs, *taken.args, *taken.kwonlyargs, taken.vararg, taken.kwarg]
    if any(_says_any(one.annotation) for one in every if one is not None) or _says_any(node.returns):
        yield f"{prefix}{node.name}"
    if node.name == "__init__":
        for inner in ast.walk(node):
            if not isinstance(inner, ast.AnnAssign) or not isinstance(inner.target, ast.Attribute):
                continue
            if not inner.target.attr.startswith("_") and _says_any(inner.annotation):
                yield f"{prefix}{inner.target.attr}"


def _says_any(node: ast.expr | None) -> bool:
    if node is None:
        return False
    return any(isinstance(one, ast.Name) and one.id == "Any" for one in ast.walk(node)) or any(
        isinstance(one, ast.Constant) and isinstance(one.value, str) and "Any" in one.value.replace("[", " ").split()
        for one in ast.walk(node)
    )
