import { signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import { TokenStream } from './tokens';
import type { TokenFrame } from './types';

const SAVED_EVERY_MILLIS = 1000;

/** The answers that are being streamed to this page, each with a signal of its text so far. */
export class Answers {
  private readonly streams = new Map<string, { tokens: TokenStream; text: Signal<string> }>();
  private readonly resuming = new Set<string>();

  /** `saved` reads the text that the server has of an answer so far. */
  constructor(private readonly saved: (operationId: string) => Promise<string>) {}

  /** The text of one answer as far as it has come; it changes with every frame. */
  text(operationId: string): ReadonlySignal<string> {
    return this.stream(operationId).text;
  }

  /** Takes one frame. */
  take(frame: TokenFrame): void {
    const { tokens, text } = this.stream(frame.operation_id);
    if (tokens.take(frame.attempt, frame.index, frame.text)) text.value = tokens.text();
  }

  /**
   * Shows what the server has saved of an answer whose beginning this page may have missed, again and again
   * while it goes on, until its pieces are whole.
   */
  async resume(id: string, goesOn: () => boolean): Promise<void> {
    if (this.resuming.has(id)) return;
    this.resuming.add(id);
    try {
      while (goesOn() && !this.stream(id).tokens.whole) {
        const saved = await this.saved(id);
        if (goesOn()) this.show(id, saved);
        await new Promise((resolve) => setTimeout(resolve, SAVED_EVERY_MILLIS));
      }
    } catch {
      // The whole text comes with the state.
    } finally {
      this.resuming.delete(id);
    }
  }

  /** Forgets those that are over. */
  forget(over: (operationId: string) => boolean): void {
    for (const id of this.streams.keys()) if (over(id)) this.streams.delete(id);
  }

  private show(id: string, saved: string): void {
    const { tokens, text } = this.stream(id);
    tokens.save(saved);
    text.value = tokens.text();
  }

  private stream(id: string) {
    let stream = this.streams.get(id);
    if (!stream) this.streams.set(id, (stream = { tokens: new TokenStream(), text: signal('') }));
    return stream;
  }
}
