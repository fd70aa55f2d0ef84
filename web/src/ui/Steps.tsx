import { isObject, type Json, type JsonObject } from '../client/json';
import type { Run, Step } from '../client/runTypes';
import { between, duration, spent } from './figures';
import { JsonTree } from './JsonTree';
import { Status } from './Runs';

const STATUS: Record<Step['status'], string> = {
  running: 'Running',
  waiting: 'Waits',
  completed: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** The steps of a run in their order, each with what came of it; it opens to what it changed. */
export function Steps({ run }: { run: Run }) {
  const steps = Object.entries(run.steps ?? {}).sort(([, a], [, b]) => a.order - b.order || (a.index ?? 0) - (b.index ?? 0));
  if (steps.length === 0) return <p class="nothing">No step has begun.</p>;
  return (
    <ol class="steps">
      {steps.map(([id, step]) => (
        <li key={id} data-status={step.status} data-name={step.name} class={step.index === undefined ? '' : 'part'}>
          <details>
            <summary>
              <Status status={step.status} />
              <span class="text">{step.title ?? step.name}</span>
              <Facts step={step} />
            </summary>
            <Details step={step} />
          </details>
          {step.error && (
            <p class="fault">
              {step.error}
              {step.cause && `: ${step.cause}`}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

function Facts({ step }: { step: Step }) {
  const took =
    step.duration_ms !== undefined ? duration(step.duration_ms) : step.started_at && between(step.started_at, step.completed_at);
  return (
    <span class="facts">
      <span>{STATUS[step.status]}</span>
      {(step.attempt ?? 1) > 1 && <span>{`attempt ${step.attempt}`}</span>}
      {took && <span>{took}</span>}
      {spent(step.cost) && <span>{spent(step.cost)}</span>}
    </span>
  );
}

function Details({ step }: { step: Step }) {
  const named = [step.name, step.index !== undefined && `part ${step.index + 1}`, step.handler, step.model].filter(Boolean);
  return (
    <div class="detail">
      <p class="hint">{named.join(' · ')}</p>
      {Array.isArray(step.patch) && <JsonTree value={changes(step.patch)} open={1} />}
    </div>
  );
}

/** A JSON Patch as an object to look into: `add /plan` with the value. */
function changes(patch: Json[]): JsonObject {
  return Object.fromEntries(
    patch.filter(isObject).map(({ op, path, from, value }) => [`${String(op)} ${String(path)}`, value ?? from ?? null]),
  );
}
