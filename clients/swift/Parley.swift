//  A client of Parley in one file: copy it into your app. It needs Swift 5.9 and Foundation (iOS 15, macOS 12).
//
//      let parley = Parley("https://speak.example.org")
//      try await parley.signIn("ada", "correct horse battery")
//      let session = try await parley.speaking(referenceText: "Hello there.")
//      Task { for try await event in session.events { if case .pronunciationFinal(let said) = event { show(said.pronunciation.overall) } } }
//      try await session.sendAudio(frame)       // PCM16, mono, 16 kHz, 20 to 200 ms
//      let ended = try await session.end()
//
//  A session survives lost networks and lost nodes: sound is numbered and kept until the server will never ask for it
//  again; after a break the session connects again, joins with the number of the last event, sends what is missing and
//  drops what it has seen.
//
//  Checked for syntax only (tree-sitter, in tests/unit/clients/test_swift.py): where Parley is tested there is no
//  Swift compiler. Its twin in Kotlin, which works the same way, is compiled and tried against a server.

import Foundation

public typealias JsonObject = [String: Any]

// MARK: What can go wrong

public enum ParleyError: Error, CustomStringConvertible {
    /// The server cannot be reached, or the connection broke before the answer came.
    case lost(String)
    /// The server refused: `code` is stable (`replaced`, `session_active`, `unavailable` …), the message is for people.
    case refused(Refusal)

    public var description: String {
        switch self {
        case .lost(let why): return why
        case .refused(let refusal): return "\(refusal.message) (\(refusal.code))"
        }
    }

    var refusal: Refusal? {
        if case .refused(let refusal) = self { return refusal }
        return nil
    }
}

public struct Refusal: Sendable {
    public let code: String
    public let message: String
    public let status: Int?
    /// Seconds after which another try may succeed.
    public let retryAfter: Double?
    /// With `session_active`: the session that runs.
    public let sessionId: String?

    /// A proxy on the way said it, in its own words: that ends neither a sign-in nor a session.
    var ofAnother: Bool { code.hasPrefix("http_") }

    init(_ body: JsonObject, status: Int? = nil, retryAfter: Double? = nil) {
        code = body["error"] as? String ?? (status.map { "http_\($0)" } ?? "refused")
        message = body["message"] as? String ?? "The server refused."
        self.status = status
        self.retryAfter = retryAfter ?? body["retry_after"] as? Double
        sessionId = body["session_id"] as? String
    }
}

// MARK: What the server says

public struct Word: Decodable, Sendable {
    public let id: String
    public let text: String
    public let startMs: Int
    public let endMs: Int
    public let confidence: Double?
}

public struct Phone: Decodable, Sendable {
    public let phoneme: String
    public let ipa: String?
    public let startMs: Int?
    public let endMs: Int?
    public let score: Double?
    public let heard: String?
}

public struct ScoredWord: Decodable, Sendable {
    public let word: String
    public let score: Double?
    public let error: String
    public let phonemes: [Phone]?
}

public struct Report: Decodable, Sendable {
    public let overall: Double?
    public let accuracy: Double?
    public let fluency: Double?
    public let completeness: Double?
    public let prosody: Double?
    public let words: [ScoredWord]
}

public struct SessionState: Decodable, Sendable {
    public let status: String
    public let voidTurnIds: [String]?
    public let waitingFor: String?
    public let message: String?
}

public struct SessionWarning: Decodable, Sendable {
    public let reason: String
    public let remainingSeconds: Int?
    public let message: String?
    public let part: String?
}

public struct SessionObservers: Decodable, Sendable {
    public let count: Int
    public let names: [String]
}

public struct SnapshotTurn: Decodable, Sendable {
    public let turnId: String
    public let role: String
    public let text: String
    public let words: [Word]?
    public let pronunciation: Report?
}

public struct SessionSnapshot: Decodable, Sendable {
    public let status: String
    public let turns: [SnapshotTurn]
    public let remainingSeconds: Int
}

public struct SessionEnded: Decodable, Sendable {
    public let reason: String
    public let billedSeconds: Int
    public let transcriptId: String?
}

public struct SpeechStarted: Decodable, Sendable {
    public let turnId: String
    public let startMs: Int
}

