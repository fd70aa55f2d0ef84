import { useEffect, useMemo } from 'preact/hooks';
import type { MicroCos } from '../client/microcos';
import { isOver, type Run } from '../client/runTypes';
import { between, spent, STATUS, when } from './figures';
import { useTick } from './hooks';
import { JsonTree } from './JsonTree';
import { Question } from './Question';
import { Rerun } from './Rerun';
import { Status } from './Runs';
import { Screen } from './Screen';
import { Steps } from './Steps';

/** One run as it goes on. */
export function RunView({ cos, id }: { cos: MicroCos; id: string }) {
  const live = useMemo(() => cos.runs.follow(id), [cos, id]);
  useEffect(() => () => live.close(), [live]);
  const run = live.run.value;
  const brief = cos.state.value.runs?.[id];
  const title = run?.title ?? brief?.title ?? run?.workflow ?? (live.problem.value ? 'No run' : 'Opening…');
  return (
    <Screen title={title} above={<a href="#/runs">Runs</a>}>
      {live.problem.value && !run && (
        <p class="fault" role="alert">
          {live.problem.value}
        </p>
      )}
      {run && <Whole cos={cos} id={id} run={run} />}
    </Screen>
  );
}

function Whole({ cos, id, run }: { cos: MicroCos; id: string; run: Run }) {
  const over = isOver(run.status);
  useTick(!over);
  const open = Object.entries(run.questions ?? {}).filter(([, question]) => question.status === 'open');
  const waits = Object.entries(run.waits ?? {}).filter(([, wait]) => wait.status === 'open');
  return (
    <>
      <Facts run={run} />
      {run.error && <Trouble run={run} />}
      {open.map(([inputId, question]) => (
        <article class="card" key={inputId} aria-label="Question">
          <Question cos={cos} runId={id} inputId={inputId} asked={question} />
        </article>
      ))}
      {waits.map(([waitId, wait]) => (
        <p class="card" key={waitId}>
          Waits for the signal <code>{wait.signal}</code>, until {when(wait.deadline)} at the latest.
        </p>
      ))}
      <Rerun cos={cos} id={id} run={run} />
      <div class="halves">
        <section aria-label="Steps">
          <h3>Steps</h3>
          <Steps run={run} />
        </section>
        <section aria-label="State" class="state">
          {run.result !== undefined && (
            <details>
              <summary>Result</summary>
              <JsonTree value={run.result} />
            </details>
          )}
          <details open>
            <summary>State</summary>
            <JsonTree value={run.state} />
          </details>
          <details>
            <summary>Input</summary>
            <JsonTree value={run.input} />
          </details>
        </section>
      </div>
    </>
  );
}

function Facts({ run }: { run: Run }) {
  const began = run.started_at ?? run.created_at;
  return (
    <p class="facts">
      <span class="status" role="status">
        <Status status={run.status} />
        {STATUS[run.status]}
      </span>
      {run.title && run.title !== run.workflow && <span>{run.workflow}</span>}
      {began && <span>{when(began)}</span>}
      {began && <span>{between(began, run.completed_at)}</span>}
      {spent(run.cost) && <span>{spent(run.cost)}</span>}
      {run.trigger && run.trigger.kind !== 'api' && run.trigger.kind !== 'rerun' && (
        <span>{`by ${run.trigger.kind} ${run.trigger.name ?? ''}`}</span>
      )}
      {run.rerun_of && <a href={`#/runs/${run.rerun_of}`}>Rerun of an earlier one</a>}
      {run.parent && <a href={`#/runs/${run.parent.run_id}`}>Started by another run</a>}
      {Object.entries(run.children ?? {}).map(([child, { workflow }]) => (
        <a key={child} href={`#/runs/${child}`}>{`Started ${workflow}`}</a>
      ))}
    </p>
  );
}

const ADVICE: [RegExp, string][] = [
  [/Timeout/, 'A step took longer than it may. Run it again from there.'],
  [/QueryEvaluationError|Runtime|NoChoiceMatched|ParameterPath/, 'An expression of the workflow does not fit its data. Mend its definition, then run it anew.'],
  [/DataLimit/, 'A step gave more than 256 KiB. Let it keep less in the state.'],
  [/failed_to_start/, 'Nothing of it ran. Start it anew.'],
];

function Trouble({ run }: { run: Run }) {
  const { code, cause } = run.error!;
  const advice = ADVICE.find(([pattern]) => pattern.test(code))?.[1];
  return (
    <div class="card trouble" role="alert">
      <p>
        <b>{code}</b>
        {cause && `: ${cause}`}
      </p>
      <p class="hint">{advice ?? 'When the reason is out of the way, run it again from the step that failed.'}</p>
    </div>
  );
}
