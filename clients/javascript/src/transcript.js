/** What was said, kept up to date from a session's events. */

/**
 * @typedef {object} Turn
 * @property {string} turn_id
 * @property {"user" | "ai"} role
 * @property {string} text
 * @property {number} stable_prefix_length so many characters of the text will not change any more
 * @property {any[]} words
 * @property {any} pronunciation the report; null before it is there
 * @property {boolean} final whether the turn is complete
 */

/** What a turn cannot be told without. An event that lacks it, as one of a later server may, is left out. */
const NEEDED = /** @type {Record<string, string[]>} */ ({
  "speech.started": ["turn_id"],
  "transcript.partial": ["turn_id", "text"],
  "transcript.final": ["turn_id", "text"],
  "pronunciation.final": ["turn_id"],
  "response.delta": ["turn_id", "text"],
  "response.done": ["turn_id", "text"],
});

export class Transcript {
  /** @type {Map<string, Turn>} */
  #turns = new Map();
  #most;

  /** @param {number} [most] so many of the newest turns are kept */
  constructor(most = Infinity) {
    this.#most = most;
  }

  /** The turns that have a text, in the order in which they began. */
  get turns() {
    return [...this.#turns.values()].filter((turn) => turn.text !== "");
  }

  /**
   * @param {string} name @param {any} data of an event, each once and in order
   * @returns {string[]} the turns that are void from now on
   */
  take(name, data) {
    if (!hasTexts(data, NEEDED[name] ?? [])) return [];
    switch (name) {
      case "speech.started":
        this.#turn(data.turn_id, "user");
        break;
      case "transcript.partial":
        Object.assign(this.#turn(data.turn_id, "user"), { text: data.text, stable_prefix_length: data.stable_prefix_length ?? 0, words: data.words ?? [] });
        break;
      case "transcript.final":
        this.#settle(data);
        break;
      case "pronunciation.final":
        this.#turn(data.turn_id, "user").pronunciation = data.pronunciation ?? null;
        break;
      case "response.delta":
        this.#turn(data.turn_id, "ai").text += data.text;
        break;
      case "response.done":
        this.#settle({ ...data, role: "ai" });
        break;
      case "session.state":
        return this.#drop(list(data.void_turn_ids));
      case "session.snapshot":
        return Array.isArray(data.turns) ? this.#replace(data.turns) : [];
    }
    return [];
  }

  /** @param {string} id @param {"user" | "ai"} role @returns {Turn} */
  #turn(id, role) {
    const known = this.#turns.get(id);
    if (known) return known;
    /** @type {Turn} */
    const made = { turn_id: id, role, text: "", stable_prefix_length: 0, words: [], pronunciation: null, final: false };
    this.#turns.set(id, made);
    if (this.#turns.size > this.#most) this.#turns.delete(/** @type {string} */ (this.#turns.keys().next().value));
    return made;
  }

  /** @param {any} data */
  #settle({ turn_id: id, role = "user", text, words, pronunciation = null }) {
    const turn = this.#turn(id, role);
    Object.assign(turn, { role, text, words: words ?? [], stable_prefix_length: text.length, final: true });
    turn.pronunciation = pronunciation ?? turn.pronunciation;
  }

  /** @param {string[]} ids */
  #drop(ids) {
    return ids.filter((id) => this.#turns.delete(id));
  }

  /** All turns of the session: those that are not among them are void. @param {any[]} turns */
  #replace(turns) {
    const known = this.#turns;
    this.#turns = new Map();
    for (const turn of turns) {
      if (!hasTexts(turn, ["turn_id", "text"])) continue;
      this.#settle(turn);
      known.delete(turn.turn_id);
    }
    return [...known.keys()];
  }
}

/** @param {any} data @param {string[]} members @returns {boolean} */
function hasTexts(data, members) {
  return members.every((member) => typeof data?.[member] === "string");
}

/** @param {any} given @returns {any[]} */
function list(given) {
  return Array.isArray(given) ? given : [];
}