public struct SpeechStopped: Decodable, Sendable {
    public let turnId: String
    public let endMs: Int
}

public struct TranscriptPartial: Decodable, Sendable {
    public let turnId: String
    public let text: String
    /// Characters at the start of `text` that will never change.
    public let stablePrefixLength: Int
    public let words: [Word]
}

public struct TranscriptFinal: Decodable, Sendable {
    public let turnId: String
    public let role: String
    public let text: String
    public let words: [Word]
}

public struct PronunciationWord: Decodable, Sendable {
    public let turnId: String
    public let wordId: String
    public let index: Int?
    public let word: String
    public let score: Double?
    public let error: String
    public let phonemes: [Phone]
    public let provisional: Bool
}

public struct PronunciationFinal: Decodable, Sendable {
    public let turnId: String
    public let pronunciation: Report
}

public struct ResponseDelta: Decodable, Sendable {
    public let turnId: String
    public let text: String
}

/// Speech of the tutor: PCM16, mono, 24 kHz. Play the pieces one behind the other; stop at `playbackFlush`.
public struct ResponseAudio: Sendable {
    public let epoch: Int
    public let seq: Int
    public let sound: Data
}

public struct ResponseViseme: Decodable, Sendable {
    public let turnId: String
    public let epoch: Int
    public let atMs: Int
    public let id: Int
}

public struct ResponseDone: Decodable, Sendable {
    public let turnId: String
    public let text: String
    public let complete: Bool
}

public struct PlaybackFlush: Decodable, Sendable {
    public let epoch: Int
}

public struct PlaybackResume: Decodable, Sendable {
    public let epoch: Int
    public let text: String
}

public struct ServerError: Decodable, Sendable {
    public let error: String
    public let message: String
}

public enum Event: Sendable {
    case sessionState(SessionState)
    case sessionWarning(SessionWarning)
    case sessionObservers(SessionObservers)
    case sessionSnapshot(SessionSnapshot)
    case sessionEnded(SessionEnded)
    case speechStarted(SpeechStarted)
    case speechStopped(SpeechStopped)
    case transcriptPartial(TranscriptPartial)
    case transcriptFinal(TranscriptFinal)
    case pronunciationWord(PronunciationWord)
    case pronunciationFinal(PronunciationFinal)
    case responseDelta(ResponseDelta)
    case responseAudio(ResponseAudio)
    case responseViseme(ResponseViseme)
    case responseDone(ResponseDone)
    case playbackFlush(PlaybackFlush)
    case playbackResume(PlaybackResume)
    case serverError(ServerError)
    /// An event of a later version of the server: its name, and its JSON.
    case unknown(String, Data)

    init(_ name: String, _ json: Data) {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        func read<T: Decodable>(_ wrap: (T) -> Event) -> Event {
            guard let value = try? decoder.decode(T.self, from: json) else { return .unknown(name, json) }
            return wrap(value)
        }
        switch name {
        case "session.state": self = read(Event.sessionState)
        case "session.warning": self = read(Event.sessionWarning)
        case "session.observers": self = read(Event.sessionObservers)
        case "session.snapshot": self = read(Event.sessionSnapshot)
        case "session.ended": self = read(Event.sessionEnded)
        case "speech.started": self = read(Event.speechStarted)
        case "speech.stopped": self = read(Event.speechStopped)
        case "transcript.partial": self = read(Event.transcriptPartial)
        case "transcript.final": self = read(Event.transcriptFinal)
        case "pronunciation.word": self = read(Event.pronunciationWord)
        case "pronunciation.final": self = read(Event.pronunciationFinal)
        case "response.delta": self = read(Event.responseDelta)
        case "response.viseme": self = read(Event.responseViseme)
        case "response.done": self = read(Event.responseDone)
        case "playback.flush": self = read(Event.playbackFlush)
        case "playback.resume": self = read(Event.playbackResume)
        case "error": self = read(Event.serverError)
        default: self = .unknown(name, json)
        }
    }
}

/// `role` is "user" for the learner and "ai" for the tutor; `final` is false while it is spoken.
public struct Turn: Sendable {
    public let turnId: String
    public let role: String
    public var text = ""
    public var words: [Word] = []
    public var report: Report?
    public var final = false
}

