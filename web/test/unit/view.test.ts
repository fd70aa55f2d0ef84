import { describe, expect, test } from 'vitest';
import type { StateFrame } from '../../src/client/types';
import { View } from '../../src/client/view';

const commit = (from: number, seq: number, title: string): StateFrame => ({
  type: 'commit',
  from,
  seq,
  events: [],
  patch: { tasks: { t: { title } } },
});
const snapshot = (seq: number): StateFrame => ({
  type: 'snapshot',
  seq,
  state: { tasks: { t: { title: 'snapshot' } } },
});

function viewAt(seq: number): View {
  const view = new View();
  view.connected();
  view.take(snapshot(seq));
  return view;
}

describe('the view', () => {
  test('takes a commit that was made for its seq', () => {
    const view = viewAt(3);
    expect(view.take(commit(3, 5, 'five')).kind).toBe('applied');
    expect(view.seq).toBe(5);
    expect(view.state).toEqual({ tasks: { t: { title: 'five' } } });
  });

  test('drops what it has already', () => {
    const view = viewAt(5);
    expect(view.take(commit(4, 5, 'again')).kind).toBe('stale');
    expect(view.take(snapshot(4)).kind).toBe('stale');
  });

  test('shows a gap and stays as it was', () => {
    const view = viewAt(3);
    expect(view.take(commit(4, 5, 'five')).kind).toBe('gap');
    expect(view.take(commit(2, 5, 'overlap')).kind).toBe('gap');
    expect(view.seq).toBe(3);
  });

  test('asks for a state that was too large to push, unless it has it', () => {
    const view = viewAt(3);
    expect(view.take({ type: 'commit', seq: 9, fetch: true }).kind).toBe('fetch');
    expect(view.take({ type: 'commit', seq: 3, fetch: true }).kind).toBe('stale');
  });

  test('takes an older snapshot only as the first word of a connection, as after a reset', () => {
    const view = viewAt(50);
    view.take(commit(50, 51, 'newer'));
    expect(view.take(snapshot(50)).kind).toBe('stale');
    view.connected();
    expect(view.take(snapshot(2)).kind).toBe('applied');
    expect(view.seq).toBe(2);
  });
});
