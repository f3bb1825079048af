"""Shapes of chat on the wire."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kit.http.wire import Body, Id, View

_ID = "0192d3a4-5b6c-7d8e-9f01-23456789abcd"

Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]


class ProviderItem(View):
    id: str = Field(description="The id to use in requests.", examples=["builtin"])
    name: str = Field(description="Its name for people.", examples=["Built-in tutor (offline, rules)"])
    models: list[str] = Field(description="Its models.", examples=[["parley-tutor-1"]])
    default_model: str = Field(description="The model when none is named.", examples=["parley-tutor-1"])
    available: bool = Field(description="Whether it would be asked now.", examples=[True])
    reason: str | None = Field(description="Why it is not available.", examples=[None])
    offline: bool = Field(description="Whether it works without any other server.", examples=[True])


class ProviderList(View):
    items: list[ProviderItem] = Field(description="In the order in which `auto` asks them.")


class ChatTurn(Body):
    role: Literal["user", "assistant", "system"] = Field(description="Who spoke.", examples=["user"])
    content: Text = Field(description="What was said.", examples=["Hello!"])


class ChatRequest(Body):
    message: Text = Field(description="What the learner says.", examples=["Yesterday I go to the cinema."])
    provider: str = Field("auto", max_length=60, description="A provider's id, or `auto`.", examples=["auto"])
    model: str | None = Field(None, max_length=200, description="One of its models.", examples=["parley-tutor-1"])
    conversation_id: Id | None = Field(
        None, description="The conversation to go on with; without one a new one begins.", examples=[_ID]
    )
    conversation_history: tuple[ChatTurn, ...] | None = Field(
        None,
        max_length=100,
        description="Context to use instead of the saved conversation, oldest first.",
        examples=[[{"role": "user", "content": "Hello!"}]],
    )
    user_language: str | None = Field(
        None,
        pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        max_length=35,
        description="The learner's first language (BCP 47), for explanations.",
        examples=["es"],
    )
    stream: bool = Field(False, description="Answer as `text/event-stream`: `delta`, then `done` or `error`.")


class ChatUsage(View):
    input_tokens: int = Field(description="Tokens that were read.", examples=[120])
    output_tokens: int = Field(description="Tokens that were written.", examples=[40])


class ChatDelta(View):
    text: str = Field(description="The next piece of the answer.", examples=["Almost! "])


class ChatBreak(View):
    error: str = Field(description="The code: stable, for programs.", examples=["provider_unavailable"])
    message: str = Field(description="One sentence for people.", examples=["The answer broke off: timeout."])
    message_id: str | None = Field(
        description="What came of the answer, saved; null when nothing came.", examples=[_ID]
    )


class ChatResponse(View):
    content: str = Field(description="The answer.", examples=["Almost! Say “went”, not “go”."])
    provider: str = Field(description="Who answered.", examples=["builtin"])
    model: str = Field(description="The model that answered.", examples=["parley-tutor-1"])
    usage: ChatUsage | None = Field(description="Tokens, where the provider counts them.")
    conversation_id: str = Field(description="The conversation that holds the exchange.", examples=[_ID])
    message_id: str = Field(description="The saved answer.", examples=[_ID])
