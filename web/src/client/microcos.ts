import { computed, signal, type ReadonlySignal } from '@preact/signals-core';
import { Answers } from './answers';
import { Problem, type Api } from './api';
import { SignedOut, type Person } from './auth';
import { Feed } from './feed';
import { History, type Page } from './history';
import { isObject, type Json, type JsonObject } from './json';
import { mergePatch } from './mergePatch';
import { Outbox, type Action } from './outbox';
import { Runs } from './runs';
import { Socket, type Connection } from './socket';
import { Stops } from './stops';
import type { Accepted, CalendarEvent, Config, Event, Frame, Message, State, TaskChange } from './types';

/** Something to tell the person. `giveBack` is the text of theirs that did not go out. */
export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly giveBack?: string;
}

const EVENT_PAGES = 20;
const HISTORY_PAGE = 50;
const PENDING = 'pending:';

/**
 * One person's Micro CoS: the live view, and everything they can do to it. What they do is seen at once,
 * laid over the confirmed view until its own event arrives.
 */
export class MicroCos {
  /** The view to draw: the confirmed state with what is on its way laid over it. */
  readonly state: ReadonlySignal<State>;
  /** All messages in sight: those of the state and the older ones that were read. */
  readonly messages: ReadonlySignal<Record<string, Message>>;
  readonly history: History;
  readonly runs: Runs;
  readonly connection = signal<Connection>('connecting');
  /** False until the first state has come. */
  readonly loaded = signal(false);
  readonly config = signal<Config>({});
  readonly notices = signal<readonly Notice[]>([]);
  readonly actions = signal<readonly Action[]>([]);
  /** Operations that were asked to stop and have not stopped yet. */
  readonly stopping: ReadonlySignal<ReadonlySet<string>>;
  readonly signedOut = signal(false);

  private readonly confirmed = signal<JsonObject>({});
  private readonly feed: Feed;
  private readonly socket: Socket;
  private readonly outbox: Outbox;
  private readonly answers: Answers;
  private readonly stops = new Stops();
  private readonly aliases = new Map<string, string>();
  private resumed = false;
  private noticeId = 0;

  constructor(
    private readonly api: Api,
    readonly person: Person,
    storage: Storage,
    open?: (url: string) => WebSocket,
  ) {
    this.state = computed(
      () => this.actions.value.reduce<Json>((state, a) => mergePatch(state, a.patch), this.confirmed.value) as State,
    );
    this.history = new History(
      async (before) =>
        (await api.request('GET', `/v1/messages?before=${before}&limit=${HISTORY_PAGE}`)) as unknown as Page,
    );
    this.messages = computed(() => ({ ...this.history.messages.value, ...this.state.value.messages }));
    this.runs = new Runs(
      (method, path, body) => this.ask(method, path, body),
      (action) => this.socket.send(action),
    );
    this.stopping = this.stops.asked;
    this.answers = new Answers(async (id) => String((await api.request('GET', `/v1/operations/${id}`))['text'] ?? ''));
    this.feed = new Feed({
      read: () => this.readState(),
      ask: () => this.socket.sync(),
      applied: (events, jumped) => this.applied(events, jumped),
      inStep: () => this.inStep(),
    });
    this.socket = new Socket(
      {
        address: () => this.ticket(),
        after: () => this.feed.seq,
        connected: () => this.feed.connected(),
        frame: (frame) => this.take(frame),
        status: (connection) => this.connectionIs(connection),
      },
      open,
    );
    this.outbox = new Outbox(storage, `microcos.outbox.${person.sub}.`, (action) => this.deliver(action), {
      changed: (actions) => (this.actions.value = actions),
      accepted: (action, reply) => this.accepted(action, reply),
      refused: (action, reason) => this.refused(action, reason),
    });
  }

  /** Connects, sends what waits, and reads the configuration. */
  start(): void {
    this.socket.start();
    this.outbox.restore();
    void this.readConfig();
  }

  /** Disconnects. What is queued stays for the next time. */
  stop(): void {
    this.socket.stop();
    this.outbox.stop();
  }

  /** The network or the person came back. */
  wake(): void {
    this.socket.wake();
    this.outbox.wake();
  }

  /** Reads the messages before the oldest in sight, if there are any. */
  goBack(): void {
    void this.history.back(messagesOf(this.confirmed.value));
  }

  say(text: string): void {
    this.notices.value = [];
    this.outbox.add(this.made('POST', '/v1/messages', { text }, text), (id) => ({
      messages: { [PENDING + id]: { role: 'user', text, status: 'pending', at: new Date().toISOString() } },
    }));
  }

