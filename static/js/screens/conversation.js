/** One written conversation; the answer appears while it is thought. */
import { html, nothing, repeat } from "../../vendor/lit.esm.min.js";
import { all, get, send } from "../api.js";
import { current, t } from "../i18n.js";
import { icon } from "../icons.js";
import { link } from "../router.js";
import { Screen, explained, heading } from "../screen.js";
import { events } from "/sdk/server-sent.js";
import { speak } from "../speech.js";
import { tell } from "../status.js";

export default class ConversationScreen extends Screen {
  static properties = { ...Screen.properties, messages: { state: true }, answering: { state: true } };

  async load() {
    const id = this.params.conversation;
    this.messages = (await all(`/api/core/conversations/${id}/messages`)).sort((a, b) => a.created_at.localeCompare(b.created_at));
    this.answering = false;
    return { id };
  }

  updated() {
    this.querySelector(".turns li:last-child")?.scrollIntoView({ block: "nearest" });
  }

  async #say(event) {
    event.preventDefault();
    const field = event.target.elements.text;
    const message = field.value.trim();
    if (!message || this.answering) return;
    const before = this.messages;
    const mine = { id: "mine", role: "user", content: message };
    const reply = { id: "reply", role: "assistant", content: "" };
    this.messages = [...before, mine, reply];
    this.answering = true;
    field.value = "";
    try {
      const response = await send("POST", "/api/ai/generate", {
        json: { message, conversation_id: this.data.id, stream: true, user_language: current() },
      });
      for await (const { event: name, data } of events(response)) {
        if (name === "delta") {
          reply.content += data.text;
          this.messages = [...before, mine, { ...reply }];
        } else if (name === "error") tell(data.message ?? data.detail?.message ?? t("error.title"), "problem");
      }
      await this.refresh();
    } catch (error) {
      this.messages = before;
      field.value = message; // nothing was saved: what was typed is not lost
      tell(explained(error), "problem");
    }
    this.answering = false;
  }

  view() {
    return html`<p class="crumbs"><a href=${link("/conversations")}>${t("conversations.title")}</a></p>
      ${heading(t("conversations.one"))}
      <ol class="turns" lang="en" dir="ltr" aria-live="polite">
        ${repeat(
          this.messages,
          (one) => one.id,
          (one) => html`<li class=${one.role}>
            <span class="who">${t(one.role === "user" ? "talk.you" : "talk.tutor")}</span>
            <p class="text">${one.content || "…"}</p>
            ${one.role === "assistant" && one.content && !this.answering
              ? html`<button type="button" class="quiet say" aria-label=${t("read.model_hint")} @click=${() => this.act(() => speak(one.content.slice(0, 500)))}>${icon("speaker")}</button>`
              : nothing}
          </li>`,
        )}
      </ol>
      <div class="dock">
        <form @submit=${this.#say}>
          <input name="text" maxlength="4000" lang="en" aria-label=${t("conversations.message")} placeholder=${t("conversations.message")} autocomplete="off" />
          <button class="primary" ?disabled=${this.answering}>${t("talk.send")}</button>
        </form>
      </div>`;
  }
}
