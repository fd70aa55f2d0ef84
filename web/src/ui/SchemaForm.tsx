import type { ComponentChildren } from 'preact';
import { useId, useMemo, useRef, useState } from 'preact/hooks';
import { Problem } from '../client/api';
import type { Json, JsonObject } from '../client/json';
import { draftOf, fieldAt, fieldOf, valueOf, type Draft, type Faults, type Field } from './schema';

interface Props {
  schema: JsonObject;
  /** What stands in it at first, over the schema's own defaults. */
  value?: Json | undefined;
  /** Where the value lies in the body that is sent: `/input` or `/value`. */
  within: string;
  label: string;
  button: string;
  send: (value: Json) => Promise<void>;
  /** Between the fields and the button. */
  children?: ComponentChildren;
  /** Beside the button. */
  aside?: ComponentChildren;
}

/** A form made from a JSON Schema. What the server finds wrong stands beside the field that it is about. */
export function SchemaForm({ schema, value, within, label, button, send, children, aside }: Props) {
  const whole = useMemo(() => fieldOf(schema), [schema]);
  const [draft, setDraft] = useState<Draft>(() => draftOf(whole, value));
  const [faults, setFaults] = useState<Faults>({});
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const show = (found: Faults, said = '') => {
    setFaults(found);
    setProblem(said);
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true], [data-invalid=true] input')?.focus());
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    const found: Faults = {};
    const made = valueOf(whole, draft, found);
    show(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      await send(made ?? {});
    } catch (failure) {
      const { fields, said } = told(failure, whole, within);
      show(fields, said);
    }
    setBusy(false);
  };
  const set = (at: string, text: string) => setDraft((now) => ({ ...now, [at]: text }));

  return (
    <form class="form" ref={form} aria-label={label} noValidate onSubmit={(event) => void submit(event)}>
      <Part field={whole.label ? whole : { ...whole, label: 'Your answer' }} draft={draft} faults={faults} set={set} top />
      {children}
      {problem && (
        <p class="fault" role="alert">
          {problem}
        </p>
      )}
      <div class="buttons">
        <button type="submit" class="primary" disabled={busy}>
          {button}
        </button>
        {aside}
      </div>
    </form>
  );
}

/** What the server said, by field where it names one that is here. */
function told(failure: unknown, whole: Field, within: string): { fields: Faults; said: string } {
  const fields: Faults = {};
  const rest: string[] = [];
  for (const { pointer, detail } of failure instanceof Problem ? failure.fields : []) {
    const at = pointer.startsWith(within) ? fieldAt(whole, pointer.slice(within.length)) : undefined;
    if (at === undefined) rest.push(detail);
    else fields[at] = detail;
  }
  const found = Object.keys(fields).length + rest.length > 0;
  return { fields, said: found ? rest.join(' ') : failure instanceof Error ? failure.message : String(failure) };
}

interface PartProps {
  field: Field;
  draft: Draft;
  faults: Faults;
  set: (at: string, text: string) => void;
  top?: boolean;
}

function Part({ field, draft, faults, set, top }: PartProps) {
  const id = useId();
  const fault = faults[field.at];
  const about = {
    'aria-invalid': fault !== undefined,
    'aria-describedby': `${id}-about`,
    'aria-required': field.required,
  };
  const below = (
    <span id={`${id}-about`}>
      {field.hint && <span class="hint">{field.hint}</span>}
      {fault && <span class="fault">{fault}</span>}
    </span>
  );
  const name = (
    <>
      {field.label}
      {!field.required && <span class="hint"> optional</span>}
    </>
  );
  if (field.kind === 'group') {
    const parts = field.fields.map((part) => <Part key={part.at} field={part} draft={draft} faults={faults} set={set} />);
    if (top) return <>{parts}</>;
    return (
      <fieldset>
        <legend>{name}</legend>
        {below}
        {parts}
      </fieldset>
    );
  }
  const raw = draft[field.at] ?? '';
  if (field.kind === 'yes-no' || field.kind === 'choices' || (field.kind === 'choice' && field.options.length < 6)) {
    return (
      <fieldset data-invalid={fault !== undefined} aria-describedby={`${id}-about`}>
        <legend>{name}</legend>
        <Options field={field} raw={raw} name={id} set={set} />
        {below}
      </fieldset>
    );
  }
  const change = (event: Event) => set(field.at, (event.currentTarget as HTMLInputElement).value);
  return (
    <div class="field">
      <label for={id}>{name}</label>
      {field.kind === 'choice' ? (
        <select id={id} value={raw} onChange={change} {...about}>
          <option value="" />
          {field.options.map((option) => (
            <option value={JSON.stringify(option)}>{String(option)}</option>
          ))}
        </select>
      ) : field.kind === 'long' || field.kind === 'lines' || field.kind === 'json' ? (
        <textarea
          id={id}
          rows={3}
          class={field.kind === 'json' ? 'code' : ''}
          placeholder={field.kind === 'lines' ? 'One a line' : field.kind === 'json' ? 'JSON' : ''}
          value={raw}
          onInput={change}
          {...about}
        />
      ) : (
        <input
          id={id}
          type={(field.kind === 'number' ? 'text' : field.kind) as 'text'}
          inputMode={field.kind === 'number' ? 'decimal' : undefined}
          value={raw}
          onInput={change}
          {...about}
        />
      )}
      {below}
    </div>
  );
}

const YES_NO: [string, string][] = [
  ['true', 'Yes'],
  ['false', 'No'],
];

interface OptionsProps {
  field: Field;
  raw: string;
  name: string;
  set: (at: string, text: string) => void;
}

function Options({ field, raw, name, set }: OptionsProps) {
  const many = field.kind === 'choices';
  const chosen = raw.split('\n');
  const options =
    field.kind === 'yes-no' ? YES_NO : field.options.map((option): [string, string] => [JSON.stringify(option), String(option)]);
  const pick = (value: string) => {
    if (!many) set(field.at, value);
    else set(field.at, (chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]).join('\n'));
  };
  return (
    <div class="options">
      {options.map(([value, text]) => (
        <label>
          <input
            type={many ? 'checkbox' : 'radio'}
            name={name}
            checked={chosen.includes(value)}
            onChange={() => pick(value)}
          />
          {text}
        </label>
      ))}
    </div>
  );
}
