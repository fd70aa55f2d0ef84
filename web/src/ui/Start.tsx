import { useEffect, useState } from 'preact/hooks';
import { uuidV7 } from '../client/ids';
import { isObject, type JsonObject } from '../client/json';
import type { MicroCos } from '../client/microcos';
import type { Workflow } from '../client/runTypes';
import { go } from './route';
import { SchemaForm } from './SchemaForm';
import { Screen } from './Screen';

/** Reads the manifest once; gives why it could not be read. */
export function useWorkflows(cos: MicroCos): string {
  const [problem, setProblem] = useState('');
  useEffect(() => {
    cos.runs.readWorkflows().catch((failure: Error) => setProblem(failure.message));
  }, [cos]);
  return problem;
}

/** What can be run, and the form that starts it. */
export function Start({ cos, name }: { cos: MicroCos; name: string | undefined }) {
  const problem = useWorkflows(cos);
  const all = cos.runs.workflows.value;
  const chosen = name === undefined ? undefined : all?.[name];
  const [back, to] = name === undefined ? ['Runs', '#/runs'] : ['All workflows', '#/start'];
  return (
    <Screen key={name} title={chosen?.title ?? 'New run'} above={<a href={to}>{back}</a>}>
      {problem && (
        <p class="fault" role="alert">
          {problem}
        </p>
      )}
      {all && name !== undefined && !chosen && <p class="fault">{`There is no workflow ${name}.`}</p>}
      {all && name === undefined && <Choice all={all} />}
      {chosen && <Form cos={cos} name={name!} workflow={chosen} />}
    </Screen>
  );
}

/** What the input of a workflow must fit, as the schema of an object. */
export function inputSchema({ input_schema }: Workflow): JsonObject {
  return { type: 'object', properties: {}, ...(isObject(input_schema) && input_schema) };
}

function Choice({ all }: { all: Record<string, Workflow> }) {
  const entries = Object.entries(all).sort(([a], [b]) => a.localeCompare(b));
  if (entries.length === 0) {
    return <p class="nothing">There is no workflow yet. Make one: ./microcos new NAME</p>;
  }
  return (
    <ul class="runs" aria-label="Workflows">
      {entries.map(([name, { title, description }]) => (
        <li key={name}>
          <a class="run choice" href={`#/start/${encodeURIComponent(name)}`}>
            <span class="text">{title || name}</span>
            {description && <span class="hint">{description}</span>}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Form({ cos, name, workflow }: { cos: MicroCos; name: string; workflow: Workflow }) {
  const [step, setStep] = useState('');
  const [sent, setSent] = useState({ what: '', id: '' });
  const steps = workflow.start_steps ?? [];
  return (
    <>
      {workflow.description && <p class="hint">{workflow.description}</p>}
      <SchemaForm
        schema={inputSchema(workflow)}
        within="/input"
        label={`Start ${workflow.title || name}`}
        button="Start"
        send={async (input) => {
          // The same input sent again after a fault is the same action, so it starts once.
          const what = JSON.stringify([input, step]);
          const id = sent.what === what ? sent.id : uuidV7();
          setSent({ what, id });
          go(`runs/${await cos.runs.start(name, input, step, id)}`);
        }}
      >
        {steps.length > 0 && (
          <div class="field">
            <label for="start-step">Begin with</label>
            <select id="start-step" value={step} onChange={(event) => setStep(event.currentTarget.value)}>
              <option value="">the first step</option>
              {steps.map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </select>
          </div>
        )}
      </SchemaForm>
    </>
  );
}
