/** The course as the API has it, and the learning session that frames the work on it. */
import { call, get } from "./api.js";

export const ENGLISH = "/api/learn/english";
export const LEVELS = ["A1", "A2", "B1", "B2", "C1"];
export const PASSED = 60; // so many of 100 points pass a task

let session = null; // {id, about}: the one that is open

/** The id of a learning session about a module, or about reviewing. */
export async function frame(kind, moduleId = null) {
  const about = `${kind} ${moduleId}`;
  if (session?.about !== about) {
    const started = await call("POST", `${ENGLISH}/sessions/start`, { kind, module_id: moduleId });
    session = { id: started.session_id, about };
  }
  return session.id;
}

/** What the session gave; null when there was none. */
export async function closeFrame() {
  if (!session) return null;
  const { id } = session;
  session = null;
  return call("POST", `${ENGLISH}/sessions/end`, { session_id: id });
}

/** A module with its tasks; one that is opened for the first time is started. */
export async function open(moduleId) {
  const module = await get(`${ENGLISH}/modules/${encodeURIComponent(moduleId)}`);
  if (module.status === "available") await call("POST", `${ENGLISH}/modules/${encodeURIComponent(moduleId)}/start`);
  return module;
}

export async function submit(task, moduleId, answer, seconds, kind) {
  const session_id = await frame(kind, kind === "module" ? moduleId : null);
  return call("POST", `${ENGLISH}/tasks/submit`, {
    module_id: moduleId,
    task_id: task.id,
    skill: task.skill,
    response: answer.response,
    audio_id: answer.audio_id ?? null,
    time_spent_seconds: Math.min(3600, seconds),
    session_id,
  });
}

/** The task to do after `taskId`: the next that is not passed, in a circle; null when all are. */
export function following(module, taskId) {
  const at = module.tasks.findIndex((task) => task.id === taskId);
  const rest = [...module.tasks.slice(at + 1), ...module.tasks.slice(0, at)];
  return rest.find((task) => task.status !== "passed") ?? null;
}
