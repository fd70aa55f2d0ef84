import { expect, test } from 'vitest';
import { fullJitter } from '../../src/client/backoff';
import { uuidV7 } from '../../src/client/ids';

test('ids are UUIDv7, carry their time and sort as they were made', () => {
  const now = Date.parse('2026-11-21T09:30:00Z');
  const ids = Array.from({ length: 5000 }, () => uuidV7(now));
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(parseInt(ids[0]!.replace(/-/g, '').slice(0, 12), 16)).toBe(now);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test('waiting grows, is capped, and is random from nothing on', () => {
  expect(fullJitter(0, 500, 30_000, () => 1)).toBe(500);
  expect(fullJitter(3, 500, 30_000, () => 1)).toBe(4000);
  expect(fullJitter(99, 500, 30_000, () => 1)).toBe(30_000);
  expect(fullJitter(3, 500, 30_000, () => 0)).toBe(0);
});
