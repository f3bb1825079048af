"""XP for English: the points of a task, a module and a session before any booster. Pure.

A task gives its points once, when it is first passed, and once more a few for excellence; a module once.
"""

from api.english.catalog.frame import LEVELS, Level

EXCELLENT = 90
EXCELLENT_BONUS = 5
SESSION = 5
SESSION_SECONDS = 300
SESSION_TASKS = 3


def task(level: Level) -> int:
    """10 at A1, 2 more for each level."""
    return 10 + 2 * LEVELS.index(level)


def module(level: Level) -> int:
    """50 at A1, 10 more for each level."""
    return 50 + 10 * LEVELS.index(level)


def session(seconds: int, tasks_done: int) -> int:
    """For five minutes and three tasks at one sitting."""
    return SESSION if seconds >= SESSION_SECONDS and tasks_done >= SESSION_TASKS else 0
