/** The API's documentation, drawn from /api/openapi.json and /api/asyncapi.json. */
import { element } from "./words.js";

let schemas = {};

async function load(address) {
  try {
    const response = await fetch(address);
    return response.ok ? await response.json() : null;
  } catch {
    return null; // the network, or what came is no document
  }
}

/** A schema with its references followed and its parts put together. */
function resolve(schema, among = schemas) {
  const found = schema?.$ref ? among[schema.$ref.split("/").pop()] : schema;
  if (!found?.allOf) return found;
  const parts = found.allOf.map((part) => resolve(part, among));
  return {
    type: "object",
    properties: Object.assign({}, ...parts.map((part) => part.properties)),
    required: parts.flatMap((part) => part.required ?? []),
  };
}

function typeName(schema) {
  if (!schema) return "";
  if (schema.$ref) return schema.$ref.split("/").pop();
  const kinds = schema.anyOf ?? schema.oneOf;
  if (kinds) return kinds.map(typeName).join(" | ");
  if (schema.allOf) return schema.allOf.map(typeName).join(" & ");
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.type === "array") return `${typeName(schema.items)}[]`;
  return schema.format ? `${schema.type} (${schema.format})` : (schema.type ?? "any");
}

function nested(schema) {
  const inner = schema?.anyOf?.find((one) => one.$ref || one.items?.$ref) ?? schema;
  const reference = inner?.$ref ? inner : inner?.items?.$ref ? inner.items : null;
  const found = reference && resolve(reference);
  return found?.properties ? found : null;
}

function members(schema, depth = 0) {
  const found = resolve(schema);
  if (!found?.properties) return element("p", { class: "type" }, typeName(schema));
  const rows = Object.entries(found.properties).map(([name, shape]) => {
    const optional = found.required?.includes(name) ? "" : "?";
    const inner = depth < 3 ? nested(shape) : null;
    return element(
      "tr",
      {},
      element("td", {}, element("code", {}, name + optional)),
      element(
        "td",
        {},
        element("span", { class: "type" }, typeName(shape)),
        shape.description ? element("div", {}, shape.description) : "",
        inner ? members(inner, depth + 1) : "",
      ),
    );
  });
  return element("table", { class: "members" }, element("tbody", {}, ...rows));
}

function access(operation) {
  const kinds = operation.security.map((one) => Object.keys(one)[0]);
  if (!kinds.length) return "Public";
  const names = { bearer: "bearer token", apiKey: "API key", serviceKey: "service key", ticket: "ticket" };
  return kinds.map((kind) => names[kind]).join(" or ") + (operation["x-scope"] ? ` · scope ${operation["x-scope"]}` : "");
}

function operationBox(path, method, operation) {
  const box = element(
    "details",
    { class: "operation", id: operation.operationId, "data-words": `${method} ${path} ${operation.summary}`.toLowerCase() },
    element(
      "summary",
      {},
      element("span", { class: `method ${method}` }, method.toUpperCase()),
      element("span", { class: "path" }, path),
      element("span", { class: "title" }, operation.summary),
    ),
  );
  box.addEventListener("toggle", () => box.open && box.children.length === 1 && fill(box, path, method, operation), { once: true });
  return box;
}

function fill(box, path, method, operation) {
  box.append(element("p", { class: "who" }, access(operation)));
  if (operation.description) box.append(...operation.description.split("\n\n").map((text) => element("p", {}, text)));
  if (operation.parameters?.length) {
    const rows = operation.parameters.map((one) =>
      element(
        "tr",
        {},
        element("td", {}, element("code", {}, one.name), element("span", { class: "type" }, ` ${one.in}`)),
        element("td", {}, element("span", { class: "type" }, typeName(one.schema)), element("div", {}, one.description ?? "")),
      ),
    );
    box.append(element("h3", {}, "Parameters"), element("table", { class: "members" }, element("tbody", {}, ...rows)));
  }
  for (const [media, { schema }] of Object.entries(operation.requestBody?.content ?? {})) {
    box.append(element("h3", {}, `Body · ${media}`), members(schema));
  }
  for (const [status, response] of Object.entries(operation.responses)) {
    if (status >= 400) continue;
    const schema = response.content?.["application/json"]?.schema;
    box.append(element("h3", {}, `Answer ${status}`), schema ? members(schema) : element("p", { class: "type" }, response.description));
  }
  const refusals = Object.keys(operation.responses).filter((status) => status >= 400);
  box.append(element("p", { class: "who" }, `May also answer ${refusals.join(", ")}.`), tryBox(path, method, operation));
}

