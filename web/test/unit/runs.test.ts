import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Problem } from '../../src/client/api';
import type { JsonObject } from '../../src/client/json';
import { Runs } from '../../src/client/runs';
import type { RunFrame } from '../../src/client/types';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A server with one run, of which a test says what it holds. */
class Server {
  view: JsonObject = { seq: 3, status: 'running', state: { a: 1 } };
  connected = true;
  reads = 0;
  readonly sent: JsonObject[] = [];
  readonly asked: [string, string, JsonObject | undefined][] = [];
  readonly runs = new Runs(
    async (method, path, body) => {
      if (method === 'POST') this.asked.push([method, path, body]);
      else this.reads++;
      if (path.includes('gone')) throw new Problem(404, 'There is nothing.');
      return method === 'POST' ? { run_id: 'run_2' } : this.view;
    },
    (action) => this.connected && this.sent.push(action) > 0,
  );

  says(from: number, seq: number, patch: JsonObject): void {
    this.runs.take({ type: 'run', run_id: 'run_1', from, seq, patch });
  }
}

async function following() {
  const server = new Server();
  const live = server.runs.follow('run_1');
  await vi.advanceTimersByTimeAsync(0);
  return { server, live };
}

describe('a run that the page follows', () => {
  test('is read, then subscribed to from there', async () => {
    const { server, live } = await following();
    expect(live.run.value).toMatchObject({ status: 'running', state: { a: 1 } });
    expect(server.sent).toEqual([{ action: 'subscribe', run_id: 'run_1', after: 3 }]);
    server.says(3, 4, { state: { b: 2 }, steps: { s: { status: 'completed' } } });
    expect(live.run.value).toMatchObject({ state: { a: 1, b: 2 }, steps: { s: { status: 'completed' } } });
  });

  test('asks again after a gap, and takes nothing that does not fit', async () => {
    const { server, live } = await following();
    server.says(5, 6, { state: { c: 3 } });
    expect(live.run.value!.state).toEqual({ a: 1 });
    expect(server.sent.at(-1)).toEqual({ action: 'subscribe', run_id: 'run_1', after: 3 });
    server.says(3, 6, { state: { b: 2, c: 3 } });
    server.says(5, 6, { state: { c: 3 } });
    expect(live.run.value!.state).toEqual({ a: 1, b: 2, c: 3 });
  });

  test('may be told whole', async () => {
    const { server, live } = await following();
    server.says(0, 9, { status: 'waiting_input', state: { z: 9 } });
    expect(live.run.value).toEqual({ status: 'waiting_input', state: { z: 9 } });
  });

  test('is read anew where a frame would be too large', async () => {
    const { server, live } = await following();
    server.view = { seq: 8, status: 'running', state: { big: 'x' } };
    server.runs.take({ type: 'run', run_id: 'run_1', seq: 8, fetch: true } as RunFrame);
    await vi.advanceTimersByTimeAsync(0);
    expect(live.run.value!.state).toEqual({ big: 'x' });
  });

  test('keeps a null of its state, which it has read, through what is patched later', async () => {
    const { server, live } = await following();
    server.view = { seq: 4, status: 'running', state: { a: null } };
    server.runs.take({ type: 'run', run_id: 'run_1', seq: 4, fetch: true } as RunFrame);
    await vi.advanceTimersByTimeAsync(0);
    server.says(4, 5, { status: 'completed', state: { b: 2 } });
    expect(live.run.value).toMatchObject({ status: 'completed', state: { a: null, b: 2 } });
    const reads = server.reads;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.reads).toBe(reads);
  });

  test('is taken up again on a new connection', async () => {
    const { server, live } = await following();
    server.view = { seq: 7, status: 'completed', state: {} };
    server.runs.connected();
    await vi.advanceTimersByTimeAsync(0);
    expect(live.run.value!.status).toBe('completed');
    expect(server.sent.at(-1)).toEqual({ action: 'subscribe', run_id: 'run_1', after: 7 });
  });

  test('that is not there is told so, and not asked for again', async () => {
    const server = new Server();
    const live = server.runs.follow('run_gone');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(live.problem.value).toBe('There is no such run.');
    expect(server.sent).toEqual([]);
  });

  test('is left when it is closed', async () => {
    const { server, live } = await following();
    live.close();
    expect(server.sent.at(-1)).toEqual({ action: 'unsubscribe', run_id: 'run_1' });
    server.says(3, 4, { state: { late: true } });
    expect(live.run.value!.state).toEqual({ a: 1 });
  });
});

describe('what a person does', () => {
  test('goes to its route with an id of its own', async () => {
    const { server } = await following();
    expect(await server.runs.start('report', { topic: 'x' }, 'Plan', 'act_1')).toBe('run_2');
    await server.runs.answer('run_1', 'inp_1', false);
    await server.runs.preview('run_1', 'Plan');
    await server.runs.rerun('run_1', '', 'act_2');
    expect(server.asked).toEqual([
      ['POST', '/v1/runs', { workflow: 'report', input: { topic: 'x' }, client_action_id: 'act_1', start_step: 'Plan' }],
      ['POST', '/v1/runs/run_1/inputs/inp_1', { value: false, client_action_id: expect.any(String) }],
      ['POST', '/v1/runs/run_1/rerun?dry_run=true', { from: 'Plan' }],
      ['POST', '/v1/runs/run_1/rerun', { client_action_id: 'act_2' }],
    ]);
  });
});
