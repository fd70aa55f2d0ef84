import { useState } from 'preact/hooks';
import type { Json, JsonObject } from '../client/json';
import type { MicroCos } from '../client/microcos';
import { Problem } from '../client/api';
import { when } from './figures';
import { Markdown } from './Markdown';
import { SchemaForm } from './SchemaForm';
import { inWords } from './schema';

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
      const text = whoWasFirst(failure, cos.person.sub);
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
  const otherwise = asked.default === undefined ? 'its step fails' : `it is ${inWords(asked.schema, asked.default)}`;
  return <span class="hint">{`By ${when(asked.deadline)}, else ${otherwise}`}</span>;
}

function whoWasFirst({ body, message }: Problem, me: string): string {
  const by = body['answered_by'];
  const at = body['answered_at'];
  if (typeof by !== 'string') return message;
  if (by === 'deadline') return 'Too late: the deadline has answered.';
  return `Already answered by ${by === me ? 'you' : by}${typeof at === 'string' ? `, ${when(at)}` : ''}.`;
}
