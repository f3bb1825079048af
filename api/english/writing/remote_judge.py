"""A language model as judge of writing, on a server with the OpenAI API."""

import asyncio
from typing import Any

from api.english.writing.evaluator import JudgeFailedError
from kit.openai_servers import ServerTrouble, translated
from kit.outbound import Outbound

_SECONDS = 30.0


class RemoteJudge:
    """A language model behind OpenAI's protocol."""

    def __init__(self, outbound: Outbound, *, base_url: str, key: str | None, model: str) -> None:
        self._outbound = outbound
        self._base_url = base_url
        self._key = key
        self._model = model

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model

    async def ask(self, instructions: str, question: str) -> str:
        """The model's answer. Raises JudgeFailedError."""
        messages = [{"role": "system", "content": instructions}, {"role": "user", "content": question}]
        try:
            breaker = self._outbound.breakers.of("judge", self._base_url, self._model)
            content = await breaker.call(lambda: self._asked(messages))
        except ServerTrouble as trouble:
            raise JudgeFailedError(f"the model's server cannot be used: {trouble}") from trouble
        if not isinstance(content, str):
            raise JudgeFailedError("the model answered with no text")
        return content

    async def _asked(self, messages: list[dict[str, str]]) -> object:
        """ServerTrouble."""
        client: Any = await self._outbound.openai.client(self._base_url, self._key)
        with translated():
            async with asyncio.timeout(_SECONDS):
                answer = await client.chat.completions.create(
                    model=self._model,
                    temperature=0,
                    seed=1,
                    response_format={"type": "json_object"},
                    messages=messages,
                )
            return answer.choices[0].message.content
