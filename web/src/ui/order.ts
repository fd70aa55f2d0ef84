import type { Message, Task } from '../client/types';

/** By seq, a question before its answer; what has no seq yet comes last, in the order in which it was done. */
export function messagesInOrder(messages: Record<string, Message>): [string, Message][] {
  const seq = (m: Message) => (m.status === 'pending' ? Infinity : (m.seq ?? Infinity));
  const rank = (m: Message) => (m.role === 'user' ? 0 : 1);
  return Object.entries(messages).sort(([, a], [, b]) => {
    if (seq(a) !== seq(b)) return seq(a) - seq(b);
    return seq(a) === Infinity ? 0 : rank(a) - rank(b);
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
