import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Socket, type Connection } from '../../src/client/socket';
import type { Frame } from '../../src/client/types';
import { TestSocket } from './fakes';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', { OPEN: 1 });
  TestSocket.all.length = 0;
});
afterEach(() => vi.useRealTimers());

const SNAPSHOT = { type: 'snapshot', seq: 4, state: {} };

function bench() {
  const told = { frames: [] as Frame[], status: [] as Connection[], tickets: 0, seq: 0, tickets_fail: false };
  const socket: Socket = new Socket(
    {
      address: async () => {
        if (told.tickets_fail) throw new Error('down');
        return `ws://test/ws?ticket=${++told.tickets}`;
      },
      after: () => told.seq,
      connected: () => {},
      frame: (frame) => {
        told.frames.push(frame);
        if (frame.type === 'snapshot') socket.inStep();
      },
      status: (status) => told.status.push(status),
    },
    (url) => TestSocket.open(url),
  );
  return { socket, told };
}

async function connected() {
  const { socket, told } = bench();
  socket.start();
  await vi.advanceTimersByTimeAsync(0);
  TestSocket.last().opens();
  TestSocket.last().says(SNAPSHOT);
  return { socket, told };
}

describe('the socket', () => {
  test('opens with a ticket, asks for what it has not, and is live with the answer', async () => {
    const { told } = await connected();
    expect(TestSocket.last().url).toBe('ws://test/ws?ticket=1');
    expect(TestSocket.last().sent).toEqual([{ action: 'sync', after: 0 }]);
    expect(told.status.at(-1)).toBe('live');
  });

  test('comes back with a new ticket and its seq', async () => {
    const { told } = await connected();
    told.seq = 4;
    TestSocket.last().breaks();
    expect(told.status.at(-1)).not.toBe('live');
    await vi.advanceTimersByTimeAsync(1000);
    TestSocket.last().opens();
    expect(TestSocket.last().url).toBe('ws://test/ws?ticket=2');
    expect(TestSocket.last().sent).toEqual([{ action: 'sync', after: 4 }]);
  });

  test('keeps trying while the server is away, ever more slowly', async () => {
    const { told, socket } = bench();
    told.tickets_fail = true;
    socket.start();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(told.status.at(-1)).toBe('offline' satisfies Connection);
    told.tickets_fail = false;
    socket.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(TestSocket.all).toHaveLength(1);
  });

  test('asks once however many gaps it sees', async () => {
    const { socket } = await connected();
    const ws = TestSocket.last();
    socket.sync();
    ws.says({ type: 'commit', from: 9, seq: 10 });
    socket.sync();
    expect(ws.sent).toHaveLength(2);
    ws.says(SNAPSHOT);
    socket.sync();
    expect(ws.sent).toHaveLength(3);
  });

  test('pings every five minutes and gives up a connection that does not answer', async () => {
    await connected();
    const ws = TestSocket.last();
    await vi.advanceTimersByTimeAsync(30 * 60_000);
    expect(ws.sent.filter((sent) => sent['action'] === 'ping')).toHaveLength(6);
    expect(TestSocket.all).toHaveLength(1);
    ws.answersPings = false;
    await vi.advanceTimersByTimeAsync(6 * 60_000);
    expect(TestSocket.all.length).toBeGreaterThan(1);
  });

  test('checks the connection after the machine slept', async () => {
    await connected();
    const ws = TestSocket.last();
    vi.setSystemTime(Date.now() + 3600_000);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(ws.sent.at(-1)).toEqual({ action: 'ping' });
  });

  test('reconnects by itself before the gateway would end it', async () => {
    await connected();
    await vi.advanceTimersByTimeAsync(99 * 60_000);
    expect(TestSocket.all).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(20 * 60_000);
    expect(TestSocket.all.length).toBeGreaterThan(1);
    expect(TestSocket.all[0]!.readyState).toBe(3);
  });

  test('is silent once stopped', async () => {
    const { socket } = await connected();
    socket.stop();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(TestSocket.all).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
