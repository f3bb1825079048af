// The page in somebody else's site: takes its token out of the address, opens a live session and ends it.

const address = new URL(location.href);
const token = address.searchParams.get("integration_token");
history.replaceState(null, "", address.pathname);

const status = document.getElementById("status");
const end = document.getElementById("end");

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail.message);
  return answer;
}

try {
  const session = await post("/api/live/session/start", { session_type: "voice", takeover: true });
  const minutes = Math.floor(session.remaining_seconds / 60);
  status.textContent = `Session open: ${minutes} minutes left this month.`;
  end.hidden = false;
  const beat = setInterval(
    () => post("/api/live/session/heartbeat", { session_id: session.session_id }).catch(() => clearInterval(beat)),
    session.heartbeat_interval_seconds * 1000,
  );
  end.addEventListener("click", async () => {
    clearInterval(beat);
    end.hidden = true;
    const result = await post("/api/live/session/end", { session_id: session.session_id });
    status.textContent = `Session ended after ${result.billed_seconds} seconds.`;
  });
} catch (error) {
  status.textContent = error.message;
}
