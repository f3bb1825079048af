"""The tutor's turn: text as it is generated, sound sentence by sentence, silence at once when the learner speaks.

One `Answering` per session. A reply is one task that reads the tutor's text, and one that speaks complete sentences.
When it is held, both pause and the client drops what it has not played; when it goes on, that is sent again.
Interrupting cancels both, which closes the provider's call and the voice.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from dataclasses import replace

from prometheus_client import Counter, Histogram

from kit import errors, logs
from kit.clock import Clock
from kit.errors import Failure
from kit.tasks import Tasks
from realtime.reply import ports
from realtime.reply.lines import joined
from realtime.reply.pacing import BACK_SECONDS, Pacer
from realtime.reply.ports import Brief, ConversationTurn, Memory, ProviderNotice, Stage, Tutor
from realtime.reply.reply import Reply, cancelled
from speech.synthesis import visemes
from speech.synthesis.joining import EARLY, LONGEST
from speech.synthesis.sentences import Splitter
from speech.synthesis.voices import BYTES_A_SECOND, RATE, Spoken, Voice, VoiceProblem

_PIECE_BYTES = BYTES_A_SECOND // 5

_FIRST_TEXT = Histogram("parley_reply_first_text_seconds", "From the learner's last word to the reply's first text.")
_FIRST_SOUND = Histogram("parley_reply_first_sound_seconds", "From the learner's last word to the reply's first sound.")
_REPLIES = Counter("parley_replies", "Replies by how they ended.", ["outcome"])
_HELD = Counter("parley_replies_held", "Replies that stood still because of a sound, by what came of it.", ["outcome"])
_log = logs.get(__name__)


class Answering:
    """Replies of the tutor in one session. Without a voice the client speaks the text itself."""

    def __init__(
        self,
        brief: Brief,
        tutor: Tutor,
        voice: Voice | None,
        stage: Stage,
        tasks: Tasks,
        clock: Clock,
        first_epoch: int = 0,
    ) -> None:
        """`first_epoch`: above those of the node before, whose flushes a client remembers."""
        self._brief = brief
        self._tutor = tutor
        self._voice = voice
        self._stage = stage
        self._tasks = tasks
        self._clock = clock
        self._current: Reply | None = None
        self._epoch = first_epoch
        self._number = 0
        self._noticed: ProviderNotice | None = None
        self._memory: Memory | None = None

    @property
    def voiced(self) -> bool:
        """Whether replies have sound, instead of being spoken by the client."""
        return self._voice is not None

    @property
    def calls_functions(self) -> bool:
        return self._tutor.calls_functions

    def instruct(self, instructions: str | None, memory: Memory, *, aloud: bool) -> None:
        """From the next reply on, which is spoken `aloud` or only read."""
        self._brief, self._memory = replace(self._brief, instructions=instructions, aloud=aloud), memory

    def aside(
        self, lines: list[ConversationTurn], instructions: str | None, functions: ports.Functions
    ) -> AsyncGenerator[ports.Piece, None]:
        """An answer to the end of `lines` that is no reply: it is neither spoken nor kept. Failure
        `provider_unavailable`."""
        called = functions if self.calls_functions else None
        brief = replace(self._brief, instructions=instructions, functions=called)
        return self._tutor.reply(joined(lines, called), brief)

    @property
    def speaking(self) -> bool:
        """Whether a reply is under way: generated, spoken or still played."""
        reply = self._current
        return reply is not None and reply.task is not None and not reply.task.done()

    async def start(self, turn_id: str, lines: list[ConversationTurn], wait_s: float = 0.0) -> None:
        """Answer the end of `lines`, thinking at once and speaking after `wait_s`. A reply that is under way is cut off
        first."""
        await self.interrupt()
        now, brief = self._clock.monotonic(), self._brief
        if (memory := self._memory) is not None:
            found = memory.recall()
            lines, called = found.lines, found if self.calls_functions else None
            brief = replace(brief, notes=found.notes, functions=called)
        reply = Reply(turn_id, now, now + wait_s, memory, brief.aloud)
        reply.going.set()
        self._current = reply
        reply.task = self._tasks.spawn(self._run(reply, joined(lines, brief.functions), brief), name="tutor reply")

    async def hold(self) -> float | None:
        """Be silent now, but be ready to go on. Seconds of the reply that were not heard yet; None without one."""
        reply = self._current
        if reply is None or not self.speaking or reply.held_at is not None:
            return None
        reply.going.clear()
        reply.held_at = self._clock.monotonic()
        await self._flush()
        heard = len(reply.heard_text(reply.held_at))
        return max(0.0, reply.heard.seconds_of(len(reply.text.strip()) - heard))

    async def resume(self) -> None:
        """It was not speech: continue from where the reply was heard last."""
        reply = self._current
        if reply is None or not self.speaking or reply.held_at is None:
            return
        heard, unheard = reply.heard_text(reply.held_at), reply.unheard_seconds(reply.held_at)
        again = reply.tail(unheard + BACK_SECONDS) if unheard else b""
        reply.pacer, reply.held_at = Pacer(RATE), None
        await self._stage.resumed(self._epoch, reply.text.strip()[len(heard) :].strip())
        from_second = reply.sent_seconds - len(again) / BYTES_A_SECOND
        for start in range(0, len(again), _PIECE_BYTES):
            await self._send(reply, again[start : start + _PIECE_BYTES], from_second + start / BYTES_A_SECOND)
        reply.going.set()
        _HELD.labels("resumed").inc()

    async def interrupt(self) -> bool:
        """Be silent now. True when there was something to cut off.

        What the transcript keeps is what was heard: the text up to the word at which the sound stopped.
        """
        reply = self._current
        if reply is None or not self.speaking:
            return False
        self._current = None
        if reply.held_at is None:
            await self._flush()
        else:
            _HELD.labels("interrupted").inc()
        heard = reply.heard_text(self._clock.monotonic())
        await cancelled(reply.task)
        await self._stage.done(reply.turn_id, heard, complete=False)
        _REPLIES.labels("interrupted").inc()
        return True

    async def close(self) -> None:
        """End without an event to the client."""
        reply, self._current = self._current, None
        if reply is not None:
            await cancelled(reply.task)

    async def _flush(self) -> None:
        """The client speaks the reply itself."""
        self._epoch += 1
        self._number = 0
        await self._stage.flush(self._epoch)

    async def _run(self, reply: Reply, lines: list[ConversationTurn], brief: Brief) -> None:
        voicing = self._tasks.spawn(self._speak(reply), name="tutor voice")
        try:
            await self._write(reply, lines, brief)
            await voicing
            await self._played(reply)
            await self._stage.done(reply.turn_id, reply.text.strip(), complete=True, silent=reply.for_client)
            _REPLIES.labels("complete").inc()
        except Exception as error:  # whatever it was: a reply that has begun ends, or the learner waits for ever
            told = None if isinstance(error, Failure) else error
            _log.warning("reply_failed", session_id=self._brief.session_id, error=str(error), exc_info=told)
            _REPLIES.labels("failed").inc()
            reply.cut_short(errors.of(error))
            try:
                await self._stage.degraded("The tutor cannot answer at the moment.", "language_model")
            finally:
                await self._stage.done(reply.turn_id, reply.text.strip(), complete=False)
        finally:
            await cancelled(voicing)

    async def _write(self, reply: Reply, lines: list[ConversationTurn], brief: Brief) -> None:
        splitter, calls = Splitter(), False
        async with contextlib.aclosing(self._tutor.reply(lines, brief)) as pieces:
            async for piece in pieces:
                if isinstance(piece, ProviderNotice):
                    await self._notice(piece)
                    continue
                await self._may_show(reply)
                if isinstance(piece, ports.CallPiece):
                    calls = True
                    reply.called(piece)
                    continue
                if isinstance(piece, ports.CutShort):
                    calls = False
                    reply.cut_short(piece)
                    continue
                reply.text += piece
                await self._stage.delta(reply.turn_id, piece)
                for sentence in splitter.feed(piece):
                    reply.sentences.put(sentence)
        if calls:
            reply.called(None)
        if rest := splitter.rest():
            reply.sentences.put(rest)
        reply.sentences.put(None)

    async def _may_show(self, reply: Reply) -> None:
        """Until the learner is sure to have ended, and is silent."""
        if reply.shown_at is None:
            await asyncio.sleep(max(0.0, reply.not_before - self._clock.monotonic()))
        await reply.going.wait()
        if reply.shown_at is None:
            reply.shown_at = self._clock.monotonic()
            _FIRST_TEXT.observe(reply.shown_at - reply.asked_at)

    async def _notice(self, notice: ProviderNotice) -> None:
        if notice != self._noticed:
            self._noticed = notice
            await self._stage.degraded(notice.message, "language_model")

    async def _speak(self, reply: Reply) -> None:
        while (sentence := await self._sentence(reply)) is not None:
            reply.heard.begin(sentence)
            if self._voice is None or not reply.aloud:
                continue
            try:
                await self._say(reply, self._voice, sentence)
            except Exception as problem:  # the text is what matters
                told = None if isinstance(problem, VoiceProblem) else problem
                name, session_id = self._voice.name, self._brief.session_id
                _log.warning("voice_failed", session_id=session_id, voice=name, why=str(problem), exc_info=told)
                self._voice = None  # the client speaks for the rest of the session
                await self._stage.degraded("The voice is away: your device speaks instead.", "voice")
            reply.heard.complete()

    async def _sentence(self, reply: Reply) -> str | None:
        return await reply.sentences.take(LONGEST if reply.sounded else EARLY, waits=reply.aloud and bool(self._voice))

    async def _say(self, reply: Reply, voice: Voice, sentence: str) -> None:
        async with contextlib.aclosing(voice.speak(sentence, self._brief.language)) as sounds:
            begun = False
            async for spoken in sounds:
                if self._brief.avatar and (spoken.phones or not begun):
                    await self._shape(reply, sentence, spoken)
                begun = True
                for start in range(0, len(spoken.pcm), _PIECE_BYTES):
                    await self._say_piece(reply, spoken.pcm[start : start + _PIECE_BYTES])

    async def _say_piece(self, reply: Reply, pcm: bytes) -> None:
        await self._due(reply)
        if not reply.sounded:
            _FIRST_SOUND.observe(self._clock.monotonic() - reply.asked_at)
        reply.sounded = True
        seconds = len(pcm) / BYTES_A_SECOND
        reply.heard.sounded(seconds)
        reply.sent_seconds += seconds
        await self._send(reply, pcm, reply.sent_seconds - seconds)

    async def _shape(self, reply: Reply, sentence: str, spoken: Spoken) -> None:
        """Place the mouth's shapes over what the voice has timed itself, else over the sentence: its whole sound is
        known at once, or guessed from its length."""
        if spoken.phones:
            found = visemes.timed(spoken.phones, spoken.seconds)
        else:
            guess = reply.heard.seconds_of(len(sentence))
            seconds = spoken.seconds if spoken.seconds > guess / 2 else guess
            found = await asyncio.to_thread(visemes.shapes, sentence, seconds)
        reply.mouth += [(reply.sent_seconds + at, shape) for at, shape in found]

    async def _due(self, reply: Reply) -> None:
        """Until the next piece may leave: not while the reply is held, and not far ahead of what is heard."""
        while True:
            await reply.going.wait()
            if (wait := reply.pacer.wait(self._clock.monotonic())) <= 0:
                return
            await asyncio.sleep(wait)

    async def _send(self, reply: Reply, pcm: bytes, start: float) -> None:
        """A piece that begins `start` seconds into the reply, and the mouth's shapes in it."""
        self._number += 1
        now = self._clock.monotonic()
        ahead = reply.pacer.unheard_seconds(now)
        for at, shape in reply.mouth:
            if start <= at < start + len(pcm) / BYTES_A_SECOND:
                await self._stage.shape(reply.turn_id, self._epoch, ahead + at - start, shape)
        reply.pacer.sent(len(pcm), now)
        reply.keep(pcm)
        await self._stage.sound(reply.turn_id, self._epoch, self._number, pcm)

    async def _played(self, reply: Reply) -> None:
        """Until the last sound has been played the learner can still cut it off."""
        while True:
            await reply.going.wait()
            left = reply.pacer.unheard_seconds(self._clock.monotonic())
            if left <= 0:
                return
            await asyncio.sleep(left)
