"""The order of a conversation's items, by id, as clients of the OpenAI Realtime API see it."""

import re

import orjson

from kit import errors
from kit.storable import JsonObject

MOST_KEPT = 10_000
_MOST_BYTES = 2 * 1024 * 1024
_LONGEST_ID = 32  # as that API allows
SHOWN_ID = 64
"""So much of an id is told again."""
_SPEAKER = "assistant"
_ROOT = "root"
# Thai, Lao, Tibetan, Burmese, Khmer, Japanese and Chinese: between words there is no space.
_UNSPACED = re.compile("[\u0e00-\u109f\u1780-\u17ff\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff9f]")


class ItemOrder:
    """Everything that is said becomes an item here, spoken or typed, by whichever side. The oldest of very many are
    forgotten."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._roles: dict[str, str] = {}  # the oldest first, wherever they are put
        self._sound_ms: dict[str, float] = {}
        self._items: dict[str, JsonObject] = {}
        self._sizes: dict[str, int] = {}
        self._forgotten: set[str] = set()  # of those that have a role
        self._bytes = 0

    @property
    def last(self) -> str | None:
        """The newest item's id."""
        return self._ids[-1] if self._ids else None

    def append(self, item_id: str, role: str) -> str | None:
        """Put an item at the end. Returns the id of the one before."""
        return self.insert(item_id, role, self.last)

    def insert(self, item_id: str, role: str, before: str | None) -> str | None:
        """Put an item behind `before`, or at the beginning. Returns `before`."""
        place = 0 if before is None else self._ids.index(before) + 1
        self._ids.insert(place, item_id)
        self._roles[item_id] = role
        if len(self._ids) > MOST_KEPT:
            self.remove(next(iter(self._roles)))
        return before

    def remove(self, item_id: str) -> bool:
        """Forget an item, and its place. False for an unknown one."""
        if self._roles.pop(item_id, None) is None:
            return False
        self._ids.remove(item_id)
        self._sound_ms.pop(item_id, None)
        self._forget(item_id)
        self._forgotten.discard(item_id)
        return True

    def has(self, item_id: str) -> bool:
        """Whether it has a place, though it may not be told yet."""
        return item_id in self._roles

    def is_unanswered(self, item_id: object) -> bool:
        """Whether this is something that the learner said aloud, and nobody has said anything since."""
        for last_id in reversed(self._ids):
            if self._roles[last_id] in (_SPEAKER, "function"):
                return False
            if last_id == item_id:
                item = self._items.get(last_id, {})
                return any(part["type"] == "input_audio" for part in item.get("content", ()))
        return False

    def keep(self, item: JsonObject) -> None:
        """An item as it is told, if it has its place. The oldest are forgotten when very much was said, and for good:
        kept again, they would come last."""
        if item["id"] not in self._roles or item["id"] in self._forgotten:
            return
        item_id, size = item["id"], len(orjson.dumps(item))
        self._bytes += size - self._sizes.get(item_id, 0)
        self._items[item_id], self._sizes[item_id] = item, size
        while self._bytes > _MOST_BYTES and len(self._items) > 1:
            oldest = next(iter(self._items))
            self._forget(oldest)
            self._forgotten.add(oldest)

    def item(self, item_id: str) -> JsonObject | None:
        """An item as it was told last; None for an unknown one."""
        return self._items.get(item_id)

    def kept(self) -> list[JsonObject]:
        """All of them, in order."""
        return [self._items[item_id] for item_id in self._ids if item_id in self._items]

    def _forget(self, item_id: str) -> None:
        self._items.pop(item_id, None)
        self._bytes -= self._sizes.pop(item_id, 0)

    def add_sound(self, item_id: str, ms: float) -> None:
        """So much more of an item's sound was sent. Of one that was removed nothing is noted."""
        if item_id in self._roles:
            self._sound_ms[item_id] = self._sound_ms.get(item_id, 0.0) + ms

    def place_of(self, item_id: object, previous_id: object) -> str | None:
        """Behind which item a client wants to add one; None is the beginning. Failure with that API's codes for an id
        that is taken, and for a place that does not exist."""
        if isinstance(item_id, str) and item_id in self._roles:
            why = f"Error adding item: an item with id '{item_id}' already exists."
            raise errors.invalid(why, [("/item/id", "is taken")], "item_create_duplicate_item_id")
        if item_id is not None and not (isinstance(item_id, str) and 0 < len(item_id) <= _LONGEST_ID):
            wrong = [("/item/id", f"a text of 1 to {_LONGEST_ID} characters")]
            raise errors.invalid(f"An item's id has 1 to {_LONGEST_ID} characters.", wrong)
        if previous_id is None:
            return self.last
        if previous_id == _ROOT:
            return None
        if not (isinstance(previous_id, str) and previous_id in self._roles):
            where = [("/previous_item_id", f"an item of this conversation, {_ROOT} or nothing")]
            why = "Error adding item: the item before it does not exist."
            raise errors.invalid(why, where, "item_create_invalid_previous_item_id")
        return previous_id

    def truncate(self, item_id: str, end_ms: int) -> None:
        """What was said of an answer that is over ends there, as far as its words can be told from its length."""
        item, sent_ms = self._items.get(item_id), self._sound_ms.get(item_id, 0.0)
        if item is None or item["status"] == "in_progress" or end_ms >= sent_ms:
            return
        part = item["content"][0]
        name = "transcript" if "transcript" in part else "text"
        text = part[name][: int(len(part[name]) * end_ms / sent_ms)]
        at_end = part[name].startswith(f"{text} ") or _UNSPACED.fullmatch(text[-1:])
        whole = text if at_end else text.rpartition(" ")[0]
        self.keep({**item, "content": [{**part, name: whole}]})
        self._sound_ms[item_id] = float(end_ms)

    def check_truncation(self, item_id: str, end_ms: int) -> None:
        """A place at which a client wants to truncate an item. Failure with that API's codes unless it is the tutor's,
        and sound was sent up to there."""
        if item_id not in self._roles:
            why = f"Error truncating item: the item with id '{item_id[:SHOWN_ID]}' does not exist."
            raise errors.invalid(why, [("/item_id", "an item")], "item_truncate_invalid_item_id")
        if self._roles[item_id] != _SPEAKER:
            raise errors.invalid("Only the assistant's items can be truncated.", [("/item_id", "an assistant's item")])
        sent_ms = int(self._sound_ms.get(item_id, 0.0))
        if end_ms > sent_ms:
            why = f"Audio content of {sent_ms}ms is already shorter than {end_ms}ms"
            raise errors.invalid(why, [("/audio_end_ms", f"at most {sent_ms}")])
