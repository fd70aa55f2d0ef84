import { isObject, type Json } from '../client/json';

/** A JSON value to look into: objects and lists open and close. */
export function JsonTree({ value, open = 2 }: { value: Json | undefined; open?: number }) {
  if (value === undefined) return <p class="nothing">Nothing yet.</p>;
  return (
    <div class="json">
      <Node value={value} open={open} />
    </div>
  );
}

function Node({ name, value, open }: { name?: string; value: Json; open: number }) {
  const entries = Array.isArray(value) ? value.map((each, i) => [String(i), each] as const) : isObject(value) ? Object.entries(value) : [];
  const label = name === undefined ? null : <b>{name}</b>;
  if (entries.length === 0) {
    return (
      <div class="leaf">
        {label} <span data-type={typeof value}>{JSON.stringify(value)}</span>
      </div>
    );
  }
  const inner = entries.map(([key, each]) => <Node key={key} name={key} value={each} open={open - 1} />);
  if (name === undefined) return <>{inner}</>;
  return (
    <details open={open > 0}>
      <summary>
        {label} <i>{Array.isArray(value) ? `${entries.length} items` : ''}</i>
      </summary>
      {inner}
    </details>
  );
}
