/*
 * A client of Parley in one file: copy it into your app. It needs Kotlin 1.9, and Java 11 or Android 8; nothing else.
 *
 *     val parley = Parley("https://speak.example.org")
 *     parley.signIn("ada", "correct horse battery")
 *     val session = parley.speaking(referenceText = "Hello there.")
 *     thread { for (event in session) if (event is PronunciationFinal) show(event.report.overall) }
 *     session.sendAudio(frame)                 // PCM16, mono, 16 kHz, 20 to 200 ms; from any thread
 *     session.end()
 *
 * A session survives lost networks and lost nodes: sound is numbered and kept until the server will never ask for it
 * again; after a break the session connects again, joins with the number of the last event, sends what is missing and
 * drops what it has seen. The calls block, so call them from a thread of your own and never from the main thread.
 *
 * Compiled and tried against a server by the tests of Parley (tests/integration/clients/test_kotlin.py).
 */
package parley

import java.io.BufferedInputStream
import java.io.DataInputStream
import java.io.IOException
import java.io.OutputStream
import java.net.HttpURLConnection
import java.net.InetSocketAddress
import java.net.Socket
import java.net.URI
import java.net.URLEncoder
import java.security.MessageDigest
import java.security.SecureRandom
import java.util.Base64
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.CountDownLatch
import java.util.concurrent.ExecutionException
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException
import java.util.concurrent.atomic.AtomicInteger
import javax.net.ssl.SNIHostName
import javax.net.ssl.SSLSocket
import javax.net.ssl.SSLSocketFactory
import kotlin.concurrent.thread
import kotlin.math.max
import kotlin.math.min
import kotlin.random.Random

typealias JsonObject = Map<String, Any?>

// What can go wrong.

/** Everything that this client throws by itself. */
open class ParleyException(message: String, cause: Throwable? = null) : Exception(message, cause)

/** The server cannot be reached, or the connection broke before the answer came. */
class Lost(message: String, cause: Throwable? = null) : ParleyException(message, cause)

/** The server refused: `code` is stable (`replaced`, `session_active`, `unavailable` …), the message is for people. */
class Refused(val body: JsonObject, val status: Int? = null) : ParleyException(body["message"] as? String ?: "Refused.") {
    val code: String get() = body["error"] as? String ?: "refused"
    val retryAfter: Double? get() = (body["retry_after"] as? Number)?.toDouble()

    /** A proxy on the way said it, in its own words: that ends neither a sign-in nor a session. */
    internal val ofAnother: Boolean get() = code.startsWith("http_")
}

// What the server says. `data` of an event is all of it, with members that this file does not know.

data class Word(val id: String, val text: String, val startMs: Int, val endMs: Int, val confidence: Double?)

data class Phone(val phoneme: String, val ipa: String?, val startMs: Int?, val endMs: Int?, val score: Double?, val heard: String?)

data class ScoredWord(val word: String, val score: Double?, val error: String, val phones: List<Phone>, val data: JsonObject)

data class Report(
    val overall: Double?, val accuracy: Double?, val fluency: Double?, val completeness: Double?, val prosody: Double?,
    val words: List<ScoredWord>, val data: JsonObject,
)

/** `role` is "user" for the learner and "ai" for the tutor; `final` is false while it is spoken. */
data class Turn(val turnId: String, val role: String, val text: String, val words: List<Word>, val report: Report?, val final: Boolean)

sealed class Event { abstract val data: JsonObject; val seq: Long? get() = data.long("seq") }

data class SessionState(val status: String, val voidTurnIds: List<String>, val waitingFor: String?, val message: String?, override val data: JsonObject) : Event()
data class SessionWarning(val reason: String, val remainingSeconds: Int?, val message: String?, val part: String?, override val data: JsonObject) : Event()
data class SessionObservers(val count: Int, val names: List<String>, override val data: JsonObject) : Event()
data class SessionSnapshot(val status: String, val turns: List<Turn>, override val data: JsonObject) : Event()
data class SessionEnded(val reason: String, val billedSeconds: Int, val transcriptId: String?, override val data: JsonObject) : Event()
data class SpeechStarted(val turnId: String, val startMs: Int, override val data: JsonObject) : Event()
data class SpeechStopped(val turnId: String, val endMs: Int, override val data: JsonObject) : Event()
data class TranscriptPartial(val turnId: String, val text: String, val stablePrefixLength: Int, val words: List<Word>, override val data: JsonObject) : Event()
data class TranscriptFinal(val turnId: String, val role: String, val text: String, val words: List<Word>, override val data: JsonObject) : Event()
data class PronunciationWord(
    val turnId: String, val wordId: String, val index: Int?, val word: String, val score: Double?, val error: String,
    val phones: List<Phone>, val provisional: Boolean, override val data: JsonObject,
) : Event()
data class PronunciationFinal(val turnId: String, val report: Report, override val data: JsonObject) : Event()
data class ResponseDelta(val turnId: String, val text: String, override val data: JsonObject) : Event()

