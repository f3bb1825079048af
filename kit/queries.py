"""Statements as steps of a trace: what is done to which table, never the statement or its values."""

import re
import time
from functools import lru_cache

from asyncpg.connection import LoggedQuery

from kit import tracing

_VERB = re.compile(r"\b(select|insert|update|delete|merge|begin|commit|rollback|savepoint|set|show)\b", re.IGNORECASE)
_NAME = r"\s+(?:only\s+)?([a-z_][a-z0-9_]*)\b"
_TABLE = re.compile(rf"\b(?:into|update){_NAME}|\b(?:from|join){_NAME}(?!\s*\()", re.IGNORECASE)  # no function


def trace(query: LoggedQuery) -> None:
    """For `add_query_logger` of asyncpg, which calls it in the statement's context as soon as the loop is free."""
    ended_ns = time.time_ns()
    began_ns = ended_ns - round(query.elapsed * 1e9)
    if (step := tracing.current(began_ns)) is None:
        return
    summary = summed_up(query.query)
    values = {"db.system.name": "postgresql", "db.query.summary": summary}
    problem = None if query.exception is None else type(query.exception).__name__
    step.begin(summary, values, began_ns).end(problem, ended_ns)


@lru_cache(maxsize=1024)
def summed_up(statement: str) -> str:
    """ "select users": the first verb, and the first table where there is one."""
    verb, table = _VERB.search(statement), _TABLE.search(statement)
    names = [verb[1].lower() if verb else "statement", (table[1] or table[2]).lower() if table else ""]
    return " ".join(filter(None, names))
