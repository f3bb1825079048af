/** Two recordings of one sentence, drawn and playable: mine, and the model voice's. */
import WaveSurfer from "../vendor/wavesurfer.esm.min.js";
import { t } from "./i18n.js";
import { spoken } from "./speech.js";
import { element } from "./words.js";

export const HEIGHT = 64; // the page's policy allows the one style that this height makes

/** A drawn recording with its button. @param {Blob} blob */
export function track(place, label, blob) {
  const colour = getComputedStyle(document.documentElement);
  const drawing = element("div", { class: "drawing" });
  const button = element("button", { type: "button", class: "round", "aria-label": t("play.named", { name: label }) }, "▶");
  place.append(element("div", { class: "track" }, button, element("span", { class: "label" }, label), drawing));
  const wave = WaveSurfer.create({
    container: drawing,
    height: HEIGHT,
    waveColor: colour.getPropertyValue("--wave").trim(),
    progressColor: colour.getPropertyValue("--accent").trim(),
    barWidth: 3,
    barGap: 2,
    barRadius: 3,
    normalize: true,
  });
  wave.loadBlob(blob);
  button.addEventListener("click", () => wave.playPause());
  const show = (playing) => (button.textContent = playing ? "❚❚" : "▶");
  wave.on("play", () => show(true));
  wave.on("pause", () => show(false));
  return wave;
}

/** @param {Blob} mine */
export async function compare(place, mine, text) {
  place.replaceChildren(element("h2", {}, t("compare.title")));
  place.hidden = false;
  track(place, t("compare.mine"), mine);
  const model = await spoken(text).catch(() => null); // without a model voice there is still one's own
  if (model && place.isConnected) track(place, t("compare.model"), model);
}
