"""Items of conversations of the OpenAI Realtime API, by the stock client: added anywhere, deleted, cut."""

from typing import Any

from tests.integration.doors.test_openai_asides import message, says
from tests.integration.doors.test_openai_calls import used_in_the_end
from tests.integration.doors.test_openai_realtime import _client, _send, _sound, _until
from tests.integration.doors.test_openai_talk import TEXT, VAD
from tests.support.language_model import LanguageModel
from tests.support.node import Account, Parley


async def _add(connection: Any, seen: list[Any], item: dict[str, Any], **place: Any) -> Any:
    await connection.conversation.item.create(item=item, **place)
    return await _until(connection, "conversation.item.done", seen)


async def _delete(connection: Any, seen: list[Any], item_id: str) -> None:
    await connection.conversation.item.delete(item_id=item_id)
    assert (await _until(connection, "conversation.item.deleted", seen)).item_id == item_id


async def _refused(connection: Any, seen: list[Any], code: str, param: str | None) -> Any:
    error = (await _until(connection, "error", seen)).error
    assert (error.type, error.code, error.param) == ("invalid_request_error", code, param)
    return error


def _asked(model: LanguageModel) -> list[tuple[str, str]]:
    return [(one["role"], one["content"]) for one in model.requests[-1]["messages"]]


async def _written_down(node: Parley, account: Account) -> list[str]:
    """The stored transcript, once the session is over."""
    await used_in_the_end(node, account)
    query = "select role, text from live_turns join live_transcripts t on t.id = transcript_id where user_id = $1"
    async with node.resources.database.connection() as cx:
        rows = await cx.fetch(f"{query} order by ordinal", account.user_id)
    return [row["text"] for row in rows]


async def test_what_is_deleted_is_forgotten_by_the_model_and_stays_written_down(
    node: Parley, model: LanguageModel
) -> None:
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        await says(connection, "My number is 4711.", seen)
        question, answer = [one.item for one in seen if one.type == "conversation.item.done"]
        await _delete(connection, seen, question.id)
        await connection.conversation.item.retrieve(item_id=question.id)
        await _refused(connection, seen, "item_retrieve_invalid_item_id", "item_id")
        await connection.conversation.item.delete(item_id=question.id, event_id="twice")
        error = await _refused(connection, seen, "item_delete_invalid_item_id", "item_id")
        assert error.event_id == "twice" and question.id in error.message
        await says(connection, "What is my number?", seen)
        assert _asked(model)[1:] == [("assistant", model.answer), ("user", "What is my number?")]
        await _delete(connection, seen, answer.id)
        await connection.response.create(
            response={"conversation": "none", "output_modalities": ["text"], "instructions": "Sum up."}
        )
        await _until(connection, "response.done", seen)
        assert _asked(model) == [
            ("system", "Sum up."),
            ("user", "What is my number?"),
            ("assistant", model.answer),
            ("user", "Sum up."),
        ]
        unsaid = {**message("user", "Never mind."), "id": "mine"}
        await _add(connection, seen, unsaid)
        await _delete(connection, seen, "mine")
        await connection.response.create()
        await _refused(connection, seen, "nothing_to_answer", None)
        await _add(connection, seen, unsaid)  # the name is free
    assert await _written_down(node, account) == [
        "My number is 4711.", model.answer, "What is my number?", model.answer,
    ]  # fmt: skip


async def test_an_answer_that_is_deleted_while_it_is_heard_is_not_spoken_to_its_end(
    node: Parley, model: LanguageModel
) -> None:
    model.answer = "This is a long answer. " * 12
    model.may_end.clear()
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        item: Any = message("user", "Tell me more.")
        await connection.conversation.item.create(item=item)
        await connection.response.create()
        delta = await _until(connection, "response.output_audio.delta", seen)
        await _delete(connection, seen, delta.item_id)
        done = (await _until(connection, "response.done", seen)).response
        assert (done.status, done.status_details.reason) == ("cancelled", "client_cancelled")
        assert delta.item_id not in [one.item.id for one in seen if one.type == "conversation.item.done"]
        model.answer = "Well."
        model.may_end.set()
        last = await says(connection, "And now?", seen)
        assert last.output[0].content[0].transcript == "Well."
        assert _asked(model)[1:] == [("user", "Tell me more. And now?")]


async def test_a_spoken_turn_is_deleted_before_and_after_it_is_answered(node: Parley, model: LanguageModel) -> None:
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        session: Any = {"type": "realtime", "audio": {"input": {"turn_detection": VAD}}}
        await connection.session.update(session=session)
        await _send(connection, _sound())
        committed = await _until(connection, "input_audio_buffer.committed", seen)
        await _until(connection, "conversation.item.added", seen)
        await _delete(connection, seen, committed.item_id)
        await connection.conversation.item.delete(item_id="item_of_somebody_else")
        await _refused(connection, seen, "item_delete_invalid_item_id", "item_id")
        first = await says(connection, "Hello.", seen)
        assert first.status == "completed" and _asked(model)[1:] == [("user", "Hello.")]
        assert committed.item_id not in [one.item.id for one in seen if one.type == "conversation.item.done"]
        await _send(connection, _sound())
        heard = await _until(connection, "conversation.item.input_audio_transcription.completed", seen)
        await _until(connection, "response.done", seen)
        assert _asked(model)[-1] == ("user", TEXT)
        await _delete(connection, seen, heard.item_id)
        await says(connection, "Bye.", seen)
        assert ("user", TEXT) not in _asked(model) and TEXT not in str(model.requests[-1])
    assert (await _written_down(node, account)).count(TEXT) == 2