/** Speech of the tutor: PCM16, mono, 24 kHz. Play the pieces one behind the other; stop at a [PlaybackFlush]. */
class ResponseAudio(val epoch: Long, val piece: Long, val sound: ByteArray, override val data: JsonObject) : Event()
data class ResponseViseme(val turnId: String, val epoch: Long, val atMs: Int, val id: Int, override val data: JsonObject) : Event()
data class ResponseDone(val turnId: String, val text: String, val complete: Boolean, override val data: JsonObject) : Event()
data class PlaybackFlush(val epoch: Long, override val data: JsonObject) : Event()
data class PlaybackResume(val epoch: Long, val text: String, override val data: JsonObject) : Event()
data class ServerError(val code: String, val message: String, override val data: JsonObject) : Event()

/** An event of a later version of the server. */
data class UnknownEvent(val name: String, override val data: JsonObject) : Event()

private fun JsonObject.long(name: String): Long? = (this[name] as? Number)?.toLong()
private fun JsonObject.int(name: String): Int? = (this[name] as? Number)?.toInt()
private fun JsonObject.number(name: String): Double? = (this[name] as? Number)?.toDouble()
private fun JsonObject.text(name: String): String? = this[name] as? String
private fun JsonObject.texts(name: String): List<String> = (this[name] as? List<*>)?.filterIsInstance<String>() ?: listOf()

@Suppress("UNCHECKED_CAST")
private fun objects(value: Any?): List<JsonObject> = (value as? List<*>)?.mapNotNull { it as? JsonObject } ?: listOf()

@Suppress("UNCHECKED_CAST")
private fun JsonObject.inner(name: String): JsonObject = this[name] as? JsonObject ?: mapOf()

private fun words(value: Any?) = objects(value).map {
    Word(it.text("id") ?: "", it.text("text") ?: "", it.int("start_ms") ?: 0, it.int("end_ms") ?: 0, it.number("confidence"))
}

private fun phones(value: Any?) = objects(value).map {
    Phone(it.text("phoneme") ?: "", it.text("ipa"), it.int("start_ms"), it.int("end_ms"), it.number("score"), it.text("heard"))
}

private fun report(data: JsonObject): Report {
    val words = objects(data["words"]).map {
        ScoredWord(it.text("word") ?: "", it.number("score"), it.text("error") ?: "none", phones(it["phonemes"]), it)
    }
    return Report(
        data.number("overall"), data.number("accuracy"), data.number("fluency"), data.number("completeness"),
        data.number("prosody"), words, data,
    )
}

private fun turn(data: JsonObject): Turn {
    val report = if (data["pronunciation"] != null) report(data.inner("pronunciation")) else null
    return Turn(data.text("turn_id") ?: "", data.text("role") ?: "user", data.text("text") ?: "", words(data["words"]), report, true)
}

private fun event(name: String, data: JsonObject): Event {
    val turnId = data.text("turn_id") ?: ""
    val said = data.text("text") ?: ""
    return when (name) {
        "session.state" -> SessionState(data.text("status") ?: "", data.texts("void_turn_ids"), data.text("waiting_for"), data.text("message"), data)
        "session.warning" -> SessionWarning(data.text("reason") ?: "", data.int("remaining_seconds"), data.text("message"), data.text("part"), data)
        "session.observers" -> SessionObservers(data.int("count") ?: 0, data.texts("names"), data)
        "session.snapshot" -> SessionSnapshot(data.text("status") ?: "", objects(data["turns"]).map(::turn), data)
        "session.ended" -> SessionEnded(data.text("reason") ?: "", data.int("billed_seconds") ?: 0, data.text("transcript_id"), data)
        "speech.started" -> SpeechStarted(turnId, data.int("start_ms") ?: 0, data)
        "speech.stopped" -> SpeechStopped(turnId, data.int("end_ms") ?: 0, data)
        "transcript.partial" -> TranscriptPartial(turnId, said, data.int("stable_prefix_length") ?: 0, words(data["words"]), data)
        "transcript.final" -> TranscriptFinal(turnId, data.text("role") ?: "user", said, words(data["words"]), data)
        "pronunciation.word" -> PronunciationWord(
            turnId, data.text("word_id") ?: "", data.int("index"), data.text("word") ?: "", data.number("score"),
            data.text("error") ?: "none", phones(data["phonemes"]), data["provisional"] == true, data,
        )
        "pronunciation.final" -> PronunciationFinal(turnId, report(data.inner("pronunciation")), data)
        "response.delta" -> ResponseDelta(turnId, said, data)
        "response.viseme" -> ResponseViseme(turnId, data.long("epoch") ?: 0, data.int("at_ms") ?: 0, data.int("id") ?: 0, data)
        "response.done" -> ResponseDone(turnId, said, data["complete"] == true, data)
        "playback.flush" -> PlaybackFlush(data.long("epoch") ?: 0, data)
        "playback.resume" -> PlaybackResume(data.long("epoch") ?: 0, said, data)
        "error" -> ServerError(data.text("error") ?: "", data.text("message") ?: "", data)
        else -> UnknownEvent(name, data)
    }
}

// Signing in, and REST.

/** Of one sign-in. `expiresAt` is in milliseconds since 1970. Keep `refresh` secret: it signs in for 30 days. */
data class Tokens(val access: String, val refresh: String, val expiresAt: Long)

/**
 * A server; of several addresses sessions use all, REST the first. `tokens` of an earlier sign-in go on with it;
 * `onTokens` gets each new pair, to keep it, and null at the end.
 */
