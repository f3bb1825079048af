"""Child processes of tests of kit/processes, all gone afterwards."""

import asyncio

from kit.processes import environment
from kit.processes.limits import Limits
from kit.processes.piped import Piped, piped
from kit.processes.process import Program, python

IN_TIME = 60.0


def child(*arguments: str, limits: Limits = Limits(), **more: str) -> Program:  # noqa: B008
    variables = {**environment.bare(), **more}
    return python("test", "tests.support.children", *arguments, variables=variables, limits=limits)


async def ready(program: Program) -> Piped:
    made = await piped(program)
    assert await asyncio.wait_for(made.out.readline(), IN_TIME) == b"ready\n"
    return made
