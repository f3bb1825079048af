"""Function calls in the chunks of a language model's answer. Servers differ, and the package checks no shapes."""

from collections.abc import Iterator
from typing import Any

from api.chat.providers.models import CallDelta
from kit import ids, storable
from kit.openai_servers import ServerTrouble

_MOST_CALLS = 128
_LONGEST_ARGUMENTS = 1_000_000  # of all calls together: what clients may send back


class FunctionCalls:
    """Of one answer."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._written = 0
        self._places: dict[object, int] = {}  # by the server's number of a call, if it gives one

    def in_chunk(self, chunk: object) -> Iterator[CallDelta]:
        """Its pieces of calls. ServerTrouble when there are too many of them or they are too long: what was asked
        for is at fault, not the server."""
        choices = getattr(chunk, "choices", None)
        delta = getattr(choices[0], "delta", None) if isinstance(choices, list) and choices else None
        found = getattr(delta, "tool_calls", None)
        for one in found if isinstance(found, list) else ():
            if (piece := self._piece(one)) is not None:
                yield piece

    def _piece(self, one: Any) -> CallDelta | None:
        function, number = getattr(one, "function", None), getattr(one, "index", None)
        name, arguments = _text(getattr(function, "name", None)), _text(getattr(function, "arguments", None))
        given = _text(getattr(one, "id", None))
        self._written += len(arguments)
        if self._written > _LONGEST_ARGUMENTS:
            raise ServerTrouble("unfit", "it writes arguments without end", again=False)
        index = self._places.get(number, len(self._ids) - 1 if number is None else -1)
        # Some servers number every call 0, and know them by their ids.
        if name and (index < 0 or (given and given != self._ids[index])):
            if len(self._ids) >= _MOST_CALLS:
                raise ServerTrouble("unfit", "it calls functions without end", again=False)
            index = len(self._ids)
            self._ids.append(given or f"call_{ids.secret(16)}")
            if number is not None:
                self._places[number] = index
            return CallDelta(index, self._ids[index], name, arguments)
        return CallDelta(index, None, None, arguments) if index >= 0 and arguments else None


def _text(given: object) -> str:
    return storable.cleaned(given) if isinstance(given, str) else ""
