import kotlin.concurrent.thread
import parley.Lost
import parley.Parley
import parley.ParleyException
import parley.Refused
import parley.Tokens

/** Signs in at ADDRESS, renews there as often as asked, and follows a session; says what it got. */
fun main(given: Array<String>) {
    val (address, renewals, id) = given
    Thread.setDefaultUncaughtExceptionHandler { _, error -> println("uncaught $error") }
    val parley = Parley(listOf(address), Tokens("a0", "r0", 0)) { println("kept ${it?.refresh}") }
    repeat(renewals.toInt()) {
        try {
            parley.refresh()
            println("renewed")
        } catch (error: ParleyException) {
            println(if (error is Refused) "refused ${error.code}" else "lost")
        }
    }
    val session = Parley(listOf(address), Tokens("a", "r", Long.MAX_VALUE)).joined(id)
    try {
        for (event in session) {
            if (event.seq != null) println("seq ${event.seq}")
        }
    } catch (refused: Refused) {
        println("over ${refused.code}")
    }
    // Whoever has left waits for nothing.
    val left = Parley(listOf(address), Tokens("a", "r", Long.MAX_VALUE)).joined(id)
    left.close()
    Thread.sleep(600) // until nothing is sent any more
    left.sendAudio(ByteArray(640))
    val flushing = thread(isDaemon = true) {
        try {
            left.flush()
        } catch (lost: Lost) { // the session was closed
        }
    }
    flushing.join(5_000)
    println("waiting ${flushing.isAlive}")
}
