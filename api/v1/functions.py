"""Functions in chat completions: what is offered, what is called, and the pieces of calls in a stream."""

from typing import Literal

from pydantic import ConfigDict, Field

from kit.http.wire import Body, StorableObject, View


class Lenient(Body):
    model_config = ConfigDict(extra="ignore")


class FunctionDefinition(Lenient):
    name: str = Field(pattern=r"^[a-zA-Z0-9_.-]{1,64}$", description="Its name.", examples=["look_up"])
    description: str | None = Field(None, max_length=20_000, description="What it is for.", examples=["Looks it up."])
    parameters: StorableObject | None = Field(
        None, description="A JSON Schema of its arguments.", examples=[{"type": "object", "properties": {}}]
    )
    strict: bool | None = Field(None, description="Whether arguments must fit the schema.", examples=[None])


class FunctionTool(Lenient):
    type: Literal["function"] = Field(description="Only functions are passed on.")
    function: FunctionDefinition = Field(description="The function.")


class CalledFunction(Lenient):
    name: str = Field(max_length=200, description="The function's name.", examples=["look_up"])
    arguments: str = Field(max_length=1_000_000, description="JSON, as the model wrote it.", examples=["{}"])


class RequestToolCall(Lenient):
    id: str = Field(max_length=200, description="The call's id.", examples=["call_1"])
    type: Literal["function"] = Field("function", description="Always `function`.")
    function: CalledFunction = Field(description="The function and its arguments.")


class FunctionCall(View):
    name: str = Field(description="The function's name.", examples=["look_up"])
    arguments: str = Field(description="JSON, as the model wrote it: it may be broken.", examples=["{}"])


class ToolCall(View):
    id: str = Field(description="Name the call by this in the answer.", examples=["call_1"])
    type: Literal["function"] = Field("function", description="Always `function`.")
    function: FunctionCall = Field(description="The function and its arguments.")


class FunctionCallDelta(View):
    name: str = Field("", description="The function's name, in a call's first piece.", examples=["look_up"])
    arguments: str = Field(description="The next piece of the arguments.", examples=["{"])


class ToolCallDelta(View):
    index: int = Field(description="Which call of the answer, from 0.", examples=[0])
    id: str = Field("", description="The call's id, in its first piece.", examples=["call_1"])
    type: Literal["function"] = Field("function", description="In a call's first piece.")
    function: FunctionCallDelta = Field(description="What is new of it.")
