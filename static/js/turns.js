/** What both have said in a conversation: captions that grow, and words that take the colour of their score. */
import { t } from "./i18n.js";
import { WordButton, element, openCard } from "./words.js";

export class Turns {
  #place;
  #turns = new Map(); // {text, node, words, early} by turn; `early`: scores of words that are not settled
  #learner;

  /** @param {HTMLElement} place a list @param {string} [learner] what the learner is called; else "You" */
  constructor(place, learner = "") {
    this.#place = place;
    this.#learner = learner || t("talk.you");
  }

  clear() {
    this.#turns.clear();
    this.#place.replaceChildren();
  }

  drop(id) {
    this.#turns.get(id)?.node.remove();
    this.#turns.delete(id);
  }

  /** Words of the learner while they are spoken. */
  grow({ turn_id: id, text, stable_prefix_length: stable }) {
    this.#text(id, "user").replaceChildren(
      element("span", { class: "stable" }, text.slice(0, stable)),
      element("span", { class: "tail" }, text.slice(stable)),
    );
  }

  /** A finished turn: words that can be opened where they are scored. */
  settle({ turn_id: id, role, text, words: said, pronunciation }) {
    const place = this.#text(id, role);
    if (!said?.length || role === "ai") {
      place.textContent = text;
      return;
    }
    const { words } = this.#turns.get(id);
    words.clear();
    for (const word of said) words.set(word.id, new WordButton(word.text, (scored, node) => openCard(scored, node)));
    place.replaceChildren(...[...words.values()].flatMap((button) => [button.node, " "]));
    for (const scored of this.#turns.get(id).early.splice(0)) this.word(scored);
    if (pronunciation) this.report({ turn_id: id, pronunciation });
  }

  word(event) {
    const turn = this.#turns.get(event.turn_id);
    const button = turn?.words.get(event.word_id);
    if (button) button.update(event);
    else turn?.early.push(event);
  }

  report({ turn_id: id, pronunciation }) {
    const buttons = [...(this.#turns.get(id)?.words.values() ?? [])];
    pronunciation.words.forEach((word, index) => buttons[index]?.update(word));
  }

  /** A piece of the tutor's reply. */
  add({ turn_id: id, text }) {
    this.#text(id, "ai").append(text);
    this.#scroll();
  }

  /** The reply as it was heard; without a word of it when it was cut off before. */
  close({ turn_id: id, text, complete }) {
    this.#text(id, "ai").textContent = text;
    if (!text) this.drop(id);
    this.#turns.get(id)?.node.classList.toggle("cut", !complete);
  }

  #text(id, role) {
    if (!this.#turns.has(id)) {
      const text = element("p", { class: "text" });
      const node = element("li", { class: role }, element("span", { class: "who" }, role === "ai" ? t("talk.tutor") : this.#learner), text);
      this.#place.append(node);
      this.#turns.set(id, { text, node, words: new Map(), early: [] });
      this.#scroll();
    }
    return this.#turns.get(id).text;
  }

  #scroll() {
    this.#place.lastElementChild?.scrollIntoView({ block: "nearest" });
  }
}
