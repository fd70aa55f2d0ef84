import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Problem, type Api } from '../../src/client/api';
import type { JsonObject } from '../../src/client/json';
import { MicroCos } from '../../src/client/microcos';
import { MemoryStorage, TestSocket } from './fakes';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', { OPEN: 1 });
  vi.stubGlobal('location', { href: 'http://page/' });
  TestSocket.all.length = 0;
});
afterEach(() => vi.useRealTimers());

/** The HTTP side: what was asked, and what the test answers by route. */
class Server {
  asked: { route: string; body: JsonObject | undefined }[] = [];
  answers: Record<string, () => unknown> = {
    'POST /v1/socket-tickets': () => ({ ticket: 't', url: 'ws://page/ws' }),
    'GET /v1/config': () => ({ models: { backend: 'offline' } }),
    'POST /v1/messages': () => ({
      event_id: 'evt_1',
      operation_id: 'op_1',
      prefetch: {
        messages: {
          evt_1: { role: 'user', text: 'hello', status: 'pending' },
          op_1: { role: 'assistant', text: '', status: 'pending' },
        },
      },
    }),
  };

  async request(method: string, path: string, body?: JsonObject): Promise<JsonObject> {
    const route = `${method} ${path.split('?')[0]}`;
    this.asked.push({ route, body });
    return (this.answers[route]?.() ?? {}) as JsonObject;
  }

  actionId(): unknown {
    return this.asked.find((a) => a.route === 'POST /v1/messages')?.body?.['client_action_id'];
  }
}

async function opened(state: JsonObject = {}, seq = 0) {
  const server = new Server();
  const cos = new MicroCos(server as unknown as Api, { sub: 'me', name: 'me' }, new MemoryStorage(), TestSocket.open);
  cos.start();
  await vi.advanceTimersByTimeAsync(0);
  TestSocket.last().opens();
  TestSocket.last().says({ type: 'snapshot', seq, state });
  await vi.advanceTimersByTimeAsync(0);
  return { cos, server, ws: TestSocket.last() };
}

const said = (id: unknown) => ({
  type: 'commit',
  from: 0,
  seq: 1,
  events: [{ type: 'user.message', event_id: 'evt_1', seq: 1, client_action_id: id }],
  patch: {
    messages: {
      evt_1: { role: 'user', text: 'hello', status: 'complete', seq: 1 },
      op_1: { role: 'assistant', text: '', status: 'streaming', seq: 1 },
    },
  },
});

describe('a message', () => {
  test('is shown at once, then as the server promises it, then as it is', async () => {
    const { cos, server, ws } = await opened();
    cos.say('hello');
    const [first] = Object.entries(cos.state.value.messages!);
    expect(first![1]).toMatchObject({ text: 'hello', status: 'pending' });
    await vi.advanceTimersByTimeAsync(0);
    expect(Object.keys(cos.state.value.messages!)).toEqual(['evt_1', 'op_1']);
    expect(cos.keyOf('evt_1')).toBe(first![0]);
    ws.says(said(server.actionId()));
    expect(cos.state.value.messages!['evt_1']!.status).toBe('complete');
    expect(cos.actions.value).toEqual([]);
  });

  test('whose frame comes before the reply is not shown twice', async () => {
    const { cos, server, ws } = await opened();
    server.answers['POST /v1/messages'] = () => new Promise(() => {});
    cos.say('hello');
    await vi.advanceTimersByTimeAsync(0);
    ws.says(said(server.actionId()));
    expect(Object.keys(cos.state.value.messages!)).toEqual(['evt_1', 'op_1']);
  });

  test('that the rules refuse is taken back with the reason and the text', async () => {
    const { cos, server, ws } = await opened();
    cos.say('hello');
    await vi.advanceTimersByTimeAsync(0);
    const payload = { code: 'limit', detail: 'At most 60 messages a minute.' };
    const events = [{ type: 'rejected', client_action_id: server.actionId(), payload }];
    ws.says({ type: 'commit', from: 0, seq: 1, events, patch: {} });
    expect(cos.state.value.messages ?? {}).toEqual({});
    expect(cos.notices.value).toMatchObject([{ text: payload.detail, giveBack: 'hello' }]);
  });

  test('that the door refuses is taken back, too', async () => {
    const { cos, server } = await opened();
    server.answers['POST /v1/messages'] = () => {
      throw new Problem(400, 'That is no text.');
    };
    cos.say('hello');
    await vi.advanceTimersByTimeAsync(0);
    expect(cos.state.value.messages ?? {}).toEqual({});
    expect(cos.notices.value).toMatchObject([{ text: 'That is no text.', giveBack: 'hello' }]);
  });

  test('is found in the log where a whole state came instead of its event', async () => {
    const { cos, server, ws } = await opened();
    cos.say('hello');
    await vi.advanceTimersByTimeAsync(0);
    server.answers['GET /v1/events'] = () => ({ events: said(server.actionId()).events, next: 1 });
    ws.says({ type: 'snapshot', seq: 1, state: said(0).patch });
    await vi.advanceTimersByTimeAsync(0);
    expect(cos.actions.value).toEqual([]);
  });
});

