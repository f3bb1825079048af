/** The tutor's face in avatar sessions: a drawing whose mouth takes the shapes of `response.viseme`. */

// Half width and half height of the mouth by viseme id (0 sil, 1 PP, … 14 U), and whether the lower lip is bitten.
const MOUTHS = [
  [15, 1], [14, 0.5], [14, 2], [14, 4], [14, 4.5], [13, 5], [10, 6], [15, 3],
  [13, 4], [10, 5], [15, 11], [16, 7], [17, 4], [10, 9], [7, 6],
];

export class Face {
  #root;
  #mouth;
  #timers = new Set();
  #offset = null; // performance.now() minus the session's time, for what is heard

  constructor(root) {
    this.#root = root;
    this.#mouth = root.querySelector(".mouth");
  }

  set shown(shown) {
    this.#root.toggleAttribute("hidden", !shown); // a drawing has no property for it
  }

  /** Sound that was sent at `sentAt` of the session's time is heard in `delayMs`. */
  align(sentAt, delayMs) {
    this.#offset = performance.now() + delayMs - sentAt;
  }

  viseme({ at_ms: at, id }) {
    if (this.#root.hasAttribute("hidden")) return;
    this.#offset ??= performance.now() + 100 - at;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#show(id);
    }, Math.max(0, at + this.#offset - performance.now()));
    this.#timers.add(timer);
  }

  /** The browser's own voice says only where its words begin. */
  move() {
    this.#show(10);
    const timer = setTimeout(() => this.#show(4), 120);
    this.#timers.add(timer);
  }

  rest() {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#offset = null;
    this.#show(0);
  }

  #show(id) {
    const [rx, ry] = MOUTHS[id] ?? MOUTHS[0];
    this.#mouth.setAttribute("rx", rx);
    this.#mouth.setAttribute("ry", ry);
    this.#root.dataset.viseme = id;
  }
}
