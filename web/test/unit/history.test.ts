import { describe, expect, test } from 'vitest';
import { History, type Page } from '../../src/client/history';
import type { Message } from '../../src/client/types';

const message = (seq: number): Message => ({ role: 'user', text: `text ${seq}`, status: 'complete', seq });
const state = (...seqs: number[]) => Object.fromEntries(seqs.map((seq) => [`m${seq}`, message(seq)]));
const page = (next: number | undefined, ...seqs: number[]): Page => ({
  messages: seqs.map((seq) => ({ id: `m${seq}`, ...message(seq) })),
  ...(next !== undefined && { next }),
});

function reading(...pages: (Page | Error)[]) {
  const asked: number[] = [];
  const history = new History(async (before) => {
    asked.push(before);
    const answer = pages.shift();
    if (!answer || answer instanceof Error) throw answer ?? new Error('no more');
    return answer;
  });
  return { history, asked };
}

describe('the history', () => {
  test('goes back page by page to the beginning', async () => {
    const { history, asked } = reading(page(4, 6, 5, 4), page(undefined, 3, 2));
    await history.back(state(7, 8));
    expect(Object.keys(history.messages.value).sort()).toEqual(['m4', 'm5', 'm6']);
    expect(history.earlier.value).toBe('more');
    await history.back(state(7, 8));
    expect(history.earlier.value).toBe('end');
    await history.back(state(7, 8));
    expect(asked).toEqual([7, 4]);
    expect(Object.keys(history.messages.value)).toHaveLength(5);
  });

  test('asks once at a time, and never before there is anything', async () => {
    const { history, asked } = reading(page(undefined, 1));
    await history.back({});
    await Promise.all([history.back(state(2)), history.back(state(2))]);
    expect(asked).toEqual([2]);
  });

  test('can be tried again after a fault', async () => {
    const { history } = reading(new Error('offline'), page(undefined, 1));
    await history.back(state(2));
    expect(history.earlier.value).toBe('failed');
    await history.back(state(2));
    expect(history.earlier.value).toBe('end');
    expect(history.messages.value).toEqual(state(1));
  });

  test('keeps in sight what goes into the archive', () => {
    const { history } = reading();
    history.moved(state(1, 2, 3), state(3, 4), true, false);
    expect(history.messages.value).toEqual(state(1, 2));
  });

  test('stays after a jump that joins, and begins anew after one that may not', async () => {
    const { history } = reading(page(2, 2), page(undefined, 9));
    await history.back(state(3, 4));
    history.moved(state(3, 4), state(3, 4, 5), false, true);
    expect(history.messages.value).toEqual(state(2));
    history.moved(state(3, 4, 5), state(10, 11), false, true);
    expect(history.messages.value).toEqual({});
    await history.back(state(10, 11));
    expect(history.messages.value).toEqual(state(9));
  });

  test('takes no page that was asked for before it was forgotten', async () => {
    let answer: (page: Page) => void = () => {};
    const history = new History(() => new Promise((resolve) => (answer = resolve)));
    const going = history.back(state(5));
    history.moved(state(5), state(10), false, true);
    answer(page(undefined, 4));
    await going;
    expect(history.messages.value).toEqual({});
    expect(history.earlier.value).toBe('more');
  });
});