  addTask(title: string): void {
    this.outbox.add(this.made('POST', '/v1/tasks', { title }, title), (id) => ({
      tasks: { [PENDING + id]: { title, status: 'open', priority: 'normal', source: 'user' } },
    }));
  }

  changeTask(taskId: string, change: TaskChange): void {
    const body = change as JsonObject;
    this.outbox.add(this.made('PATCH', `/v1/tasks/${taskId}`, body), () => ({ tasks: { [taskId]: body } }));
  }

  deleteTask(taskId: string): void {
    this.outbox.add(this.made('DELETE', `/v1/tasks/${taskId}`), () => ({ tasks: { [taskId]: null } }));
  }

  addCalendarEvent(event: CalendarEvent): void {
    const body = { ...event };
    this.outbox.add(this.made('POST', '/v1/calendar-events', body, event.title), (id) => ({
      calendar: { [PENDING + id]: body },
    }));
  }

  removeCalendarEvent(id: string): void {
    this.outbox.add(this.made('DELETE', `/v1/calendar-events/${id}`), () => ({ calendar: { [id]: null } }));
  }

  /** Stops a running answer. What has been said so far stays. */
  stopAnswer(operationId: string): void {
    if (!this.stops.ask(operationId)) return;
    if (this.socket.send({ action: 'cancel', operation_id: operationId })) return;
    void this.cancel(operationId);
  }

  /** Has an answer that failed or was stopped written anew. */
  answerAgain(operationId: string): void {
    this.answers.forget((id) => id === operationId);
    this.outbox.add(this.made('POST', `/v1/operations/${operationId}/retry`), () => ({
      messages: { [operationId]: { text: '', status: 'pending' } },
    }));
  }

  retrySend(actionId: string): void {
    this.outbox.retry(actionId);
  }

  /** Gives up an unsent action; its text comes back as a return value. */
  discard(actionId: string): string | undefined {
    return this.outbox.remove(actionId)?.text;
  }

  /** The action behind something shown that is still on its way. */
  actionOf(shownId: string): Action | undefined {
    const key = this.keyOf(shownId);
    return key.startsWith(PENDING) ? this.actions.value.find((a) => PENDING + a.id === key) : undefined;
  }

  /** A name for an entry that stays the same when it gets its real id, so that it is not drawn anew. */
  keyOf(id: string): string {
    return this.aliases.get(id) ?? id;
  }

  /** The text of an answer as far as it has been streamed to this page. */
  streamed(operationId: string): ReadonlySignal<string> {
    return this.answers.text(operationId);
  }

  dismissNotice(id: number): void {
    this.notices.value = this.notices.value.filter((n) => n.id !== id);
  }

  private made(method: Action['method'], path: string, body?: JsonObject, text?: string) {
    return {
      method,
      path,
      sinceSeq: this.feed.seq,
      ...(body && { body }),
      ...(text !== undefined && { text }),
    };
  }

  private async deliver(action: Action): Promise<Accepted> {
    const body = action.body && { ...action.body, client_action_id: action.id };
    return (await this.ask(action.method, action.path, body, action.id)) as Accepted;
  }

  private async ask(method: string, path: string, body?: JsonObject, actionId?: string): Promise<JsonObject> {
    try {
      return await this.api.request(method, path, body, actionId);
    } catch (failure) {
      if (failure instanceof SignedOut || (failure instanceof Problem && failure.status === 401)) {
        this.signedOut.value = true;
      }
      throw failure;
    }
  }

  private accepted(action: Action, reply: Accepted): void {
    const shown = action.path === '/v1/messages' ? reply.event_id : (reply.task_id ?? reply.calendar_event_id);
    if (shown) this.aliases.set(shown, PENDING + action.id);
  }

  private refused(action: Action, reason: string): void {
    this.notify(reason, action.text);
  }

  private notify(text: string, giveBack?: string): void {
    const notice: Notice = { id: ++this.noticeId, text, ...(giveBack !== undefined && { giveBack }) };
    this.notices.value = [...this.notices.value, notice];
  }

  private connectionIs(connection: Connection): void {
    if (connection === this.connection.value) return;
    this.connection.value = connection;
    this.resumed &&= connection === 'live';
    if (connection === 'live') this.outbox.wake();
  }

  private async ticket(): Promise<string> {
    try {
      const reply = await this.api.request('POST', '/v1/socket-tickets', {});
      const url = new URL(String(reply['url']), location.href);
      if (!url.searchParams.has('ticket')) url.searchParams.set('ticket', String(reply['ticket']));
      return url.href;
    } catch (failure) {
      if (failure instanceof SignedOut || (failure instanceof Problem && failure.status === 401)) {
        this.signedOut.value = true;
        this.stop();
      }
      throw failure;
    }
  }

