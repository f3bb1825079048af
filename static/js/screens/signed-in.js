/** Where a sign-in by the provider ends: on to where its beginner was going. */
import { html } from "../../vendor/lit.esm.min.js";
import { ApiError, arrived } from "../api.js";
import { t } from "../i18n.js";
import { go } from "../router.js";
import { Screen, heading } from "../screen.js";
import { takeNext } from "./sign-in.js";

export default class SignedInScreen extends Screen {
  async load() {
    try {
      await arrived();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return go("/sign-in"); // the address was typed, or the sign-in has ended again
    }
    go(takeNext());
  }

  view() {
    return html`<div class="card narrow">${heading(t("account.sign_in"))}</div>`;
  }
}
