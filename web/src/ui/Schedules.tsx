import { useEffect, useState } from 'preact/hooks';
import type { Json, JsonObject } from '../client/json';
import type { MicroCos } from '../client/microcos';
import type { Schedule, Workflow } from '../client/runTypes';
import { when } from './figures';
import { SchemaForm } from './SchemaForm';
import { Screen } from './Screen';
import { inputSchema, useWorkflows } from './Start';

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What starts by itself, with the next times of each. */
export function Schedules({ cos }: { cos: MicroCos }) {
  const [all, setAll] = useState<Record<string, Schedule>>();
  const [editing, setEditing] = useState<string>();
  const [problem, setProblem] = useState('');
  const [again, setAgain] = useState(0);
  const unread = useWorkflows(cos);
  const known = cos.state.value.schedules;
  useEffect(() => {
    let wanted = true;
    cos.runs.schedules().then(
      (found) => wanted && setAll(found),
      (failure: Error) => wanted && setProblem(failure.message),
    );
    return () => (wanted = false);
  }, [known, again]);

  const act = async (work: Promise<void>) => {
    setProblem('');
    await work.catch((failure: Error) => setProblem(failure.message));
    setAgain((n) => n + 1);
  };
  const close = () => {
    setEditing(undefined);
    setAgain((n) => n + 1);
  };
  const entries = Object.entries(all ?? {}).sort(([a], [b]) => a.localeCompare(b));
  return (
    <Screen
      title="Schedules"
      aside={
        editing === undefined && (
          <button type="button" class="primary" onClick={() => setEditing('')}>
            New schedule
          </button>
        )
      }
    >
      {(problem || unread) && (
        <p class="fault" role="alert">
          {problem || unread}
        </p>
      )}
      {editing === '' && <Editor cos={cos} name="" close={close} />}
      {entries.length > 0 && (
        <ul class="schedules" aria-label="Schedules">
          {entries.map(([name, schedule]) =>
            editing === name ? (
              <li key={name}>
                <Editor cos={cos} name={name} schedule={schedule} close={close} />
              </li>
            ) : (
              <Row key={name} cos={cos} name={name} schedule={schedule} edit={() => setEditing(name)} act={act} />
            ),
          )}
        </ul>
      )}
      {all && entries.length === 0 && editing === undefined && (
        <p class="nothing">Nothing starts by itself yet. A schedule runs a workflow each morning, each week, or once.</p>
      )}
    </Screen>
  );
}

interface RowProps {
  cos: MicroCos;
  name: string;
  schedule: Schedule;
  edit: () => void;
  act: (work: Promise<void>) => Promise<void>;
}

function Row({ cos, name, schedule, edit, act }: RowProps) {
  const [sure, setSure] = useState(false);
  const enabled = schedule.enabled !== false;
  const next = schedule.next ?? [];
  return (
    <li class="schedule" data-name={name}>
      <input
        type="checkbox"
        role="switch"
        checked={enabled}
        aria-label={`${name} is on`}
        onChange={() => void act(cos.runs.setSchedule(name, { ...schedule, enabled: !enabled }))}
      />
      <div class="text">
        <b>{name}</b>
        <span class="facts">
          <span>{cos.runs.workflows.value?.[schedule.workflow]?.title ?? schedule.workflow}</span>
          <code>{schedule.expression}</code>
          {schedule.time_zone && <span>{schedule.time_zone}</span>}
        </span>
        {enabled && next.length > 0 && (
          <details>
            <summary>{`Next ${when(next[0]!)}`}</summary>
            <ol>
              {next.map((at) => (
                <li key={at}>{when(at)}</li>
              ))}
            </ol>
          </details>
        )}
      </div>
      <span class="choices">
        <button type="button" class="quiet strong" aria-label={`Edit ${name}`} onClick={edit}>
          Edit
        </button>
        <button
          type="button"
          class="quiet danger"
          aria-label={sure ? `Really delete ${name}` : `Delete ${name}`}
          onBlur={() => setSure(false)}
          onClick={() => (sure ? void act(cos.runs.removeSchedule(name)) : setSure(true))}
        >
          {sure ? 'Really delete' : 'Delete'}
        </button>
      </span>
    </li>
  );
}

interface EditorProps {
  cos: MicroCos;
  name: string;
  schedule?: Schedule;
  close: () => void;
}

/** One form for the schedule and for the input of its workflow. */
function Editor({ cos, name, schedule, close }: EditorProps) {
  const all = cos.runs.workflows.value ?? {};
  const [workflow, setWorkflow] = useState(schedule?.workflow ?? Object.keys(all).sort()[0] ?? '');
  const given = schedule && { ...schedule, input: schedule.input ?? {} };
  const save = async (value: Json) => {
    const { name: chosen, ...made } = value as JsonObject & { name?: string };
    const enabled = schedule?.enabled ?? true;
    await cos.runs.setSchedule(name || String(chosen), { ...made, workflow, enabled } as unknown as Schedule);
    close();
  };
  return (
    <div class="card">
      <div class="form">
        <div class="field">
          <label for="workflow">Workflow</label>
          <select id="workflow" value={workflow} onChange={(event) => setWorkflow(event.currentTarget.value)}>
            {Object.entries(all).map(([key, { title }]) => (
              <option key={key} value={key}>
                {title || key}
              </option>
            ))}
          </select>
        </div>
      </div>
      <SchemaForm
        key={workflow}
        schema={schemaOf(all[workflow], name === '')}
        value={given as Json | undefined}
        within=""
        label={name ? `Edit ${name}` : 'New schedule'}
        button="Save"
        send={save}
        aside={
          <button type="button" class="quiet" onClick={close}>
            Leave it
          </button>
        }
      />
    </div>
  );
}

/** The fields of a schedule, as a schema, so that one form draws them and the workflow's own. */
function schemaOf(workflow: Workflow | undefined, fresh: boolean): JsonObject {
  const input = workflow ? inputSchema(workflow) : {};
  return {
    type: 'object',
    required: ['name', 'expression', 'input'],
    properties: {
      ...(fresh && { name: { type: 'string', description: 'A short name, for example morning' } }),
      expression: {
        type: 'string',
        title: 'When',
        description: 'cron(0 8 ? * MON-FRI *), rate(1 day), or at(2026-12-24T18:00:00)',
      },
      time_zone: { type: 'string', title: 'Time zone', default: HERE },
      ...(Object.keys((input['properties'] ?? {}) as JsonObject).length > 0 && { input: { ...input, title: 'Input' } }),
    },
  };
}
