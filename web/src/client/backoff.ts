/**
 * Milliseconds to wait before attempt `attempt` (0 = the first retry): exponential with full jitter, so
 * that many pages which lost the same server do not come back at the same moment.
 */
export function fullJitter(
  attempt: number,
  baseMillis = 500,
  capMillis = 30_000,
  random: () => number = Math.random,
): number {
  return random() * Math.min(capMillis, baseMillis * 2 ** Math.min(attempt, 16));
}