class Parley(private val urls: List<String>, @Volatile var tokens: Tokens? = null, private val onTokens: (Tokens?) -> Unit = {}) {
    constructor(url: String) : this(listOf(url))

    private val renewing = Any()

    /** `username` may be the e-mail. Refused with `invalid_credentials`. */
    fun signIn(username: String, password: String) {
        val form = "username=${encoded(username)}&password=${encoded(password)}"
        keep(answer("POST", "/api/auth/login", form.toByteArray(), "application/x-www-form-urlencoded", null))
    }

    /** Another pair of tokens; it is done by itself when one is needed. Refused when the sign-in was ended. */
    fun refresh() = renew(tokens)

    /** The tokens are void at once. */
    fun signOut() {
        val old = tokens ?: return
        request("POST", "/api/auth/logout", mapOf("refresh_token" to old.refresh))
        tokens = null
        onTokens(null)
    }

    /** One that is valid for a minute at least; another one when the last was `refused`. */
    fun accessToken(refused: Boolean = false): String {
        val held = tokens ?: throw Refused(mapOf("error" to "not_authenticated", "message" to "Sign in first."))
        if (refused || held.expiresAt - System.currentTimeMillis() < 60_000) renew(held)
        return (tokens ?: held).access
    }

    /** Any operation of /api/openapi.json but those with files: the JSON of the answer, empty for 204. Refused, Lost. */
    fun request(method: String, path: String, body: JsonObject? = null): JsonObject {
        val bytes = body?.let { Json.write(it).toByteArray() }
        return try {
            answer(method, path, bytes, "application/json", accessToken())
        } catch (refused: Refused) {
            if (refused.code != "token_expired") throw refused
            answer(method, path, bytes, "application/json", accessToken(true))
        }
    }

    /** A scored reading of `referenceText`, or free speech. For `waitSeconds` it waits for a server that is full or away. */
    fun speaking(referenceText: String? = null, language: String = "en", takeover: Boolean = false, waitSeconds: Double = 30.0): Session {
        val order = mutableMapOf<String, Any?>("language" to language, "takeover" to takeover)
        if (referenceText != null) order["reference_text"] = referenceText
        return Session(urls, "speaking", ::accessToken).apply { begin("speaking.start", order, waitSeconds) }
    }

    /** A conversation with the tutor; `order` as of `POST /api/live/session/start`. */
    fun conversation(order: JsonObject = mapOf("session_type" to "voice"), waitSeconds: Double = 30.0): Session {
        val started = request("POST", "/api/live/session/start", order)
        return joined(started.text("session_id") ?: "", "live", waitSeconds)
    }

    /** A session that runs already, taken over from the device that has it; all its events come again. */
    fun joined(sessionId: String, namespace: String = "live", waitSeconds: Double = 30.0): Session =
        Session(urls, namespace, ::accessToken).apply {
            begin("session.join", mapOf("session_id" to sessionId, "last_seq" to 0), waitSeconds)
        }

    private fun renew(old: Tokens?) = synchronized(renewing) { // once for all that found the same pair worn out
        if (old == null || tokens !== old) return@synchronized
        try {
            val answer = try {
                exchanged(old)
            } catch (lost: Lost) { // a lost answer may be asked for again, within ten seconds
                exchanged(old)
            }
            if (tokens === old) keep(answer) // else somebody has signed in or out meanwhile
        } catch (refused: Refused) {
            if (refused.status == 401 && !refused.ofAnother && tokens === old) {
                tokens = null
                onTokens(null)
            }
            throw refused
        }
    }

    private fun exchanged(old: Tokens): JsonObject {
        val body = Json.write(mapOf("refresh_token" to old.refresh)).toByteArray()
        return answer("POST", "/api/auth/refresh", body, "application/json", null)
    }

    private fun keep(answer: JsonObject) {
        val access = answer.text("access_token")
        val refresh = answer.text("refresh_token")
        if (access == null || refresh == null) throw Lost("Something else answered in place of the server.")
        val until = System.currentTimeMillis() + 1000 * (answer.long("expires_in") ?: 0)
        tokens = Tokens(access, refresh, until)
        onTokens(tokens)
    }

    private fun answer(method: String, path: String, body: ByteArray?, type: String, token: String?): JsonObject {
        val connection = URI(urls[0].trimEnd('/') + path).toURL().openConnection() as HttpURLConnection
        try {
            connection.requestMethod = method
            connection.connectTimeout = 10_000
            connection.readTimeout = 60_000
            if (token != null) connection.setRequestProperty("Authorization", "Bearer $token")
            if (body != null) {
                connection.doOutput = true
                connection.setRequestProperty("Content-Type", type)
                connection.outputStream.use { it.write(body) }
            }
            val status = connection.responseCode
            val stream = if (status < 400) connection.inputStream else connection.errorStream
            val said = stream?.use { it.readBytes().toString(Charsets.UTF_8) } ?: ""
            if (status >= 400) throw Refused(problem(said, status, connection.getHeaderField("Retry-After")), status)
            return if (status == 204 || said.isEmpty()) mapOf() else parsed(said)
        } catch (error: IOException) {
            throw Lost("$method $path: ${error.message}", error)
        } finally {
            connection.disconnect()
        }
    }

