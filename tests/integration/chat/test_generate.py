"""Generating over the public API, with the built-in tutor and with a real model server."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest

from server.config import Settings
from server.setting_types import ProviderSettings
from tests.support import node
from tests.support.language_model import LanguageModel, language_model
from tests.support.node import Account, Parley


@pytest.fixture
async def model() -> AsyncIterator[LanguageModel]:
    async with language_model() as running:
        yield running


@pytest.fixture
async def school(model: LanguageModel, settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    provider = ProviderSettings(
        id="school",
        name="School",
        base_url=model.url,
        api_key="sk-secret",
        models=("small",),
        first_seconds=0.5,
        stall_seconds=0.3,
    )
    async with node.running(settings.model_copy(update={"providers": (provider,)}), database_url, redis_url) as running:
        yield running


async def generate(parley: Parley, account: Account, body: dict[str, Any], status: int = 200) -> Any:
    async with parley.client.post("/api/ai/generate", json=body, headers=account.headers) as response:
        assert response.status == status, await response.text()
        return await response.json()


async def events(parley: Parley, account: Account, body: dict[str, Any]) -> list[tuple[str, Any]]:
    found = []
    async with parley.client.post(
        "/api/ai/generate", json={**body, "stream": True}, headers=account.headers
    ) as response:
        assert (response.status, response.content_type) == (200, "text/event-stream"), await response.text()
        for block in (await response.text()).strip().split("\n\n"):
            if not block.startswith(":"):
                name, data = block.split("\n")
                found.append((name.removeprefix("event: "), orjson.loads(data.removeprefix("data: "))))
    return found


async def messages(parley: Parley, account: Account, conversation_id: str) -> list[dict[str, Any]]:
    path = f"/api/core/conversations/{conversation_id}/messages"
    async with parley.client.get(path, headers=account.headers) as response:
        items: list[dict[str, Any]] = (await response.json())["items"]
        return items


async def test_the_tutor_answers_and_the_exchange_is_saved(parley: Parley) -> None:
    ana = await parley.account()
    answer = await generate(parley, ana, {"message": "I have 20 years and I from Brazil."})
    assert (answer["provider"], answer["model"], answer["usage"]) == ("builtin", "parley-tutor-1", None)
    assert "I am 20 years old" in answer["content"]
    saved = await messages(parley, ana, answer["conversation_id"])
    assert [one["content"] for one in saved] == ["I have 20 years and I from Brazil.", answer["content"]]
    assert saved[1]["id"] == answer["message_id"]
    second = await generate(parley, ana, {"message": "I like it.", "conversation_id": answer["conversation_id"]})
    assert "built-in" not in second["content"], "it has introduced itself already, so it has read the thread"


async def test_the_first_message_names_the_conversation(parley: Parley) -> None:
    ana = await parley.account()
    async with parley.client.post("/api/core/conversations", json={}, headers=ana.headers) as response:
        talk = (await response.json())["id"]
    for message in ("Hi! I want to talk about trains.", "And about planes."):
        await generate(parley, ana, {"message": message, "conversation_id": talk})
    async with parley.client.get("/api/core/conversations", headers=ana.headers) as response:
        (listed,) = (await response.json())["items"]
    assert (listed["title"], listed["message_count"]) == ("I want to talk about trains", 4)


async def test_a_streamed_answer_is_the_saved_one(school: Parley, model: LanguageModel) -> None:
    ana = await school.account()
    found = await events(school, ana, {"message": "Yesterday I go to the cinema."})
    deltas = [value["text"] for name, value in found if name == "delta"]
    assert found[-1][0] == "done"
    assert "".join(deltas) == found[-1][1]["content"] == model.answer
    assert found[-1][1]["usage"] == {"input_tokens": 12, "output_tokens": 9}
    assert (await messages(school, ana, found[-1][1]["conversation_id"]))[1]["content"] == model.answer
    async with school.resources.database.connection() as cx:
        row = await cx.fetchrow("select * from chat_usage where user_id = $1", ana.user_id)
    assert row is not None
    assert (row["provider"], row["input_tokens"], row["outcome"]) == ("school", 12, "complete")


async def test_a_provider_that_breaks_off_leaves_an_error_event_and_a_partial_message(
    school: Parley, model: LanguageModel
) -> None:
    ana = await school.account()
    async with school.client.post("/api/core/conversations", json={}, headers=ana.headers) as response:
        talk = (await response.json())["id"]
    model.behaviours = ["hang_up_midway"]
    found = await events(school, ana, {"message": "Hello there", "conversation_id": talk})
    name, value = found[-1]
    assert (name, value["error"]) == ("error", "provider_unavailable")
    saved = await messages(school, ana, talk)
    assert (saved[1]["id"], saved[1]["status"], saved[1]["content"]) == (value["message_id"], "partial", "You went to")


async def test_a_reader_who_leaves_cancels_the_provider_and_keeps_what_came(
    school: Parley, model: LanguageModel
) -> None:
    ana = await school.account()
    async with school.client.post("/api/core/conversations", json={}, headers=ana.headers) as response:
        talk = (await response.json())["id"]
    model.behaviours, model.answer = ["slow"], "word " * 400
    body = {"message": "Hello", "conversation_id": talk, "stream": True}
    response = await school.client.post("/api/ai/generate", json=body, headers=ana.headers)
    await response.content.readline()
    response.close()
    await asyncio.wait_for(model.left.wait(), 60)
    for _ in range(100):
        if saved := await messages(school, ana, talk):
            break
        await asyncio.sleep(0.02)
    assert saved[1]["status"] == "partial"
    assert 0 < len(saved[1]["content"]) < len(model.answer)


async def test_a_named_provider_that_is_down_is_503_and_nothing_is_saved(school: Parley, model: LanguageModel) -> None:
    ana = await school.account()
    model.behaviours = ["forbid"]
    body = await generate(school, ana, {"message": "Hello", "provider": "school"}, 503)
    assert body["detail"]["error"] == "provider_unavailable"
    assert "sk-secret" not in str(body)
    async with school.client.get("/api/core/conversations", headers=ana.headers) as response:
        assert (await response.json())["items"] == []
    assert (await generate(school, ana, {"message": "Hello"}))["provider"] == "builtin"


async def test_given_history_replaces_the_saved_one(school: Parley, model: LanguageModel) -> None:
    ana = await school.account()
    history = [{"role": "user", "content": "My name is Ana."}, {"role": "assistant", "content": "Hello, Ana."}]
    await generate(school, ana, {"message": "Who am I?", "conversation_history": history, "user_language": "pt"})
    sent = model.requests[0]["messages"]
    assert [one["content"] for one in sent[1:]] == ["My name is Ana.", "Hello, Ana.", "Who am I?"]
    assert "pt" in sent[0]["content"]


async def test_providers_are_listed_without_keys(school: Parley) -> None:
    ana = await school.account()
    async with school.client.get("/api/ai/providers", headers=ana.headers) as response:
        text = await response.text()
    assert [one["id"] for one in orjson.loads(text)["items"]] == ["school", "builtin"]
    assert "sk-secret" not in text


async def test_bad_questions_are_refused(parley: Parley) -> None:
    ana, bob = await parley.account(), await parley.account()
    talk = (await generate(parley, ana, {"message": "Hello"}))["conversation_id"]
    await generate(parley, bob, {"message": "Hello", "conversation_id": talk}, 404)
    for body in ({"message": "  "}, {"message": "x", "provider": "nobody"}, {"message": "x", "model": "huge"}, {}):
        await generate(parley, ana, body, 400)