// MARK: Signing in, and REST

/// Of one sign-in. Keep `refresh` in the keychain: it signs in for 30 days.
public struct Tokens: Codable, Sendable {
    public let access: String
    public let refresh: String
    public let expiresAt: Date
}

/// A server; of several addresses sessions use all, REST the first.
public actor Parley {
    public private(set) var tokens: Tokens?
    private let urls: [URL]
    private let onTokens: @Sendable (Tokens?) -> Void
    private var renewing: Task<Tokens, Error>?

    /// `tokens` of an earlier sign-in go on with it; `onTokens` gets each new pair, to keep it, and nil at the end.
    public init(_ urls: String..., tokens: Tokens? = nil, onTokens: @escaping @Sendable (Tokens?) -> Void = { _ in }) {
        self.urls = urls.compactMap { URL(string: $0) }
        self.tokens = tokens
        self.onTokens = onTokens
    }

    /// `username` may be the e-mail. Refused with `invalid_credentials`.
    public func signIn(_ username: String, _ password: String) async throws {
        let form = "username=\(encoded(username))&password=\(encoded(password))"
        let type = "application/x-www-form-urlencoded"
        _ = try keep(try await answer("POST", "/api/auth/login", Data(form.utf8), type, nil))
    }

    /// Another pair of tokens; it is done by itself when one is needed. Refused when the sign-in was ended.
    public func refresh() async throws {
        _ = try await renewed()
    }

    /// The tokens are void at once.
    public func signOut() async throws {
        guard let old = tokens else { return }
        _ = try await request("POST", "/api/auth/logout", ["refresh_token": old.refresh])
        tokens = nil
        onTokens(nil)
    }

    /// One that is valid for a minute at least; another one when the last was `refused`.
    public func accessToken(refused: Bool = false) async throws -> String {
        guard let held = tokens else {
            throw ParleyError.refused(Refusal(["error": "not_authenticated", "message": "Sign in first."]))
        }
        if !refused && held.expiresAt.timeIntervalSinceNow > 60 { return held.access }
        return try await renewed().access
    }

    /// Any operation of /api/openapi.json but those with files: the JSON of the answer, empty for 204.
    public func request(_ method: String, _ path: String, _ body: JsonObject? = nil) async throws -> JsonObject {
        let data = try body.map { try JSONSerialization.data(withJSONObject: $0) }
        do {
            return try await answer(method, path, data, "application/json", try await accessToken())
        } catch let error as ParleyError where error.refusal?.code == "token_expired" {
            return try await answer(method, path, data, "application/json", try await accessToken(refused: true))
        }
    }

    /// A scored reading of `referenceText`, or free speech. For `wait` seconds it waits for a server that is full or away.
    public func speaking(
        referenceText: String? = nil, language: String = "en", takeover: Bool = false, wait: Double = 30
    ) async throws -> Session {
        var order: JsonObject = ["language": language, "takeover": takeover]
        if let text = referenceText { order["reference_text"] = text }
        let session = Session(urls, "speaking", self)
        try await session.begin("speaking.start", order, wait)
        return session
    }

    /// A conversation with the tutor; `order` as of `POST /api/live/session/start`.
    public func conversation(_ order: JsonObject = ["session_type": "voice"], wait: Double = 30) async throws -> Session {
        let started = try await request("POST", "/api/live/session/start", order)
        return try await joined(started["session_id"] as? String ?? "", wait: wait)
    }

    /// A session that runs already, taken over from the device that has it; all its events come again.
    public func joined(_ sessionId: String, namespace: String = "live", wait: Double = 30) async throws -> Session {
        let session = Session(urls, namespace, self)
        try await session.begin("session.join", ["session_id": sessionId, "last_seq": 0], wait)
        return session
    }

    /// Once for all that found the same pair worn out.
    private func renewed() async throws -> Tokens {
        if let running = renewing { return try await running.value }
        guard let old = tokens else {
            throw ParleyError.refused(Refusal(["error": "not_authenticated", "message": "Sign in first."]))
        }
        let task = Task { () async throws -> Tokens in
            do {
                let answer = try await exchanged(old)
                if let now = tokens, now.refresh != old.refresh { return now }  // somebody has signed in meanwhile
                guard tokens != nil else { throw ParleyError.refused(Refusal(["error": "not_authenticated", "message": "Signed out."])) }
                return try keep(answer)
            } catch let error as ParleyError {
                if let said = error.refusal, said.status == 401, !said.ofAnother, tokens?.refresh == old.refresh {
                    tokens = nil
                    onTokens(nil)
                }
                throw error
            }
        }
        renewing = task
        defer { renewing = nil }
        return try await task.value
    }

    private func exchanged(_ old: Tokens) async throws -> JsonObject {
        let body = try JSONSerialization.data(withJSONObject: ["refresh_token": old.refresh])
        do {
            return try await answer("POST", "/api/auth/refresh", body, "application/json", nil)
        } catch ParleyError.lost {  // a lost answer may be asked for again, within ten seconds
            return try await answer("POST", "/api/auth/refresh", body, "application/json", nil)
        }
    }

    private func keep(_ answer: JsonObject) throws -> Tokens {
        guard let access = answer["access_token"] as? String, let refresh = answer["refresh_token"] as? String else {
            throw ParleyError.lost("Something else answered in place of the server.")
        }
        let made = Tokens(
            access: access,
            refresh: refresh,
            expiresAt: Date(timeIntervalSinceNow: answer["expires_in"] as? Double ?? 0)
        )
        tokens = made
        onTokens(made)
        return made
    }

    private func answer(
        _ method: String, _ path: String, _ body: Data?, _ type: String, _ token: String?
    ) async throws -> JsonObject {
        guard let base = urls.first, let url = URL(string: path, relativeTo: base) else {
            throw ParleyError.lost("There is no address.")
        }
        var request = URLRequest(url: url, timeoutInterval: 60)
        request.httpMethod = method
        request.httpBody = body
        if body != nil { request.setValue(type, forHTTPHeaderField: "Content-Type") }
        if let token = token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        let said: Data
        let response: URLResponse
        do {
            (said, response) = try await URLSession.shared.data(for: request)
        } catch let error as URLError {
            throw ParleyError.lost("\(method) \(path): \(error.localizedDescription)")
        }
        let json = (try? JSONSerialization.jsonObject(with: said)) as? JsonObject
        guard let http = response as? HTTPURLResponse, http.statusCode >= 400 else {
            if let json = json { return json }
            guard said.isEmpty else { throw ParleyError.lost("Something else answered in place of the server.") }
            return [:]
        }
        let wait = http.value(forHTTPHeaderField: "Retry-After").flatMap(Double.init)
        throw ParleyError.refused(Refusal(json?["detail"] as? JsonObject ?? [:], status: http.statusCode, retryAfter: wait))
    }

    private func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }
}

