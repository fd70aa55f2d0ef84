import { signal } from '@preact/signals';

/** The parts of the address behind `#/`: none is the conversation, `runs` its list, `runs` and an id one run. */
export const route = signal<readonly string[]>(parts());

addEventListener('hashchange', () => (route.value = parts()));

/** Goes to another part of the page. */
export function go(path: string): void {
  location.hash = `#/${path}`;
}

function parts(): string[] {
  return location.hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decodeURIComponent);
}
