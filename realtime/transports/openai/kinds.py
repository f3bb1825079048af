"""Which kind of session a client asks for, and with which settings it begins."""

from kit.storable import JsonObject
from realtime.transports.openai import config, talk_config
from realtime.transports.openai.config import Config
from realtime.transports.openai.talk_config import TalkConfig

_TRANSCRIPTION = "transcription"


def settings(
    *given: JsonObject | None, intent: str | None = None, model: str | None = None, old: bool = False
) -> Config | TalkConfig:
    """Of a transcription session when `intent` or any of the `given` sessions says so, otherwise of a conversation.

    What is given later counts more. `model` is a name in the address, `old` asks for the beta's dialect. Failure
    `invalid_request`.
    """
    sessions = [one for one in given if one]
    if _TRANSCRIPTION in (intent, *(one.get("type") for one in sessions)):
        heard = config.default(old=old)
        for one in sessions:
            heard = heard.updated(one, old=False)
        return heard
    named = (one["model"] for one in sessions if isinstance(one.get("model"), str))
    talk = talk_config.default(old=old, model=model or next(named, None))
    for one in sessions:
        talk = talk.updated(one)
    return talk