  private take(frame: Frame): void {
    switch (frame.type) {
      case 'snapshot':
      case 'commit':
        return this.feed.take(frame);
      case 'llm.token':
        return this.answers.take(frame);
      case 'run':
        return this.runs.take(frame);
      case 'error':
        return this.notify(frame.detail ?? frame.code);
      case 'pong':
        return;
    }
  }

  private inStep(): void {
    this.socket.inStep();
    this.loaded.value = true;
    if (!this.resumed) {
      this.resumeAnswers();
      this.runs.connected();
    }
    this.resumed = true;
  }

  private async readState(): Promise<{ seq: number; state: JsonObject }> {
    const reply = await this.api.request('GET', '/v1/state');
    if (!isObject(reply['state'])) throw new Error('The state has no state.');
    return { seq: Number(reply['seq']), state: reply['state'] };
  }

  private applied(events: readonly Event[], jumped: boolean): void {
    for (const event of events) this.settle(event);
    const archived = events.some((event) => event.type === 'messages.archived');
    this.history.moved(messagesOf(this.confirmed.value), messagesOf(this.feed.state), archived, jumped);
    this.confirmed.value = this.feed.state;
    this.forgetEnded();
    if (jumped && this.outbox.unconfirmed().length > 0) void this.settleFromLog();
  }

  /** An event that carries the id of one of our actions confirms it, or says why it was refused. */
  private settle(event: Event): void {
    if (!event.client_action_id) return;
    const action = this.outbox.remove(event.client_action_id);
    if (!action) return;
    if (event.type === 'rejected') {
      const detail = event.payload?.['detail'] ?? event.payload?.['reason'] ?? event.payload?.['code'];
      this.refused(action, typeof detail === 'string' ? sentenceOf(detail) : 'This was refused.');
    } else if (event.event_id && action.path === '/v1/messages') {
      this.aliases.set(event.event_id, PENDING + action.id);
    }
  }

  /** A whole state came instead of events: whether ours are in it, the log tells. */
  private async settleFromLog(): Promise<void> {
    const waiting = this.outbox.unconfirmed();
    for (const action of waiting) if (action.sinceSeq > this.feed.seq) this.outbox.remove(action.id);
    let after = Math.min(...waiting.map((a) => a.sinceSeq));
    try {
      for (let page = 0; page < EVENT_PAGES && this.outbox.unconfirmed().length > 0; page++) {
        const reply = await this.api.request('GET', `/v1/events?after=${after}&limit=200`);
        const events = (reply['events'] ?? []) as unknown as Event[];
        for (const event of events) this.settle(event);
        const next = Number(reply['next'] ?? NaN);
        if (!(next > after) || events.length === 0) return;
        after = next;
      }
    } catch {
      // They stay shown as on their way; the next whole state asks again.
    }
  }

  /** Answers that ended are whole in the state: their streams and open stop requests are over. */
  private forgetEnded(): void {
    const messages = this.feed.state['messages'];
    const over = (id: string) => {
      const message = isObject(messages) ? messages[id] : undefined;
      return isObject(message) && message['status'] !== 'streaming' ? message : undefined;
    };
    this.answers.forget((id) => Boolean(over(id)?.['text']));
    this.stops.forget((id) => over(id) !== undefined);
  }

  private async cancel(operationId: string): Promise<void> {
    try {
      await this.api.request('POST', `/v1/operations/${operationId}/cancel`, {});
    } catch (failure) {
      this.stops.forget((id) => id === operationId);
      this.notify(failure instanceof Error ? failure.message : String(failure));
    }
  }

  /** On a new connection: answers that are being given may have gone on without us. */
  private resumeAnswers(): void {
    for (const id of Object.keys(this.feed.state['messages'] ?? {})) {
      if (this.streaming(id)) {
        void this.answers.resume(id, () => this.streaming(id) && this.connection.value === 'live');
      }
    }
  }

  private streaming(id: string): boolean {
    const messages = this.feed.state['messages'];
    const message = isObject(messages) ? messages[id] : undefined;
    return isObject(message) && message['role'] === 'assistant' && message['status'] === 'streaming';
  }

  private async readConfig(): Promise<void> {
    try {
      this.config.value = (await this.api.request('GET', '/v1/config')) as Config;
    } catch {
      // Only a badge depends on it.
    }
  }
}

function messagesOf(state: JsonObject): Record<string, Message> {
  return (state as State).messages ?? {};
}

/** `too_many_tasks` → `Too many tasks.` Sentences stay as they are. */
function sentenceOf(detail: string): string {
  if (detail.includes(' ')) return detail;
  const words = detail.replace(/_/g, ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
