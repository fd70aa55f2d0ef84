const DAY_MILLIS = 86_400_000;

/** Today's date here, as `2026-11-21`. */
export function today(now = new Date()): string {
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}

/** The date here of an instant or of a date. */
export function dateOf(value: string): string {
  return value.length > 10 ? today(new Date(value)) : value;
}

/** `Today`, `Tomorrow`, `Yesterday`, `Friday` within a week, else `24 Nov`, with the year if it is another. */
export function dayName(date: string, now = new Date()): string {
  const days = daysFrom(today(now), date);
  if (days === 0) return 'Today';
  if (days === 1) return 'Tomorrow';
  if (days === -1) return 'Yesterday';
  const at = new Date(`${date}T12:00:00`);
  if (days > 1 && days < 7) return at.toLocaleDateString('en-GB', { weekday: 'long' });
  const year = at.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const };
  return at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...year });
}

/** Days from one date to another; negative if the other is earlier. */
export function daysFrom(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MILLIS);
}

/** The hour and minute of an instant, here. */
export function clock(instant: string): string {
  return new Date(instant).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
