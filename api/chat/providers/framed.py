"""A language model in the tutor's frame: its answers are checked for level and length before they are passed on.

The first sentence is held until it is complete: when it is too hard for the learner, the answer is asked for once more,
in plainer words. An answer that is too long ends with the sentence that makes it so; the hardest word is explained at
the end. Prompts with instructions of their own pass unchecked.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

from api.chat.providers.models import Card, Delta, Finished, Piece, Prompt, Provider
from kit.openai_servers import ServerTrouble
from language.tutor import frame


class FramedProvider:
    """Gives a language model the frame of a lesson."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    @property
    def card(self) -> Card:
        """What clients read of the provider behind it."""
        return self._provider.card

    async def stream(self, prompt: Prompt, model: str) -> AsyncGenerator[Piece, None]:
        """The answer in pieces, checked against the frame."""
        if prompt.instructions is not None or prompt.sampling or prompt.functions:
            async with aclosing(self._provider.stream(prompt, model)) as pieces:
                async for piece in pieces:
                    yield piece
            return
        described = await asyncio.to_thread(frame.describe, list(prompt.turns), prompt.level, prompt.scenario)
        framed = replace(prompt, frame=described)
        again = replace(framed, frame=f"{described}\n{frame.stricter()}") if _is_checked(prompt) else None
        async with aclosing(self._checked(framed, again, model)) as pieces:
            async for piece in pieces:
                yield piece

    async def _checked(self, prompt: Prompt, again: Prompt | None, model: str) -> AsyncGenerator[Piece, None]:
        """The answer to `prompt`, its first sentence held until it is checked; the one to `again` if it is too hard."""
        held, passed, finished, retry = "", "", Finished(None), False
        most = frame.most_words(prompt.level) * (3 if prompt.passages else 1)
        try:
            async with aclosing(self._provider.stream(prompt, model)) as pieces:
                async for piece in pieces:
                    if not isinstance(piece, Delta):
                        finished = piece if isinstance(piece, Finished) else finished
                        continue
                    held += piece.text
                    if not passed and again is not None and not frame.has_sentence(held):
                        continue
                    if not passed and again is not None and frame.is_too_hard(held, prompt.level):
                        retry = True
                        break
                    over = len(passed.split()) >= most
                    text, held = frame.to_sentence_end(passed, held) if over else held, ""
                    passed += text
                    if text:
                        yield Delta(text)
                    if over and frame.is_complete(passed):
                        break
        except ServerTrouble:
            if held and not retry:
                yield Delta(held)
            raise
        if retry and again is not None:
            async with aclosing(self._checked(again, None, model)) as pieces:
                async for piece in pieces:
                    yield piece
            return
        if held:
            passed += held
            yield Delta(held)
        if _is_checked(prompt) and (explained := frame.gloss(passed, prompt.level)):
            yield Delta(f" {explained}")
        yield finished


def _is_checked(prompt: Prompt) -> bool:
    """Levels of words are known for English only."""
    return prompt.language.lower().startswith("en") and not prompt.passages
