/** Read a sentence aloud. */
import { html } from "../../vendor/lit.esm.min.js";
import { t } from "../i18n.js";
import { Reading } from "../reading.js";
import { Screen, heading } from "../screen.js";
import { readingPanel } from "../templates.js";

export default class ReadScreen extends Screen {
  updated() {
    const place = this.querySelector("#reading");
    if (this.reading || !place) return;
    this.reading = new Reading(place);
    if (this.params.text) this.reading.offer(this.params.text);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.reading?.leave();
  }

  view() {
    return html`${heading(t("read.title"), t("read.lead"))}
      <section id="reading" aria-label=${t("read.title")}>${readingPanel()}</section>`;
  }
}
