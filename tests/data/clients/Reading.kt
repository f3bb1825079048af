import java.io.File
import kotlin.concurrent.thread
import parley.Lost
import parley.Parley
import parley.Refused
import parley.SessionEnded
import parley.TranscriptFinal

/** Reads the recording ADDRESS NAME PASSWORD FILE to the server, cuts its line twice, and says what it got. */
fun main(given: Array<String>) {
    val (address, name, password, file) = given
    val parley = Parley(address)
    try {
        parley.signIn(name, "wrong horse battery")
    } catch (refused: Refused) {
        println("refused ${refused.code}")
    }
    parley.signIn(name, password)
    parley.refresh()
    println("name " + parley.request("GET", "/api/auth/me")["username"])
    val session = parley.speaking(takeover = true)
    val reading = thread {
        for (event in session) {
            if (event.seq != null) println("seq ${event.seq}")
            if (event is TranscriptFinal) println("final ${event.text}")
            if (event is SessionEnded) println("billed ${event.billedSeconds}")
        }
    }
    File(file).readBytes().toList().chunked(1280).forEachIndexed { number, frame ->
        if (number == 40 || number == 80) session.cut()
        session.sendAudio(frame.toByteArray())
        Thread.sleep(15)
    }
    session.end()
    reading.join()
    println("text " + session.transcript.joinToString(" ") { it.text })
    println("again ${session.reconnects}")
    val first = parley.speaking()
    try {
        parley.speaking(waitSeconds = 0.0)
    } catch (refused: Refused) {
        println("refused ${refused.code}")
    }
    parley.joined(first.id ?: "", "speaking").close()
    try {
        first.forEach { _ -> }
    } catch (refused: Refused) {
        println("refused ${refused.code}")
    }
    parley.signOut()
    try {
        Parley("http://127.0.0.1:9").signIn(name, password)
    } catch (lost: Lost) {
        println("lost")
    }
}
