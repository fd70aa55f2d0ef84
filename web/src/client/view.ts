import { isObject, type Json, type JsonObject } from './json';
import { mergePatch } from './mergePatch';
import type { Event, StateFrame } from './types';

/** What a frame did to the view. `gap`: ask `sync` after {@link View.seq}. `fetch`: GET the state. */
export type Outcome =
  | { kind: 'applied'; events: Event[]; jumped: boolean }
  | { kind: 'stale' }
  | { kind: 'gap' }
  | { kind: 'fetch' };

/**
 * The confirmed view: the newest state that the server has told, and its seq. A commit applies only on
 * the seq it was made for; older ones are dropped, later ones show a gap.
 */
export class View {
  state: JsonObject = {};
  seq = 0;
  /** No frame of the present connection has been applied yet. */
  private fresh = true;

  /**
   * A new connection begins. Its first snapshot counts even if its seq is lower than ours: the person's
   * log may have been erased or reset meanwhile.
   */
  connected(): void {
    this.fresh = true;
  }

  /** Takes a `snapshot` or `commit` frame. */
  take(frame: StateFrame): Outcome {
    if (frame.fetch) return frame.seq > this.seq || this.fresh ? { kind: 'fetch' } : { kind: 'stale' };
    if (frame.type === 'snapshot') return this.replace(frame.seq, frame.state);
    if (frame.seq <= this.seq) return { kind: 'stale' };
    if (frame.from !== this.seq) return { kind: 'gap' };
    this.state = asObject(mergePatch(this.state, frame.patch));
    this.seq = frame.seq;
    this.fresh = false;
    return { kind: 'applied', events: frame.events ?? [], jumped: false };
  }

  /** Takes a whole state, from a snapshot or from `GET /v1/state`. */
  replace(seq: number, state: JsonObject): Outcome {
    if (seq < this.seq && !this.fresh) return { kind: 'stale' };
    const jumped = seq !== this.seq;
    this.state = state;
    this.seq = seq;
    this.fresh = false;
    return { kind: 'applied', events: [], jumped };
  }
}

function asObject(value: Json): JsonObject {
  return isObject(value) ? value : {};
}
