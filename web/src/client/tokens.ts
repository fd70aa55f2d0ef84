/**
 * The text of an answer while it streams. Frames of one attempt may come late or not at all: they are put
 * in order of their index, and a missing one is tolerated, because the whole text comes with the state.
 */
export class TokenStream {
  attempt = -1;
  private readonly parts = new Map<number, string>();

  /** Takes one `llm.token` frame; false if it belongs to an attempt that is over or came before. */
  take(attempt: number, index: number, text: string): boolean {
    if (attempt < this.attempt) return false;
    if (attempt > this.attempt) {
      this.attempt = attempt;
      this.parts.clear();
    }
    if (this.parts.has(index)) return false;
    this.parts.set(index, text);
    return true;
  }

  /** What has come so far, in order; it begins with an ellipsis if the beginning was missed. */
  text(): string {
    const indexes = [...this.parts.keys()].sort((a, b) => a - b);
    const missed = (indexes[0] ?? 0) > 0;
    return (missed ? '… ' : '') + indexes.map((index) => this.parts.get(index)).join('');
  }
}
