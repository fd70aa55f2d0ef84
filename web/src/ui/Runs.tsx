import { useEffect, useState } from 'preact/hooks';
import type { MicroCos } from '../client/microcos';
import type { RunBrief, RunStatus } from '../client/runTypes';
import { isOver } from '../client/runTypes';
import type { State } from '../client/types';
import { between, STATUS, when } from './figures';
import { useTick } from './hooks';
import { Close } from './icons';
import { Question } from './Question';
import { Screen } from './Screen';

type Entry = [string, RunBrief];

/** The view holds this many of the newest runs and maybe more; from here on older ones are offered. */
const MANY = 20;
const PAGE = 50;

/** All runs, newest first, below what they ask of the person. */
export function Runs({ cos }: { cos: MicroCos }) {
  const [status, setStatus] = useState('');
  const [workflow, setWorkflow] = useState('');
  const older = useOlder(cos, status, workflow);
  const all: Record<string, RunBrief> = { ...older.runs, ...cos.state.value.runs };
  const shown = Object.entries(all)
    .filter(([, run]) => (!status || run.status === status) && (!workflow || run.workflow === workflow))
    .sort(([a, x], [b, y]) => began(y).localeCompare(began(x)) || b.localeCompare(a));
  const workflows = [...new Set(Object.values(all).map((run) => run.workflow))].sort();
  const live = Object.keys(cos.state.value.runs ?? {}).length;
  useTick(shown.some(([, run]) => !isOver(run.status)));
  return (
    <Screen
      title="Runs"
      aside={
        <a class="primary" href="#/start">
          New run
        </a>
      }
    >
      <Inbox cos={cos} />
      {Object.keys(all).length > 0 && (
        <div class="filters">
          <Filter label="Status" value={status} set={setStatus} options={Object.entries(STATUS)} />
          <Filter label="Workflow" value={workflow} set={setWorkflow} options={workflows.map((name) => [name, name])} />
        </div>
      )}
      {shown.length > 0 && (
        <ul class="runs" aria-label="Runs">
          {shown.map((entry) => (
            <Row key={entry[0]} entry={entry} />
          ))}
        </ul>
      )}
      {shown.length === 0 && cos.loaded.value && (
        <p class="nothing">
          {status || workflow ? 'No run here is like that.' : 'Nothing has run yet. A workflow does its steps by itself, and asks you where it must.'}
        </p>
      )}
      {older.problem && (
        <p class="fault" role="alert">
          {older.problem}
        </p>
      )}
      {live >= MANY && !older.end && (
        <button type="button" class="quiet more" disabled={older.busy} onClick={older.more}>
          Show older runs
        </button>
      )}
    </Screen>
  );
}

/** One that has not begun yet is the newest. */
function began(run: RunBrief): string {
  return run.started_at ?? '9';
}

function Row({ entry: [id, run] }: { entry: Entry }) {
  return (
    <li data-id={id}>
      <a class="run" href={`#/runs/${id}`}>
        <Status status={run.status} />
        <span class="text">{run.title || run.workflow}</span>
        <span class="facts">
          <span>{STATUS[run.status]}</span>
          {run.started_at && <span>{when(run.started_at)}</span>}
          {run.started_at && <span>{between(run.started_at, run.ended_at)}</span>}
        </span>
      </a>
    </li>
  );
}

/** A dot whose shape and colour tell the status; the words stand beside it. */
export function Status({ status }: { status: RunStatus | string }) {
  return <i class="dot" data-status={status} aria-hidden="true" />;
}

interface FilterProps {
  label: string;
  value: string;
  set: (value: string) => void;
  options: [string, string][];
}

function Filter({ label, value, set, options }: FilterProps) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => set(event.currentTarget.value)}>
        <option value="">All</option>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The open questions of all runs, what is due first before the others. */
function Inbox({ cos }: { cos: MicroCos }) {
  const [told, setTold] = useState('');
  const questions = openQuestions(cos.state.value);
  return (
    <section class="inbox" aria-label="Waiting for you">
      {questions.length > 0 && <h3>Waiting for you</h3>}
      {told && (
        <p class="notice" role="status">
          <span>{told}</span>
          <button type="button" class="icon" aria-label="Dismiss" onClick={() => setTold('')}>
            <Close />
          </button>
        </p>
      )}
      {questions.map(([id, question]) => (
        <article class="card" key={id}>
          <a class="from" href={`#/runs/${question.run_id}`}>
            {cos.state.value.runs?.[question.run_id]?.title ?? question.workflow}
          </a>
          <Question cos={cos} runId={question.run_id} inputId={id} asked={question} late={setTold} />
        </article>
      ))}
    </section>
  );
}

function openQuestions(state: State) {
  return Object.entries(state.questions ?? {}).sort(([, a], [, b]) => a.deadline.localeCompare(b.deadline));
}

/** The runs beyond those of the view, read page by page when asked for. */
function useOlder(cos: MicroCos, status: string, workflow: string) {
  const fresh = { runs: {} as Record<string, RunBrief>, next: undefined as string | undefined, end: false, busy: false, problem: '' };
  const [older, setOlder] = useState(fresh);
  useEffect(() => setOlder(fresh), [status, workflow]);

  const more = async () => {
    setOlder({ ...older, busy: true, problem: '' });
    const runs = { ...older.runs };
    const known = { ...runs, ...cos.state.value.runs };
    let next = older.next;
    try {
      let found = false;
      do {
        const page = await cos.runs.page({
          limit: String(PAGE),
          ...(status && { status }),
          ...(workflow && { workflow }),
          ...(next && { before: next }),
        });
        for (const { run_id, ...run } of page.runs) {
          found ||= !(run_id in known);
          runs[run_id] = run;
        }
        next = page.runs.length > 0 && page.next != null ? String(page.next) : undefined;
      } while (!found && next);
      setOlder({ runs, next, end: !next, busy: false, problem: '' });
    } catch (failure) {
      setOlder({ ...older, busy: false, problem: (failure as Error).message });
    }
  };
  return { ...older, more: () => void more() };
}