    private fun problem(said: String, status: Int, wait: String?): JsonObject {
        val body = try { parsed(said).inner("detail") } catch (error: ParleyException) { mapOf() }
        val known = if ("error" in body) body else mapOf("error" to "http_$status", "message" to "The server answered $status.")
        return if (wait?.toDoubleOrNull() != null) known + ("retry_after" to wait.toDouble()) else known
    }

    private fun encoded(text: String) = URLEncoder.encode(text, "UTF-8")
}

@Suppress("UNCHECKED_CAST")
private fun parsed(text: String): JsonObject = Json.read(text) as? JsonObject ?: throw Lost("The answer is no object.")

// Sessions.

private class Frame(val seq: Long, val codec: Int, val sound: ByteArray)

/** One session over as many connections as it takes. Made by [Parley]; iterate over it for its events, in one thread. */
class Session internal constructor(
    private val urls: List<String>,
    private val namespace: String,
    private val token: (Boolean) -> String,
) : Iterable<Event>, AutoCloseable {
    @Volatile var id: String? = null
        private set
    @Volatile var lastSeq = 0L
        private set
    @Volatile var reconnects = 0
        private set

    @Suppress("PLATFORM_CLASS_MAPPED_TO_KOTLIN")
    private val lock = Object() // guards what follows; notified when any of it changes
    private val frames = ArrayDeque<Frame>()
    private var newest = 0L
    private var sent = 0L
    private var line: Line? = null // joined, as long as it is here
    private var ended: SessionEnded? = null
    private var failure: ParleyException? = null
    private var closed = false
    private var ticket: String? = null
    private var refusals = 0
    private val lostJoins = ArrayDeque<Long>() // when, of System.nanoTime()
    private var pauseUntil = 0L
    private var spokeAt = 0L
    private var heartbeatMs = 5_000L
    private var holeBefore = 0L
    private var newestEpoch = 0L
    private var leastEpoch = 0L
    private val turns = LinkedHashMap<String, Turn>()
    private val inbox = LinkedBlockingQueue<Any>()
    private var address = 0

    /** What was said so far, in order. */
    val transcript: List<Turn> get() = synchronized(lock) { turns.values.filter { it.text.isNotEmpty() } }

    /** Queue one frame: PCM16, mono, 16 kHz, 640 to 6,400 bytes, or one packet of Opus. It is sent as soon as it can be. */
    fun sendAudio(sound: ByteArray, opus: Boolean = false) {
        require(opus || (sound.size in 640..6400 && sound.size % 2 == 0)) { "A frame of PCM16 has 640 to 6,400 bytes." }
        synchronized(lock) {
            frames.addLast(Frame(++newest, if (opus) 1 else 0, sound.copyOf()))
            lock.notifyAll()
        }
    }

    /** End the turn now. */
    fun commit() {
        flush()
        ask("audio.commit", mapOf())
    }

    /** A typed turn. Its key prevents a duplicate when it has to be sent again. */
    fun say(text: String) {
        ask("text", mapOf("text" to text, "key" to java.lang.Long.toHexString(SecureRandom().nextLong())))
    }

    /** Stop the tutor's reply. */
    fun cancelResponse() {
        ask("response.cancel", mapOf())
    }

    /** Send what is left, end the session and wait for its last event. */
    fun end(): SessionEnded {
        flush()
        while (over() == null) {
            try {
                ask("session.end", mapOf())
                break
            } catch (refused: Refused) {
                if (refused.code == "session_ended") break
                if (refused.code !in setOf("unavailable", "not_joined", "rate_limited")) throw refused
                Thread.sleep(300)
            }
        }
        synchronized(lock) {
            while (ended == null && failure == null && !closed) lock.wait()
            return ended ?: throw failure ?: Lost("The session was closed.")
        }
    }

    /** Wait until every frame has arrived: the answer to a heartbeat comes after every complaint about a frame. */
    fun flush() {
        while (over() == null) {
            synchronized(lock) { while (sent < newest && over() == null && !closed) lock.wait(200) }
            try {
                ask("session.heartbeat", mapOf())
            } catch (refused: Refused) {
                if (over() != null) return
                Thread.sleep(200)
            }
            if (synchronized(lock) { sent >= newest }) return
        }
    }

    /** Leave. The session goes on for a while without its client and can be joined again. */
    override fun close() {
        val open = synchronized(lock) {
            closed = true
            lock.notifyAll()
            line
        }
        open?.close()
        inbox.put(END)
    }

    /** Break the connection like a lost network, for tests. */
    fun cut() = synchronized(lock) { line }?.close()

    /** Every event once and in order. It stops after [SessionEnded] or [close], and throws what else ended the session. */
    override fun iterator() = object : Iterator<Event> {
        private var next: Any? = null

        override fun hasNext(): Boolean {
            if (next == null) next = inbox.take()
            if (next !== END) return true
            inbox.put(END)
            synchronized(lock) { failure }?.let { throw it }
            return false
        }

        override fun next(): Event {
            if (!hasNext()) throw NoSuchElementException()
            return (next as Event).also { next = null }
        }
    }

    // How it stays connected.

    internal fun begin(name: String, data: JsonObject, waitSeconds: Double) {
        val giveUp = System.nanoTime() + (waitSeconds * 1e9).toLong()
        val backoff = Backoff()
        while (true) {
            var wait: Double? = null
            try {
                connect(name, data)
                break
            } catch (lost: Lost) {
                if (System.nanoTime() > giveUp) throw lost
            } catch (refused: Refused) {
                if (refused.code != "unavailable" || System.nanoTime() > giveUp) throw refused
                wait = refused.retryAfter
            }
            address++
            Thread.sleep(backoff.next(wait))
        }
        thread(isDaemon = true, name = "parley-keeper") { keep() }
        thread(isDaemon = true, name = "parley-pump") { pump() }
    }

    private fun connect(name: String, data: JsonObject) {
        val opened = Line(urls[address % urls.size], "/api/realtime/$namespace")
        try {
            opened.start { event, said, sound -> received(opened, event, said, sound) }
            authenticate(opened)
            val answer = asked(opened, name, data)
            synchronized(lock) {
                id = answer.text("session_id")
                ticket = answer.text("resume_ticket") ?: ticket
                heartbeatMs = (1000 * (answer.number("heartbeat_interval_seconds") ?: 5.0)).toLong()
                sent = answer.long("audio_seq") ?: 0
                newest = max(newest, sent) // of a device before us
                refusals = 0
                line = opened
                lock.notifyAll()
            }
        } catch (error: Exception) {
            opened.close()
            throw error
        }
    }

    /** A join may have been taken though its answer is lost. */
    private fun asked(opened: Line, name: String, data: JsonObject): JsonObject = try {
        opened.ask(name, data)
    } catch (lost: Lost) {
        synchronized(lock) { lostJoins.addLast(System.nanoTime()) }
        throw lost
    }

    /** With a token, another token when that is refused, and the ticket of the last join when that is refused, too. */
    private fun authenticate(opened: Line) {
        val (tried, held) = synchronized(lock) { refusals to ticket }
        val shown = if (tried > 1 && held != null) mapOf("ticket" to held) else mapOf("token" to token(tried > 0))
        try {
            opened.ask("auth", shown)
        } catch (refused: Refused) {
            synchronized(lock) { refusals++ }
            val more = tried == 0 || (tried == 1 && held != null)
            if (refused.code in setOf("token_expired", "not_authenticated") && more) throw Lost("Another credential is tried.", refused)
            throw refused
        }
    }

    private fun keep() {
        val backoff = Backoff()
        while (true) {
            val broken = synchronized(lock) { line }
            broken?.gone?.await()
            synchronized(lock) { line = null }
            if (over() != null || closed) return
            var wait: Double? = null
            try {
                connect("session.join", mapOf("session_id" to id, "last_seq" to lastSeq))
                reconnects++
                backoff.reset()
                continue
            } catch (lost: Lost) { // another try may reach it
            } catch (refused: Refused) {
                if (refused.code in FATAL) return fail(refused)
                wait = refused.retryAfter
            } catch (error: Exception) { // of the program's `onTokens`, say: nothing would connect any more
                return fail(ParleyException("The session cannot come back: $error", error))
            }
            address++
            Thread.sleep(backoff.next(wait))
        }
    }

    /** Frames in order, from the one that the server expects next; heartbeats when there are none. */
    private fun pump() {
        while (over() == null && !closed) {
            val (open, frame) = synchronized(lock) { next() }
            if (open == null) continue
            try {
                if (frame != null) open.sound(frame) else open.tell("session.heartbeat")
            } catch (lost: Lost) {
                open.close() // the keeper makes the next one, and that sends this frame again
            }
        }
    }

    private fun next(): Pair<Line?, Frame?> {
        val now = System.currentTimeMillis()
        val open = line
        if (open == null || now < pauseUntil) {
            lock.wait(if (open == null) 500 else pauseUntil - now)
            return null to null
        }
        if (sent < newest && frames.isNotEmpty()) {
            val frame = frames[max(0, (sent + 1 - frames.first().seq).toInt())]
            sent = frame.seq
            spokeAt = now
            return open to frame
        }
        lock.notifyAll() // all is sent
        if (now - spokeAt >= heartbeatMs) {
            spokeAt = now
            return open to null
        }
        lock.wait(max(1, heartbeatMs - (now - spokeAt)))
        return null to null
    }

    /** The answer to an event, over the next connection if this one breaks. */
    private fun ask(name: String, data: JsonObject): JsonObject {
        while (true) {
            val open = synchronized(lock) {
                while (line == null && over() == null && !closed) lock.wait()
                over()?.let { throw it }
                line ?: throw Lost("The session was closed.")
            }
            try {
                return open.ask(name, data)
            } catch (lost: Lost) {
                Thread.sleep(50)
            }
        }
    }

    private fun over(): ParleyException? = synchronized(lock) {
        failure ?: ended?.let { Refused(mapOf("error" to "session_ended", "message" to "The session has ended.")) }
    }

    private fun received(from: Line, name: String, data: JsonObject, sound: ByteArray?): Unit = synchronized(lock) {
        val seq = data.long("seq")
        when {
            from.isGone -> return // what a line that was given up brings comes again over the next one
            name == "audio.ack" -> return acknowledged(data)
            name == "response.audio" -> return heard(data, sound ?: ByteArray(0))
            name == "error" -> complained(from, data)
            name != "response.viseme" && seq != null -> {
                val hole = name != "session.snapshot" && lastSeq > 0 && seq > lastSeq + 1 && holeBefore != seq
                if (hole) { // found once for each number; joining again fills it
                    holeBefore = seq
                    return from.close()
                }
                if (seq <= lastSeq && name != "session.snapshot") return
                lastSeq = max(lastSeq, seq)
            }
        }
        happened(from, event(name, data))
    }

    private fun happened(from: Line, event: Event) {
        remember(event)
        inbox.put(event)
        when (event) {
            is PlaybackFlush -> leastEpoch = max(leastEpoch, event.epoch).also { newestEpoch = max(newestEpoch, it) }
            is PlaybackResume -> leastEpoch = max(leastEpoch, event.epoch).also { newestEpoch = max(newestEpoch, it) }
            is SessionWarning -> if (event.reason == "draining") from.close() // come back, at another node
            is SessionEnded -> {
                ended = event
                inbox.put(END)
                lock.notifyAll()
            }
            else -> {}
        }
    }

    /** The turns: void ones go, and a snapshot is all there is. */
    private fun remember(event: Event) {
        fun turn(id: String, role: String) = turns[id] ?: Turn(id, role, "", listOf(), null, false)
        when (event) {
            is TranscriptPartial -> turns[event.turnId] = turn(event.turnId, "user").copy(text = event.text, words = event.words)
            is TranscriptFinal -> turns[event.turnId] = turn(event.turnId, event.role).copy(text = event.text, words = event.words, final = true)
            is PronunciationFinal -> turns[event.turnId] = turn(event.turnId, "user").copy(report = event.report)
            is ResponseDelta -> turns[event.turnId] = turn(event.turnId, "ai").let { it.copy(text = it.text + event.text) }
            is ResponseDone -> turns[event.turnId] = turn(event.turnId, "ai").copy(text = event.text, final = true)
            is SessionState -> event.voidTurnIds.forEach { turns.remove(it) }
            is SessionSnapshot -> {
                turns.clear()
                event.turns.forEach { turns[it.turnId] = it }
            }
            else -> {}
        }
    }

    /** Sound carries the last 16 bits of its epoch; what is earlier than the last flush is not played. */
    private fun heard(data: JsonObject, sound: ByteArray) {
        val apart = Math.floorMod((data.long("epoch") ?: 0) - newestEpoch, 0x10000L)
        val epoch = newestEpoch + if (apart < 0x8000) apart else apart - 0x10000
        newestEpoch = max(newestEpoch, epoch)
        if (epoch >= leastEpoch) inbox.put(ResponseAudio(epoch, data.long("seq") ?: 0, sound, data))
    }

    private fun acknowledged(data: JsonObject) {
        val safe = data.long("safe_seq") ?: 0
        while (frames.isNotEmpty() && frames.first().seq <= safe) frames.removeFirst()
    }

    private fun complained(from: Line, error: JsonObject) {
        val code = error.text("error")
        val expected = error.long("expected_seq")
        if (expected != null && code in setOf("out_of_order", "rate_limited")) sent = min(sent, expected - 1)
        if (code == "rate_limited") pauseUntil = System.currentTimeMillis() + (1000 * (error.number("retry_after") ?: 1.0)).toLong()
        // Another device, for which we make room; or a late answer to our own join over a line that broke: join again.
        if (code == "replaced") if (ownJoin()) from.close() else fail(Refused(error))
        lock.notifyAll()
    }

    private fun ownJoin(): Boolean {
        val lost = lostJoins.removeLastOrNull() ?: return false
        return System.nanoTime() - lost < OWN_JOIN_NANOS
    }

    private fun fail(error: ParleyException) = synchronized(lock) {
        failure = failure ?: error
        inbox.put(END)
        lock.notifyAll()
        line?.close()
        Unit
    }

    private companion object {
        val END = Any()
        const val OWN_JOIN_NANOS = 30_000_000_000L // for so long a join that was not answered may replace us
        val FATAL = setOf("not_authenticated", "token_expired", "forbidden", "INSUFFICIENT_API_KEY_SCOPE", "not_found", "replaced")
    }
}

