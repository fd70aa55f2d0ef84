/** A piece of running text. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'break' }
  | { kind: 'strong' | 'em' | 'del'; children: Inline[] }
  | { kind: 'link'; href: string; children: Inline[] };

/** A block of an answer. */
export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'heading'; level: number; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'quote'; children: Block[] }
  | { kind: 'list'; ordered: boolean; start: number; items: Block[][] }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] }
  | { kind: 'rule' };

const FENCE = /^ {0,3}(```+|~~~+)/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^ {0,3}([-*_])(\s*\1){2,}\s*$/;
const QUOTE = /^ {0,3}> ?/;
const ITEM = /^( {0,3})([-*+]|(\d{1,9})[.)])(\s+|$)/;
const TICK = /^\[([ xX])\]\s+/;
const TABLE_LINE = /^\s*\|?(\s*:?-+:?\s*\|)+\s*(:?-+:?)?\s*$/;
const MAX_DEPTH = 4;

/**
 * Reads the part of Markdown that language models write. The result is plain data: whatever the text says,
 * it can become nothing but the elements above, and links only to the web or to mail.
 */
export function parseMarkdown(text: string): Block[] {
  return blocks(text.replace(/\r\n?/g, '\n').split('\n'), 0);
}

function blocks(lines: string[], depth: number): Block[] {
  const result: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at]!;
    const fence = FENCE.exec(line);
    const heading = HEADING.exec(line);
    if (line.trim() === '') {
      at++;
    } else if (fence) {
      const end = until(lines, at + 1, (l) => l.trim().startsWith(fence[1]!));
      result.push({ kind: 'code', text: lines.slice(at + 1, end).join('\n') });
      at = end + 1;
    } else if (heading) {
      result.push({ kind: 'heading', level: heading[1]!.length, children: parseInline(heading[2]!) });
      at++;
    } else if (RULE.test(line)) {
      result.push({ kind: 'rule' });
      at++;
    } else if (QUOTE.test(line) && depth < MAX_DEPTH) {
      const end = until(lines, at, (l) => !QUOTE.test(l));
      const inner = lines.slice(at, end).map((l) => l.replace(QUOTE, ''));
      result.push({ kind: 'quote', children: blocks(inner, depth + 1) });
      at = end;
    } else if (ITEM.test(line) && depth < MAX_DEPTH) {
      at = list(lines, at, depth, result);
    } else if (line.includes('|') && TABLE_LINE.test(lines[at + 1] ?? '')) {
      const end = until(lines, at + 2, (l) => !l.includes('|'));
      result.push({ kind: 'table', head: cells(line), rows: lines.slice(at + 2, end).map(cells) });
      at = end;
    } else {
      const end = until(lines, at + 1, (l) => l.trim() === '' || startsBlock(l));
      result.push({ kind: 'paragraph', children: parseInline(lines.slice(at, end).join('\n').trim()) });
      at = end;
    }
  }
  return result;
}

function list(lines: string[], from: number, depth: number, result: Block[]): number {
  const first = ITEM.exec(lines[from]!)!;
  const ordered = first[3] !== undefined;
  const items: Block[][] = [];
  let at = from;
  while (at < lines.length) {
    const item = ITEM.exec(lines[at]!);
    if (!item || (item[3] !== undefined) !== ordered || RULE.test(lines[at]!)) break;
    const inner = [lines[at]!.slice(item[0].length).replace(TICK, (_, x: string) => (x === ' ' ? '☐ ' : '☑ '))];
    at++;
    while (at < lines.length && continues(lines, at, inner)) {
      inner.push(lines[at]!.slice(Math.min(indent(lines[at]!), item[0].length)));
      at++;
    }
    items.push(blocks(inner, depth + 1));
    while (lines[at]?.trim() === '' && ITEM.test(lines[at + 1] ?? '')) at++;
  }
  result.push({ kind: 'list', ordered, start: Number(first[3] ?? 1), items });
  return at;
}

/** Whether a line belongs to the list item above it. */
function continues(lines: string[], at: number, inner: string[]): boolean {
  const line = lines[at]!;
  if (line.trim() === '') return indent(lines[at + 1] ?? '') >= 2;
  return indent(line) >= 2 || (!startsBlock(line) && inner.at(-1) !== '');
}

function indent(line: string): number {
  return line.length - line.trimStart().length;
}

function startsBlock(line: string): boolean {
  return [FENCE, HEADING, RULE, QUOTE, ITEM].some((start) => start.test(line));
}

function until(lines: string[], from: number, stop: (line: string) => boolean): number {
  let at = from;
  while (at < lines.length && !stop(lines[at]!)) at++;
  return at;
}

function cells(line: string): Inline[][] {
  return line.trim().replace(/^\||\|$/g, '').split('|').map((cell) => parseInline(cell.trim()));
}

const INLINE = new RegExp(
  [
    /\\([\\`*_{}[\]()#+\-.!~|>])/, // 1 an escaped character
    /(`+)(.+?)\2(?!`)/, // 2 3 code
    /\[([^\]\n]+)\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/, // 4 5 a link
    /<?(https?:\/\/[^\s<>]*[^\s<>.,;:!?'")\]*])>?/, // 6 a bare address
    /\*\*(?=\S)([^\n]*?\S)\*\*(?!\*)/, // 7 strong
    /(?<!\w)__(?=\S)([^\n]*?\S)__(?!\w)/, // 8 strong
    /\*(?=[^\s*])([^\n*]*?[^\s*])\*(?!\*)/, // 9 em
    /(?<!\w)_(?=[^\s_])([^\n_]*?[^\s_])_(?!\w)/, // 10 em
    /~~(?=\S)([^\n]*?\S)~~/, // 11 del
    /( {2,}|\\)?(\n)/, // 12 13 the end of a line
  ]
    .map((part) => part.source)
    .join('|'),
  'g',
);

/** Reads running text: emphasis, code, links. */
export function parseInline(text: string, depth = 0): Inline[] {
  const result: Inline[] = [];
  let at = 0;
  for (const m of text.matchAll(INLINE)) {
    if (m.index > at) result.push({ kind: 'text', text: text.slice(at, m.index) });
    at = m.index + m[0].length;
    result.push(depth > MAX_DEPTH ? { kind: 'text', text: m[0] } : inline(m, depth));
  }
  if (at < text.length) result.push({ kind: 'text', text: text.slice(at) });
  return result;
}

function inline(m: RegExpMatchArray, depth: number): Inline {
  const inner = (text: string) => parseInline(text, depth + 1);
  if (m[1] !== undefined) return { kind: 'text', text: m[1] };
  if (m[3] !== undefined) return { kind: 'code', text: m[3].replace(/^ (.+) $/, '$1') };
  if (m[4] !== undefined) return link(m[0], m[5]!, inner(m[4]));
  if (m[6] !== undefined) return link(m[0], m[6], [{ kind: 'text', text: m[6] }]);
  if (m[13] !== undefined) return m[12] ? { kind: 'break' } : { kind: 'text', text: '\n' };
  const strong = m[7] ?? m[8];
  if (strong !== undefined) return { kind: 'strong', children: inner(strong) };
  const em = m[9] ?? m[10];
  if (em !== undefined) return { kind: 'em', children: inner(em) };
  return { kind: 'del', children: inner(m[11]!) };
}

/** Only addresses that cannot run anything become links; the others stay the text they are. */
function link(source: string, href: string, children: Inline[]): Inline {
  return /^(https?:\/\/|mailto:)/i.test(href) ? { kind: 'link', href, children } : { kind: 'text', text: source };
}
