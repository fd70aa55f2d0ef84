// A small stand-in for the local cloud, for the page's own tests and for work on the page alone: the parts of the
// contract that the page uses, over a log in memory. It judges nothing and keeps nothing; the truth is `./microcos up`.
//
//   node test/fake-server.mjs [--port 8790]     serves dist/, signs in anybody
import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { fakeRuns } from './fake-runs.mjs';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const TOKEN_MILLIS = 25;

/** What outlives a restart: everybody's log, and the switches of the tests. */
export class World {
  people = new Map();
  codes = new Map();
  tickets = new Map();
  /** Writes answer 503 while true. */
  down = false;
  /** An answer stops after its first words and goes on when this is false again. */
  held = false;
  /** How many messages the state keeps; older ones are in the history only. */
  keep = Infinity;
  /** Milliseconds before a commit is made. */
  commitAfter = 5;
  /** Runs do not begin another step while true. */
  runsHeld = false;
  /** Frames of runs say no more than that there is something to read. */
  runFramesTooLarge = false;
  /** So many frames of runs get lost. */
  loseRunFrames = 0;
  /** Who was first with an answer, if it was somebody else. */
  answeredBy = undefined;

  person(sub) {
    if (!this.people.has(sub)) this.people.set(sub, { seq: 0, state: {}, said: {}, events: [], seen: new Map(), sockets: new Set() });
    return this.people.get(sub);
  }
}