// MARK: Sessions

/// One session over as many connections as it takes. Made by `Parley`.
public actor Session {
    /// Every event once and in order, for one reader. It ends after `sessionEnded` or `close`, and throws what else ended it.
    public nonisolated let events: AsyncThrowingStream<Event, Error>
    public private(set) var id: String?
    public private(set) var lastSeq = 0
    public private(set) var reconnects = 0

    private struct Frame {
        let seq: Int
        let codec: UInt8
        let sound: Data
    }

    private let inbox: AsyncThrowingStream<Event, Error>.Continuation
    private let urls: [URL]
    private let namespace: String
    private let parley: Parley
    private var frames: [Frame] = []
    private var newest = 0
    private var sent = 0
    private var line: Line?  // joined, as long as it is here
    private var ended: SessionEnded?
    private var failure: ParleyError?
    private var closed = false
    private var ticket: String?
    private var refusals = 0
    private var lostJoins: [Date] = []
    private var pauseUntil = Date.distantPast
    private var spokeAt = Date()
    private var heartbeat = 5.0
    private var holeBefore = 0
    private var newestEpoch = 0
    private var leastEpoch = 0
    private var order: [String] = []
    private var turns: [String: Turn] = [:]
    private var address = 0
    private var pumping = false
    private var work: [Task<Void, Never>] = []

    init(_ urls: [URL], _ namespace: String, _ parley: Parley) {
        self.urls = urls
        self.namespace = namespace
        self.parley = parley
        var made: AsyncThrowingStream<Event, Error>.Continuation!
        events = AsyncThrowingStream(bufferingPolicy: .unbounded) { made = $0 }
        inbox = made
    }

    /// What was said so far, in order.
    public var transcript: [Turn] { order.compactMap { turns[$0] }.filter { !$0.text.isEmpty } }

    /// Queue one frame: PCM16, mono, 16 kHz, 640 to 6,400 bytes, or one packet of Opus. It is sent as soon as it can be.
    public func sendAudio(_ sound: Data, opus: Bool = false) throws {
        guard opus || ((640...6400).contains(sound.count) && sound.count % 2 == 0) else {
            throw ParleyError.lost("A frame of PCM16 has 640 to 6,400 bytes.")
        }
        newest += 1
        frames.append(Frame(seq: newest, codec: opus ? 1 : 0, sound: sound))
        pump()
    }

    /// End the turn now.
    public func commit() async throws {
        try await flush()
        _ = try await ask("audio.commit", [:])
    }

    /// A typed turn. Its key prevents a duplicate when it has to be sent again.
    public func say(_ text: String) async throws {
        _ = try await ask("text", ["text": text, "key": String(UUID().uuidString.prefix(36))])
    }

    /// Stop the tutor's reply.
    public func cancelResponse() async throws {
        _ = try await ask("response.cancel", [:])
    }

    /// Send what is left, end the session and wait for its last event.
    public func end() async throws -> SessionEnded {
        try await flush()
        while over == nil {
            do {
                _ = try await ask("session.end", [:])
                break
            } catch let error as ParleyError {
                guard let code = error.refusal?.code, code != "session_ended" else { break }
                guard ["unavailable", "not_joined", "rate_limited"].contains(code) else { throw error }
                try await pause(0.3)
            }
        }
        while ended == nil && failure == nil && !closed { try await pause(0.05) }
        if let ended = ended { return ended }
        throw failure ?? ParleyError.lost("The session was closed.")
    }

    /// Wait until every frame has arrived: the answer to a heartbeat comes after every complaint about a frame.
    public func flush() async throws {
        while over == nil && !closed {
            while sent < newest && over == nil && !closed { try await pause(0.05) }
            do {
                _ = try await ask("session.heartbeat", [:])
            } catch let error as ParleyError where error.refusal != nil {
                if over != nil { return }
                try await pause(0.2)
            }
            if sent >= newest { return }
        }
    }

    /// Leave. The session goes on for a while without its client and can be joined again.
    public func close() {
        closed = true
        line?.close()
        work.forEach { $0.cancel() }
        inbox.finish()
    }

    /// Break the connection like a lost network, for tests.
    public func cut() {
        line?.close()
    }

    // How it stays connected.

    func begin(_ name: String, _ data: JsonObject, _ wait: Double) async throws {
        let giveUp = Date(timeIntervalSinceNow: wait)
        var backoff = Backoff()
        while true {
            var asked: Double?
            do {
                try await connect(name, data)
                break
            } catch let error as ParleyError {
                if let refusal = error.refusal, refusal.code != "unavailable" { throw error }
                if Date() > giveUp { throw error }
                asked = error.refusal?.retryAfter
            }
            address += 1
            try await pause(backoff.next(asked))
        }
        work.append(Task { await keep() })
        work.append(Task { await beat() })
    }

    private func connect(_ name: String, _ data: JsonObject) async throws {
        let opened = try Line(urls[address % urls.count], "/api/realtime/\(namespace)")
        Task { await read(opened) }
        do {
            try await authenticate(opened)
            let answer = try await asked(opened, name, data)
            id = answer["session_id"] as? String ?? id
            ticket = answer["resume_ticket"] as? String ?? ticket
            heartbeat = answer["heartbeat_interval_seconds"] as? Double ?? 5
            sent = answer["audio_seq"] as? Int ?? 0
            newest = max(newest, sent)  // of a device before us
            refusals = 0
            line = opened
            pump()
        } catch {
            opened.close()
            throw error
        }
    }

    /// A join may have been taken though its answer is lost.
    private func asked(_ opened: Line, _ name: String, _ data: JsonObject) async throws -> JsonObject {
        do {
            return try await opened.ask(name, data)
        } catch ParleyError.lost(let why) {
            lostJoins.append(Date())
            throw ParleyError.lost(why)
        }
    }

    /// With a token, another token when that is refused, and the ticket of the last join when that is refused, too.
    private func authenticate(_ opened: Line) async throws {
        let tried = refusals
        let held = tried > 1 ? ticket : nil
        let shown: JsonObject
        if let held = held {
            shown = ["ticket": held]
        } else {
            shown = ["token": try await parley.accessToken(refused: tried > 0)]
        }
        do {
            _ = try await opened.ask("auth", shown)
        } catch let error as ParleyError {
            guard let code = error.refusal?.code, ["token_expired", "not_authenticated"].contains(code) else { throw error }
            refusals += 1
            if tried == 0 || (tried == 1 && ticket != nil) { throw ParleyError.lost("Another credential is tried.") }
            throw error
        }
    }

    private func read(_ from: Line) async {
        while let message = await from.next() {
            switch message {
            case .data(let bytes) where bytes.count >= 7:
                let head = [UInt8](bytes.prefix(7))
                let epoch = Int(head[0]) << 8 | Int(head[1])
                let seq = Int(head[2]) << 24 | Int(head[3]) << 16 | Int(head[4]) << 8 | Int(head[5])
                heard(epoch, seq, Data(bytes.dropFirst(7)))
            case .string(let text):
                guard let said = (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? JsonObject else { continue }
                let data = said["data"] as? JsonObject ?? [:]
                if let number = said["ack"] as? Int {
                    from.answered(number, data)
                } else if let name = said["event"] as? String {
                    received(from, name, data)
                }
            default:
                continue
            }
        }
        if line === from { line = nil }
    }

    private func keep() async {
        var backoff = Backoff()
        while over == nil && !closed {
            if line != nil {
                try? await pause(0.05)
                continue
            }
            var asked: Double?
            do {
                try await connect("session.join", ["session_id": id ?? "", "last_seq": lastSeq])
                reconnects += 1
                backoff = Backoff()
                continue
            } catch ParleyError.refused(let refusal) {
                let fatal = ["not_authenticated", "token_expired", "forbidden", "INSUFFICIENT_API_KEY_SCOPE", "not_found", "replaced"]
                if fatal.contains(refusal.code) { return fail(refusal) }
                asked = refusal.retryAfter
            } catch {  // another try may reach it
            }
            address += 1
            try? await pause(backoff.next(asked))
        }
    }

    /// Frames in order, from the one that the server expects next.
    private func pump() {
        guard !pumping else { return }
        pumping = true
        Task { await sendFrames() }
    }

    private func sendFrames() async {
        defer { pumping = false }
        while let open = line, sent < newest, let first = frames.first, !closed {
            if pauseUntil > Date() {
                try? await pause(pauseUntil.timeIntervalSinceNow)
                continue
            }
            let frame = frames[max(0, sent + 1 - first.seq)]
            sent = frame.seq
            spokeAt = Date()
            var bytes = Data([UInt8(frame.seq >> 24 & 0xFF), UInt8(frame.seq >> 16 & 0xFF)])
            bytes.append(contentsOf: [UInt8(frame.seq >> 8 & 0xFF), UInt8(frame.seq & 0xFF), frame.codec])
            do {
                try await open.send(.data(bytes + frame.sound))
            } catch {
                open.close()  // the next line sends this frame again
                return
            }
        }
    }

    private func beat() async {
        while over == nil && !closed {
            try? await pause(heartbeat)
            guard let open = line, Date().timeIntervalSince(spokeAt) >= heartbeat * 0.9 else { continue }
            _ = try? await open.ask("session.heartbeat", [:])  // the next one does; a break is noticed by the reader
        }
    }

    /// The answer to an event, over the next connection if this one breaks.
    private func ask(_ name: String, _ data: JsonObject) async throws -> JsonObject {
        while true {
            if let over = over { throw over }
            guard !closed else { throw ParleyError.lost("The session was closed.") }
            if let open = line {
                do {
                    return try await open.ask(name, data)
                } catch ParleyError.lost {
                    if line === open { line = nil }
                }
            }
            try await pause(0.05)
        }
    }

    private var over: ParleyError? {
        if let failure = failure { return failure }
        return ended == nil ? nil : .refused(Refusal(["error": "session_ended", "message": "The session has ended."]))
    }

    private func received(_ from: Line, _ name: String, _ data: JsonObject) {
        if from.isClosed { return }  // what a line that was given up brings comes again over the next one
        if name == "audio.ack" {
            let safe = data["safe_seq"] as? Int ?? 0
            frames.removeAll { $0.seq <= safe }
            return
        }
        if name == "error" {
            complained(from, data)
        } else if name != "response.viseme", let seq = data["seq"] as? Int {
            if name != "session.snapshot" && lastSeq > 0 && seq > lastSeq + 1 && holeBefore != seq {
                holeBefore = seq  // found once for each number; joining again fills it
                return from.close()
            }
            if seq <= lastSeq && name != "session.snapshot" { return }
            lastSeq = max(lastSeq, seq)
        }
        guard let json = try? JSONSerialization.data(withJSONObject: data) else { return }
        happened(from, Event(name, json))
    }

    private func happened(_ from: Line, _ event: Event) {
        remember(event)
        inbox.yield(event)
        switch event {
        case .playbackFlush(let flush): flushed(flush.epoch)
        case .playbackResume(let resume): flushed(resume.epoch)
        case .sessionWarning(let warning) where warning.reason == "draining": from.close()  // come back, at another node
        case .sessionEnded(let last):
            ended = last
            inbox.finish()
        default: break
        }
    }

    /// The turns: void ones go, and a snapshot is all there is.
    private func remember(_ event: Event) {
        func change(_ turnId: String, _ role: String, _ change: (inout Turn) -> Void) {
            if turns[turnId] == nil { order.append(turnId) }
            var turn = turns[turnId] ?? Turn(turnId: turnId, role: role)
            change(&turn)
            turns[turnId] = turn
        }
        switch event {
        case .transcriptPartial(let said): change(said.turnId, "user") { $0.text = said.text; $0.words = said.words }
        case .transcriptFinal(let said):
            change(said.turnId, said.role) { $0.text = said.text; $0.words = said.words; $0.final = true }
        case .pronunciationFinal(let said): change(said.turnId, "user") { $0.report = said.pronunciation }
        case .responseDelta(let said): change(said.turnId, "ai") { $0.text += said.text }
        case .responseDone(let said): change(said.turnId, "ai") { $0.text = said.text; $0.final = true }
        case .sessionState(let state):
            let void = Set(state.voidTurnIds ?? [])
            order.removeAll { void.contains($0) }
            void.forEach { turns[$0] = nil }
        case .sessionSnapshot(let all):
            order = []
            turns = [:]
            for said in all.turns {
                change(said.turnId, said.role) {
                    $0.text = said.text
                    $0.words = said.words ?? []
                    $0.report = said.pronunciation
                    $0.final = true
                }
            }
        default: break
        }
    }

    private func flushed(_ epoch: Int) {
        leastEpoch = max(leastEpoch, epoch)
        newestEpoch = max(newestEpoch, epoch)
    }

    /// Sound carries the last 16 bits of its epoch; what is earlier than the last flush is not played.
    private func heard(_ low: Int, _ seq: Int, _ sound: Data) {
        let apart = (low - newestEpoch) & 0xFFFF
        let epoch = newestEpoch + (apart < 0x8000 ? apart : apart - 0x10000)
        newestEpoch = max(newestEpoch, epoch)
        if epoch >= leastEpoch { inbox.yield(.responseAudio(ResponseAudio(epoch: epoch, seq: seq, sound: sound))) }
    }

    private func complained(_ from: Line, _ error: JsonObject) {
        let code = error["error"] as? String ?? ""
        if let expected = error["expected_seq"] as? Int, ["out_of_order", "rate_limited"].contains(code) {
            sent = min(sent, expected - 1)
        }
        if code == "rate_limited" { pauseUntil = Date(timeIntervalSinceNow: error["retry_after"] as? Double ?? 1) }
        if code == "replaced" {
            // Another device, for which we make room; or a late answer to our own join over a line that broke.
            // One that was not answered may replace us for 30 seconds.
            if let lost = lostJoins.popLast(), Date().timeIntervalSince(lost) < 30 {
                from.close()
            } else {
                fail(Refusal(error))
            }
        }
        pump()
    }

    private func fail(_ refusal: Refusal) {
        failure = failure ?? .refused(refusal)
        inbox.finish(throwing: ParleyError.refused(refusal))
        line?.close()
    }

    private func pause(_ seconds: Double) async throws {
        try await Task.sleep(nanoseconds: UInt64(max(0, seconds) * 1e9))
    }
}

/// Twice as long each time, with chance, so that not all clients of a node that died come back at once. Seconds.
private struct Backoff {
    private var now = 0.1

    mutating func next(_ atLeast: Double?) -> Double {
        let wait = now * Double.random(in: 0.5...1)
        now = min(3, 2 * now)
        return max(wait, (atLeast ?? 0) * Double.random(in: 1...1.5))
    }
}

// MARK: One connection: the plain WebSocket of the protocol parley.1 (docs/websocket.md)

private final class Line: @unchecked Sendable {
    private let task: URLSessionWebSocketTask
    private let lock = NSLock()  // guards what follows
    private var answers: [Int: CheckedContinuation<JsonObject, Error>] = [:]
    private var newest = 0
    private var gone = false
    private var refusal: JsonObject?

    init(_ base: URL, _ path: String) throws {
        guard var parts = URLComponents(url: base, resolvingAgainstBaseURL: true) else {
            throw ParleyError.lost("\(base) is no address.")
        }
        parts.scheme = ["https", "wss"].contains(parts.scheme) ? "wss" : "ws"
        parts.path = (parts.path.hasSuffix("/") ? String(parts.path.dropLast()) : parts.path) + path
        guard let url = parts.url else { throw ParleyError.lost("\(base) is no address.") }
        task = URLSession.shared.webSocketTask(with: url, protocols: ["parley.1"])
        task.maximumMessageSize = 16 << 20
        task.resume()
    }

    var isClosed: Bool { lock.withLock { gone } }

    /// Nil when the line is gone. The server pings a silent line every 10 s, and URLSession answers.
    func next() async -> URLSessionWebSocketTask.Message? {
        do {
            let message = try await task.receive()
            if case .string(let text) = message, text.contains("\"event\":\"error\"") {
                let said = (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? JsonObject
                lock.withLock { refusal = said?["data"] as? JsonObject }
            }
            return message
        } catch {
            close()
            return nil
        }
    }

    /// The acknowledgement, within 25 seconds.
    func ask(_ name: String, _ data: JsonObject) async throws -> JsonObject {
        let number = lock.withLock { () -> Int in
            newest += 1
            return newest
        }
        let json = try JSONSerialization.data(withJSONObject: ["event": name, "id": number, "data": data])
        let late = Task {
            try await Task.sleep(nanoseconds: 25_000_000_000)
            close()
        }
        defer { late.cancel() }
        let answer: JsonObject = try await withCheckedThrowingContinuation { waiting in
            let closed = lock.withLock { () -> Bool in
                if !gone { answers[number] = waiting }
                return gone
            }
            if closed { return waiting.resume(throwing: why()) }
            task.send(.string(String(decoding: json, as: UTF8.self))) { error in
                if error != nil { self.close() }
            }
        }
        guard answer["ok"] as? Bool == true else {
            throw ParleyError.refused(Refusal(answer["error"] as? JsonObject ?? [:]))
        }
        return answer
    }

    func answered(_ number: Int, _ data: JsonObject) {
        lock.withLock { answers.removeValue(forKey: number) }?.resume(returning: data)
    }

    func send(_ message: URLSessionWebSocketTask.Message) async throws {
        try await task.send(message)
    }

    func close() {
        let waiting = lock.withLock { () -> [CheckedContinuation<JsonObject, Error>] in
            gone = true
            defer { answers = [:] }
            return Array(answers.values)
        }
        let reason = why()
        task.cancel(with: .normalClosure, reason: nil)
        waiting.forEach { $0.resume(throwing: reason) }
    }

    /// Close code 1008 says that we are not let in, and the error before it why.
    private func why() -> ParleyError {
        if task.closeCode == .policyViolation, let body = lock.withLock({ refusal }) { return .refused(Refusal(body)) }
        return .lost("The connection broke.")
    }
}
