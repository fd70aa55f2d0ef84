/**
 * The text of an answer while it streams. Frames of one attempt may come late or not at all: they are put
 * in order of their index, and a missing one is tolerated, because the whole text comes with the state.
 * Where the beginning was missed, the server's last saved text stands in.
 */
export class TokenStream {
  private attempt = -1;
  private saved = '';
  private last = -1;
  private readonly parts = new Map<number, string>();

  /** Takes one `llm.token` frame; false if it belongs to an attempt that is over or came before. */
  take(attempt: number, index: number, text: string): boolean {
    if (attempt < this.attempt) return false;
    if (attempt > this.attempt) {
      this.attempt = attempt;
      this.saved = '';
      this.last = -1;
      this.parts.clear();
    }
    if (this.parts.has(index)) return false;
    this.parts.set(index, text);
    this.last = Math.max(this.last, index);
    return true;
  }

  /** Takes the text that the server has saved so far. */
  save(text: string): void {
    this.saved = text;
  }

  /** Nothing is missing of what has been sent so far. */
  get whole(): boolean {
    return this.parts.size > 0 && this.parts.size === this.last + 1;
  }

  /** What has come so far, in order; it begins with an ellipsis if the beginning is not to be had. */
  text(): string {
    if (!this.whole && this.saved !== '') return this.saved;
    const indexes = [...this.parts.keys()].sort((a, b) => a - b);
    const missed = (indexes[0] ?? 0) > 0;
    return (missed ? '… ' : '') + indexes.map((index) => this.parts.get(index)).join('');
  }
}
