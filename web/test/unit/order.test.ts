import { expect, test } from 'vitest';
import { messagesInOrder, tasksInOrder } from '../../src/ui/order';
import { dayName } from '../../src/ui/time';

test('messages stand by seq, a question before its answer, what is on its way last and as it was done', () => {
  const order = messagesInOrder({
    'pending:2': { role: 'user', status: 'pending' },
    op_b: { role: 'assistant', status: 'streaming', seq: 7 },
    evt_b: { role: 'user', status: 'complete', seq: 7 },
    evt_a: { role: 'user', status: 'complete', seq: 2 },
    'pending:1': { role: 'user', status: 'pending' },
  });
  expect(order.map(([id]) => id)).toEqual(['evt_a', 'evt_b', 'op_b', 'pending:2', 'pending:1']);
});

test('tasks stand by day, then by priority, then by age', () => {
  const task = (rest: object) => ({ title: 't', status: 'open' as const, ...rest });
  const order = tasksInOrder({
    task_03: task({}),
    task_02: task({ priority: 'high' }),
    'pending:04': task({}),
    task_01: task({ due: '2026-12-01' }),
  });
  expect(order.map(([id]) => id)).toEqual(['task_01', 'task_02', 'task_03', 'pending:04']);
});

test('days have the names that people use', () => {
  const now = new Date(2026, 10, 21, 23, 50);
  const name = (date: string) => dayName(date, now);
  expect(['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-24', '2026-12-24', '2030-01-31'].map(name)).toEqual([
    'Yesterday', 'Today', 'Tomorrow', 'Tuesday', '24 Dec', '31 Jan 2030',
  ]);
});