/** Twice as long each time, with chance, so that not all clients of a node that died come back at once. */
private class Backoff {
    private var now = 100.0

    fun next(atLeastSeconds: Double?): Long {
        val wait = now * Random.nextDouble(0.5, 1.0)
        now = min(3000.0, 2 * now)
        return max(wait, (atLeastSeconds ?: 0.0) * 1000 * Random.nextDouble(1.0, 1.5)).toLong()
    }

    fun reset() {
        now = 100.0
    }
}

// One connection: the plain WebSocket of the protocol parley.1 (docs/websocket.md), by RFC 6455.

private class Line(url: String, private val path: String) {
    val gone = CountDownLatch(1)
    val isGone get() = gone.count == 0L

    private val uri = URI(url.trimEnd('/'))
    private val answers = ConcurrentHashMap<Int, CompletableFuture<JsonObject>>()
    private val ids = AtomicInteger()
    private val writing = Any()
    private val socket: Socket = opened()
    private val input = DataInputStream(BufferedInputStream(socket.getInputStream(), 1 shl 16))
    private val output: OutputStream = socket.getOutputStream()
    @Volatile private var refusal: JsonObject? = null

    init {
        try {
            handshake()
        } catch (error: Exception) {
            socket.close()
            throw if (error is ParleyException) error else Lost("$uri: ${error.message}", error)
        }
    }

