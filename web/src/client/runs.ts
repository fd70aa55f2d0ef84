import { signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import { Problem } from './api';
import { Feed } from './feed';
import { uuidV7 } from './ids';
import type { Json, JsonObject } from './json';
import { mergePatch } from './mergePatch';
import type { Run, RunBrief, Schedule, Workflow } from './runTypes';
import type { RunFrame } from './types';

/** Asks the server over HTTP, as the person. */
export type Ask = (method: string, path: string, body?: JsonObject) => Promise<JsonObject>;

/** A page of `GET /v1/runs`. */
export interface RunPage {
  runs: ({ run_id: string } & RunBrief)[];
  next?: Json;
}

/** The person's runs: what can be done to them, and those that the page follows. */
export class Runs {
  /** The manifest, once it was read. */
  readonly workflows: Signal<Record<string, Workflow> | undefined> = signal(undefined);
  private readonly followed = new Map<string, LiveRun>();

  constructor(
    private readonly ask: Ask,
    /** Sends an action through the socket; false if there is none. */
    private readonly send: (action: JsonObject) => boolean,
  ) {}

  /** Follows a run until {@link LiveRun.close}. */
  follow(id: string): LiveRun {
    this.followed.get(id)?.close();
    const run = new LiveRun(id, this.ask, this.send, () => this.followed.get(id) === run && this.followed.delete(id));
    this.followed.set(id, run);
    run.read();
    return run;
  }

  /** A new connection is in step: what is followed may have gone on without us. */
  connected(): void {
    for (const run of this.followed.values()) run.read();
  }

  take(frame: RunFrame): void {
    this.followed.get(frame.run_id)?.take(frame);
  }

  async readWorkflows(): Promise<void> {
    const { workflows } = await this.ask('GET', '/v1/workflows');
    this.workflows.value = workflows as unknown as Record<string, Workflow>;
  }

  /** Older runs, newest first. */
  async page(filter: Record<string, string>): Promise<RunPage> {
    return (await this.ask('GET', `/v1/runs?${new URLSearchParams(filter)}`)) as unknown as RunPage;
  }

  /** Starts a run and gives its id; the same action id starts it once. */
  async start(workflow: string, input: Json, startStep: string, actionId: string): Promise<string> {
    const body = { workflow, input, client_action_id: actionId, ...(startStep && { start_step: startStep }) };
    return String((await this.ask('POST', '/v1/runs', body))['run_id']);
  }

  async answer(runId: string, inputId: string, value: Json): Promise<void> {
    await this.ask('POST', `/v1/runs/${runId}/inputs/${inputId}`, { value, client_action_id: uuidV7() });
  }

  async cancel(runId: string): Promise<void> {
    await this.ask('POST', `/v1/runs/${runId}/cancel`, { client_action_id: uuidV7() });
  }

  /** What a rerun would do again and what it would keep, by the names of the steps. */
  async preview(runId: string, from: string): Promise<{ runs_again?: string[]; keeps?: string[] }> {
    return await this.ask('POST', `/v1/runs/${runId}/rerun?dry_run=true`, from ? { from } : {});
  }

  /** Runs again, whole or from a step, as a new run; gives its id. */
  async rerun(runId: string, from: string, actionId: string): Promise<string> {
    const body = { client_action_id: actionId, ...(from && { from }) };
    return String((await this.ask('POST', `/v1/runs/${runId}/rerun`, body))['run_id']);
  }

  async schedules(): Promise<Record<string, Schedule>> {
    return ((await this.ask('GET', '/v1/schedules'))['schedules'] ?? {}) as unknown as Record<string, Schedule>;
  }

  async setSchedule(name: string, schedule: Schedule): Promise<void> {
    const { next: _, ...body } = schedule;
    await this.ask('PUT', `/v1/schedules/${encodeURIComponent(name)}`, body as unknown as JsonObject);
  }

  async removeSchedule(name: string): Promise<void> {
    await this.ask('DELETE', `/v1/schedules/${encodeURIComponent(name)}`);
  }
}

/**
 * One run as it goes on: read once over HTTP, then patched by the frames of its subscription. A gap is asked
 * for again; what a frame cannot tell, as a null in the run's own state, is read anew.
 */
export class LiveRun {
  private readonly view = signal<Run | undefined>(undefined);
  private readonly trouble = signal('');
  /** The run as far as it is known. */
  readonly run: ReadonlySignal<Run | undefined> = this.view;
  /** Why it cannot be shown; empty if it can. */
  readonly problem: ReadonlySignal<string> = this.trouble;
  private readonly feed: Feed;
  private reading = false;
  private closed = false;
  private gone = false;

  constructor(
    private readonly id: string,
    ask: Ask,
    private readonly send: (action: JsonObject) => boolean,
    private readonly forget: () => void,
  ) {
    this.feed = new Feed({
      read: async () => {
        const state = await ask('GET', `/v1/runs/${id}`).catch((failure: Error) => this.failed(failure));
        return { seq: Number(state['seq']), state };
      },
      ask: () => this.subscribe(),
      applied: () => this.applied(),
      inStep: () => this.inStep(),
    });
  }

  /** Reads the run anew, and subscribes to what comes after. */
  read(): void {
    this.reading = true;
    this.feed.connected();
    this.feed.take({ type: 'commit', seq: 0, fetch: true });
  }

  /** Takes a frame of the subscription. The first may hold the whole view, as a patch of nothing. */
  take(frame: RunFrame): void {
    if (frame.fetch) this.feed.take({ type: 'commit', seq: frame.seq, fetch: true });
    else if (frame.from === 0) {
      this.feed.take({ type: 'snapshot', seq: frame.seq, state: mergePatch({}, frame.patch) as JsonObject });
    } else this.feed.take({ type: 'commit', from: frame.from, seq: frame.seq, patch: frame.patch });
  }

  close(): void {
    this.closed = true;
    this.forget();
    this.send({ action: 'unsubscribe', run_id: this.id });
  }

  private subscribe(): void {
    if (!this.closed && !this.gone) this.send({ action: 'subscribe', run_id: this.id, after: this.feed.seq });
  }

  private applied(): void {
    this.view.value = this.feed.state as unknown as Run;
    this.trouble.value = '';
  }

  private inStep(): void {
    if (this.reading) this.subscribe();
    this.reading = false;
  }

  private failed(failure: Error): never {
    this.gone = failure instanceof Problem && failure.final;
    if (this.gone || !this.view.value) this.trouble.value = this.gone ? 'There is no such run.' : failure.message;
    throw failure;
  }
}
