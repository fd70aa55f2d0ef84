import { Problem, Unreachable } from './api';
import { SignedOut } from './auth';
import { fullJitter } from './backoff';
import { uuidV7 } from './ids';
import { parseObject, type JsonObject } from './json';
import type { Accepted } from './types';

/** Something the person did, from the moment they did it until its event is in the view. */
export interface Action {
  /** The `client_action_id`: the same for every attempt, so the server acts once. */
  readonly id: string;
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: JsonObject;
  /** The text to give back if it is refused. */
  readonly text?: string;
  /** Our seq when it was made. */
  readonly sinceSeq: number;
  /** The merge patch to show until it is confirmed: first our guess, then the server's `prefetch`. */
  readonly patch: JsonObject;
  /** `queued` waits for its turn or the network; `accepted` waits for its frame; `failed` for the person. */
  readonly status: 'queued' | 'sending' | 'accepted' | 'failed';
  readonly attempts: number;
  /** Why it waits or failed, for people. */
  readonly reason?: string;
}

/** What the outbox tells its owner. */
export interface OutboxEvents {
  changed(actions: readonly Action[]): void;
  accepted(action: Action, reply: Accepted): void;
  refused(action: Action, reason: string): void;
}

const FAULTS_BEFORE_FAILED = 4;

/**
 * The person's actions on their way to the server: sent one after another, in order, kept in storage until
 * the server has them. Without network they wait; a fault of the server is retried a few times and then
 * left to the person; a refusal removes the action and says why.
 */
export class Outbox {
  private actions: readonly Action[] = [];
  private running = false;
  private stopped = false;
  private paused: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly storage: Storage,
    private readonly prefix: string,
    private readonly send: (action: Action) => Promise<Accepted>,
    private readonly events: OutboxEvents,
  ) {}

  /** Takes up what an earlier page left unsent. */
  restore(): void {
    const saved: Action[] = [];
    for (let i = 0; i < this.storage.length; i++) {
      const key = this.storage.key(i);
      if (!key?.startsWith(this.prefix)) continue;
      const action = parseObject(this.storage.getItem(key) ?? '') as unknown as Action | undefined;
      if (action?.id) saved.push({ ...action, sinceSeq: 0 });
    }
    saved.sort((a, b) => (a.id < b.id ? -1 : 1));
    this.set([...saved, ...this.actions]);
    this.flush();
  }

  /** Queues an action and sends it as soon as possible. `patch` makes the guess that is shown meanwhile. */
  add(
    made: Pick<Action, 'method' | 'path' | 'body' | 'text' | 'sinceSeq'>,
    patch: (id: string) => JsonObject,
  ): string {
    const id = uuidV7();
    const action: Action = { ...made, id, patch: patch(id), status: 'queued', attempts: 0 };
    this.save(action);
    this.set([...this.actions, action]);
    this.flush();
    return id;
  }

  /** Sends a failed action again, after all that is queued. */
  retry(id: string): void {
    const action = this.actions.find((a) => a.id === id);
    if (!action || action.status === 'accepted') return;
    const { reason: _, ...rest } = action;
    this.set([...this.actions.filter((a) => a.id !== id), { ...rest, status: 'queued', attempts: 0 }]);
    this.wake();
  }

  /** Takes an action out: its event has come, it was refused, or the person gave it up. */
  remove(id: string): Action | undefined {
    const action = this.actions.find((a) => a.id === id);
    if (!action) return undefined;
    this.storage.removeItem(this.prefix + id);
    this.set(this.actions.filter((a) => a.id !== id));
    return action;
  }

  /** The accepted actions whose events have not come yet. */
  unconfirmed(): readonly Action[] {
    return this.actions.filter((a) => a.status === 'accepted');
  }

  /** The network is back, or somebody signed in: goes on at once. */
  wake(): void {
    clearTimeout(this.paused);
    this.paused = undefined;
    this.flush();
  }

  /** Sends nothing more. What is queued stays in storage. */
  stop(): void {
    clearTimeout(this.paused);
    this.stopped = true;
  }

  private flush(): void {
    if (!this.running) void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.paused === undefined && !this.stopped) {
      const next = this.actions.find((a) => a.status === 'queued');
      if (!next) break;
      await this.attempt(next);
    }
    this.running = false;
  }

  private async attempt(action: Action): Promise<void> {
    this.update(action.id, { status: 'sending' });
    try {
      const reply = await this.send(action);
      this.storage.removeItem(this.prefix + action.id);
      this.update(action.id, { status: 'accepted', ...(reply.prefetch && { patch: reply.prefetch }) });
      this.events.accepted(action, reply);
    } catch (failure) {
      this.failed(action, failure);
    }
  }

  private failed(action: Action, failure: unknown): void {
    const reason = failure instanceof Error ? failure.message : String(failure);
    const attempts = action.attempts + 1;
    if (failure instanceof Problem && failure.final) {
      if (this.remove(action.id)) this.events.refused(action, reason);
    } else if (failure instanceof Unreachable) {
      this.update(action.id, { status: 'queued', attempts, reason: 'Waiting for the connection' });
      this.pause(fullJitter(attempts, 1000));
    } else if (failure instanceof SignedOut || (failure instanceof Problem && failure.status === 401)) {
      this.update(action.id, { status: 'queued', reason: 'Waiting for you to sign in' });
      this.pause(60_000);
    } else if (failure instanceof Problem && failure.status === 429) {
      this.update(action.id, { status: 'queued', reason: `${reason} It goes out by itself.` });
      this.pause(1000 * (failure.retryAfterSeconds ?? 5) + fullJitter(0));
    } else if (attempts < FAULTS_BEFORE_FAILED) {
      this.update(action.id, { status: 'queued', attempts, reason });
      this.pause(fullJitter(attempts, 400, 4000));
    } else {
      this.update(action.id, { status: 'failed', attempts, reason });
    }
  }

  private pause(millis: number): void {
    clearTimeout(this.paused);
    if (!this.stopped) this.paused = setTimeout(() => this.wake(), millis);
  }

  private update(id: string, change: Partial<Action>): void {
    if (!this.actions.some((a) => a.id === id)) return;
    this.set(
      this.actions.map((action) => {
        if (action.id !== id) return action;
        const { reason: _, ...rest } = action;
        return { ...rest, ...change };
      }),
    );
  }

  private save(action: Action): void {
    try {
      this.storage.setItem(this.prefix + action.id, JSON.stringify(action));
    } catch {
      // Storage is full or forbidden: the action lives as long as this page.
    }
  }

  private set(actions: readonly Action[]): void {
    this.actions = actions;
    this.events.changed(actions);
  }
}
