/** The rest of the menu, where there is no room for it. */
import { html } from "../../vendor/lit.esm.min.js";
import { icon } from "../icons.js";
import { t } from "../i18n.js";
import { link } from "../router.js";
import { ROUTES } from "../routes.js";
import { Screen, heading } from "../screen.js";

export default class MoreScreen extends Screen {
  view() {
    const rest = ROUTES.filter((route) => route.nav === "more");
    return html`${heading(t("nav.more"))}
      <ul class="list card">
        ${rest.map((route) => html`<li><a class="row" href=${link(route.path)}>${icon(route.icon)}<span>${t(route.title)}</span></a></li>`)}
        <li><a class="row" href="/docs">${icon("write")}<span>${t("welcome.api")}</span></a></li>
      </ul>`;
  }
}
