/** What both have said in a conversation: captions that grow, and words that take the colour of their score. */
import { t } from "./i18n.js";
import { openCard } from "./word_card.js";
import { WordButton, element } from "./words.js";

/** So many of the newest turns have words with scores. Older ones are text: an hour of talk stays light. */
export const SCORED = 60;

/** @typedef {{text: HTMLElement, node: HTMLElement, words: Map<string, WordButton>, early: any[]}} Turn `early`: scores of words that are not settled */

export class Turns {
  #place;
  /** @type {Map<string, Turn>} those with words, oldest first */
  #turns = new Map();
  #learner;
  #note = element("p", { class: "small", hidden: "" }, t("turns.earlier"));
  #atEnd = true; // the newest turn can be seen: what comes is scrolled to
  #due = false;
  #end = new IntersectionObserver((seen) => (this.#atEnd = seen.at(-1).isIntersecting));

  /** @param {HTMLElement} place a list @param {string} [learner] what the learner is called; else "You" */
  constructor(place, learner = "") {
    this.#place = place;
    this.#learner = learner || t("talk.you");
    place.before(this.#note);
  }

  clear() {
    this.#turns.clear();
    this.#place.replaceChildren();
    this.#end.disconnect();
    this.#note.hidden = true;
    this.#atEnd = true;
  }

  drop(id) {
    this.#turns.delete(id);
    document.getElementById(nameOf(id))?.remove();
  }

  /** Words of the learner while they are spoken. */
  grow({ turn_id: id, text, stable_prefix_length: stable }) {
    this.#turn(id, "user").text.replaceChildren(
      element("span", { class: "stable" }, text.slice(0, stable)),
      element("span", { class: "tail" }, text.slice(stable)),
    );
  }

  /** A finished turn: words that can be opened where they are scored. */
  settle({ turn_id: id, role, text, words: said, pronunciation }) {
    const turn = this.#turn(id, role);
    turn.words.clear();
    if (!said?.length || role === "ai" || !this.#turns.has(id)) {
      turn.text.textContent = text;
      return;
    }
    for (const word of said) turn.words.set(word.id, new WordButton(word.text, (scored, node) => openCard(scored, node)));
    turn.text.replaceChildren(...[...turn.words.values()].flatMap((button) => [button.node, " "]));
    for (const scored of turn.early.splice(0)) this.word(scored);
    if (pronunciation) this.report({ turn_id: id, pronunciation });
  }

  /** All turns of the session, as they are now. */
  settleAll(turns) {
    const newest = Math.max(0, turns.length - SCORED);
    turns.forEach((turn, index) => this.settle(index < newest ? { ...turn, words: [] } : turn));
  }

  word(event) {
    const turn = this.#turns.get(event.turn_id);
    const button = turn?.words.get(event.word_id);
    if (button) button.update(event);
    else turn?.early.push(event);
  }

  report({ turn_id: id, pronunciation }) {
    const turn = this.#turns.get(id);
    const buttons = [...(turn?.words.values() ?? [])];
    for (const word of pronunciation.words) buttons[word.index]?.update(word); // nothing shows what was said beside them
    turn?.node.querySelector(".quality")?.remove();
    const worst = pronunciation.quality?.[0];
    if (worst) turn?.node.append(element("p", { class: "quality" }, worst.message));
  }

  /** A piece of the tutor's reply. */
  add({ turn_id: id, text }) {
    this.#turn(id, "ai").text.append(text);
    this.#follow();
  }

  /** The reply as it was heard; without a word of it when it was cut off before. */
  close({ turn_id: id, text, complete }) {
    const { text: place, node } = this.#turn(id, "ai");
    place.textContent = text;
    node.classList.toggle("cut", !complete);
    if (!text) this.drop(id);
  }

  /** @returns {Turn} */
  #turn(id, role) {
    return this.#turns.get(id) ?? this.#folded(id) ?? this.#begin(id, role);
  }

  #folded(id) {
    const node = document.getElementById(nameOf(id));
    return node && { node, text: node.querySelector("p"), words: new Map(), early: [] };
  }

  #begin(id, role) {
    const text = element("p", { class: "text" });
    const node = element("li", { id: nameOf(id), class: role }, element("span", { class: "who" }, role === "ai" ? t("talk.tutor") : this.#learner), text);
    const turn = { text, node, words: new Map(), early: [] };
    this.#place.append(node);
    this.#turns.set(id, turn);
    this.#fold();
    this.#end.disconnect();
    this.#end.observe(node);
    this.#follow();
    return turn;
  }

  /** Nothing is folded under the learner's hands. */
  #fold() {
    for (const [id, { node, text, words }] of this.#turns) {
      if (this.#turns.size <= SCORED) return;
      if (isInUse(node)) continue;
      node.setAttribute("aria-live", "off"); // it was read out when it was new
      if (words.size) text.textContent = text.textContent.trim();
      this.#turns.delete(id);
      this.#note.hidden = false;
    }
  }

  /** Once for each picture that is drawn, and not under somebody who has gone back to read. */
  #follow() {
    if (this.#due || !this.#atEnd) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      this.#place.lastElementChild?.scrollIntoView({ block: "nearest" });
    });
  }
}

function nameOf(id) {
  return `turn-${id}`;
}

/** Whether the keyboard, the selection or the card of a word is there. */
function isInUse(node) {
  const selected = document.getSelection();
  const card = /** @type {HTMLDialogElement | null} */ (document.getElementById("word-card"));
  return node.contains(document.activeElement) || Boolean(card?.open) || Boolean(selected && !selected.isCollapsed && selected.containsNode(node, true));
}
