import type { JsonObject } from './json';
import type { Event, StateFrame } from './types';
import { View } from './view';

/** What the feed needs and tells. */
export interface FeedOwner {
  /** Reads the whole state over HTTP. */
  read(): Promise<{ seq: number; state: JsonObject }>;
  /** Asks the server for everything after {@link Feed.seq}. */
  ask(): void;
  /** The view is new. `jumped`: a whole state came, so events may have been skipped. */
  applied(events: readonly Event[], jumped: boolean): void;
  /** A frame fitted: the view is the server's. */
  inStep(): void;
}

const ASK_AGAIN_MILLIS = 100;
const READ_AGAIN_MILLIS = 2000;

/** Turns the frames of a socket into a view without gaps: it asks for what is missing and reads what is too large. */
export class Feed {
  private readonly view = new View();
  /** The frames that wait while the whole state is being read. */
  private waiting: StateFrame[] | undefined;
  /** The highest seq that was heard of on this connection. */
  private newest = 0;

  constructor(private readonly owner: FeedOwner) {}

  /** The newest confirmed state. */
  get state(): JsonObject {
    return this.view.state;
  }

  /** Its seq. */
  get seq(): number {
    return this.view.seq;
  }

  /** A new connection begins. */
  connected(): void {
    this.view.connected();
    this.newest = 0;
  }

  /** Takes a frame of the connection. */
  take(frame: StateFrame): void {
    if (this.waiting) {
      this.waiting.push(frame);
      return;
    }
    const outcome = this.view.take(frame);
    if (outcome.kind === 'fetch') {
      void this.read();
    } else if (outcome.kind === 'gap') {
      this.newest = Math.max(this.newest, frame.seq);
      this.owner.ask();
    } else {
      if (outcome.kind === 'applied') this.owner.applied(outcome.events, outcome.jumped);
      this.fitted();
    }
  }

  /** A frame that did not fit may have come before the answer that should have held it: then there is more. */
  private fitted(): void {
    this.owner.inStep();
    if (this.seq < this.newest) setTimeout(() => this.seq < this.newest && this.owner.ask(), ASK_AGAIN_MILLIS);
  }

  private async read(): Promise<void> {
    this.waiting = [];
    try {
      const { seq, state } = await this.owner.read();
      const outcome = this.view.replace(seq, state);
      if (outcome.kind === 'applied') this.owner.applied([], outcome.jumped);
      this.fitted();
    } catch {
      setTimeout(() => this.owner.ask(), READ_AGAIN_MILLIS);
    }
    const waiting = this.waiting;
    this.waiting = undefined;
    for (const frame of waiting) this.take(frame);
  }
}
