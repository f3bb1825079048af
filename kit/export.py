"""Everything of one row of a root table (a person), as a ZIP file: the rows that would be deleted with it, found by the
foreign keys that delete. So nothing has to be listed, and a new table is not forgotten.

One file of JSON lines for each table; bytes (recordings, documents) are files. Secrets and what is only computed from
other rows are left out.
"""

import asyncio
import mimetypes
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from kit import scratch
from kit.database import Connection, Database, Record

_SECRET = re.compile(r"(_sealed|_hash|_digest|^verifier.*|^bucket|^token|^secret|^private_key.*|^public_key)$")
_COMPUTED = ("tsvector", "vector")
_AT_ONCE = 50
_FILES_AT_ONCE = 2  # rows, each with a whole recording or document

_KEYS = """
    select c.conrelid::regclass::text as child, c.confrelid::regclass::text as parent,
           (select array_agg(a.attname::text order by k.place) from unnest(c.conkey) with ordinality k(number, place)
            join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number) as columns,
           (select array_agg(a.attname::text order by k.place) from unnest(c.confkey) with ordinality k(number, place)
            join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.number) as named
    from pg_constraint c where c.contype = 'f' and c.confdeltype = 'c' and c.connamespace = 'public'::regnamespace
    order by 1, 2"""
_COLUMNS = """
    select c.relname::text as "table", a.attname::text as name, t.typname::text as type
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
    order by a.attnum"""


@dataclass
class _Table:
    name: str
    columns: dict[str, str] = field(default_factory=dict)
    where: list[str] = field(default_factory=list)

    @property
    def left_out(self) -> list[str]:
        hidden = (*_COMPUTED, "bytea")
        return [name for name, kind in self.columns.items() if kind in hidden or _SECRET.search(name)]

    @property
    def files(self) -> list[str]:
        return [name for name, kind in self.columns.items() if kind == "bytea" and not _SECRET.search(name)]


class Exporting:
    """`root` is the table of the people."""

    def __init__(self, database: Database, root: str) -> None:
        self._database = database
        self._root = root

    async def write(self, id_: str, path: Path) -> None:
        """The ZIP file of the row with this id, at `path`. Tables are read one after the other while others write."""
        async with self._database.connection() as cx:
            tables = await self._tables(cx)
        with os.fdopen(_private(path), "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for table in tables:
                await self._write_table(archive, table, id_)
            await self._write_trail(archive, id_)

    async def _tables(self, cx: Connection) -> list[_Table]:
        """The root and all tables with rows that hang on it, each after those that it hangs on."""
        found: dict[str, _Table] = {self._root: _Table(self._root, where=[f'"{self._root}".id = $1'])}
        keys = await cx.fetch(_KEYS)
        while grown := [key for key in keys if key["parent"] in found and key["child"] not in found]:
            before = frozenset(found)
            for key in grown:
                child = found.setdefault(key["child"], _Table(key["child"]))
                if key["parent"] in before:
                    child.where.append(_hangs(key, found[key["parent"]]))
        for row in await cx.fetch(_COLUMNS):
            if row["table"] in found:
                found[row["table"]].columns[row["name"]] = row["type"]
        return list(found.values())

    async def _write_table(self, archive: zipfile.ZipFile, table: _Table, id_: str) -> None:
        bytes_ = "".join(f', "{table.name}"."{name}"' for name in table.files)
        query = f"""select (to_jsonb("{table.name}") - $2::text[])::text as row,
                           to_jsonb("{table.name}") - $3::text[] as named{bytes_}
                    from "{table.name}" where {" or ".join(table.where)}"""  # noqa: S608 - names come from the catalog
        await self._write_rows(archive, table, query, id_, table.left_out, table.left_out)

    async def _write_trail(self, archive: zipfile.ZipFile, id_: str) -> None:
        """What they did, and what was done to them, without who did it."""
        query = """select (to_jsonb(e) - case when actor_id = $1 then '{}' else '{actor_id,address,request_id}' end
                           ::text[])::text as row
                   from audit_events e where actor_id = $1 or target_id = $1::text order by at"""
        await self._write_rows(archive, _Table("audit_events"), query, id_)

    async def _write_rows(self, archive: zipfile.ZipFile, table: _Table, query: str, *arguments: object) -> None:
        at_once = _FILES_AT_ONCE if table.files else _AT_ONCE
        number = 0
        # An archive takes one file at a time: lines wait beside it, on disk, while files of the same table go in.
        with tempfile.TemporaryFile(dir=scratch.folder()) as lines:
            async with self._database.transaction() as tx:
                cursor = await tx.cursor(query, *arguments)
                while rows := await cursor.fetch(at_once):
                    await asyncio.to_thread(_store, archive, lines, table, rows, number)
                    number += len(rows)
            if number:
                await asyncio.to_thread(_take, archive, f"{table.name}.jsonl", lines)


def _private(path: Path) -> int:
    """A new file that only its owner reads."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def _hangs(key: Record, parent: _Table) -> str:
    """The condition under which a row hangs on a row of `parent` that is exported."""
    same = " and ".join(
        f'"{key["child"]}"."{column}" = "{parent.name}"."{named}"'
        for column, named in zip(key["columns"], key["named"], strict=True)
    )
    return f'exists (select 1 from "{parent.name}" where {same} and ({" or ".join(parent.where)}))'  # noqa: S608


def _files(table: _Table, rows: list[Record], first: int) -> Iterator[tuple[str, bytes]]:
    for number, row in enumerate(rows, first + 1):
        for name in table.files:
            if row[name] is not None:
                ending = _ending(row["named"].get("media_type")) or f".{name}"
                yield f"{table.name}/{row['named'].get('id', number)}{ending}", row[name]


def _ending(media_type: str | None) -> str | None:
    """Such as .wav; None when the type is not known."""
    if media_type is None:
        return None
    plain = media_type.partition(";")[0].strip().lower()
    subtype = plain.partition("/")[2]
    return mimetypes.guess_extension(plain) or (f".{subtype}" if subtype.isalnum() else None)


def _store(archive: zipfile.ZipFile, lines: IO[bytes], table: _Table, rows: list[Record], first: int) -> None:
    lines.write("".join(f"{row['row']}\n" for row in rows).encode())
    for name, content in _files(table, rows, first):
        archive.writestr(name, content)


def _take(archive: zipfile.ZipFile, name: str, lines: IO[bytes]) -> None:
    lines.seek(0)
    with archive.open(name, "w", force_zip64=True) as file:
        shutil.copyfileobj(lines, file, 1 << 20)
