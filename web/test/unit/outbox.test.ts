import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Problem, Unreachable } from '../../src/client/api';
import { Outbox, type Action } from '../../src/client/outbox';
import type { Accepted } from '../../src/client/types';
import { MemoryStorage } from './fakes';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const message = (text: string) => ({ method: 'POST', path: '/v1/messages', body: { text }, text, sinceSeq: 0 }) as const;

class Bench {
  storage = new MemoryStorage();
  actions: readonly Action[] = [];
  sent: string[] = [];
  refusals: [string, string][] = [];
  answer: (action: Action) => Promise<Accepted> = async () => ({ prefetch: { real: true } });
  outbox = this.open();

  open(): Outbox {
    return new Outbox(
      this.storage,
      'out.',
      (action) => {
        this.sent.push(`${action.text} ${action.id}`);
        return this.answer(action);
      },
      {
        changed: (actions) => (this.actions = actions),
        accepted: () => {},
        refused: (action, reason) => this.refusals.push([action.text ?? '', reason]),
      },
    );
  }

  say(text: string): string {
    return this.outbox.add(message(text), () => ({ guess: text }));
  }
}

describe('the outbox', () => {
  test('shows the guess at once, then what the server says, until the event comes', async () => {
    const bench = new Bench();
    const id = bench.say('hello');
    expect(bench.actions[0]?.patch).toEqual({ guess: 'hello' });
    await vi.runAllTimersAsync();
    expect(bench.actions[0]).toMatchObject({ status: 'accepted', patch: { real: true } });
    expect(bench.storage.length).toBe(0);
    bench.outbox.remove(id);
    expect(bench.actions).toEqual([]);
  });

  test('keeps the order, one at a time', async () => {
    const bench = new Bench();
    const done: (() => void)[] = [];
    bench.answer = () => new Promise((resolve) => done.push(() => resolve({})));
    bench.say('one');
    bench.say('two');
    await vi.advanceTimersByTimeAsync(0);
    expect(bench.sent).toHaveLength(1);
    done[0]!();
    await vi.advanceTimersByTimeAsync(0);
    expect(bench.sent.map((s) => s.split(' ')[0])).toEqual(['one', 'two']);
  });

  test('waits without network, survives the page, and sends once under the same id', async () => {
    const bench = new Bench();
    bench.answer = () => Promise.reject(new Unreachable('no network'));
    const ids = [bench.say('one'), bench.say('two')];
    await vi.advanceTimersByTimeAsync(0);
    expect(bench.actions.map((a) => a.status)).toEqual(['queued', 'queued']);
    bench.outbox.stop();

    bench.sent = [];
    bench.answer = async () => ({});
    bench.outbox = bench.open();
    bench.outbox.restore();
    await vi.runAllTimersAsync();
    expect(bench.sent).toEqual([`one ${ids[0]}`, `two ${ids[1]}`]);
    expect(bench.storage.length).toBe(0);
  });

  test('gives back what is refused and goes on with the next', async () => {
    const bench = new Bench();
    bench.answer = (a) => (a.text === 'bad' ? Promise.reject(new Problem(413, 'Too long.')) : Promise.resolve({}));
    bench.say('bad');
    bench.say('good');
    await vi.runAllTimersAsync();
    expect(bench.refusals).toEqual([['bad', 'Too long.']]);
    expect(bench.actions.map((a) => [a.text, a.status])).toEqual([['good', 'accepted']]);
    expect(bench.storage.length).toBe(0);
  });

  test('tries a fault again a few times, then leaves it to the person', async () => {
    const bench = new Bench();
    bench.answer = () => Promise.reject(new Problem(503, 'A fault.'));
    const id = bench.say('hello');
    await vi.runAllTimersAsync();
    expect(bench.sent).toHaveLength(4);
    expect(bench.actions[0]).toMatchObject({ status: 'failed', reason: 'A fault.' });
    bench.answer = async () => ({});
    bench.outbox.retry(id);
    await vi.runAllTimersAsync();
    expect(bench.actions[0]).toMatchObject({ id, status: 'accepted' });
  });

  test('waits as long as a limit asks', async () => {
    const bench = new Bench();
    bench.answer = () => Promise.reject(new Problem(429, 'At most 60 a minute.', 20));
    bench.say('hello');
    await vi.advanceTimersByTimeAsync(19_999);
    expect(bench.sent).toHaveLength(1);
    bench.answer = async () => ({});
    await vi.runAllTimersAsync();
    expect(bench.sent).toHaveLength(2);
    expect(bench.actions[0]?.status).toBe('accepted');
  });

  test('forgets an action whose event came before its reply', async () => {
    const bench = new Bench();
    bench.answer = async (action) => {
      bench.outbox.remove(action.id);
      return {};
    };
    bench.say('hello');
    await vi.runAllTimersAsync();
    expect(bench.actions).toEqual([]);
  });
});
