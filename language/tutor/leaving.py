"""Leaving a scene: what the same message tells or asks besides is taken up."""

from language.tutor import stage, turns
from language.tutor.turns import ChatTurn

_LEAST_WORDS = 4


def rest(history: list[ChatTurn]) -> list[ChatTurn]:
    """The history with what the last message says besides the wish to leave; empty when it says nothing else."""
    sentences = [one.strip() for one in turns.sentences(history[-1].content)]
    kept = " ".join(one for one in sentences if not stage.wants_to_leave(one) and len(one.split()) >= _LEAST_WORDS)
    return [*history[:-1], ChatTurn("user", kept)] if kept else []
