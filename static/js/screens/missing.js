/** The address names no screen. */
import { html } from "../../vendor/lit.esm.min.js";
import { who } from "../api.js";
import { t } from "../i18n.js";
import { link } from "../router.js";
import { Screen, heading } from "../screen.js";

export default class MissingScreen extends Screen {
  view() {
    return html`${heading(t("missing.title"), t("missing.text"))}
      <div class="controls"><a class="button primary" href=${link(who() ? "/home" : "/")}>${t("nav.home")}</a></div>`;
  }
}
