import { expect, test } from 'vitest';
import { between, duration, spent } from '../../src/ui/figures';

test('a duration is told by its two largest units', () => {
  const told = [0, 420, 1240, 12_400, 200_000, 7_500_000, 273_600_000].map(duration);
  expect(told).toEqual(['0 ms', '420 ms', '1.2 s', '12 s', '3 min 20 s', '2 h 5 min', '3 d 4 h']);
  expect(duration(-5)).toBe('0 ms');
  expect(between('2026-11-21T10:00:00Z', '2026-11-21T10:01:00Z')).toBe('1 min');
});

test('what was spent is told in tokens and dollars, and nothing where nothing was', () => {
  expect(spent({ input_tokens: 1000, output_tokens: 204, micro_usd: 1200 })).toBe('1,204 tokens, $0.0012');
  expect(spent(2_500_000)).toBe('$2.50');
  expect(spent({})).toBe('');
  expect(spent(undefined)).toBe('');
});
