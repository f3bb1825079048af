// What a user would write with Fastify for the same two operations, for `run.py bench rest`: `node notes.mjs`. Prints
// its port.
//
// The same statements over pg, prepared by name, from a pool of the same size; the same validation and shapes by JSON
// Schema; the same look at the session for each request and the same rate limit in Redis.
import { randomBytes } from "node:crypto";
import jwt from "@fastify/jwt";
import Fastify from "fastify";
import { Redis } from "ioredis";
import pg from "pg";

const { DATABASE_URL, REDIS_URL, PARLEY_SECRET_KEY, BENCH_LIMIT_SCRIPT } = process.env;
const QUOTA = 100_000_000;

const ID = { type: "string", pattern: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$" };
const CREATE = {
  type: "object",
  additionalProperties: false,
  required: ["title", "content"],
  properties: {
    title: { type: "string", minLength: 1, maxLength: 200 },
    content: { type: "string", maxLength: 100_000 },
    tags: { type: "array", maxItems: 20, default: [], items: { type: "string", minLength: 1, maxLength: 50 } },
    conversation_id: { ...ID, nullable: true, default: null },
  },
};
const QUERY = {
  type: "object",
  additionalProperties: false,
  properties: {
    limit: { type: "integer", minimum: 1, maximum: 100, default: 20 },
    cursor: { type: "string", pattern: "^[A-Za-z0-9_-]{32}$" },
    tag: { type: "string", maxLength: 50 },
    conversation_id: ID,
  },
};
const TIME = { type: "string", format: "date-time" };
const NOTE = {
  type: "object",
  properties: {
    id: { type: "string" },
    title: { type: "string" },
    content: { type: "string" },
    tags: { type: "array", items: { type: "string" } },
    conversation_id: { type: "string", nullable: true },
    created_at: TIME,
    updated_at: TIME,
  },
};
const LIST = {
  type: "object",
  properties: { items: { type: "array", items: NOTE }, next_cursor: { type: "string", nullable: true } },
};

const SESSION = `select u.id, u.role from auth_sessions s join users u on u.id = s.user_id
  where s.id = $1 and s.user_id = $2 and s.revoked_at is null and s.expires_at > $3`;
const LISTED = `select * from notes where owner_id = $1 and ($2::text is null or $2 = any(tags))
  and ($3::uuid is null or conversation_id = $3) and ($4::uuid is null or id < $4)
  order by id desc limit $5`;
const INSERTED = `insert into notes (id, owner_id, conversation_id, title, content, tags, created_at, updated_at)
  select $1, $2, $3, $4, $5, $6, $7, $7
  where $3::uuid is null or exists (select from conversations where id = $3 and owner_id = $2)
  returning *`;

const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10, options: "-c timezone=UTC" });
const redis = new Redis(REDIS_URL.replace(/^unix:\/\//, "")); // a path is a socket's
redis.defineCommand("take", { numberOfKeys: 1, lua: BENCH_LIMIT_SCRIPT });

async function rows(name, text, values) {
  return (await pool.query({ name, text, values })).rows;
}

function refusal(status, code) {
  return Object.assign(new Error(code), { statusCode: status });
}

async function caller(request, reply) {
  const claims = await request.jwtVerify();
  const [user] = await rows("session", SESSION, [claims.sid, claims.sub, new Date()]);
  if (!user) throw refusal(401, "not_authenticated");
  const name = request.method === "GET" ? "read" : "write";
  const [[allowed, remaining, , reset]] = await redis.take(`fastify:limit:${name}:${user.id}`, 60 / QUOTA, QUOTA, 1);
  if (!allowed) throw refusal(429, "rate_limited");
  reply.header("RateLimit-Policy", `"${name}";q=${QUOTA};w=60`);
  reply.header("RateLimit", `"${name}";r=${remaining};t=${Math.trunc(reset)}`);
  request.caller = user.id;
}

async function trimmed({ body }) {
  if (typeof body?.title === "string") body.title = body.title.trim();
  if (Array.isArray(body?.tags)) body.tags = body.tags.map((tag) => (typeof tag === "string" ? tag.trim() : tag));
}

async function list({ query, caller }) {
  const values = [caller, query.tag ?? null, query.conversation_id ?? null, query.cursor ?? null, query.limit + 1];
  const found = await rows("list", LISTED, values);
  const items = found.slice(0, query.limit);
  return { items, next_cursor: found.length > query.limit ? items.at(-1).id : null };
}

async function create({ body, caller }, reply) {
  const { title, content, tags, conversation_id: conversation } = body;
  const [row] = await rows("insert", INSERTED, [newId(), caller, conversation, title, content, tags, new Date()]);
  if (!row) throw refusal(404, "not_found");
  reply.code(201);
  return row;
}

function newId() {
  const bytes = Buffer.concat([Buffer.alloc(6), randomBytes(10)]);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

const app = Fastify({ ajv: { customOptions: { removeAdditional: false } } });
await app.register(jwt, {
  secret: PARLEY_SECRET_KEY,
  verify: { algorithms: ["HS256"], allowedIss: "parley", requiredClaims: ["exp", "iat", "iss"] },
});
app.decorateRequest("caller", "");
app.get("/api/core/notes", { onRequest: caller, schema: { querystring: QUERY, response: { 200: LIST } } }, list);
const written = { body: CREATE, response: { 201: NOTE } };
app.post("/api/core/notes", { onRequest: caller, preValidation: trimmed, schema: written }, create);
await app.listen({ host: "127.0.0.1", port: 0, backlog: 512 });
console.log(app.server.address().port);
