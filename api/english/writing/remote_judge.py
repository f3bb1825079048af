"""A language model as judge of writing, over the OpenAI chat completions interface (`POST /chat/completions`)."""

import orjson

from api.english.writing.evaluator import JudgeFailedError
from kit.outbound import TROUBLE, Outbound

_LONGEST = 512 * 1024


class RemoteJudge:
    def __init__(self, outbound: Outbound, *, base_url: str, key: str | None, model: str) -> None:
        self._outbound = outbound
        self._url = f"{base_url.rstrip('/')}/chat/completions"
        self._key = key
        self._model = model

    @property
    def name(self) -> str:
        return self._model

    async def ask(self, instructions: str, question: str) -> str:
        body = {
            "model": self._model,
            "temperature": 0,
            "seed": 1,
            "response_format": {"type": "json_object"},
            "messages": [{"role": "system", "content": instructions}, {"role": "user", "content": question}],
        }
        headers = {"Content-Type": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        try:
            async with self._outbound.request("POST", self._url, data=orjson.dumps(body), headers=headers) as response:
                if response.status != 200:
                    raise JudgeFailedError(f"the model's server answered {response.status}")
                raw = await response.content.read(_LONGEST)
        except TROUBLE as error:
            raise JudgeFailedError(f"the model's server cannot be reached: {type(error).__name__}") from error
        try:
            content = orjson.loads(raw)["choices"][0]["message"]["content"]
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise JudgeFailedError("the model's answer cannot be read") from error
        if not isinstance(content, str):
            raise JudgeFailedError("the model answered with no text")
        return content
