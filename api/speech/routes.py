"""The operations of speech on demand."""

from api.speech import schemas
from api.speech.service import MEDIA_TYPE, Speech
from kit.http import documents
from kit.http.operation import Access, Call, Operation
from speech.synthesis import visemes
from speech.synthesis.voices import Timed

_TAG = "Speech"
_ROOT = "/api/speech"
_READ = "xel:read"


class SpeechRoutes:
    """The operations of speech on demand."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech

    async def speak(self, call: Call, query: schemas.SpeechQuery) -> documents.Document:
        """A text as Ogg Opus, for `<audio src>`: model sentences, single words. Range requests are answered with 206,
        what the client has already (`If-None-Match`) with 304; 503 `voice_unavailable` when no voice can speak now."""
        tag = f'"{self._speech.tag(query.text, query.voice, query.rate)}"'
        if documents.known(call.http, tag):
            return documents.unchanged(tag)
        made = await self._speech.say(query.text, query.voice, query.rate, call.caller.user_id)
        lasts = made.is_lasting
        return documents.ranged(call.http, made.sound, MEDIA_TYPE, tag if lasts else None, lasts=lasts)

    async def marks(self, call: Call, query: schemas.SpeechQuery) -> schemas.SpeechMarks:
        """When each word, phone and mouth shape of the same text, voice and rate comes in the sound: to light up words
        while they are spoken, or to move a mouth. A voice that does not tell its times has no words and phones here,
        and guessed shapes (`timed` false)."""
        made = await self._speech.say(query.text, query.voice, query.rate, call.caller.user_id)
        return schemas.SpeechMarks(
            timed=made.is_timed,
            duration_ms=_ms(made.seconds),
            words=[_mark(one) for one in made.words],
            phones=[_mark(one) for one in made.phones],
            mouth=[schemas.MouthMark(at_ms=_ms(at), id=id_, name=visemes.NAMES[id_]) for at, id_ in made.mouth],
        )

    async def voices(self, call: Call) -> schemas.SpeechVoiceList:
        """The voices that can be asked for by name."""
        voices = self._speech.voices
        listed = [schemas.SpeechVoice.model_validate(one, from_attributes=True) for one in voices.speakers()]
        return schemas.SpeechVoiceList(engine=voices.preferred or None, ready=voices.is_ready, voices=listed)

    def operations(self) -> list[Operation]:
        access = Access.BEARER_OR_KEY
        return [
            Operation(
                "GET",
                _ROOT,
                self.speak,
                "Speak a text",
                _TAG,
                access,
                scope=_READ,
                rate="heavy",
                errors=(416, 503),
                produces=(MEDIA_TYPE,),
                added=True,
            ),
            Operation(
                "GET",
                f"{_ROOT}/marks",
                self.marks,
                "Get the times of a spoken text",
                _TAG,
                access,
                scope=_READ,
                rate="heavy",
                errors=(503,),
                added=True,
            ),
            Operation("GET", f"{_ROOT}/voices", self.voices, "List the voices", _TAG, access, scope=_READ, added=True),
        ]


def _ms(seconds: float) -> int:
    return round(1000 * seconds)


def _mark(timed: Timed) -> schemas.SpeechMark:
    text, start, end = timed
    return schemas.SpeechMark(text=text, start_ms=_ms(start), end_ms=_ms(end))
