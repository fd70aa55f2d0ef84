import { describe, expect, test } from 'vitest';
import { parseInline, parseMarkdown } from '../../src/ui/parseMarkdown';

const text = (t: string) => ({ kind: 'text', text: t });

describe('an answer in Markdown', () => {
  test('has paragraphs, headings, lists, code, quotes, tables and rules', () => {
    const source = '# Title\n\nOne\ntwo.\n\n- a\n- b\n  1. c\n\n```js\nlet x = "*";\n```\n> said\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n---';
    expect(parseMarkdown(source).map((b) => b.kind)).toEqual([
      'heading', 'paragraph', 'list', 'code', 'quote', 'table', 'rule',
    ]);
    expect(parseMarkdown(source)[2]).toMatchObject({ items: [[{ kind: 'paragraph' }], [{ kind: 'paragraph' }, { kind: 'list', ordered: true }]] });
    expect(parseMarkdown(source)[3]).toEqual({ kind: 'code', text: 'let x = "*";' });
    expect(parseMarkdown(source)[5]).toEqual({ kind: 'table', head: [[text('a')], [text('b')]], rows: [[[text('1')], [text('2')]]] });
  });

  test('keeps one list over empty lines, and its first number', () => {
    expect(parseMarkdown('3. a\n\n4. b')).toMatchObject([{ kind: 'list', start: 3, items: [[{}], [{}]] }]);
  });

  test('shows a checklist', () => {
    expect(parseMarkdown('- [ ] a\n- [x] b')).toMatchObject([
      { items: [[{ children: [text('☐ a')] }], [{ children: [text('☑ b')] }]] },
    ]);
  });

  test('is read while it is still being written', () => {
    expect(parseMarkdown('```\nlet x')).toEqual([{ kind: 'code', text: 'let x' }]);
    expect(parseMarkdown('so **bo')).toEqual([{ kind: 'paragraph', children: [text('so **bo')] }]);
  });

  test('has emphasis, but not within words and sums', () => {
    expect(parseInline('**a** *b* `c*d*` ~~e~~').map((i) => i.kind)).toEqual([
      'strong', 'text', 'em', 'text', 'code', 'text', 'del',
    ]);
    expect(parseInline('snake_case_name and 2 * 3 * 4')).toEqual([text('snake_case_name and 2 * 3 * 4')]);
  });

  test('links to the web and to mail only', () => {
    expect(parseInline('[x](https://a.example/b)')).toMatchObject([{ kind: 'link', href: 'https://a.example/b' }]);
    expect(parseInline('see https://a.example/b.')).toMatchObject([{}, { kind: 'link', href: 'https://a.example/b' }, text('.')]);
    expect(parseInline('[x](javascript:alert`1`)').map((i) => i.kind)).not.toContain('link');
    expect(parseInline('[x](data:text/html,a)').map((i) => i.kind)).not.toContain('link');
  });

  test('leaves HTML the text that it is', () => {
    expect(parseInline('<b onclick="x">y</b>')).toEqual([text('<b onclick="x">y</b>')]);
  });

  test('takes a hostile text in good time', () => {
    const hostile = ['*', '[', '`', '> ', '- ', '_', '|', '**a ', '[a](', '~~'].map((part) => part.repeat(8000)).join('\n');
    const before = performance.now();
    parseMarkdown(hostile);
    expect(performance.now() - before).toBeLessThan(2000);
  });
});