    private fun opened(): Socket = try {
        val secure = uri.scheme == "https" || uri.scheme == "wss"
        val port = if (uri.port > 0) uri.port else if (secure) 443 else 80
        val plain = Socket()
        plain.connect(InetSocketAddress(uri.host, port), 10_000)
        plain.tcpNoDelay = true
        plain.soTimeout = 10_000
        if (!secure) plain else (SSLSocketFactory.getDefault() as SSLSocketFactory).createSocket(plain, uri.host, port, true).also {
            val parameters = (it as SSLSocket).sslParameters
            parameters.endpointIdentificationAlgorithm = "HTTPS"
            if (uri.host.any(Char::isLetter)) parameters.serverNames = listOf(SNIHostName(uri.host))
            it.sslParameters = parameters
            it.startHandshake()
        }
    } catch (error: IOException) {
        throw Lost("$uri: ${error.message}", error)
    }

    private fun handshake() {
        val key = Base64.getEncoder().encodeToString(ByteArray(16).also(SecureRandom()::nextBytes))
        val host = uri.host + if (uri.port > 0) ":${uri.port}" else ""
        val head = "GET ${uri.rawPath ?: ""}$path HTTP/1.1\r\nHost: $host\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Key: $key\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: parley.1\r\n\r\n"
        output.write(head.toByteArray(Charsets.US_ASCII))
        output.flush()
        val status = headLine().split(" ").getOrNull(1)?.toIntOrNull() ?: 0
        val fields = generateSequence { headLine().takeIf(String::isNotEmpty) }.take(100).toList()
        // Not the server's word on this session: a proxy says the same while the server is away.
        if (status in 400..499 && status != 429) throw Refused(mapOf("error" to "http_$status", "message" to "$uri: $status"), status)
        val digest = MessageDigest.getInstance("SHA-1").digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").toByteArray())
        val proof = Base64.getEncoder().encodeToString(digest)
        if (status != 101 || fields.none { it.startsWith("sec-websocket-accept:", true) && it.endsWith(proof) }) throw Lost("$uri: $status")
    }

