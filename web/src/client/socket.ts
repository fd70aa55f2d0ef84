import { fullJitter } from './backoff';
import { parseObject, type JsonObject } from './json';
import type { Frame } from './types';

/** `connecting`: on the way. `live`: in step with the server. `offline`: between two attempts. */
export type Connection = 'connecting' | 'live' | 'offline';

/** What the socket needs and tells. */
export interface SocketOwner {
  /** A new one-use address. */
  address(): Promise<string>;
  /** The seq after which the server shall go on. */
  after(): number;
  /** A connection is open; its frames follow. */
  connected(): void;
  frame(frame: Frame): void;
  status(connection: Connection): void;
}

/** API Gateway ends an idle socket after 10 minutes, and any after 2 hours. */
const PING_EVERY_MILLIS = 5 * 60_000;
const LIFE_MILLIS = 100 * 60_000;
const LIFE_SPREAD_MILLIS = 15 * 60_000;
const REPLY_WITHIN_MILLIS = 10_000;
const LOOK_EVERY_MILLIS = 15_000;

/**
 * One WebSocket to the server, held open for ever: it comes back after any loss with full jitter, asks for
 * what it missed by seq, and notices a connection that died silently (sleep, another network).
 */
export class Socket {
  private ws: WebSocket | undefined;
  private attempt = 0;
  private stopped = true;
  private opening = false;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private replyTimer: ReturnType<typeof setTimeout> | undefined;
  private lookTimer: ReturnType<typeof setInterval> | undefined;
  private lastLook = 0;
  private lastPing = 0;
  private endOfLife = 0;
  /** When `sync` was asked; 0 once it is answered. */
  private askedAt = 0;

  constructor(
    private readonly owner: SocketOwner,
    private readonly open: (url: string) => WebSocket = (url) => new WebSocket(url),
  ) {}

  /** Connects, and stays connected until {@link stop}. */
  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.lastLook = Date.now();
    this.lookTimer = setInterval(() => this.look(), LOOK_EVERY_MILLIS);
    void this.connect();
  }

  /** Closes for good. */
  stop(): void {
    this.stopped = true;
    clearInterval(this.lookTimer);
    clearTimeout(this.retryTimer);
    this.drop();
  }

  /** The network or the person came back: tries now if we are waiting, else checks that it still lives. */
  wake(): void {
    if (this.stopped) return;
    if (this.ws?.readyState === WebSocket.OPEN) this.ping();
    else if (!this.ws && !this.opening) this.retry(0);
  }

  /** Asks for everything after our seq, unless that question is already open. */
  sync(): void {
    if (Date.now() - this.askedAt < REPLY_WITHIN_MILLIS) return;
    if (!this.send({ action: 'sync', after: this.owner.after() })) return;
    this.askedAt = Date.now();
    this.expectReply();
  }

  /** The owner could use a frame: the question is answered, and the page is in step with the server. */
  inStep(): void {
    this.askedAt = 0;
    this.attempt = 0;
    this.owner.status('live');
  }

  /** Sends an action; false if there is no open connection. */
  send(action: JsonObject): boolean {
    if (this.ws?.readyState !== WebSocket.OPEN) return false;
    this.ws.send(JSON.stringify(action));
    return true;
  }

  private async connect(): Promise<void> {
    if (this.opening || this.ws || this.stopped) return;
    this.opening = true;
    this.owner.status('connecting');
    try {
      const url = await this.owner.address();
      if (!this.stopped) this.adopt(this.open(url));
    } catch {
      this.retry();
    } finally {
      this.opening = false;
    }
  }

  private adopt(ws: WebSocket): void {
    this.ws = ws;
    this.expectReply();
    ws.onopen = () => {
      this.lastPing = Date.now();
      this.endOfLife = Date.now() + LIFE_MILLIS + Math.random() * LIFE_SPREAD_MILLIS;
      this.askedAt = 0;
      this.owner.connected();
      this.sync();
    };
    ws.onmessage = (event) => this.receive(String(event.data));
    ws.onclose = () => {
      if (this.ws !== ws) return;
      this.drop();
      this.retry();
    };
  }

  private receive(data: string): void {
    const frame = parseObject(data) as unknown as Frame | undefined;
    if (!frame?.type) return;
    clearTimeout(this.replyTimer);
    this.owner.frame(frame);
  }

  /** Every few seconds: did the machine sleep, is a ping due, has the socket lived long enough? */
  private look(): void {
    const now = Date.now();
    const slept = now - this.lastLook > 3 * LOOK_EVERY_MILLIS;
    this.lastLook = now;
    if (this.ws?.readyState !== WebSocket.OPEN) {
      if (slept) this.wake();
    } else if (now > this.endOfLife || this.unanswered(now)) {
      this.again();
    } else if (slept || now - this.lastPing >= PING_EVERY_MILLIS) {
      this.ping();
    }
  }

  private unanswered(now: number): boolean {
    return this.askedAt > 0 && now - this.askedAt > REPLY_WITHIN_MILLIS;
  }

  private ping(): void {
    this.lastPing = Date.now();
    if (this.send({ action: 'ping' })) this.expectReply();
  }

  /** Any frame is a reply. None in time means that the connection is dead, whatever the browser thinks. */
  private expectReply(): void {
    clearTimeout(this.replyTimer);
    this.replyTimer = setTimeout(() => this.again(), REPLY_WITHIN_MILLIS);
  }

  private again(): void {
    this.drop();
    this.retry();
  }

  private retry(delay = fullJitter(this.attempt++)): void {
    if (this.stopped) return;
    this.owner.status(this.attempt > 1 ? 'offline' : 'connecting');
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => void this.connect(), delay);
  }

  private drop(): void {
    clearTimeout(this.replyTimer);
    this.askedAt = 0;
    const ws = this.ws;
    this.ws = undefined;
    if (!ws) return;
    ws.onopen = ws.onmessage = ws.onclose = null;
    ws.close();
  }
}
