import type { Json, JsonObject } from './json';
import type { OpenQuestion, RunBrief } from './runTypes';

/** One entry of `state.messages`; `pending` occurs only in a `prefetch`. */
export interface Message {
  role: 'user' | 'assistant';
  text?: string;
  status: 'pending' | 'streaming' | 'complete' | 'failed' | 'cancelled';
  at?: string;
  seq?: number;
  conversation_id?: string;
  attempt?: number;
  /** Why it failed. */
  failure?: { code: string; detail: string };
}

/** One entry of `state.tasks`. */
export interface Task {
  title: string;
  status: 'proposed' | 'open' | 'done' | 'dismissed';
  due?: string;
  notes?: string;
  priority?: 'low' | 'normal' | 'high';
  source?: string;
  created_at?: string;
}

/** What a person may change of a task; null takes a field away. */
export interface TaskChange {
  title?: string;
  due?: string | null;
  notes?: string | null;
  priority?: 'low' | 'normal' | 'high';
  status?: 'open' | 'done' | 'dismissed';
}

/** The part of the view that this page draws. All of it may be missing. */
export interface State {
  messages?: Record<string, Message>;
  tasks?: Record<string, Task>;
  calendar?: Record<string, CalendarEvent>;
  runs?: Record<string, RunBrief>;
  questions?: Record<string, OpenQuestion>;
  schedules?: JsonObject;
}

/** One entry of `state.calendar`; `starts_at` is a date where it takes the whole day. */
export interface CalendarEvent {
  title: string;
  starts_at: string;
  ends_at?: string;
  location?: string;
}

/** An event as it comes in a `commit` frame. */
export interface Event {
  event_id?: string;
  type: string;
  seq?: number;
  client_action_id?: string;
  operation_id?: string;
  payload?: JsonObject;
}

/** A frame from the server (contract, section 3). */
export type Frame =
  | { type: 'snapshot'; seq: number; state: JsonObject; fetch?: false }
  | { type: 'commit'; from: number; seq: number; events?: Event[]; patch: Json; fetch?: false }
  | { type: 'snapshot' | 'commit'; seq: number; fetch: true }
  | { type: 'llm.token'; operation_id: string; attempt: number; index: number; text: string }
  | { type: 'run'; run_id: string; from: number; seq: number; patch: Json; fetch?: false }
  | { type: 'run'; run_id: string; seq: number; fetch: true }
  | { type: 'error'; code: string; detail?: string; request_id?: string }
  | { type: 'pong' };

/** A frame that brings the view further. */
export type StateFrame = Extract<Frame, { type: 'snapshot' | 'commit' }>;

/** A frame that brings a run's view further. */
export type RunFrame = Extract<Frame, { type: 'run' }>;

/** A piece of an answer. */
export type TokenFrame = Extract<Frame, { type: 'llm.token' }>;

/** The reply to a write: 202. */
export interface Accepted {
  event_id?: string;
  request_id?: string;
  operation_id?: string;
  task_id?: string;
  calendar_event_id?: string;
  prefetch?: JsonObject;
}

/** `GET /v1/config`; whatever the server leaves out is simply not shown. */
export interface Config {
  environment?: string;
  models?: { backend?: string; big?: { id?: string }; small?: { id?: string } };
}