    private fun headLine(): String {
        val text = StringBuilder()
        while (true) {
            val byte = input.readUnsignedByte()
            if (byte == '\n'.code) return text.toString().trimEnd('\r')
            if (text.length > 8192) throw IOException("a line of the answer is too long")
            text.append(byte.toChar())
        }
    }

    fun start(received: (String, JsonObject, ByteArray?) -> Unit) {
        thread(isDaemon = true, name = "parley-line") {
            try {
                read(received)
            } catch (error: Exception) { // the line is gone, in reading or in a pong: those who wait are told below
            } finally {
                close()
                answers.values.forEach { it.completeExceptionally(refusal?.let(::Refused) ?: Lost("The connection broke.")) }
            }
        }
    }

    /** The acknowledgement. Refused, Lost. */
    fun ask(name: String, data: JsonObject): JsonObject {
        val number = ids.incrementAndGet()
        val answer = CompletableFuture<JsonObject>()
        answers[number] = answer
        try {
            text(Json.write(mapOf("event" to name, "id" to number, "data" to data)))
            if (isGone) throw Lost("The connection broke.")
            val said = answer.get(25, TimeUnit.SECONDS)
            if (said["ok"] != true) throw Refused(said.inner("error"))
            return said
        } catch (error: ExecutionException) {
            throw error.cause ?: error
        } catch (error: TimeoutException) {
            close()
            throw Lost("No answer came in time.", error)
        } finally {
            answers.remove(number)
        }
    }

    fun tell(name: String) = text(Json.write(mapOf("event" to name, "data" to mapOf<String, Any?>())))

    /** 4 bytes of its number, big-endian, one of its codec, and the sound. */
    fun sound(frame: Frame) {
        val head = byteArrayOf((frame.seq shr 24).toByte(), (frame.seq shr 16).toByte(), (frame.seq shr 8).toByte(), frame.seq.toByte())
        write(BINARY, head + frame.codec.toByte() + frame.sound)
    }

    fun close() {
        if (!isGone) gone.countDown()
        try {
            socket.close()
        } catch (error: IOException) { // it is closed all the same
        }
    }

    private fun text(message: String) = write(TEXT, message.toByteArray())

    private fun write(kind: Int, body: ByteArray) {
        val mask = ByteArray(4).also(SecureRandom()::nextBytes)
        val size = body.size
        val head = when {
            size < 126 -> byteArrayOf((0x80 or kind).toByte(), (0x80 or size).toByte())
            size < 65_536 -> byteArrayOf((0x80 or kind).toByte(), (0x80 or 126).toByte(), (size shr 8).toByte(), size.toByte())
            else -> byteArrayOf((0x80 or kind).toByte(), (0x80 or 127).toByte(), 0, 0, 0, 0) +
                byteArrayOf((size shr 24).toByte(), (size shr 16).toByte(), (size shr 8).toByte(), size.toByte())
        }
        val masked = ByteArray(size) { (body[it].toInt() xor mask[it and 3].toInt()).toByte() }
        try {
            synchronized(writing) {
                output.write(head + mask + masked)
                output.flush()
            }
        } catch (error: IOException) {
            close()
            throw Lost("The connection broke.", error)
        }
    }

