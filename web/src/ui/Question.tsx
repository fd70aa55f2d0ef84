import { useState } from 'preact/hooks';
import type { Json, JsonObject } from '../client/json';
import type { MicroCos } from '../client/microcos';
import { Problem } from '../client/api';
import { when } from './figures';
import { Markdown } from './Markdown';
import { SchemaForm } from './SchemaForm';

interface Props {
  cos: MicroCos;
  runId: string;
  inputId: string;
  asked: { prompt: string; schema: JsonObject; deadline: string; default?: Json };
  /** Somebody else was first: told where the question itself goes away. */
  late?: (text: string) => void;
}

/** What a run asks, and the form that answers it. The first answer counts; who was first is told to a later one. */
export function Question({ cos, runId, inputId, asked, late }: Props) {
  const [fate, setFate] = useState('');
  const answer = async (value: Json) => {
    try {
      await cos.runs.answer(runId, inputId, value);
      setFate('Answered. The run goes on.');
    } catch (failure) {
      if (!(failure instanceof Problem) || failure.status !== 409) throw failure;
      const text = whoWasFirst(failure.body, cos.person.sub);
      setFate(text);
      late?.(text);
    }
  };
  return (
    <div class="asked" data-id={inputId}>
      <Markdown text={asked.prompt} />
      {fate ? (
        <p class="fate" role="status">
          {fate}
        </p>
      ) : (
        <SchemaForm schema={asked.schema} within="/value" label={asked.prompt} button="Answer" send={answer} aside={<Deadline asked={asked} />} />
      )}
    </div>
  );
}

function Deadline({ asked }: Pick<Props, 'asked'>) {
  const otherwise = asked.default === undefined ? '' : `, else ${JSON.stringify(asked.default)}`;
  return <span class="hint">{`By ${when(asked.deadline)}${otherwise}`}</span>;
}

function whoWasFirst(problem: JsonObject, me: string): string {
  const by = problem['answered_by'];
  const at = problem['answered_at'];
  if (by === 'deadline') return 'Too late: the deadline has answered.';
  const who = by === me ? 'you' : String(by ?? 'somebody');
  return `Already answered by ${who}${typeof at === 'string' ? `, ${when(at)}` : ''}.`;
}