/** Starts a server over a world; port 0 takes a free one. */
export async function startFake({ port = 0, world = new World() } = {}) {
  const server = createServer((request, response) => {
    handle(request, response).catch((failure) => {
      if (!(failure instanceof Refusal)) console.error(failure);
      const status = failure.status ?? 500;
      reply(response, status, { type: 'about:blank', status, title: failure.message, ...failure.more }, 'application/problem+json');
    });
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url, 'http://fake');
    const sub = world.tickets.get(url.searchParams.get('ticket'));
    world.tickets.delete(url.searchParams.get('ticket'));
    if (url.pathname !== '/ws' || !sub) return socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (ws) => attend(ws, world.person(sub)));
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const runs = (world.runs ??= fakeRuns({
    world,
    merge,
    tell: (person, type, patch) => commit(person, [{ type }], patch),
    refuse: (status, message, more) => new Refusal(status, message, more),
  }));

  return {
    url: origin,
    port: server.address().port,
    world,
    /** Gives a person a past of so many questions with answers; the state has the newest of them. */
    past(sub, turns) {
      const person = world.person(sub);
      for (let turn = 1; turn <= turns; turn++) {
        const common = { status: 'complete', at: '2026-01-01T08:00:00.000Z', seq: person.seq + 1, conversation_id: 'main' };
        commit(person, [{ type: 'user.message' }], {
          messages: {
            [`evt_past_${turn}`]: { role: 'user', text: `Question ${turn}`, ...common },
            [`op_past_${turn}`]: { role: 'assistant', text: `Answer ${turn}.`, ...common },
          },
        });
        archive(person);
      }
    },
    /** Gives a person so many runs that are over; the state has the newest hundred. */
    pastRuns: (sub, count) => runs.past(world.person(sub), count),
    async close() {
      for (const person of world.people.values()) {
        for (const socket of person.sockets) socket.close(1012);
        person.sockets.clear();
      }
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function handle(request, response) {
    const url = new URL(request.url, origin);
    const path = url.pathname;
    if (path === '/config.json') {
      return reply(response, 200, { issuer: `${origin}/oidc`, client_id: 'microcos-web', environment: 'development' });
    }
    if (path.startsWith('/oidc/')) return signIn(request, response, url);
    if (!path.startsWith('/v1/')) return file(response, path);

    const person = world.person(subject(request));
    const body = await json(request);
    const route = `${request.method} ${path}`;
    if (route === 'GET /v1/config') {
      return reply(response, 200, { environment: 'development', models: { backend: 'offline', big: { id: 'fake' } } });
    }
    if (route.startsWith('GET /v1/operations/')) return reply(response, 200, { text: person.saved?.[path.split('/')[3]] ?? '' });
    if (route === 'GET /v1/state') return reply(response, 200, { seq: person.seq, hash: '', state: person.state });
    if (route === 'GET /v1/events') {
      const events = person.events.filter((event) => event.seq > Number(url.searchParams.get('after')));
      return reply(response, 200, { events, next: person.seq });
    }
    if (route === 'GET /v1/messages') {
      const before = Number(url.searchParams.get('before') ?? Infinity);
      const older = Object.entries(person.said).filter(([, message]) => message.seq < before).reverse();
      const messages = older.slice(0, Number(url.searchParams.get('limit'))).map(([id, message]) => ({ id, ...message }));
      return reply(response, 200, { messages, ...(messages.length < older.length && { next: messages.at(-1).seq }) });
    }
    if (route === 'POST /v1/socket-tickets') {
      const ticket = randomUUID();
      world.tickets.set(ticket, subject(request));
      return reply(response, 200, { ticket, url: `${origin.replace('http', 'ws')}/ws`, expires_at: '' });
    }
    if (world.down && request.method !== 'GET') throw new Refusal(503, 'The inbox cannot be reached.');
    const said = runs.route(person, request.method, path, url.searchParams, body);
    if (said) return reply(response, ...said);
    const actionId = body?.client_action_id ?? request.headers['idempotency-key'];
    reply(response, 202, accept(person, request.method, path, body, actionId));
  }

  function accept(person, method, path, body, actionId) {
    if (person.seen.has(actionId)) return person.seen.get(actionId);
    const uuid = randomUUID();
    const event = { event_id: `evt_${uuid}`, client_action_id: actionId, timestamp: new Date().toISOString() };
    const [, , kind, id, verb] = path.split('/');
    let answer = { status: 'accepted', event_id: event.event_id, request_id: `req_${uuid}`, client_action_id: actionId };
    if (kind === 'messages') {
      if (Buffer.byteLength(body.text) > 16 * 1024) throw new Refusal(413, 'A text may have 16 KiB at most.');
      const operation = `op_${uuid}`;
      const pending = (role, text) => ({ role, text, status: 'pending', at: event.timestamp, conversation_id: 'main' });
      answer = { ...answer, operation_id: operation };
      answer.prefetch = { messages: { [event.event_id]: pending('user', body.text), [operation]: pending('assistant', '') } };
      later(() => say(person, event, operation, body.text));
    } else if (kind === 'tasks' && method === 'POST') {
      const taskId = `task_${uuid}`;
      const task = { status: 'open', priority: 'normal', source: 'user', ...without(body, 'client_action_id') };
      answer = { ...answer, task_id: taskId, prefetch: { tasks: { [taskId]: task } } };
      later(() => commit(person, [{ ...event, type: 'task.created', payload: task }], { tasks: { [taskId]: task } }));
    } else if (kind === 'tasks') {
      const patch = { tasks: { [id]: method === 'DELETE' ? null : without(body, 'client_action_id') } };
      answer.prefetch = patch;
      later(() =>
        person.state.tasks?.[id]
          ? commit(person, [{ ...event, type: method === 'DELETE' ? 'task.deleted' : 'task.updated' }], patch)
          : reject(person, event, 'not_found', 'There is no such task.'),
      );
    } else if (kind === 'calendar-events') {
      const eventId = id ?? `cal_${uuid}`;
      const patch = { calendar: { [eventId]: method === 'DELETE' ? null : without(body, 'client_action_id') } };
      answer = { ...answer, calendar_event_id: eventId, prefetch: patch };
      later(() => commit(person, [{ ...event, type: method === 'DELETE' ? 'calendar.event_removed' : 'calendar.event_added' }], patch));
    } else if (kind === 'operations' && verb === 'cancel') {
      later(() => cancel(person, id));
    } else if (kind === 'operations' && verb === 'retry') {
      later(() => {
        commit(person, [{ ...event, type: 'operation.retried', operation_id: id }], {
          messages: { [id]: { text: '', status: 'streaming', attempt: 2, failure: null } },
        });
        write(person, id, 'Here is the answer after all.', 2);
      });
    } else {
      throw new Refusal(404, 'There is no such route.');
    }
    if (actionId) person.seen.set(actionId, answer);
    return answer;
  }

  function later(work) {
    setTimeout(work, world.commitAfter);
  }

  function say(person, event, operation, text) {
    if (text.startsWith('reject:')) return reject(person, event, 'limit', 'At most 60 messages a minute.');
    const seq = person.seq + 1;
    const common = { at: event.timestamp, seq, conversation_id: 'main' };
    commit(person, [{ ...event, type: 'user.message', operation_id: operation, payload: { text } }], {
      messages: {
        [event.event_id]: { role: 'user', text, status: 'complete', ...common },
        [operation]: { role: 'assistant', text: '', status: 'streaming', attempt: 1, ...common },
      },
    });
    if (text.startsWith('fail:')) return fail(person, operation, { code: 'throttled', detail: 'the model is busy' }, '');
    if (text.startsWith('cut:')) return fail(person, operation, { code: 'cut', detail: 'the stream broke off' }, 'Once upon a');
    write(person, operation, answerTo(person, text), 1);
  }

  function fail(person, operation, failure, text) {
    const failed = { event_id: `evt_${randomUUID()}`, type: 'assistant.failed', operation_id: operation, payload: { ...failure, text } };
    commit(person, [failed], { messages: { [operation]: { status: 'failed', text, failure } } });
  }

  function write(person, operation, answer, attempt) {
    const pieces = answer.match(/\S+\s*/g);
    let index = 0;
    const timer = setInterval(() => {
      if (person.state.messages[operation]?.status !== 'streaming') return clearInterval(timer);
      if (world.held && index >= 5) return;
      if (index < pieces.length) {
        person.saved = { [operation]: pieces.slice(0, index).join('') };
        return push(person, { type: 'llm.token', operation_id: operation, attempt, index, text: pieces[index++] });
      }
      clearInterval(timer);
      const done = { event_id: `evt_${randomUUID()}`, type: 'assistant.message', operation_id: operation };
      commit(person, [done], { messages: { [operation]: { text: answer, status: 'complete' } } });
      archive(person);
    }, TOKEN_MILLIS);
  }

  /** Oldest first, an even number, so that a question and its answer stay together. */
  function archive(person) {
    const ids = Object.keys(person.state.messages);
    if (ids.length <= world.keep) return;
    const gone = ids.slice(0, ids.length - world.keep);
    commit(person, [{ type: 'messages.archived' }], { messages: Object.fromEntries(gone.map((id) => [id, null])) });
  }

  function answerTo(person, text) {
    const task = /^add a task: (.+)$/i.exec(text)?.[1];
    if (task) {
      const made = { title: task, status: 'open', priority: 'normal', source: 'assistant' };
      commit(person, [{ type: 'task.created' }], { tasks: { [`task_${randomUUID()}`]: made } });
      return `Done. **${task}** is on your list now.`;
    }
    if (/list/i.test(text)) {
      const open = Object.values(person.state.tasks ?? {}).filter((t) => t.status === 'open');
      if (open.length === 0) return 'Your list is empty.';
      return `You have ${open.length} open:\n\n${open.map((t) => `- ${t.title}${t.due ? `, due **${t.due}**` : ''}`).join('\n')}`;
    }
    if (/long/i.test(text)) return 'This goes on and on. '.repeat(120);
    return (
      'I am the **offline model**: a set of rules, not a language model. I can keep your list:\n\n' +
      '1. say *add a task: …* and it stands beside us,\n2. ask *what is on my list?*\n\n' +
      'For real answers put a model behind me, with `MICROCOS_MODEL_URL`.'
    );
  }

  function cancel(person, operation) {
    if (person.state.messages?.[operation]?.status !== 'streaming') return;
    commit(person, [{ type: 'operation.cancelled', operation_id: operation }], { messages: { [operation]: { status: 'cancelled' } } });
  }

  function reject(person, event, code, detail) {
    commit(person, [{ ...event, type: 'rejected', payload: { code, detail, type: 'user.message' } }], {});
  }

  function commit(person, events, patch) {
    const from = person.seq++;
    person.state = merge(person.state, patch);
    Object.assign(person.said, person.state.messages);
    const stored = events.map((event) => ({ event_id: `evt_${randomUUID()}`, ...event, seq: person.seq }));
    person.events.push(...stored.map((event) => ({ ...event, patch })));
    push(person, { type: 'commit', from, seq: person.seq, events: stored, patch });
  }

  function push(person, frame) {
    for (const socket of person.sockets) socket.send(JSON.stringify(frame));
  }

  function attend(ws, person) {
    ws.on('close', () => person.sockets.delete(ws));
    ws.on('message', (data) => {
      const sent = JSON.parse(data);
      const { action, after, operation_id } = sent;
      const send = (frame) => ws.send(JSON.stringify(frame));
      if (action === 'ping') return send({ type: 'pong' });
      if (action === 'cancel') return later(() => cancel(person, operation_id));
      if (action.endsWith('subscribe')) return runs.action(person, ws, sent);
      if (action !== 'sync') return send({ type: 'error', code: 'unknown_action', detail: 'This action is not known.' });
      person.sockets.add(ws);
      if (after === 0 || after >= person.seq) return send({ type: 'snapshot', seq: person.seq, hash: '', state: person.state });
      const events = person.events.filter((event) => event.seq > after);
      const patch = events.reduce((all, event) => merge(all, event.patch, true), {});
      send({ type: 'commit', from: after, seq: person.seq, events: events.map((e) => without(e, 'patch')), patch });
    });
  }

  async function signIn(request, response, url) {
    if (url.pathname === '/oidc/.well-known/openid-configuration') {
      return reply(response, 200, {
        issuer: `${origin}/oidc`,
        authorization_endpoint: `${origin}/oidc/authorize`,
        token_endpoint: `${origin}/oidc/token`,
      });
    }
    if (url.pathname === '/oidc/authorize' && !url.searchParams.has('sub')) {
      const hidden = [...url.searchParams].map(([k, v]) => `<input type="hidden" name="${k}" value="${v.replace(/["<&]/g, '')}">`);
      return reply(
        response,
        200,
        `<!doctype html><html lang="en"><title>Sign in</title><main><h1>Sign in</h1><form>${hidden.join('')}` +
          '<label>Name <input name="sub" value="me"></label> <button>Continue as me</button></form></main></html>',
        'text/html',
      );
    }
    if (url.pathname === '/oidc/authorize') {
      const code = randomUUID();
      world.codes.set(code, Object.fromEntries(url.searchParams));
      const back = new URL(url.searchParams.get('redirect_uri'));
      back.searchParams.set('code', code);
      back.searchParams.set('state', url.searchParams.get('state'));
      response.writeHead(302, { Location: back.href }).end();
      return;
    }
    const form = new URLSearchParams(await text(request));
    let sub = form.get('refresh_token');
    if (form.get('grant_type') === 'authorization_code') {
      const code = world.codes.get(form.get('code'));
      world.codes.delete(form.get('code'));
      const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
      if (!code || code.code_challenge !== challenge) return reply(response, 400, { error: 'invalid_grant' });
      sub = code.sub;
    }
    const claims = Buffer.from(JSON.stringify({ sub })).toString('base64url');
    reply(response, 200, { access_token: `fake.${claims}.`, token_type: 'Bearer', expires_in: 3600, refresh_token: sub });
  }

  async function file(response, path) {
    const name = path === '/' ? '/index.html' : normalize(path);
    try {
      const content = await readFile(join(DIST, name));
      reply(response, 200, content, TYPES[extname(name)] ?? 'application/octet-stream');
    } catch {
      reply(response, 404, 'Not found', 'text/plain');
    }
  }
}

class Refusal extends Error {
  constructor(status, message, more = {}) {
    super(message);
    this.status = status;
    this.more = more;
  }
}

function subject(request) {
  const claims = /^Bearer fake\.([\w-]+)\.$/.exec(request.headers.authorization ?? '')?.[1];
  if (!claims) throw new Refusal(401, 'Nobody is signed in.');
  return JSON.parse(Buffer.from(claims, 'base64url')).sub;
}

/** RFC 7396; with `keep`, nulls stay, so that patches can be joined. */
function merge(target, patch, keep = false) {
  if (patch === null || typeof patch !== 'object' || Array.isArray(patch)) return patch;
  const result = { ...(target !== null && typeof target === 'object' ? target : {}) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null && !keep) delete result[key];
    else result[key] = merge(result[key], value, keep);
  }
  return result;
}

function without(object, field) {
  const { [field]: _, ...rest } = object;
  return rest;
}

async function text(request) {
  let all = '';
  for await (const chunk of request) all += chunk;
  return all;
}

async function json(request) {
  const body = await text(request);
  return body ? JSON.parse(body) : undefined;
}

function reply(response, status, body, type = 'application/json') {
  const content = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(content);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const port = process.argv.indexOf('--port');
  const server = await startFake({ port: port > 0 ? Number(process.argv[port + 1]) : 8790 });
  console.log(`The page on a stand-in for the cloud: ${server.url}`);
}
