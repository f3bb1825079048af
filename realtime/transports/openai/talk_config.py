"""What a client of the OpenAI Realtime API may set for a conversation; what is heard is set as for a transcription."""

from dataclasses import dataclass, replace

from kit import errors
from kit.storable import JsonObject
from realtime.transports.openai import config, fields, functions
from realtime.transports.openai.config import FORMATS, Config

_LONGEST_INSTRUCTIONS = 20_000
_MODALITIES = ("audio", "text")
_OF_A_RESPONSE = ("instructions", "tools", "tool_choice", "output_modalities", "modalities")


@dataclass(frozen=True)
class TalkConfig:
    """`modality` is how answers come; `heard` holds the input's settings."""

    old: bool
    model: str
    heard: Config
    modality: str = "audio"
    instructions: str = ""
    voice: str = "alloy"
    format: str = "audio/pcm"
    tools: tuple[JsonObject, ...] = ()
    tool_choice: object = "auto"
    metadata: JsonObject | None = None
    """Of one response, as the client attached it."""

    @property
    def language(self) -> str:
        """Language of the audio."""
        return self.heard.language

    @property
    def patience_ms(self) -> int | None:
        """Without turn detection a turn ends when the client commits."""
        return self.heard.patience_ms if self.heard.turn_detection is not None else 0

    @property
    def by_itself(self) -> bool:
        """Whether spoken turns are answered without being asked for."""
        return self._detects("create_response")

    @property
    def yields(self) -> bool:
        """Whether the learner's words cut an answer off."""
        return self._detects("interrupt_response")

    def _detects(self, name: str) -> bool:
        detection = self.heard.turn_detection
        return detection is not None and detection.get(name) is not False

    def updated(self, session: object) -> "TalkConfig":
        """With what `session` sets, in either dialect; absent members stay. Failure `invalid_request`."""
        if not isinstance(session, dict):
            raise config.wrong("session", "an object")
        if session.get("type", "realtime") != "realtime":
            raise config.wrong("session.type", "realtime; connect with ?intent=transcription for the other one")
        fields.refuse_in_session(session)
        return self._heard(session)._spoken(session, "session")._called(session, "session")

    def for_response(self, given: object) -> "TalkConfig":
        """With what a client sets for one response. Failure `invalid_request`."""
        if not isinstance(given, dict):
            raise config.wrong("response", "an object")
        fields.refuse_in_response(given)
        known = {name: value for name, value in given.items() if name in _OF_A_RESPONSE}
        changed = self._spoken(known, "response")._called(known, "response")
        return replace(changed, metadata=fields.metadata(given.get("metadata")))

    def _called(self, session: JsonObject, place: str) -> "TalkConfig":
        changed = self
        if session.get("tools") is not None:
            changed = replace(changed, tools=functions.tools(session["tools"], place))
        if session.get("tool_choice") is not None:
            changed = replace(changed, tool_choice=functions.choice(session["tool_choice"], place))
        return changed

    def _heard(self, session: JsonObject) -> "TalkConfig":
        old = {"input_audio_format", "input_audio_transcription"} & session.keys()
        if old or "turn_detection" in session:
            return replace(self, heard=self.heard.updated(session, old=True))
        return replace(self, heard=self.heard.updated({"audio": session.get("audio")}, old=self.old))

    def _spoken(self, session: JsonObject, place: str) -> "TalkConfig":
        changed = self
        output = config.an_object(config.an_object(session.get("audio"), "session.audio").get("output"), "audio.output")
        form = output.get("format", session.get("output_audio_format"))
        if form is not None:
            changed = replace(changed, format=config.a_format(form))
        modalities = session.get("output_modalities", session.get("modalities"))
        if modalities is not None:
            if not isinstance(modalities, list) or not modalities or not set(map(str, modalities)) <= set(_MODALITIES):
                raise config.wrong(f"{place}.output_modalities", "audio or text")
            changed = replace(changed, modality="audio" if "audio" in modalities else "text")
        instructions = session.get("instructions")
        if instructions is not None:
            if not isinstance(instructions, str) or len(instructions) > _LONGEST_INSTRUCTIONS:
                raise config.wrong(f"{place}.instructions", f"a text of at most {_LONGEST_INSTRUCTIONS:,} characters")
            changed = replace(changed, instructions=instructions)
        voice = output.get("voice", session.get("voice"))
        return replace(changed, voice=voice) if isinstance(voice, str) and len(voice) <= 100 else changed

    def _answering(self) -> Config:
        """What is heard, and how it is answered."""
        if (detection := self.heard.turn_detection) is None:
            return self.heard
        holds = {"create_response": self.by_itself, "interrupt_response": self.yields}
        return replace(self.heard, turn_detection=detection | holds)

    def described(self, session_id: str) -> JsonObject:
        """The session object that the client is sent."""
        common = {
            "id": session_id,
            "object": "realtime.session",
            "model": self.model,
            "instructions": self.instructions,
            "tools": list(self.tools),
            "tool_choice": self.tool_choice,
        }
        heard = self._answering().described(session_id)
        if self.old:
            return common | {
                "modalities": ["audio", "text"] if self.modality == "audio" else ["text"],
                "voice": self.voice,
                "input_audio_format": replace(self.heard, old=True).described("")["input_audio_format"],
                "output_audio_format": config.OLD_NAMES[self.format],
                "input_audio_transcription": self.heard.transcription,
                "turn_detection": self._answering().turn_detection,
                "temperature": 0.8,
                "max_response_output_tokens": "inf",
            }
        if "audio" not in heard:
            heard = replace(self._answering(), old=False).described(session_id)
        form = {"type": self.format} | ({"rate": FORMATS[self.format]} if self.format == "audio/pcm" else {})
        output = {"format": form, "voice": self.voice, "speed": 1.0}
        more = {"output_modalities": [self.modality], "max_output_tokens": "inf", "truncation": "auto"}
        return {"type": "realtime"} | common | more | {"audio": {**heard["audio"], "output": output}}


def default(*, old: bool, model: str | None) -> TalkConfig:
    """The settings before the client sends any. Failure `invalid_request` for a name that cannot be one."""
    if model is not None and (len(model) > 200 or not model.isprintable()):
        raise errors.invalid("model cannot be used.", [("/model", "a name")])
    return TalkConfig(old, model or "auto", config.default(old=old))