function tryBox(path, method, operation) {
  const address = element("input", { value: path, "aria-label": "Address" });
  const json = operation.requestBody?.content?.["application/json"];
  const body = json ? element("textarea", { rows: 4, "aria-label": "Body" }, JSON.stringify(example(json.schema), null, 2)) : null;
  const answer = element("pre", { hidden: "" });
  const send = async () => {
    const token = document.getElementById("token").value.trim();
    const headers = { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...(body ? { "Content-Type": "application/json" } : {}) };
    const response = await fetch(address.value, { method: method.toUpperCase(), headers, body: body?.value });
    const text = await response.text();
    answer.hidden = false;
    answer.textContent = `${response.status} ${response.statusText}\n${pretty(text)}`;
  };
  return element("div", { class: "try" }, address, body, element("button", { type: "button", onclick: send }, "Send"), answer);
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function example(schema) {
  const found = resolve(schema);
  if (found?.examples?.length) return found.examples[0];
  const made = {};
  for (const name of found?.required ?? []) {
    const shape = resolve(found.properties[name]);
    made[name] = shape.examples?.[0] ?? (shape.type === "array" ? [] : shape.type === "object" ? {} : (shape.enum?.[0] ?? ""));
  }
  return made;
}

function drawOperations(described) {
  schemas = described.components.schemas;
  const byTag = new Map(described.tags.map((tag) => [tag.name, []]));
  for (const [path, methods] of Object.entries(described.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      byTag.get(operation.tags[0]).push(operationBox(path, method, operation));
    }
  }
  const groups = [...byTag].map(([tag, boxes]) => element("section", {}, element("h2", {}, tag), ...boxes));
  document.getElementById("operations").replaceChildren(...groups);
}

function eventParts(message) {
  const parts = [members(message.payload)];
  if (message["x-binary"]) parts.push(element("p", { class: "who" }, message["x-binary"]));
  if (message["x-ack"]) parts.push(element("h3", {}, "Acknowledged with"), members(message["x-ack"].oneOf[0]));
  return parts;
}

/** What the address points to, also when it was drawn only now. */
function jump() {
  const box = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!(box instanceof HTMLDetailsElement)) return;
  box.open = true;
  box.scrollIntoView();
}

function drawEvents(described) {
  const messages = described.components?.messages ?? {};
  schemas = { ...schemas, ...(described.components?.schemas ?? {}) };
  const boxes = Object.entries(messages).map(([name, message]) => {
    const title = message.name ?? name;
    const box = element(
      "details",
      { class: "operation", id: `event-${title}`, "data-words": `${title} ${message.summary ?? ""}`.toLowerCase() },
      element(
        "summary",
        {},
        element("span", { class: "path" }, title),
        element("span", { class: "title" }, message.summary ?? ""),
      ),
    );
    box.addEventListener("toggle", () => box.children.length === 1 && box.append(...eventParts(message)), { once: true });
    return box;
  });
  document.getElementById("events").replaceChildren(element("h2", {}, "Real-time events"), ...boxes);
}

document.getElementById("filter").addEventListener("input", (event) => {
  const wanted = event.target.value.trim().toLowerCase();
  for (const box of document.querySelectorAll(".operation")) box.hidden = !box.dataset.words.includes(wanted);
  for (const section of document.querySelectorAll("#operations section")) {
    section.hidden = !section.querySelector(".operation:not([hidden])");
  }
});
document.getElementById("tools").addEventListener("submit", (event) => event.preventDefault());

const [operations, events] = await Promise.all([load("/api/openapi.json"), load("/api/asyncapi.json")]);
if (operations) drawOperations(operations);
else document.querySelector("#operations p").textContent = "The description cannot be had right now. Load the page again.";
if (events) drawEvents(events);
addEventListener("hashchange", jump);
jump();
