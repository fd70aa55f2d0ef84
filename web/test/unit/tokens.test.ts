import { describe, expect, test } from 'vitest';
import { TokenStream } from '../../src/client/tokens';

describe('an answer that streams', () => {
  test('is put in order and counts each piece once', () => {
    const stream = new TokenStream();
    stream.take(1, 0, 'a');
    stream.take(1, 2, 'c');
    stream.take(1, 1, 'b');
    expect(stream.take(1, 1, 'b')).toBe(false);
    expect(stream.text()).toBe('abc');
  });

  test('begins anew with a later attempt and drops the earlier one', () => {
    const stream = new TokenStream();
    stream.take(1, 0, 'first');
    stream.take(2, 0, 'second');
    expect(stream.take(1, 1, 'late')).toBe(false);
    expect(stream.text()).toBe('second');
  });

  test('shows what was saved while pieces are missing', () => {
    const stream = new TokenStream();
    stream.save('From the beg');
    expect(stream.text()).toBe('From the beg');
    stream.take(1, 7, 'and so on');
    stream.save('From the beginning and so on');
    expect(stream.text()).toBe('From the beginning and so on');
    stream.take(2, 0, 'Anew');
    expect(stream.text()).toBe('Anew');
  });

  test('tells that its beginning was missed', () => {
    const stream = new TokenStream();
    stream.take(1, 7, 'and so on');
    expect(stream.text()).toBe('… and so on');
  });
});
