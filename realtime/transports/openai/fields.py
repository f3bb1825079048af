"""Members that clients of the OpenAI Realtime API send and that would mean something else here than there: they are
refused by name. Those that make no difference to a lesson (voice, speed, temperature, lengths) are accepted and not
used."""

from kit.storable import JsonObject
from realtime.transports.openai import config

_DETECTION = "session.audio.input.turn_detection"
_CONVERSATIONS = (None, "auto", "none")
_MOST_METADATA = 16
_LONGEST_KEY = 64
_LONGEST_VALUE = 512


def refuse_in_session(session: JsonObject) -> None:
    """Failure `invalid_request` for what a conversation cannot do."""
    if session.get("prompt") is not None:
        raise config.wrong("session.prompt", "instructions in its place")
    heard = config.an_object(
        config.an_object(session.get("audio"), "session.audio").get("input"), "session.audio.input"
    )
    for detection in (heard.get("turn_detection"), session.get("turn_detection")):
        if not isinstance(detection, dict):
            continue
        for name in ("create_response", "interrupt_response"):
            if not isinstance(detection.get(name), bool | None):
                raise config.wrong(f"{_DETECTION}.{name}", "true or false")
        if detection.get("idle_timeout_ms") is not None:
            raise config.wrong(f"{_DETECTION}.idle_timeout_ms", "null: nobody is prompted to go on")


def refuse_in_response(given: JsonObject) -> None:
    """Failure `invalid_request` for what one response cannot be."""
    conversation = given.get("conversation")
    if conversation not in _CONVERSATIONS:
        raise config.wrong("response.conversation", "auto or none")
    if given.get("prompt") is not None:
        raise config.wrong("response.prompt", "instructions in its place")
    if conversation != "none" and given.get("input") is not None:
        raise config.wrong("response.input", "only with the conversation none")
    if conversation == "none" and given.get("output_modalities", given.get("modalities")) == ["audio"]:
        raise config.wrong("response.output_modalities", "text, out of band")


def metadata(given: object) -> JsonObject | None:
    """What a client attaches to a response. Failure `invalid_request`."""
    if given is None:
        return None
    wanted = f"at most {_MOST_METADATA} texts of {_LONGEST_VALUE} characters, with keys of {_LONGEST_KEY}"
    if not isinstance(given, dict) or len(given) > _MOST_METADATA:
        raise config.wrong("response.metadata", wanted)
    for key, value in given.items():
        if len(key) > _LONGEST_KEY or not isinstance(value, str) or len(value) > _LONGEST_VALUE:
            raise config.wrong("response.metadata", wanted)
    return given
