/** Drawings of 24 by 24, in the colour of the text around them. */
import { html, svg } from "../vendor/lit.esm.min.js";

const PATHS = {
  home: "M4 11.5 12 4l8 7.5M6.5 10v9.5h11V10M10 19.5v-5h4v5",
  read: "M12 6.5C10 5 7 4.5 4 5v13.5c3-.5 6 0 8 1.5 2-1.5 5-2 8-1.5V5c-3-.5-6 0-8 1.5zM12 6.5V20",
  talk: "M5 5h14a1.5 1.5 0 0 1 1.500 1.500v9A1.500 1.500 0 0 1 19 17h-7l-4.500 3.500V17H5a1.500 1.500 0 0 1-1.500-1.500v-9A1.500 1.500 0 0 1 5 5zM8 11h.01M12 11h.01M16 11h.01",
  lessons: "M4 7.500 12 4l8 3.500-8 3.500zM7 9.500v5.500c3 2.500 7 2.500 10 0V9.500M20 7.500V14",
  library: "M5 4.500h4v15H5zM9.500 4.500h4v15h-4zM14.500 5l3.800-.8 3 14.600-3.800.8z",
  history: "M4.500 12a7.500 7.500 0 1 0 2.400-5.500M4.500 4.500v3.500H8M12 8v4.500l3 1.800",
  account: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20c1-4 4-6 7.500-6s6.500 2 7.500 6",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  search: "M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM15.500 15.500 20 20",
  flame: "M12 3c1 4 5.500 5.500 5.500 11a5.500 5.500 0 0 1-11 0c0-2 1-3.500 2-4.500.3 1.500 1 2.300 2 2.500-.5-3.500.3-6.500 1.500-9z",
  clock: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 8v4.500l3 2",
  star: "m12 4 2.400 5 5.600.700-4.100 3.800 1.100 5.500-5-2.700L7 19l1.100-5.500L4 9.700 9.600 9z",
  microphone: "M12 14.500a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v5.500a3 3 0 0 0 3 3zM6 11.500a6 6 0 0 0 12 0M12 17.500V21",
  play: "M8 5.500v13l10.500-6.500z",
  stop: "M7 7h10v10H7z",
  check: "m5 12.500 4.500 4.500L19 7.500",
  lock: "M7 11h10v8.500H7zM9 11V8a3 3 0 0 1 6 0v3",
  speaker: "M4.500 10v4H8l4.500 4V6L8 10zM16 9.500a3.500 3.500 0 0 1 0 5M18.500 7a7 7 0 0 1 0 10",
  write: "m5 19 1-4L16 5l3 3L9 18zM14 7l3 3",
  listen: "M5 14v-2a7 7 0 0 1 14 0v2M5 13.500h2.500V19H5zM16.500 13.500H19V19h-2.500z",
  arrow: "M5 12h13M13 6.500 18.500 12 13 17.500",
  trash: "M5 7h14M9.500 7V4.500h5V7M7 7l.8 12.500h8.400L17 7",
  download: "M12 4v10.500M7.500 10.500 12 15l4.500-4.500M5 19.500h14",
  upload: "M12 15.500V5M7.500 9 12 4.500 16.500 9M5 19.500h14",
  teach: "M4 5h16v10H4zM12 15v4M8 19.500h8",
};

/** @param {keyof typeof PATHS | string} name */
export function icon(name) {
  const drawing = svg`<path d=${PATHS[name] ?? PATHS.more}></path>`;
  return html`<svg class="icon icon-${name}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${drawing}</svg>`;
}