describe('the view', () => {
  test('asks again after a gap and takes nothing that does not fit', async () => {
    const { cos, ws } = await opened({ tasks: {} }, 3);
    ws.says({ type: 'commit', from: 5, seq: 6, events: [], patch: { tasks: { x: { title: 'x' } } } });
    expect(cos.state.value.tasks).toEqual({});
    expect(ws.sent.at(-1)).toEqual({ action: 'sync', after: 3 });
    ws.says({ type: 'commit', from: 3, seq: 6, events: [], patch: { tasks: { x: { title: 'x' } } } });
    expect(cos.state.value.tasks).toEqual({ x: { title: 'x' } });
  });

  test('asks once more if a commit came before the answer that should have held it', async () => {
    const { cos, ws } = await opened({ tasks: {} }, 3);
    ws.says({ type: 'commit', from: 5, seq: 6, events: [], patch: { tasks: { b: { title: 'b' } } } });
    ws.says({ type: 'commit', from: 6, seq: 7, events: [], patch: { tasks: { c: { title: 'c' } } } });
    expect(ws.sent).toHaveLength(2);
    ws.says({ type: 'commit', from: 3, seq: 5, events: [], patch: { tasks: { a: { title: 'a' } } } });
    await vi.advanceTimersByTimeAsync(100);
    expect(ws.sent.at(-1)).toEqual({ action: 'sync', after: 5 });
    ws.says({ type: 'commit', from: 5, seq: 7, events: [], patch: { tasks: { b: { title: 'b' }, c: { title: 'c' } } } });
    expect(Object.keys(cos.state.value.tasks!)).toEqual(['a', 'b', 'c']);
    await vi.advanceTimersByTimeAsync(1000);
    expect(ws.sent).toHaveLength(3);
  });

  test('reads a state that was too large to push; frames wait for it', async () => {
    const { cos, server, ws } = await opened({}, 1);
    server.answers['GET /v1/state'] = () => ({ seq: 5, state: { tasks: { big: { title: 'big' } } } });
    ws.says({ type: 'commit', seq: 5, fetch: true });
    ws.says({ type: 'commit', from: 5, seq: 6, events: [], patch: { tasks: { next: { title: 'next' } } } });
    await vi.advanceTimersByTimeAsync(0);
    expect(Object.keys(cos.state.value.tasks!)).toEqual(['big', 'next']);
  });
});

describe('an answer', () => {
  test('streams, and gives way to the whole text', async () => {
    const { cos, ws } = await opened();
    ws.says(said(undefined));
    const text = cos.streamed('op_1');
    ws.says({ type: 'llm.token', operation_id: 'op_1', attempt: 1, index: 0, text: 'Good ' });
    ws.says({ type: 'llm.token', operation_id: 'op_1', attempt: 1, index: 1, text: 'day' });
    expect(text.value).toBe('Good day');
    const patch = { messages: { op_1: { text: 'Good day.', status: 'complete' } } };
    ws.says({ type: 'commit', from: 1, seq: 2, events: [], patch });
    expect(cos.state.value.messages!['op_1']!.text).toBe('Good day.');
    expect(cos.streamed('op_1').value).toBe('');
  });

  test('that began without this page is shown as far as the server has saved it', async () => {
    const state = { messages: { op_1: { role: 'assistant', text: '', status: 'streaming', seq: 1 } } };
    const { cos, server, ws } = await opened(state, 1);
    await vi.advanceTimersByTimeAsync(1000);
    server.answers['GET /v1/operations/op_1'] = () => ({ text: 'Once upon a' });
    ws.says({ type: 'llm.token', operation_id: 'op_1', attempt: 1, index: 9, text: 'time' });
    await vi.advanceTimersByTimeAsync(1000);
    expect(cos.streamed('op_1').value).toBe('Once upon a');
    ws.says({ type: 'commit', from: 1, seq: 2, events: [], patch: { messages: { op_1: { text: 'All.', status: 'complete' } } } });
    const asked = server.asked.length;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.asked.length).toBe(asked);
  });

  test('is written anew when it failed', async () => {
    const { cos, server, ws } = await opened();
    ws.says({ type: 'llm.token', operation_id: 'op_1', attempt: 1, index: 0, text: 'Once' });
    ws.says({ type: 'commit', from: 1, seq: 2, events: [], patch: { messages: { op_1: { status: 'failed' } } } });
    cos.answerAgain('op_1');
    expect(cos.streamed('op_1').value).toBe('');
    await vi.advanceTimersByTimeAsync(0);
    expect(server.asked.at(-1)!.route).toBe('POST /v1/operations/op_1/retry');
  });

  test('is stopped through the socket, or over HTTP where there is none', async () => {
    const { cos, server, ws } = await opened();
    cos.stopAnswer('op_1');
    expect(ws.sent.at(-1)).toEqual({ action: 'cancel', operation_id: 'op_1' });
    expect(cos.stopping.value.has('op_1')).toBe(true);
    ws.breaks();
    cos.stopAnswer('op_2');
    expect(server.asked.at(-1)!.route).toBe('POST /v1/operations/op_2/cancel');
  });
});
