import type { Json, JsonObject } from './json';

export type RunStatus =
  | 'pending'
  | 'running'
  | 'waiting_input'
  | 'waiting_signal'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'timed_out';

/** What lists show of a run: an entry of `state.runs`, or of `GET /v1/runs`. */
export interface RunBrief {
  workflow: string;
  title: string;
  status: RunStatus;
  started_at?: string;
  ended_at?: string;
}

/** An entry of `state.questions`: what a run asks and nobody has answered. */
export interface OpenQuestion {
  run_id: string;
  workflow: string;
  step: string;
  prompt: string;
  schema: JsonObject;
  deadline: string;
  /** What holds at the deadline if nobody has answered. */
  default?: Json;
}

/** A question as its run tells it. */
export interface Question {
  step_id: string;
  prompt: string;
  schema: JsonObject;
  deadline: string;
  default?: Json;
  status: 'open' | 'answered' | 'expired';
  answer?: { value: Json; by: string; at: string };
}

/** A run that waits for a signal. */
export interface Wait {
  step_id: string;
  signal: string;
  deadline: string;
  status: 'open' | 'received' | 'expired';
}

/** Tokens, and money in millionths of a US dollar. */
export interface Cost {
  input_tokens?: number;
  output_tokens?: number;
  micro_usd?: number;
}

export interface Step {
  name: string;
  title?: string;
  order: number;
  index?: number;
  handler?: string;
  status: 'running' | 'waiting' | 'completed' | 'failed' | 'cancelled';
  attempt?: number;
  patch?: Json;
  started_at?: string;
  completed_at?: string;
  duration_ms?: number;
  error?: string;
  cause?: string;
  model?: string;
  operation_id?: string;
  cost?: Cost | number;
}

/** `GET /v1/runs/{id}`, and what its frames patch. */
export interface Run {
  run_id?: string;
  workflow: string;
  title?: string;
  status: RunStatus;
  trigger?: { kind: string; name?: string };
  input?: Json;
  state?: Json;
  result?: Json;
  error?: { code: string; cause?: string; step_id?: string };
  created_at?: string;
  started_at?: string;
  completed_at?: string;
  rerun_of?: string;
  parent?: { run_id: string };
  children?: Record<string, { workflow: string }>;
  cost?: Cost;
  steps?: Record<string, Step>;
  questions?: Record<string, Question>;
  waits?: Record<string, Wait>;
}

/** An entry of `GET /v1/workflows`. */
export interface Workflow {
  title: string;
  description?: string;
  input_schema: JsonObject | boolean;
  start_steps?: string[];
}

/** An entry of `GET /v1/schedules`. */
export interface Schedule {
  expression: string;
  time_zone?: string;
  workflow: string;
  input?: Json;
  enabled?: boolean;
  next?: string[];
}

/** True once nothing more happens in a run. */
export function isOver(status: RunStatus): boolean {
  return ['completed', 'failed', 'cancelled', 'timed_out'].includes(status);
}
