// A person is one Durable Object: an event log, the tasks it makes, and the sockets that watch. The
// Durable Object original of Micro CoS, no more of it than bench/run needs, in the same HTTP shape.
// Nothing leaves an object before its writes are on disk: that is the platform's output gate.
import { DurableObject } from "cloudflare:workers";

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS events (
    seq INTEGER PRIMARY KEY, client_action_id TEXT NOT NULL UNIQUE, event TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS tasks (task_id TEXT PRIMARY KEY, task TEXT NOT NULL);`;

export class Person extends DurableObject {
  constructor(context, environment) {
    super(context, environment);
    this.sql = context.storage.sql;
    this.sql.exec(SCHEMA);
    this.seq = this.sql.exec("SELECT coalesce(max(seq), 0) AS seq FROM events").one().seq;
  }

  async fetch(request) {
    const url = new URL(request.url);
    if (request.headers.get("Upgrade") === "websocket") return this.open();
    switch (`${request.method} ${url.pathname}`) {
      case "POST /v1/tasks":
        return this.createTask(await request.json(), url.searchParams.get("as"));
      case "GET /v1/events":
        return Response.json(this.events(url.searchParams));
      case "GET /v1/state":
        return Response.json(await this.state());
      default:
        return problem(404, "There is nothing here.");
    }
  }

  createTask({ title, notes, client_action_id }, userId) {
    if (typeof title !== "string" || typeof client_action_id !== "string")
      return problem(400, "A task needs a title and a client_action_id.");
    const [done] = this.sql
      .exec("SELECT event FROM events WHERE client_action_id = ?", client_action_id)
      .toArray();
    return accepted(done ? JSON.parse(done.event) : this.append(userId, title, notes, client_action_id));
  }

  append(userId, title, notes, client_action_id) {
    const from = this.seq++;
    const task_id = `task_${crypto.randomUUID()}`;
    // Keys in order, so that the state's text is canonical and its hash can be checked.
    const task = { notes, priority: "normal", source: "user", status: "open", title };
    const event = {
      seq: this.seq,
      event_id: `evt_${crypto.randomUUID()}`,
      type: "task.created",
      version: 1,
      user_id: userId,
      conversation_id: "main",
      request_id: `req_${crypto.randomUUID()}`,
      client_action_id,
      hops: 0,
      timestamp: new Date().toISOString(),
      payload: { task_id, ...task },
    };
    this.sql.exec(
      "INSERT INTO events VALUES (?, ?, ?)", event.seq, client_action_id, JSON.stringify(event));
    this.sql.exec("INSERT INTO tasks VALUES (?, ?)", task_id, JSON.stringify(task));
    this.push({ type: "commit", from, seq: this.seq, events: [event], patch: { tasks: { [task_id]: task } } });
    return event;
  }

  push(frame) {
    const text = JSON.stringify(frame);
    for (const socket of this.ctx.getWebSockets("active")) socket.send(text);
  }

  open() {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server, ["active"]);
    return new Response(null, { status: 101, webSocket: client });
  }

  async webSocketMessage(socket, text) {
    const { action } = JSON.parse(text);
    if (action === "sync") socket.send(JSON.stringify({ type: "snapshot", ...(await this.state()) }));
    else if (action === "ping") socket.send(JSON.stringify({ type: "pong" }));
    else socket.send(JSON.stringify({ type: "error", code: "unknown_action", detail: "sync or ping" }));
  }

  webSocketClose(socket) {
    socket.close();
  }

  events(query) {
    const after = Number(query.get("after") ?? 0);
    const limit = Math.min(Number(query.get("limit") ?? 100), 1000);
    const events = this.sql
      .exec("SELECT event FROM events WHERE seq > ? ORDER BY seq LIMIT ?", after, limit)
      .toArray()
      .map((row) => JSON.parse(row.event));
    return events.length < limit ? { events } : { events, next: events.at(-1).seq };
  }

  async state() {
    const seq = this.seq;
    const tasks = {};
    for (const row of this.sql.exec("SELECT task_id, task FROM tasks ORDER BY task_id"))
      tasks[row.task_id] = JSON.parse(row.task);
    const state = { tasks };
    const bytes = new TextEncoder().encode(JSON.stringify(state));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return { seq, hash: Array.from(digest, (b) => b.toString(16).padStart(2, "0")).join(""), state };
  }
}

export default {
  async fetch(request, { PERSON }) {
    const url = new URL(request.url);
    if (url.pathname === "/health") return Response.json({ status: "up" });
    if (url.pathname === "/_local/token")
      return Response.json({ token: (await request.json()).sub });
    const name = url.searchParams.get("ticket") ?? request.headers.get("Authorization")?.slice(7);
    if (!name) return problem(401, "No token.");
    if (url.pathname === "/v1/socket-tickets")
      return Response.json({ ticket: name, url: `ws://${url.host}/ws?ticket=${name}` });
    url.searchParams.set("as", name);
    return PERSON.get(PERSON.idFromName(name)).fetch(new Request(url, request));
  },
};

function accepted({ event_id, request_id, client_action_id, payload: { task_id, ...task } }) {
  const prefetch = { tasks: { [task_id]: task } };
  return Response.json(
    { status: "accepted", event_id, request_id, client_action_id, task_id, prefetch },
    { status: 202 });
}

function problem(status, detail) {
  return Response.json({ type: "about:blank", status, detail }, {
    status, headers: { "content-type": "application/problem+json" } });
}