async def test_a_typed_text_is_known_to_the_answer_of_the_next_spoken_turn(node: Parley, model: LanguageModel) -> None:
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        session: Any = {"type": "realtime", "audio": {"input": {"turn_detection": VAD}}}
        await connection.session.update(session=session)
        await _add(connection, seen, message("user", "One thing."))
        await _send(connection, _sound())
        await _until(connection, "response.done", seen)
        assert _asked(model)[1:] == [("user", f"One thing. {TEXT}")]
        await connection.response.create()  # all of it is answered
        await _refused(connection, seen, "nothing_to_answer", None)
    assert sorted(await _written_down(node, account)) == sorted(["One thing.", TEXT, model.answer])


async def test_a_history_is_put_before_the_conversation(node: Parley, model: LanguageModel) -> None:
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        await _add(connection, seen, {**message("user", "I am Ana."), "id": "msg_1"})
        await _add(connection, seen, {**message("assistant", "Hello Ana."), "id": "msg_2"})
        note = await _add(
            connection, seen, {**message("system", "She is seven."), "id": "sys"}, previous_item_id="root"
        )
        assert (note.previous_item_id, note.item.role, note.item.content[0].text) == (None, "system", "She is seven.")
        between = await _add(connection, seen, message("user", "I like cats."), previous_item_id="msg_1")
        assert between.previous_item_id == "msg_1"
        item: Any = message("system", "No.")
        await connection.conversation.item.create(item=item, previous_item_id="nobody")
        await _refused(connection, seen, "item_create_invalid_previous_item_id", "previous_item_id")
        await says(connection, "What do I like?", seen)
        asked = _asked(model)
        assert asked[0][0] == "system" and asked[0][1].endswith("\n\nShe is seven.")
        assert "language tutor" in asked[0][1], "the tutor's own instructions hold"
        assert asked[1:] == [
            ("user", "I am Ana. I like cats."), ("assistant", "Hello Ana."), ("user", "What do I like?"),
        ]  # fmt: skip
        await connection.session.update(session={"type": "realtime", "instructions": "Be brief."})
        await _delete(connection, seen, "sys")
        await _add(connection, seen, message("system", "She is eight."))
        await connection.response.create()  # a system message may be answered
        assert (await _until(connection, "response.done", seen)).response.status == "completed"
        assert _asked(model)[0] == ("system", "Be brief.\n\nShe is eight.")
        assert "error" not in [one.type for one in seen[-8:]]
    assert (await _written_down(node, account))[0] == "What do I like?"


async def test_the_built_in_tutor_takes_system_messages_and_says_nothing_of_itself(parley: Parley) -> None:
    account = await parley.account()
    seen: list[Any] = []
    async with _client(parley, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        await _add(connection, seen, message("system", "She is seven."))
        for response in ({}, {"instructions": "Greet her."}):
            await connection.response.create(response=response)  # type: ignore[arg-type]
            await _refused(connection, seen, "nothing_to_answer", None)
        answer = await says(connection, "Yesterday I went to the cinema.", seen)
        assert answer.status == "completed" and "seven" not in str(answer.output[0].content[0])


async def test_the_model_speaks_first_when_there_are_instructions(node: Parley, model: LanguageModel) -> None:
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        await connection.response.create()
        await _refused(connection, seen, "nothing_to_answer", None)
        await connection.response.create(response={"instructions": "Greet the learner."})
        done = (await _until(connection, "response.done", seen)).response
        assert (done.status, done.output[0].content[0].transcript) == ("completed", model.answer)
        assert _asked(model) == [("system", "Greet the learner."), ("user", "Greet the learner.")]
        await says(connection, "Hello!", seen)
        assert _asked(model)[1:] == [("assistant", model.answer), ("user", "Hello!")]
    assert await _written_down(node, account) == [model.answer, "Hello!", model.answer]


async def test_an_answer_that_was_cut_afterwards_is_remembered_so(node: Parley, model: LanguageModel) -> None:
    model.answer = "One two three four."
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        answer = await says(connection, "Count.", seen)
        item_id = answer.output[0].id
        await connection.conversation.item.truncate(item_id=item_id, content_index=0, audio_end_ms=500)
        await _until(connection, "conversation.item.truncated", seen)
        await connection.conversation.item.retrieve(item_id=item_id)
        kept = (await _until(connection, "conversation.item.retrieved", seen)).item
        assert kept.content[0].transcript == "One two"
        await connection.conversation.item.truncate(item_id=item_id, content_index=0, audio_end_ms=900)
        await _refused(connection, seen, "invalid_request", "audio_end_ms")  # beyond what is left
        await says(connection, "Go on.", seen)
        assert _asked(model)[1:] == [("user", "Count."), ("assistant", "One two"), ("user", "Go on.")]
