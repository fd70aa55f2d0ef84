import type { Message, Task } from '../client/types';

/** By seq; what has none yet comes last, by time. A question stands before its answer. */
export function messagesInOrder(messages: Record<string, Message>): [string, Message][] {
  const seq = (m: Message) => (m.status === 'pending' ? Infinity : (m.seq ?? Infinity));
  const rank = (m: Message) => (m.role === 'user' ? 0 : 1);
  return Object.entries(messages).sort(([, a], [, b]) => {
    if (seq(a) !== seq(b)) return seq(a) - seq(b);
    if (seq(a) !== Infinity) return rank(a) - rank(b);
    return (a.at ?? '').localeCompare(b.at ?? '') || rank(a) - rank(b);
  });
}

const PRIORITY = { high: 0, normal: 1, low: 2 };

/** What is due first, then what matters more, then what is older (ids carry their time). */
export function tasksInOrder(tasks: Record<string, Task>): [string, Task][] {
  const made = (id: string) => id.slice(Math.max(id.lastIndexOf('_'), id.lastIndexOf(':')) + 1);
  return Object.entries(tasks).sort(
    ([idA, a], [idB, b]) =>
      (a.due ?? '9').localeCompare(b.due ?? '9') ||
      PRIORITY[a.priority ?? 'normal'] - PRIORITY[b.priority ?? 'normal'] ||
      made(idA).localeCompare(made(idB)),
  );
}