    /** The server pings a silent line every 10 s, so one that brings nothing for 25 s is dead. */
    private fun read(received: (String, JsonObject, ByteArray?) -> Unit) {
        socket.soTimeout = 25_000
        var kind = 0
        var message = ByteArray(0)
        while (true) {
            val first = input.readUnsignedByte()
            val short = input.readUnsignedByte() and 0x7F
            val size = if (short == 126) input.readUnsignedShort().toLong() else if (short == 127) input.readLong() else short.toLong()
            if (size > 16 shl 20) throw IOException("a message is too long")
            val body = ByteArray(size.toInt()).also(input::readFully)
            when (val opcode = first and 0x0F) {
                PING -> write(PONG, body)
                PONG -> {}
                CLOSE -> return closing(body)
                else -> {
                    if (opcode != 0) kind = opcode
                    message = if (opcode != 0) body else message + body
                    if (first and 0x80 != 0) take(kind, message, received)
                }
            }
        }
    }

    private fun closing(body: ByteArray) {
        val code = if (body.size >= 2) (body[0].toInt() and 0xFF shl 8) or (body[1].toInt() and 0xFF) else 1005
        if (code != 1008) refusal = null // only then the last error says why we are not let in
    }

    private fun take(kind: Int, message: ByteArray, received: (String, JsonObject, ByteArray?) -> Unit) {
        if (kind == BINARY) {
            val read = DataInputStream(message.inputStream())
            val data = mapOf("epoch" to read.readUnsignedShort(), "seq" to (read.readInt().toLong() and 0xFFFFFFFFL))
            return received("response.audio", data, message.copyOfRange(7, message.size))
        }
        val said = parsed(message.toString(Charsets.UTF_8))
        val data = said.inner("data")
        val answered = said.int("ack")
        if (answered != null) {
            answers[answered]?.complete(data)
        } else {
            if (said["event"] == "error") refusal = data
            received(said.text("event") ?: "", data, null)
        }
    }

    private companion object {
        const val TEXT = 1
        const val BINARY = 2
        const val CLOSE = 8
        const val PING = 9
        const val PONG = 10
    }
}

// JSON, which neither Java nor Kotlin brings: objects are maps, numbers Long or Double.

internal object Json {
    fun write(value: Any?): String = when (value) {
        null -> "null"
        is String -> quoted(value)
        is Map<*, *> -> value.entries.joinToString(",", "{", "}") { quoted(it.key.toString()) + ":" + write(it.value) }
        is List<*> -> value.joinToString(",", "[", "]") { write(it) }
        else -> value.toString()
    }

    private fun quoted(text: String) = buildString {
        append('"')
        for (char in text) when {
            char == '"' || char == '\\' -> append('\\').append(char)
            char < ' ' -> append("\\u%04x".format(char.code))
            else -> append(char)
        }
        append('"')
    }

    fun read(text: String): Any? = try {
        Reader(text).all()
    } catch (error: RuntimeException) { // an index out of the text, or no number
        throw Lost("The answer is no JSON.", error)
    }

    private class Reader(private val text: String) {
        private var at = 0

        fun all(): Any? = value().also { skip(); require(at == text.length) }

        private fun skip() {
            while (at < text.length && text[at].isWhitespace()) at++
        }

        private fun takes(char: Char): Boolean {
            skip()
            return (text[at] == char).also { if (it) at++ }
        }

        private fun value(): Any? {
            skip()
            return when (text[at]) {
                '{' -> record()
                '[' -> list()
                '"' -> string()
                't' -> word("true", true)
                'f' -> word("false", false)
                'n' -> word("null", null)
                else -> number()
            }
        }

        private fun <T> word(name: String, value: T): T {
            require(text.startsWith(name, at))
            at += name.length
            return value
        }

        private fun record(): JsonObject {
            val found = LinkedHashMap<String, Any?>()
            at++
            if (takes('}')) return found
            do {
                skip()
                val name = string()
                require(takes(':'))
                found[name] = value()
            } while (takes(','))
            require(takes('}'))
            return found
        }

        private fun list(): List<Any?> {
            val found = ArrayList<Any?>()
            at++
            if (takes(']')) return found
            do found.add(value()) while (takes(','))
            require(takes(']'))
            return found
        }

        private fun string(): String = buildString {
            require(text[at++] == '"')
            while (text[at] != '"') {
                val char = text[at++]
                if (char != '\\') { append(char); continue }
                when (val escaped = text[at++]) {
                    'n' -> append('\n')
                    't' -> append('\t')
                    'r' -> append('\r')
                    'b' -> append('\b')
                    'f' -> append('\u000C')
                    'u' -> { append(text.substring(at, at + 4).toInt(16).toChar()); at += 4 }
                    else -> append(escaped)
                }
            }
            at++
        }

        private fun number(): Any {
            val start = at
            while (at < text.length && text[at] in "+-.eE0123456789") at++
            val digits = text.substring(start, at)
            return digits.toLongOrNull() ?: digits.toDouble()
        }
    }
}
