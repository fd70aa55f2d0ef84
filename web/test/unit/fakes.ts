/** Web storage in memory. */
export class MemoryStorage implements Storage {
  private readonly entries = new Map<string, string>();
  get length(): number {
    return this.entries.size;
  }
  key(index: number): string | null {
    return [...this.entries.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.entries.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.entries.set(key, value);
  }
  removeItem(key: string): void {
    this.entries.delete(key);
  }
  clear(): void {
    this.entries.clear();
  }
}

/** A WebSocket whose other end is the test. */
export class TestSocket {
  static readonly all: TestSocket[] = [];
  readyState = 0;
  sent: Record<string, unknown>[] = [];
  answersPings = true;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;

  constructor(readonly url: string) {
    TestSocket.all.push(this);
  }

  /** The newest one. */
  static last(): TestSocket {
    return TestSocket.all.at(-1)!;
  }

  static open(url: string): WebSocket {
    return new TestSocket(url) as unknown as WebSocket;
  }

  send(data: string): void {
    const action = JSON.parse(data) as Record<string, unknown>;
    this.sent.push(action);
    if (action['action'] === 'ping' && this.answersPings) queueMicrotask(() => this.says({ type: 'pong' }));
  }

  close(): void {
    this.readyState = 3;
  }

  opens(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  says(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  breaks(): void {
    this.readyState = 3;
    this.onclose?.();
  }
}
