/** What a learner wants on this device. */
const RECORDINGS = "parley.recordings";

function read(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // a frame of another site may have no storage: nothing is agreed to
  }
}

/** Whether the sound of sessions may be kept. Nothing is recorded unless somebody said so here. */
export function keepsRecordings() {
  return read(RECORDINGS) === "yes";
}

export function keepRecordings(wanted) {
  localStorage.setItem(RECORDINGS, wanted ? "yes" : "no");
}
