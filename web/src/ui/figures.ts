import type { Cost, RunStatus } from '../client/runTypes';
import { clock, dateOf, dayName } from './time';

/** What a status is called. */
export const STATUS: Record<RunStatus, string> = {
  pending: 'Starting',
  running: 'Running',
  waiting_input: 'Waits for an answer',
  waiting_signal: 'Waits for a signal',
  completed: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  timed_out: 'Timed out',
};

/** `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
export function duration(millis: number): string {
  const seconds = Math.max(0, millis) / 1000;
  if (seconds < 1) return `${Math.round(Math.max(0, millis))} ms`;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return two(seconds, 60, 'min', 1, 's');
  if (seconds < 86_400) return two(seconds, 3600, 'h', 60, 'min');
  return two(seconds, 86_400, 'd', 3600, 'h');
}

function two(seconds: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.floor((seconds % large) / small);
  return `${Math.floor(seconds / large)} ${largeName}${rest > 0 ? ` ${rest} ${smallName}` : ''}`;
}

/** How long from one instant to another, or to now. */
export function between(from: string, to: string | undefined): string {
  return duration((to ? Date.parse(to) : Date.now()) - Date.parse(from));
}

/** `Today 14:05`. */
export function when(instant: string): string {
  return `${dayName(dateOf(instant))} ${clock(instant)}`;
}

/** `1,204 tokens, $0.0012`; empty where nothing was spent. */
export function spent(cost: Cost | number | undefined): string {
  const { input_tokens = 0, output_tokens = 0, micro_usd = 0 }: Cost = typeof cost === 'number' ? { micro_usd: cost } : (cost ?? {});
  const tokens = input_tokens + output_tokens;
  const dollars = micro_usd / 1e6;
  const parts = [
    tokens > 0 && `${tokens.toLocaleString('en-US')} tokens`,
    dollars > 0 && `$${dollars < 0.01 ? dollars.toFixed(6).replace(/0+$/, '') : dollars.toFixed(2)}`,
  ];
  return parts.filter(Boolean).join(', ');
}
