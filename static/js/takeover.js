/** One account has one live session at a time: whether it moves here is the learner's choice. */
import { t } from "./i18n.js";
import { element } from "./words.js";

/** Call `start(false)`, and `start(true)` when a session runs elsewhere and the learner wants it ended there. */
export async function mayTakeOver(start) {
  try {
    return await start(false);
  } catch (error) {
    if (error.code !== "session_active" || !(await agreed())) throw error;
    return start(true);
  }
}

function agreed() {
  return ask(t("takeover.title"), t("takeover.text"), t("takeover.here"));
}

/** A question that blocks the page. Resolves with whether the answer was yes. */
export function ask(title, text, yes, kind = "primary") {
  const box = element(
    "dialog",
    { class: "question", "aria-labelledby": "question-title" },
    element("h2", { id: "question-title" }, title),
    element("p", {}, text),
    element(
      "form",
      { method: "dialog", class: "controls" },
      element("button", { value: "yes", class: kind }, yes),
      element("button", { value: "no" }, t("cancel")),
    ),
  );
  document.body.append(box);
  box.showModal();
  return new Promise((done) =>
    box.addEventListener("close", () => {
      box.remove();
      done(box.returnValue === "yes");
    }),
  );
}
