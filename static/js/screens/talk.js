/** Talk with the tutor. */
import { html } from "../../vendor/lit.esm.min.js";
import { t } from "../i18n.js";
import { Screen, heading } from "../screen.js";
import { Talk } from "../talk.js";
import { talkPanel } from "../templates.js";

export default class TalkScreen extends Screen {
  updated() {
    const place = this.querySelector("#talk");
    if (!this.talk && place) this.talk = new Talk(place);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.talk?.leave();
  }

  view() {
    return html`${heading(t("talk.title"), t("talk.lead"))}
      <section id="talk" aria-label=${t("talk.title")}>${talkPanel()}</section>`;
  }
}
