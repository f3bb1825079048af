/** Everything that one has written, said or noted. */
import { html, nothing } from "../../vendor/lit.esm.min.js";
import { get } from "../api.js";
import { fields } from "../form.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { go, link } from "../router.js";
import { Screen, empty, heading } from "../screen.js";

export default class SearchScreen extends Screen {
  load() {
    return this.params.q ? get("/api/core/search", { q: this.params.q, limit: 30 }) : null;
  }

  #search(event) {
    event.preventDefault();
    const { q } = fields(event.target);
    go("/search", { q: q.trim() });
  }

  view() {
    return html`${heading(t("search.title"))}
      <form class="search-form card" role="search" @submit=${this.#search}>
        <input name="q" type="search" required maxlength="200" .value=${this.params.q ?? ""} aria-label=${t("search.title")} placeholder=${t("search.hint")} />
        <button class="primary">${icon("search")}<span>${t("search.title")}</span></button>
      </form>
      ${this.data ? this.#found(this.data) : nothing}`;
  }

  #found({ conversations, messages, notes }) {
    if (!conversations.length && !messages.length && !notes.length) return html`<div class="card">${empty("search", t("search.none"))}</div>`;
    const rows = [
      ...conversations.map((one) => ["talk", link(`/conversations/${one.id}`), one.title, one.snippet]),
      ...notes.map((one) => ["write", link("/notes", { note: one.id }), one.title, one.snippet]),
      ...messages.map((one) => ["talk", link(`/conversations/${one.conversation_id}`), t(one.role === "user" ? "talk.you" : "talk.tutor"), one.snippet]),
    ];
    return html`<ul class="card list">
      ${rows.map(([drawing, href, title, text]) => html`<li><a class="row" href=${href}>${icon(drawing)}<span class="grow"><strong>${title}</strong><span class="small" lang="en">${snippet(text)}</span></span></a></li>`)}
    </ul>`;
  }
}

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'", "&#x27;": "'" };

/** An excerpt whose only markup is <mark>, as text and marks. */
function snippet(text) {
  const plain = (piece) => piece.replace(/&(?:lt|gt|amp|quot|#39|#x27);/g, (found) => ENTITIES[found]);
  return text.split(/<mark>(.*?)<\/mark>/s).map((piece, index) => (index % 2 ? html`<mark>${plain(piece)}</mark>` : plain(piece)));
}
