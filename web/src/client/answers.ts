import { signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import { TokenStream } from './tokens';
import type { TokenFrame } from './types';

/** The answers that are being streamed to this page, each with a signal of its text so far. */
export class Answers {
  private readonly streams = new Map<string, { tokens: TokenStream; text: Signal<string> }>();

  /** The text of one answer as far as it has come; it changes with every frame. */
  text(operationId: string): ReadonlySignal<string> {
    return this.stream(operationId).text;
  }

  /** Takes one frame. */
  take(frame: TokenFrame): void {
    const { tokens, text } = this.stream(frame.operation_id);
    if (tokens.take(frame.attempt, frame.index, frame.text)) text.value = tokens.text();
  }

  /** Forgets those that are over. */
  forget(over: (operationId: string) => boolean): void {
    for (const id of this.streams.keys()) if (over(id)) this.streams.delete(id);
  }

  private stream(id: string) {
    let stream = this.streams.get(id);
    if (!stream) this.streams.set(id, (stream = { tokens: new TokenStream(), text: signal('') }));
    return stream;
  }
}
