import { isObject, type Json, type JsonObject } from '../client/json';

/** What a part of a form looks like. */
export type Kind = 'text' | 'long' | 'date' | 'datetime-local' | 'email' | 'number' | 'yes-no' | 'choice' | 'choices' | 'lines' | 'group' | 'json';

/** One part of a form, made from one part of a JSON Schema. */
export interface Field {
  /** A JSON pointer into the value. */
  at: string;
  label: string;
  hint: string;
  kind: Kind;
  required: boolean;
  /** What can be chosen. */
  options: Json[];
  /** The parts of a group. */
  fields: Field[];
  schema: JsonObject;
}

/** What stands in the fields, as text by pointer; a choice stands there as JSON, a list as lines. */
export type Draft = Record<string, string>;

/** Sentences by pointer. */
export type Faults = Record<string, string>;

/** The form of a schema: plain fields, and groups up to two levels deep. What is too rich for that is asked for as JSON. */
export function fieldOf(schema: JsonObject, at = '', name = '', required = true): Field {
  const kind = kindOf(schema, at);
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const needed = strings(schema['required']);
  const items = isObject(schema['items']) ? schema['items'] : {};
  return {
    at,
    kind,
    required,
    schema,
    label: text(schema['title']) || words(name),
    hint: text(schema['description']),
    options: kind === 'choices' ? optionsOf(items) : optionsOf(schema),
    fields:
      kind === 'group'
        ? Object.entries(properties).map(([key, part]) =>
            fieldOf(isObject(part) ? part : {}, `${at}/${escaped(key)}`, key, needed.includes(key)),
          )
        : [],
  };
}

/** What stands in a form before anybody wrote: the schema's defaults, below a value that is there already. */
export function draftOf(field: Field, value: Json | undefined = field.schema['default']): Draft {
  if (field.kind === 'group') {
    const given = isObject(value) ? value : {};
    return Object.assign({}, ...field.fields.map((part) => draftOf(part, given[keyOf(part.at)] ?? part.schema['default'])));
  }
  return value === undefined ? {} : { [field.at]: written(field.kind, value) };
}

/** A value that fits a schema, as a reader has it: `Approved: no, Comment: Too late`. */
export function inWords(schema: JsonObject, value: Json): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (!isObject(value)) return typeof value === 'string' ? value : JSON.stringify(value);
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const part = (key: string): JsonObject => (isObject(properties[key]) ? properties[key] : {});
  return Object.entries(value)
    .map(([key, each]) => `${text(part(key)['title']) || words(key)}: ${inWords(part(key), each)}`)
    .join(', ');
}

/** The value that a form stands for; `faults` gets what is missing or cannot be read. */
export function valueOf(field: Field, draft: Draft, faults: Faults): Json | undefined {
  if (field.kind === 'group') return groupOf(field, draft, faults);
  const raw = (draft[field.at] ?? '').trim();
  if (raw === '') {
    if (field.kind === 'lines' || field.kind === 'choices') return field.required ? [] : undefined;
    if (field.required) faults[field.at] = 'Please fill this in.';
    return undefined;
  }
  switch (field.kind) {
    case 'number': {
      const number = Number(raw);
      if (!Number.isFinite(number)) faults[field.at] = 'This must be a number.';
      else if (typeOf(field.schema) === 'integer' && !Number.isInteger(number)) faults[field.at] = 'This must be a whole number.';
      return number;
    }
    case 'yes-no':
    case 'choice':
      return JSON.parse(raw) as Json;
    case 'choices':
      return lines(raw).map((line) => JSON.parse(line) as Json);
    case 'lines':
      return lines(raw);
    case 'datetime-local':
      return new Date(raw).toISOString();
    case 'json':
      return parsed(field, raw, faults);
    default:
      return raw;
  }
}

/** The pointer of the field that a server's pointer speaks of: itself, or the nearest around it. */
export function fieldAt(field: Field, pointer: string): string | undefined {
  const inner = field.fields.map((part) => fieldAt(part, pointer)).find((at) => at !== undefined);
  if (inner !== undefined || field.kind === 'group') return inner;
  return pointer === field.at || pointer.startsWith(`${field.at}/`) ? field.at : undefined;
}

function groupOf(field: Field, draft: Draft, faults: Faults): Json | undefined {
  const own: Faults = {};
  const value: JsonObject = {};
  for (const part of field.fields) {
    const its = valueOf(part, draft, own);
    if (its !== undefined) value[keyOf(part.at)] = its;
  }
  if (!field.required && Object.keys(value).length === 0) return undefined;
  Object.assign(faults, own);
  return value;
}

function kindOf(schema: JsonObject, at: string): Kind {
  const items = isObject(schema['items']) ? schema['items'] : {};
  if (optionsOf(schema).length > 0) return 'choice';
  switch (typeOf(schema)) {
    case 'boolean':
      return 'yes-no';
    case 'number':
    case 'integer':
      return 'number';
    case 'string':
      return textKind(schema);
    case 'array':
      if (optionsOf(items).length > 0) return 'choices';
      return typeOf(items) === 'string' ? 'lines' : 'json';
    case 'object':
      return isObject(schema['properties']) && at.split('/').length < 4 ? 'group' : 'json';
    default:
      return 'json';
  }
}

function textKind(schema: JsonObject): Kind {
  const format = schema['format'];
  if (format === 'date' || format === 'email') return format;
  if (format === 'date-time') return 'datetime-local';
  return format === 'textarea' || Number(schema['maxLength'] ?? 0) > 200 ? 'long' : 'text';
}

/** The first type that is not null, or what the schema's words imply. */
function typeOf(schema: JsonObject): string {
  const type = schema['type'];
  if (Array.isArray(type)) return text(type.find((each) => each !== 'null'));
  return text(type) || (schema['properties'] ? 'object' : schema['items'] ? 'array' : '');
}

function optionsOf(schema: JsonObject): Json[] {
  if (schema['const'] !== undefined) return [schema['const']];
  return Array.isArray(schema['enum']) ? schema['enum'] : [];
}

function written(kind: Kind, value: Json): string {
  if (Array.isArray(value) && kind === 'lines') return value.join('\n');
  if (Array.isArray(value) && kind === 'choices') return value.map((each) => JSON.stringify(each)).join('\n');
  if (kind === 'json') return JSON.stringify(value, null, 2);
  return kind === 'choice' || kind === 'yes-no' ? JSON.stringify(value) : text(value);
}

/** Without a type anything goes, so what is no JSON counts as text. */
function parsed(field: Field, raw: string, faults: Faults): Json {
  try {
    return JSON.parse(raw) as Json;
  } catch {
    if (typeOf(field.schema) !== '') faults[field.at] = 'This is not JSON.';
    return raw;
  }
}

function lines(raw: string): string[] {
  return raw.split('\n').map((line) => line.trim()).filter(Boolean);
}

function strings(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function text(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function escaped(key: string): string {
  return key.replace(/~/g, '~0').replace(/\//g, '~1');
}

function keyOf(at: string): string {
  return at.slice(at.lastIndexOf('/') + 1).replace(/~1/g, '/').replace(/~0/g, '~');
}

/** `due_date` → `Due date`. */
export function words(name: string): string {
  const spaced = name.replace(/[_-]+/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
