/** @param {EventTarget | null} form @returns {Record<string, string>} what is filled in, by name */
export function fields(form) {
  const texts = [...new FormData(/** @type {HTMLFormElement} */ (form))].map(([name, value]) => [name, String(value)]);
  return Object.fromEntries(texts);
}
