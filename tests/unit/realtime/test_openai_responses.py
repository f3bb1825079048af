"""Events of a response, held against the types that the `openai` package publishes."""

from typing import Any, get_args

import pytest
from openai.types.realtime.realtime_server_event import RealtimeServerEvent
from pydantic import BaseModel

from realtime.reply.ports import CallPiece
from realtime.transports.openai.functions import Functions
from realtime.transports.openai.items import identified, new_id
from realtime.transports.openai.order import ItemOrder
from realtime.transports.openai.responses import Responses

MODELS: dict[str, type[BaseModel]] = {
    name: model
    for model in get_args(get_args(RealtimeServerEvent)[0])
    for name in get_args(model.model_fields["type"].annotation)
}


@pytest.mark.parametrize("spoken", [True, False])
def test_every_event_has_the_published_shape(spoken: bool) -> None:
    responses = Responses(new_id, ItemOrder(), Functions(), old=False)
    responses.spoken = spoken
    told: list[dict[str, Any]] = [
        *responses.begin(),
        *responses.said("Hello. "),
        *responses.sounded("AAAA", 20.0),
        *responses.called(CallPiece(0, "call_1", "look_up", '{"word":')),
        *responses.called(CallPiece(0, None, None, '"soup"}')),
        *responses.calls_end(),
        *responses.done("Hello.", complete=True),
    ]
    assert len({event["type"] for event in told}) >= 12
    for event in told:
        MODELS[event["type"]].model_validate(identified(event), strict=True)
