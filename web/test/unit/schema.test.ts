import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/client/json';
import { draftOf, fieldAt, fieldOf, inWords, valueOf, type Draft, type Faults } from '../../src/ui/schema';

const person: JsonObject = {
  type: 'object',
  required: ['name', 'level'],
  properties: {
    name: { type: 'string' },
    level: { enum: ['low', 1, true] },
    age: { type: ['integer', 'null'] },
    member: { type: 'boolean', default: false },
    born: { type: 'string', format: 'date' },
    about: { type: 'string', maxLength: 500 },
    tags: { type: 'array', items: { type: 'string' } },
    days: { type: 'array', items: { enum: ['Mon', 'Tue'] } },
    home: { type: 'object', required: ['street'], properties: { street: { type: 'string' }, more: { type: 'object', properties: {} } } },
    rest: {},
  },
};

function read(schema: JsonObject, draft: Draft): { value: Json | undefined; faults: Faults } {
  const faults: Faults = {};
  return { value: valueOf(fieldOf(schema), draft, faults), faults };
}

describe('a form made from a schema', () => {
  test('has a field for each property, and groups two levels deep', () => {
    const form = fieldOf(person);
    expect(Object.fromEntries(form.fields.map((field) => [field.at, field.kind]))).toEqual({
      '/name': 'text',
      '/level': 'choice',
      '/age': 'number',
      '/member': 'yes-no',
      '/born': 'date',
      '/about': 'long',
      '/tags': 'lines',
      '/days': 'choices',
      '/home': 'group',
      '/rest': 'json',
    });
    expect(form.fields.at(-2)!.fields.map((field) => field.kind)).toEqual(['text', 'group']);
    expect(form.fields.map((field) => field.required).slice(0, 3)).toEqual([true, true, false]);
    expect(form.fields[4]!.label).toBe('Born');
  });

  test('gives what was filled in, as its type, and leaves out the rest', () => {
    const draft = { '/name': ' Ana ', '/level': '1', '/age': '41', '/tags': 'a\n\n b ', '/days': '"Tue"', '/home/street': 'Elm' };
    expect(read(person, draft)).toEqual({
      value: { name: 'Ana', level: 1, age: 41, tags: ['a', 'b'], days: ['Tue'], home: { street: 'Elm' } },
      faults: {},
    });
  });

  test('says what is missing or cannot be read', () => {
    expect(read(person, { '/level': '"low"', '/age': '4.5' }).faults).toEqual({
      '/name': 'Please fill this in.',
      '/age': 'This must be a whole number.',
    });
    expect(read(person, { '/name': 'x', '/level': 'true', '/age': 'old' }).faults).toEqual({ '/age': 'This must be a number.' });
  });

  test('asks for the parts of an optional group only once one of them is there', () => {
    const schema: JsonObject = {
      type: 'object',
      properties: { home: { type: 'object', required: ['street'], properties: { street: { type: 'string' }, town: { type: 'string' } } } },
    };
    expect(read(schema, {})).toEqual({ value: {}, faults: {} });
    expect(read(schema, { '/home/town': 'Ulm' }).faults).toEqual({ '/home/street': 'Please fill this in.' });
  });

  test('begins with the defaults, and with what is there already', () => {
    expect(draftOf(fieldOf(person))).toEqual({ '/member': 'false' });
    expect(draftOf(fieldOf(person), { name: 'Bo', tags: ['x', 'y'], member: true, rest: { a: 1 } })).toEqual({
      '/name': 'Bo',
      '/tags': 'x\ny',
      '/member': 'true',
      '/rest': '{\n  "a": 1\n}',
    });
  });

  test('can be a single value', () => {
    expect(read({ type: 'boolean' }, { '': 'false' }).value).toBe(false);
    expect(read({ type: 'string' }, {}).faults).toEqual({ '': 'Please fill this in.' });
    expect(read({}, { '': 'just words' })).toEqual({ value: 'just words', faults: {} });
    expect(read({ type: 'object' }, { '': 'no {' }).faults).toEqual({ '': 'This is not JSON.' });
  });

  test('finds the field that a pointer of the server speaks of', () => {
    const form = fieldOf(person);
    expect(fieldAt(form, '/tags/0')).toBe('/tags');
    expect(fieldAt(form, '/home/street')).toBe('/home/street');
    expect(fieldAt(form, '/nobody')).toBeUndefined();
    expect(fieldAt(fieldOf({ type: 'string' }), '')).toBe('');
  });

  test('writes keys with slashes into pointers as RFC 6901 does', () => {
    const schema: JsonObject = { type: 'object', properties: { 'a/b~c': { type: 'string' } } };
    expect(read(schema, { '/a~1b~0c': 'x' }).value).toEqual({ 'a/b~c': 'x' });
  });
});

describe('a value in words', () => {
  const schema = { type: 'object', properties: { approved: { type: 'boolean', title: 'Approved' }, a_note: { type: 'string' } } };

  test('has the titles of its parts', () => {
    expect(inWords(schema, { approved: false, a_note: 'Too late' })).toBe('Approved: no, A note: Too late');
  });

  test('is itself where it has no parts', () => {
    expect([true, 'later', 3, ['a']].map((value) => inWords({}, value))).toEqual(['yes', 'later', '3', '["a"]']);
  });
});
