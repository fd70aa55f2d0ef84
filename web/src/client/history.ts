import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { Message } from './types';

/** One page of `GET /v1/messages`: the newest first. */
export interface Page {
  messages: ({ id: string } & Message)[];
  next?: number;
}

/** What was said before the messages of the state. `end`: there is nothing older. */
export type Earlier = 'more' | 'loading' | 'failed' | 'end';

type Messages = Record<string, Message>;

/**
 * The older part of the conversation, read page by page as the person goes back. It always joins the
 * state's messages without a gap; where that can no longer be known, it is forgotten and read anew.
 */
export class History {
  private readonly read = signal<Messages>({});
  private readonly now = signal<Earlier>('more');
  /** The messages that were read, by id. */
  readonly messages: ReadonlySignal<Messages> = this.read;
  readonly earlier: ReadonlySignal<Earlier> = this.now;

  /** Counts how often all was forgotten, so that a page that comes late is not taken. */
  private age = 0;

  constructor(private readonly page: (before: number) => Promise<Page>) {}

  /** Reads one more page before the oldest message that is known. */
  async back(state: Messages): Promise<void> {
    const before = oldest({ ...this.read.value, ...state });
    if (this.now.value === 'loading' || this.now.value === 'end' || before === Infinity) return;
    // The first event of a log has seq 1.
    if (before <= 1) this.now.value = 'end';
    else await this.readBefore(before);
  }

  private async readBefore(before: number): Promise<void> {
    const age = this.age;
    this.now.value = 'loading';
    try {
      const { messages, next } = await this.page(before);
      if (age !== this.age) return;
      const more = Object.fromEntries(messages.map(({ id, ...message }) => [id, message]));
      this.read.value = { ...more, ...this.read.value };
      this.now.value = next === undefined || messages.length === 0 ? 'end' : 'more';
    } catch {
      if (age === this.age) this.now.value = 'failed';
    }
  }

  /**
   * The state is new. Messages that went into the archive stay in sight. After a jump it may begin
   * later than it did, with messages between that were never seen.
   */
  moved(from: Messages, to: Messages, archived: boolean, jumped: boolean): void {
    if (archived) {
      const gone = Object.entries(from).filter(([id]) => !(id in to));
      this.read.value = { ...this.read.value, ...Object.fromEntries(gone) };
    } else if (jumped && !Object.keys(from).some((id) => id in to && from[id]?.seq === oldest(from))) {
      this.age++;
      this.read.value = {};
      this.now.value = 'more';
    }
  }
}

function oldest(messages: Messages): number {
  return Math.min(Infinity, ...Object.values(messages).flatMap((m) => (m.seq === undefined ? [] : [m.seq])));
}
