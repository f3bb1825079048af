/**
 * The page inside another site. It takes its token out of the address and keeps it beside it in the tab's history, so
 * that it is there again when the frame is loaded again (frames of other sites often have no other storage). Nothing is
 * asked of the server before a button is pressed.
 */
import { actWith } from "./api.js";
import { start, t } from "./i18n.js";
import { Outside } from "./outside.js";
import { prepare } from "./tabs.js";

await start();
document.querySelector(".technical summary").textContent = t("technical.title");

const address = new URL(location.href);
const given = address.searchParams.get("integration_token");

if (given) begin(given);
else await comeBack(history.state?.token);

function begin(token) {
  history.replaceState({ token }, "", address.pathname);
  actWith(token);
  const outside = new Outside(token);
  prepare(document.getElementById("work"), (session, kind) => outside.follow(session, kind));
  document.getElementById("work").hidden = false;
  outside.tell("ready");
}

/** Only with the token in the address does the server know who may frame the page. */
async function comeBack(token) {
  const again = `${address.pathname}?integration_token=${encodeURIComponent(token)}`;
  if (token && (await fetch(again, { method: "HEAD" })).ok) location.replace(again);
  else document.getElementById("status").textContent = t("embed.again");
}
